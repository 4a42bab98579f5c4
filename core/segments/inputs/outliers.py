"""The few customers who lie far from all others."""

from __future__ import annotations

import numpy as np

# Never more than this share is set aside, of a few customers one, and only who lies that many spreads from the middle.
MOST = 0.01
FAR = 6.0


def outlying(values: np.ndarray) -> np.ndarray:
    """Who lies far outside in any column.

    Parameters
    ----------
    values : array, customers × prepared columns

    Returns
    -------
    array of bool

    Notes
    -----
    Distance from the median in robust standard deviations (interquartile range / 1.349); columns of which the middle
    half is all the same, such as rare yes and no, are not looked at.

    Examples
    --------
    >>> outlying(np.array([[x] for x in [*range(199), 5000.0]])).nonzero()[0].tolist()
    [199]
    """
    if len(values) < 2:
        return np.zeros(len(values), dtype=bool)
    low, middle, high = np.quantile(values, [0.25, 0.5, 0.75], axis=0)
    spread = (high - low) / 1.349
    told = spread > 0
    if not told.any():
        return np.zeros(len(values), dtype=bool)
    far = (np.abs(values[:, told] - middle[told]) / spread[told]).max(axis=1)
    most = max(int(MOST * len(values)), 1)
    limit = max(FAR, float(np.sort(far)[-most - 1]) if len(far) > most else 0.0)
    outside: np.ndarray = far > limit
    return outside
