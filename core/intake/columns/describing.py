"""The columns of a file with all that is known of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.intake.answers import Answers
from core.intake.columns import leaving, saying, scales
from core.intake.columns.guessing import Guess
from core.intake.columns.scales import Scale
from core.intake.columns.seen import Seen
from core.intake.columns.slugs import slugs
from core.intake.formats.source import Source
from core.intake.roles import ROLES
from core.warehouse.columns import Column

EXAMPLES, LONGEST = 4, 80


def columns(
    source: Source, seen: Sequence[Seen], guesses: Mapping[int, Guess], kind: str, said: Answers
) -> tuple[Column, ...]:
    """One description for each column of a file.

    Parameters
    ----------
    source : Source
    seen : sequence of Seen
    guesses : mapping
        Position -> what it stands for.
    kind : str
        The kind of table: only of customers' columns it is said whether they enter a segmentation.
    said : Answers
        Its ``scales`` are heeded.
    """
    wanted = saying.scales(said, source)
    found = [
        scales.scale(each, guesses[place].role if place in guesses else "", wanted.get(place, ""), kind == "survey")
        for place, each in enumerate(seen)
    ]
    table = kind != "transactions"
    twins = leaving.copies(seen, [its.enters for its in found]) if table else {}
    names = slugs(source.columns)
    described = []
    for place, its in enumerate(found):
        same = f"it says the same as {source.columns[twins[place]]}" if place in twins else ""
        aside = (its.aside or same) if table else ""
        described.append(
            _column(source.columns[place], names[place], seen[place], guesses.get(place), its, aside, table)
        )
    return tuple(described)


def _column(name: str, slug: str, seen: Seen, guess: Guess | None, scale: Scale, aside: str, table: bool) -> Column:
    role = guess.role if guess else ""
    return Column(
        name=name,
        role=role,
        label=ROLES[role].label if role else "" if table else "Not used",
        first=next(iter(seen.contents.filled), "")[:LONGEST],
        evidence="; ".join(dict.fromkeys(filter(None, (guess.why if guess and role else "", scale.why)))),
        slug=slug,
        scale=scale.name,
        confidence=guess.sure if guess else 1.0,
        examples=tuple(value[:LONGEST] for value in list(seen.contents.counts)[:EXAMPLES]),
        levels=scale.levels,
        enters=table and scale.enters and not aside,
        aside=aside,
    )
