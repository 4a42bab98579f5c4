"""What is taken back: orders cancelled at once, goods returned later, and one famous mistake."""

import numpy as np
import pandas as pd

from data import clock
from data.markets import HOME

CANCELLED = 0.012  # of orders, minutes later and whole
RETURNED = 0.10  # of orders, days later and in part
MISTAKE_QUANTITY = 60_480
MISTAKE_TIME = np.datetime64("2025-03-18T10:12")


def cancellations(lines: pd.DataFrame, orders: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Every line of some orders again, negative, within three quarters of an hour."""
    chosen = (orders["number"] > 0) & (orders["when"].dt.hour < 17) & (rng.random(len(orders)) < CANCELLED)
    delay = rng.integers(2, 45, len(orders)).astype("timedelta64[m]")
    back = lines[chosen.to_numpy()[lines["order"]]].copy()
    back["when"] += delay[back["order"]]
    return back.assign(quantity=-back["quantity"])


def returns(lines: pd.DataFrame, goods: pd.DataFrame, share: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """A line or two of some orders, whole or in part, about three weeks later; fragile things more often."""
    count = lines["order"].max() + 1
    chosen = rng.random(count) < RETURNED
    delay = 1 + rng.exponential(20, count).astype(np.int64)
    fragility = goods["fragility"].to_numpy()[lines["product"]]
    hit = chosen[lines["order"]] & (lines["number"] > 0) & (rng.random(len(lines)) < 0.16 * fragility)
    back = lines[hit].copy()
    part = rng.choice([0.1, 0.25, 0.5, 1.0], len(back))
    back["quantity"] = -np.ceil(back["quantity"] * part).astype(np.int64)

    # One visit brings back everything from an order, so that its time hangs on the order, not on the line.
    bought = back["when"].to_numpy().astype("datetime64[D]") - clock.FIRST_DAY
    day = clock.next_open(bought.astype(int) + delay[back["order"]], share)
    time = rng.integers(9 * 60, 17 * 60, count).astype("timedelta64[m]")[back["order"]]
    back["when"] = clock.FIRST_DAY.astype("datetime64[m]") + day.astype("timedelta64[D]") + time
    return back[day < len(clock.DAYS)]


def mistake(lines: pd.DataFrame, people: pd.DataFrame, goods: pd.DataFrame) -> pd.DataFrame:
    """One huge order and its cancellation a quarter of an hour later, by someone who else bought little."""
    bought_once = (people["kind"] == "once") & (people["country"] == HOME) & (people["starts"] < 0.3)
    small = people[bought_once].iloc[0]
    product = goods.index[(goods["article"] == "PAPER CRAFT") & (goods["arrives"] == 0)][0]
    row = {"product": product, "pence": goods.at[product, "pence"], **small[["number", "country"]]}
    order = lines["order"].max() + 1
    pair = pd.DataFrame([row | {"order": order, "quantity": sign * MISTAKE_QUANTITY} for sign in (1, -1)])
    return pair.assign(when=MISTAKE_TIME + np.array([0, 15], dtype="timedelta64[m]"))
