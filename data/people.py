"""Who buys: a few kinds of customer, spread over the shop's markets."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from data.markets import ABROAD, HOME, Market

CUSTOMERS = 5_000


class Kind(NamedTuple):
    """Customers alike in habit; `starts` and `ends` are parts of all trade (see `clock.days_at`).

    A start below 0 is a customer from before the log opens: they are there on the first day.
    """

    share: float
    starts: tuple[float, float]
    ends: tuple[float, float]
    repeats: float  # orders after the first, on average
    spread: float  # how much the customers of the kind differ in repeats and in size
    lines: float  # an order, median
    budget: float  # pounds a line, median
    thrift: float  # how often the cheaper of two products is taken


KINDS = {
    "giant": Kind(0.0024, (-0.1, 0.1), (0.98, 1.0), 36, 0.3, 21, 60, 0.2),
    "champion": Kind(0.095, (-0.8, 0.38), (0.95, 1.0), 8.5, 0.5, 12, 22, 0.3),
    "steady": Kind(0.23, (-0.8, 0.6), (0.85, 1.0), 2.3, 0.35, 9, 16, 0.4),
    "bargain": Kind(0.12, (-0.3, 0.6), (0.5, 1.0), 1.2, 0.4, 6, 6.5, 0.95),
    "newcomer": Kind(0.1526, (0.62, 0.97), (0.90, 1.0), 1.0, 0.4, 9, 14, 0.4),
    "quiet": Kind(0.21, (-0.5, 0.27), (0.22, 0.65), 1.9, 0.4, 8, 15, 0.4),
    "once": Kind(0.19, (0.0, 0.92), (0.0, 0.0), 0.0, 0.5, 8, 11, 0.5),
}


CUSTOMERS_ABROAD = 650
GIANTS_ABROAD = ("Netherlands", "EIRE", "Australia", "Germany")


def people(rng: np.random.Generator) -> pd.DataFrame:
    """One row a customer: number, country, habits, and the part of all trade in which they buy."""
    kinds = list(KINDS.values())
    kind = np.repeat(np.arange(len(kinds)), [round(CUSTOMERS * k.share) for k in kinds])
    size = len(kind)
    frame = pd.DataFrame(kinds).loc[kind].reset_index(drop=True)
    frame["kind"] = np.array(list(KINDS))[kind]
    frame["number"] = rng.choice(np.arange(21_000, 30_000), size, replace=False)

    markets = pd.DataFrame(_markets(kind, rng), columns=Market._fields)
    frame["country"] = markets["country"]
    frame["starts"] = _within(frame["starts"], rng).clip(markets["opens"], markets["closes"] - 0.03)
    frame["ends"] = _within(frame["ends"], rng).clip(frame["starts"] + 0.02, markets["closes"])

    differ = frame.pop("spread")
    frame["orders"] = 1 + rng.poisson(frame.pop("repeats") * rng.lognormal(-(differ**2) / 2, differ))
    frame["lines"] *= rng.lognormal(0, 0.35, size)
    frame["budget"] *= rng.lognormal(0, differ) * np.where(frame["country"] == HOME, 1.0, 1.35)
    return frame


def _markets(kind: np.ndarray, rng: np.random.Generator) -> list[Market]:
    """Everyone's market: each country gets its due, at least two, and giants are placed by hand."""
    weights = np.array([market.weight for market in ABROAD])
    due = np.maximum(np.rint(weights / weights.sum() * CUSTOMERS_ABROAD).astype(int), 2)
    market = np.full(len(kind), -1)
    giants = np.flatnonzero(kind == 0)
    ordinary = np.arange(len(giants), len(kind))
    market[rng.choice(ordinary, due.sum(), replace=False)] = np.repeat(np.arange(len(ABROAD)), due)
    countries = [m.country for m in ABROAD]
    market[giants[: len(GIANTS_ABROAD)]] = [countries.index(country) for country in GIANTS_ABROAD]
    return [ABROAD[m] if m >= 0 else Market(HOME, 0) for m in market]


def _within(bounds: pd.Series, rng: np.random.Generator) -> pd.Series:
    """A number between each pair of bounds."""
    low, high = np.array(bounds.tolist()).T
    return pd.Series(low + (high - low) * rng.random(len(bounds)))
