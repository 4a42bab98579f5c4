"""What can change about a customer, so that everything that is derived of it changes with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.segments.customers.column_levers import MOST_STEPS, Lever, nice, of_columns, thin
from core.segments.inputs import logs
from core.segments.inputs.features import Feature, Source, customers
from core.warehouse.people import People

# Figures of a log that follow from what levers move, or that nothing here moves.
UNMOVED = ("price", "tenure_days", "returned_share", "country")
# Orders are not made larger than those of 99 in 100 customers.
DEAREST = 0.99


@dataclass(frozen=True)
class Levers:
    """All that can change about one customer.

    ``row`` is the customer in the terms that levers change, ``finish`` makes features of such rows. ``fixed`` and
    ``linked`` are the labels of features that are no lever: because nobody can bring them about, and because they are
    derived of one another, so that one cannot change alone. ``usual`` is the customer's usual order in cents, 0 where
    there is none.
    """

    row: pd.DataFrame
    all: tuple[Lever, ...]
    finish: Callable[[pd.DataFrame], pd.DataFrame]
    fixed: list[str]
    linked: list[str]
    usual: float = 0.0


def levers(source: Source, frame: pd.DataFrame, chosen: tuple[Feature, ...], customer: int) -> Levers:
    """What can change about a customer.

    Parameters
    ----------
    source : Slice or People
        Those whom the segments were learned from.
    frame : frame
        All that is known of them, as of :func:`core.segments.inputs.features.frame`.
    chosen : tuple of Feature
        What they were learned from.
    customer : int
        Their row.

    Notes
    -----
    Of a log the past stays: spend and orders cannot become fewer, and a more recent order is one more order. So the
    levers are further orders of the usual size, which make the customer as recent as anybody; larger orders; more
    different products in further orders; and time that passes without an order. Every figure is computed anew from
    what they change.
    """
    if isinstance(source, People):
        made, fixed, linked = of_columns(frame, chosen, source.columns, customer)
        return Levers(frame.iloc[[customer]], made, lambda rows: rows, fixed, linked)
    everybody = customers(source)
    mine = [feature for feature in chosen if feature.slug in {each.slug for each in logs.FIGURES}]
    joined = [feature for feature in chosen if feature not in mine]
    extra = [feature.slug for feature in joined]
    row = pd.concat([everybody.iloc[[customer]], frame[extra].iloc[[customer]]], axis=1)
    columns = source.people.columns if source.people else ()
    more, fixed, linked = of_columns(frame, tuple(joined), columns, customer)
    fixed = [feature.label for feature in mine if feature.slug in UNMOVED] + fixed

    def finish(rows: pd.DataFrame) -> pd.DataFrame:
        return pd.concat([logs.figures(rows), rows[extra]], axis=1)

    orders = int(row["frequency"].iloc[0])
    usual = max(float(row["cents"].iloc[0]) / orders, 0.0) if orders else 0.0
    return Levers(row, (*_of_log(everybody, customer), *more), finish, fixed, linked, usual)


def _of_log(everybody: pd.DataFrame, customer: int) -> tuple[Lever, ...]:
    one, most = everybody.iloc[customer], everybody[["frequency", "cents", "recency_days", "products"]].max()
    youngest = int(everybody["recency_days"].min())
    made: list[Lever] = []
    if (placed := int(one["frequency"])) and (further := int(most["frequency"]) - placed) > 0:
        orders = np.arange(1, min(further, MOST_STEPS) + 1, dtype=float)
        made.append(Lever("orders", "", orders, lambda rows, n: _ordered(rows, n, youngest)))
        if (wider := int(most["products"]) - int(one["products"])) > 0:
            made.append(Lever("products", "", thin(np.arange(1.0, wider + 1)), _varied, needs="orders"))
    dearest = float((everybody["cents"] / everybody["frequency"].where(everybody["frequency"] > 0)).quantile(DEAREST))
    further_spend = min(float(most["cents"]), dearest * placed) - float(one["cents"])
    if placed and (amounts := nice(further_spend / 100)).size:
        made.append(Lever("spend", "", thin(amounts), _spent))
    if (days := int(most["recency_days"]) - int(one["recency_days"])) > 0:
        made.append(Lever("silence", "", thin(np.arange(1.0, days + 1)), _waited))
    return tuple(made)


def _ordered(rows: pd.DataFrame, further: np.ndarray, youngest: int) -> pd.DataFrame:
    """So many more orders of the usual size, the last of them now."""
    before = rows["frequency"].to_numpy(dtype=float)
    grown = {name: rows[name] * (1 + further / before) for name in ("bought_cents", "items", "lines") if name in rows}
    spent = rows["cents"] + further * np.maximum(rows["cents"] / before, 0)
    recent = np.minimum(rows["recency_days"], youngest)
    return rows.assign(**grown, cents=spent, frequency=before + further, recency_days=recent)


def _spent(rows: pd.DataFrame, units: np.ndarray) -> pd.DataFrame:
    """So much more spend in the same number of orders, at the price that is usually paid."""
    bought = rows["bought_cents"].where(rows["bought_cents"] > 0)
    items = (rows["items"] * (1 + 100 * units / bought)).fillna(rows["items"])
    return rows.assign(cents=rows["cents"] + 100 * units, bought_cents=rows["bought_cents"] + 100 * units, items=items)


def _varied(rows: pd.DataFrame, further: np.ndarray) -> pd.DataFrame:
    return rows.assign(products=rows["products"] + further)


def _waited(rows: pd.DataFrame, days: np.ndarray) -> pd.DataFrame:
    known = {"tenure_days": rows["tenure_days"] + days} if "tenure_days" in rows else {}
    return rows.assign(recency_days=rows["recency_days"] + days, **known)
