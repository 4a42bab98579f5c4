"""A plan for those who can really be written to, counted by the decision that makes the files."""

from __future__ import annotations

from core.campaigns.planning.plan import Plan
from core.errors import NotEnoughDataError
from core.pipeline.campaign_files import CampaignFiles
from core.pipeline.planning import Planning
from core.view import View


class Reaching(CampaignFiles, Planning):
    """Questions about a campaign to those of its audience who can be written to."""

    def reached_plan(self, view: View, but: str = "") -> Plan:
        """The plan for those who can be written to, as far as that is known.

        Parameters
        ----------
        but : str
            Id of the campaign itself, whose own files keep nobody out.

        Raises
        ------
        ParameterError
            If a setting does not fit, by itself or beside the others.
        NotEnoughDataError
            If nobody is in the audience, or nobody of it can be written to.
        """
        found = self.reach(view, self.brief_of(view), but)
        if found.funnel.audience and not found.funnel.reachable:
            raise NotEnoughDataError(
                f"Nobody of the {found.funnel.audience:,} in the audience can be written to this way.",
                "Choose another channel or another audience: the funnel tells where they drop out.",
            )
        return self.plan(view, found.crowds)
