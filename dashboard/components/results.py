"""What came of a campaign, on the page: the verdict, both arms, and what speaks against comparing them."""

from __future__ import annotations

import math
from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import icon
from dashboard.components.cards import card, empty
from dashboard.components.result_words import beside, exact, p_value, pounds
from dashboard.components.tables import table
from dashboard.figures.intervals import signed
from dashboard.state import Look

ROLES = {
    "customer": "the customer", "email": "the e-mail address", "converted": "who ordered (yes or no, or a number)",
    "revenue": "what they spent", "opened": "who opened", "clicked": "who clicked", "campaign": "the campaign",
}  # fmt: skip
ARMS = (
    "Everybody counts in the arm that they were drawn for, reached or not (intention to treat). Who is not named in "
    "what came back did not order. Customers whom the same rules rejected from both arms are left out of both.",
    "The difference of shares has the score interval of Miettinen and Nurminen (1985) at 95 %, and its p-value is of "
    "the same test; the difference in revenue has Welch's (1947). Spending is skewed: with a few dozen buyers in an "
    "arm its interval is less exact than that of the shares.",
)


def answer(found: Any, currency: str) -> html.Span:
    """The verdict, and whether it paid."""
    money = found.whole.money
    first, colon, rest = found.sentence.partition(": ")
    said = [html.Strong(first), colon, rest]
    if money and money.profit and not found.doubts:
        profit, said_of = money.profit, pounds(currency)
        # No line ends between a minus and its amount.
        ends = f"{said_of(profit.value)}, {said_of(profit.low)} to {said_of(profit.high)}".replace("−", "−\u2060")
        paid = "It paid for itself" if profit.low > 0 else "It did not pay for itself" if profit.high < 0 else ""
        said.append(f" {paid or 'Whether it paid for itself is open'}: profit {ends}.")
    return html.Span(said, role="status")


def arms_card(found: Any, look: Look, currency: str) -> html.Div:
    """Both arms as a whole, and the difference."""
    whole = found.whole
    t, h, lift, money = whole.treated, whole.holdout, whole.lift, whole.money
    rows: list[list[Any]] = [
        ["Customers", words.count(t.customers), words.count(h.customers), ""],
        ["Who ordered", words.count(t.converted), words.count(h.converted), ""],
        ["Share who ordered", words.percent(t.rate), words.percent(h.rate), _gap(lift)],
    ]
    if money:
        each = money.each
        ends = f"{exact(each.low, currency)} to {exact(each.high, currency)}, p {p_value(money.p)}"
        more = beside(exact(each.value, currency, sign=True), ends)
        rows.append(["Revenue", words.money(t.cents, currency), words.money(h.cents, currency), ""])
        rows.append(["Revenue a customer", exact(t.mean, currency), exact(h.mean, currency), more])
    headline = (
        f"{words.percent(t.rate)} of the treated ordered, {words.percent(h.rate)} of the holdout"
        if lift
        else whole.verdict.sentence
    )
    notes = [html.P(_reacted(found.reactions), className="results-note")] if found.reactions else []
    if found.rejected:
        out = (
            f"{words.customers(found.rejected)} of the audience could or may not be written to: left out of both arms."
        )
        notes.append(html.P(out, className="results-note"))
    return card(
        headline,
        [
            table(
                ["Figure", "Treated", "Held out", "Difference"], rows, caption="Both arms", numeric={1, 2, 3}, strong=2
            ),
            *notes,
        ],
        sub="Everybody in the arm that they were drawn for, whether or not they were reached",
        how=[html.P(each) for each in ARMS],
        csv=look.download("results"),
    )


def mind_card(found: Any) -> html.Div:
    """What speaks against the comparison, and what was left out."""
    if not found.warnings:
        return card(
            "Nothing speaks against the comparison",
            html.P("Checked: whether as many were held out as planned, and alike in every segment; whether what came "
                   "back names both arms alike, and names anybody who was not in the campaign."),
            sub="What would make the arms unlike",
        )  # fmt: skip
    doubts = set(found.doubts)
    items = [
        html.Li([icon("exclamation-triangle" if each in doubts else "info-circle"), html.Span(each)],
                className="doubt" if each in doubts else "")
        for each in found.warnings
    ]  # fmt: skip
    head = "The arms are no fair comparison as a whole" if doubts else "What to keep in mind"
    return card(head, html.Ul(items, className="results-mind"), sub="What speaks against it, and what was left out")


def _gap(lift: Any) -> Any:
    if lift is None:
        return words.DASH
    gap = lift.difference
    return beside(
        f"{signed(100 * gap.value)} points", f"{signed(100 * gap.low)} to {signed(100 * gap.high)}, p {p_value(lift.p)}"
    )


def _reacted(reactions: Any) -> str:
    said = " and ".join(
        f"{words.count(number)} {word} ({words.percent(number / of if of else math.nan)})"
        for word, number, of in reactions
    )
    return f"Of the {words.count(reactions[0][2])} treated, {said}. The holdout had nothing to open: no comparison."


def nothing_card(what: str, how: str, more: Any = None) -> html.Div:
    """An empty state: what would be here, and how to get it."""
    return card(what, [empty("", how), more])
