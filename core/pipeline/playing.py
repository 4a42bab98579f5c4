"""The playbook that serves a dataset: what it holds, whom it fits now, and what another one would change."""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.campaigns import board, campaigns, conditions
from core.campaigns.binder import Binder
from core.campaigns.board import Change, Entry, Member
from core.campaigns.playbook import shipped
from core.campaigns.strategies import Playbook
from core.campaigns.tables import table_facts
from core.campaigns.words import KNOWN
from core.errors import InputError, NotEnoughDataError
from core.pipeline.campaigns import Acts
from core.view import View
from core.warehouse.people import People


class Playing(Acts):
    """Questions about the playbook."""

    @property
    def binder(self) -> Binder:
        """The shop's own playbooks."""
        return Binder(self.settings.home)

    def playbook_board(self, view: View) -> list[Entry]:
        """Every strategy for the dataset's kind, and to which segments it applies now.

        Raises
        ------
        InputError
            If an own playbook was broken by hand.
        """
        kind = self.kind(view)
        return board.board(self.binder.serving(kind), shipped(kind), self.playbook_members(view))

    def playbook_changes(self, view: View, text: str) -> list[Change]:
        """What is proposed to each segment and the shop now, and what would be were this text the own playbook."""
        kind = self.kind(view)
        return board.changes(self._serving(kind), self.binder.check(kind, text), self.playbook_members(view))

    def playbook_frame(self, view: View) -> pd.DataFrame:
        """The board as a table."""
        return board.frame(self.playbook_board(view))

    def playbook_measures(self, view: View) -> list[tuple[str, str]]:
        """What conditions may ask for, by the name that stands in a playbook, and in words."""
        kind = self.kind(view)
        usable = [name for name, unit in KNOWN[kind].items() if unit not in ("money", "text")]
        return [(name, " beside ".join(part for part in conditions.name(name, kind) if part)) for name in usable]

    def playbook_members(self, view: View) -> list[Member]:
        """The shop as a whole and its segments, each with the figures that strategies may speak of."""
        source, currency = self._everybody(view), self.dataset(view).currency
        try:
            found = self.segmentation(view)
        except NotEnoughDataError:
            found = None
        if isinstance(source, People):
            labels = np.ones(len(source.frame()), dtype=int) if found is None else found.labels
            facts = table_facts(source, currency, labels)
            everybody = Member(board.SHOP, "The shop as a whole", "shop", -1, len(labels), facts[0])
            names = found.names if found else []
            return [everybody, *(Member(o.id, o.name, o.slug, o.colour, o.customers, facts[o.id]) for o in names)]
        season = self._season(view)
        shop = campaigns.shop_facts(self._groups(view), season, currency)
        rows = campaigns.each_facts(self._segments(view), season, currency) if found else ()
        return [
            Member(board.SHOP, "The shop as a whole", "shop", -1, int(shop["customers"]), shop),
            *(
                Member(int(r["id"]), str(r["name"]), str(r["slug"]), int(r["colour"]), int(r["customers"]), facts)
                for r, facts in rows
            ),
        ]

    def _serving(self, kind: str) -> Playbook:
        """What serves, or where an own file is broken what came with the product: a text that mends it can be tried."""
        try:
            return self.binder.serving(kind)
        except InputError:
            return shipped(kind)
