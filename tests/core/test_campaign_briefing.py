"""From what was filled in to a kept campaign: strategies to plan with, ranges of the page."""

import pytest

from core.campaigns.plays import channel_of


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("E-mail; no post.", "email"),
        ("Telephone, or a personal e-mail.", "phone"),
        ("A letter with a signature; afterwards e-mail from one person.", "post"),
        ("The website first, then e-mail.", "email"),
        ("Ads and trade contacts in {region}", "ads"),
        ("Our newsletter.", "email"),
        ("Text message, then a call.", "sms"),
        ("None on paper.", ""),
    ],
)
def test_the_channel_is_the_one_that_is_named_first(text, channel):
    assert channel_of(text) == channel
