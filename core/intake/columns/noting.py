"""What was found about a file as a whole, each with what shows it and what it may be changed to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.currencies import SYMBOLS
from core.intake.columns import headers
from core.intake.columns.dating import DATE_ORDERS, Dates
from core.intake.columns.kind_of import KINDS
from core.intake.columns.saying import Said
from core.intake.columns.seen import Seen
from core.intake.columns.written import CODES, SIGNS
from core.intake.formats.source import DELIMITERS, Source, separator
from core.intake.logs import money
from core.intake.understanding import Note

_ENCODINGS = (("utf-8", "UTF-8"), ("cp1252", "Windows-1252"), ("latin-1", "Latin-1"), ("utf-16", "UTF-16"))
_FORMS = {
    "iso": "year-month-day", "compact": "yyyymmdd", "named": "with the name of the month", "month": "months only",
    "serial": "days as Excel counts them", "epoch": "seconds since 1970",
}  # fmt: skip


@dataclass(frozen=True)
class Findings:
    """What the values of a file say of it as a whole: (value, why) each, and what was said."""

    source: Source
    kind: tuple[str, str]
    decimal: tuple[str, str]
    dates: Dates | None
    dates_in: str
    money: tuple[str, str]
    bases: Sequence[tuple[str, str]]
    currency: tuple[str, str]
    currencies: Mapping[str, int]
    time_zone: tuple[str, str]
    customer: tuple[str, str]
    keys: Sequence[str]
    said: Said


def notes(found: Findings) -> tuple[Note, ...]:
    """Everything that is worth a line."""
    return (*_form(found.source, found.said), *_contents(found))


def _form(source: Source, said: Said) -> list[Note]:
    listed = [Note("format", "Format", source.format, source.why("format") or _size(source))]
    if source.form == "text":
        chosen = said.why("encoding") if said.all.encoding else source.why("encoding") or "by its first bytes"
        listed.append(Note("encoding", "Encoding", source.encoding or "Windows-1252", chosen, _ENCODINGS, source.codec))
        marks = tuple((mark, words) for mark, words in DELIMITERS.items())
        chosen = (
            said.why("delimiter")
            if said.all.delimiter
            else source.why("delimiter") or f"{len(source.columns) - 1} in the first line"
        )
        listed.append(Note("delimiter", "Separator", separator(source.delimiter), chosen, marks, source.delimiter))
    names = "first row" if source.header else "none: columns are numbered"
    choices = (("yes", "The first row names the columns"), ("no", "There is no header"))
    why = said.why("header") if said.all.header else source.why("header") or f"{len(source.columns):,} names"
    listed.append(Note("header", "Header", names, why, choices, "yes" if source.header else "no"))
    if len(source.sheets) > 1:
        sheets = tuple((sheet, sheet) for sheet in source.sheets)
        why = said.why("sheet") if said.all.sheet else source.why("sheet")
        listed.append(Note("sheet", "Sheet", source.sheet or "all", why, sheets, source.sheet))
    return [*listed, *(Note("", label, words, why) for label, words, why in source.facts)]


def _size(source: Source) -> str:
    size = source.path.stat().st_size
    big = f"{size / 1e6:,.1f} MB" if size >= 1e5 else f"{size / 1e3:,.1f} kB"
    return f"{big}, {len(source.columns):,} fields in each row"


def _contents(found: Findings) -> list[Note]:
    listed: list[Note] = []
    kind, why = found.kind
    listed.append(Note("kind", "Kind of table", KINDS[kind], why, tuple(KINDS.items()), kind))
    if found.customer[0]:
        keys = tuple((name, name) for name in found.keys)
        listed.append(Note("role:customer", "Customers are told by", *found.customer, keys, found.customer[0]))
    if found.dates:
        listed.append(_dates(found, found.dates))
    mark, why = found.decimal
    marks = (("point", "point: 1,234.56"), ("comma", "comma: 1.234,56"))
    words = why or "as is usual; no number shows it"
    listed.append(Note("decimal", "Decimal mark", mark or "point", words, marks, mark))
    if kind == "transactions":
        chosen, why = found.money
        listed.append(Note("money", "Revenue is taken from", money.BASES[chosen], why, tuple(found.bases), chosen))
    if found.currency[0]:
        codes = [*found.currencies] or [found.currency[0], *SYMBOLS]
        pairs = tuple((code, code) for code in dict.fromkeys(codes))
        listed.append(Note("currency", "Currency", *found.currency, pairs, found.currency[0]))
    if found.time_zone[0]:
        listed.append(Note("time_zone", "Time zone", *found.time_zone))
    return listed


def _dates(found: Findings, dates: Dates) -> Note:
    orders = tuple(DATE_ORDERS.items()) if dates.form == "numeric" else ()
    if dates.form == "numeric":
        words = DATE_ORDERS.get(dates.order, "day or month first")
        why = dates.why or "no value looked at decides it"
    else:
        words, why = _FORMS[dates.form], f"such as {dates.example[:30]}"
    return Note("date_order", "Dates", words, f"{found.dates_in}: {why}", orders, dates.order if orders else "")


def currency(seen: Sequence[Seen], place: int) -> tuple[tuple[str, str], dict[str, int]]:
    """The currency of a file with why, and how many rows of the sample are in which.

    Parameters
    ----------
    seen : sequence of Seen
    place : int
        The column of currencies; −1 where there is none.
    """
    if place >= 0:
        counts: dict[str, int] = {}
        for value, count in seen[place].contents.counts.most_common():
            code = SIGNS.get(value, value.upper())
            if code in CODES:
                counts[code] = counts.get(code, 0) + count
        if counts:
            main = max(counts, key=lambda code: counts[code])
            rest = f"; {len(counts) - 1} others are not added to it" if len(counts) > 1 else ""
            return (main, f"{counts[main]:,} of the rows looked at say so in {seen[place].header}{rest}"), counts
    signs: dict[str, int] = {}
    for each in seen:
        for code, count in each.contents.signs.items():
            signs[code] = signs.get(code, 0) + count
    if signs:
        main = max(signs, key=lambda code: signs[code])
        return (main, "it is written beside the amounts"), {}
    for each in seen:
        spoken = headers.unit(each.header) or next((w for w in each.header.split("_") if w.upper() in CODES), "")
        code = SIGNS.get(spoken.replace("k", "").strip(), spoken.upper().strip())
        if code in CODES and each.is_number:
            return (code, f"the header {each.header}"), {}
    return ("", ""), {}


def time_zone(source: Source, seen: Sequence[Seen], dated: int, place: int) -> tuple[str, str]:
    """The time zone that a file speaks of, and where."""
    if place >= 0 and seen[place].contents.counts:
        return seen[place].contents.counts.most_common(1)[0][0], f"the column {source.columns[place]}"
    if dated < 0:
        return "", ""
    dates = seen[dated].dates
    if dates and dates.offset:
        return dates.offset, f"written beside each time in {source.columns[dated]}"
    spoken = headers.unit(source.columns[dated]).upper()
    return ("UTC", f"the header {source.columns[dated]}") if spoken in ("UTC", "GMT") else ("", "")
