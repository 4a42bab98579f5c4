"""What a package says of itself: campaign, filter, counts, checksums, when, and what to keep in mind."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from core.campaigns.sending.reasons import KINDS
from core.campaigns.sending.task import Sending
from core.codec import cacheable
from core.intake.formats.reading import quote

HASHED = (
    "Hashing does not anonymise: whoever holds an address can compute its hash. Treat this file as personal data "
    "(Federal Trade Commission, 24 July 2024)."
)
OUTCOMES = ("sent", "holdout", "rejected")
BLOCK = 1024 * 1024
# A platform knows between few and nearly all of those it is sent; one in ten is a poor list.
SCARCE = 10


@cacheable
@dataclass(frozen=True)
class Counts:
    """How many of an audience are sent, held back and rejected.

    ``members`` = ``sent`` + ``holdout`` + ``rejected``. ``reasons``: kind, words and number of those rejected, most
    first; kinds are those of :data:`core.campaigns.sending.reasons.KINDS`. ``segments``: segment, members, sent,
    holdout, rejected, and one column a kind; each row adds up, and they add up to the whole. ``consent``: a column says
    who agreed.
    """

    members: int
    sent: int
    holdout: int
    rejected: int
    reasons: list[tuple[str, str, int]]
    segments: pd.DataFrame
    consent: bool

    @property
    def reachable(self) -> int:
        """Those who are left when everybody is out who cannot or may not be written to."""
        return self.sent + self.holdout

    @property
    def steps(self) -> list[tuple[str, int, int]]:
        """The funnel: kind, how many drop out for it, how many are left; all kinds in order, from all members on.

        After the last step :attr:`reachable` are left.
        """
        found, left = [], self.members
        for kind in KINDS:
            lost = int(self.segments[kind].sum())
            left -= lost
            found.append((kind, lost, left))
        return found


def count(cursor: duckdb.DuckDBPyConnection, rows: Path, consent: bool) -> Counts:
    """Count what :func:`core.campaigns.sending.deciding.decide` wrote."""
    source = f"read_parquet({quote(str(rows / '*.parquet'))})"
    by = ", ".join(f"count(*) filter (outcome = '{name}') as {name}" for name in OUTCOMES)
    why = ", ".join(f"count(*) filter (kind = '{kind}') as {kind}" for kind in KINDS)
    query = f"select segment, count(*) as members, {by}, {why} from {source} group by segment"
    segments: pd.DataFrame = cursor.sql(f"{query} order by members desc, segment").to_arrow_table().to_pandas()
    told = f"select kind, reason, count(*) as n from {source} where kind <> '' group by all order by n desc, reason"
    reasons = [(str(kind), str(reason), int(number)) for kind, reason, number in cursor.sql(told).fetchall()]
    sums = {name: int(segments[name].sum()) for name in ("members", *OUTCOMES)}
    return Counts(**sums, reasons=reasons, segments=segments, consent=consent)


def warnings(counts: Counts, sending: Sending) -> list[str]:
    """What to know before the file is taken anywhere."""
    to, found = sending.destination, []
    if counts.sent < SCARCE * to.least:
        found.append(f"{counts.sent:,} people may be too few. {to.rule}")
    if not sending.holdout:
        found.append("Nobody is held back, so nothing can be said later about what the campaign changed.")
    elif not counts.holdout and counts.sent:
        found.append("The audience is so small that nobody was drawn into the holdout.")
    if not counts.consent:
        found.append("No column says who agreed to be written to; it rests on your statement.")
    found += _shared(counts)
    if to.hashed:
        found.append(HASHED)
    return found


def _shared(counts: Counts) -> list[str]:
    lost = {kind: number for kind, number, _ in counts.steps}
    found = []
    if lost["double"]:
        found.append(
            f"{_customers(lost['double'], 'has', 'have')} the address of another one here; each address stands in the "
            "test once, for the customer whose number comes first."
        )
    if lost["shared"]:
        found.append(
            f"{_customers(lost['shared'], 'shares', 'share')} an address with somebody whom this campaign holds back: "
            "neither sent nor held back, whichever arm the draw gives, so that the comparison stays fair."
        )
    return found


def _customers(number: int, one: str, several: str) -> str:
    return f"1 customer {one}" if number == 1 else f"{number:,} customers {several}"


def manifest(counts: Counts, sending: Sending, files: list[Path], when: dt.datetime) -> dict[str, Any]:
    """The manifest of files that stand in one folder."""
    return {
        "campaign": sending.campaign.strip(),
        "made": when.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "destination": sending.destination.slug,
        "destination_name": sending.destination.label,
        "audience": sending.chosen or "all customers",
        "holdout_share": sending.holdout,
        "arms_drawn_by": sending.key,
        "consent": "column" if counts.consent else "statement",
        "statement": sending.statement.strip(),
        "suppression_list": sending.suppressed.num_rows,
        "counts": {"members": counts.members, **{name: getattr(counts, name) for name in OUTCOMES}},
        "rejected_because": {reason: number for _, reason, number in counts.reasons},
        "segments": counts.segments.to_dict("records"),
        "files": {path.name: {"bytes": path.stat().st_size, "sha256": checksum(path)} for path in files},
        "notes": warnings(counts, sending),
    }


def checksum(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
