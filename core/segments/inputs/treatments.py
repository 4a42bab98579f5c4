"""What the few customers who lie far from all others do to the segments: kept, clipped, or set aside."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score

from core.codec import cacheable
from core.errors import NotEnoughDataError
from core.segments.choosing.divisions import check
from core.segments.describing import silhouettes
from core.segments.dividing import clusterer
from core.segments.dividing.sampling import EXACT_UP_TO, draw, study
from core.segments.dividing.segmentation import divide
from core.segments.inputs import features
from core.segments.inputs.features import Recipe, Source
from core.segments.inputs.outliers import outlying
from core.segments.inputs.roles import measure
from core.stages import stage
from core.view import OUTLIERS
from core.warehouse.people import People

# A segment of no more than this share of all is a handful.
HANDFUL = 0.01


@cacheable
@dataclass(frozen=True)
class Treatments:
    """The three treatments side by side.

    ``rows``: treatment, segments, smallest, largest, largest_share, silhouette, agreement (adjusted Rand with the
    segments in use), told (a sentence where a treatment is not possible). ``sizes``: treatment, position, id (the
    segment in use that it overlaps most, 0 for none), apart, customers, share, spend_share (missing where spend is
    not known); the largest first. ``far``: customers who lie far from all others as features are prepared;
    ``far_share``: their part of all spend, ``top_share``: that of the 1 % who spend most; missing where spend is not
    known. ``handful``, ``handful_share``: customers in segments of no more than 1 % of all where all are kept, and
    their part of spend. ``customers``, ``sampled``: how many, and on how many of them this stands, 0 for all.
    """

    rows: pd.DataFrame
    sizes: pd.DataFrame
    in_use: str
    far: int
    far_share: float
    top_share: float
    handful: int
    handful_share: float
    customers: int
    sampled: int


@stage(version=1)
def treatments(source: Source, recipe: Recipe, k: int, seed: int, *, labels: np.ndarray, apart: int) -> Treatments:
    """Divide the customers under each treatment of outliers.

    Parameters
    ----------
    source : Slice or People
        The whole dataset.
    recipe, k, seed
        Name the segmentation that ``labels`` come from.
    labels : int array
        Segment of each customer.
    apart : int
        The segment of those who are in none; 0 where there is none.

    Notes
    -----
    Above 10,000 customers a seeded sample of that size is divided. Agreement is the adjusted Rand index (Hubert and
    Arabie 1985) over all customers: 1 for the same division, about 0 for one that has nothing to do with it.
    """
    everybody = features.table(source, recipe)
    kept = draw(len(everybody.rows), EXACT_UP_TO, seed)
    gaps = None if everybody.gaps is None else everybody.gaps[kept]
    table = replace(everybody, rows=everybody.rows[kept], gaps=gaps)
    spend, labels = _spend(source), labels[kept]
    spend = None if spend is None else spend[kept]
    rows, sizes = [], []
    for treatment in OUTLIERS:
        changed = replace(recipe, outliers=treatment)
        prepared, aside = features.prepared(table, changed), features.aside(table, changed)
        if treatment == recipe.outliers and len(kept) == len(everybody.rows):
            found = np.where(labels == apart, -1, labels) if apart else labels
        else:
            try:
                found = _divided(source, changed, table.owner, prepared.values, aside, k, seed)
            except NotEnoughDataError as error:
                rows.append((treatment, 0, 0, 0, 0.0, np.nan, np.nan, str(error)))
                continue
        grouped = found >= 0
        counts = np.unique(found[grouped], return_counts=True)[1]
        mean = _silhouette(prepared.values[grouped], found[grouped], seed)
        agreement = float(adjusted_rand_score(labels, found))
        rows.append((treatment, len(counts), int(counts.min()), int(counts.max()), counts.max() / len(found), mean,
                     agreement, ""))  # fmt: skip
        sizes += _sizes(treatment, found, labels, apart, spend)
    told = pd.DataFrame(rows, columns=["treatment", "segments", "smallest", "largest", "largest_share", "silhouette",
                                       "agreement", "told"])  # fmt: skip
    parts = pd.DataFrame(sizes, columns=["treatment", "position", "id", "apart", "customers", "share", "spend_share"])
    far = _far(table, recipe)
    few = parts[(parts["treatment"] == "keep") & (parts["share"] <= HANDFUL) & ~parts["apart"].astype(bool)]
    return Treatments(
        told, parts, recipe.outliers, int(far.sum()), _part(spend, far), _part(spend, _top(spend)),
        int(few["customers"].sum()), float(few["spend_share"].sum()) if spend is not None else np.nan,
        len(everybody.rows), len(kept) if len(kept) < len(everybody.rows) else 0,
    )  # fmt: skip


def _divided(
    source: Source, recipe: Recipe, owner: np.ndarray, values: np.ndarray, aside: np.ndarray, k: int, seed: int
) -> np.ndarray:
    way = clusterer.of(recipe.method)
    check(values[~aside], 2 if way.chooses_k else k, "what they are divided by")
    found = np.full(len(values), -1)
    found[~aside] = divide(source, way, values[~aside], k, seed, owner).labels
    return found


def _silhouette(values: np.ndarray, groups: np.ndarray, seed: int) -> float:
    rows = study(len(values), seed)
    kept = np.unique(groups[rows], return_inverse=True)[1]
    return float(silhouettes.widths(values[rows], [kept])[0].mean()) if kept.max() > 0 else np.nan


def _sizes(
    treatment: str, found: np.ndarray, labels: np.ndarray, apart: int, spend: np.ndarray | None
) -> list[tuple[object, ...]]:
    """Each group under a treatment, named by the segment in use that it overlaps most."""
    groups, mine = np.unique(found, return_inverse=True)
    ids, theirs = np.unique(labels, return_inverse=True)
    overlap = np.zeros((len(groups), len(ids)))
    np.add.at(overlap, (mine, theirs), 1)
    # Who was set aside stands for those who are set aside in use, and for no other segment.
    overlap[np.ix_(groups < 0, ids != apart)] = 0
    overlap[np.ix_(groups >= 0, ids == apart)] = 0
    matched = dict(zip(*linear_sum_assignment(-overlap), strict=True))
    rows = []
    for n, group in enumerate(groups):
        here = mine == n
        named = int(ids[matched[n]]) if n in matched and overlap[n, matched[n]] > 0 else 0
        rows.append((treatment, named, bool(group < 0), int(here.sum()), float(here.mean()), _part(spend, here)))
    rows.sort(key=lambda row: (row[2], -row[3], row[1]))
    return [(row[0], position, *row[1:]) for position, row in enumerate(rows)]


def _far(table: features.FeatureTable, recipe: Recipe) -> np.ndarray:
    """Who lies far from all others while nobody is clipped or set aside."""
    bare = features.prepared(table, replace(recipe, outliers="keep"))
    return outlying(bare.values)


def _spend(source: Source) -> np.ndarray | None:
    if isinstance(source, People):
        found = measure(source.frame(), features.known(source), "spend")
        return None if found is None else found.fillna(0).to_numpy(dtype=float)
    cents = features.customers(source)["cents"].to_numpy(dtype=float)
    return cents if source.tables.meta.has_money else None


def _top(spend: np.ndarray | None) -> np.ndarray:
    if spend is None:
        return np.zeros(0, dtype=bool)
    top = np.zeros(len(spend), dtype=bool)
    top[np.argsort(-spend, kind="stable")[: max(round(HANDFUL * len(spend)), 1)]] = True
    return top


def _part(spend: np.ndarray | None, who: np.ndarray) -> float:
    return float(spend[who].sum() / spend.sum()) if spend is not None and spend.sum() > 0 else np.nan
