"""Invented customers for tests of segments, and a stand-in for a slice of a dataset."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from core.warehouse import engine

COUNTRIES = ("Norway", "Spain", "United Kingdom")


class Source:
    """Customers and orders as a slice gives them."""

    def __init__(self, people: pd.DataFrame, orders: pd.DataFrame | None = None) -> None:
        self._people, self.people = people, None
        self.tables = SimpleNamespace(meta=SimpleNamespace(has_money=True, has_products=True, has_countries=True))
        self.members = np.ones(len(people), dtype=bool)
        self._orders = orders if orders is not None else people.assign(counted=1)[["customer", "cents", "counted"]]

    def customers(self) -> Any:
        return engine.lift(self._people)

    def orders(self) -> Any:
        return engine.lift(self._orders)


def people(recency: Any, frequency: Any, cents: Any, **columns: Any) -> pd.DataFrame:
    """A customers table from its three main columns; the rest follows from them."""
    recency, frequency, cents = (np.asarray(values) for values in (recency, frequency, cents))
    frame = pd.DataFrame({"customer": np.arange(len(recency), dtype="int32"), "cents": cents.astype("int64")})
    frame["recency_days"], frame["frequency"] = recency.astype("int64"), frequency.astype("int64")
    frame["tenure_days"] = frame["recency_days"] + 20 * (frame["frequency"] - 1)
    frame["bought_cents"], frame["items"] = frame["cents"].clip(lower=1), frame["cents"].clip(lower=1) / 200
    frame["lines"], frame["products"] = frame["frequency"] * 5, frame["frequency"] * 4
    frame["country"] = [COUNTRIES[number % 3] for number in range(len(frame))]
    return frame.assign(**columns)


def crowd(customers: int = 400, seed: int = 7) -> pd.DataFrame:
    """Customers of four kinds: the best, regulars, newcomers, and one-time buyers long gone."""
    rng = np.random.default_rng(seed)
    kind = rng.choice(4, customers, p=[0.1, 0.4, 0.2, 0.3])
    recency = rng.poisson(np.array([8, 50, 15, 250])[kind]) + 1
    frequency = rng.poisson(np.array([16, 4, 0.6, 0.1])[kind]) + 1
    cents = (frequency * rng.lognormal(np.log([60_000, 40_000, 20_000, 20_000])[kind], 0.3)).astype(int)
    return people(recency, frequency, cents)
