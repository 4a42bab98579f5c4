"""What came of the campaigns that are kept, and what their strategies have shown so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from core.campaigns import citing
from core.campaigns.board import Entry
from core.campaigns.campaigns import Campaigns
from core.campaigns.evidence import Run
from core.campaigns.ledger.outcomes import Brought
from core.campaigns.ledger.rows import Campaign
from core.campaigns.planning.wishes import Wishes
from core.campaigns.results import assessing, listing, matching, ordering
from core.campaigns.results.assessing import Results, Terms
from core.campaigns.results.matching import Matched
from core.campaigns.results.ordering import Ordered
from core.pipeline.bringing import Bringing
from core.view import View


class KeptOutcomes(Bringing):
    """Questions about kept campaigns that were sent."""

    def results_of(self, id: str) -> Results | None:
        """What came of a kept campaign; None where nothing says yet who ordered.

        Raises
        ------
        ExpiredError
            If there is no such campaign.
        """
        campaign, brought = self.ledger.get(id), self.brought_for(id)
        if not (campaign.files and brought):
            return None
        terms = terms_of(campaign)
        about = (id, campaign.name, campaign.files, [(each.number, each.digest) for each in brought], terms)
        return self.cache.get_or_compute(f"campaigns.results/1 {about!r}", lambda: self._assess(campaign, brought))

    def results_frame(self, id: str) -> pd.DataFrame:
        """A row a segment and one for all: both arms, and what the comparison says; money in units."""
        return listing.frame(self.results_of(id) if id else None)

    def evidence(self) -> dict[str, list[Run]]:
        """What tests of each strategy showed, by its slug; comparisons that are not fair are left out."""
        having = self.outcome_book.having()
        if not having:
            return {}
        # Whatever changes in a campaign changes its revision.
        return self.cache.get_or_compute(f"campaigns.evidence/1 {having!r}", lambda: self._evidence(having))

    def _evidence(self, having: list[tuple[str, int]]) -> dict[str, list[Run]]:
        found: dict[str, list[Run]] = {}
        for id, _ in having:
            strategy = self.ledger.get(id).brief.strategy
            results = self.results_of(id) if strategy else None
            if results and not results.doubts and (run := assessing.run_of(results)):
                found.setdefault(strategy, []).append(run)
        return found

    def campaigns(self, view: View) -> Campaigns:
        """What to do next, each strategy with what it has shown here so far."""
        return citing.cited(super().campaigns(view), self.evidence())

    def playbook_board(self, view: View) -> list[Entry]:
        """Every strategy for the dataset's kind, each with what it has shown here so far."""
        evidence = self.evidence()
        found = super().playbook_board(view)
        return [replace(each, evidence=citing.line(evidence, each.strategy.slug)) for each in found]

    def _assess(self, campaign: Campaign, brought: Sequence[Brought]) -> Results | None:
        people, moved = self.campaign_record(campaign.id)
        found = matching.together(*self._matched(campaign, brought, people))
        if found is None:
            return None
        told = [f"{moved:,} customers changed arms between the files of this campaign, as the share held back was "
                "changed: who was sent any of them counts as treated."] if moved else []  # fmt: skip
        terms = terms_of(campaign)
        return assessing.assess(found.people, terms, campaign.name, [*told, *found.told], found.reactions)

    def _matched(
        self, campaign: Campaign, brought: Sequence[Brought], people: pd.DataFrame
    ) -> tuple[Matched | None, Matched | None]:
        files = [each for each in brought if each.kind == "file"]
        rows = {each.number: self.outcome_book.outcomes(campaign.id, each.number) for each in brought}
        told = [line for each in files for line in each.told]
        file = matching.add_up(people, [rows[each.number] for each in files], told) if files else None
        last = next((each for each in reversed(brought) if each.kind == "log"), None)
        if last is None:
            return file, None
        found = Ordered(rows[last.number], int(last.about["known"]), last.told)
        return file, ordering.matched(people, found)


def terms_of(campaign: Campaign) -> Terms:
    """What a campaign was planned with, as its results are counted."""
    wishes = Wishes.of(View(campaign.dataset, options=campaign.brief.wishes))
    holdout = wishes.holdout if 0 < wishes.holdout < 1 else None
    return Terms(wishes.margin, wishes.cost / 100, holdout, None, wishes.discount)
