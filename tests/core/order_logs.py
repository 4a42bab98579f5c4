"""Order logs of any form for tests: rows and the roles of their columns in, stored and cleaned tables out."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from core.intake import arrival
from core.intake.answers import Answers
from core.warehouse import engine
from core.warehouse.store import Dataset, Store
from core.warehouse.tables import Tables
from tests.core.logs import text, write


@dataclass(frozen=True)
class Log:
    """A stored log."""

    store: Store
    dataset: Dataset

    def tables(self, rules: str = "net") -> Tables:
        return arrival.tables(self.store, self.dataset.fingerprint, rules)

    def frame(self, name: str, rules: str = "net") -> pd.DataFrame:
        return engine.collect(self.tables(rules).scan(name))

    def figures(self, rules: str = "net") -> tuple[float, int, int]:
        """Revenue, orders, customers."""
        meta = self.tables(rules).meta
        return meta.cents / 100, meta.orders, meta.customers

    def raw(self) -> pd.DataFrame:
        return engine.collect(engine.scan(self.store.raw(self.dataset.fingerprint)))

    def contacts(self) -> pd.DataFrame:
        path = self.store.contacts(self.dataset.fingerprint)
        assert path
        return pd.read_parquet(path).set_index("customer_id")

    def note(self, label: str) -> tuple[str, str]:
        return next((found, why) for what, found, why in self.dataset.notes if what == label)

    def taken(self, rules: str = "net") -> dict[str, int]:
        """Rows by the rule that took them."""
        return {e.rule: e.rows for e in self.tables(rules).meta.receipt.entries if e.on and e.rows}


def log(roles: str, rows: Sequence[Sequence[object]], **said: Any) -> Log:
    """Store rows whose columns have these roles, in order; ``-`` is a column of no use."""
    header = [role if role != "-" else f"x{place}" for place, role in enumerate(roles.split())]
    known = tuple((role, role) for role in header if not role.startswith("x"))
    folder = Path(tempfile.mkdtemp())
    path = write(folder, text([[str(cell) for cell in row] for row in rows], header=header))
    answers = Answers(kind="transactions", roles=known, **said)
    store = Store(folder / "home")
    return Log(store, arrival.receive(path, store, answers=answers))
