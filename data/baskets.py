"""What they buy: orders to lines."""

import numpy as np
import pandas as pd

from data import clock
from data.catalogue import popularity

PACKS = np.array([1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 36, 48, 72, 96, 120, 144, 200, 288, 432, 600, 1000, 1440])
SIBLINGS = 0.34  # how often the next thing in the basket is another piece of the same range
PRICE_RISE = 1.04  # from January 2025
RISE_DAY = np.datetime64("2025-01-02")


def baskets(orders: pd.DataFrame, goods: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """One row a line: order, product, quantity, price in pence. No product twice in an order."""
    lines = pd.DataFrame({"order": np.repeat(np.arange(len(orders)), orders["size"])})
    of = orders.loc[lines["order"]].reset_index(drop=True)
    month = clock.MONTH_INDEX[of["day"]]

    first, second = _picked(goods, month, rng), _picked(goods, month, rng)
    pence = goods["pence"].to_numpy()
    cheaper = np.where(pence[first] <= pence[second], first, second)
    product = np.where(rng.random(len(lines)) < of["thrift"], cheaper, first)
    lines["product"] = _with_siblings(product, lines["order"].to_numpy(), goods, rng)

    sold = goods.loc[lines["product"]].reset_index(drop=True)
    pieces = of["budget"] * rng.lognormal(0, 0.7, len(lines)) * 100 / sold["pence"]
    lines["quantity"] = PACKS[np.searchsorted(np.sqrt(PACKS[:-1] * PACKS[1:]), pieces)]
    risen = np.where(clock.DAYS[of["day"]] >= RISE_DAY, PRICE_RISE, 1.0)
    trade = np.where(lines["quantity"] >= 48, 0.85, 1.0)
    guest = np.where(of["number"] == 0, 1.2, 1.0)
    lines["pence"] = np.rint(sold["pence"] * risen * trade * guest).astype(np.int64)

    on_sale = (sold["arrives"] <= month) & (month < sold["leaves"])  # a sibling may not be out yet
    return lines[on_sale].drop_duplicates(["order", "product"], ignore_index=True)


def _picked(goods: pd.DataFrame, month: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A product for each line, by what is popular in its month."""
    moment = rng.random(len(month))
    product = np.empty(len(month), dtype=np.int64)
    for number in range(clock.MONTHS):
        here = month == number
        chance = popularity(goods, number, (number + 11) % 12 + 1).cumsum()  # the first month is a December
        product[here] = np.searchsorted(chance, moment[here] * chance[-1], side="right")
    return np.minimum(product, len(goods) - 1)


def _with_siblings(product: np.ndarray, order: np.ndarray, goods: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Some lines take up the range of the line before, so that baskets hold things that go together."""
    ranges = goods["range"].to_numpy()
    start = np.searchsorted(ranges, np.arange(ranges[-1] + 2))
    before = ranges[np.roll(product, 1)]
    sibling = start[before] + (rng.random(len(product)) * np.diff(start)[before]).astype(np.int64)
    follows = (order == np.roll(order, 1)) & (rng.random(len(product)) < SIBLINGS)
    return np.where(follows, sibling, product)
