"""What the season of a shop says to its campaigns."""

from __future__ import annotations

import numpy as np

from core.sales.peaks import Peak, SeasonalIndex

ONCE = "Each month was seen in full only once: a good month, not yet a season."


def season_facts(index: SeasonalIndex, peak: Peak | None) -> dict[str, float | str]:
    """The strongest and the weakest month of the year, in the names of :data:`core.campaigns.measures.SEASON`.

    Parameters
    ----------
    index : SeasonalIndex
    peak : Peak or None
        Of the same slice; see :mod:`core.sales.peaks`.

    Returns
    -------
    dict
        Empty where not every month of the year was seen in full.
    """
    values = index.rows["index"].to_numpy(dtype=float)
    if peak is None or peak.share is None or not np.isfinite(values).all():
        return {}
    low = int(values.argmin())
    return {
        "peak_month": peak.label,
        "peak_index": peak.index,
        "peak_share": peak.share,
        "stock_month": peak.stock_by,
        "campaign_month": peak.campaign_by,
        "low_month": str(index.rows["label"][low]),
        "low_index": float(values[low]),
        "season_note": ONCE if peak.once and not index.adjusted else "",
    }
