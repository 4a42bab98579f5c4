"""What is in the table: how each column is spread, and what of it is missing."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.people import measures
from core.stages import stage
from core.warehouse.columns import Column
from core.warehouse.people import People

BINS = 14
MOST_LEVELS = 12
FAMILIES = {
    "person": ("birth_year", "age", "gender", "education", "marital", "income", "children", "signup", "country"),
    "spend": ("spend", "total_spend"),
    "buying": (
        "recency", "orders", "web_purchases", "store_purchases", "catalog_purchases", "deal_purchases", "web_visits",
        "purchase_frequency", "browsing_frequency", "channel",
    ),
    "opinion": (
        "accepted", "complaint", "review_reliance", "satisfaction", "improvement", "appreciation", "consent",
    ),
}  # fmt: skip
MADE = {"children": "person", "tenure": "person", "campaigns_accepted": "opinion", "web_share": "buying",
        "store_share": "buying", "catalog_share": "buying"}  # fmt: skip
# Of these the first that a table has stand among its key figures.
MAIN = ("age", "income", "total_spend", "orders", "children", "recency", "web_visits", "satisfaction",
        "purchase_frequency", "browsing_frequency", "gender", "education", "marital", "improvement")  # fmt: skip


@cacheable
@dataclass(frozen=True)
class Overview:
    """A table described.

    ``customers`` looked at; ``cells`` of their columns, ``missing`` of them empty. ``columns``: slug, label, scale,
    unit, role, family, derived, enters, aside, measured, known, missing, missing_share and, where it is measured,
    low, lower, median, mean, upper, high (money in cents; of levels their places) and top with top_share, the most
    frequent level. ``bars``: slug, position, label, low, high, customers, share (of those known), open (its end
    stands for all beyond). ``main``: slugs of the columns to name first.
    """

    customers: int
    cells: int
    missing: int
    columns: pd.DataFrame
    bars: pd.DataFrame
    main: tuple[str, ...]


@stage(version=1)
def overview(source: People) -> Overview:
    """Describe every column.

    Parameters
    ----------
    source : People
        Any members of a table.

    Notes
    -----
    Quartiles by linear interpolation. Histograms have round borders from the 1st to the 99th percentile; the outer
    bins hold what lies beyond, so that a single extreme value does not flatten the rest.
    """
    frame = source.frame()
    rows, bars = [], []
    for column in source.columns:
        known = int(frame[column.slug].notna().sum()) if column.slug in frame else 0
        rows.append(_row(frame, column, known))
        if rows[-1]["measured"]:
            bars += _bars(frame, column)
    columns = pd.DataFrame(rows)
    stored = columns[columns["derived"] == ""] if len(columns) else columns
    return Overview(
        customers=len(frame),
        cells=len(frame) * len(stored),
        missing=int(stored["missing"].sum()) if len(stored) else 0,
        columns=columns,
        bars=pd.DataFrame(bars, columns=["slug", "position", "label", "low", "high", "customers", "share", "open"]),
        main=_main(source),
    )


def family(column: Column) -> str:
    """What a column tells of: the person, spend, buying, an opinion, or ``other``."""
    if column.derived and not column.role:
        return MADE.get(column.slug, "other")
    return next((name for name, roles in FAMILIES.items() if column.role in roles), "other")


def _main(source: People) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for column in measures.measured(source):
        first.setdefault(column.role, column.slug)
    named = [first[role] for role in MAIN if role in first]
    others = [c.slug for c in measures.measured(source) if measures.numeric(c) and c.slug not in named]
    return tuple([*named, *others][:6])


def _row(frame: pd.DataFrame, column: Column, known: int) -> dict[str, object]:
    is_measured = measures.can_be_measured(column) and column.slug in frame
    row: dict[str, object] = {
        "slug": column.slug, "label": column.name, "scale": column.scale, "role": column.role,
        "unit": measures.unit(column) if is_measured else "", "family": family(column),
        "derived": column.derived, "enters": column.enters, "aside": column.aside, "measured": is_measured,
        "known": known, "missing": len(frame) - known if column.slug in frame else 0,
        "missing_share": (len(frame) - known) / len(frame) if len(frame) and column.slug in frame else 0.0,
    }  # fmt: skip
    cuts = dict.fromkeys(("low", "lower", "median", "mean", "upper", "high"), math.nan)
    top, top_share = "", math.nan
    if is_measured and known and column.scale != "nominal":
        values = np.sort(measures.numbers(frame, column).dropna().to_numpy())
        low, lower, median, upper, high = np.quantile(values, (0, 0.25, 0.5, 0.75, 1))
        cuts = {"low": low, "lower": lower, "median": median, "mean": values.mean(), "upper": upper, "high": high}
    if is_measured and known and not measures.numeric(column):
        found = measures.levels(frame, column)
        counts = np.bincount(measures.place(frame, column, found) + 1, minlength=len(found) + 1)[1:]
        top, top_share = found[int(counts.argmax())].label, float(counts.max() / known)
    return {**row, **cuts, "top": top, "top_share": top_share}


def _bars(frame: pd.DataFrame, column: Column) -> list[tuple[object, ...]]:
    if measures.numeric(column):
        return _histogram(column.slug, np.sort(measures.numbers(frame, column).dropna().to_numpy()))
    found = measures.levels(frame, column)
    where = measures.place(frame, column, found)
    counts = np.bincount(where[where >= 0], minlength=len(found))
    total = max(int(counts.sum()), 1)
    rows: list[tuple[object, ...]] = [
        (
            column.slug,
            number,
            level.label,
            math.nan,
            math.nan,
            int(counts[number]),
            float(counts[number] / total),
            False,
        )
        for number, level in enumerate(found)
    ]
    if len(rows) <= MOST_LEVELS:
        return rows
    rest = int(counts[MOST_LEVELS - 1 :].sum())
    words = f"{len(rows) - MOST_LEVELS + 1} others"
    last = (column.slug, MOST_LEVELS - 1, words, math.nan, math.nan, rest, rest / total, True)
    return [*rows[: MOST_LEVELS - 1], last]


def _histogram(slug: str, values: np.ndarray) -> list[tuple[object, ...]]:
    if not len(values):
        return []
    distinct = np.unique(values)
    whole = bool((distinct == distinct.round()).all())
    if len(distinct) <= BINS and whole and np.ptp(distinct) < 1.5 * BINS:
        borders = np.arange(distinct[0], distinct[-1] + 2)
    else:
        low, high = np.quantile(values, (0.01, 0.99))
        borders = measures.steps(float(low), float(high), BINS, 1.0 if whole else 1e-9)
    inner = np.searchsorted(values, borders[1:-1])
    counts = np.diff([0, *inner, len(values)])
    rows: list[tuple[object, ...]] = []
    for number, count in enumerate(counts):
        start, stop = float(borders[number]), float(borders[number + 1])
        beyond = (number == 0 and values[0] < start) or (number == len(counts) - 1 and values[-1] > stop)
        rows.append((slug, number, "", start, stop, int(count), float(count / len(values)), bool(beyond)))
    return rows
