"""Campaigns as they are planned and kept: whom they are for, who of these can be written to, and when they run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from core.campaigns import audience as audiences
from core.campaigns import table_audience
from core.campaigns.audience import Filters
from core.campaigns.figures import figures
from core.campaigns.ledger.brief import CHANNELS
from core.campaigns.ledger.calendar import Month, calendar
from core.campaigns.ledger.rows import Campaign
from core.campaigns.targeting import members
from core.campaigns.targeting.who import Who
from core.pipeline.briefing import Briefing
from core.pipeline.sending import Sends
from core.view import View
from core.warehouse import engine

PLACES = 3


class Campaigning(Briefing, Sends):
    """Questions about planned campaigns, and what can be done with them."""

    def audience_members(self, view: View, who: Who) -> pd.DataFrame:
        """Whom the filters of a view and ``who`` leave: :data:`core.campaigns.targeting.members.COLUMNS`."""
        contacts = self._contact_files(view)
        if people := self._roster(view):
            rows = members.of_table(people, who, contacts)
            known = figures(people.frame, people.source.columns)
            for holds in table_audience.conditions(people.frame, known, Filters.of(view)).values():
                rows = rows[rows["customer"].isin(people.frame["customer"][holds])]
            return rows.reset_index(drop=True)
        marks, source = self._marks(view), self._unmarked(view)
        frame = members.of_log(self.slice(view.whole()), who, marks, contacts)
        wanted = audiences.conditions(source, Filters.of(view)).values()
        left = audiences.everyone(source, marks).filter(*wanted).select("customer")
        return engine.collect(frame.join(left, on="customer", how="semi").sort("customer"))

    def campaign_months(self, view: View, campaigns: Sequence[Campaign]) -> list[Month]:
        """Twelve months from that of today, with the campaigns that run in each."""
        index: dict[int, float] = {}
        countries: list[str] = []
        if not self.has_people(view):
            countries = [name for name, _ in self.countries_left(view.whole())[:PLACES]]
            found = self.seasonal_index(view.whole())
            rows = found.rows.dropna(subset="index")
            index = {int(month): float(value) for month, value in zip(rows["month"], rows["index"], strict=True)}
        return calendar(campaigns, countries, index, dt.date.today())

    def campaigns_frame(self) -> pd.DataFrame:
        """Every campaign that is kept, a row each."""
        columns = ["campaign", "id", "dataset", "channel", "start", "end", "offer", "settings", "planned_on", "who"]
        rows = [
            (
                each.name, each.id, each.dataset_name, CHANNELS[each.brief.channel][0], each.brief.start,
                each.brief.end, each.brief.offer, "; ".join(f"{name} {text}" for name, text in each.brief.wishes),
                each.made[:10], each.who,
            )
            for each in self.ledger.all()
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=columns)
