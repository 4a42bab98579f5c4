"""The files that were made of campaigns: what is said of each, and the record of who is in it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from sqlalchemy import func as sql
from sqlalchemy import insert, select

from core.campaigns.ledger import records, rows
from core.campaigns.ledger.rows import BOOK, CAMPAIGNS, FILES, Campaign
from core.errors import ExpiredError
from core.warehouse.database import Database, now


@dataclass(frozen=True)
class Made:
    """A file of a campaign.

    Parameters
    ----------
    number : int
        From 1; the latest has the highest.
    dataset : str
        Fingerprint of the customers it was made of.
    made : str
        When, as an ISO moment.
    """

    campaign: str
    number: int
    destination: str
    dataset: str
    who: str
    made: str

    @property
    def day(self) -> dt.date:
        """The day on which it was made."""
        return dt.datetime.fromisoformat(self.made).date()


HEADS = [FILES.c[name] for name in Made.__dataclass_fields__]


class FileBook:
    """The files of all campaigns.

    Parameters
    ----------
    database : Database
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    def add(self, id: str, destination: str, dataset: str, manifest: str, record: bytes, who: str = "") -> int:
        """Write down that a file was made, with who was sent, held back and rejected; its number from 1.

        Parameters
        ----------
        manifest : str
            What is said of the file, as JSON.
        record : bytes
            Of :func:`core.campaigns.ledger.records.pack`.
        """
        with self.database.write() as connection:
            rows.read(connection, id, living=True)
            last = select(sql.coalesce(sql.max(FILES.c.number), 0)).where(FILES.c.campaign == id)
            number = int(connection.execute(last).scalar_one()) + 1
            made = {"campaign": id, "number": number, "destination": destination, "dataset": dataset, "who": who,
                    "made": now(), "manifest": manifest, "members": record}  # fmt: skip
            connection.execute(insert(FILES).values(made))
            BOOK.tell(connection, id, "file", who, {"destination": destination, "number": number})
            BOOK.touch(connection, id)
        return number

    def of(self, id: str) -> list[tuple[Made, dict[str, Any]]]:
        """The files of a campaign with their manifests, the latest first."""
        query = select(*HEADS, FILES.c.manifest).where(FILES.c.campaign == id).order_by(FILES.c.number.desc())
        with self.database.read() as connection:
            return [(Made(*row[:-1]), json.loads(row.manifest)) for row in connection.execute(query).all()]

    def sent(self) -> list[tuple[Campaign, list[Made]]]:
        """Campaigns that files were made of, each one's latest first; of the archive too, none deleted."""
        living = select(*HEADS).join(CAMPAIGNS, CAMPAIGNS.c.id == FILES.c.campaign).where(CAMPAIGNS.c.deleted.is_(None))
        found: dict[str, list[Made]] = {}
        with self.database.read() as connection:
            for row in connection.execute(living.order_by(FILES.c.campaign, FILES.c.number.desc())).all():
                found.setdefault(row.campaign, []).append(Made(*row))
            return [(rows.read(connection, id), files) for id, files in found.items()]

    def record(self, id: str, number: int) -> pa.Table:
        """Who was in a file's audience: ``customer_id``, ``segment``, ``arm``, ``state`` and ``reason``.

        Raises
        ------
        ExpiredError
            If there is no such file.
        """
        return records.read(self.packed(id, number))

    def packed(self, id: str, number: int) -> bytes:
        """The same as it is kept: Parquet, a few bytes a customer."""
        with self.database.read() as connection:
            mine = (FILES.c.campaign == id) & (FILES.c.number == number)
            found = connection.execute(select(FILES.c.members).where(mine)).scalar_one_or_none()
        if found is None:
            raise ExpiredError(f"There is no file {number} of this campaign.", "Its history lists those there are.")
        return bytes(found)
