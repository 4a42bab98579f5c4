"""Which orders were wholly cancelled: every line taken back later by a return of the same product, price and quantity.

Only order counts hang on this; money does not, for every signed line counts at its own date. A return pairs with the
latest purchase before it that is still open, like a closing bracket with the last open one.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw
import pandas as pd

from core.warehouse import engine

# The code of the line that a refund of a whole order becomes.
REFUND = "REFUND"
NONE = pd.DataFrame({"order_id": pd.Series(dtype=str), "customer": pd.Series(dtype="int32")})
_KEY = ["customer", "product", "price", "size"]


def wholly_cancelled(lines: nw.LazyFrame[Any]) -> pd.DataFrame:
    """Find them.

    Parameters
    ----------
    lines : LazyFrame
        Lines with order_id, customer, product, price, quantity, cents, ts.

    Returns
    -------
    DataFrame
        ``order_id`` and ``customer`` of each order of which every paid line was returned in full.
    """
    signed = lines.filter(nw.col("cents") != 0).with_columns(
        size=nw.col("quantity").abs(), sign=nw.when(nw.col("quantity") > 0).then(1).otherwise(-1)
    )
    returned = signed.filter(nw.col("sign") < 0).select(*_KEY).unique()
    touched = engine.collect(signed.join(returned, on=_KEY, how="inner").select("order_id", "ts", "sign", *_KEY))
    if touched.empty:
        return NONE
    # At equal times a purchase opens before a return closes; order_id makes the rest independent of row order.
    touched = touched.sort_values([*_KEY, "ts", "sign", "order_id"], ascending=[True] * 5 + [False, True])
    touched["key"] = touched.groupby(_KEY, sort=False).ngroup()
    after = touched.groupby("key")["sign"].cumsum()
    # Bracket depth: an opening line stands at the depth it leads to, its closing line at the depth it leads from.
    touched["depth"] = after.where(touched["sign"] > 0, after + 1)
    touched = touched.reset_index(drop=True).sort_values(["key", "depth"], kind="stable")
    following = touched.groupby(["key", "depth"])["sign"].shift(-1)
    matched = touched[(touched["sign"] > 0) & (following < 0)]
    closed = matched.groupby(["order_id", "customer"], as_index=False).size()
    candidates = engine.lift(closed[["order_id", "customer"]])
    paid = engine.collect(
        signed.filter(nw.col("sign") > 0).join(candidates, on=["order_id", "customer"], how="inner")
        .group_by("order_id", "customer").agg(nw.len().alias("paid"))
    )  # fmt: skip
    both = closed.merge(paid, on=["order_id", "customer"])
    return both.loc[both["size"] == both["paid"], ["order_id", "customer"]].reset_index(drop=True)


def wholly_refunded(lines: nw.LazyFrame[Any], products: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """The orders that are known to be cancelled, and those whose own refund leaves nothing of them.

    Parameters
    ----------
    lines : LazyFrame
        See :func:`wholly_cancelled`.
    products : DataFrame
        ``product`` and ``code``; refunds have the code :data:`REFUND`.
    known : DataFrame
        What :func:`wholly_cancelled` found.
    """
    number = products.loc[products["code"] == REFUND, "product"]
    if number.empty:
        return known
    refund = nw.when(nw.col("product") == int(number.iloc[0])).then(1).otherwise(0)
    orders = lines.with_columns(refund=refund).group_by("order_id", "customer").agg(
        nw.col("cents").sum(), nw.col("refund").max()
    )  # fmt: skip
    found = engine.collect(orders.filter(nw.col("refund") == 1, nw.col("cents") <= 0).select("order_id", "customer"))
    return pd.concat([known, found], ignore_index=True).drop_duplicates(ignore_index=True)
