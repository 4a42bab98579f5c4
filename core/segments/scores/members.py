"""Who is in chosen segments and RFM groups."""

from __future__ import annotations

import numpy as np

from core.errors import ParameterError
from core.segments.dividing.segmentation import Segmentation
from core.segments.scores.rfm import Rfm


def members(
    ids: tuple[int, ...], segmentation: Segmentation | None, groups: tuple[str, ...], scored: Rfm | None
) -> np.ndarray:
    """Customers who are in one of the segments and in one of the groups; no choice of either leaves all.

    Parameters
    ----------
    ids : tuple of int
        Segments.
    segmentation : Segmentation or None
        Needed where ``ids`` are given.
    groups : tuple of str
        Slugs of RFM groups.
    scored : Rfm or None
        Needed where ``groups`` are given.

    Returns
    -------
    array of bool
        One entry a customer.

    Raises
    ------
    ParameterError
        If a segment or group does not exist; it names those that do.
    """
    found = []
    if ids and segmentation is not None:
        known = {name.id: name.name for name in segmentation.names}
        if unknown := [number for number in ids if number not in known]:
            exist = ", ".join(f"{number} ({name})" for number, name in known.items())
            raise ParameterError(f"There is no segment {unknown[0]}.", f"Choose one of {exist}.")
        found.append(np.isin(segmentation.labels, ids))
    if groups and scored is not None:
        slugs = [group.slug for group in scored.drawn.groups]
        if unknown_groups := [slug for slug in groups if slug not in slugs]:
            raise ParameterError(f"There is no group {unknown_groups[0][:60]!r}.", f"Choose one of {', '.join(slugs)}.")
        found.append(scored.scores["group"].isin(groups).to_numpy())
    chosen: np.ndarray = np.logical_and.reduce(found)
    return chosen
