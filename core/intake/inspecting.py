"""A first look at a file: what it is, what its columns stand for, and what it leaves open."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.intake import asking, basis, guessing, kind_of, noting, numerals, probing, reading, saying, scales, shapes
from core.intake.answers import Answers
from core.intake.dating import Dates
from core.intake.fitting import Seen
from core.intake.guessing import Guess
from core.intake.roles import ROLES
from core.intake.scales import Scale
from core.intake.slugs import slugs
from core.intake.source import Source
from core.intake.understanding import Question, Understanding
from core.intake.values import Contents
from core.warehouse.columns import Column

_DATED = ("date", "answered", "signup", "birth_year")
_KEYS = ("customer", "email", "phone", "name")
EXAMPLES = 4


def understand(path: Path, name: str = "", answers: Answers | None = None, home: Path | None = None) -> Understanding:
    """Look at the first rows of a file, and at some further down where they leave something open.

    Parameters
    ----------
    path : path
    name : str
        What its user calls it.
    answers : Answers, optional
        What was said; it goes before what is found.
    home : path, optional
        Where answers for files of the same shape are remembered.

    Raises
    ------
    InputError
        If the file cannot be read.
    ParameterError
        If an answer makes no sense for this file.
    """
    said = answers or Answers()
    source = reading.inspect(path, name or path.name, said)
    shape = shapes.shape(source)
    known = shapes.recall(home, shape) if home else None
    if known:
        merged = saying.merge(said, known, source)
        if _read_by(merged) != _read_by(said):
            source = reading.inspect(path, name or path.name, merged)
        said = merged
    saying.check(said)
    return _Looking(source, said, shape, known is not None).understanding()


def _read_by(said: Answers) -> tuple[str, ...]:
    return said.encoding, said.delimiter, said.header, said.sheet


@dataclass
class _Looking:
    """One look at one file, step by step."""

    source: Source
    said: Answers
    shape: str
    remembered: bool

    def understanding(self) -> Understanding:
        """All steps."""
        source, said = self.source, self.said
        given, off = saying.roles(said, source)
        seen, decimal = self._see()
        log = guessing.guess(seen, "transactions", given, off)
        table = guessing.guess(seen, "customers", given, off)
        kind, why = said.kind, noting.YOU
        first = [scales.scale(each, table[p].role if p in table else "", "", True) for p, each in enumerate(seen)]
        if not kind:
            kind, why = kind_of.decide(seen, log, table, first)
        guesses = log if kind == "transactions" else guessing.guess(seen, kind, given, off)
        money, bases = ("none", ""), ["none"]
        if kind == "transactions":
            guesses = basis.settle(seen, guesses, given)
            at = _first(guesses)
            money, bases = basis.choose(seen, at), basis.possible(at)
        if said.money:
            money = said.money, noting.YOU
        dated = next((p for role in _DATED for p, g in guesses.items() if g.role == role and seen[p].dates), -1)
        dates = self._dates(seen, dated)
        currency, counts = noting.currency(seen, _first(guesses).get("currency", -1))
        key, keys = self._key(seen, guesses)
        found = noting.Findings(
            source, (kind, why), decimal, dates, source.columns[dated] if dated >= 0 else "", money, bases,
            (said.currency or currency[0], currency[1]), counts,
            (said.time_zone, noting.YOU) if said.time_zone
            else noting.time_zone(source, seen, dated, _first(guesses).get("time_zone", -1)),
            key if kind != "survey" else ("", ""), keys, said,
        )  # fmt: skip
        columns = self._columns(seen, guesses, kind)
        return Understanding(
            source=source,
            kind=kind,
            columns=columns,
            notes=noting.notes(found),
            questions=()
            if self.remembered and not self._open(dates)
            else self._questions(seen, guesses, kind, dates, dated, given, off),
            answers=self._completed(columns, kind, money[0], currency[0], dates, off),
            shape=self.shape,
            remembered=self.remembered,
        )

    def _see(self) -> tuple[list[Seen], tuple[str, str]]:
        source = self.source
        width = len(source.columns)
        rows = source.sample[: max(60, 400_000 // max(width, 1))]
        contents = [Contents.of(row[place] for row in rows) for place in range(width)]
        further = probing.rows(source) if width <= 1000 else []
        more = [tuple(row[place].strip() for row in further) for place in range(width)]
        digits = (text for each in contents if each.numeric >= 0.8 for text in each.digits)
        decimal = (
            (self.said.decimal, noting.YOU) if self.said.decimal else numerals.decimal(digits, source.delimiter == ";")
        )
        comma = decimal[0] == "comma"
        return [
            Seen(source.columns[place], contents[place], source.header, more[place], comma) for place in range(width)
        ], decimal

    def _dates(self, seen: Sequence[Seen], dated: int) -> Dates | None:
        dates = seen[dated].dates if dated >= 0 else None
        if dates and dates.form == "numeric" and not dates.sure:
            if self.said.date_order:
                why = "as in the last file of this shape" if self.remembered else noting.YOU
                return replace(dates, order=self.said.date_order, why=why)
            if not dates.order and any(each.comma for each in seen):
                return replace(dates, order="dmy", why="numbers with a decimal comma stand beside it")
        return dates

    def _open(self, dates: Dates | None) -> bool:
        return dates is not None and dates.form == "numeric" and not dates.order

    def _key(self, seen: Sequence[Seen], guesses: Mapping[int, Guess]) -> tuple[tuple[str, str], list[str]]:
        """The column that customers are told by, why, and all that could be."""
        at = _first(guesses)
        keys = [at[role] for role in _KEYS if role in at]
        filled = [place for place in keys if seen[place].contents.fill >= 0.5] or keys
        if not filled:
            return ("", ""), []
        best, fill = filled[0], seen[filled[0]].contents.fill
        better = [self.source.columns[p] for p in keys if p not in filled and keys.index(p) < keys.index(best)]
        why = f"{fill:.0%} of the rows looked at have one"
        if better:
            why = f"{why}, {better[0]} is blank in nearly all"
        return (self.source.columns[best], why), [self.source.columns[p] for p in keys]

    def _columns(self, seen: Sequence[Seen], guesses: Mapping[int, Guess], kind: str) -> tuple[Column, ...]:
        said = saying.scales(self.said, self.source)
        roles = [guesses[place].role if place in guesses else "" for place in range(len(seen))]
        found = [
            scales.scale(each, roles[place], said.get(place, ""), kind == "survey") for place, each in enumerate(seen)
        ]
        twins = scales.copies(seen, found) if kind != "transactions" else {}
        names = slugs(self.source.columns)
        return tuple(
            self._column(place, seen[place], guesses.get(place), its, names[place], twins.get(place, -1), kind)
            for place, its in enumerate(found)
        )

    def _column(
        self, place: int, seen: Seen, guess: Guess | None, scale: Scale, slug: str, twin: int, kind: str
    ) -> Column:
        role = guess.role if guess else ""
        unused = "Not used" if kind == "transactions" else ""
        aside = scale.aside or (f"it says the same as {self.source.columns[twin]}" if twin >= 0 else "")
        return Column(
            name=self.source.columns[place],
            role=role,
            label=ROLES[role].label if role else unused,
            first=next(iter(seen.contents.filled), "")[:80],
            evidence="; ".join(dict.fromkeys(filter(None, (guess.why if guess and role else "", scale.why)))),
            slug=slug,
            scale=scale.name,
            confidence=guess.sure if guess else 1.0,
            examples=tuple(value[:80] for value in list(seen.contents.counts)[:EXAMPLES]),
            levels=scale.levels,
            enters=kind != "transactions" and scale.enters and not aside,
            aside="" if kind == "transactions" else aside,
        )

    def _questions(
        self, seen: Sequence[Seen], guesses: Mapping[int, Guess], kind: str, dates: Dates | None, dated: int,
        given: Mapping[int, str], off: Sequence[str],
    ) -> tuple[Question, ...]:  # fmt: skip
        asked = asking.about_roles(self.source, seen, guesses, given, off) if kind == "transactions" else []
        if dates and self._open(dates) and self._whole():
            asked.append(asking.about_dates(self.source, self.source.columns[dated], dates))
        return tuple(asked)

    def _whole(self) -> bool:
        """Whether the sample is the whole file: of a longer one the rest may decide, when it is read."""
        small = self.source.path.stat().st_size <= reading.HEAD and self.source.compression == "none"
        return len(self.source.sample) < reading.SAMPLE and (small or self.source.form != "text")

    def _completed(
        self, columns: tuple[Column, ...], kind: str, money: str, currency: str, dates: Dates | None, off: Sequence[str]
    ) -> Answers:
        """What was said, completed by what was found, in one form for one understanding."""
        taken = tuple((column.role, column.name) for column in columns if column.role)
        left = tuple((role, "") for role in off if role not in {role for role, _ in taken})
        order = dates.order if dates and dates.form == "numeric" and not dates.sure else ""
        if (
            self.said.date_order
            and dates
            and dates.form == "numeric"
            and dates.sure
            and dates.order != self.said.date_order
        ):
            order = "" if self.remembered else self.said.date_order
        return dataclasses.replace(
            self.said,
            kind=kind,
            money=money if kind == "transactions" else "",
            currency=self.said.currency or currency,
            date_order=order,
            roles=(*taken, *left),
        )


def _first(guesses: Mapping[int, Guess]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place in sorted(guesses):
        found.setdefault(guesses[place].role, place)
    found.pop("", None)
    return found
