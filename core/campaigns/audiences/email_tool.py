"""A list for an e-mail tool: plain addresses, names and tags.

Headers as Mailchimp's own exports have them; mailchimp.com/help/format-guidelines-for-your-import-file: one address a
contact, tags parted by commas. Other tools let their user say which column is which.
"""

from __future__ import annotations

from core.campaigns.sending.destination import Audience


def _tag(cell: str) -> str:
    """Tools part tags at commas and take 100 characters of each."""
    return f"nullif(trim(substr(replace({cell}, ',', ' '), 1, 100)), '')"


AUDIENCE = Audience(
    slug="email-tool",
    label="E-mail tool",
    order=20,
    says="A list to import into the tool that sends your e-mails, tagged with campaign and segment.",
    columns=(
        ("Email Address", "email"),
        ("First Name", "first_name"),
        ("Last Name", "last_name"),
        ("Tags", f"concat_ws(',', {_tag('campaign')}, {_tag('segment')})"),
    ),
    reach=("email",),
)
