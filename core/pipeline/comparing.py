"""Algorithms side by side on the same customers."""

from __future__ import annotations

from core.pipeline.sales import Sales
from core.segments.dividing import agreement, clusterer
from core.segments.dividing.agreement import Agreement
from core.segments.dividing.clusterer import Clusterer
from core.segments.dividing.segmentation import Segmentation
from core.view import View


class Comparing(Sales):
    """Questions about which way of dividing suits the customers."""

    def methods(self) -> list[Clusterer]:
        """Every algorithm that can be chosen, in the order of the page."""
        return list(clusterer.every().values())

    def compared_k(self, view: View) -> int:
        """How many segments the methods are compared at: the view's own, or as many as the verdict chooses."""
        return view.k or self.selection(view).chosen

    def comparison_of_methods(self, view: View) -> Agreement:
        """Every algorithm on the same features, number of segments and seed."""
        recipe, _, seed = self._learned(view)
        k = self.compared_k(view)

        def divided(slug: str) -> Segmentation:
            if slug == view.method:
                return self.segmentation(view)
            return self.segmentation(view.but(method=slug, k=k, saved=""))

        return self._run(agreement.agreement, self._everybody(view), recipe, k, seed, divided=divided)
