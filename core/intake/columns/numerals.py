"""Whether numbers are written with a decimal point or a decimal comma: decided once for the file."""

from __future__ import annotations

from collections.abc import Iterable


def vote(digits: str) -> str:
    """What a number written in digits, points and commas says of its decimal mark: point, comma, or nothing.

    Examples
    --------
    >>> vote("1.234,56"), vote("2.55"), vote("1,234"), vote("0,125"), vote("1.234.567")
    ('comma', 'point', '', 'comma', 'comma')
    """
    point, comma = digits.rfind("."), digits.rfind(",")
    if point >= 0 and comma >= 0:
        return "point" if point > comma else "comma"
    mark = max(point, comma)
    if mark < 0:
        return ""
    own, other = ("point", "comma") if point >= 0 else ("comma", "point")
    if digits.count(digits[mark]) > 1:
        return other
    before, after = digits[:mark], digits[mark + 1 :]
    return "" if len(after) == 3 and 0 < len(before) <= 3 and before.strip("0") else own


def decimal(numbers: Iterable[str], semicolons: bool) -> tuple[str, str]:
    """The decimal mark of a file and why; no mark where nothing says it.

    Parameters
    ----------
    numbers : iterable of str
        Numbers as digits, points and commas.
    semicolons : bool
        Whether semicolons stand between the columns, as where commas stand in numbers.
    """
    votes = {"point": 0, "comma": 0}
    open_points = open_commas = 0
    for digits in numbers:
        if said := vote(digits):
            votes[said] += 1
        else:
            open_points, open_commas = open_points + ("." in digits), open_commas + ("," in digits)
    mark = max(votes, key=lambda each: votes[each])
    if votes[mark]:
        return mark, f"{votes[mark]:,} of the numbers looked at are written so"
    if semicolons and open_commas and not open_points:
        return "comma", "semicolons stand between the columns"
    return "", ""
