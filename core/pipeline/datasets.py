"""Which datasets there are, their cleaned tables and receipts, and how results are kept."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
from filelock import FileLock

from core.cache import Cache
from core.errors import ParameterError
from core.intake import arrival
from core.intake.logs import rules, waterfall
from core.intake.rulebook import Rulebook
from core.intake.tables import people_rules, switches
from core.settings import Settings
from core.stages import Stage
from core.view import View
from core.warehouse import engine
from core.warehouse.people import People
from core.warehouse.store import Dataset, Store
from core.warehouse.tables import Slice, Tables

R = TypeVar("R")
DATA = Path(__file__).parents[2] / "data"
# The last one is the newest, and so what a first visit opens on.
DEMO_FILES = {
    "survey": (DATA / "demo_survey.csv.gz", "Demo survey"),
    "customers": (DATA / "demo_customers.csv.gz", "Demo customers"),
    "shop": (DATA / "demo_shop.csv.gz", "Demo shop"),
}


class Datasets:
    """The ground that every question stands on."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        engine.limit(settings.memory_limit, 2, settings.home / "spill")

    @cached_property
    def store(self) -> Store:
        return Store(self.settings.home)

    @cached_property
    def cache(self) -> Cache:
        return Cache(self.settings.home / "cache", self.settings.cache_url)

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
        """The cleaned tables that a view stands on.

        Raises
        ------
        ParameterError
            If the dataset is no order log.
        """
        if (dataset := self.dataset(view)).kind != "transactions":
            raise ParameterError(f"{dataset.name} is no order log.", "Choose a dataset with orders.")
        return arrival.tables(self.store, view.dataset, view.rules, view.as_of)

    def kind(self, view: View) -> str:
        """``transactions``, ``customers`` or ``survey``."""
        return self.dataset(view).kind

    def has_people(self, view: View) -> bool:
        """Whether the view's dataset is a customer table or a survey."""
        return self.kind(view) != "transactions"

    def has_money(self, view: View) -> bool:
        """Whether an order log says what was paid: without, orders and customers still count."""
        return self.dataset(view).facts.get("money") != "none"

    def people(self, view: View) -> People:
        """Everybody in the customer table or survey that a view stands on, or that its order log is joined with.

        Raises
        ------
        ParameterError
            If the dataset is an order log alone.
        """
        dataset = self.dataset(view)
        if dataset.kind != "transactions":
            return arrival.people(self.store, view.dataset, view.rules)
        if not (joined := dataset.facts.get("joined")):
            raise ParameterError(f"{dataset.name} is an order log.", "Choose a customer table, or join one to it.")
        return arrival.people(self.store, joined, "net")

    def ensure_demo(self) -> None:
        """Store the demo shop, customer table and survey where nothing is stored yet."""
        with FileLock(self.store.home / "locks" / "demo.lock"):
            if not self.store.all():
                for path, name in DEMO_FILES.values():
                    self.receive(path, name=name, limit=0)

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

    def check_rules(self, view: View) -> tuple[str, ...]:
        """The active rules of a view.

        Raises
        ------
        ParameterError
            If one does not exist.
        """
        return self._book(view).active(view.rules)

    def toggle(self, view: View, rule: str) -> str:
        """The view's rules with one switch moved."""
        return self._book(view).toggle(view.rules, rule)

    def _book(self, view: View) -> Rulebook:
        """Orders and people are cleaned by rules of their own."""
        return people_rules.BOOK if self.has_people(view) else rules.BOOK

    def receipt_steps(self, view: View) -> list[waterfall.Step]:
        """What each cleaning rule took, or would take where it is off, and what is left after it."""
        return waterfall.steps(self.tables(view).meta.receipt)

    def receipt_switches(self, view: View) -> list[switches.Switch]:
        """What each switch of a customer table or survey does, or would do where it is off."""
        return switches.switches(self.people(view).meta)

    def receipt_frame(self, view: View) -> pd.DataFrame:
        """The receipt as a table, of whichever kind the dataset is."""
        if self.has_people(view):
            return switches.frame(self.people(view).meta)
        return waterfall.frame(self.tables(view).meta.receipt)

    def _source(self, view: View) -> str:
        return f"{view.dataset} {view.rules} {view.as_of}"

    def _run(
        self,
        stage: Stage[Any, R],
        source: Slice | People,
        *parameters: Any,
        later: Callable[[], Mapping[str, Any]] = dict,
        **given: Any,
    ) -> R:
        """The kept result of a stage.

        ``given`` are earlier results that source and parameters already name; ``later`` those of them that are only
        fetched where there is no result yet: an entry for each of a million customers takes a while to read.
        """
        key = stage.key(source.key, parameters)
        return self.cache.get_or_compute(key, lambda: stage(source, *parameters, **given, **later()))
