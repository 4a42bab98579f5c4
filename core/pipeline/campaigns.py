"""What to do next, and whom to take along."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from core import masking, spreadsheets
from core.campaigns import audience as audiences
from core.campaigns import campaigns, guide, regions, roster, table_audience, tables
from core.campaigns import rows as audience_rows
from core.campaigns.audience import Audience, Filters, Marks
from core.campaigns.binder import Binder
from core.campaigns.campaigns import Campaigns, Crowd
from core.campaigns.contacts import Contacts
from core.campaigns.roster import Roster
from core.campaigns.seasons import season_facts
from core.errors import NotEnoughDataError
from core.intake.logs.rules import PRESET_LABELS
from core.pipeline.sales import Sales
from core.view import PREPARATIONS, View
from core.warehouse.people import People
from core.warehouse.tables import Slice


class Acts(Sales):
    """Questions about strategies and audiences."""

    def campaigns(self, view: View) -> Campaigns:
        """What to do next with each segment, each RFM group and the shop, whatever the period and filters."""
        try:
            learned: tuple[Any, ...] = self._learned(view)
        except NotEnoughDataError:
            learned = ()
        book, currency = Binder(self.settings.home).serving(self.kind(view)), self.dataset(view).currency
        source, parameters = self._everybody(view), (*learned, currency, book.edition)
        if isinstance(source, People):
            key = tables.table_campaigns.key(source.key, parameters)
            found = self.segmentation(view) if learned else None
            return self.cache.get_or_compute(key, lambda: tables.table_campaigns(source, book, currency, found))
        key = campaigns.campaigns.key(source.key, (*parameters, *self.rfm_rules(view)))
        return self.cache.get_or_compute(
            key,
            lambda: campaigns.campaigns(
                book, self._segments(view) if learned else None, self._groups(view), self._season(view), currency
            ),
        )

    def _groups(self, view: View) -> Crowd:
        everybody, scored, rules = self._everybody(view), self.rfm(view), self.rfm_rules(view)
        numbers = campaigns.numbers(scored)
        return Crowd(
            self._run(campaigns.group_profiles, everybody, *rules, scored=scored),
            self._run(regions.regions, everybody, f"groups {rules}", labels=numbers),
        )

    def _segments(self, view: View) -> Crowd:
        labels, by = self.segmentation(view).labels, str(self._learned(view))
        return Crowd(self.profiles(view).rows, self._run(regions.regions, self._everybody(view), by, labels=labels))

    def _season(self, view: View) -> dict[str, float | str]:
        whole = view.whole()
        return season_facts(self.seasonal_index(whole), self.peak(whole))

    def strategies(self, view: View) -> pd.DataFrame:
        """All advice as one table: for whom, and every word of it."""
        found = self.campaigns(view)
        rows = [
            {"for": one.name, "customers": one.customers, **asdict(each)}
            for one in (*found.segments, *found.groups)
            for each in one.advice
        ]
        rows += [{"for": "the shop", "customers": None, **asdict(each)} for each in found.shop]
        return pd.DataFrame(rows)

    def audience(self, view: View) -> Audience:
        """How many customers the view's filters take along."""
        if people := self._roster(view):
            parameters = (Filters.of(view), str(self._learned(view)) if people.learned else "")
            return self._run(table_audience.table_audience, people.source, *parameters, people=people)
        about = self._unmarked(view), Filters.of(view), self._marked_by(view)
        return self._run(audiences.audience, *about, later=lambda: {"marks": self._marks(view)})

    def audience_page(
        self, view: View, offset: int, limit: int, sort: str = "", descending: bool = True
    ) -> pd.DataFrame:
        """Some rows of the audience; see :func:`core.campaigns.rows.page` and :mod:`core.campaigns.table_audience`.

        They are for a screen: personal cells are masked unless the option ``personal`` of the view is ``shown``.
        """
        filters, contacts = Filters.of(view), self._contacts(view)
        wanted: dict[str, Any] = {"offset": offset, "limit": limit, "sort": sort, "descending": descending}
        if people := self._roster(view):
            rows = table_audience.page(people, filters, **wanted)
        else:
            rows = audience_rows.page(self._unmarked(view), filters, self._marks(view), **wanted)
        rows = contacts.beside(rows) if contacts else rows
        return rows if view.option("personal") == "shown" else masking.masked(rows)

    def audience_columns(self, view: View) -> tuple[guide.Column, ...]:
        """What stands in the rows of the audience; contacts where the option ``contacts`` of the view is ``yes``."""
        people, contacts = self._roster(view), self._contacts(view)
        columns = roster.columns(people) if people else guide.GUIDE
        return (*columns, *contacts.columns(columns)) if contacts else columns

    def audience_conditions(self, view: View) -> dict[str, str]:
        """The filters of the audience in words."""
        names = {segment.id: segment.name for segment in self.segment_names(view)} if view.segments else {}
        groups = {group.slug: group.label for group in self.rfm_map(view).groups}
        currency = self.dataset(view).currency
        return guide.conditions(Filters.of(view), view.countries, names, groups, currency)

    def audience_csv(self, view: View) -> Iterator[bytes]:
        """The whole audience as CSV, piece by piece."""
        return spreadsheets.stream_csv(self._audience_rows(view))

    def save_audience(self, view: View, path: Path) -> None:
        """The whole audience as a workbook, with a sheet about it."""
        found, said, columns = self.audience(view), self.audience_conditions(view), self.audience_columns(view)
        if self.kind(view) == "transactions":
            about = guide.about(self._audience_source(view), found, said)
        else:
            dataset = self.dataset(view)
            about = guide.about_table(
                dataset.name, dataset.currency, self._learned_in_words(view), found, said, columns
            )
        spreadsheets.save_xlsx(path, guide.sheets(self._audience_rows(view), about, columns))

    def _audience_rows(self, view: View) -> Iterator[pd.DataFrame]:
        filters, contacts = Filters.of(view), self._contacts(view)
        if people := self._roster(view):
            rows = table_audience.chunks(people, filters)
        else:
            rows = audience_rows.chunks(self._unmarked(view), filters, self._marks(view))
        return contacts.each(rows) if contacts else rows

    def _audience_source(self, view: View) -> guide.Source:
        dataset, meta, source = self.dataset(view), self.tables(view).meta, self.slice(view)
        learned = self._learned_in_words(view)
        cleaning = PRESET_LABELS.get(view.rules, view.rules)
        period = f"{source.span.start} to {source.span.end}"
        return guide.Source(
            dataset.name, dataset.currency, meta.first_day, meta.last_day, period, cleaning, meta.as_of.date(), learned
        )

    def _learned_in_words(self, view: View) -> str:
        names = self.segment_names(view)
        prepared = PREPARATIONS[self.preparation(view)].lower()
        return f"{len(names)} segments; {prepared}; seed {view.seed}" if names else "none"

    def _roster(self, view: View) -> Roster | None:
        """Everybody of a customer table or a survey; None for an order log."""
        learned = self._everybody(view)
        if not isinstance(learned, People):
            return None
        try:
            found = self.segmentation(view)
        except NotEnoughDataError:
            found = None
        features = tuple(feature.slug for feature in self.features(view))
        return roster.roster(self.people(view), learned, found, features)

    def has_contacts(self, view: View) -> bool:
        """Whether it is known how customers can be reached, from the file or from a table that is joined to it."""
        return bool(self._contact_files(view))

    def _contacts(self, view: View) -> Contacts | None:
        files = self._contact_files(view)
        return Contacts(files) if files and view.option("contacts") == "yes" else None

    def _contact_files(self, view: View) -> tuple[Path, ...]:
        joined = self.dataset(view).facts.get("joined")
        files = [self.store.raw(name).with_name("contacts.parquet") for name in (view.dataset, joined) if name]
        return tuple(file for file in files if file.exists())

    def _contact_stamps(self, view: View) -> tuple[str, ...]:
        """Names the files of contacts as they are now."""
        return tuple(f"{file.parent.name}:{file.stat().st_mtime_ns}" for file in self._contact_files(view))

    def _marked_by(self, view: View) -> tuple[Any, ...]:
        """Names what the segment of each customer comes from, and of an order log the RFM group."""
        learned = None
        with suppress(NotEnoughDataError):
            learned = self._learned(view)
        return learned, *(() if self.has_people(view) else self.rfm_rules(view))

    def _unmarked(self, view: View) -> Slice:
        """Period and countries alone."""
        return self.slice(view.but(segments=(), groups=()))

    def _marks(self, view: View) -> Marks:
        """Scores, group and segment of each customer."""
        scores = self.rfm(view).scores
        groups = pd.DataFrame([(g.slug, g.label) for g in self.rfm_map(view).groups], columns=["group", "label"])
        try:
            found = self.segmentation(view)
        except NotEnoughDataError:
            nobody = pd.DataFrame({"segment": [0], "name": [""], "colour": [10]})
            return Marks(scores.assign(segment=0), nobody, groups)
        named = found.segments[["id", "name", "colour"]].rename(columns={"id": "segment"})
        return Marks(scores.assign(segment=found.labels), named, groups)
