"""The demo shop's order log, with the columns of UCI Online Retail and contacts: `python -m data.shop [OUT]`.

The same seed gives the same rows on any machine: every stage draws from its own seeded generator, and what it
draws is rounded to whole pence, pieces and minutes. The packed bytes are the same wherever zlib is.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from data import baskets, clock, sundries, undone
from data.catalogue import catalogue
from data.contacts import contacts
from data.orders import orders as ordered
from data.packing import csv as printed
from data.packing import pack
from data.people import people as peopled

SEED = 20231201
OUT = Path(__file__).with_name("demo_shop.csv.gz")
FIRST_INVOICE = 600_001
SAMPLES = 0.0004  # of lines, given away
SPLIT = 0.006  # of invoices, keyed in over the turn of a minute
TWICE = 0.010  # of lines, keyed in twice
# Column of the log -> what it says of the customer.
CONTACTS = {
    "Email": "email", "Phone": "phone", "FirstName": "first_name", "LastName": "last_name", "Postcode": "postcode",
    "City": "city", "MarketingConsent": "consent",
}  # fmt: skip


def generate(seed: int = SEED) -> pd.DataFrame:
    """The order log as a frame: two years and nine days of an invented gift wholesaler, prices in pounds."""
    streams = _streams(seed)
    goods = catalogue(streams[0])
    share, people, orders = _ordered(streams)
    lines = baskets.baskets(orders, goods, streams[4])
    lines = lines.join(orders[["number", "country", "when"]], on="order")
    lines["pence"] = lines["pence"].where(streams[5].random(len(lines)) >= SAMPLES, 0)

    gone = undone.cancellations(lines, orders, streams[6])
    kept = lines[~lines["order"].isin(gone["order"])]
    back = undone.returns(kept, goods, share, streams[6])
    extra = sundries.services(orders, kept, streams[7])
    documents = [
        pd.concat([lines, extra.join(orders[["number", "country", "when"]], on="order")]),
        gone.assign(credit=True),
        back.assign(credit=True),
        undone.mistake(lines, people, goods).assign(credit=[False, True]),
        sundries.corrections(orders, streams[7]).assign(credit=True),
        sundries.adjustments(goods, share, streams[7]),
    ]
    log = _named(_numbered(documents), goods)
    return _printed(log, reach(people, streams[9]), streams[8])


def orders(seed: int = SEED) -> pd.DataFrame:
    """When each customer of the order log orders; see :func:`data.orders.orders`."""
    return _ordered(_streams(seed))[2]


def customers(seed: int = SEED) -> pd.DataFrame:
    """How each customer of the order log can be reached, by number; see :func:`data.contacts.contacts`."""
    streams = _streams(seed)
    return reach(peopled(streams[2]), streams[9])


def reach(people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The contacts of customers by number."""
    return contacts(people, rng).set_index(people["number"].to_numpy())


def _streams(seed: int) -> list[np.random.Generator]:
    """A stream a stage: a change to one does not stir the others."""
    return [np.random.default_rng([seed, stage]) for stage in range(10)]


def _ordered(streams: list[np.random.Generator]) -> tuple[np.ndarray, pd.DataFrame, pd.DataFrame]:
    """The share of trade of each day, the customers, and their orders."""
    share = clock.demand(streams[1])
    people = peopled(streams[2])
    return share, people, ordered(people, share, streams[3])


def _numbered(documents: list[pd.DataFrame]) -> pd.DataFrame:
    """All lines in order of time under invoice numbers that rise with it, a C before those that take back."""
    log = pd.concat(documents, keys=range(len(documents)), names=["source", "row"]).reset_index()
    log["credit"] = log["credit"].eq(True)
    # Lines of one order and one time share an invoice; what belongs to no order stands alone.
    log["order"] = log["order"].fillna(-1 - log.index.to_series()).astype(np.int64)
    key = ["when", "source", "order"]
    log = log.sort_values(key, kind="stable", ignore_index=True)
    invoice = FIRST_INVOICE + log.groupby(key, sort=False).ngroup()
    return log.assign(invoice=np.where(log["credit"], "C", "") + invoice.astype(str))


def _named(log: pd.DataFrame, goods: pd.DataFrame) -> pd.DataFrame:
    """Codes and descriptions beside the lines."""
    product = log["product"]
    services = log["code"].map(sundries.SERVICES)
    log["code"] = log["code"].fillna(product.map(goods["code"]))
    log["description"] = log["description"].fillna(services).fillna(product.map(goods["description"]))
    return log


def _printed(log: pd.DataFrame, known: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The columns as the shop's system writes them, with its slips: a minute turns, a line comes twice."""
    known = known.reindex(log["number"]).fillna("").reset_index(drop=True)
    position = log.groupby("invoice", sort=False).cumcount()
    length = log.groupby("invoice", sort=False)["invoice"].transform("size")
    number = log.groupby("invoice", sort=False).ngroup().to_numpy()
    turned = (rng.random(number[-1] + 1) < SPLIT)[number] & (position * 2 >= length) & (length > 1)
    when = log["when"] + pd.to_timedelta(turned.astype(np.int64), unit="min")
    log = pd.DataFrame(
        {
            "InvoiceNo": log["invoice"],
            "StockCode": log["code"],
            "Description": log["description"],
            "Quantity": log["quantity"].astype(np.int64),
            "InvoiceDate": when.dt.strftime("%Y-%m-%d %H:%M:%S"),
            "UnitPrice": log["pence"] / 100,
            "CustomerID": np.where(log["number"] > 0, log["number"].astype(str) + ".0", ""),
            "Country": log["country"],
            **{column: known[field] for column, field in CONTACTS.items()},
        }
    )
    slips = (rng.random(len(log)) < TWICE) & (log["Quantity"] > 0)
    return log.loc[np.repeat(log.index, 1 + slips)].reset_index(drop=True)


def csv(seed: int = SEED) -> bytes:
    """The order log as CSV."""
    return printed(generate(seed))


def write(path: str | Path = OUT, seed: int = SEED) -> Path:
    """Write the order log as CSV.GZ."""
    return pack(csv(seed), path)


if __name__ == "__main__":
    print(write(*sys.argv[1:2]))
