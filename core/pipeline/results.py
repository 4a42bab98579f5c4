"""What came of a campaign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import narwhals as nw
import pandas as pd

from core.campaigns.results import assessing, matching, record
from core.campaigns.results.assessing import Results, Terms
from core.campaigns.results.matching import Matched
from core.errors import InputError
from core.intake.answers import Answers
from core.periods import Span
from core.pipeline.campaigns import Acts
from core.view import View
from core.warehouse import engine
from core.warehouse.tables import Slice, number

Named = tuple[Path, str]


class Outcomes(Acts):
    """Questions about campaigns that were sent."""

    def campaign_results(
        self, kept: Named, files: Sequence[Named], terms: Terms | None = None, *, answers: Answers | None = None,
        view: View | None = None, days: Span | None = None,
    ) -> Results:  # fmt: skip
        """What came of a campaign: both arms compared, by intention to treat.

        Parameters
        ----------
        kept : (path, name)
            The record that was made with the audience file.
        files : sequence of (path, name)
            Results files; a file that is brought twice counts once.
        terms : Terms, optional
            Margin, cost of a contact and what was planned.
        answers : Answers, optional
            What a file does not say: its ``roles`` name the columns.
        view : View, optional
            An order log to take the orders from.
        days : Span, optional
            The days of the campaign: needed with a log.

        Raises
        ------
        InputError
            If a file cannot be read, is of another campaign, or the log holds none of the days.
        """
        answers, aside = answers or Answers(), self.store.aside
        path, name = kept
        people = record.check(matching.table(path, name, Answers(), aside).frame, name)
        file = matching.of_files(people, files, answers, aside) if files else None
        found = self._ordered(people, view, days) if view and days else file
        if found is None:
            raise InputError("There is nothing to read results from.", "Bring a results file, or name a log and days.")
        if file and found is not file:
            found = matching.with_reactions(found, file)
        elif "converted" not in found.people:
            raise InputError(
                "The file says who opened or clicked, but not who ordered.",
                "The holdout had nothing to open: bring a file with orders, or name an order log and days.",
            )
        campaign = str(people["campaign"].iloc[0])
        return assessing.assess(found.people, terms or Terms(), campaign, found.told, found.reactions)

    def _ordered(self, people: pd.DataFrame, view: View, days: Span) -> Matched:
        whole = self.slice(view.whole())
        clipped = days.clip(whole.tables.meta.span)
        if clipped is None:
            raise InputError(
                f"The order log holds {whole.span}, none of the days of the campaign ({days}).", "Add the newer orders."
            )
        known = engine.collect(whole.customers().select("customer", "customer_id"))
        known = known[known["customer_id"].isin(people["customer_id"])]
        orders = _orders(whole, clipped).merge(known, on="customer")
        found = matching.of_orders(people, orders, len(known))
        if clipped.end < days.end:
            found = Matched(
                found.people, (*found.told, f"The log ends on {clipped.end:%d %B %Y}: later orders are missing.")
            )
        if not whole.tables.meta.has_money:
            found = Matched(found.people.drop(columns="cents"), found.told)
        return found


def _orders(source: Slice, days: Span) -> pd.DataFrame:
    """Orders and cents by customer on some days; returns on those days are taken off."""
    day = nw.col("day")
    frame = source.tables.scan("orders").filter(day >= number(days.start), day <= number(days.end))
    return engine.collect(
        frame.group_by("customer").agg(nw.col("counted").sum().alias("orders"), nw.col("cents").sum())
    )


def days_of(start: str, end: str) -> Span:
    """The days of a campaign from two ISO dates.

    Raises
    ------
    InputError
        If one is no date, or the last comes before the first.
    """
    try:
        span = Span(dt.date.fromisoformat(start), dt.date.fromisoformat(end))
    except ValueError:
        raise InputError(f"{start or 'nothing'} to {end or 'nothing'} are no days.", "Write 2011-11-01.") from None
    if span.end < span.start:
        raise InputError(f"The campaign ends on {end}, before it begins on {start}.", "Exchange the two.")
    return span
