"""Which categories of products a segment likes more than others do."""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.segments.explaining.favourites import Favourites, bought, rank, tally
from core.segments.inputs.features import Recipe, Source
from core.stages import stage
from core.warehouse import engine
from core.warehouse.people import People


@stage(version=1)
def categories(source: Source, recipe: Recipe, k: int, seed: int, *, labels: np.ndarray) -> Favourites:
    """Categories whose affinity with a segment is certain; none where the log names none.

    Parameters
    ----------
    source : Slice
        What is looked at: its period and countries count.
    recipe, k, seed
        Name the segmentation that ``labels`` come from.
    labels : int array
        Segment of each customer.

    Notes
    -----
    As of products (:mod:`core.segments.explaining.favourites`): the share of the segment's buyers who bought anything
    of a category ÷ the share of all buyers, certain over all categories together. Buyers are those who bought anything
    at all, of a known category or not.
    """
    assert not isinstance(source, People)
    ids, segment = np.unique(labels, return_inverse=True)
    products = engine.collect(source.products().sort("product"))
    known = products["category"] if "category" in products else pd.Series(dtype=object)
    category, names = pd.factorize(known, sort=True)
    product, customer = bought(source, len(labels)) if len(names) else (np.empty(0, int), np.empty(0, int))
    anything = np.bincount(segment[np.unique(customer)], minlength=len(ids))
    named = category[product] >= 0 if len(names) else np.empty(0, bool)
    pairs = np.unique(category[product[named]] * len(labels) + customer[named])
    counts = tally(pairs // len(labels), segment[pairs % len(labels)], len(names), len(ids))
    told = pd.Series(names, dtype=object)
    return rank(ids, counts, anything, told, told, np.full(len(names), ""))
