"""Where the table is in rows of text: titles above it, whether it has a header, its names and its width."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import InputError

Row = Sequence[str]
SAMPLE = 1000
MOST_COLUMNS = 10_000
MOST_TITLES = 50
_LOOKED_AT = 200
_VALUE = re.compile(
    r"[-+(]?\s*(?:[A-Z]{3}|[A-Z]{0,2}\$|[€£¥₹])?\s*[-+]?\d[\d.,'’\s\u00a0\u202f]*(?:e[-+]?\d+)?\s*(?:[€$£¥₹%]|[A-Z]{3})?\)?"
    r"|\d{1,4}[-/. ]\w{1,9}[-/. ]+\d{1,4}(?:[ T,].*)?|\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?"
    r"|[^@\s]+@[^@\s]+\.[^@\s]+"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Layout:
    """A table found in rows: ``skip`` rows lie above it; ``width`` is the number of fields of most of its rows."""

    skip: int
    header: bool
    columns: tuple[str, ...]
    width: int
    sample: tuple[tuple[str, ...], ...]
    titles: tuple[str, ...]
    why: str


def find(rows: Sequence[Row], said: str = "", name: str = "The file", *, row_names: bool = False) -> Layout:
    """Find the table in the first rows of a file or of a sheet.

    Parameters
    ----------
    rows : sequence of rows
        All of them, blank ones too; the last one must be whole.
    said : str
        ``yes`` or ``no`` where it is known whether there is a header.
    name : str
        What the user calls the file.
    row_names : bool
        Whether the names may lack one for the first column, as in tables that R writes.

    Raises
    ------
    InputError
        If there is nothing in the rows, there are too many columns, or the answer makes no sense.
    """
    if said not in ("", "yes", "no"):
        raise InputError(f"{name}: whether there is a header cannot be {said!r}.", "Say yes or no.")
    skip = start(rows)
    if skip == len(rows):
        raise InputError(f"{name} is empty.", "Export it again and check that it holds rows.")
    first, below = rows[skip], [row for row in rows[skip + 1 :] if filled(row)]
    header, why = (said == "yes", "you chose it") if said else _header(first, below)
    body = below if header else [first, *below]
    if len(first) > MOST_COLUMNS:
        raise InputError(
            f"{name} has {len(first):,} columns in its first line.", f"It may have {MOST_COLUMNS:,} at most."
        )
    names = [cell.strip() for cell in first] if header else [""] * _mode([len(row) for row in body[:SAMPLE]])
    columns, width = _fit(names, body[:SAMPLE], row_names)
    sample = tuple(tuple(row[: len(columns)]) for row in body[:SAMPLE] if len(row) == width)
    titles = tuple(" ".join(filter(None, map(str.strip, row))) for row in rows[:skip] if filled(row))
    return Layout(skip, header, unique(columns), width, sample, titles, why)


def filled(row: Row) -> int:
    """How many cells of a row hold something."""
    return sum(1 for cell in row if cell and not cell.isspace())


def start(rows: Sequence[Row]) -> int:
    """The row at which the table begins: the first one that is not much emptier than the rows below it."""
    some = [row for row in rows[: MOST_TITLES + _LOOKED_AT] if filled(row)]
    width = common(some)
    body = [row for row in some if len(row) == width]
    wide = sum(1 for column in zip(*body, strict=True) if filled(column[1:] or column))
    titles = 0
    for place, row in enumerate(rows):
        if not filled(row):
            continue
        if titles == MOST_TITLES or not _is_title(row, width, wide):
            return place
        titles += 1
    return next((place for place, row in enumerate(rows) if filled(row)), len(rows))


def _is_title(row: Row, width: int, wide: int) -> bool:
    """Whether a row is much emptier than a table of so many columns; a row of values may just lack some."""
    count = filled(row)
    first = next(cell for cell in row if cell and not cell.isspace())
    if len(row) != width and first.startswith("#"):
        return True
    if wide < 2 or count * 2 > wide:
        return False
    return len(row) != width or not is_value(first) or (count == 1 and wide > 3)


def common(rows: Sequence[Row]) -> int:
    """How many fields most rows have; those in the upper half may be titles and are not asked."""
    return _mode([len(row) for row in rows[len(rows) // 2 :]])


def unique(names: Sequence[str]) -> tuple[str, ...]:
    """Names that are all different: blank ones are numbered by their place, repeated ones by their turn.

    Examples
    --------
    >>> unique(["X", "", "X"])
    ('X', 'column 2', 'X (2)')
    """
    taken: set[str] = set()
    result = []
    for place, name in enumerate(names, 1):
        base = name or f"column {place}"
        new, turn = base, 1
        while new in taken or (turn > 1 and new in names):
            turn += 1
            new = f"{base} ({turn})"
        taken.add(new)
        result.append(new)
    return tuple(result)


def is_value(cell: str) -> bool:
    """Whether a cell is a number, an amount, a date, a time or an e-mail address: nothing that a header is made of."""
    cell = cell.strip()
    return bool(cell) and len(cell) < 100 and _VALUE.fullmatch(cell) is not None


def _header(first: Row, below: Sequence[Row]) -> tuple[bool, str]:
    """Whether the first row names the columns, and why."""
    looked = below[:_LOOKED_AT]
    if not looked:
        values = sum(map(is_value, first))
        return not values, "there is only this row" if values else "it holds no number or date"
    like, unlike, again = 0, 0, 0
    for place, name in enumerate(first):
        cells = [row[place] for row in looked if place < len(row) and row[place].strip()]
        values = sum(map(is_value, cells))
        if cells and values >= 0.8 * len(cells):
            alike = is_value(name) and (not _YEAR.fullmatch(name.strip()) or _YEAR.fullmatch(cells[0].strip()))
            like, unlike = like + bool(alike), unlike + (bool(name.strip()) and not is_value(name))
        elif cells and name.strip():
            again += name in cells
    if list(first) in [list(row) for row in looked]:
        again = 0  # The file was put together from several, each with its header.
    if unlike and unlike >= like + again:
        columns = "1 column" if unlike == 1 else f"{unlike} columns"
        return True, f"the first row has words where {columns} below hold numbers or dates"
    if like:
        columns = "1 column" if like == 1 else f"{like} columns"
        return False, f"the first row holds numbers or dates in {columns}, as the rows below do"
    if again:
        return False, "values of the first row come again in the rows below"
    return True, "the first row differs from all rows below it"


def _fit(names: list[str], body: Sequence[Row], row_names: bool) -> tuple[list[str], int]:
    """Names and width made to agree where they differ by fields that are empty throughout, or by R's row names."""
    width = _mode([len(row) for row in body]) if body else len(names)
    used = max((place + 1 for row in body if len(row) == width for place, cell in enumerate(row) if cell), default=0)
    if len(names) > width and any(names[width:]):
        return names, len(names)
    if len(names) < width and used > len(names):
        return (["", *names], width) if row_names and width == len(names) + 1 else (names, len(names))
    names = names[:width]
    while len(names) > max(used, 1) and not names[-1]:
        names.pop()
    return names, width


def _mode(lengths: list[int]) -> int:
    """The commonest length; of equally common ones the longest."""
    counts = Counter(lengths)
    return max(counts, key=lambda length: (counts[length], length), default=0)
