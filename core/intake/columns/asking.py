"""What a file does not decide, and so is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.intake.columns import structure
from core.intake.columns.dating import DATE_ORDERS, Dates
from core.intake.columns.fitting import NEVER, fit
from core.intake.columns.guessing import Guess
from core.intake.columns.seen import Seen
from core.intake.formats.source import Source
from core.intake.understanding import Question
from core.masking import shown

_KEYS = ("customer", "email", "phone", "name")
_SURE, _FILLED = 0.8, 0.8


def about_dates(source: Source, column: str, dates: Dates) -> Question:
    """Which of the first two numbers of a date is the day."""
    return Question(
        "date_order",
        f"{source.name}: dates in {column} can be read day first or month first ({dates.example[:40]}); "
        "no value decides it.",
        "Say which with --date-order dmy or --date-order mdy.",
        tuple((order, words) for order, words in DATE_ORDERS.items() if order != "ymd"),
    )


def about_roles(
    source: Source, seen: Sequence[Seen], guesses: Mapping[int, Guess], said: Mapping[int, str], off: Sequence[str]
) -> list[Question]:
    """Who the customer is and when the order was, in an order log that does not tell."""
    at = {guess.role: place for place, guess in guesses.items()}
    asked = []
    if "date" not in at and "date" not in off:
        asked.append(
            Question(
                "role:date",
                _no_date(source, seen),
                "Say which with --map date=COLUMN.",
                _candidates(source, seen, guesses, "date"),
            )
        )
    if not {*_KEYS} & {*at}:
        asked.append(
            Question(
                "role:customer",
                f"{source.name}: no column is recognised as the customer.",
                "Say which with --map customer=COLUMN: a number, an e-mail address, a telephone number or a name.",
                _candidates(source, seen, guesses, "customer"),
            )
        )
    elif rivals := _rivals(seen, at, said):
        names = [source.columns[place] for place in rivals]
        asked.append(
            Question(
                "role:customer",
                f"{source.name}: {' and '.join(names)} may both say who the customer is, and they tell customers apart "
                "differently.",
                "Say which with --map customer=COLUMN.",
                tuple((name, name) for name in names),
            )
        )
    return asked


def _no_date(source: Source, seen: Sequence[Seen]) -> str:
    spoken = max(seen, key=lambda each: each.meaning.get("date", 0.0))
    if spoken.meaning.get("date", 0.0) < _SURE:
        return f"{source.name}: no column is recognised as the date of the order."
    first = next(iter(spoken.contents.filled), "")
    return f"{source.name}: no value in {spoken.header.strip()} is a date; the first is {shown(first)[:40]!r}."


def _rivals(seen: Sequence[Seen], at: Mapping[str, int], said: Mapping[int, str]) -> list[int]:
    """Columns that are as good a customer key as the one that was taken, and are another one."""
    mine = at.get("customer", -1)
    if mine < 0 or mine in said or seen[mine].meaning.get("customer", 0.0) > 1:
        return []
    others = [
        place
        for place, each in enumerate(seen)
        if place != mine
        and place not in said
        and place not in at.values()
        and each.meaning.get("customer", 0.0) >= _SURE
        and each.contents.fill >= _FILLED
        and fit("customer", each) != NEVER
        and not structure.same(seen, place, mine)
    ]
    return [mine, *others] if others and seen[mine].contents.fill >= _FILLED else []


def _candidates(
    source: Source, seen: Sequence[Seen], guesses: Mapping[int, Guess], role: str
) -> tuple[tuple[str, str], ...]:
    places = [
        p for p, each in enumerate(seen) if p not in guesses and each.contents.filled and fit(role, each) != NEVER
    ]
    return tuple((source.columns[place], source.columns[place]) for place in places[:50])
