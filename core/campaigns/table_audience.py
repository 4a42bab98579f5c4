"""Who of a customer table or a survey is taken along: how many they are, and their rows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from core.campaigns.audience import Audience, Filters
from core.campaigns.figures import figures
from core.campaigns.roster import Roster, whole
from core.campaigns.rows import CHUNK
from core.errors import ParameterError
from core.stages import stage
from core.warehouse.people import People

# Filter -> figure of the table; a filter on a figure that the table does not know leaves nobody.
FIGURES = {"recency": "recency_days", "orders": "purchases", "spend": "spend"}


@stage(version=1)
def table_audience(source: People, filters: Filters, learned: str, *, people: Roster) -> Audience:
    """Count an audience of a table.

    Parameters
    ----------
    source : People
        The whole table.
    filters : Filters
    learned : str
        Names what the segments of ``people`` come from.
    people : Roster

    Notes
    -----
    The first step is ``everybody``. ``bounds`` are of the figures that the table knows; money is its total spend.
    """
    known = figures(people.frame, source.columns)
    wanted = conditions(people.frame, known, filters)
    steps, so_far = [("everybody", len(people.frame))], np.ones(len(people.frame), dtype=bool)
    for name, holds in wanted.items():
        so_far &= holds
        steps.append((name, int(so_far.sum())))
    rest = np.logical_and.reduce([np.ones(len(so_far), bool), *(h for n, h in wanted.items() if n != "segments")])
    counts = people.frame.loc[rest, "segment"].value_counts().sort_index()
    cents = known["spend"].fillna(0) if "spend" in known else pd.Series(0.0, index=known.index)
    return Audience(
        customers=steps[-1][1], cents=round(cents[so_far].sum()), of=len(people.frame), of_cents=round(cents.sum()),
        steps=steps, segments={int(one): int(n) for one, n in counts.items() if one},  # type: ignore[call-overload]
        groups={}, countries=[],
        bounds={name: (int(np.floor(known[figure].min())), int(np.ceil(known[figure].max())))
                for name, figure in FIGURES.items() if figure in known and known[figure].notna().any()},
    )  # fmt: skip


def page(
    people: Roster, filters: Filters, *, offset: int, limit: int, sort: str = "", descending: bool = True
) -> pd.DataFrame:
    """Some rows of an audience, in the columns of the file and ``colour``; by spend where no column is named.

    Raises
    ------
    ParameterError
        If there is no such column.
    """
    chosen = _sorted(people, filters, sort, descending).iloc[offset : offset + limit]
    rows = _shown(people, chosen).assign(colour=chosen["colour"].to_numpy()).astype(object)
    return rows.where(rows.notna(), None)


def chunks(people: Roster, filters: Filters, size: int = CHUNK) -> Iterator[pd.DataFrame]:
    """All rows of an audience, some thousand at a time, by spend falling; at least one frame, which may be empty."""
    chosen = _sorted(people, filters, "", True)
    for start in range(0, max(len(chosen), 1), size):
        yield _shown(people, chosen.iloc[start : start + size])


def members(people: Roster, filters: Filters) -> pd.DataFrame:
    """All of an audience: ``customer_id``, ``segment`` (name) and ``cents``, which are 0 where nothing is known."""
    known = figures(people.frame, people.source.columns)
    holds = [np.ones(len(people.frame), bool), *conditions(people.frame, known, filters).values()]
    cents = known["spend"].fillna(0).round() if "spend" in known else pd.Series(0.0, index=people.frame.index)
    rows = people.frame.assign(cents=cents.astype("int64"))[np.logical_and.reduce(holds)]
    found: pd.DataFrame = rows[["customer_id", "segment_name", "cents"]].rename(columns={"segment_name": "segment"})
    return found.assign(customer_id=found["customer_id"].astype(str))


def conditions(frame: pd.DataFrame, known: pd.DataFrame, filters: Filters) -> dict[str, np.ndarray]:
    """The filters that are on: name -> whether each customer passes; ``known`` are the figures of the frame."""
    found: dict[str, np.ndarray] = {}
    if filters.segments:
        found["segments"] = frame["segment"].isin(filters.segments).to_numpy()
    for name, figure in FIGURES.items():
        if limits := getattr(filters, name):
            values = known[figure] if figure in known else pd.Series(np.nan, index=frame.index)
            low = -np.inf if limits.low is None else limits.low
            found[name] = values.between(low, np.inf if limits.high is None else limits.high).to_numpy()
    return found


def _sorted(people: Roster, filters: Filters, sort: str, descending: bool) -> pd.DataFrame:
    frame, known = people.frame, figures(people.frame, people.source.columns)
    slugs = [column.slug for column in people.shown]
    if sort and sort not in ("customer_id", "segment", *slugs):
        names = ", ".join(("customer_id", "segment", *slugs))
        raise ParameterError(f"There is no column {sort[:40]!r} to sort by.", f"Choose one of {names}.")
    holds = np.logical_and.reduce([np.ones(len(frame), bool), *conditions(frame, known, filters).values()])
    # Customers are numbered in order of their id: 9 before 10, which the text of the id would turn round.
    by = [({"customer_id": "customer", "segment": "segment_name"}.get(sort, sort), descending)] if sort else []
    spend = known["spend"] if "spend" in known else pd.Series(0.0, index=frame.index)
    by += [("_spend", True), *([] if sort == "customer_id" else [("customer", False)])]
    rows = frame.assign(_spend=spend)[holds]
    return rows.sort_values([name for name, _ in by], ascending=[not down for _, down in by], na_position="last")


def _shown(people: Roster, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows as the file has them: levels in words, whole numbers without a point."""
    known = {"customer_id": rows["customer_id"], "segment": rows["segment_name"]}
    for column in people.shown:
        cells = rows[column.slug]
        if column.scale == "ordinal":
            cells = cells.map(dict(enumerate(column.levels)))
        elif column.scale == "number" and whole(people.frame[column.slug]):
            cells = cells.astype("Int64")
        known[column.slug] = cells
    return pd.DataFrame(known).reset_index(drop=True)
