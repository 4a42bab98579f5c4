"""What was found in a file, in words: its form, and what each column holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.intake.cells import DATE_ORDERS, Cells
from core.intake.reading import Source
from core.warehouse import engine
from core.warehouse.columns import Column

LABELS = {
    "order_id": "Order", "code": "Product code", "description": "Product name", "quantity": "Quantity",
    "ts": "Order date", "price": "Price of one", "customer_id": "Customer", "country": "Country",
}  # fmt: skip
_WEEKDAYS = ("Sundays", "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays")

Notes = tuple[tuple[str, str, str], ...]


def columns(source: Source, roles: dict[str, int], raw: Path) -> tuple[Column, ...]:
    """Each column of the file: what it is read as, its first value, and what speaks for that."""
    facts = _facts(raw)
    evidence = {
        "order_id": [f"{facts['order_id']:,} different", _count(facts["returns"], "start{s} with C")],
        "code": [f"{facts['code']:,} different", _count(facts["no_code"], "blank")],
        "description": [f"{facts['description']:,} different", _count(facts["no_description"], "blank")],
        "quantity": [
            "not all whole" if facts["parts"] else "whole",
            _count(facts["below"], "below 0"),
            _count(facts["no_quantity"], "no number"),
        ],
        "ts": [f"{facts['ts']:,} different", _rest(facts["weekdays"]), _count(facts["no_ts"], "no date")],
        "price": [
            f"up to {facts['largest']:,.2f}" if facts["largest"] is not None else "",
            _count(facts["free"], "not above 0"),
            _count(facts["no_price"], "no number"),
        ],
        "customer_id": [f"{facts['customer_id']:,} different", _count(facts["no_customer"], "blank")],
        "country": [f"{facts['country']:,} different"],
    }
    role_at = {position: role for role, position in roles.items()}
    found = []
    for position, name in enumerate(source.columns):
        role = role_at.get(position, "")
        first = next((row[position].strip() for row in source.sample if row[position].strip()), "")
        if role == "customer_id" and first.endswith(".0"):
            first = f"{first} → {first[:-2]}"
        words = ", ".join(filter(None, evidence[role])) if role else "looked at for exact duplicates only"
        found.append(Column(name.strip(), role, LABELS[role] if role else "Not used", first[:80], words))
    return tuple(found)


def notes(source: Source, cells: Cells, size: int, dates: int, rows: int, misfit: int, currency: str) -> Notes:
    """What was found, and how it can be told: (what, found, evidence)."""
    fields = len(source.columns)
    alike = fields - len({name.strip() for name in source.columns})
    zipped = " inside gzip" if source.compression == "gzip" else ""
    big = f"{size / 1e6:,.1f} MB" if size >= 1e5 else f"{size / 1e3:,.1f} kB"
    order = {"iso": "year-month-day", **DATE_ORDERS}[cells.dates]
    return (
        ("Format", f"CSV{zipped}", f"{big}, {fields} fields in each row"),
        ("Encoding", source.encoding, "all of it valid"),
        ("Separator", source.separator, f"{fields - 1} in the first line; those inside quotes stay text"),
        ("Header", "first row", f"{fields} names, {f'{alike + 1} alike' if alike else 'no two alike'}"),
        ("Rows", f"{rows + misfit:,}", f"{misfit:,} do not fit the header and are set aside" if misfit else "all fit"),
        ("Dates", order, f"{dates:,} of {rows:,} read; {cells.why}"),
        ("Decimal mark", "comma" if cells.comma else "point", ""),
        ("Currency", currency, "you chose it; the file has none"),
    )


def _facts(raw: Path) -> dict[str, Any]:
    lines = engine.scan(raw).to_native()
    sums = lines.aggregate(
        """count_if(starts_with(order_id, 'C')) as returns, count_if(code = '') as no_code,
        count_if(description is null) as no_description, count_if(quantity < 0) as below,
        count_if(quantity <> floor(quantity)) as parts, count_if(quantity is null) as no_quantity,
        bit_or(1 << dayofweek(ts)::integer) as weekdays, count_if(ts is null) as no_ts,
        max(price) as largest, count_if(price <= 0) as free, count_if(price is null) as no_price,
        count_if(customer_id is null) as no_customer"""
    )
    facts = dict(zip(sums.columns, sums.fetchall()[0], strict=True))
    # One after the other: several at once take DuckDB four times as long.
    for column in ("order_id", "code", "description", "ts", "customer_id", "country"):
        facts[column] = lines.aggregate(f"count(distinct {column})").fetchall()[0][0]
    return facts


def _count(number: int, words: str) -> str:
    return f"{number:,} {words.format(s='s' * (number == 1))}" if number else ""


def _rest(weekdays: int | None) -> str:
    """The one or two weekdays without any order: that shops rest on them speaks for the dates being read rightly."""
    missing = [name for day, name in enumerate(_WEEKDAYS) if not (weekdays or 0) >> day & 1]
    return f"no {' or '.join(missing)}" if 1 <= len(missing) <= 2 else ""
