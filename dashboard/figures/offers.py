"""What to offer, in sentences: the finding of each card in the shop's own numbers."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import words
from dashboard.figures.portrait import titled


def together_headline(rows: pd.DataFrame) -> str:
    """The surest pair, with how often and how many orders stand behind it."""
    if rows.empty:
        return "No two products go together more often than by chance"
    first = dict(rows.iloc[0])
    return (
        f"{words.percent(first['confidence'], 0)} of the orders with {titled(first['name'])} also hold "
        f"{titled(first['then_name'])}: {words.count(first['baskets'])} of {words.count(first['baskets_first'])}"
    )


def next_headline(rows: pd.DataFrame) -> str:
    """The product that is next for most, and for how many."""
    if rows.empty:
        return "Nothing stands out as the next product"
    first = dict(rows.iloc[0])
    return f"{titled(first['name'])} is next for most: {words.customers(first['customers'])} who have not bought it"


def reason(row: dict[str, Any]) -> str:
    """What stands behind a recommendation: 142 of 388 who bought A also bought B."""
    return f"{words.count(row['both'])} of {words.count(row['of'])} who bought {titled(row['why_name'])} also bought it"


def price_headline(rows: pd.DataFrame, currency: str) -> str:
    """Between which prices half of the lines lie."""
    row = dict(rows.set_index("what").loc["piece"])
    if not row["number"]:
        return "Nothing was paid here"
    return f"Half of what they buy costs {words.money(row['low'], currency)} to {words.money(row['high'], currency)}"


def listed(names: list[str], plural: str = "") -> str:
    """Names in a row: Thursday or Tuesday.

    >>> listed(["Thursday", "Tuesday", "Friday"]), listed(["Monday"], "s")
    ('Thursday, Tuesday or Friday', 'Mondays')
    """
    told = [f"{name}{plural}" for name in names]
    return " or ".join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else "".join(told)


def span_of_hours(hours: list[str]) -> str:
    """The best hours by the clock: from 10:00 to 13:00 where they follow one another.

    >>> span_of_hours(["12:00", "10:00", "11:00"]), span_of_hours(["9:00", "20:00"]), span_of_hours(["12:00"])
    ('between 10:00 and 13:00', 'from 9:00 or 20:00', 'between 12:00 and 13:00')
    """
    starts = sorted(int(hour.split(":")[0]) for hour in hours)
    if starts and starts[-1] - starts[0] == len(starts) - 1:
        return f"between {starts[0]}:00 and {(starts[-1] + 1) % 24}:00"
    return f"from {listed([f'{start}:00' for start in starts])}"


def sending_headline(found: Any) -> str:
    """When most orders are placed."""
    days, hours = found.best("weekday"), found.best("hour")
    # All days alike are no finding.
    days = [] if len(days) == 7 else days
    when = " ".join(
        [*([f"on {listed(days, 's')}"] if days else []), *([span_of_hours(hours)] if 0 < len(hours) <= 12 else [])]
    )
    return f"They order most {when}" if when else "No day or hour stands out"


def months_headline(rows: pd.DataFrame, why: str) -> str:
    """Which months are strong."""
    if why:
        return "The best months are not known"
    best = rows[rows["best"]].sort_values("index", ascending=False, kind="stable")
    if best.empty:
        return "No month stands out"
    first = dict(best.iloc[0])
    many = f"; {listed(list(best['label'][1:4])).replace(' or ', ' and ')} too" if len(best) > 1 else ""
    return f"{first['label']} is {words.decimal(first['index'])} times an average month{many}"
