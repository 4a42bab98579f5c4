"""The cached stages in order: the one door that tabs and the command line use.

Each room has its questions in a file of its own here; they build on one another in the order of this list:
datasets, keeping, segments, sales, campaigns, people, shelf. What stands on sales has a file each: preparing, choosing,
comparing, explaining, customers, placing, moving, watching.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from core import spreadsheets
from core.campaigns import audience as audiences
from core.campaigns import guide, plays
from core.campaigns.campaigns import Campaigns
from core.campaigns.ledger import brief, calendar
from core.campaigns.planning import wishes
from core.campaigns.results import columns, ordering
from core.campaigns.targeting import who
from core.errors import NotEnoughDataError, ParameterError
from core.intake.answers import Answers
from core.intake.arrivals import Waiting
from core.intake.checking import Checked
from core.intake.logs.rules import PRESET_LABELS
from core.intake.previewing import Preview
from core.people.overview import Overview
from core.periods import COMPARISONS, Comparison, Span, resolve
from core.pipeline.campaigning import Campaigning
from core.pipeline.choosing import Choosing
from core.pipeline.comparing import Comparing
from core.pipeline.customers import Customers
from core.pipeline.datasets import DEMO_FILES
from core.pipeline.door import Door
from core.pipeline.explaining import Explaining
from core.pipeline.judging import Judging
from core.pipeline.moving import Moving
from core.pipeline.offering import Offering
from core.pipeline.people import PeopleQuestions
from core.pipeline.placing import Placing
from core.pipeline.planning import Planning
from core.pipeline.playing import Playing
from core.pipeline.preparing import Preparing
from core.pipeline.reaching import Reaching
from core.pipeline.readiness import Readiness
from core.pipeline.removals import Removals
from core.pipeline.results import Outcomes
from core.pipeline.saving import Saving
from core.pipeline.sending import Sends
from core.pipeline.shelf import Shelf
from core.pipeline.watching import Watching
from core.sales import reach
from core.segments.choosing.selection import Sweep
from core.segments.describing.importance import Importance
from core.segments.describing.portraits import Portraits
from core.segments.describing.profiles import Profiles
from core.segments.dividing import clusterer
from core.segments.inputs import features
from core.segments.scores.rfm_maps import Group
from core.view import MISSING, OUTLIERS, PREPARATIONS, View
from core.warehouse.columns import SCALES
from core.warehouse.people import PeopleMeta
from core.warehouse.store import Dataset
from core.warehouse.tables import Slice, Tables, TablesMeta

spreadsheet_csv = spreadsheets.to_csv
read_limits = audiences.limits
read_wish = wishes.read
campaign_days = ordering.days_of
WhichColumnError = columns.WhichColumnError
read_setting = brief.setting
read_who = who.read
channel_of = plays.channel_of
CHANNELS = {slug: words for slug, (words, _) in brief.CHANNELS.items()}
campaign_overlaps = calendar.overlaps
AUDIENCE_COLUMNS = guide.GUIDE

__all__ = [
    "AUDIENCE_COLUMNS",
    "CHANNELS",
    "COMPARISONS",
    "DEMO_FILES",
    "MISSING",
    "OUTLIERS",
    "PREPARATIONS",
    "PRESET_LABELS",
    "SCALES",
    "Answers",
    "Campaigns",
    "Checked",
    "Comparison",
    "Dataset",
    "Frame",
    "Importance",
    "Overview",
    "PeopleMeta",
    "Pipeline",
    "Portraits",
    "Preview",
    "Profiles",
    "Slice",
    "Span",
    "Sweep",
    "Tables",
    "TablesMeta",
    "View",
    "Waiting",
    "WhichColumnError",
    "campaign_days",
    "campaign_overlaps",
    "channel_of",
    "read_limits",
    "read_setting",
    "read_who",
    "read_wish",
    "spreadsheet_csv",
]  # fmt: skip


@dataclass(frozen=True)
class Frame:
    """What stands around every tab: the dataset, its days, and what the filters leave.

    A customer table or a survey has no span: it is of one day, ``as_of``, where it holds any date at all.
    """

    dataset: Dataset
    span: Span | None
    whole: Span | None
    countries: list[tuple[str, int]]
    segments: list[Any]
    left: int
    of: int
    as_of: dt.date | None = None
    money: bool = True
    groups: tuple[Group, ...] = ()


class Pipeline(
    Preparing,
    Choosing,
    Comparing,
    Explaining,
    Offering,
    Customers,
    Placing,
    Moving,
    Watching,
    Saving,
    Readiness,
    PeopleQuestions,
    Removals,
    Reaching,
    Judging,
    Outcomes,
    Campaigning,
    Playing,
    Sends,
    Planning,
    Shelf,
    Door,
):
    """All of core behind one door.

    Parameters
    ----------
    settings : Settings

    Examples
    --------
    >>> Pipeline(settings).overview(View(fingerprint)).figures.orders  # doctest: +SKIP
    18532
    """

    def check(self, view: View) -> tuple[View, list[ParameterError]]:
        """Find what only the dataset can tell to be wrong: rules, countries, segments or groups that do not exist.

        Returns
        -------
        view, problems
            The view with whatever does not exist at its default, and an error for each such thing.
        """
        problems = []
        checks: list[tuple[Callable[[View], Any], dict[str, Any]]] = [
            (self.check_rules, {"rules": "net"}),
            (self.check_saved, {"saved": ""}),
            (lambda view: clusterer.of(view.method), {"method": "kmeans"}),
            (self._check_features, {"features": ()}),
            (lambda view: self._about(view, view.own), {"own": ()}),
            (lambda view: self._about(view, view.weights), {"weights": ()}),
            *(
                [
                    (self._check_timeless, {"period": "all", "countries": (), "groups": ()}),
                    (self.people_left, {"segments": ()}),
                ]
                if self.has_people(view)
                else [
                    (self.rfm_map, {"rfm_map": ""}),
                    (self.rfm_rules, {"rfm_edges": ""}),
                    (self._check_countries, {"countries": ()}),
                    (self.slice, {"segments": (), "groups": ()}),
                ]
            ),
            (self.check_who, {"who": None}),
        ]
        for check, repair in checks:
            try:
                check(view)
            except ParameterError as error:
                problems.append(error)
                view = view.but(**repair)
            except NotEnoughDataError as error:
                problems.append(ParameterError(f"There are no segments to look at one of. {error.message}", error.hint))
                view = view.but(segments=())
        return view, problems

    def _check_countries(self, view: View) -> None:
        known = {name for name, _ in self.countries_left(view.whole())}
        if unknown := [name for name in view.countries if name not in known]:
            raise ParameterError(f"No order comes from {unknown[0][:60]!r}.", "Choose a country from the list.")

    def _check_features(self, view: View) -> None:
        with suppress(NotEnoughDataError):
            features.choose(self._everybody(view), view.features)

    def _check_timeless(self, view: View) -> None:
        if view.period != "all" or view.countries or view.groups:
            raise ParameterError("This table has no orders, so no period, country or RFM group.", "They are left out.")

    def frame(self, view: View) -> Frame:
        """What the shell shows around a view."""
        if self.has_people(view):
            meta, left = self.people(view).meta, self.people_overview(view).customers
            names = self.segment_names(view)
            return Frame(self.dataset(view), None, None, [], names, left, meta.customers, meta.as_of)
        countries = self.countries_left(view.whole())
        left = self._run(reach.customers, self.slice(view))
        whole = self.span(view)
        return Frame(
            self.dataset(view), resolve(view.period, whole), whole, countries, self.segment_names(view), left,
            self.tables(view).meta.customers, money=self.has_money(view), groups=self.rfm_map(view).groups,
        )  # fmt: skip
