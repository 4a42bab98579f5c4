"""A campaign's brief from a page to the book of campaigns: what was filled in, checked, kept and put in words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from core.campaigns import plays as strategies
from core.campaigns.binder import Binder
from core.campaigns.ledger import brief as briefs
from core.campaigns.ledger.brief import Brief
from core.campaigns.ledger.ledger import Ledger
from core.campaigns.ledger.rows import Campaign
from core.campaigns.plays import Plays
from core.campaigns.targeting.who import Part, Who
from core.errors import ParameterError
from core.pipeline.playing import Playing
from core.view import View


class Briefing(Playing):
    """Questions about what somebody plans, and keeping it."""

    @cached_property
    def ledger(self) -> Ledger:
        """Where campaigns are kept."""
        return Ledger(self.archive.database)

    def brief_of(self, view: View, said: Mapping[str, str] | None = None) -> Brief:
        """The brief that a page shows: every setting stands in the options of its view; ``said`` comes before them.

        Raises
        ------
        ParameterError
            Naming what does not fit, by itself or beside the others.
        """
        typed = {name: view.option(name) for name in briefs.SETTINGS if view.option(name)}
        return briefs.of({**typed, **(said or {})})

    def plan_campaign(self, view: View, brief: Brief, who: str = "") -> Campaign:
        """Keep a campaign for those in its audience whom the view's filters leave.

        Raises
        ------
        ParameterError
            If it has no name, or a strategy that the playbook does not know.
        """
        self._check_strategy(view, brief.strategy)
        return self.ledger.add(view, self.dataset(view).name, brief, who)

    def change_campaign(self, id: str, view: View, brief: Brief, who: str = "") -> Campaign:
        """Plan it otherwise, for others too as long as no files were made of it.

        Raises
        ------
        ParameterError
            As for a new one; or if files were made and the audience would be another.
        """
        if brief.strategy != self.ledger.get(id).brief.strategy:
            self._check_strategy(view, brief.strategy)
        return self.ledger.change(id, view, brief, who)

    def beside(self, view: View, brief: Brief, id: str = "") -> tuple[list[Campaign], Campaign | None]:
        """Kept campaigns beside what is planned, and that as the last of them where it has days.

        Parameters
        ----------
        id : str
            The campaign whose plan it is, which is not beside itself.
        """
        others = [each for each in self.ledger.all() if each.id != id]
        if not (brief.start or brief.end):
            return others, None
        named = brief.but(name=brief.name or "This plan")
        plan = Campaign(id, "", "", 0, view.dataset, self.dataset(view).name, view, named, "")
        return [*others, plan], plan

    def plays(self, view: View, who: Who) -> Plays:
        """Strategies to plan with, in the figures of the one segment that is planned for, if it is one.

        Raises
        ------
        InputError
            If an own playbook was broken by hand.
        """
        parts = (*who.include, *([Part(segments=view.segments)] if view.segments else []))
        one = parts[0].segments if len(parts) == 1 and parts[0] == Part(segments=parts[0].segments) else ()
        segment = one[0] if len(one) == 1 else None
        edition = Binder(self.settings.home).serving(self.kind(view)).edition
        about = self._everybody(view).key, self._marked_by(view), edition, self.dataset(view).currency, segment
        return self.cache.get_or_compute(
            f"campaigns.plays/1 {about!r}", lambda: strategies.plays(self.playbook_board(view), segment)
        )

    def _check_strategy(self, view: View, slug: str) -> None:
        if slug and all(slug != each.slug for each in Binder(self.settings.home).serving(self.kind(view)).strategies):
            raise ParameterError(
                f"The playbook has no strategy {slug[:40]!r} for this kind of dataset.", "Choose one from the list."
            )
