"""How many segments, how stable they are, and how customers split as their number grows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from core.pipeline.sales import Sales
from core.segments.choosing import clustree, stability
from core.segments.choosing.arguments import returning
from core.segments.choosing.clustree import Clustree
from core.segments.choosing.stability import Stabilities, Stability
from core.segments.choosing.verdict import Reason
from core.segments.dividing import clusterer
from core.view import View


class Choosing(Sales):
    """Questions about the number of segments."""

    def method(self, view: View) -> clusterer.Clusterer:
        """The algorithm in use."""
        return clusterer.of(view.method)

    def stability(self, view: View) -> Stability:
        """Whether the segments in use come back when customers are drawn again."""
        recipe, k, seed = self._learned(view)
        about = self._everybody(view), recipe, k, seed
        return self._run(stability.stability, *about, later=lambda: {"labels": self._grouped(view)})

    def stabilities(self, view: View) -> Stabilities:
        """The least stable segment for every number; of the number in use what :meth:`stability` says."""
        recipe = self._recipe(view)
        found = self._run(stability.stabilities, self._everybody(view), recipe, view.k_range, view.seed)
        in_use, mine = self.chosen_k(view), self.stability(view)
        here = found.rows["k"] == in_use
        if not here.any():
            return found
        rows = found.rows.copy()
        rows.loc[here, ["least", "mean"]] = mine.least, float(mine.rows["jaccard"].mean())
        rows.loc[here, "band"] = stability.band(mine.least)
        return replace(found, rows=rows)

    def clustree(self, view: View) -> Clustree:
        """How customers split as the number of segments grows over the view's range."""
        recipe, k, seed = self._learned(view)
        about = self._everybody(view), recipe, k, seed, view.k_range
        return self._run(
            clustree.clustree, *about, later=lambda: {"labels": self._grouped(view), "divided": self.divisions(view)}
        )

    def criteria(self, view: View) -> pd.DataFrame:
        """All criteria by number of segments: the sweep's, and stability."""
        found = self.stabilities(view).rows.rename(columns={"least": "stability_least", "mean": "stability_mean"})
        return self.selection(view).rows.merge(found, on="k", how="left")

    def stability_reasons(self, view: View) -> list[Reason]:
        """What stability says for and against the verdict's number, which it does not change."""
        found, chosen = self.stabilities(view), self.selection(view).chosen
        drawn = self.stability(view) if chosen == self.chosen_k(view) else found
        return returning(found.rows, chosen, drawn.resamples)

    def _grouped(self, view: View) -> np.ndarray:
        """The segment of each customer, 0 of those who are set aside or in none."""
        found = self.segmentation(view)
        return np.where(found.labels == found.apart, 0, found.labels)
