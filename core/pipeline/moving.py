"""Which rules make the RFM groups, and who went from one segment to another between two dates."""

from __future__ import annotations

import pandas as pd

from core.pipeline.sales import Sales
from core.segments import features, rfm, rfm_edges, rfm_maps
from core.segments.rfm_maps import Map
from core.view import View


class Moving(Sales):
    """Questions about rules and movement."""

    def rfm_maps(self) -> list[Map]:
        """The maps of RFM groups that come with the program, the usual one first."""
        return list(rfm_maps.shipped().values())

    def rfm_typed(self, view: View) -> dict[str, str]:
        """The view's own thresholds as they are typed in, by feature; empty for fifths."""
        rules = rfm_edges.read(view.rfm_edges)
        return {
            name: "" if rules[slug] == rfm_edges.FIFTHS else rfm_edges.numbers(rules[slug])
            for name, slug in rfm_edges.FEATURES.items()
        }

    def rfm_changes(self, view: View) -> pd.DataFrame:
        """From the groups of the usual rules to those of the view: group, other, customers."""
        return rfm.changes(self.rfm(view), self.rfm(view.but(rfm_map="", rfm_edges="")))

    def rfm_scores(self, view: View) -> pd.DataFrame:
        """One row a customer: id, what is scored, the scores and the label of the group."""
        people, scores = features.customers(self.slice(view.whole())), self.rfm(view).scores
        labels = {group.slug: group.label for group in self.rfm_map(view).groups}
        told = people[["customer_id", "recency_days", "frequency"]].assign(monetary=people["cents"] / 100)
        return told.join(scores[["r", "f", "m", "fm", "group"]]).assign(group=scores["group"].map(labels))
