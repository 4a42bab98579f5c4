"""From everybody to those who can be written to, in words and bars."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components import facets
from dashboard.components.basics import link
from dashboard.components.cards import card, empty
from dashboard.state import Look

CONTACT = {
    "email": "Have an e-mail address", "phone": "Have a telephone number", "sms": "Have a telephone number",
    "post": "Have a postal address", "ads": "Have an e-mail address or telephone",
}  # fmt: skip
KEPT = {
    "consent": "Did not refuse to be written to",
    "asked": "Said that they may be written to",
    "suppressed": "Not on your list of those never to be written to",
    "held": "Not held back by another campaign",
    "double": "Each address once",
    "shared": "No address of somebody held back",
}
BY = {"email": "by e-mail", "phone": "by telephone", "sms": "by text message", "post": "by post",
      "ads": "through advertising platforms"}  # fmt: skip
HOW = (
    "Counted one after another: whoever drops out at one step is not asked at the next. First those in the audience, "
    "then those of whom the channel's contact is known and can be used, those who did not refuse and those who said "
    "yes: who was never asked has not agreed. Then whoever another campaign wrote to in the quiet days before this one "
    "starts or while it runs, or holds back on a day of it; of several customers with one address all but the first; "
    "and your list of those never to be written to. A file is counted the same way."
)
UNKNOWN = (
    "Join a customer table with e-mail addresses, telephones or postal addresses, and a column that says who agreed, "
    "on the Data page. Until then the figures below are for everybody in the audience."
)


def steps(found: Any, channel: str, quiet: int) -> html.Ol:
    """The funnel from all customers to those who can be written to; ``quiet`` are the days before that are asked."""
    said = {"contact": CONTACT[channel], **KEPT, "recent": f"Not written to in the {quiet} days before"}
    rows = [("All customers", found.of), ("In the audience", found.audience)]
    return facets.funnel([*rows, *((said[reason], left) for reason, _, left in found.steps)])


def reach_card(look: Look, found: Any, channel: str, quiet: int, *, known: bool) -> html.Div:
    """Whom the plan reaches: ``found`` is the funnel, or words why there is none."""
    if isinstance(found, str):
        return card("There is nobody to plan for", empty("Nobody is in the audience", found))
    if not known:
        bring = link("Bring or join such a table", look.href("data"), className="button")
        body = [steps(found, channel, quiet), html.P(UNKNOWN, className="hint"), bring]
        return card("How they can be reached is not known", body, sub="No contacts are stored with this dataset",
                    className="reach")  # fmt: skip
    head = f"{words.count(found.reachable)} of {words.customers(found.audience)} can be written to {BY[channel]}"
    sub = f"The figures of this page are for the {words.count(found.reachable)}"
    return card(head, steps(found, channel, quiet), sub=sub, how=HOW)
