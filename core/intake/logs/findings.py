"""What was found in an order log over all of its rows, in words: its form, and what each column holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.intake.dates import WORDS
from core.intake.formats.loading import Loaded
from core.intake.formats.reading import Source
from core.intake.kind import Notes
from core.intake.logs import currencies, money
from core.intake.logs.lines import NAMES
from core.intake.roles import ROLES
from core.intake.understanding import Understanding
from core.warehouse import engine
from core.warehouse.columns import Column

_WEEKDAYS = ("Sundays", "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays")


def columns(understood: Understanding, source: Source, facts: Mapping[str, Any], raw: Path) -> tuple[Column, ...]:
    """Each column of the file: what it is read as, its first value, and what speaks for that over all rows."""
    role_at = {position: role for role, position in facts["roles"].items()}
    evidence = _evidence(_facts(raw, [NAMES.get(role, role) for role in facts["roles"]]))
    evidence |= {name: _words(name, values) for name, values in facts.get("seen", {}).items()}
    found = []
    for position, column in enumerate(understood.columns):
        role = role_at.get(position, "")
        first = next((row[position].strip() for row in source.sample if row[position].strip()), "")
        if role == "customer" and first.endswith(".0"):
            first = f"{first} → {first[:-2]}"
        said = evidence.get(NAMES.get(role, role), [])
        words = ", ".join(filter(None, said)) if role else "looked at for exact duplicates only"
        label = ROLES[role].label if role else "Not used"
        found.append(replace(column, role=role, label=label, first=first[:80], evidence=words or column.evidence))
    return tuple(found)


def notes(understood: Understanding, loaded: Loaded, facts: Mapping[str, Any], dates: int, twins: int) -> Notes:
    """What was found over all rows, and how it can be told: (what, found, evidence)."""
    rows, misfit, roles = loaded.rows, loaded.misfit, facts["roles"]
    found = [
        ("Rows", f"{rows + misfit:,}", f"{misfit:,} do not fit the header and are set aside" if misfit else "all fit"),
        ("Dates", WORDS[facts["dates"]], f"{dates:,} of {rows:,} read; {facts['why']}"),
        ("Decimal mark", "comma" if facts["comma"] else "point", facts["comma_why"]),
        ("Currency", facts.get("currency") or understood.answers.currency, _currency(understood, facts)),
        ("Revenue is taken from", money.BASES[facts["money"]], _revenue(understood, facts)),
    ]
    if facts["zone"][0]:
        found.append(("Time zone", *facts["zone"]))
    found.append(("Orders", _ORDERS[facts["orders"]], facts["orders_why"]))
    if why := facts.get("customers_why"):
        found.append(("Customers", "by number" if "customer" in roles else "by contact", why))
    if facts.get("first"):
        names = ", ".join(
            understood.columns[roles[_role(name)]].name for name in facts["first"] if _role(name) in roles
        )
        found.append(("First lines", "filled down", f"only an order's first line has {names}"))
    if facts["orders"] == "row" and twins:
        found.append(("Repeats", f"{twins:,} like another", "all kept: nothing tells a repeat from a second purchase"))
    if facts.get("refunds") and facts["refunds"][0]:
        count, cents = facts["refunds"]
        found.append(
            ("Refunds", f"{cents / 100:,.2f} in {count:,} orders", "each a line of its order, of its goods at most")
        )
    return (*_form(understood, loaded), *found)


_ORDERS = {
    "id": "by number", "id day": "by number, customer and day", "day": "by customer and day", "row": "each row is one",
}  # fmt: skip


def _role(name: str) -> str:
    return {column: role for role, column in NAMES.items()}.get(name, name)


def _form(understood: Understanding, loaded: Loaded) -> Notes:
    """How the bytes are a table, where the first look has not said so already."""
    source, fields = loaded.source, len(loaded.source.columns)
    alike = fields - len({name.strip() for name in source.columns})
    big = f"{loaded.size / 1e6:,.1f} MB" if loaded.size >= 1e5 else f"{loaded.size / 1e3:,.1f} kB"
    # What the first look calls them: its words stay, but for what only the whole file can tell.
    found = (
        ("Format", source.format, f"{big}, {fields} fields in each row"),
        ("Encoding", source.encoding, source.why("encoding") or "all of it valid"),
        ("Separator", source.separator, f"{fields - 1} in the first line; those inside quotes stay text"),
        ("Header", "first row", f"{fields} names, {f'{alike + 1} alike' if alike else 'no two alike'}"),
    )
    said = {note.label for note in understood.notes}
    return tuple(note for note in found if note[0] not in said)


def _currency(understood: Understanding, facts: Mapping[str, Any]) -> str:
    if "currencies" in facts:
        return currencies.words(facts["currency"], facts["currencies"], understood.answers)
    return next((n.evidence for n in understood.notes if n.label == "Currency"), "you chose it; the file has none")


def _revenue(understood: Understanding, facts: Mapping[str, Any]) -> str:
    first = next((note.evidence for note in understood.notes if note.slug == "money"), "")
    return "; ".join(filter(None, (first, money.words(facts))))


def _evidence(facts: Mapping[str, Any]) -> dict[str, list[str]]:
    largest = facts["largest"]
    return {
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
            f"up to {largest:,.2f}" if largest is not None else "",
            _count(facts["free"], "not above 0"),
            _count(facts["no_price"], "no number"),
        ],
        "customer_id": [f"{facts['customer_id']:,} different", _count(facts["no_customer"], "blank")],
        "country": [f"{facts['country']:,} different"],
    }


def _words(name: str, values: list[Any]) -> list[str]:
    if name in ("status", "currency"):
        return [f"{value} {count:,} times" for value, count in values]
    filled, different, low, high = values
    if low is None:
        return [f"{different:,} different", f"in {filled:,} rows"]
    return [f"{low:,.2f} to {high:,.2f}", f"in {filled:,} rows"]


def _facts(raw: Path, roles: list[str]) -> dict[str, Any]:
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
        facts[column] = lines.aggregate(f"count(distinct {column})").fetchall()[0][0] if column in roles else 0
    return facts


def _count(number: int, words: str) -> str:
    return f"{number:,} {words.format(s='s' * (number == 1))}" if number else ""


def _rest(weekdays: int | None) -> str:
    """The one or two weekdays without any order: that shops rest on them speaks for the dates being read rightly."""
    missing = [name for day, name in enumerate(_WEEKDAYS) if not (weekdays or 0) >> day & 1]
    return f"no {' or '.join(missing)}" if 1 <= len(missing) <= 2 else ""
