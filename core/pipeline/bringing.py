"""What comes back of kept campaigns is brought once: results files, or the orders of a log."""

from __future__ import annotations

import hashlib
from functools import cached_property, partial
from pathlib import Path

import pandas as pd

from core.campaigns.contacts import Contacts
from core.campaigns.ledger.outcomes import Brought, OutcomeBook
from core.campaigns.ledger.rows import Campaign
from core.campaigns.results import matching, ordering, reading, record
from core.campaigns.results.reading import ForeignError
from core.errors import ClienteleError, InputError, ParameterError
from core.intake.answers import Answers
from core.periods import Span
from core.pipeline.campaigning import Campaigning
from core.view import View
from core.warehouse.store import Dataset

# A file that another campaign knows so many of belongs there.
MOSTLY = 0.5


class Bringing(Campaigning):
    """What can be done with results of kept campaigns."""

    @cached_property
    def outcome_book(self) -> OutcomeBook:
        """Where results are kept."""
        return OutcomeBook(self.archive.database)

    def brought_for(self, id: str) -> list[Brought]:
        """What counts for a campaign, in order."""
        return [each for each in self.outcome_book.all(id) if not each.dropped]

    def bring_results(
        self, id: str, path: Path, name: str, answers: Answers | None = None, who: str = ""
    ) -> tuple[Brought, bool]:  # fmt: skip
        """Keep what a results file says of a campaign's customers.

        Returns
        -------
        Brought, bool
            And whether it is new: the same file counts once, whatever it is called, and however it is saved.

        Raises
        ------
        InputError
            If it cannot be read, or is of another campaign, which is named where it is known here.
        core.campaigns.results.columns.WhichColumnError
            If somebody has to say what a column is: bring it again with ``answers.roles``.
        """
        campaign, digest = self._sent(id), reading.digest_of(path)
        for each in self.brought_for(id):
            if each.digest == digest:
                return each, False
        people, _ = self.campaign_record(id)
        try:
            found = reading.read(self._with_mails(campaign, people), path, name, answers or Answers(), self.store.aside)
        except ForeignError as error:
            raise self._foreign(error, campaign, name) from error
        for each in self.brought_for(id):
            if each.kind == "file" and matching.alike(self.outcome_book.outcomes(id, each.number), found.rows):
                return each, False
        told = list(found.told)
        if others := self.outcome_book.elsewhere(digest, id):
            told.append(f"The same file was also brought for {', '.join(others)}.")
        about = {"told": told, "columns": {role: str(header) for role, header in found.columns.items()}}
        return self.outcome_book.add(id, "file", name, digest, found.rows, about, who)

    def results_from_log(self, id: str, view: View, days: Span, who: str = "") -> tuple[Brought, bool]:
        """Keep what an order log says of a campaign's customers on its days; the log that is taken last counts.

        Raises
        ------
        InputError
            If the log knows next to nobody of the campaign, or holds none of the days.
        """
        self._sent(id)
        people, _ = self.campaign_record(id)
        found = ordering.ordered(self.slice(view.whole()), people["customer_id"], days)
        ordering.matched(people, found)
        told = [*found.told, *self._too_early(id, days)]
        about = {"told": told, "dataset": view.dataset, "known": found.known, "of": len(people),
                 "start": str(days.start), "end": str(days.end)}  # fmt: skip
        digest = hashlib.sha256(f"log {view.dataset} {view.rules} {days.start} {days.end}".encode()).hexdigest()
        return self.outcome_book.add(id, "log", self.dataset(view).name, digest, found.rows, about, who)

    def _too_early(self, id: str, days: Span) -> list[str]:
        """What to tell of days before anybody can have been written to."""
        first = min(file.day for file, _ in self.ledger.files.of(id))
        if days.start >= first:
            return []
        every = "All of these days" if days.end < first else "Some of these days"
        return [f"{every} lie before {first:%d %B %Y}, when the first file of the campaign was made: what was ordered "
                "before it was sent did not come of it."]  # fmt: skip

    def logs_for(self, id: str) -> list[tuple[Dataset, Span, int]]:
        """Order logs that know customers of a campaign, with their days and how many they know; most first."""
        found = []
        files = self.ledger.get(id).files
        for dataset in self.datasets():
            if dataset.kind == "transactions":
                view = View(dataset.fingerprint)
                try:
                    span = self.span(view)
                    key = f"campaigns.known/1 {id} {files} {dataset.fingerprint}"
                    known = self.cache.get_or_compute(key, partial(self._known, id, view))
                except ClienteleError:
                    continue
                found += [(dataset, span, known)] if known else []
        return sorted(found, key=lambda each: -each[2])

    def _known(self, id: str, view: View) -> int:
        people, _ = self.campaign_record(id)
        return len(ordering.knows(self.slice(view), people["customer_id"]))

    def campaign_record(self, id: str) -> tuple[pd.DataFrame, int]:
        """Who was in a campaign, over all of its files; see :func:`core.campaigns.results.record.union`."""
        campaign = self.ledger.get(id)
        tables = [self.ledger.files.record(id, number) for number in range(1, campaign.files + 1)]
        return record.union(tables, campaign.name)

    def _sent(self, id: str) -> Campaign:
        campaign = self.ledger.get(id)
        if not campaign.files:
            raise ParameterError(
                f"No file was made for “{campaign.name}”, so nobody is known to be treated or held back.",
                "Take its files on the page of campaign plans first.",
            )
        return campaign

    def _with_mails(self, campaign: Campaign, people: pd.DataFrame) -> pd.DataFrame:
        """The record with addresses, as a mail tool knows nobody by another name; without, where they are not known."""
        try:
            files = self._contact_files(campaign.view)
        except ClienteleError:
            return people
        contacts = Contacts(files)
        if "email" not in contacts.fields:
            return people
        mails = contacts.known(people)["email"]
        return people.assign(email=mails.where(mails.notna(), "").to_numpy())

    def _foreign(self, error: ForeignError, campaign: Campaign, name: str) -> InputError:
        """The error, with the name of the campaign that the file is of, where it is kept here."""
        for other in [*self.ledger.all(), *self.ledger.all(archived=True)]:
            if other.files and other.id != campaign.id:
                people, _ = self.campaign_record(other.id)
                known = sum(each in error.customers for each in people["customer_id"])
                if known >= MOSTLY * len(error.customers):
                    return InputError(
                        f"{name} is not of “{campaign.name}”: {known:,} of its {len(error.customers):,} customers were "
                        f"in “{other.name}”.",
                        f"Bring it as the results of “{other.name}”. Nothing was changed.",
                    )
        return InputError(
            f"{error.message} It is not of “{campaign.name}”.", "Bring the file of this campaign. Nothing was changed."
        )
