"""The same as a workbook."""

from __future__ import annotations

from core.campaigns.audiences.plain import COLUMNS, KINDS
from core.campaigns.sending.destination import Audience

AUDIENCE = Audience(
    slug="workbook",
    label="Excel",
    order=15,
    says="The same rows as a workbook.",
    columns=COLUMNS,
    guarded=True,
    ending="xlsx",
    kinds=KINDS,
)
