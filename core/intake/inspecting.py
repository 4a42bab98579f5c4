"""A first look at a file: what it is, what its columns stand for, and what it leaves open."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

from core import masking
from core.intake.answers import Answers
from core.intake.columns import asking, basis, describing, guessing, kind_of, noting, saying, scales, seeing, shapes
from core.intake.columns.dating import Dates
from core.intake.columns.guessing import Guess
from core.intake.columns.saying import Said
from core.intake.columns.seen import Seen
from core.intake.formats import reading
from core.intake.formats.source import Source
from core.intake.logs import money
from core.intake.understanding import Understanding
from core.warehouse.columns import Column

_DATED = ("date", "answered", "signup", "birth_year")
_KEYS = ("customer", "email", "phone", "name")
# A key that fewer rows have is none while another is better filled.
_FILLED = 0.5


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
    now = answers or Answers()
    saying.check(now)
    source = reading.inspect(path, name or path.name, now)
    shape = shapes.shape(source)
    known = shapes.recall(home, shape) if home else None
    said = Said(now, saying.merge(now, known.said, source), known.shown) if known else Said(now, now)
    if _how(said.all) != _how(now):
        source = reading.inspect(path, name or path.name, said.all)
    given, off = saying.roles(said.all, source)
    seen, decimal = seeing.see(source, said)
    kind, guesses = _sorted_out(seen, said, given, off)
    at = _first(guesses)
    taken = _taken(seen, at, said) if kind[0] == "transactions" else ("", "")
    dated = next((at[role] for role in _DATED if role in at and seen[at[role]].dates), -1)
    dates = seeing.dates(seen, dated, said)
    currency, currencies = noting.currency(seen, at.get("currency", -1))
    currency = _rather(said, "currency", currency)
    zone = _rather(said, "time_zone", noting.time_zone(source, seen, dated, at.get("time_zone", -1)))
    keys = [at[role] for role in _KEYS if role in at] if kind[0] != "survey" else []
    columns = describing.columns(source, seen, guesses, kind[0], said.all)
    quoted = dates
    if dates and dated == at.get("birth_year"):
        quoted = dataclasses.replace(dates, example=masking.without_days(dates.example))
    found = noting.Findings(
        source, kind, decimal, quoted, source.columns[dated] if dated >= 0 else "", taken, money.offered(at), currency,
        currencies, zone, _told_by(source, seen, keys), [source.columns[place] for place in keys], said,
    )  # fmt: skip
    questions = asking.about_roles(source, seen, guesses, given, off) if kind[0] == "transactions" else []
    if dates and dates.form == "numeric" and not dates.order and _whole(source):
        questions.append(asking.about_dates(source, source.columns[dated], dates))
    return Understanding(
        source=source,
        kind=kind[0],
        columns=columns,
        notes=noting.notes(found),
        questions=tuple(questions),
        answers=_completed(said, columns, kind[0], taken[0], currency[0], decimal, dates, off),
        shape=shape,
        remembered=known is not None,
        said=said.all.but(roles=()),
    )


def _sorted_out(
    seen: Sequence[Seen], said: Said, given: Mapping[int, str], off: Sequence[str]
) -> tuple[tuple[str, str], dict[int, Guess]]:
    """The kind of table with why, and what each column stands for in it."""
    kind = (said.all.kind, said.why("kind"))
    log = guessing.guess(seen, "transactions", given, off)
    if not kind[0]:
        table = guessing.guess(seen, "survey", given, off)
        measured = [scales.scale(each, table[p].role if p in table else "", "", True) for p, each in enumerate(seen)]
        kind = kind_of.decide(seen, log, table, measured)
    if kind[0] == "transactions":
        return kind, basis.settle(seen, log, given)
    return kind, guessing.guess(seen, kind[0], given, off)


def _taken(seen: Sequence[Seen], at: Mapping[str, int], said: Said) -> tuple[str, str]:
    """What revenue is taken from and why."""
    if said.all.money:
        money.choose(at, said.all.money)
        return said.all.money, said.why("money")
    return basis.choose(seen, at)


def _rather(said: Said, name: str, found: tuple[str, str]) -> tuple[str, str]:
    """What was said rather than what was found, what was found rather than what the last file showed."""
    if value := getattr(said.all, name):
        return value, said.why(name)
    shown = getattr(said.shown, name)
    return found if found[0] or not shown else (shown, saying.LAST)


def _told_by(source: Source, seen: Sequence[Seen], keys: Sequence[int]) -> tuple[str, str]:
    """The column that customers are told by, and why."""
    if not keys:
        return "", ""
    best = next((place for place in keys if seen[place].contents.fill >= _FILLED), keys[0])
    why = f"{seen[best].contents.fill:.0%} of the rows looked at have one"
    passed = keys[: keys.index(best)]
    return source.columns[best], f"{why}, few have {source.columns[passed[0]]}" if passed else why


def _whole(source: Source) -> bool:
    """Whether the sample is the whole file: of a longer one the rest may decide, when it is read."""
    small = source.form != "text" or (source.compression == "none" and source.path.stat().st_size <= reading.HEAD)
    return small and len(source.sample) < reading.SAMPLE


def _completed(
    said: Said, columns: Sequence[Column], kind: str, taken: str, currency: str, decimal: tuple[str, str],
    dates: Dates | None, off: Sequence[str],
) -> Answers:  # fmt: skip
    """What was said, completed by what was found: the same for the same understanding, however it came about."""
    roles = tuple((column.role, column.name) for column in columns if column.role)
    left = tuple((role, "") for role in off if role not in {role for role, _ in roles})
    numeric = dates is not None and dates.form == "numeric"
    order = dates.order if dates and numeric and not dates.sure else said.now.date_order if not numeric else ""
    if dates and numeric and dates.sure and said.now.date_order not in ("", dates.order):
        order = said.now.date_order
    mark = decimal[0] if decimal[1] in (saying.YOU, saying.LAST) else ""
    return dataclasses.replace(
        said.all, kind=kind, money=taken, currency=currency, date_order=order, decimal=mark, roles=(*roles, *left)
    )


def _how(said: Answers) -> tuple[str, ...]:
    return said.encoding, said.delimiter, said.header, said.sheet


def _first(guesses: Mapping[int, Guess]) -> dict[str, int]:
    """Where the first column of each role stands."""
    found: dict[str, int] = {}
    for place in sorted(guesses):
        if guesses[place].role:
            found.setdefault(guesses[place].role, place)
    return found
