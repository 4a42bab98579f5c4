"""From what was filled in to a kept campaign: strategies to plan with, ranges of the page."""

import pytest

from core.campaigns.audience import limits
from core.campaigns.ledger.brief import Brief
from core.campaigns.plays import channel_of
from core.campaigns.targeting.who import read
from core.errors import ParameterError
from core.pipeline.briefing import _with_ranges
from core.view import View


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


def test_ranges_of_the_page_narrow_every_part_of_the_audience():
    view = View("d", options=(("orders", "3.."), ("recency", "..90")))
    made = _with_ranges(view, Brief(who=read("in=segment%3D1%26orders%3D..5&in=group%3Dlost&not=country%3DFrance")))
    one, other = made.who.include
    assert (one.orders, one.recency) == (limits("orders", "3..5"), limits("recency", "..90"))
    assert (other.groups, other.orders) == (("lost",), limits("orders", "3.."))
    assert made.who.exclude == read("not=country%3DFrance").exclude
    assert _with_ranges(view, Brief()).who.include[0].orders == limits("orders", "3..")
    assert _with_ranges(View("d"), Brief()).who == Brief().who


def test_ranges_that_leave_nobody_are_refused():
    view = View("d", options=(("orders", "3.."),))
    with pytest.raises(ParameterError, match="No orders fits"):
        _with_ranges(view, Brief(who=read("in=orders%3D1..2")))
