"""Frames for people who open them in a spreadsheet: no cell may become a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from core.errors import ParameterError

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
# Both characters, so that a cell with either in it is quoted: a bare CR would begin a row of its own.
LINE_END = "\r\n"
MOST_ROWS = 1_048_575
FORMATS = {"whole": "0", "money": "#,##0.00", "date": "yyyy-mm-dd"}


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook.

    Parameters
    ----------
    name : str
    frames : iterable of DataFrame
        The rows, some at a time; the first gives the header.
    kinds : dict
        Column -> ``text``, ``whole``, ``money`` or ``date``; text where nothing is said.
    widths : dict
        Column -> width in characters.
    """

    name: str
    frames: Iterable[pd.DataFrame]
    kinds: dict[str, str] = field(default_factory=dict)
    widths: dict[str, int] = field(default_factory=dict)


def guard(text: object) -> object:
    """Put ``'`` before text that a spreadsheet would run; numbers that are numbers stay.

    >>> guard("=1+1"), guard(-3), guard("-3"), guard("=cmd|' /C calc'!A0")[0]
    ("'=1+1", -3, "'-3", "'")
    """
    return f"'{text}" if isinstance(text, str) and text.startswith(DANGEROUS) else text


def guard_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with every text cell and every header made safe."""
    safe = frame.copy()
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]) and not pd.api.types.is_datetime64_any_dtype(safe[column]):
            safe[column] = safe[column].map(guard)
    return safe.rename(columns={name: guard(name) for name in safe.columns})


def to_csv(frame: pd.DataFrame, *, mark: bool = True) -> bytes:
    """UTF-8, with a BOM so that spreadsheets read accents right; ``mark=False`` leaves it out for programs."""
    text: str = guard_frame(frame).to_csv(index=False, lineterminator=LINE_END)
    return text.encode("utf-8-sig" if mark else "utf-8")


def stream_csv(frames: Iterable[pd.DataFrame]) -> Iterator[bytes]:
    """A CSV piece by piece: the header once, money with two decimals; every float is taken for money.

    >>> b"".join(stream_csv([pd.DataFrame({"id": ["-1"], "spend": [2.5]})] * 2)).decode("utf-8-sig").split()
    ['id,spend', "'-1,2.50", "'-1,2.50"]
    """
    for number, frame in enumerate(frames):
        text = guard_frame(frame).to_csv(index=False, header=number == 0, float_format="%.2f", lineterminator=LINE_END)
        if text:
            yield text.encode("utf-8-sig" if number == 0 else "utf-8")


def save_xlsx(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write a workbook row by row, in constant memory; text stays text, whatever it starts with.

    Raises
    ------
    ParameterError
        If a sheet has more rows than a spreadsheet can hold.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "tmpdir": str(path.parent)}  # fmt: skip
    with xlsxwriter.Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True})
        formats = {kind: book.add_format({"num_format": shown}) for kind, shown in FORMATS.items()}
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, bold, formats)


def _write(page: Any, sheet: Sheet, bold: Any, formats: dict[str, Any]) -> None:
    below = 0
    for frame in sheet.frames:
        names = list(frame.columns)
        if not below:
            for column, name in enumerate(names):
                page.set_column(column, column, sheet.widths.get(name, 14))
            page.freeze_panes(1, 0)
            for column, name in enumerate(names):
                page.write_string(0, column, str(guard(name)), bold)
            below = 1
        if below + len(frame) > MOST_ROWS + 1:
            raise ParameterError(
                f"A spreadsheet holds {MOST_ROWS:,} rows, and this audience has more.", "Take the CSV, or narrow it."
            )
        kinds = [sheet.kinds.get(name, "text") for name in names]
        for row in frame.itertuples(index=False, name=None):
            for column, (value, kind) in enumerate(zip(row, kinds, strict=True)):
                _cell(page, below, column, value, kind, formats.get(kind))
            below += 1


def _cell(page: Any, row: int, column: int, value: Any, kind: str, shown: Any) -> None:
    if value is None or value != value:
        return
    if kind == "text":
        page.write_string(row, column, str(guard(value)))
    elif kind == "date":
        page.write_datetime(row, column, value, shown)
    else:
        page.write_number(row, column, value, shown)
