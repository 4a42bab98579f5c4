"""Who is never to be written to, and has to be taken out of a file of a campaign after it was made."""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from core.campaigns.ledger import apart, listed, records
from core.campaigns.ledger.rows import Campaign
from core.campaigns.sending import package, removal
from core.pipeline.campaign_files import CampaignFiles
from core.view import View
from core.warehouse import engine


class Removals(CampaignFiles):
    """Questions about those who refuse."""

    def listed_customers(self, view: View) -> int:
        """How many customers of a dataset stand on the lists of those never to be written to."""
        contacts = self._contact_files(view)
        return self.cache.get_or_compute(
            f"campaigns.listed/1 {view.dataset} {self._contact_stamps(view)} {self.suppressions.state()}",
            lambda: listed.count(self._ids(view.whole()), contacts, self.suppressions.entries()),
        )

    def write_removals(self, id: str, number: int, folder: Path) -> Path | None:
        """Who was sent with a file and may not be written to any more, in the form that its tool takes.

        Returns
        -------
        path or None
            The file, in ``folder``; None where there is nobody.

        Notes
        -----
        What was said since is taken from the suppression lists, the campaign's dataset, and every dataset that was
        brought later and holds the contacts of at least half of those who were sent.
        """
        campaign, record = self.ledger.get(id), self.ledger.files.record(id, number)
        sent = record.filter(pc.equal(record["state"], "sent"))["customer_id"]
        to = str(self.manifest(id, number)["destination"])
        sending = self._keeping_out(self._sending(campaign.view, campaign.brief, to), campaign.view, [])
        contacts = (*sending.contacts, *self._contacts_since(campaign, sent))
        path = folder / sending.destination.file("removal")
        with tempfile.TemporaryDirectory(dir=folder) as aside, engine.open_cursor() as cursor:
            earlier = Path(aside) / package.RECORD
            with earlier.open("wb") as out:
                out.writelines(records.text(record))
            sending = dataclasses.replace(sending, earlier=earlier, contacts=contacts)
            return path if removal.write(cursor, sending, path, Path(aside)) else None

    def _contacts_since(self, campaign: Campaign, sent: pa.ChunkedArray) -> list[Path]:
        mine, found = self._contact_files(campaign.view), list[Path]()
        for dataset in self.datasets():
            for path in self._contact_files(View(dataset.fingerprint)):
                known = pq.read_table(path, columns=["customer_id"])["customer_id"].cast(pa.string())
                shared = pc.mean(pc.is_in(sent, known)).as_py() or 0
                if path not in (*mine, *found) and dataset.added > campaign.made and shared >= apart.SHARED:
                    found.append(path)
        return found
