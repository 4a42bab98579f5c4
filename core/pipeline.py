"""The cached stages in order: the one module that tabs and the command line call."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numpy as np
import pandas as pd
from filelock import FileLock

from core import spreadsheets
from core.cache import Cache
from core.campaigns import audience as audiences
from core.campaigns import campaigns, guide, playbook, regions
from core.campaigns import rows as audience_rows
from core.campaigns.audience import Audience, Filters, Marks
from core.campaigns.campaigns import Campaigns, Crowd
from core.campaigns.seasons import season_facts
from core.errors import NotEnoughDataError, ParameterError
from core.intake import arrival, waterfall
from core.intake import rules as rulebook
from core.intake.rules import PRESET_LABELS
from core.periods import COMPARISONS, Comparison, Span, compare, resolve, unfinished_month
from core.sales import countries, overview, peaks, products, reach, seasonality, undone
from core.sales.countries import Countries, Country
from core.sales.products import Products, ProductSeasons
from core.segments import importance, members, profiles, projection, rfm, segmentation, selection, silhouettes, sizes
from core.segments.importance import Importance
from core.segments.profiles import Boxes, Heat, Profiles
from core.segments.projection import Projection
from core.segments.rfm import Grid, Rfm
from core.segments.segmentation import Segmentation, SegmentName
from core.segments.selection import Sweep
from core.segments.silhouettes import Silhouettes
from core.segments.sizes import Sizes
from core.settings import Settings
from core.stages import Stage
from core.view import PREPARATIONS, View
from core.warehouse import engine
from core.warehouse.store import Dataset, Store
from core.warehouse.tables import Slice, Tables, TablesMeta

P = ParamSpec("P")
R = TypeVar("R")
DEMO = Path(__file__).parent.parent / "data" / "demo_shop.csv.gz"
DEMO_NAME = "Demo shop"
spreadsheet_csv = spreadsheets.to_csv
read_limits = audiences.limits
AUDIENCE_COLUMNS = guide.GUIDE
RFM_GROUPS = rfm.GROUPS

__all__ = [
    "AUDIENCE_COLUMNS", "COMPARISONS", "PREPARATIONS", "PRESET_LABELS", "RFM_GROUPS", "Campaigns", "Comparison",
    "Dataset", "Frame", "Importance", "Pipeline", "Profiles", "Slice", "Span", "Sweep", "Tables", "TablesMeta",
    "View", "read_limits", "spreadsheet_csv",
]  # fmt: skip


@dataclass(frozen=True)
class Frame:
    """What stands around every tab: the dataset, its days, and what the filters leave."""

    dataset: Dataset
    span: Span
    whole: Span
    countries: list[tuple[str, int]]
    segments: list[Any]
    left: int
    of: int


class Pipeline:
    """All of core behind one door.

    Parameters
    ----------
    settings : Settings

    Examples
    --------
    >>> Pipeline(settings).overview(View(fingerprint)).figures.orders  # doctest: +SKIP
    18532
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        engine.limit(settings.memory_limit, 2, settings.home / "spill")

    @cached_property
    def store(self) -> Store:
        return Store(self.settings.home)

    @cached_property
    def cache(self) -> Cache:
        return Cache(self.settings.home / "cache", self.settings.cache_url)

    # Datasets

    def datasets(self) -> list[Dataset]:
        """Every stored dataset, the newest first."""
        return self.store.all()

    def dataset(self, view: View) -> Dataset:
        return self.store.get(view.dataset)

    def receive(self, path: Path, **options: Any) -> Dataset:
        """Store a file; see :func:`core.intake.arrival.receive`."""
        usual = {"limit": self.settings.upload_limit, "usual_currency": self.settings.currency}
        return arrival.receive(path, self.store, **{**usual, **options})

    def tables(self, view: View) -> Tables:
        """The cleaned tables that a view stands on."""
        return arrival.tables(self.store, view.dataset, view.rules, view.as_of)

    def ensure_demo(self) -> None:
        """Store the demo shop where nothing is stored yet."""
        with FileLock(self.store.home / "locks" / "demo.lock"):
            if not self.store.all() and DEMO.exists():
                self.receive(DEMO, name=DEMO_NAME, limit=0)

    def check_rules(self, view: View) -> tuple[str, ...]:
        """The active rules of a view.

        Raises
        ------
        ParameterError
            If one does not exist.
        """
        return rulebook.active(view.rules)

    def secret(self) -> str:
        """This installation's own key for signing, made once."""
        path = self.settings.home / "secret"
        try:
            with path.open("x") as file:
                path.chmod(0o600)
                file.write(secrets.token_hex(32))
        except FileExistsError:
            pass
        return path.read_text()

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
            (self._check_countries, {"countries": ()}),
            (self.slice, {"segments": (), "groups": ()}),
        ]
        for check, repair in checks:
            try:
                check(view)
            except ParameterError as error:
                problems.append(error)
                view = view.but(**repair)
        return view, problems

    def _check_countries(self, view: View) -> None:
        known = {name for name, _ in self.countries_left(view.whole())}
        if unknown := [name for name in view.countries if name not in known]:
            raise ParameterError(f"No order comes from {unknown[0][:60]!r}.", "Choose a country from the list.")

    # What a view looks at

    def frame(self, view: View) -> Frame:
        """What the shell shows around a view."""
        countries = self.countries_left(view.whole())
        left = self._run(reach.customers, self.slice(view))
        whole = self.span(view)
        return Frame(
            self.dataset(view), resolve(view.period, whole), whole, countries, self.segment_names(view), left,
            self.tables(view).meta.customers,
        )  # fmt: skip

    def countries_left(self, view: View) -> list[tuple[str, int]]:
        """Country names and customers, the most customers first."""
        return [(name, count) for name, count in self._run(reach.countries, self.slice(view))]

    def slice(self, view: View) -> Slice:
        """The orders and customers that the view's period and filters leave."""
        tables = self.tables(view)
        span = resolve(view.period, tables.meta.span).clip(tables.meta.span) or resolve(view.period, tables.meta.span)
        key = f"{self._source(view)} {span} {sorted(view.countries)}"
        if not (view.segments or view.groups):
            return Slice(tables, key, span, view.countries)
        chosen = self._members(view)
        learned = f"{view.prepare} {self.chosen_k(view)} {view.seed}" if view.segments else ""
        key = f"{key} {learned} {sorted(view.segments)} {sorted(view.groups)}"
        return Slice(tables, key, span, view.countries, chosen)

    def comparison(self, view: View) -> Comparison | None:
        """The two spans that the view sets against each other, or None."""
        return compare(view.period, view.compare, self.tables(view).meta.span)

    def unfinished(self, view: View) -> str:
        """Where the data stop inside the period's last month: "Dec, to 9th"; empty where the month is whole."""
        return unfinished_month(self.slice(view).span, self.span(view))

    def begins_inside_a_month(self, view: View) -> bool:
        """Whether the period holds only part of its first month."""
        return self.slice(view).span.start.day > 1

    def span(self, view: View) -> Span:
        """The days of the whole dataset."""
        return self.tables(view).meta.span

    # The receipt

    def receipt_steps(self, view: View) -> list[waterfall.Step]:
        """What each cleaning rule took, or would take where it is off, and what is left after it."""
        return waterfall.steps(self.tables(view).meta.receipt)

    def receipt_frame(self, view: View) -> pd.DataFrame:
        return waterfall.frame(self.tables(view).meta.receipt)

    def toggle(self, view: View, rule: str) -> str:
        """The view's rules with one switch moved."""
        return rulebook.toggle(view.rules, rule)

    def undone(self, view: View) -> undone.Undone | None:
        """The largest order that was taken back, whatever the view's rules say about returns."""
        return self._run(undone.largest, self.slice(view.whole().but(rules="net")))

    # Understand

    def overview(self, view: View) -> overview.Overview:
        return self._run(overview.overview, self.slice(view), self.comparison(view))

    def seasonality(self, view: View) -> seasonality.Seasonality:
        """Sales by the step of the view's option ``grain``: day, week, month (the default) or quarter."""
        grain = view.option("grain", "month")
        seasonality.check_grain(grain)
        return self._run(seasonality.seasonality, self.slice(view), grain)

    def hours(self, view: View) -> pd.DataFrame:
        return self._run(seasonality.hours, self.slice(view))

    def seasonal_index(self, view: View) -> peaks.SeasonalIndex:
        """The index over the whole history: one period cannot show a season."""
        return self._run(peaks.index, self.slice(view.but(period="all")))

    def peak(self, view: View) -> peaks.Peak | None:
        return self._run(peaks.peak, self.slice(view.but(period="all")))

    def countries(self, view: View) -> Countries:
        """All countries, also beside a filter that chooses one, so that it can be seen among the others."""
        return self._run(countries.countries, self.slice(view.but(countries=())), self.comparison(view))

    def country(self, view: View, name: str) -> Country:
        return self._run(countries.country, self.slice(view.but(countries=(name,))), self.comparison(view))

    def products(self, view: View) -> Products:
        return self._run(products.products, self.slice(view), self.comparison(view))

    def product_seasons(self, view: View, codes: tuple[str, ...] = ()) -> ProductSeasons:
        """Seasons of the named products, by default of the twelve best sellers."""
        codes = codes or tuple(self.products(view).rows["code"][:12])
        return self._run(products.product_seasons, self.slice(view), codes)

    # Segment: always learned from all customers, whatever the period and filters

    def rfm(self, view: View) -> Rfm:
        return self._run(rfm.rfm, self._everybody(view))

    def rfm_grid(self, view: View) -> Grid:
        """The 5 × 5 grid of the customers and revenue that the view looks at."""
        return self._run(rfm.grid, self.slice(view), scored=self.rfm(view))

    def selection(self, view: View) -> Sweep:
        return self._run(selection.sweep, self._everybody(view), view.prepare, view.k_range, view.seed)

    def chosen_k(self, view: View) -> int:
        """The view's own k, or the one that the verdict chooses."""
        return view.k or self.selection(view).chosen

    def segmentation(self, view: View) -> Segmentation:
        return self._run(segmentation.segmentation, self._everybody(view), *self._learned(view))

    def segment_names(self, view: View) -> list[SegmentName]:
        """What a menu lists; nothing where the customers are too few for segments."""
        try:
            return self.segmentation(view).names
        except NotEnoughDataError:
            return []

    def segment_sizes(self, view: View) -> Sizes:
        """What each segment bought in the view's period and countries."""
        return self._explain(sizes.sizes, view, self.slice(view))

    def profiles(self, view: View) -> Profiles:
        return self._explain(profiles.profiles, view)

    def heat(self, view: View) -> Heat:
        return self._explain(profiles.heat, view)

    def boxes(self, view: View) -> Boxes:
        return self._explain(profiles.boxes, view)

    def projection(self, view: View) -> Projection:
        return self._explain(projection.projection, view)

    def silhouettes(self, view: View) -> Silhouettes:
        return self._explain(silhouettes.silhouettes, view)

    def importance(self, view: View) -> Importance:
        return self._explain(importance.importance, view)

    # Act

    def campaigns(self, view: View) -> Campaigns:
        """What to do next with each segment, each RFM group and the shop, whatever the period and filters."""
        try:
            learned: tuple[Any, ...] = self._learned(view)
        except NotEnoughDataError:
            learned = ()
        book, currency = playbook.load(), self.dataset(view).currency
        key = campaigns.campaigns.key(self._everybody(view).key, (*learned, currency, book.edition))
        return self.cache.get_or_compute(
            key,
            lambda: campaigns.campaigns(
                book, self._segments(view) if learned else None, self._groups(view), self._season(view), currency
            ),
        )

    def _groups(self, view: View) -> Crowd:
        everybody, scored = self._everybody(view), self.rfm(view)
        numbers = scored.scores["group"].map(campaigns.NUMBERS).to_numpy()
        return Crowd(
            self._run(campaigns.group_profiles, everybody, scored=scored),
            self._run(regions.regions, everybody, "groups", labels=numbers),
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
        marks, learned = self._marks(view)
        return self._run(audiences.audience, self._unmarked(view), Filters.of(view), learned, marks=marks)

    def audience_page(
        self, view: View, offset: int, limit: int, sort: str = "", descending: bool = True
    ) -> pd.DataFrame:
        """Some rows of the audience; see :func:`core.campaigns.rows.page`."""
        source, filters = self._unmarked(view), Filters.of(view)
        return audience_rows.page(
            source, filters, self._marks(view)[0], offset=offset, limit=limit, sort=sort, descending=descending
        )

    def audience_conditions(self, view: View) -> dict[str, str]:
        """The filters of the audience in words."""
        names = {segment.id: segment.name for segment in self.segment_names(view)} if view.segments else {}
        groups = {group.slug: group.label for group in rfm.GROUPS}
        currency = self.dataset(view).currency
        return guide.conditions(Filters.of(view), view.countries, names, groups, currency)

    def audience_csv(self, view: View) -> Iterator[bytes]:
        """The whole audience as CSV, piece by piece."""
        return spreadsheets.stream_csv(self._audience_rows(view))

    def save_audience(self, view: View, path: Path) -> None:
        """The whole audience as a workbook, with a sheet about it."""
        about = guide.about(self._audience_source(view), self.audience(view), self.audience_conditions(view))
        spreadsheets.save_xlsx(path, guide.sheets(self._audience_rows(view), about))

    def _audience_rows(self, view: View) -> Iterator[pd.DataFrame]:
        return audience_rows.chunks(self._unmarked(view), Filters.of(view), self._marks(view)[0])

    def _audience_source(self, view: View) -> guide.Source:
        dataset, meta, source = self.dataset(view), self.tables(view).meta, self.slice(view)
        names = self.segment_names(view)
        learned = f"{len(names)} segments; {PREPARATIONS[view.prepare].lower()}; seed {view.seed}" if names else "none"
        cleaning = PRESET_LABELS.get(view.rules, view.rules)
        period = f"{source.span.start} to {source.span.end}"
        return guide.Source(
            dataset.name, dataset.currency, meta.first_day, meta.last_day, period, cleaning, meta.as_of.date(), learned
        )

    def _unmarked(self, view: View) -> Slice:
        """Period and countries alone."""
        return self.slice(view.but(segments=(), groups=()))

    def _marks(self, view: View) -> tuple[Marks, tuple[str, int, int] | None]:
        """Scores, group and segment of each customer, and what the segments were learned with."""
        scores = self.rfm(view).scores
        groups = pd.DataFrame([(g.slug, g.label) for g in rfm.GROUPS], columns=["group", "label"])
        try:
            learned, found = self._learned(view), self.segmentation(view)
        except NotEnoughDataError:
            nobody = pd.DataFrame({"segment": [0], "name": [""], "colour": [10]})
            return Marks(scores.assign(segment=0), nobody, groups), None
        named = found.segments[["id", "name", "colour"]].rename(columns={"id": "segment"})
        return Marks(scores.assign(segment=found.labels), named, groups), learned

    def customer_table(self, view: View) -> pd.DataFrame:
        """One row per customer in order of id: RFM, scores, group and segment. Money in units."""
        people = engine.collect(self._everybody(view).customers().sort("customer"))
        scores, found = self.rfm(view).scores, self.segmentation(view)
        names = dict(zip(found.segments["id"], found.segments["name"], strict=True))
        table = people[["customer_id", "country", "recency_days", "frequency"]].assign(
            monetary=(people["cents"] / 100).round(2), first_order=people["first_ts"].dt.strftime("%Y-%m-%d"),
            last_order=people["last_ts"].dt.strftime("%Y-%m-%d"), products=people["products"],
        )  # fmt: skip
        table = table.join(scores[["r", "f", "m", "fm", "group"]]).rename(columns={"group": "rfm_group"})
        return table.assign(segment=found.labels, segment_name=[names[label] for label in found.labels])

    def _everybody(self, view: View) -> Slice:
        return self.slice(view.whole())

    def _learned(self, view: View) -> tuple[str, int, int]:
        return view.prepare, self.chosen_k(view), view.seed

    def _explain(self, stage: Stage[Any, R], view: View, source: Slice | None = None) -> R:
        labels = self.segmentation(view).labels
        return self._run(stage, source or self._everybody(view), *self._learned(view), labels=labels)

    def _members(self, view: View) -> np.ndarray:
        """Who is in the view's segments and groups: an entry a customer."""
        segments = self.segmentation(view) if view.segments else None
        return members.members(view.segments, segments, view.groups, self.rfm(view) if view.groups else None)

    def _source(self, view: View) -> str:
        return f"{view.dataset} {view.rules} {view.as_of}"

    def _run(self, stage: Stage[Any, R], source: Slice, *parameters: Any, **given: Any) -> R:
        """The kept result of a stage. ``given`` are earlier results that source and parameters already name."""
        key = stage.key(source.key, parameters)
        return self.cache.get_or_compute(key, lambda: stage(source, *parameters, **given))
