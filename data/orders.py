"""When they buy: customers to orders."""

import numpy as np
import pandas as pd

from data import clock
from data.markets import HOME

COUNTER_SALES = 1_250  # a few things each, paid on the spot by someone whose name nobody took
WEB_DAYS = 580  # what the web shop sold to guests, booked as one invoice
SECOND_COUNTRY = 12


def orders(people: pd.DataFrame, share: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """One row an order, by time: customer number (0 unknown), country, time, and what kind of order."""
    frame = pd.concat([_known(people, share, rng), _anonymous(share, rng)], ignore_index=True)
    frame["when"] = clock.minutes(frame["day"].to_numpy(), rng)
    frame["size"] = np.maximum(1, np.rint(frame["lines"] * rng.lognormal(0, 0.75, len(frame)))).astype(int)
    frame["budget"] *= rng.lognormal(0, 0.25, len(frame))
    return frame.drop(columns="lines").sort_values("when", kind="stable", ignore_index=True)


def _known(people: pd.DataFrame, share: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """Orders of customers: spaced over their window with some jitter, as people who restock do."""
    columns = ["kind", "number", "country", "starts", "ends", "orders", "lines", "budget", "thrift"]
    frame = people.loc[np.repeat(people.index, people["orders"]), columns].reset_index(drop=True)
    turn = frame.groupby("number").cumcount()
    moment = frame["starts"] + (frame["ends"] - frame["starts"]) * (turn + rng.random(len(frame))) / frame["orders"]
    frame["day"] = clock.days_at(moment.to_numpy(), share)

    movers = rng.choice(people.loc[people["orders"].between(3, 9), "number"], SECOND_COUNTRY, replace=False)
    elsewhere = dict(zip(movers, rng.choice(["Belgium", "Austria", "Cyprus", "EIRE"], len(movers)), strict=True))
    moved = frame["number"].isin(movers) & (turn == frame["orders"] - 1)
    frame["country"] = frame["country"].mask(moved, frame["number"].map(elsewhere))
    return frame.drop(columns=["starts", "ends", "orders"])


def _anonymous(share: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """Orders without a customer."""
    web = np.arange(COUNTER_SALES + WEB_DAYS) >= COUNTER_SALES
    frame = pd.DataFrame({"kind": np.where(web, "web", "counter"), "number": 0})
    frame["country"] = np.where(
        rng.random(len(web)) < 0.97, HOME, rng.choice(["EIRE", "Hong Kong", "Unspecified"], len(web))
    )
    frame["lines"] = np.where(web, 93.0, 4.0)
    frame["budget"] = np.where(web, 7.0, 4.5)
    frame["thrift"] = 0.3
    frame["day"] = clock.days_at(rng.random(len(web)), share)
    return frame
