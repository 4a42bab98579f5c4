"""Order logs of every form: one row a line, an order or a payment, and the canonical raw lines that they become."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.errors import InputError
from core.intake.cells import examine
from core.intake.formats.loading import Loaded, Query
from core.intake.formats.reading import Source
from core.intake.kind import Finished, Kind, Plan
from core.intake.logs import findings, lines, money, orders, settling
from core.intake.roles import CONTACT_ROLES, ORDER_ROLES
from core.intake.understanding import Understanding
from core.masking import shown
from core.warehouse import engine

_ROLES = tuple(role.slug for role in (*ORDER_ROLES, *CONTACT_ROLES))
# Who bought can be told by any of these.
_BUYERS = ("customer", "email", "phone", "name")


def plan(understood: Understanding, source: Source, query: Query) -> Plan:
    """How the file's rows become lines."""
    roles = {role: place for role in _ROLES if (place := understood.position(role)) >= 0}
    if {"first_name", "last_name"} <= set(roles) and not set(_BUYERS) & set(roles):
        roles["name"] = roles["last_name"]
    _check(source, roles)
    answers = understood.answers
    numbers = {role: place for role, place in roles.items() if role in lines.NUMBERS}
    cells = examine(
        source, {"ts": roles["date"], **numbers}, answers.date_order, query, answers.decimal, answers.time_zone
    )
    basis = money.choose(roles, answers.money)
    # Where the date stands on an order's first line only, so may all else.
    hollow = orders.on_first_lines(source, roles["order"]) if "order" in roles else frozenset()
    rows = lines.typed(source, roles, cells, hollow)
    plain = basis == "lines" and {"order", "code"} <= set(roles) and set(roles) <= lines.PLAIN
    value = f"case when abs(quantity * price) < {money.MOST} then round(quantity * price * 100)::bigint end"
    shift = cells.dates.shift
    facts: dict[str, Any] = {
        "roles": roles, "money": basis, "plain": plain, "dates": cells.dates.form, "why": cells.dates.why,
        "comma": cells.comma, "comma_why": cells.why, "zone": [shift.found, shift.why], "share": _share(source, roles),
        "hollow": roles["date"] in hollow,
    }  # fmt: skip
    return Plan(lines.canonical(rows, value) if plain else rows, facts)


def finish(understood: Understanding, planned: Plan, loaded: Loaded, folder: Path) -> Finished:
    """Settle what takes a look at all rows, search for duplicates and describe the columns."""
    raw, facts = folder / "raw.parquet", planned.facts
    dates = engine.scan(raw).to_native().aggregate("count(ts)").fetchall()[0][0]
    if not dates:
        raise _no_date(loaded.source, facts["roles"]["date"])
    settled, twins = settling.settle(understood.answers, facts, raw)
    engine.write(engine.lift(twins.iloc[:0] if settled["orders"] == "row" else twins), folder / "duplicates.parquet")
    facts = {**facts, **settled}
    notes = findings.notes(understood, loaded, facts, dates, len(twins))
    return Finished(findings.columns(understood, loaded.source, facts, raw), facts, notes)


def _check(source: Source, roles: dict[str, int]) -> None:
    have = ", ".join(name.strip()[:40] or "(blank)" for name in source.columns[:12])
    if "date" not in roles:
        raise InputError(
            f"{source.name}: no column says when something was bought. It has: {have}.",
            "Say which one does with --map date=…",
        )
    if not set(_BUYERS) & set(roles):
        raise InputError(
            f"{source.name}: no column says who bought. It has: {have}.",
            "Say which one does with --map customer=…, or --map email=…",
        )


def _share(source: Source, roles: dict[str, int]) -> bool:
    """Whether discounts are shares: percentages, or nothing above 1 and something between."""
    if "discount" not in roles:
        return False
    cells = [cell for row in source.sample if (cell := row[roles["discount"]].strip())]
    if any("%" in cell for cell in cells):
        return True
    try:
        values = [abs(float(cell.replace(",", "."))) for cell in cells]
    except ValueError:
        return False
    return any(0 < value < 1 for value in values) and all(value <= 1 for value in values)


def _no_date(source: Source, column: int) -> InputError:
    first = next((row[column] for row in source.sample if row[column].strip()), "")
    return InputError(
        f"{source.name}: no value in {source.columns[column].strip()} is a date; the first is {shown(first)[:40]!r}.",
        "Write dates as 2011-12-31 14:05, 31/12/2011 14:05, 12/31/2011 14:05 or 31.12.2011.",
    )


KIND = Kind("transactions", "Order log", 10, plan, finish)
