"""Small order logs for tests: rows in, a stored dataset out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from core.intake.answers import Answers

HEADER = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country")
ROW = ("536365", "85123A", "WHITE HANGING HEART", "6", "2010-12-01 08:26:00", "2.55", "17850", "United Kingdom")

_ROLES = ("order", "code", "product", "quantity", "date", "price", "customer", "country")
# What each column is: a log of three lines does not say so itself.
SAID = Answers(kind="transactions", roles=tuple(zip(_ROLES, HEADER, strict=True)))


def row(**changes: object) -> tuple[str, ...]:
    """One line of a log; name what differs: order, code, name, quantity, date, price, customer, country."""
    names = ("order", "code", "name", "quantity", "date", "price", "customer", "country")
    return tuple(str(changes.get(name, value)) for name, value in zip(names, ROW, strict=True))


def text(rows: Iterable[Sequence[str]], header: Sequence[str] = HEADER, delimiter: str = ",", end: str = "\n") -> str:
    """The rows as CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows([header, *rows])
    return out.getvalue()


def write(folder: Path, content: str | bytes, name: str = "orders.csv") -> Path:
    """Content as a file."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
