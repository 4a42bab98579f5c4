"""Order logs with one row a line: the columns of UCI Online Retail (I and II), and the raw lines they become."""

from __future__ import annotations

from pathlib import Path

from core.errors import InputError
from core.intake import duplicates, findings
from core.intake.cells import Cells, examine
from core.intake.kind import Finished, Kind, Plan
from core.intake.loading import Loaded, Query
from core.intake.reading import Source, relation
from core.intake.understanding import Understanding
from core.warehouse import engine

# More than this on one line is no price but a slip; it keeps sums of cents within 64 bits.
_MOST_CENTS = 10**14
# Role -> its name in the canonical table.
_CANONICAL = {
    "order": "order_id", "code": "code", "product": "description", "quantity": "quantity", "date": "ts",
    "price": "price", "customer": "customer_id", "country": "country",
}  # fmt: skip


def plan(understood: Understanding, source: Source, query: Query) -> Plan:
    """How the file's rows become lines."""
    roles = {name: understood.position(role) for role, name in _CANONICAL.items()}
    cells = examine(source, roles, understood.answers.date_order, query)
    facts = {"roles": roles, "dates": cells.dates, "why": cells.why, "comma": cells.comma}
    return Plan(select(source, roles, cells), facts)


def finish(understood: Understanding, planned: Plan, loaded: Loaded, folder: Path) -> Finished:
    """Search the lines for duplicates and describe the columns."""
    raw, roles = folder / "raw.parquet", planned.facts["roles"]
    dates = engine.scan(raw).to_native().aggregate("count(ts)").fetchall()[0][0]
    source = loaded.source
    if not dates:
        column = roles["ts"]
        first = next((row[column] for row in source.sample if row[column].strip()), "")
        raise InputError(
            f"{source.name}: no value in {source.columns[column].strip()} is a date; the first is {first[:40]!r}.",
            "Write dates as 2011-12-31 14:05, 31/12/2011 14:05, 12/31/2011 14:05 or 31.12.2011.",
        )
    engine.write(engine.lift(duplicates.find(raw)), folder / "duplicates.parquet")
    cells = Cells(dates=planned.facts["dates"], why=planned.facts["why"], comma=planned.facts["comma"])
    notes = findings.notes(source, cells, loaded.size, dates, loaded.rows, loaded.misfit, understood.answers.currency)
    return Finished(findings.columns(source, roles, raw), planned.facts, notes)


def select(source: Source, roles: dict[str, int], cells: Cells) -> str:
    """SQL: the raw lines, typed, and a hash of the columns that are not kept for the search for duplicates.

    Descriptions stay as they are: they are tidied where products are named, a few thousand instead of millions.
    """
    c = {role: f"c{position}" for role, position in roles.items()}
    others = ", ".join(f"c{i}" for i in range(len(source.columns)) if i not in roles.values())
    whole = "ends_with(customer, '.0') and try_cast(customer as double) is not null"
    return f"""
        select order_id, code, description, quantity, ts, price,
            nullif(case when {whole} then left(customer, -2) else customer end, '') as customer_id, country,
            ts::date - date '1970-01-01' as day, (year(ts) * 12 + month(ts) - 1)::integer as month,
            case when abs(quantity * price) < {_MOST_CENTS // 100}
                then round(quantity * price * 100)::bigint end as cents,
            others
        from (select nullif(trim({c["order_id"]}), '') as order_id,
            coalesce(trim({c["code"]}), '') as code,
            {c["description"]} as description,
            {cells.number(c["quantity"])} as quantity,
            {cells.moment(c["ts"])} as ts,
            {cells.number(c["price"])} as price,
            trim({c["customer_id"]}) as customer,
            coalesce(nullif(trim({c["country"]}), ''), 'Unspecified') as country,
            {f"hash({others})" if others else "0::ubigint"} as others
        from {relation(source)})"""


KIND = Kind("transactions", "Order log", 10, plan, finish)
