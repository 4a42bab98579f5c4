"""Files for other tools: whom a view takes along, sent to a destination."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pyarrow as pa

from core.campaigns import rows as audience_rows
from core.campaigns import table_audience
from core.campaigns.audience import Filters
from core.campaigns.ledger.suppressions import Listed, Suppressions
from core.campaigns.sending import destination, package, suppression
from core.campaigns.sending.destination import Audience
from core.campaigns.sending.package import Package
from core.campaigns.sending.task import Sending
from core.pipeline.campaigns import Acts
from core.view import View

SCHEMA = pa.schema([("customer_id", pa.string()), ("segment", pa.string()), ("cents", pa.int64())])


class Sends(Acts):
    """Questions about audience files."""

    @cached_property
    def suppressions(self) -> Suppressions:
        """Those who are never to be written to; they are in no file."""
        return Suppressions(self.archive.database)

    def bring_suppressions(self, path: Path, who: str = "") -> Listed:
        """Keep a file of those who are never to be written to, as digests.

        Raises
        ------
        InputError
            If it cannot be read, or holds nobody.
        """
        return self.suppressions.add(path.name, suppression.read(path), who)

    def destinations(self) -> dict[str, Audience]:
        """Where an audience can be taken, by slug."""
        return destination.every()

    def shipment(
        self,
        view: View,
        to: str,
        campaign: str,
        *,
        holdout: float = 0.1,
        statement: str = "",
        suppress: Path | None = None,
        earlier: Path | None = None,
        needed: tuple[tuple[str, ...], ...] = (),
    ) -> Sending:
        """What the view and these words describe; see :class:`core.campaigns.sending.task.Sending`.

        Raises
        ------
        ParameterError
            If there is no such destination, or a word does not fit.
        InputError
            If the suppression list cannot be read.
        """
        said = "; ".join(filter(None, self.audience_conditions(view).values()))
        listed = self.suppressions.entries()
        if suppress:
            listed = pa.concat_tables([listed, suppression.read(suppress)])
        return Sending(
            campaign,
            destination.of(to),
            holdout,
            statement=statement,
            chosen=said,
            contacts=self._contact_files(view),
            suppressed=listed,
            earlier=earlier,
            needed=needed,
        )

    def sending_members(self, view: View) -> pa.Table:
        """Everybody whom the view takes along: ``customer_id``, ``segment`` (name), ``cents``."""
        filters = Filters.of(view)
        if people := self._roster(view):
            frame = table_audience.members(people, filters)
            return pa.Table.from_pandas(frame, schema=SCHEMA, preserve_index=False)
        rows = audience_rows.members(self._unmarked(view), filters, self._marks(view))
        return rows.to_native().to_arrow_table().cast(SCHEMA)

    def save_package(self, view: View, sending: Sending, folder: Path) -> Package:
        """Write the audience file and what belongs to it into a folder."""
        return package.save(self.sending_members(view), sending, folder)
