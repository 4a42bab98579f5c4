"""The value of a spreadsheet's cell as the text that a person would type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any


def text(cell: Any) -> str:
    """A cell as text: dates as ISO, whole numbers without decimals.

    Examples
    --------
    >>> text(17850.0), text(2.5), text(True), text(dt.date(2024, 1, 2)), text(dt.timedelta(days=1, hours=2))
    ('17850', '2.5', 'TRUE', '2024-01-02', '26:00:00')
    """
    return _TEXTS.get(type(cell), str)(cell)


def _number(cell: float) -> str:
    return str(int(cell)) if abs(cell) < 1e15 and cell == int(cell) else repr(cell)


def _moment(cell: dt.datetime) -> str:
    """A day's fraction is seldom a whole number of milliseconds."""
    if not cell.microsecond:
        return str(cell)
    near = (cell + dt.timedelta(milliseconds=1)).replace(microsecond=0)
    return str(near if abs(near - cell) <= dt.timedelta(milliseconds=1) else cell)


def _duration(cell: dt.timedelta) -> str:
    seconds = round(abs(cell.total_seconds()))
    return f"{'-' * (cell.days < 0)}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


_TEXTS: dict[type, Callable[[Any], str]] = {
    str: lambda cell: cell.replace("\0", "") if "\0" in cell else cell,
    bool: lambda cell: "TRUE" if cell else "FALSE",
    float: _number,
    dt.datetime: _moment,
    dt.timedelta: _duration,
}
