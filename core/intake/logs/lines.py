"""SQL of an order log's rows: typed cell by cell as they stand in the file, and the canonical lines made of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from core.intake.cells import Cells
from core.intake.dates import clock
from core.intake.formats.reading import Source, quote, relation
from core.intake.logs.buyers import NOBODY

# Role -> its name among the typed rows; all others keep their own.
NAMES = {"order": "order_id", "customer": "customer_id", "product": "description", "date": "ts"}
NUMBERS = ("quantity", "price", "amount", "subtotal", "total", "discount", "tax", "shipping", "refund")
TEXTS = (
    "email", "phone", "name", "first_name", "last_name", "street", "zip", "city", "state", "consent", "currency",
    "status",
)  # fmt: skip
# What lines keep beside the canonical columns, where the file says it.
KEPT = ("category", "channel")
# Of these, rows are canonical as they stand: each is a line with its own price.
PLAIN = frozenset(["order", "customer", "date", "time", "code", "product", "quantity", "price", "country"])
CANONICAL = "order_id, code, description, quantity, ts, price, customer_id, country"


def typed(source: Source, roles: Mapping[str, int], cells: Cells, hollow: Collection[int] = ()) -> str:
    """The rows of the file, typed, and a hash of the columns that are not kept for the search for duplicates.

    Columns that are ``hollow`` stand on the first line of an order only, and so do not tell its lines apart.
    Descriptions stay as they are: they are tidied where products are named, a few thousand instead of millions.
    """
    c = {role: f"c{position}" for role, position in roles.items()}
    kept = {roles[role] for role in PLAIN - {"time"} if role in roles}
    others = ", ".join(f"c{i}" for i in range(len(source.columns)) if i not in kept and i not in hollow)
    more = [f"{cells.number(c[role])} as {role}" for role in NUMBERS[2:] if role in c]
    more += [f"{_text(c[role])} as {role}" for role in (*TEXTS, *KEPT) if role in c]
    nobody = ", ".join(map(quote, NOBODY))
    return f"""
        select {_plain("order_no")} as order_id, coalesce({_plain("sku")}, nullif(trim(description), ''), '') as code,
            * exclude (order_no, sku, buyer),
            case when lower(buyer) not in ({nobody}) then {_plain("buyer")} end as customer_id
        from (select {_trim(c.get("order"))} as order_no,
            {_trim(c.get("code"))} as sku,
            {c.get("product", "null::varchar")} as description,
            {cells.number(c["quantity"]) if "quantity" in c else "1::double"} as quantity,
            {_moment(c, cells)} as ts,
            {cells.number(c["price"]) if "price" in c else "null::double"} as price,
            {_trim(c.get("customer"))} as buyer,
            {f"nullif({_trim(c['country'])}, '')" if "country" in c else "null::varchar"} as country,
            {"".join(f"{each}, " for each in more)}
            {f"hash({others})" if others else "0::ubigint"} as others
        from {relation(source)})"""


def canonical(frame: str, cents: str = "", more: str = "") -> str:
    """The canonical raw lines of typed rows; ``cents`` is SQL for them where the rows do not hold them already."""
    value = f"{cents} as cents" if cents else "cents"
    return f"""
        select order_id, code, description, quantity, ts, price, customer_id,
            coalesce(country, 'Unspecified') as country,
            ts::date - date '1970-01-01' as day, (year(ts) * 12 + month(ts) - 1)::integer as month,
            {value}, others{more}
        from ({frame})"""


def _moment(c: Mapping[str, str], cells: Cells) -> str:
    moment = cells.moment(c["date"])
    if "time" not in c:
        return moment
    return f"date_trunc('day', {moment})::timestamp + coalesce({clock(c['time'])}, interval 0 second)"


def _trim(column: str | None) -> str:
    return f"trim({column})" if column else "null::varchar"


def _plain(text: str) -> str:
    """SQL: an identifier without the ``.0`` of a number that was a decimal on its way; leading zeros stay."""
    whole = f"ends_with({text}, '.0') and try_cast({text} as double) is not null"
    return f"nullif(case when {whole} then left({text}, -2) else {text} end, '')"


def _text(column: str) -> str:
    """SQL: text without blanks around it, null where it is blank or says that there is nothing."""
    text = f"trim({column})"
    return f"case when lower({text}) not in ({', '.join(map(quote, ('', *NOBODY)))}) then {text} end"
