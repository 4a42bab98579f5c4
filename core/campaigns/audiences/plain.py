"""A CSV for people who look at it themselves."""

from __future__ import annotations

from core.campaigns.sending.destination import Audience
from core.campaigns.sending.normalising import units

COLUMNS = (
    ("Customer", "customer_id"),
    ("Segment", "segment"),
    ("Spend", units("cents")),
    ("E-mail", "email"),
    ("Telephone", "phone"),
    ("First name", "first_name"),
    ("Last name", "last_name"),
    ("Street", "street"),
    ("Postcode", "zip"),
    ("City", "city"),
    ("State", "state"),
    ("Country", "land"),
)
KINDS = (("Spend", "money"),)

AUDIENCE = Audience(
    slug="plain",
    label="CSV",
    order=10,
    says="Everybody who is to be written to, for a spreadsheet or a letter shop.",
    columns=COLUMNS,
    guarded=True,
    kinds=KINDS,
)
