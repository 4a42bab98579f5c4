"""What a segment likes more than others do: products that its buyers buy, choices that its people make."""

from __future__ import annotations

from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pandas as pd
from scipy.stats import norm

from core.codec import cacheable
from core.segments.inputs.features import Recipe, Source, known
from core.stages import stage
from core.warehouse import engine
from core.warehouse.people import People
from core.warehouse.tables import Slice

# Fewer buyers than that are no favourite, whatever the lift.
FEWEST = 5
MOST = 12
CERTAIN = 0.05


@cacheable
@dataclass(frozen=True)
class Favourites:
    """``rows``: id, rank, code, name, group (the question a choice answers; empty for products), buyers (of the segment
    who bought it), share (of the segment's buyers), buyers_all, share_all, lift (share ÷ share_all), low (lift that it
    has at the least); at most twelve a segment. ``bases``: id (0 is all), buyers (who bought anything, or answered).
    ``tested``: how many products, or choices, there are in all.
    """

    rows: pd.DataFrame
    bases: pd.DataFrame
    tested: int


@stage(version=1)
def favourites(source: Source, recipe: Recipe, k: int, seed: int, *, labels: np.ndarray) -> Favourites:
    """Products whose affinity with a segment is certain; of a table or a survey choices of several-choices columns.

    Parameters
    ----------
    source : Slice or People
        What is looked at: its period and countries count.
    recipe, k, seed
        Name the segmentation that ``labels`` come from.
    labels : int array
        Segment of each customer.

    Notes
    -----
    Affinity: share of the segment's buyers who bought it ÷ share of all buyers. Only what at least five of the segment
    bought, and of which the affinity is above 1 even at the lower end of its interval: Wilson's (1927) for the
    segment's share, at 95 % over all products together (Bonferroni), so that among thousands of them none comes up by
    chance. That lower end is the order. A line counts that was bought and not returned as such; a product counts once
    a customer.
    """
    if isinstance(source, People):
        return _choices(source, labels)
    ids, segment = np.unique(labels, return_inverse=True)
    names = engine.collect(source.products().sort("product"))
    product, customer = bought(source, len(labels))
    counts = tally(product, segment[customer], len(names) or 1, len(ids))
    anything = np.bincount(segment[np.unique(customer)], minlength=len(ids))
    return rank(ids, counts, anything, names["code"], names["name"].fillna(names["code"]), np.full(len(names), ""))


def rank(
    ids: np.ndarray, counts: np.ndarray, buyers: np.ndarray, codes: pd.Series, names: pd.Series, groups: np.ndarray
) -> Favourites:
    """Favourites of each segment.

    Parameters
    ----------
    ids : int array
    counts : int array, products × segments
        Buyers of each product.
    buyers : int array, segments or products × segments
        Who bought anything, of each segment; or who answered.
    codes, names, groups
        Of each product.
    """
    everyone, tested = counts.sum(axis=1), int((counts.sum(axis=1) >= FEWEST).sum())
    bases = np.maximum(np.broadcast_to(buyers, counts.shape), 1)
    usual, found = everyone / np.maximum(np.broadcast_to(buyers, counts.shape).sum(axis=1), 1), list[pd.DataFrame]()
    for place, segment in enumerate(ids):
        mine, base = counts[:, place], bases[:, place]
        low = np.divide(wilson(mine, base, tested), usual, out=np.zeros(len(usual)), where=usual > 0)
        rows = pd.DataFrame(
            {
                "id": int(segment), "code": codes.to_numpy(), "name": names.to_numpy(), "group": groups,
                "buyers": mine, "share": mine / base, "buyers_all": everyone, "share_all": usual,
                "lift": np.divide(mine / base, usual, out=np.zeros(len(usual)), where=usual > 0), "low": low,
            }
        )  # fmt: skip
        rows = rows[(rows["buyers"] >= FEWEST) & (rows["low"] > 1)]
        rows = rows.sort_values(["low", "code"], ascending=[False, True]).head(MOST)
        found.append(rows.assign(rank=np.arange(1, len(rows) + 1)))
    rows = pd.concat(found, ignore_index=True)
    columns = [
        "id", "rank", "code", "name", "group", "buyers", "share", "buyers_all", "share_all", "lift", "low",
    ]  # fmt: skip
    most = np.atleast_2d(buyers).max(axis=0, initial=0)
    sizes = pd.DataFrame({"id": [0, *map(int, ids)], "buyers": [int(most.sum()), *map(int, most)]})
    return Favourites(rows[columns], sizes, tested)


def wilson(hits: np.ndarray, of: int | np.ndarray, tested: int = 1) -> np.ndarray:
    """The lower end of a share's interval, certain at 95 % for as many shares at once.

    Examples
    --------
    >>> wilson(np.array([5, 10]), 10).round(3).tolist()
    [0.237, 0.722]
    """
    z = float(norm.isf(CERTAIN / 2 / max(tested, 1)))
    share = hits / of
    middle, room = share + z * z / 2 / of, z * np.sqrt(share * (1 - share) / of + z * z / 4 / of / of)
    low: np.ndarray = (middle - room) / (1 + z * z / of)
    return low


def _choices(source: People, labels: np.ndarray) -> Favourites:
    """Choices of several-choices columns; who left such a question open is in no base."""
    ids, frame = np.unique(labels), source.frame()
    told = [each for each in known(source) if each.question and each.scale == "yes_no"]
    chosen, answered = np.empty((len(told), len(ids)), dtype=int), np.empty((len(told), len(ids)), dtype=int)
    for number, feature in enumerate(told):
        values = frame[feature.slug]
        for place, segment in enumerate(ids):
            mine = values[labels == segment]
            chosen[number, place], answered[number, place] = (mine == "yes").sum(), mine.notna().sum()
    parts = [each.label.rpartition(": ") for each in told]
    codes, names = pd.Series([each.slug for each in told], dtype=object), pd.Series([p[2] for p in parts], dtype=object)
    return rank(ids, chosen, answered, codes, names, np.array([p[0] for p in parts], dtype=object))


def tally(thing: np.ndarray, segment: np.ndarray, things: int, segments: int) -> np.ndarray:
    """How many pairs there are of each thing and segment: things × segments."""
    counts: np.ndarray = np.bincount(thing * segments + segment, minlength=things * segments)
    return counts.reshape(things, segments)


def bought(source: Slice, customers: int) -> tuple[np.ndarray, np.ndarray]:
    """Product and customer of every pair that was bought.

    One sort of a whole number a line takes a fraction of the time of a query for distinct pairs.
    """
    bits = max(1, customers.bit_length())
    bought = source.lines().filter(nw.col("quantity") > 0).select("product", "customer").to_native()
    key = f"select product::bigint << {bits} | customer as key from q"
    keys = np.sort(bought.query("q", key).to_arrow_table()["key"].to_numpy())
    first = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    pairs = keys[first]
    return pairs >> bits, pairs & ((1 << bits) - 1)
