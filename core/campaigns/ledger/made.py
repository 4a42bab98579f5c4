"""The files that were made of campaigns: what is said of each, without who is in it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from core.campaigns.ledger import rows
from core.campaigns.ledger.rows import CAMPAIGNS, FILES, Campaign
from core.warehouse.database import Database


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


def of(database: Database, campaign: str) -> list[tuple[Made, dict[str, Any]]]:
    """The files of a campaign with their manifests, the latest first."""
    query = select(*HEADS, FILES.c.manifest).where(FILES.c.campaign == campaign).order_by(FILES.c.number.desc())
    with database.read() as connection:
        return [(Made(*row[:-1]), json.loads(row.manifest)) for row in connection.execute(query).all()]


def sent(database: Database) -> list[tuple[Campaign, list[Made]]]:
    """Campaigns that files were made of, each one's latest first; of the archive too, none deleted."""
    living = select(*HEADS).join(CAMPAIGNS, CAMPAIGNS.c.id == FILES.c.campaign).where(CAMPAIGNS.c.deleted.is_(None))
    found: dict[str, list[Made]] = {}
    with database.read() as connection:
        for row in connection.execute(living.order_by(FILES.c.campaign, FILES.c.number.desc())).all():
            found.setdefault(row.campaign, []).append(Made(*row))
        return [(rows.read(connection, id), files) for id, files in found.items()]
