"""Questions and findings as a page puts them: without the flags of the command line, with the very date in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from core.intake.understanding import Note, Question, Understanding

ZONES = (
    "UTC", "Europe/London", "Europe/Lisbon", "Europe/Paris", "Europe/Madrid", "Europe/Rome", "Europe/Berlin",
    "Europe/Amsterdam", "Europe/Warsaw", "Europe/Stockholm", "Europe/Athens", "Europe/Istanbul", "Europe/Moscow",
    "Africa/Lagos", "Africa/Johannesburg", "Asia/Dubai", "Asia/Kolkata", "Asia/Singapore", "Asia/Shanghai",
    "Asia/Tokyo", "Asia/Seoul", "Australia/Sydney", "Pacific/Auckland", "America/Sao_Paulo", "America/Mexico_City",
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Toronto",
)  # fmt: skip
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_DATE = re.compile(r"(?<!\d)(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2,4})")


def question(asked: Question, understood: Understanding) -> Question:
    """A question without what only the command line needs."""
    words = asked.words.removeprefix(f"{understood.source.name}: ")
    why = " ".join(part for part in re.split(r"(?<=[.!?])\s+", asked.why) if "--" not in part)
    asked = replace(asked, words=words[:1].upper() + words[1:], why=why)
    if asked.slug == "date_order":
        dated = [
            place for place, column in enumerate(understood.columns) if column.scale == "date" or column.role == "date"
        ]
        return _which_day(asked, [row[place] for place in dated for row in understood.source.sample])
    return asked


def zones(note: Note) -> Note:
    """A time zone with others to choose from."""
    return replace(
        note, choices=tuple((zone, zone.replace("_", " ")) for zone in dict.fromkeys([*_named(note), *ZONES]))
    )


def _named(note: Note) -> list[str]:
    return [note.found] if re.fullmatch(r"[A-Z][A-Za-z]+/[A-Za-z_/]+|UTC", note.found) else []


def _which_day(asked: Question, examples: Iterable[str]) -> Question:
    """Ask of one date that can be read both ways.

    Examples
    --------
    >>> choices = (("dmy", "day-month-year"), ("mdy", "month-day-year"))
    >>> made = _which_day(Question("date_order", "Dates?", "No value decides it.", choices), ["03/04/2011"])
    >>> made.words, made.choices[0][1]
    ('Is 03/04/2011 the 3rd of April or the 4th of March?', '3 April 2011: the day comes first')
    """
    for text in (asked.words, *examples):
        found = _DATE.search(text)
        if not found:
            continue
        first, second, year = int(found[1]), int(found[2]), found[3]
        if first != second and 1 <= first <= 12 and 1 <= second <= 12:
            words = {
                "dmy": f"{first} {MONTHS[second - 1]} {year}: the day comes first",
                "mdy": f"{second} {MONTHS[first - 1]} {year}: the month comes first",
            }
            return replace(
                asked,
                words=f"Is {found[0]} the {_nth(first)} of {MONTHS[second - 1]} or the {_nth(second)} of "
                f"{MONTHS[first - 1]}?",
                why="No day in the file exceeds 12, so it does not tell by itself.",
                choices=tuple((value, words.get(value, label)) for value, label in asked.choices),
            )
    return asked


def _nth(day: int) -> str:
    return f"{day}{_ENDINGS.get(day, 'th')}"
