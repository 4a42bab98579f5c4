"""Many customers on two axes as a grid: how many lie in each cell, and of which segment most of them are."""

from __future__ import annotations

import numpy as np
import pandas as pd

# From here on points would cover one another.
FROM = 10_000
ACROSS, UP = 120, 80
COLUMNS = ["x", "y", "segment", "customers", "share"]


def cells(x: np.ndarray, y: np.ndarray, labels: np.ndarray) -> pd.DataFrame:
    """Count points in a grid.

    Parameters
    ----------
    x, y : float arrays
    labels : int array
        Segment of each point.

    Returns
    -------
    frame
        A row for each cell that holds anybody: x and y of its middle, the segment of which most of them are, customers
        of any segment, and the share that is of that one.

    Notes
    -----
    The grid spans the middle 99.8 % on either axis; who lies beyond stands at its edge.

    Examples
    --------
    >>> found = cells(np.array([0.0, 0.0, 0.0, 1.0]), np.array([0.0, 0.0, 0.0, 1.0]), np.array([1, 1, 2, 2]))
    >>> found[["segment", "customers", "share"]].round(2).values.tolist()
    [[1.0, 3.0, 0.67], [2.0, 1.0, 1.0]]
    """
    if not len(x):
        return pd.DataFrame({name: np.empty(0) for name in COLUMNS})
    (column, middle_x), (row, middle_y) = _places(x, ACROSS), _places(y, UP)
    ids, kind = np.unique(labels, return_inverse=True)
    counts = np.bincount((column * UP + row) * len(ids) + kind, minlength=ACROSS * UP * len(ids))
    counts = counts.reshape(-1, len(ids))
    total = counts.sum(axis=1)
    held = np.flatnonzero(total)
    most = counts[held].argmax(axis=1)
    return pd.DataFrame(
        {
            "x": middle_x[held // UP], "y": middle_y[held % UP], "segment": ids[most],
            "customers": total[held], "share": counts[held, most] / total[held],
        }
    )  # fmt: skip


def _places(values: np.ndarray, parts: int) -> tuple[np.ndarray, np.ndarray]:
    """The part that each value falls into, and the middle of every part."""
    low, high = np.quantile(values, [0.001, 0.999])
    wide = (high - low) / parts or 1.0
    place = ((values - low) / wide).astype(int).clip(0, parts - 1)
    return place, low + (np.arange(parts) + 0.5) * wide
