"""What of an order log can be settled only once all its rows are there: whose they are, what is an order, its money."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from core.intake.answers import Answers
from core.intake.formats.reading import quote
from core.intake.logs import buyers, contacts, currencies, duplicates, lines, money, orders, statuses
from core.intake.logs.returns import REFUND
from core.warehouse import engine

Cursor = duckdb.DuckDBPyConnection


def settle(answers: Answers, facts: dict[str, Any], raw: Path) -> tuple[dict[str, Any], pd.DataFrame]:
    """Make the typed rows in ``raw.parquet`` canonical lines, and write ``contacts.parquet`` beside them.

    Parameters
    ----------
    answers : Answers
    facts : dict
        ``roles``, ``money``, ``share`` and ``plain``: whether the rows are canonical already.
    raw : path

    Returns
    -------
    tuple
        Facts on what was found: ``orders`` (see :func:`core.intake.logs.orders.numbered`), whether there are
        ``products`` and ``countries``, whether a zero counts as an order, the ``currency``, and words for the notes;
        and a frame with the ``row`` of each row that repeats another exactly.
    """
    roles = facts["roles"]
    found: dict[str, Any] = {
        "products": bool({"code", "product"} & set(roles)), "countries": "country" in roles, "contacts": False,
    }  # fmt: skip
    found["zero_orders"] = facts["money"] == "none" or not found["products"]
    made = ", day, month, cents" if facts["plain"] else ""
    with engine.open_cursor() as cursor:
        frame = f"""select * exclude (file_row_number{made}), file_row_number as row
            from read_parquet({quote(str(raw))}, file_row_number=true)"""
        if facts["plain"]:
            frame = f"select * replace (nullif(country, 'Unspecified') as country) from ({frame})"
            several = cursor.execute(orders.shared_numbers(frame)).fetchall()[0]
            if several[2] <= orders.MOST_SHARED * several[0] and not facts["hollow"]:
                return found | {"orders": "id", "orders_why": f"{several[0]:,} different numbers"}, duplicates.find(raw)
        return _Settling(cursor, answers, facts, found, raw).run(frame)


class _Settling:
    """The steps, each of which makes SQL of the rows from that of the step before."""

    def __init__(self, cursor: Cursor, answers: Answers, facts: dict[str, Any], found: dict[str, Any], raw: Path):
        self.cursor, self.answers, self.facts, self.found, self.raw = cursor, answers, facts, found, raw
        self.roles: set[str] = set(facts["roles"])
        self.columns = {lines.NAMES.get(role, role) for role in self.roles}

    def run(self, frame: str) -> tuple[dict[str, Any], pd.DataFrame]:
        """Write the canonical lines."""
        self.found["seen"] = seen(self.cursor, frame, self.columns)
        known = self._known(frame)
        target = self.raw.with_name("settled.parquet")
        # Once on disk, what follows need not be worked out again by each look at it.
        self._write(f"{known} order by row", target)
        # A line that says nothing of its order is like those of other orders until it does.
        twins = duplicates.find(target)
        frame, numbered = orders.numbered(self.cursor, f"select * from read_parquet({quote(str(target))})", self.roles)
        self.found.update(numbered)
        self.found["contacts"] = contacts.write(
            self.cursor, frame, self.columns, self.raw.with_name("contacts.parquet")
        )
        self._write(self._priced(frame, twins), self.raw)
        target.unlink()
        return self.found, twins

    def _known(self, frame: str) -> str:
        places = self.facts["roles"]
        if "first_name" in places and places.get("name") == places.get("last_name", -1):
            frame = f"select * replace (concat_ws(' ', first_name, last_name) as name) from ({frame})"
        if "order" in self.roles and (self.facts["hollow"] or not self.facts["plain"]):
            frame, first = orders.filled(self.cursor, frame, self.columns)
            self.found["first"] = first
        if "currency" in self.columns:
            frame = f"select * replace ({currencies.code('currency')} as currency) from ({frame})"
        frame = contacts.normalised(self.cursor, frame, self.columns, self.answers.country)
        if "customer" in self.roles and {"email", "phone"} & self.roles:
            # Shops number all their guests 0.
            frame = f"select * replace (nullif(customer_id, '0') as customer_id) from ({frame})"
        frame, self.found["customers_why"] = buyers.known(self.cursor, frame, self.roles)
        return frame

    def _priced(self, frame: str, twins: pd.DataFrame) -> str:
        self.cursor.register("repeated", twins.astype("int64"))
        frame = f"select *, row in (select row from repeated) as twin from ({frame})"
        if self.found["orders"] == "row":
            frame = f"select * replace (false as twin) from ({frame})"
        amounts = [name for name in orders.AMOUNTS if name in self.columns]
        plain = ", ".join(f"nullif({name}, 0) as {name}" for name in amounts)
        looked = f"select * replace ({plain}) from ({frame})" if amounts else frame
        levels = orders.levels(self.cursor, looked, amounts, "order_id, customer_id")
        self.found["levels"] = levels
        frame = money.lines(frame, self.facts["money"], self.columns, levels, self.facts["share"])
        if "refund" in self.columns and self.facts["money"] != "none":
            frame = self._refunded(frame, levels["refund"])
        more = "".join(f", {name}" for name in lines.KEPT if name in self.columns)
        if "status" in self.columns:
            frame = f"select *, {statuses.lost('status')} as lost from ({frame})"
            more += ", lost"
        if "currency" in self.columns:
            frame, main, found = currencies.apart(self.cursor, frame, self.answers)
            self.found |= {"currency": main, "currencies": found}
            more += ", other_currency"
        return lines.canonical(f"{frame} order by row", more=more)

    def _refunded(self, frame: str, level: str) -> str:
        """What was refunded of an order as a line of it, of its goods at most."""
        refund = "sum(abs(refund)) filter (not twin)" if level == "line" else "max(abs(refund))"
        keep = [name for name in ("country", "currency", "status", "channel") if name in self.columns]
        more = "".join(f", arg_min({name}, row) as {name}" for name in keep)
        refunds = f"""select order_id, customer_id, min(ts) as ts, {refund} as refund{more},
            coalesce(sum(cents), 0) as goods from ({frame}) group by order_id, customer_id"""
        chosen = "".join(f", {name}" for name in keep)
        back = f"""select order_id, customer_id, '{REFUND}' as code, 'Refund' as description, -1.0 as quantity, ts,
            least(round(refund * 100), goods) / 100 as price, -least(round(refund * 100), goods)::bigint as cents,
            0::ubigint as others{chosen}, 1000000000000 + row_number() over (order by ts, order_id) as row
            from ({refunds}) where refund > 0 and goods > 0"""
        self.cursor.execute(f"create or replace temp table refunds as {back}")
        rows, cents = self.cursor.execute("select count(*), coalesce(-sum(cents), 0) from refunds").fetchall()[0]
        self.found["refunds"] = [rows, int(cents)]
        return f"{frame} union all by name select * from refunds"

    def _write(self, sql: str, target: Path) -> None:
        self.cursor.execute(f"copy ({sql}) to {quote(str(target) + '.part')} (format parquet, compression snappy)")
        Path(f"{target}.part").replace(target)


def seen(cursor: Cursor, frame: str, columns: set[str]) -> dict[str, list[Any]]:
    """Of each column that does not become canonical: how many values it has, how many differ, the lowest and highest.

    Of statuses and currencies, instead, the commonest with their counts.
    """
    found: dict[str, list[Any]] = {}
    for name in sorted(columns - set(lines.CANONICAL.split(", ")) - {"time"}):
        if name in ("status", "currency"):
            counts = (
                f"select {name}, count(*) from ({frame}) where {name} is not null group by 1 order by 2 desc, 1 limit 4"
            )
            found[name] = [list(pair) for pair in cursor.execute(counts).fetchall()]
        elif name in (*lines.NUMBERS, *lines.TEXTS, *lines.KEPT):
            ends = f"min({name}), max({name})" if name in lines.NUMBERS else "null, null"
            sums = f"select count({name}), count(distinct {name}), {ends} from ({frame})"
            found[name] = list(cursor.execute(sums).fetchall()[0])
    return found
