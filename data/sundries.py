"""What is no sale of goods: postage, carriage, corrections by hand, bank charges, stock adjustments."""

import numpy as np
import pandas as pd

from data import clock
from data.markets import HOME

SERVICES = {
    "POST": "POSTAGE",
    "DOT": "DOTCOM POSTAGE",
    "C2": "CARRIAGE",
    "M": "Manual",
    "BANK CHARGES": "Bank Charges",
}
BY_CARRIER = ("EIRE", "Channel Islands")
REASONS = np.array(["damaged", "check", "lost in warehouse", "wrongly coded", "", "found", "thrown away", "?"])


def services(orders: pd.DataFrame, lines: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Charges that stand on the invoice of an order."""
    total = (lines["quantity"] * lines["pence"]).groupby(lines["order"]).sum().reindex(orders.index, fill_value=0)
    chance = rng.random(len(orders))
    carried = orders["country"].isin(BY_CARRIER) & (chance < 0.5)
    posted = (orders["country"] != HOME) & ~orders["country"].isin(BY_CARRIER) & (orders["number"] > 0) & (chance < 0.7)
    web = orders["kind"] == "web"
    manual = ~(carried | posted | web) & (chance < 0.006)
    code = np.select([web, carried, posted, manual], ["DOT", "C2", "POST", "M"], "")

    parcels = np.clip(total // 60_000 + 1, 1, 6)
    pence = np.select(
        [web, carried, posted], [np.rint(total * 0.06), 5_000, 1_800], rng.integers(100, 9_000, len(orders))
    )
    frame = pd.DataFrame(
        {"order": orders.index, "code": code, "quantity": np.where(posted, parcels, 1), "pence": pence}
    )
    return frame[(code != "") & (total > 0)]


def corrections(orders: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Invoices that only take money back: manual credits to customers, and each month the bank's charges."""
    credited = np.sort(
        rng.choice(orders.index[(orders["number"] > 0) & (orders["when"].dt.hour < 17)], 60, replace=False)
    )
    manual = orders.loc[credited, ["number", "country", "when"]].reset_index(drop=True)
    manual["when"] += rng.integers(30, 90, len(manual)).astype("timedelta64[m]")
    manual = manual.assign(code="M", pence=rng.integers(200, 15_000, len(manual)))

    ends = np.flatnonzero(np.diff(clock.MONTH_INDEX))
    ends = ends - (clock.WEEKDAY[ends] == 5)  # the shop is closed on Saturdays
    bank = pd.DataFrame({"when": clock.DAYS[ends].astype("datetime64[m]") + np.timedelta64(17 * 60 + 5, "m")})
    bank = bank.assign(number=0, country=HOME, code="BANK CHARGES", pence=rng.integers(900, 4_200, len(bank)))
    return pd.concat([manual, bank], ignore_index=True).assign(quantity=-1)


def adjustments(goods: pd.DataFrame, share: np.ndarray, rng: np.random.Generator, count: int = 520) -> pd.DataFrame:
    """Stock written off or found: no customer, no price, and no C before the number though mostly below 0."""
    days = clock.days_at(rng.random(count), share)
    quantity = np.ceil(rng.lognormal(2.6, 1.3, count)).astype(np.int64)
    reason = rng.integers(0, len(REASONS), count)
    return pd.DataFrame(
        {
            "number": 0,
            "country": HOME,
            "when": clock.minutes(days, rng),
            "code": goods["code"].to_numpy()[rng.integers(0, len(goods), count)],
            "description": REASONS[reason],
            "quantity": np.where(REASONS[reason] == "found", quantity, -quantity),
            "pence": 0,
        }
    )
