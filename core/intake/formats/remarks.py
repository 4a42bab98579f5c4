"""What is worth a line about any file, whatever its format: (label, found, evidence)."""

from __future__ import annotations

from collections.abc import Sequence

from core.intake.formats.source import Fact


def titles(found: Sequence[str]) -> list[Fact]:
    """Lines above the table."""
    return [("Lines above the table", f"{len(found)} skipped", "; ".join(found)[:200])] if found else []


def zeros(count: int) -> list[Fact]:
    """Zero bytes in a text."""
    return [("Zero bytes", "left out", f"{count:,} in the first rows")] if count else []


def lost(count: int, where: str) -> list[Fact]:
    """Cells of ``####``, which a spreadsheet writes where a column is too narrow to show the value."""
    cells = "1 cell is" if count == 1 else f"{count:,} cells are"
    return [("####", f"{cells} lost {where}", "widen the columns and export it again")] if count else []


def is_lost(cell: str) -> bool:
    """Whether a cell is nothing but ``###``.

    Examples
    --------
    >>> is_lost("#####"), is_lost("#1"), is_lost("#")
    (True, False, False)
    """
    return len(cell) > 2 and cell[0] == "#" and not cell.strip("#")


def headers(names: Sequence[str]) -> list[Fact]:
    """Names that a file has more than once."""
    again = [name for name in names if name[-1:] == ")" and name.rsplit(" (", 1)[0] in names]
    return [("Names alike", f"{len(again)} told apart by a number", ", ".join(again)[:200])] if again else []


def repeated(rows: int, sheets: str) -> list[Fact]:
    """Rows that one sheet shares with another."""
    return [("Rows in several sheets", f"{rows:,} counted once", f"the same in {sheets}")] if rows else []


def hidden(sheets: Sequence[str]) -> list[Fact]:
    """Sheets that a spreadsheet does not show."""
    return [("Hidden sheets", ", ".join(sheets)[:200], "read all the same")] if sheets else []
