"""Plans and results held against one another: what was planned of a campaign, and what its strategy has shown."""

from __future__ import annotations

from contextlib import suppress

from core.campaigns import citing, evidence
from core.campaigns.ledger.rows import Campaign
from core.campaigns.planning import power
from core.campaigns.planning.plan import Lifts
from core.campaigns.planning.power import Trial
from core.campaigns.results import planned
from core.campaigns.results.planned import Planned
from core.errors import ClienteleError
from core.pipeline.planning import Planning
from core.pipeline.results import Outcomes
from core.view import View


class Judging(Outcomes, Planning):
    """Questions about plans once there are results."""

    def learned_lifts(self, view: View) -> Lifts | None:
        """What campaigns of the strategy that the view plans with have brought here, as relative lifts."""
        slug = view.option("strategy")
        return evidence.lifts(self.evidence().get(slug, ())) if slug else None

    def shown_of(self, slug: str) -> str:
        """What campaigns of a strategy have shown here, in a line; empty where none was tested."""
        return citing.line(self.evidence(), slug)

    def planned_of(self, id: str) -> Planned | None:
        """What was planned of a kept campaign, for as many as were treated; None where that can no longer be counted.

        Raises
        ------
        ExpiredError
            If there is no such campaign.
        """
        found = self.results_of(id)
        if found is None:
            return None
        view = _planned_view(self.ledger.get(id))
        with suppress(ClienteleError):
            names = {segment.id: segment.name for segment in self.segment_names(view)}
            return planned.planned(self.plan(view), found.whole.treated.customers, names)
        return None

    def trial_of(self, id: str) -> Trial | None:
        """What the arms of a kept campaign can show, as they were sent; None where its plan cannot be counted."""
        states = self.campaign_record(id)[0]["state"]
        sent, held = int((states == "sent").sum()), int((states == "holdout").sum())
        with suppress(ClienteleError):
            plan = self.plan(_planned_view(self.ledger.get(id)))
            return Trial(sent, held, plan.base, plan.lifts[1], power.detectable(sent, held, plan.base))
        return None


def _planned_view(campaign: Campaign) -> View:
    """The view whose options are what was planned."""
    who = campaign.brief.who.text
    return campaign.view.but(**dict(campaign.brief.wishes), **({"who": who} if who else {}))
