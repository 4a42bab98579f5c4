"""The cached stages in order: the one module that tabs and the command line call."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pandas as pd

from core import spreadsheets
from core.cache import Cache
from core.errors import ParameterError
from core.intake import arrival
from core.intake import rules as rulebook
from core.intake.rules import PRESET_LABELS
from core.periods import COMPARISONS, Comparison, Span, compare, resolve, unfinished_month
from core.sales import countries, overview, peaks, products, reach, seasonality
from core.sales.countries import Countries, Country
from core.sales.products import Products, ProductSeasons
from core.settings import Settings
from core.stages import Stage
from core.view import PREPARATIONS, View
from core.warehouse import engine
from core.warehouse.store import Dataset, Store
from core.warehouse.tables import Slice, Tables

P = ParamSpec("P")
R = TypeVar("R")
DEMO = Path(__file__).parent.parent / "data" / "demo_shop.csv.gz"
DEMO_NAME = "Demo shop"
spreadsheet_csv = spreadsheets.to_csv

__all__ = [
    "COMPARISONS", "PREPARATIONS", "PRESET_LABELS", "Comparison", "Dataset", "Frame", "Pipeline", "Slice", "Span",
    "Tables", "View", "spreadsheet_csv",
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
        return arrival.receive(path, self.store, **options)

    def tables(self, view: View) -> Tables:
        """The cleaned tables that a view stands on."""
        return arrival.tables(self.store, view.dataset, view.rules, view.as_of)

    def ensure_demo(self) -> None:
        """Store the demo shop where nothing is stored yet."""
        if not self.store.all() and DEMO.exists():
            self.receive(DEMO, name=DEMO_NAME)

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
            (lambda v: rulebook.active(v.rules), {"rules": "net"}),
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
            self.dataset(view), resolve(view.period, whole), whole, countries, getattr(self, "segment_names", lambda _: [])(view), left,
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
        return Slice(tables, key, span, view.countries)

    def comparison(self, view: View) -> Comparison | None:
        """The two spans that the view sets against each other, or None."""
        return compare(view.period, view.compare, self.tables(view).meta.span)

    def unfinished(self, view: View) -> str:
        """Where the data stop inside the period's last month: "Dec, to 9th"; empty where the month is whole."""
        return unfinished_month(self.slice(view).span, self.span(view))

    def span(self, view: View) -> Span:
        """The days of the whole dataset."""
        return self.tables(view).meta.span

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

    def _source(self, view: View) -> str:
        return f"{view.dataset} {view.rules} {view.as_of}"

    def _run(self, stage: Stage[Any, R], source: Slice, *parameters: Any) -> R:
        return self.cache.get_or_compute(stage.key(source.key, parameters), lambda: stage(source, *parameters))
