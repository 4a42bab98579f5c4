"""Campaigns as they are planned and kept: whom they are for, who of these can be written to, and when they run."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pyarrow as pa

from core.campaigns import audience as audiences
from core.campaigns import table_audience
from core.campaigns.audience import Filters
from core.campaigns.contacts import Contacts
from core.campaigns.figures import figures
from core.campaigns.ledger.brief import CHANNELS, Brief
from core.campaigns.ledger.calendar import Month, calendar
from core.campaigns.ledger.ledger import pack_record
from core.campaigns.ledger.rows import Campaign
from core.campaigns.planning import wishes
from core.campaigns.sending import package
from core.campaigns.sending.package import Package
from core.campaigns.targeting import funnel, members
from core.campaigns.targeting.funnel import Funnel
from core.campaigns.targeting.who import Who
from core.errors import NotEnoughDataError
from core.pipeline.briefing import Briefing
from core.pipeline.sending import SCHEMA, Sends
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

    def funnel(self, view: View, brief: Brief) -> Funnel:
        """From all customers to those who can be written to."""
        files = self._contact_files(view)
        of = self.people(view).meta.customers if self.has_people(view) else self.tables(view).meta.customers
        learned = ""
        with suppress(NotEnoughDataError):
            learned = str(self._learned(view))
        rules = "" if self.has_people(view) else str(self.rfm_rules(view))
        stamps = [f"{file}:{file.stat().st_mtime_ns}" for file in files]
        about = (view.to_json(), learned, rules, brief.who.text, brief.channel, stamps)

        def compute() -> Funnel:
            rows = self.audience_members(view, brief.who)
            sifted = funnel.sift(rows, Contacts(files) if files else None, CHANNELS[brief.channel][1])
            return funnel.count(sifted, of, ["contact"])

        return self.cache.get_or_compute(f"campaigns.funnel/1 {about!r}", compute)

    def pack_campaign(self, id: str, to: str, path: Path, *, statement: str = "", who: str = "") -> Package:
        """Write a campaign's audience file and what belongs to it as one zip, and keep the record of it.

        Parameters
        ----------
        to : str
            Slug of a destination.
        path : path
            Where the zip goes.
        statement : str
            Why people may be written to where no column says that they agreed.

        Raises
        ------
        NotEnoughDataError
            If nobody can be sent.
        ParameterError
            If nothing says that they may be written to.
        """
        campaign = self.ledger.get(id)
        brief, view = campaign.brief, campaign.view
        names = {one.id: one.name for one in self.segment_names(view)}
        rows = self.audience_members(view, brief.who)
        people = pa.table({
            "customer_id": rows["customer_id"].astype("str").to_numpy(dtype=object),
            "segment": rows["segment"].map(names).fillna("").to_numpy(dtype=object),
            "cents": rows["cents"].fillna(0).round().astype("int64").to_numpy(),
        }, schema=SCHEMA)  # fmt: skip
        holdout = wishes.Wishes.of(View(view.dataset, options=brief.wishes)).holdout
        sending = self.shipment(view, to, brief.name, holdout=holdout, statement=statement or brief.statement,
                                salt=campaign.salt)  # fmt: skip
        with tempfile.TemporaryDirectory(dir=path.parent) as aside:
            made = package.pack(people, sending, path)
            with zipfile.ZipFile(path) as archive:
                record = pack_record(Path(archive.extract(package.RECORD, aside)))
        self.ledger.add_file(id, to, view.dataset, json.dumps(made.manifest, ensure_ascii=False), record, who)
        return made

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
