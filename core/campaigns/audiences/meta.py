"""Meta, custom audience from a customer list: telephone without +, names in a to z, everything personal as SHA-256.

Normalising: developers.facebook.com/docs/marketing-api/audiences/guides/custom-audiences. All but ``value`` and
``madid`` are hashed; ``value`` is what a customer is worth, which only value-based lookalikes read.
"""

from __future__ import annotations

from core.campaigns.sending.destination import Audience
from core.campaigns.sending.normalising import before_dash, digits, hashed, letters, lowered, units

AUDIENCE = Audience(
    slug="meta",
    label="Meta custom audience",
    order=40,
    says="Shows ads to these people on Facebook and Instagram.",
    columns=(
        ("email", hashed(lowered("email"))),
        ("phone", hashed(digits("phone"))),
        ("madid", "null::varchar"),
        ("fn", hashed(letters("first_name"))),
        ("ln", hashed(letters("last_name"))),
        ("zip", hashed(before_dash("zip"))),
        ("ct", hashed(letters("city"))),
        ("st", hashed(letters("state"))),
        ("country", hashed("lower(land)")),
        ("dob", "null::varchar"),
        ("doby", "null::varchar"),
        ("gen", "null::varchar"),
        ("age", "null::varchar"),
        ("uid", "null::varchar"),
        ("value", units("cents")),
    ),
    reach=("email", "phone"),
    hashed=True,
    least=100,
    rule="Meta uses a list from 100 people whom it knows (Meta's rule, as of 2025), and it knows only some of those "
    "you send.",
)
