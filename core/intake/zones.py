"""Offsets from UTC in a column of moments: one clock for the whole dataset, in which its days are cut.

Where all moments carry one offset, or two that differ as summer time does, the clock is the shop's own and is kept as
it was written. Otherwise moments of several places are mixed, and all are put on the clock of UTC, or of the zone that
was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.errors import ParameterError
from core.intake.formats.reading import Source, quote, relation

Query = Callable[[str], tuple[Any, ...]]
# The offset behind a time: Z, +02:00, -0800, GMT+5:30; names of zones after it, or in brackets, say it once more.
ZONE = r"\s*(Z|UTC|GMT|(?:UTC|GMT)?\s*[-+−]\d{1,2}(?::?\d{2})?)?(?:\s*\p{L}{2,5})?(?:\s*\([^)]*\))?"
_OFFSET = (
    r"\d{1,2}[:h.]\d{2}\S*\s*(?:[AaPp]\.?[Mm]\.?)?\s*(Z|UTC|GMT|(?:UTC|GMT)?\s*[-+−]\d{1,2}(?::?\d{2})?)"
    r"(?:\s*\([^)]*\)|\s*[A-Z]{2,5})?\s*$"
)
_CLOCK_END = re.compile(_OFFSET)
# More than this between two offsets, in minutes, is another place and not summer time.
MOST_BY_SEASON = 60


@dataclass(frozen=True)
class Shift:
    """What is done to moments: ``to`` is the zone they are put into, empty to leave them as they were written.

    ``minutes`` holds the offset of each spelling that occurs; ``found`` and ``why`` say it in words.
    """

    to: str = ""
    minutes: tuple[tuple[str, int], ...] = ()
    found: str = ""
    why: str = ""

    @property
    def moves(self) -> bool:
        """Whether any clock is changed."""
        return bool(self.to)

    def apply(self, wall: str, zone: str) -> str:
        """SQL: moments by their wall clock and the text of their offset; those without one stay."""
        if not self.to:
            return wall
        cases = " ".join(f"when {quote(text)} then {minutes}" for text, minutes in self.minutes)
        offset = f"case trim({zone}) {cases} end"
        moved = self.instant(f"({wall}) - to_minutes({offset})")
        return f"case when ({offset}) is null then {wall} else {moved} end"

    def instant(self, utc: str) -> str:
        """SQL: moments in UTC on the clock of the dataset."""
        return f"timezone({quote(self.to)}, timezone('UTC', {utc}))" if self.to not in ("", "UTC") else utc


AS_WRITTEN = Shift()


def decide(source: Source, column: int, first: Sequence[str], instants: bool, wanted: str, query: Query) -> Shift:
    """Find out what to do about offsets.

    Parameters
    ----------
    source : Source
    column : int
    first : sequence of str
        Its first cells that are not blank.
    instants : bool
        Whether cells count seconds since 1970, which are in UTC.
    wanted : str
        The zone that was asked for.
    query : callable
        Runs SQL over the file; called only where there are offsets.
    """
    if wanted:
        try:
            ZoneInfo(wanted)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ParameterError(
                f"The time zone {wanted!r} is unknown.", "Give a name such as Europe/Berlin."
            ) from None
    if instants:
        return Shift(wanted or "UTC", (), wanted or "UTC", "seconds are counted in UTC; days are cut in this zone")
    if not any(map(_CLOCK_END.search, first)):
        return Shift("", (), wanted, "the times carry no offset and are taken as they stand") if wanted else AS_WRITTEN
    (texts,) = query(
        f"""select list(distinct trim(regexp_extract(c{column}, {quote(_OFFSET)}, 1))) from {relation(source)}
        where c{column} is not null"""
    )
    minutes = tuple(sorted((text, minutes_of(text)) for text in texts or () if text))
    spread = sorted({value for _, value in minutes})
    if not spread:
        return AS_WRITTEN
    words = " and ".join(map(_words, spread)) if len(spread) < 4 else f"{_words(spread[0])} to {_words(spread[-1])}"
    if wanted:
        return Shift(wanted, minutes, wanted, f"converted from {words}; days are cut in it")
    if spread[-1] - spread[0] <= MOST_BY_SEASON:
        why = "all times carry it" if len(spread) == 1 else "they differ by summer time only"
        return Shift("", minutes, f"{words}, as written", f"{why}; days are cut on this clock")
    return Shift("UTC", minutes, "UTC", f"offsets from {words} are mixed: all times are put on one clock")


def minutes_of(text: str) -> int:
    """The minutes that an offset is ahead of UTC.

    Examples
    --------
    >>> minutes_of("+0530"), minutes_of("GMT-8"), minutes_of("Z"), minutes_of("GMT+5:30")
    (330, -480, 0, 330)
    """
    found = re.search(r"([-+−])(\d{1,2}):?(\d{2})?$", text)
    if found is None:
        return 0
    sign, hours, minutes = found.groups()
    return (1 if sign == "+" else -1) * (60 * int(hours) + int(minutes or 0))


def _words(minutes: int) -> str:
    return f"{'−' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
