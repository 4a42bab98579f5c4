"""A list for an e-mail tool: plain addresses, names and tags."""

from __future__ import annotations

from core.campaigns.sending.destination import Audience

# Tools part tags at commas.
TAGS = "concat_ws(',', replace(campaign, ',', ' '), nullif(replace(segment, ',', ' '), ''))"

AUDIENCE = Audience(
    slug="email-tool",
    label="E-mail tool",
    order=20,
    says="A list to import into the tool that sends your e-mails, tagged with campaign and segment.",
    columns=(
        ("Email Address", "email"),
        ("First Name", "first_name"),
        ("Last Name", "last_name"),
        ("Tags", TAGS),
    ),
    reach=("email",),
)
