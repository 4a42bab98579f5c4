"""Google Ads, Customer Match: e-mail, telephone and names as SHA-256, country and postcode as they are.

Format: support.google.com/google-ads/answer/7659867 (headers in English, CSV in UTF-8 or ASCII) and 7476159 (hashed:
lower case, no blanks around, telephones in E.164). Size: support.google.com/google-ads/answer/7476585.
"""

from __future__ import annotations

from core.campaigns.sending.destination import Audience
from core.campaigns.sending.normalising import hashed, lowered

AUDIENCE = Audience(
    slug="google",
    label="Google Customer Match",
    order=30,
    says="Shows ads to these people on Google Search, YouTube and Gmail.",
    columns=(
        ("Email", hashed(lowered("email"))),
        ("Phone", hashed("phone")),
        ("First Name", hashed(lowered("first_name"))),
        ("Last Name", hashed(lowered("last_name"))),
        ("Country", "land"),
        ("Zip", "trim(zip)"),
    ),
    reach=("email", "phone"),
    hashed=True,
    least=100,
    rule="Google shows ads to a list from 100 people whom it knows and who were active on the network in the last 30 "
    "days (Google's rule for Search, YouTube and Display, as of 2025), and it knows only some of those you send.",
)
