"""What is to be sent: a campaign, a destination, and what keeps people out."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from core.campaigns.sending import suppression
from core.campaigns.sending.destination import Audience
from core.errors import ParameterError


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

    Raises
    ------
    ParameterError
        If the campaign has no name or the holdout is no share.
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

    def __post_init__(self) -> None:
        if not self.campaign.strip():
            raise ParameterError("The campaign has no name.", "Give it one: arms and the record go by it.")
        if not 0 <= self.holdout <= 1:
            raise ParameterError(f"A holdout of {self.holdout:g} is no share.", "Give 0 to 0.9, such as 0.1 for 10 %.")
        if self.holdout == 1:
            raise ParameterError("A holdout of 100 % leaves nobody to send to.", "Give less, such as 0.1 for 10 %.")

    @property
    def key(self) -> str:
        """What arms are drawn by."""
        return self.salt or self.campaign.strip()
