"""Who the customers are: always learned from all of them, whatever the period and filters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from core.errors import NotEnoughDataError
from core.periods import resolve
from core.pipeline.keeping import Keeping
from core.segments.choosing import divisions, selection
from core.segments.choosing.divisions import Divisions
from core.segments.choosing.selection import Sweep
from core.segments.describing import importance, portraits, profiles, projection, silhouettes, sizes
from core.segments.describing.importance import Importance
from core.segments.describing.portraits import Portraits
from core.segments.describing.profiles import Boxes, Heat, Profiles
from core.segments.describing.projection import Projection
from core.segments.describing.silhouettes import Silhouettes
from core.segments.describing.sizes import Sizes
from core.segments.dividing import clusterer, segmentation
from core.segments.dividing.segmentation import Segmentation, SegmentName
from core.segments.inputs import features, tables
from core.segments.inputs.features import Feature, Recipe, Source
from core.segments.scores import members, rfm, rfm_edges, rfm_maps
from core.segments.scores.rfm import Grid, Rfm
from core.segments.scores.rfm_maps import Map
from core.stages import Stage
from core.view import View
from core.warehouse import beside, engine
from core.warehouse.people import People
from core.warehouse.tables import Slice

R = TypeVar("R")


class Segments(Keeping):
    """Questions about segments, and the slice of customers that a view leaves."""

    def slice(self, view: View) -> Slice:
        """The orders and customers that the view's period and filters leave."""
        tables = self.tables(view)
        span = resolve(view.period, tables.meta.span).clip(tables.meta.span) or resolve(view.period, tables.meta.span)
        key = f"{self._source(view)} {span} {sorted(view.countries)}"
        if not (view.segments or view.groups):
            return Slice(tables, key, span, view.countries, people=self._beside(view))
        chosen = self._members(view)
        learned = f"{self._learned(view)}" if view.segments else ""
        grouped = f"{self.rfm_rules(view)}" if view.groups else ""
        key = f"{key} {learned} {sorted(view.segments)} {sorted(view.groups)} {grouped}"
        return Slice(tables, key, span, view.countries, chosen, self._beside(view))

    def _beside(self, view: View) -> People | None:
        """The customer table that the log was joined with."""
        joined = self.dataset(view).facts.get("joined")
        if not joined:
            return None
        return beside.lay(self.people(View(joined)), self.tables(view).folder)

    def rfm(self, view: View) -> Rfm:
        return self._run(rfm.rfm, self.slice(view.whole()), *self.rfm_rules(view))

    def rfm_map(self, view: View) -> Map:
        """The RFM groups in use, on their grid."""
        return rfm_maps.read(view.rfm_map)

    def rfm_rules(self, view: View) -> tuple[str, str]:
        """The view's map and thresholds, the usual ones empty."""
        return rfm_maps.read(view.rfm_map).text, rfm_edges.write(rfm_edges.read(view.rfm_edges))

    def rfm_grid(self, view: View) -> Grid:
        """The 5 × 5 grid of the customers and revenue that the view looks at."""
        rules = self.rfm_rules(view)
        return self._run(rfm.grid, self.slice(view), *rules, later=lambda: {"scored": self.rfm(view)})

    def selection(self, view: View) -> Sweep:
        """Inertia, silhouette and more over the view's range of k, and the verdict."""
        about = self._everybody(view), self._recipe(view), view.k_range, view.seed
        return self._run(selection.sweep, *about, later=lambda: {"divided": self.divisions(view)})

    def divisions(self, view: View) -> Divisions:
        """The customers divided into every number of the view's range."""
        return self._run(divisions.divisions, self._everybody(view), self._recipe(view), view.k_range, view.seed)

    def preparation(self, view: View) -> str:
        """The view's own preparation, or the usual one: amounts of an order log are spread over powers of ten."""
        usual = "log" if self.kind(view) == "transactions" else "standard"
        return usual if view.prepare == "auto" else view.prepare

    def features(self, view: View) -> tuple[Feature, ...]:
        """What the segments are learned from."""
        return features.chosen(self._everybody(view), self._recipe(view))

    def known_features(self, view: View) -> tuple[Feature, ...]:
        """Every feature that could be chosen."""
        return features.known(self._everybody(view))

    def chosen_k(self, view: View) -> int:
        """The view's own k, or the one that the verdict chooses; of a method that finds it itself, what it found."""
        if clusterer.of(view.method).chooses_k:
            found = self.outline(view)
            return found.k - bool(found.apart)
        return view.k or self.selection(view).chosen

    def segmentation(self, view: View) -> Segmentation:
        """Who is in which segment; under the names and numbers of the saved segmentation that the view holds on to."""
        recipe, k, seed = self._learned(view)
        bare = replace(recipe, holds="")
        found = self._run(segmentation.segmentation, self._everybody(view), bare, k, seed)
        return self._held(view, self._everybody(view), recipe, k, seed, found) if recipe.holds else found

    def outline(self, view: View) -> Segmentation:
        """:meth:`segmentation` without the segment of each customer: the same size for a million of them."""
        about = self._everybody(view), *self._learned(view)
        return self._run(segmentation.outline, *about, later=lambda: {"found": self.segmentation(view)})

    def segment_names(self, view: View) -> list[SegmentName]:
        """What a menu lists; nothing where the customers are too few for segments."""
        try:
            return self.outline(view).names
        except NotEnoughDataError:
            return []

    def segment_sizes(self, view: View) -> Sizes:
        """What each segment bought in the view's period and countries; of a table, in all."""
        source = self._everybody(view)
        if not isinstance(source, People):
            source = self.slice(view)
        elif view.segments:
            key = f"{source.key} {self._learned(view)} {sorted(view.segments)}"
            source = replace(source, key=key, members=self._members(view))
        return self._explain(sizes.sizes, view, source=source)

    def profiles(self, view: View) -> Profiles:
        found = self._explain(profiles.profiles, view)
        return replace(found, rows=self._named(view, found.rows))

    def heat(self, view: View, others: bool = False) -> Heat:
        """Averages of what segments were learned from; of a table, with ``others``, of all that can be measured."""
        return self._explain(profiles.heat, view, *([True] if others else []))

    def boxes(self, view: View, others: bool = False) -> Boxes:
        """Quantiles; see :meth:`heat`."""
        return self._explain(profiles.boxes, view, *([True] if others else []))

    def portraits(self, view: View) -> Portraits:
        """Each segment against everyone, figure by figure."""
        found = self._explain(portraits.portraits, view)
        return replace(found, texts=self._named(view, found.texts))

    def projection(self, view: View) -> Projection:
        return self._explain(projection.projection, view)

    def silhouettes(self, view: View) -> Silhouettes:
        return self._explain(silhouettes.silhouettes, view, self.outline(view).apart)

    def importance(self, view: View) -> Importance:
        return self._explain(importance.importance, view)

    def customer_table(self, view: View) -> pd.DataFrame:
        """One row per customer in order of id: RFM, scores, group and segment; of a table, its features."""
        found, source = self.segmentation(view), self._everybody(view)
        names = dict(zip(found.segments["id"], found.segments["name"], strict=True))
        marks: dict[str, Any] = {"segment": found.labels, "segment_name": [names[label] for label in found.labels]}
        if isinstance(source, People):
            columns = [feature.slug for feature in self.features(view)]
            return source.frame()[["customer_id", *columns]].assign(**marks)
        scores, people = self.rfm(view).scores, engine.collect(source.customers().sort("customer"))
        table = people[["customer_id", "country", "recency_days", "frequency"]].assign(
            monetary=(people["cents"] / 100).round(2), first_order=people["first_ts"].dt.strftime("%Y-%m-%d"),
            last_order=people["last_ts"].dt.strftime("%Y-%m-%d"), products=people["products"],
        )  # fmt: skip
        table = table.join(scores[["r", "f", "m", "fm", "group"]]).rename(columns={"group": "rfm_group"})
        return table.assign(**marks)

    def _everybody(self, view: View) -> Source:
        """Whom segments are learned from: all customers of a log, or those of a table who lack none of its features."""
        if self.kind(view) == "transactions":
            return self.slice(view.whole())
        whole = self.people(view)
        needs = features.choose(whole, view.features) or tables.usual(whole)
        return tables.lacking_none(whole, needs, view.missing)

    def _recipe(self, view: View) -> Recipe:
        everybody = self._everybody(view)
        columns = features.choose(everybody, view.features) if view.features else ()
        used = {feature.slug: feature for feature in features.chosen(everybody, Recipe(columns))}
        how, own, weights = self.preparation(view), self._about(view, view.own), self._about(view, view.weights)
        # What is said of features that are not in use, or says nothing new, makes no other recipe.
        own = {slug: said for slug, said in own.items() if slug in used and not (used[slug].numeric and said == how)}
        weights = {slug: weight for slug, weight in weights.items() if slug in used and weight != 1}
        said_own, said_weights = tuple(sorted(own.items())), tuple(sorted(weights.items()))
        return Recipe(columns, how, said_own, said_weights, view.method, view.outliers, view.missing)

    def _about(self, view: View, pairs: tuple[tuple[str, R], ...]) -> dict[str, R]:
        """What is said of features, each by its slug."""
        everybody = self._everybody(view)
        return {features.choose(everybody, (name,))[0]: value for name, value in pairs}

    def _learned(self, view: View) -> tuple[Recipe, int, int]:
        recipe = replace(self._recipe(view), holds=self._holds(view))
        finds_k = clusterer.of(view.method).chooses_k
        return recipe, 0 if finds_k else self.chosen_k(view), view.seed

    def _named(self, view: View, rows: pd.DataFrame) -> pd.DataFrame:
        """The names, colours and portraits that the segmentation gives."""
        given = self.outline(view).segments.set_index("id")
        mine = rows["id"].isin(given.index)
        columns = [c for c in ("name", "slug", "archetype", "colour", "portrait") if c in rows]
        changed = {c: rows[c].where(~mine, rows["id"].map(given[c])) for c in columns}
        if "colour" in changed:
            changed["colour"] = changed["colour"].astype("int64")
        return rows.assign(**changed)

    def _explain(self, stage: Stage[Any, R], view: View, *more: Any, source: Source | None = None) -> R:
        return self._run(
            stage, source or self._everybody(view), *self._learned(view), *more,
            later=lambda: {"labels": self.segmentation(view).labels},
        )  # fmt: skip

    def _members(self, view: View) -> np.ndarray:
        """Who is in the view's segments and groups: an entry a customer."""
        segments = self.segmentation(view) if view.segments else None
        return members.members(view.segments, segments, view.groups, self.rfm(view) if view.groups else None)
