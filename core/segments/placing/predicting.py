"""Which segment a customer would be in: what has to be known of them, and how sure the answer is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments.describing.comparing import compare
from core.segments.dividing.clusterer import nearest
from core.segments.dividing.model import Model
from core.segments.dividing.segmentation import Segmentation
from core.segments.inputs import features
from core.segments.inputs.features import Recipe, Source
from core.segments.inputs.matrix import OTHER, UNKNOWN, Encoding, Feature, numbers
from core.segments.placing.entering import Entries, Note
from core.segments.placing.fields import Field
from core.stages import stage

# The nearest other centre is at least twice, or a quarter, farther away.
CLEAR, RATHER = 0.5, 0.2
CONFIDENCES = {
    "clear": "Clear",
    "rather": "Rather sure",
    "border": "On the border",
    "apart": "In no group",
}
COUNTED = ("days", "orders", "items", "products", "lines", "years", "year", "share")
MOST_LEVELS = 200


@cacheable
@dataclass(frozen=True)
class Sheet:
    """What has to be known of a customer, and what those in each segment are like.

    ``fields``: one a feature. ``averages``: as of :func:`core.segments.describing.comparing.compare`, all customers as
    id 0.
    """

    fields: tuple[Field, ...]
    averages: pd.DataFrame


@stage(version=1)
def sheet(source: Source, recipe: Recipe, k: int, seed: int, *, labels: np.ndarray, encoding: Encoding) -> Sheet:
    """The fields of the features that segments were learned from, and the averages of each segment.

    Parameters
    ----------
    source : Slice or People
        The whole dataset.
    recipe, k, seed
        Name the segmentation that ``labels`` and ``encoding`` come from.
    """
    frame = features.frame(source)
    return Sheet(fields(encoding, frame), compare(frame, encoding.features, labels))


def fields(encoding: Encoding, frame: pd.DataFrame) -> tuple[Field, ...]:
    """What is entered of each feature.

    Parameters
    ----------
    encoding : Encoding
        Of the fitted model.
    frame : frame
        Those whom segments were learned from; see :func:`core.segments.inputs.features.frame`.

    Examples
    --------
    >>> from core.segments.inputs.matrix import assemble
    >>> ages = pd.DataFrame({"age": [20.0, 30.0, 70.0]})
    >>> age, = fields(assemble(ages, [Feature("age", "Age", "years", "", "")]).encoding, ages)
    >>> age.default, age.least, age.most, age.floor, age.whole
    (30.0, 20.0, 70.0, 0.0, True)
    """
    each = zip(encoding.features, encoding.fills, encoding.words, strict=True)
    return tuple(_field(feature, fill, words, frame[feature.slug]) for feature, fill, words in each)


def _field(feature: Feature, fill: float, words: tuple[str, ...], values: pd.Series) -> Field:
    about = (feature.slug, feature.label, feature.noun, feature.unit, feature.scale, feature.role)
    gap = UNKNOWN in words
    if feature.scale == "nominal":
        counts = values.astype(object).value_counts().sort_index().sort_values(ascending=False, kind="stable")
        levels = tuple(str(level) for level in counts.index[:MOST_LEVELS])
        usual = next(iter(levels), "")
        return Field(*about, 0, 0, 0, 0, 0, 0, True, 0, usual, levels, rare=OTHER in words, gap=gap)
    known = numbers(values, feature).dropna().to_numpy(dtype=float)
    known = known if len(known) else np.zeros(1)
    low, high = (float(cut) for cut in np.quantile(known, (0.01, 0.99)))
    span = (low, high, float(known.min()), float(known.max()))
    if feature.scale == "yes_no":
        return Field(*about, *span, 0, 1, True, fill, "yes" if fill >= 0.5 else "no", ("yes", "no"), gap=gap)
    if feature.scale == "ordinal":
        middle = float(np.floor(fill))
        limits = (0.0, float(len(feature.levels) - 1))
        return Field(*about, *span, *limits, True, middle, feature.levels[int(middle)], feature.levels, gap=gap)
    # Counts and days are never below 0; nor are income, spend and the like, where nobody's was.
    floor = 0.0 if feature.unit in COUNTED or (feature.role and known.min() >= 0) else -np.inf
    ceiling = 1.0 if feature.unit == "share" else np.inf
    whole = bool((known == np.round(known)).all())
    return Field(*about, *span, floor, ceiling, whole, fill, "", (), gap=gap)


def place(model: Model, frame: pd.DataFrame) -> pd.DataFrame:
    """Where customers belong.

    Parameters
    ----------
    frame : frame
        As of :func:`core.segments.inputs.features.frame`.

    Returns
    -------
    frame
        segment, runner_up (0 where there is none), margin, confidence (of :data:`CONFIDENCES`), far.

    Notes
    -----
    The margin is (distance to the nearest other centre − distance to the own) / the larger of both: 0 half-way
    between two segments. From .5 on the other is at least twice as far, which is called clear; from .2 on at least
    a quarter farther. Whoever is in no group has the nearest segment as runner-up.
    """
    values = model.values(frame)
    placed = model.place(values)
    confidence = np.select([placed.margin >= CLEAR, placed.margin >= RATHER], ["clear", "rather"], "border")
    confidence = np.where(placed.runner_up == 0, "clear", confidence).astype(object)
    runner_up = placed.runner_up.copy()
    apart = (placed.segment == model.apart) & (model.apart > 0)
    confidence[apart] = "apart"
    if apart.any() and len(model.fit.centres):
        runner_up[apart] = model.ids[nearest(model.fit.centres, values[apart])]
    return pd.DataFrame(
        {"segment": placed.segment, "runner_up": runner_up, "margin": placed.margin, "confidence": confidence,
         "far": placed.far & ~apart}
    )  # fmt: skip


def predict(found: Segmentation, entries: Entries) -> tuple[pd.DataFrame, list[list[Note]]]:
    """Where those who were entered belong, by name, and what is worth knowing of each.

    Returns
    -------
    frame, notes
        As of :func:`place`, with ``name`` and ``runner_up_name``.
    """
    rows = place(found.model, entries.frame)
    names = {int(id): str(name) for id, name in zip(found.segments["id"], found.segments["name"], strict=True)}
    rows = rows.assign(
        name=[names[int(id)] for id in rows["segment"]],
        runner_up_name=[names.get(int(id), "") for id in rows["runner_up"]],
    )
    notes = [list(mine) for mine in entries.notes]
    for row in np.flatnonzero(rows["far"]):
        text = f"Farther from the middle of {rows['name'][row]} than 99 in 100 of its customers: unlike anybody so far."
        notes[row].append(Note("", "far", text))
    for row in np.flatnonzero(rows["confidence"] == "apart"):
        text = f"Resembles no group; the nearest is {rows['runner_up_name'][row]}."
        notes[row].append(Note("", "apart", text))
    return rows, notes
