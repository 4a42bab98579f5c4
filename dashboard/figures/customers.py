"""One customer beside segments: what the page lists and what can be taken along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from core.errors import ParameterError
from dashboard import words
from dashboard.figures import profiles

AMOUNTS = ("they", "own", "next", "all", "own_average", "next_average", "all_average")


def headline(rows: pd.DataFrame, own: str, after: str) -> str:
    """Which feature tells most.

    Parameters
    ----------
    rows : DataFrame
        label, pull; see :class:`core.segments.customers.reasons.Why`.
    """
    if not after:
        return "What they have, beside what is typical of the nearest segment"
    strongest = rows.loc[rows["pull"].abs().idxmax()]
    what = profiles.low(words.header(strongest["label"]))
    if strongest["pull"] < 0:
        return f"The strongest sign points to {after}: {what}"
    return f"The strongest reason for {own}: {what}"


def told(rows: pd.DataFrame, *, money: bool) -> list[dict[str, Any]]:
    """Rows of what is known of them; without money no amounts."""
    known = rows[(rows["unit"] != "money") | money]
    found: list[dict[str, Any]] = known.to_dict("records")
    return found


def features(why: Any, *, money: bool) -> pd.DataFrame:
    """The features to take along: money in units of the currency.

    Raises
    ------
    ParameterError
        If the customer is in no segment.
    """
    if why is None:
        raise ParameterError("This customer is in no segment.", "There is nothing to compare.")
    return _units(pd.DataFrame(told(why.rows, money=money), columns=why.rows.columns))


def others(why: Any, *, money: bool) -> pd.DataFrame:
    """The same for what the segments are not learned from."""
    if why is None:
        raise ParameterError("This customer is in no segment.", "There is nothing to compare.")
    kept = _units(pd.DataFrame(told(why.others, money=money), columns=why.others.columns))
    return kept.drop(columns=["pull", "own", "said_own", "next", "said_next", "all", "said_all"])


def beginnings(found: Any, label: Callable[[str], str]) -> dict[str, Any]:
    """Customers to begin with, as rows.

    Parameters
    ----------
    found : Examples
        typical, between, sampled.
    label : callable
        An id as it may be shown.
    """

    def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
        return [{**row, "label": label(row["customer_id"])} for row in frame.to_dict("records")]

    return {"typical": rows(found.typical), "between": rows(found.between), "sampled": found.sampled}


def _units(frame: pd.DataFrame) -> pd.DataFrame:
    frame = profiles.in_units(frame.astype(dict.fromkeys(AMOUNTS, float)), *AMOUNTS)
    return frame.drop(columns=["noun"])
