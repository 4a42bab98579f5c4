"""What came back of kept campaigns: each results file or order log once, taken back and put back, nothing lost."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Connection, delete, false, insert, or_, select, update
from sqlalchemy import func as sql

from core.campaigns.ledger import rows
from core.campaigns.ledger.rows import BOOK, CAMPAIGNS, RESULTS
from core.errors import ExpiredError
from core.warehouse.database import Database, now


@dataclass(frozen=True)
class Brought:
    """A results file, or the orders of a log, that were brought for a campaign.

    Parameters
    ----------
    kind, name : str
        ``file`` or ``log``, and what it or the dataset is called.
    about : mapping
        What is to be told (``told``), which ``columns`` were read, of a log its ``dataset`` and days (``start``,
        ``end``) and how many of the campaign it knows (``known``).
    dropped : str
        When it was taken back; empty while it counts.
    """

    number: int
    kind: str
    name: str
    digest: str
    who: str
    made: str
    about: Mapping[str, Any] = field(default_factory=dict)
    dropped: str = ""

    @property
    def told(self) -> tuple[str, ...]:
        return tuple(self.about.get("told", ()))


class OutcomeBook:
    """What came back, by campaign.

    Parameters
    ----------
    database : Database
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    def add(
        self,
        id: str,
        kind: str,
        name: str,
        digest: str,
        outcomes: pd.DataFrame,
        about: Mapping[str, Any],
        who: str = "",
    ) -> tuple[Brought, bool]:
        """Keep what came back.

        Parameters
        ----------
        digest : str
            What tells it from others: the same again counts once.
        outcomes : frame
            A row a customer who did something, or more.

        Returns
        -------
        Brought, bool
            And whether it is new; what was taken back before is put back.
        """
        with self.database.write() as connection:
            rows.read(connection, id, living=True)
            here = select(*_SHOWN).where(RESULTS.c.campaign == id)
            if same := connection.execute(here.where(RESULTS.c.digest == digest)).one_or_none():
                if same.dropped:
                    _mark(connection, id, same.number, None, who)
                return replace(_brought(same), dropped=""), bool(same.dropped)
            last = select(sql.coalesce(sql.max(RESULTS.c.number), 0)).where(RESULTS.c.campaign == id)
            number = int(connection.execute(last).scalar_one()) + 1
            description = json.dumps({"kind": kind, **about}, ensure_ascii=False)
            made = {"campaign": id, "number": number, "digest": digest, "source": name, "who": who, "made": now(),
                    "description": description, "outcomes": _pack(outcomes), "dropped": None}  # fmt: skip
            connection.execute(insert(RESULTS).values(made))
            BOOK.tell(connection, id, "results", who, {"source": name, "number": number})
            BOOK.touch(connection, id)
            return _brought(connection.execute(here.where(RESULTS.c.number == number)).one()), True

    def all(self, id: str) -> list[Brought]:
        """All that was brought for a campaign, what was taken back too, in order."""
        with self.database.read() as connection:
            found = select(*_SHOWN).where(RESULTS.c.campaign == id).order_by(RESULTS.c.number)
            return [_brought(row) for row in connection.execute(found)]

    def outcomes(self, id: str, number: int) -> pd.DataFrame:
        """What its customers did.

        Raises
        ------
        ExpiredError
            If there is none.
        """
        with self.database.read() as connection:
            mine = (RESULTS.c.campaign == id) & (RESULTS.c.number == number)
            found = connection.execute(select(RESULTS.c.outcomes).where(mine)).scalar_one_or_none()
        if found is None:
            raise _missing(number)
        frame: pd.DataFrame = pq.read_table(io.BytesIO(bytes(found))).to_pandas()
        return frame

    def drop(self, id: str, number: int, who: str = "") -> None:
        """Take it back: it counts no longer, and can be put back."""
        self._mark(id, number, now(), who)

    def restore(self, id: str, number: int, who: str = "") -> None:
        """Put back what was taken back."""
        self._mark(id, number, None, who)

    def elsewhere(self, digest: str, id: str) -> list[str]:
        """Other campaigns for which the very same file was brought, by name."""
        with self.database.read() as connection:
            same = (RESULTS.c.digest == digest) & (RESULTS.c.campaign != id) & RESULTS.c.dropped.is_(None)
            found = select(CAMPAIGNS.c.name).join_from(RESULTS, CAMPAIGNS, CAMPAIGNS.c.id == RESULTS.c.campaign)
            names = connection.execute(found.where(same, CAMPAIGNS.c.deleted.is_(None))).scalars()
            return sorted(set(names))

    def having(self) -> list[tuple[str, int]]:
        """Campaigns with results, by id and revision, those in the trash aside; the first that was planned first."""
        with self.database.read() as connection:
            found = select(CAMPAIGNS.c.id, CAMPAIGNS.c.revision).join_from(
                CAMPAIGNS, RESULTS, CAMPAIGNS.c.id == RESULTS.c.campaign
            )
            there = found.where(CAMPAIGNS.c.deleted.is_(None), RESULTS.c.dropped.is_(None))
            each = there.group_by(CAMPAIGNS.c.id, CAMPAIGNS.c.revision, CAMPAIGNS.c.made)
            ordered = each.order_by(CAMPAIGNS.c.made, CAMPAIGNS.c.id)
            return [(row.id, row.revision) for row in connection.execute(ordered)]

    def forget(self, datasets: Iterable[str]) -> None:
        """Remove for good what was taken from the orders of datasets, for campaigns of others too."""
        said = [f'%"dataset": {json.dumps(each)}%' for each in sorted(datasets)]
        gone = or_(false(), *(RESULTS.c.description.like(each) for each in said))
        with self.database.write() as connection:
            lost = connection.execute(select(RESULTS.c.campaign, RESULTS.c.number).where(gone)).all()
            connection.execute(delete(RESULTS).where(gone))
            for id in {row.campaign for row in lost}:
                BOOK.touch(connection, id)
        if lost:
            self.database.shrink()

    def _mark(self, id: str, number: int, dropped: str | None, who: str) -> None:
        with self.database.write() as connection:
            rows.read(connection, id, living=True)
            _mark(connection, id, number, dropped, who)


def _mark(connection: Connection, id: str, number: int, dropped: str | None, who: str) -> None:
    mine = (RESULTS.c.campaign == id) & (RESULTS.c.number == number)
    row = connection.execute(select(RESULTS.c.source, RESULTS.c.dropped).where(mine)).one_or_none()
    if row is None:
        raise _missing(number)
    if bool(row.dropped) != bool(dropped):
        connection.execute(update(RESULTS).where(mine).values(dropped=dropped))
        what = "results dropped" if dropped else "results back"
        BOOK.tell(connection, id, what, who, {"source": row.source, "number": number})
        BOOK.touch(connection, id)


_SHOWN = [RESULTS.c[name] for name in ("number", "digest", "source", "who", "made", "description", "dropped")]


def _brought(row: Any) -> Brought:
    about = json.loads(row.description)
    kind = about.pop("kind")
    return Brought(row.number, kind, row.source, row.digest, row.who, row.made, about, row.dropped or "")


def _pack(outcomes: pd.DataFrame) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(outcomes, preserve_index=False), sink, compression="zstd")
    return sink.getvalue()


def _missing(number: int) -> ExpiredError:
    return ExpiredError(f"There are no results {number} of this campaign.", "Its page lists those there are.")
