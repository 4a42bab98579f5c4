"""The demo shop's customer table, one row a customer: `python -m data.customers [OUT]`.

Most of its customers stand in the order log of the demo shop under the same number, with the contacts and the days of
the last order there; the rest buy from the shop in ways that the log does not see. The same seed gives the same bytes.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from data import clock, shop
from data.contacts import contacts
from data.habits import EDUCATION, HABITS, HABITS_OF_KIND, HABITS_OF_OTHERS, HOUSEHOLDS, RANGES
from data.markets import HOME
from data.packing import csv, pack

SEED = 20251210
OUT = Path(__file__).with_name("demo_customers.csv.gz")
KNOWN, OTHERS = 1_700, 300  # customers who are in the log and who are not
NO_INCOME = 22
TODAY = clock.LAST_DAY + 1


def generate(seed: int = SEED) -> pd.DataFrame:
    """The customer table as a frame; spend in pounds over two years, dates in ISO form."""
    streams = [np.random.default_rng([seed, stage]) for stage in range(5)]
    who = _who(streams[0])
    lives = _lives(who, streams[1])
    buys = _buys(who, lives, streams[2])
    reach = _reach(who, streams[3])
    consent = reach.pop("consent").rename("marketing_consent")
    table = pd.concat([who[["customer_id"]], reach, lives, buys, consent], axis=1)
    return _blemished(table, streams[4])


def _who(rng: np.random.Generator) -> pd.DataFrame:
    """Number, habit, and the days of the first and the last order; as in the log for those who are in it."""
    orders = shop.orders()
    known = orders[orders["number"] > 0].groupby("number").agg(
        kind=("kind", "first"), first=("when", "min"), last=("when", "max")
    )  # fmt: skip
    known = known.iloc[np.sort(rng.choice(len(known), KNOWN, replace=False))].reset_index()
    others = pd.DataFrame({"number": np.sort(rng.choice(np.arange(30_000, 35_000), OTHERS, replace=False))})
    since = (rng.random(OTHERS) ** 1.6 * 700).astype(int)
    others["last"] = TODAY - 1 - since
    others["first"] = others["last"] - rng.integers(0, 400, OTHERS).astype("timedelta64[D]")

    who = pd.concat([known, others.assign(kind="")], ignore_index=True)
    chances = np.array([HABITS_OF_KIND.get(kind, HABITS_OF_OTHERS) for kind in who["kind"]])
    number = (rng.random(len(who))[:, None] > chances.cumsum(axis=1)).sum(axis=1)
    who["habit"] = np.array(list(HABITS))[np.minimum(number, len(HABITS) - 1)]
    return who.assign(customer_id=who["number"]).sample(frac=1, random_state=rng, ignore_index=True)


def _reach(who: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Names, e-mail, telephone and consent: as in the log for those who are in it."""
    known = shop.customers()
    others = who.loc[~who["number"].isin(known.index), ["number"]].assign(country=HOME)
    made = contacts(others, rng).set_index(others["number"].to_numpy())
    numbered = [f"{number}.{email}" for number, email in made["email"].items()]
    made["email"] = made["email"].mask(made["email"].isin(known["email"]) & made["email"].ne(""), numbered)
    everybody = pd.concat([known, made]).loc[who["number"]].reset_index(drop=True)
    return everybody[["first_name", "last_name", "email", "phone", "consent"]]


def _lives(who: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Who they are: year of birth, education, household, income, children."""
    habit = pd.DataFrame([HABITS[name] for name in who["habit"]])
    size = len(who)
    age = np.clip(np.rint(rng.normal(habit["age"], 11)), 19, 84).astype(int)
    schooling = rng.normal(0, 1, size) + 0.6 * (habit["income"] - 38_000) / 14_000
    income = np.clip(rng.normal(habit["income"] + 900 * schooling, habit["income_spread"]), 6_500, 118_000)
    at_home = np.clip(1.2 - np.abs(age - 42) / 22, 0.05, 1)
    return pd.DataFrame(
        {
            "year_of_birth": 2025 - age,
            "education": np.array(EDUCATION)[np.searchsorted([-1.3, -0.3, 0.8, 2.0], schooling)],
            "marital_status": rng.choice(list(HOUSEHOLDS), size, p=list(HOUSEHOLDS.values())),
            "income": np.rint(income / 50) * 50,
            "children_at_home": rng.binomial(3, np.clip(habit["children"] / 3 * at_home, 0, 0.9)),
        }
    )


def _buys(who: pd.DataFrame, lives: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """What they do: dates, spend by range, ways of buying, visits, answers to campaigns."""
    habit = pd.DataFrame([HABITS[name] for name in who["habit"]])
    size, young = len(who), 1 + 0.5 * (lives["children_at_home"].to_numpy() > 0)
    before = np.rint(rng.exponential(420, size)).astype("timedelta64[D]")
    table = pd.DataFrame({"customer_since": (who["first"].dt.normalize() - before).dt.strftime("%Y-%m-%d")})
    table["days_since_last_purchase"] = (pd.Timestamp(TODAY) - who["last"]).dt.days

    total = habit["spend"] * rng.lognormal(0, habit["spend_spread"])
    tastes = rng.gamma(np.array(habit["taste"].tolist()) * 3.0)
    tastes[:, RANGES.index("toys")] *= young
    spend = np.rint(total.to_numpy()[:, None] * tastes / tastes.sum(axis=1, keepdims=True))
    table[[f"spend_{name}" for name in RANGES]] = spend.astype(int)

    for way in ("web", "store", "catalogue"):
        table[f"{way}_purchases"] = rng.poisson(habit[way] * rng.lognormal(-0.02, 0.2, size))
    bought = table[["web_purchases", "store_purchases", "catalogue_purchases"]].sum(axis=1)
    table["deal_purchases"] = rng.binomial(bought, np.clip(habit["offers"] * young, 0, 0.8))
    table["web_visits_last_month"] = rng.binomial(14, np.clip(rng.normal(habit["visits"] / 14, 0.07), 0.02, 0.98))
    for campaign, appeal in enumerate((0.8, 1.3, 0.5, 1.1, 1.6), start=1):
        table[f"accepted_campaign_{campaign}"] = rng.binomial(1, np.clip(habit["accepts"] * appeal, 0, 1))
    table["complained"] = rng.binomial(1, 0.011, size)
    return table


def _blemished(table: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """What people leave blank or type in jest."""
    odd = rng.choice(len(table), NO_INCOME + 7, replace=False)
    table.loc[odd[:NO_INCOME], "income"] = np.nan
    table.loc[odd[NO_INCOME], "income"] = 777_777
    table.loc[odd[NO_INCOME + 1], "year_of_birth"] = 1894
    table.loc[odd[NO_INCOME + 2 : NO_INCOME + 5], "marital_status"] = "Complicated"
    table.loc[odd[NO_INCOME + 5 :], "marital_status"] = "Pirate"
    return table.assign(income=table["income"].astype("Int64"))


def write(path: str | Path = OUT, seed: int = SEED) -> Path:
    """Write the table as CSV.GZ."""
    return pack(csv(generate(seed)), path)


if __name__ == "__main__":
    print(write(*sys.argv[1:2]))
