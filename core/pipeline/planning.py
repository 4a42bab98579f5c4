"""Is a campaign worth it, and can its test show anything."""

from __future__ import annotations

from typing import Any

import pandas as pd

from core.campaigns.planning import plan
from core.campaigns.planning.crowds import Crowds
from core.campaigns.planning.plan import Lifts, Plan
from core.campaigns.planning.wishes import Wishes
from core.pipeline.targeting import Targeting
from core.view import View


class Planning(Targeting):
    """Questions about a campaign before it is sent."""

    def plan(self, view: View, found: Crowds | None = None) -> Plan:
        """The campaign that a view's options describe, to those of ``who`` whom its filters leave.

        Parameters
        ----------
        found : Crowds, optional
            Those of them who can be written to, where that is known; see :meth:`reached_plan`.

        Raises
        ------
        ParameterError
            If a setting does not fit, by itself or beside the others.
        """
        log, learned = not self.has_people(view), self.learned_lifts(view)
        return plan.plan(found or self.audience_parts(view), Wishes.of(view), log=log, learned=learned)

    def learned_lifts(self, view: View) -> Lifts | None:
        """Relative lifts that own results of the view's strategy showed; None here, where none are known."""
        return None

    def plan_segments(self, view: View, made: Plan | None = None) -> pd.DataFrame:
        """A row a segment: money in units, rates and lifts as shares; empty where it is not known."""
        names = {segment.id: segment.name for segment in self.segment_names(view)}
        return pd.DataFrame([_row(line, names) for line in (made or self.plan(view)).lines])


def _row(line: plan.Line, names: dict[int, str]) -> dict[str, Any]:
    done, spent, trial = line.worth, line.spent, line.trial
    return {
        "segment": names.get(line.id, "In no segment"),
        "customers": line.customers,
        "treated": trial.treated,
        "holdout": trial.holdout,
        "order_value": None if line.order is None else round(line.order / 100, 2),
        "response_without": line.base,
        "response_with": line.guess.middle,
        "smallest_lift_shown": trial.smallest,
        "cost": done.cost / 100 if done else None,
        "break_even_response": done.break_even if done else None,
        "expected_orders_more": done.orders if done else None,
        "expected_profit": done.profit / 100 if done else None,
        "profit_low": done.low / 100 if done else None,
        "profit_high": done.high / 100 if done else None,
        "contacts_in_budget": spent.contacts if spent else None,
        "spent_of_budget": spent.cost / 100 if spent else None,
    }
