"""Datasets as things to keep: renamed, added to, joined, deleted and brought back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from core import typed
from core.campaigns.ledger.ledger import Ledger
from core.campaigns.ledger.outcomes import OutcomeBook
from core.errors import NotEnoughDataError
from core.intake import appending, joining
from core.intake.answers import Answers
from core.pipeline.campaigns import Acts
from core.view import View
from core.warehouse import trash
from core.warehouse.store import Dataset


class Shelf(Acts):
    """What can be done to a dataset as a whole."""

    @cached_property
    def _trash(self) -> trash.Trash:
        return trash.Trash(self.store, self._forget)

    def _forget(self, fingerprints: set[str]) -> None:
        """Nothing computed or saved of the people in datasets is kept."""
        self.archive.forget(fingerprints)
        Ledger(self.archive.database).forget(fingerprints)
        OutcomeBook(self.archive.database).forget(fingerprints)
        self.cache.clear()

    def rename(self, fingerprint: str, name: str) -> Dataset:
        """Call a dataset something else.

        Raises
        ------
        ParameterError
            If the name is empty or longer than 120 characters.
        """
        return self.store.relabel(fingerprint, name=typed.name(name, "dataset"))

    def delete(self, fingerprint: str) -> list[Dataset]:
        """Into the trash, with all that was made of it; see :class:`core.warehouse.trash.Trash`."""
        return self._trash.delete(fingerprint)

    def trashed(self) -> list[Dataset]:
        """What can be brought back."""
        return self._trash.list()

    def restore(self, fingerprint: str) -> Dataset:
        """Back from the trash."""
        return self._trash.restore(fingerprint)

    def purge(self, fingerprint: str) -> None:
        """Gone for good, and every result with it."""
        self._trash.purge(fingerprint)

    def disk_bytes(self, fingerprint: str) -> int:
        """What a dataset takes on disk."""
        return trash.bytes_on_disk(self.store, fingerprint)

    def matched(self, log: str, table: str) -> tuple[int, int]:
        """Customers of a log that stand in a table, and customers of the log."""
        return joining.matched(self.store, log, table)

    def join(self, log: str, table: str) -> Dataset:
        """A log together with a customer table."""
        return joining.join(self.store, log, table)

    def append(
        self,
        fingerprint: str,
        path: Path,
        *,
        file: str = "",
        answers: Answers | None = None,
        progress: Callable[[str, float], None] | None = None,
    ) -> Dataset:
        """A later export, or another part, added to a dataset: a new version that tells what came and what changed.

        Returns
        -------
        Dataset
            Its ``facts["news"]`` are sentences. The version before stays until it is deleted.

        Raises
        ------
        InputError
            If the file cannot be read, or is no table of the same kind.
        """
        tell = progress or (lambda words, share: None)
        made = appending.append(
            self.store, fingerprint, path, file=file, answers=answers, limit=self.settings.upload_limit,
            progress=lambda words, share: tell(words, 0.8 * share),
        )  # fmt: skip
        if made.facts.get("news"):
            return made
        tell("Comparing with the version before", 0.85)
        news = [*made.facts["came"], *self._news(View(fingerprint), View(made.fingerprint), made.currency)]
        return self.store.note(made.fingerprint, news=news)

    def _news(self, before: View, after: View, currency: str) -> list[str]:
        """What the new version changed, in sentences."""
        said: list[str] = []
        if self.dataset(after).kind == "transactions":
            with suppress(NotEnoughDataError):
                was, now = self.tables(before).meta, self.tables(after).meta
                money = f"{currency} {was.cents / 100:,.2f} to {now.cents / 100:,.2f}"
                said.append(f"Revenue goes from {money}, customers from {was.customers:,} to {now.customers:,}.")
        with suppress(NotEnoughDataError):
            old = {name.name: name.customers for name in self.segmentation(before).names}
            new = {name.name: name.customers for name in self.segmentation(after).names}
            for name in [*new, *(name for name in old if name not in new)]:
                if name not in old:
                    said.append(f"New segment: {name}, {new[name]:,} customers.")
                elif name not in new:
                    said.append(f"No longer a segment: {name}, it had {old[name]:,} customers.")
                elif new[name] != old[name]:
                    said.append(f"{name}: from {old[name]:,} to {new[name]:,} customers.")
        return said
