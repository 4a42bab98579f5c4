"""What is to be sent: a campaign, a destination, and what keeps people out."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from core.campaigns.sending import suppression
from core.campaigns.sending.destination import Audience
from core.errors import ParameterError

APART = pa.schema([("customer_id", pa.string()), ("kind", pa.string()), ("reason", pa.string())])


@dataclass(frozen=True)
class Sending:
    """What is sent, and to whom not.

    Parameters
    ----------
    campaign : str
        Its name; stands in the record and in tags.
    destination : Audience
    holdout : float
        Share from 0 to below 1 that is held back, so that there is something to compare with.
    salt : str
        What arms are drawn by; the campaign's name where it is empty.
    statement : str
        Why these people may be written to, where no column of consent says it.
    chosen : str
        The filter of the audience in words.
    contacts : tuple of Path
        Files of contacts, one row a customer each; what is missing in one is taken from the next.
    suppressed : Table
        What :func:`core.campaigns.sending.suppression.read` gives.
    earlier : Path or None
        The record of an earlier file of the campaign.
    needed : tuple of tuple of str
        What the campaign's channel needs, whatever the destination does: all fields of any one of the tuples, such as
        ``(("street", "zip"), ("street", "city"))`` for post. To count a channel without a file, take the destination
        ``plain``, which needs nothing itself.
    apart : Table
        People who are left out for a reason that the caller knows: ``customer_id``, ``kind`` (``recent``, ``held``) and
        ``reason`` ("written to by Autumn on 3 Sep 2026", "held back by Autumn"). They need not be in the audience; who
        is named several times is counted once. See :data:`core.campaigns.sending.reasons.KINDS` for the order.

    Raises
    ------
    ParameterError
        If the campaign has no name, the holdout is no share, or ``apart`` lacks a column.
    """

    campaign: str
    destination: Audience
    holdout: float = 0.1
    salt: str = ""
    statement: str = ""
    chosen: str = ""
    contacts: tuple[Path, ...] = ()
    suppressed: pa.Table = field(default_factory=suppression.nobody)
    earlier: Path | None = None
    needed: tuple[tuple[str, ...], ...] = ()
    apart: pa.Table = field(default_factory=APART.empty_table)

    def __post_init__(self) -> None:
        if not self.campaign.strip():
            raise ParameterError("The campaign has no name.", "Give it one: arms and the record go by it.")
        if not 0 <= self.holdout <= 1:
            raise ParameterError(f"A holdout of {self.holdout:g} is no share.", "Give 0 to 0.9, such as 0.1 for 10 %.")
        if self.holdout == 1:
            raise ParameterError("A holdout of 100 % leaves nobody to send to.", "Give less, such as 0.1 for 10 %.")
        if lacking := {*APART.names} - {*self.apart.column_names}:
            raise ParameterError(f"Those who are apart have no {min(lacking)}.", f"Give {', '.join(APART.names)}.")

    @property
    def ways(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """Ways of reaching a person: of each, all fields of any one tuple must be known."""
        reach = tuple((name,) for name in self.destination.reach)
        return tuple(dict.fromkeys(ways for ways in (reach, self.needed) if ways))

    @property
    def key(self) -> str:
        """What arms are drawn by."""
        return self.salt or self.campaign.strip()
