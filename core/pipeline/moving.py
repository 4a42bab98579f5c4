"""Which rules make the RFM groups, and who went from one segment to another between two dates."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from core.errors import NotEnoughDataError, ParameterError
from core.pipeline.sales import Sales
from core.segments.inputs import features
from core.segments.scores import dated, movement, rfm, rfm_edges, rfm_maps, standings
from core.segments.scores.movement import Movement, Movers
from core.segments.scores.rfm_maps import Map
from core.segments.scores.standings import Standing
from core.view import View
from core.warehouse.tables import Slice

# Days before the later day that a word stands for.
AGO = {"quarter": 91, "half": 182, "year": 365}
SHORTEST = 14


class Moving(Sales):
    """Questions about rules and movement."""

    def rfm_maps(self) -> list[Map]:
        """The maps of RFM groups that come with the program, the usual one first."""
        return list(rfm_maps.shipped().values())

    def rfm_typed(self, view: View) -> dict[str, str]:
        """The view's own thresholds as they are typed in, by feature; empty for fifths."""
        rules = rfm_edges.read(view.rfm_edges)
        return {
            name: "" if rules[slug] == rfm_edges.FIFTHS else rfm_edges.numbers(rules[slug])
            for name, slug in rfm_edges.FEATURES.items()
        }

    def rfm_changes(self, view: View) -> pd.DataFrame:
        """From the groups of the usual rules to those of the view: group, other, customers."""
        source, usual = self.slice(view.whole()), view.but(rfm_map="", rfm_edges="")
        return self._run(
            rfm.changes, source, *self.rfm_rules(view), later=lambda: {"one": self.rfm(view), "other": self.rfm(usual)}
        )

    def rfm_scores(self, view: View) -> pd.DataFrame:
        """One row a customer: id, what is scored, the scores and the label of the group."""
        people, scores = features.customers(self.slice(view.whole())), self.rfm(view).scores
        labels = {group.slug: group.label for group in self.rfm_map(view).groups}
        told = people[["customer_id", "recency_days", "frequency"]].assign(monetary=people["cents"] / 100)
        return told.join(scores[["r", "f", "m", "fm", "group"]]).assign(group=scores["group"].map(labels))

    def movement_days(self, view: View) -> tuple[dt.date, dt.date]:
        """The two days that the options ``since`` and ``until`` of a view ask for.

        Raises
        ------
        NotEnoughDataError
            If the log is too short to be looked at twice.
        ParameterError
            If the days lie outside of the log, or the wrong way round.
        """
        first, last = dated.days_of(self.slice(view.whole()))
        days = (last - first).days + 1
        if days < 2 * SHORTEST:
            raise NotEnoughDataError(
                f"This log covers {days} day{'' if days == 1 else 's'}; movement needs two days that lie apart, and so "
                f"at least {2 * SHORTEST}.", "Add later orders to it on the Data tab, or look at a longer log.",
            )  # fmt: skip
        until = _day(view.option("until")) or last
        asked = view.option("since", "quarter")
        since = _before(until, AGO[asked]) if asked in AGO else _day(asked) or first
        if asked in AGO and since < first and "since" not in dict(view.options):
            since = first + (until - first) // 2
        if not first <= since < until <= last:
            raise ParameterError(
                f"{since} to {until} is not a way through this log, which runs from {first} to {last}.",
                "Choose an earlier and a later day between the two.",
            )
        return since, until

    def movement_presets(self, view: View) -> list[str]:
        """The words for earlier days that the log reaches back to."""
        first, last = dated.days_of(self.slice(view.whole()))
        until = _day(view.option("until")) or last
        return [word for word, ago in AGO.items() if _before(until, ago) >= first]

    def standing(self, view: View, day: dt.date) -> Standing:
        """Who is where as of the end of a day: ``by`` segments or groups, with ``edges`` frozen or their own."""
        source, own = self.slice(view.whole()), view.option("edges", "frozen") == "own"
        if view.option("by", "segments") == "groups":
            about = source, day.isoformat(), *self.rfm_rules(view), own
            return self._run(standings.grouped, *about, later=lambda: {"scored": self.rfm(view)})
        placed = source, *self._learned(view), day.isoformat(), own
        return self._run(standings.placed, *placed, later=lambda: {"found": self.segmentation(view)})

    def movement(self, view: View) -> Movement:
        """Who went from where to where between the two days of a view."""
        return self._run(movement.movement, *self._moving(view), later=lambda: self._standings(view))

    def movers_first(self, view: View) -> Movers:
        """How many :meth:`movers` there are, and the first of them."""
        source, by = self._moving(view)
        return self._run(movement.first, source, (*by, view.option("of")), later=lambda: {"listed": self.movers(view)})

    def movers(self, view: View) -> pd.DataFrame:
        """Who is elsewhere than before, all of them or those of the segment that the option ``of`` names."""
        of, both = view.option("of"), self._standings(view)
        ids = features.customers(self.slice(view.whole()))["customer_id"]
        names = self.movement(view).names
        return movement.movers(movement.pair(**both), names, ids, int(of) if of.isdecimal() else None)

    def _standings(self, view: View) -> dict[str, Standing]:
        then, now = (self.standing(view, day) for day in self.movement_days(view))
        return {"then": then, "now": now}

    def _moving(self, view: View) -> tuple[Slice, tuple[str, ...]]:
        """The whole dataset, and what the two standings come from, in words."""
        by, edges = view.option("by", "segments"), view.option("edges", "frozen")
        rules = self.rfm_rules(view) if by == "groups" else (str(self._learned(view)),)
        since, until = self.movement_days(view)
        return self.slice(view.whole()), (by, edges, *rules, since.isoformat(), until.isoformat())


def _before(day: dt.date, days: int) -> dt.date:
    """So many days earlier; the first day that there is where none is so early."""
    return dt.date.fromordinal(max(day.toordinal() - days, 1))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise ParameterError(f"{text[:40]!r} is no day.", "Write it as 2026-11-21.") from None
