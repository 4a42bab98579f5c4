"""Who of a campaign can be written to, and its files."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from core.campaigns.audience import RANGES
from core.campaigns.ledger import apart, records, touched
from core.campaigns.ledger.brief import CHANNELS, Brief
from core.campaigns.ledger.made import Made
from core.campaigns.ledger.touched import Touch
from core.campaigns.planning import wishes
from core.campaigns.planning.crowds import of_members
from core.campaigns.planning.reach import Reach, everybody
from core.campaigns.sending import destination, package
from core.campaigns.sending.destination import Audience
from core.campaigns.sending.manifest import Counts, warnings
from core.campaigns.sending.package import Package
from core.campaigns.sending.task import Sending
from core.campaigns.targeting import funnel
from core.campaigns.targeting.funnel import Funnel
from core.errors import ExpiredError
from core.pipeline.campaigning import Campaigning
from core.pipeline.sending import SCHEMA
from core.pipeline.targeting import Targeting
from core.view import View
from core.warehouse import engine

# What arms are drawn by before a plan is kept: who drops out then does not change with each letter of its name.
UNKEPT = "not kept yet"


class CampaignFiles(Campaigning, Targeting):
    """Questions about whom a campaign reaches, and taking its files."""

    def funnel(self, view: View, brief: Brief, but: str = "") -> Funnel:
        """From all customers to those who can be written to; parameters as :meth:`reach`."""
        return self.reach(view, brief, but).funnel

    def reach(self, view: View, brief: Brief, but: str = "") -> Reach:
        """From all customers to those who can be written to, and who these are.

        Where nothing is known of contacts, none are asked for: whoever takes a list of customer numbers has them
        elsewhere.

        Parameters
        ----------
        but : str
            Id of the campaign itself, whose own files keep nobody out.
        """
        found, salt = self._touches(brief, but), self.ledger.get(but).salt if but else UNKEPT
        about = self._audience_key(view, brief), brief.channel, _holdout(brief), salt, self._kept_out(found)
        of = self.people(view).meta.customers if self.has_people(view) else self.tables(view).meta.customers

        def compute() -> Reach:
            sending = self._keeping_out(self._sending(view, brief, "plain", salt), view, found)
            if not (sending.contacts or sending.suppressed.num_rows or found):
                return everybody(self.audience_parts(view, brief.who), of)
            rows = self.audience_members(view, brief.who)
            counts, left = package.weigh(self._packed(rows), sending, self.settings.home)
            asked = [*(["contact"] if sending.needed else []), *(["consent", "asked"] if counts.consent else [])]
            asked += [*(each.kind for each in found), *(["suppressed"] if sending.suppressed.num_rows else [])]
            steps = funnel.funnel(counts, of, asked)
            mine = rows[rows["customer_id"].astype("str").isin(left.to_pylist())]
            return Reach(steps, of_members(mine, log=not self.has_people(view)))

        return self.cache.get_or_compute(f"campaigns.reach/3 {about!r}", compute)

    def campaign_counts(self, id: str) -> dict[str, tuple[Counts, list[str]]]:
        """Who would be sent now, destination by destination, and what to know before a file is taken there."""
        campaign = self.ledger.get(id)
        brief, view, found = campaign.brief, campaign.view, self._touches(campaign.brief, id)
        about = (self._audience_key(view, brief), brief.channel, _holdout(brief), campaign.salt, self._kept_out(found))
        plain = self._sending(view, brief, "plain", campaign.salt)
        rows = functools.cache(lambda: self._packed(self.audience_members(view, brief.who)))
        out = functools.cache(lambda: self._keeping_out(plain, view, found))
        told: dict[str, tuple[Counts, list[str]]] = {}
        for slug, place in self.destinations().items():
            sending = dataclasses.replace(plain, destination=place)

            def compute(place: Audience = place) -> Counts:
                return package.preview(rows(), dataclasses.replace(out(), destination=place), self.settings.home)

            counts = self.cache.get_or_compute(f"campaigns.counts/1 {sending.ways} {about!r}", compute)
            told[slug] = (counts, warnings(counts, sending))
        return told

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
        names = {str(one.id): one.name for one in self.segment_names(view)}
        rows = self._packed(self.audience_members(view, brief.who))
        called = pa.array([names.get(each, "") for each in rows["segment"].to_pylist()], pa.string())
        sending = self._keeping_out(self._sending(view, brief, to, campaign.salt), view, self._touches(brief, id))
        sending = dataclasses.replace(sending, statement=statement or brief.statement)
        with tempfile.TemporaryDirectory(dir=path.parent) as aside:
            done = package.pack(rows.set_column(1, "segment", called), sending, path)
            with zipfile.ZipFile(path) as archive:
                record = records.pack(Path(archive.extract(package.RECORD, aside)))
        self.ledger.files.add(id, to, view.dataset, json.dumps(done.manifest, ensure_ascii=False), record, who)
        return done

    def campaign_files(self, id: str) -> list[tuple[Made, dict[str, Any]]]:
        """The files that were made of a campaign, with what is said of each, the latest first."""
        return self.ledger.files.of(id)

    def manifest(self, id: str, number: int) -> dict[str, Any]:
        """What is said of a file of a campaign.

        Raises
        ------
        ExpiredError
            If there is no such file.
        """
        for file, said in self.campaign_files(id):
            if file.number == number:
                return said
        raise ExpiredError(f"There is no file {number} of this campaign.", "Its history lists those there are.")

    def record_csv(self, id: str, number: int) -> Iterator[bytes]:
        """Who was in the audience of a file, and what became of them, as CSV piece by piece."""
        return records.text(self.ledger.files.record(id, number))

    def _sending(self, view: View, brief: Brief, to: str, salt: str = "") -> Sending:
        """What is sent of a campaign; where nothing is known of contacts, its channel needs none of a file."""
        contacts = self._contact_files(view)
        return Sending(
            brief.name or "A campaign", destination.of(to), _holdout(brief), salt, brief.statement,
            self.who_in_words(view, brief.who), contacts, needed=CHANNELS[brief.channel][1] if contacts else (),
        )  # fmt: skip

    def _keeping_out(self, sending: Sending, view: View, found: list[Touch]) -> Sending:
        """The same without those whom other campaigns or a suppression list keep out."""
        out = apart.people(
            found, view.dataset, lambda: self._ids(view),
            lambda file: self.ledger.files.packed(file.campaign, file.number), self.settings.home,
        )  # fmt: skip
        return dataclasses.replace(sending, suppressed=self.suppressions.entries(), apart=out)

    def _touches(self, brief: Brief, but: str) -> list[Touch]:
        return touched.touches(self.ledger.files.sent(), brief, but, dt.date.today())

    def _ids(self, view: View) -> pa.Array:
        """Of all customers of the dataset."""
        if people := self._roster(view):
            ids = people.frame["customer_id"]
        else:
            ids = engine.collect(self.slice(view.whole()).customers().select("customer_id"))["customer_id"]
        return pa.array(ids.astype("str").to_numpy(dtype=object), pa.string())

    def _packed(self, rows: pd.DataFrame) -> pa.Table:
        """Members of an audience as files want them; their segments are ids as text."""
        return pa.table({
            "customer_id": rows["customer_id"].astype("str").to_numpy(dtype=object),
            "segment": rows["segment"].fillna(0).astype("int64").astype("str").to_numpy(dtype=object),
            "cents": rows["cents"].fillna(0).round().astype("int64").to_numpy(),
        }, schema=SCHEMA)  # fmt: skip

    def _audience_key(self, view: View, brief: Brief) -> tuple[Any, ...]:
        """Names who is in an audience and how they can be reached."""
        plain = dataclasses.replace(view, options=tuple(pair for pair in view.options if pair[0] in RANGES))
        return plain.to_json(), self._marked_by(view), brief.who.text, self._contact_stamps(view)

    def _kept_out(self, found: list[Touch]) -> tuple[Any, ...]:
        """Names whom other campaigns and the suppression lists keep out."""
        return tuple(found), self.suppressions.state()


def _holdout(brief: Brief) -> float:
    """The share held back: all of the money and shares that whom a campaign reaches depends on."""
    return wishes.Wishes.of(View("", options=brief.wishes)).holdout
