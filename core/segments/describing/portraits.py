"""What each segment is like against everyone, figure by figure, the largest difference first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments.describing import profiles
from core.segments.describing.comparing import compare
from core.segments.inputs import features
from core.segments.inputs.features import Recipe, Source
from core.stages import stage


@cacheable
@dataclass(frozen=True)
class Portraits:
    """The segments portrayed.

    ``rows``: id, feature, label, role, unit, what (the most frequent level; empty for an average), they and all (its
    share, or the average; money in cents), effect (standard deviations between customers, without a sign for
    categories); of each segment the largest effect first. ``texts``: id, name, portrait (two sentences).
    """

    rows: pd.DataFrame
    texts: pd.DataFrame


@stage(version=3)
def portraits(source: Source, recipe: Recipe, k: int, seed: int, *, labels: np.ndarray) -> Portraits:
    """Portray each segment by the features that it was learned from, and by every column of which the role is known.

    Parameters
    ----------
    source : Slice or People
        The whole dataset.
    recipe, k, seed
        Name the segmentation that ``labels`` come from.
    labels : int array
        Segment of each customer, from 1.

    Notes
    -----
    See :func:`core.segments.describing.comparing.compare` for shares, averages and effects.
    """
    chosen = {feature.slug for feature in features.chosen(source, recipe)}
    told = [feature for feature in features.known(source) if feature.role or feature.slug in chosen]
    found = compare(features.frame(source), told, labels)
    found = found[found["id"] > 0]
    level = (found["unit"] == "level") | found["scale"].isin(["nominal", "yes_no"])
    rows = found[["id", "feature", "label", "role", "unit", "effect"]].assign(
        unit=found["unit"].where(~level, "share"),
        what=found["level"].where(level, ""),
        they=found["share"].where(level, found["they"]),
        all=found["share_all"].where(level, found["all"]),
    )
    order = np.lexsort((-rows["effect"].abs(), rows["id"]))
    texts = profiles.described(source, recipe, labels)
    return Portraits(
        rows.iloc[order][["id", "feature", "label", "role", "unit", "what", "they", "all", "effect"]].reset_index(
            drop=True
        ),
        texts[texts["id"] > 0][["id", "name", "portrait"]].reset_index(drop=True),
    )
