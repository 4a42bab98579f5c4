"""What a customer table or a survey holds, for whom the view's segments leave."""

from __future__ import annotations

import dataclasses
from typing import NamedTuple

import pandas as pd

from core.errors import ParameterError
from core.people import against, correlations, joined, measures, mixes, overview
from core.people.against import Against, Strengths
from core.people.correlations import Correlations
from core.people.mixes import Mix
from core.people.overview import Overview, family
from core.pipeline.campaigns import Acts
from core.view import View
from core.warehouse import engine
from core.warehouse.beside import Beside
from core.warehouse.columns import Column
from core.warehouse.people import People
from core.warehouse.tables import Tables

CHANNELS = ("web_purchases", "store_purchases", "catalog_purchases")
# The first of these that a table has is what the others are set against.
WANTED = ("total_spend", "satisfaction", "spend", "orders", "purchase_frequency", "income")
DIVIDING = ("income", "age", "education", "marital", "children", "gender", "purchase_frequency")


class Choice(NamedTuple):
    """A column as a menu lists it."""

    slug: str
    label: str
    family: str


class PeopleQuestions(Acts):
    """Questions about customer tables and surveys."""

    def knows(self, view: View) -> tuple[str, ...]:
        """What the view's dataset answers for: its kind, that of a joined table, and of a log what its lines name."""
        if self.has_people(view):
            return (self.kind(view),)
        joined, meta = self.dataset(view).facts.get("joined"), self.tables(view).meta
        named = {
            "money": meta.has_money, "products": meta.has_products, "countries": meta.has_countries,
            "categories": meta.has_categories, "channels": meta.has_channels,
        }  # fmt: skip
        kinds = (self.kind(view), *((self.store.get(joined).kind,) if joined else ()))
        return (*kinds, *(name for name, there in named.items() if there))

    def canonical(self, view: View) -> People | Tables:
        """The cleaned table, or tables, that the view stands on."""
        return self.people(view) if self.has_people(view) else self.tables(view)

    def people_left(self, view: View) -> People:
        """Everybody of the table, or those in the view's segments; of a joined log, whom its filters leave."""
        if not self.has_people(view):
            return self._joined(view)
        if not view.segments:
            return self.people(view)
        source, chosen = self._everybody(view), self._members(view)
        assert isinstance(source, People)
        return dataclasses.replace(source, key=f"{source.key} {self._among(view)}", members=chosen)

    def _joined(self, view: View) -> People:
        everybody, table = self.slice(view.whole()), self.people(view)
        assert isinstance(everybody.people, Beside)
        bought = engine.collect(everybody.customers().sort("customer"))
        key = f"{self._source(view)} with {table.key}"
        source = joined.beside(everybody.people, bought, key)
        if not (view.segments or view.groups):
            return source
        key = f"{key} {self._among(view)} {sorted(view.groups)}"
        return dataclasses.replace(source, key=key, members=self._members(view))

    def _among(self, view: View) -> str:
        return f"{self._learned(view)} {sorted(view.segments)}" if view.segments else ""

    def usual_features(self, view: View) -> tuple[str, ...]:
        """What segments are learned from unless one chooses."""
        return tuple(feature.slug for feature in self.features(view.but(features=())))

    def people_overview(self, view: View) -> Overview:
        return self._run(overview.overview, self.people_left(view))

    def correlations(self, view: View) -> Correlations:
        return self._run(correlations.correlations, self.people_left(view), view.seed)

    def dividing(self, view: View) -> list[Choice]:
        """Columns by whose levels customers can be divided."""
        return [_choice(column) for column in against.dividers(self.people_left(view.whole()))]

    def dividing_by(self, view: View) -> str:
        """The column of the view's option ``by``, or the one that is usually asked for."""
        return self._chosen(view, "by", [c.slug for c in against.dividers(self.people_left(view.whole()))], DIVIDING)

    def measured_of(self, view: View) -> str:
        """The column of the view's option ``of``, or the one that is usually asked for."""
        return self._chosen(view, "of", [c.slug for c in measures.measured(self.people_left(view.whole()))], WANTED)

    def measurable(self, view: View) -> list[Choice]:
        """Columns that can be set against levels."""
        return [_choice(column) for column in measures.measured(self.people_left(view.whole()))]

    def against(self, view: View, by: str, of: str) -> Against:
        return self._run(against.against, self.people_left(view), by, of)

    def strengths(self, view: View, of: str) -> Strengths:
        """How strongly every other column goes with one."""
        return self._run(against.strengths, self.people_left(view), of)

    def unit_of(self, view: View, slug: str) -> str:
        """How to read a column's values; see :func:`core.people.measures.unit`."""
        return measures.unit(self.people_left(view.whole()).column(slug))

    def against_table(self, view: View) -> pd.DataFrame:
        """What is drawn of the view's two columns, money in units of the currency."""
        by, of = self.dividing_by(view), self.measured_of(view)
        found = self.against(view, by, of)
        if found.measure == "cramer":
            names = found.rows[["level", "label"]].rename(columns={"label": "group"})
            return _plain(names).merge(found.cells.rename(columns={"label": "answer_label"}), on="level")
        cents = self.unit_of(view, of) == "money"
        money = {c: found.rows[c] / 100 for c in ("mean", "median", "lower", "upper", "total") if cents}
        return _plain(found.rows.assign(**money))

    def mix_table(self, view: View, which: str) -> pd.DataFrame:
        """Means of ``spend`` or ``channels`` by level, money in units of the currency."""
        by = self.dividing_by(view)
        found = self.spend_mix(view, by) if which == "spend" else self.channel_mix(view, by)
        if found is None:
            return pd.DataFrame(columns=["level", "label", "column", "mean", "share", "ratio"])
        cells = found.cells.rename(columns={"label": "column"})
        cells = cells.assign(mean=cells["mean"].where(cells["unit"] != "money", cells["mean"] / 100))
        return _plain(found.rows).merge(cells, on="level")

    def strengths_table(self, view: View) -> pd.DataFrame:
        """How strongly every other column goes with the view's, money in units of the currency."""
        of = self.measured_of(view)
        rows = self.strengths(view, of).rows
        units = 100 if self.unit_of(view, of) == "money" else 1
        return _plain(rows.assign(best_value=rows["best_value"] / units, worst_value=rows["worst_value"] / units))

    def spend_mix(self, view: View, by: str) -> Mix | None:
        """Spend by category and level; None where the table has no categories of spend."""
        return self._mix(view, by, ("spend",))

    def channel_mix(self, view: View, by: str) -> Mix | None:
        """Purchases by channel and level; None where the table has no channels."""
        return self._mix(view, by, CHANNELS)

    def _mix(self, view: View, by: str, roles: tuple[str, ...]) -> Mix | None:
        source = self.people_left(view)
        found = [c.slug for c in source.columns if c.role in roles and measures.numeric(c) and c.slug != by]
        return self._run(mixes.mix, source, by, tuple(found)) if len(found) > 1 else None

    def _chosen(self, view: View, option: str, known: list[str], wanted: tuple[str, ...]) -> str:
        asked = view.option(option)
        if asked in known:
            return asked
        if asked:
            raise ParameterError(f"The table has no column {asked[:40]!r}.", "Choose one from the list.")
        roles = {column.slug: column.role for column in self.people_left(view.whole()).columns}
        other = view.option("by" if option == "of" else "of")
        free = [slug for slug in known if slug != other] or known
        usual = [slug for role in wanted for slug in free if roles[slug] == role]
        return next(iter([*usual, *free]), "")


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame to take along: levels without a sign of a currency."""
    signed = [name for name in ("label", "group", "best", "worst") if name in frame]
    return frame.assign(**{name: frame[name].str.replace(measures.MONEY, "") for name in signed})


def _choice(column: Column) -> Choice:
    return Choice(column.slug, column.name, family(column))
