"""What is entered of a customer, field by field, and how a value of each is read."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from core import masking
from core.codec import cacheable
from core.errors import ParameterError

YES = ("yes", "y", "true", "t", "1", "x")
NO = ("no", "n", "false", "f", "0")
LARGEST = 1e15
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d*)?")
Cell = float | str | None


@cacheable
@dataclass(frozen=True)
class Field:
    """What is entered of one feature.

    Parameters
    ----------
    slug, label, noun, unit, scale, role : str
        As of :class:`~core.segments.inputs.matrix.Feature`.
    low, high : float
        From the 1st to the 99th percentile of those whom segments were learned from; places of ordered levels from 0.
    least, most : float
        The smallest and the largest that they had.
    floor, ceiling : float
        What is possible at all; infinite where there is no limit.
    whole : bool
        Whether everybody had a whole number.
    middle : float
        The median, or the place of the middle level.
    usual : str
        The level that stands where nothing is entered; empty for a number.
    levels : tuple of str
        Of ordered levels the lowest first, of others the most frequent first; empty for a number.
    rare : bool
        Whether categories without a place of their own stand together.
    gap : bool
        Whether a missing value is a level of its own.
    """

    slug: str
    label: str
    noun: str
    unit: str
    scale: str
    role: str
    low: float
    high: float
    least: float
    most: float
    floor: float
    ceiling: float
    whole: bool
    middle: float
    usual: str
    levels: tuple[str, ...]
    rare: bool = False
    gap: bool = False

    @property
    def numeric(self) -> bool:
        return self.scale in ("number", "amount")

    @property
    def default(self) -> float | str:
        """What stands where nothing is entered, as it is entered."""
        return self.middle if self.numeric else self.usual

    def said(self, value: float | str) -> str:
        """A value in words: an ordered level by its name, a number with as many places as it needs."""
        if isinstance(value, str):
            return value
        if self.unit == "money" and value != int(value):
            return f"{value:,.2f}"
        return self.levels[int(value)] if self.scale == "ordinal" else f"{value:,.10g}"


def read(field: Field, value: Any) -> Cell:
    """A value as it is kept; None where nothing is entered.

    Raises
    ------
    ParameterError
        If it cannot be one of this field; it names field and value.

    Examples
    --------
    >>> grade = Field("e", "Grade", "", "level", "ordinal", "", 0, 2, 0, 2, 0, 2, True, 1, "B", ("A", "B", "C"))
    >>> read(grade, "c"), read(grade, 1), read(grade, " ")
    (2.0, 0.0, None)
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, float) and math.isnan(value):
        raise _wrong(field, value, "is not a number", "Leave it out where it is not known.")
    if isinstance(value, (list, dict, tuple)):
        raise _wrong(field, value, "is no single value", "Give one value.")
    if field.numeric:
        return _number(field, value)
    return _level(field, value)


def missing(field: Field) -> str:
    """What stands for a value that is not known, in a sentence."""
    return f"{field.label} is not known: {stand_in(field)}."


def stand_in(field: Field) -> str:
    """What stands for a value that is not known."""
    if field.gap:
        return "that is a level of its own"
    what = "the median" if field.numeric else "the middle level" if field.scale == "ordinal" else "the most frequent"
    return f"{field.said(field.default)}, {what}, stands for it"


def _number(field: Field, value: Any) -> float:
    hint = "Give a plain number such as 1250.5."
    if isinstance(value, (bool, np.bool_)):
        raise _wrong(field, value, "is not a number", hint)
    text = str(value).strip()
    try:
        number = float(text.replace(",", "") if _THOUSANDS.fullmatch(text) else text)
    except (ValueError, OverflowError):
        raise _wrong(field, value, "is not a number", hint) from None
    if not abs(number) <= LARGEST:
        raise _wrong(field, value, "is not a number" if math.isnan(number) else "is too large", hint)
    if number < field.floor:
        raise _wrong(field, value, f"is below {field.floor:g}, which cannot be", f"Give {field.floor:g} or more.")
    if number > field.ceiling:
        shares = " Shares are from 0 to 1: 25 % is 0.25." if field.unit == "share" else ""
        raise _wrong(
            field, value, f"is above {field.ceiling:g}, which cannot be", f"Give {field.ceiling:g} or less.{shares}"
        )
    return number


def _level(field: Field, value: Any) -> float | str:
    text = _plain(value)
    if field.scale == "yes_no":
        if text in YES or text in NO:
            return "yes" if text in YES else "no"
        raise _wrong(field, value, "is neither yes nor no", "Give yes or no.")
    known = {_plain(level): place for place, level in enumerate(field.levels)}
    if field.scale == "nominal":
        return field.levels[known[text]] if text in known else str(value).strip()
    if text in known:
        return float(known[text])
    # Where levels are figures themselves, such as 1, 3 and 5, a place would be taken for one of them.
    figures = any(level.lstrip("-").replace(".", "", 1).isdigit() for level in known)
    if not figures and text.isdecimal() and 1 <= int(text[:9]) <= len(field.levels):
        return float(int(text[:9]) - 1)
    there = ", ".join(level[:40] for level in field.levels[:12])
    or_place = "" if figures else ", or its place from 1"
    raise _wrong(field, value, "is not one of its levels", f"Give one of {there}{or_place}.")


def _plain(value: Any) -> str:
    """What all spellings of a level have in common: 3.0 is 3, and blanks and capitals do not count."""
    text = " ".join(str(value).split()).casefold()
    return re.sub(r"^(-?\d+)\.0+$", r"\1", text)


def _wrong(field: Field, value: Any, what: str, hint: str) -> ParameterError:
    shown = f"{value:g}" if isinstance(value, float) else str(value)[:60] if isinstance(value, int) else (
        f"“{masking.shown(str(value))[:60]}”"
    )  # fmt: skip
    return ParameterError(f"{field.label} {shown} {what}.", hint)
