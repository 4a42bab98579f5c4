"""Who the customers are: always learned from all of them, whatever the period and filters."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
import pandas as pd

from core.errors import NotEnoughDataError
from core.periods import resolve
from core.pipeline.datasets import Datasets
from core.segments import importance, members, profiles, projection, rfm, segmentation, selection, silhouettes, sizes
from core.segments.importance import Importance
from core.segments.profiles import Boxes, Heat, Profiles
from core.segments.projection import Projection
from core.segments.rfm import Grid, Rfm
from core.segments.segmentation import Segmentation, SegmentName
from core.segments.selection import Sweep
from core.segments.silhouettes import Silhouettes
from core.segments.sizes import Sizes
from core.stages import Stage
from core.view import View
from core.warehouse import engine
from core.warehouse.tables import Slice

R = TypeVar("R")


class Segments(Datasets):
    """Questions about segments, and the slice of customers that a view leaves."""

    def slice(self, view: View) -> Slice:
        """The orders and customers that the view's period and filters leave."""
        tables = self.tables(view)
        span = resolve(view.period, tables.meta.span).clip(tables.meta.span) or resolve(view.period, tables.meta.span)
        key = f"{self._source(view)} {span} {sorted(view.countries)}"
        if not (view.segments or view.groups):
            return Slice(tables, key, span, view.countries)
        chosen = self._members(view)
        learned = f"{self._learned(view)}" if view.segments else ""
        key = f"{key} {learned} {sorted(view.segments)} {sorted(view.groups)}"
        return Slice(tables, key, span, view.countries, chosen)

    def rfm(self, view: View) -> Rfm:
        return self._run(rfm.rfm, self._everybody(view))

    def rfm_grid(self, view: View) -> Grid:
        """The 5 × 5 grid of the customers and revenue that the view looks at."""
        return self._run(rfm.grid, self.slice(view), scored=self.rfm(view))

    def selection(self, view: View) -> Sweep:
        return self._run(selection.sweep, self._everybody(view), self.preparation(view), view.k_range, view.seed)

    def preparation(self, view: View) -> str:
        """The view's own preparation, or the usual one: amounts of an order log are spread over powers of ten."""
        return "log" if view.prepare == "auto" else view.prepare

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
        return self.preparation(view), self.chosen_k(view), view.seed

    def _explain(self, stage: Stage[Any, R], view: View, source: Slice | None = None) -> R:
        labels = self.segmentation(view).labels
        return self._run(stage, source or self._everybody(view), *self._learned(view), labels=labels)

    def _members(self, view: View) -> np.ndarray:
        """Who is in the view's segments and groups: an entry a customer."""
        segments = self.segmentation(view) if view.segments else None
        return members.members(view.segments, segments, view.groups, self.rfm(view) if view.groups else None)
