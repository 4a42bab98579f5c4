"""Whether a saved segmentation still fits the customers of a later day: drift, distance, silhouette, sizes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.stats import chi2

from core.codec import cacheable
from core.segments.describing.silhouettes import average
from core.segments.dividing.model import Model
from core.segments.dividing.signs import Sign, advise
from core.segments.inputs import features
from core.segments.inputs.features import Recipe, Source
from core.segments.inputs.matrix import Feature
from core.segments.keeping import baseline
from core.segments.keeping.baseline import Baseline
from core.segments.keeping.holding import customer_ids
from core.segments.keeping.saved import Saved
from core.stages import stage

# The usual reading of a population stability index: from the one something moved, from the other it is another crowd.
MOVED, SHIFTED = 0.1, 0.25
# An empty bin counts as half a customer: a logarithm of nothing is no number.
HALF = 0.5


@cacheable
@dataclass(frozen=True)
class Health:
    """A saved segmentation then, and its rules applied to the customers of now.

    ``drift``: feature, label, unit, numeric, psi, noise (what chance alone may do), band (``steady``, ``moved`` or
    ``shifted``), then and now (medians), often_then and often_now (most frequent levels); the largest index first.
    ``bins``: feature, label, unit, upper, level, then, now (shares). ``sizes``: id, name, colour, customers_then,
    customers_now, then, now (shares), far (share of theirs now). ``moved``: of ``common`` customers in both, how many
    stand in another segment. ``far_then``, ``far_now``: share beyond the reach of their segment. ``sampled``: how many
    customers the silhouette of now stands on, 0 for all. ``signs``: what speaks for keeping and for refitting.
    """

    customers_then: int
    customers_now: int
    common: int
    moved: int
    drift: pd.DataFrame
    bins: pd.DataFrame
    sizes: pd.DataFrame
    far_then: float
    far_now: float
    silhouette_then: float
    silhouette_now: float
    sampled: int
    signs: list[Sign]
    refit: bool


@stage(version=2)
def health(
    source: Source, recipe: Recipe, seed: int, *, saved: Saved, model: Model, base: Baseline, members: pd.Series
) -> Health:
    """Look at other customers by the rules of a saved segmentation.

    Parameters
    ----------
    source : Slice or People
        The customers of now.
    recipe : Recipe
        That of the saved one, which it names.
    saved, model, base, members
        What was saved: names, rules, figures of then, and the segment of each customer by id.

    Notes
    -----
    Drift is the population stability index over the tenths of then: the sum of (now − then) × ln(now / then), where
    under .1 is steady and from .25 on another crowd (Siddiqi 2006). Few customers move it by chance alone: an index
    that does not exceed the 95 % quantile of chi-squared (bins − 1) × (1 / then + 1 / now) counts as steady (Yurdakul
    2018). Far is who lies farther from the centre than 99 in 100 of those whom the segment was learned from.
    """
    frame, told = features.frame(source), features.chosen(source, recipe)
    values, placed = model.values(frame), model.place_all(frame, drop=recipe.missing == "drop")
    pieces = [_bins(frame[each.slug], each, base) for each in told]
    drift = [_drift(frame[each.slug], each, base, piece, len(frame)) for each, piece in zip(told, pieces, strict=True)]
    inside = placed.segment != model.apart
    silhouette, sampled = average(values[inside], placed.segment[inside], seed) if inside.any() else (np.nan, 0)
    before = members.reindex(customer_ids(source))
    common = before.notna().to_numpy()
    found = Health(
        base.customers, len(frame), int(common.sum()), int((before.to_numpy() != placed.segment)[common].sum()),
        pd.DataFrame(drift).sort_values("psi", ascending=False, kind="stable").reset_index(drop=True),
        pd.concat(pieces, ignore_index=True), _sizes(saved, base, placed.segment, placed.far), base.far,
        float(placed.far.mean()), base.silhouette, silhouette, sampled, [], False,
    )  # fmt: skip
    signs = advise(found)
    return replace(found, signs=signs, refit=any(sign.level == "refit" for sign in signs))


def stability_index(then: np.ndarray, now: np.ndarray, customers_then: int, customers_now: int) -> float:
    """The population stability index of two sets of shares.

    Examples
    --------
    >>> round(stability_index(np.array([0.5, 0.5]), np.array([0.7, 0.3]), 1000, 1000), 3)
    0.169
    """
    then, now = np.maximum(then, HALF / customers_then), np.maximum(now, HALF / customers_now)
    return float(((now - then) * np.log(now / then)).sum())


def _bins(column: pd.Series, feature: Feature, base: Baseline) -> pd.DataFrame:
    bins = base.bins[base.bins["feature"] == feature.slug].reset_index(drop=True)
    if column.isna().any() and baseline.UNKNOWN not in set(bins["level"]):
        nobody = pd.DataFrame(
            [{"feature": feature.slug, "place": len(bins), "upper": np.nan, "level": baseline.UNKNOWN, "share": 0.0}]
        )
        bins = pd.concat([bins, nobody], ignore_index=True)
    now = baseline.shares(column, feature, bins)
    return bins.rename(columns={"share": "then"}).assign(now=now, label=feature.label, unit=feature.unit)


def _drift(
    column: pd.Series, feature: Feature, base: Baseline, bins: pd.DataFrame, customers: int
) -> dict[str, object]:
    index = stability_index(bins["then"].to_numpy(), bins["now"].to_numpy(), base.customers, customers)
    noise = float(chi2.ppf(0.95, max(len(bins) - 1, 1))) * (1 / base.customers + 1 / customers)
    band = "steady" if index < MOVED or index <= noise else "moved" if index < SHIFTED else "shifted"
    then = base.middles[base.middles["feature"] == feature.slug].iloc[0]
    now = baseline.middle(column, feature)
    return {
        "feature": feature.slug, "label": feature.label, "unit": feature.unit, "numeric": bool(then["numeric"]),
        "psi": index, "noise": noise, "band": band, "then": float(then["middle"]), "now": now["middle"],
        "often_then": str(then["often"]), "often_now": now["often"],
    }  # fmt: skip


def _sizes(saved: Saved, base: Baseline, segments: np.ndarray, far: np.ndarray) -> pd.DataFrame:
    rows = []
    for each in saved.current.living:
        mine = segments == each.id
        then, now = base.sizes.get(each.id, each.customers), int(mine.sum())
        rows.append(
            {
                "id": each.id, "name": each.name, "colour": each.colour, "customers_then": then, "customers_now": now,
                "then": then / base.customers, "now": now / max(len(segments), 1),
                "far": float(far[mine].mean()) if now else 0.0,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)
