"""The cached stages in order: the one module that tabs and the command line call."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from core.cache import Cache
from core.intake import arrival
from core.periods import Comparison, Span, compare, resolve
from core.sales import overview
from core.settings import Settings
from core.stages import Stage
from core.view import View
from core.warehouse import engine
from core.warehouse.store import Dataset, Store
from core.warehouse.tables import Slice, Tables

P = ParamSpec("P")
R = TypeVar("R")


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

    # What a view looks at

    def slice(self, view: View) -> Slice:
        """The orders and customers that the view's period and filters leave."""
        tables = self.tables(view)
        span = resolve(view.period, tables.meta.span).clip(tables.meta.span) or resolve(view.period, tables.meta.span)
        key = f"{self._source(view)} {span} {sorted(view.countries)}"
        return Slice(tables, key, span, view.countries)

    def comparison(self, view: View) -> Comparison | None:
        """The two spans that the view sets against each other, or None."""
        return compare(view.period, view.compare, self.tables(view).meta.span)

    def span(self, view: View) -> Span:
        """The days of the whole dataset."""
        return self.tables(view).meta.span

    # Understand

    def overview(self, view: View) -> overview.Overview:
        return self._run(overview.overview, self.slice(view), self.comparison(view))

    def _source(self, view: View) -> str:
        return f"{view.dataset} {view.rules} {view.as_of}"

    def _run(self, stage: Stage[Any, R], source: Slice, *parameters: Any) -> R:
        return self.cache.get_or_compute(stage.key(source.key, parameters), lambda: stage(source, *parameters))
