"""What came of a campaign, on the page: both arms, the difference and how sure it is, the plan beside what was seen."""

from __future__ import annotations

import math
from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import icon
from dashboard.components.cards import card, empty, graph
from dashboard.components.tables import table
from dashboard.figures import intervals
from dashboard.figures.intervals import Row, signed
from dashboard.state import Look

ROLES = {
    "customer": "the customer", "email": "the e-mail address", "converted": "who ordered (yes or no, or a number)",
    "revenue": "what they spent", "opened": "who opened", "clicked": "who clicked", "campaign": "the campaign",
}  # fmt: skip
SURE = 0.05
ARMS = (
    "Everybody counts in the arm that they were drawn for, reached or not (intention to treat). Who is not named in "
    "what came back did not order. Customers whom the same rules rejected from both arms are left out of both.",
    "The difference of shares has the score interval of Miettinen and Nurminen (1985) at 95 %, and its p-value is of "
    "the same test; the difference in revenue has Welch's (1947). Spending is skewed: with a few dozen buyers in an "
    "arm its interval is less exact than that of the shares.",
)
SEVERAL = (
    "A line is the 95 % interval of the difference of two shares (Miettinen and Nurminen, 1985): every effect that "
    "fits the figures. Where it holds 0, p is 0.05 or more. A diamond is what was planned.",
    "Of twenty segments in which nothing happened one shows an “effect” by chance. The column “p, all looked at” "
    "allows for how many segments there are (Holm, 1979); only that one can pick a segment out. Whether segments "
    "differ at all is a test of its own (Cochran's Q).",
    "“Would show” is the smallest relative lift that arms of these sizes show four times out of five (5 %, two-sided), "
    "over what the holdout did.",
)
PLAN = (
    "Orders more = treated × difference of the shares. Revenue more = treated × difference of revenue a customer. "
    "Profit = treated × difference of what is left of revenue after goods and discount, less the cost of the contacts. "
    "A discount is taken to have been given on every order of the treated, and revenue to be what was paid.",
    "The plan is the one on the campaign plans page, for as many customers as were treated in the end; its range holds "
    "the low and the high response, and for profit the chance of 95 in 100 campaigns. “Seen” holds its 95 % interval.",
)


def answer(found: Any, currency: str) -> html.Span:
    """The verdict, and whether it paid."""
    money = found.whole.money
    first, colon, rest = found.sentence.partition(": ")
    said = [html.Strong(first), colon, rest]
    if money and money.profit and not found.doubts:
        profit, pounds = money.profit, _pounds(currency)
        # No line ends between a minus and its amount.
        ends = f"{pounds(profit.value)}, {pounds(profit.low)} to {pounds(profit.high)}".replace("−", "−\u2060")
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
        ends = f"{_exact(each.low, currency)} to {_exact(each.high, currency)}, p {_p(money.p)}"
        more = _seen(_exact(each.value, currency, sign=True), ends)
        rows.append(["Revenue", words.money(t.cents, currency), words.money(h.cents, currency), ""])
        rows.append(["Revenue a customer", _exact(t.mean, currency), _exact(h.mean, currency), more])
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


def intervals_card(found: Any, planned: Any, look: Look, graph_id: str) -> Any:
    """The difference of all and of each segment."""
    if found.whole.lift is None:
        return None
    parts = [part for part in (*found.segments, found.whole) if part.lift]
    points = planned.points if planned else {}
    rows = [_row(part, points.get(part.name), whole=part is found.whole) for part in parts]
    picture = graph(graph_id, intervals.intervals(rows, look.theme), height=intervals.height(rows),
                    describe=intervals.sentence(rows))  # fmt: skip
    body = [html.Div(picture, className="results-picture"), _segments(found) if found.segments else None]
    return card(
        _headline(found),
        body,
        sub="Share who ordered, treated less holdout, with 95 % interval"
        + ("; a diamond marks what was planned" if any(row.planned is not None for row in rows) else ""),
        how=[html.P(each) for each in SEVERAL],
        csv=look.download("results"),
        png=graph_id,
    )


def plan_card(found: Any, planned: Any, look: Look, currency: str, wishes: dict[str, str]) -> Any:
    """What was planned, with ``wishes`` that somebody typed in, beside what was seen."""
    lift, money = found.whole.lift, found.whole.money
    if lift is None:
        return None
    rows = [
        _against("Response without", words.percent(planned.base), None, words.percent(lift.holdout.rate), None),
        _against("Response with", words.percent(planned.response[1]),
                 tuple(words.percent(each) for each in planned.response[::2]), words.percent(lift.treated.rate), None),
        _against("Relative lift", _relative(planned.relative[1]), tuple(map(_relative, planned.relative[::2])),
                 _relative(lift.relative.value), _ends(lift.relative)),
        _against("Orders more", _count(planned.orders[1]), tuple(map(_count, planned.orders[::2])),
                 *_estimate(lift.orders, _count)),
    ] if planned else [_against("Orders more", words.DASH, None, *_estimate(lift.orders, _count))]  # fmt: skip
    if money:
        pounds = _pounds(currency)
        for name, plan, seen in (
            ("Revenue more", planned.revenue if planned else None, money.revenue),
            ("Profit", planned.profit if planned else None, money.profit),
        ):
            ends = tuple(map(pounds, plan[::2])) if plan else None
            told = _estimate(seen, pounds) if seen else (html.Span("no margin is given", className="hint"), None)
            rows.append(_against(name, pounds(plan[1]) if plan else words.DASH, ends, *told))
    assumed = " Nobody planned a response: +10 to +30 % was assumed." if planned and planned.assumed else ""
    if planned and money and money.profit and "cost" not in wishes:
        assumed += f" That a contact cost {words.money(planned.cost, currency)} is an assumption."
    return card(
        plan_headline(found, planned),
        table(["Figure", "Planned", "Seen"], rows, caption="Plan and result", numeric={1, 2}, className="results-plan"),
        sub=f"The plan for {words.count(found.whole.treated.customers)} treated customers, and what was seen.{assumed}"
        if planned
        else "The plan cannot be counted any more; what was seen",
        how=[html.P(each) for each in PLAN],
    )


def plan_headline(found: Any, planned: Any) -> str:
    """How the result stands to the plan, no surer than the interval is."""
    relative = found.whole.lift.relative
    if found.doubts:
        return "Not to be held against the plan: the arms are no fair comparison as a whole"
    if planned is None or not math.isfinite(relative.value):
        orders = found.whole.lift.orders
        return f"Anything from {_count(orders.low)} to {_count(orders.high)} more orders would fit the figures"
    low, _, high = planned.relative
    seen, plan = _relative(relative.value), _relative(planned.relative[1])
    if relative.low > high:
        return f"More than planned: {seen} seen, {plan} planned"
    if relative.high < low:
        return f"Less than planned: {seen} seen, {plan} planned"
    return f"{plan} was planned and {seen} seen; the plan lies within what the figures allow"


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


def _segments(found: Any) -> html.Div:
    head = ["Segment", "Treated", "Held out", "Points", "p", "p, all looked at", "It would show"]
    rows = []
    adjusted = found.several.p if found.several else ()
    for part, allowed in zip(found.segments, adjusted, strict=True):
        t, h, lift = part.treated, part.holdout, part.lift
        least = part.verdict.smallest
        rows.append(
            [part.name or "In no segment", _seen(words.percent(t.rate), f"of {words.count(t.customers)}"),
             _seen(words.percent(h.rate), f"of {words.count(h.customers)}"),
             signed(100 * lift.difference.value) if lift else words.DASH, _p(lift.p) if lift else words.DASH,
             _p(allowed), f"{_relative(least)} or more" if math.isfinite(least) else "nothing"]
        )  # fmt: skip
    return table(head, rows, caption="The campaign by segment", numeric=set(range(1, len(head))))


def _headline(found: Any) -> str:
    whole, several = found.whole, found.several
    if found.doubts:
        return "The arms are no fair comparison as a whole: see what speaks against it first"
    if not several or not found.segments:
        gap = whole.lift.difference
        fits = f"{signed(100 * gap.low)} to {signed(100 * gap.high)}"
        return f"{signed(100 * gap.value)} points; anything from {fits} would fit the figures"
    sure, many = sum(1 for each in several.p if each < SURE), len(found.segments)
    which = f"A difference shows in {words.in_words(sure) if sure else 'none'} of {words.in_words(many)} segments"
    which += f", allowing for {words.in_words(many)} looks"
    if math.isnan(several.differ):
        return which
    alike = several.differ >= SURE
    return f"{which}; that they differ {'may be chance' if alike else 'is more than chance explains'}"


def _row(part: Any, planned: float | None, *, whole: bool) -> Row:
    gap = part.lift.difference
    plan = None if planned is None else 100 * planned
    return Row(part.name or "In no segment", 100 * gap.value, 100 * gap.low, 100 * gap.high, plan, whole)


def _gap(lift: Any) -> Any:
    if lift is None:
        return words.DASH
    gap = lift.difference
    return _seen(
        f"{signed(100 * gap.value)} points", f"{signed(100 * gap.low)} to {signed(100 * gap.high)}, p {_p(lift.p)}"
    )


def _reacted(reactions: Any) -> str:
    said = " and ".join(
        f"{words.count(number)} {word} ({words.percent(number / of if of else math.nan)})"
        for word, number, of in reactions
    )
    return f"Of the {words.count(reactions[0][2])} treated, {said}. The holdout had nothing to open: no comparison."


def _against(name: str, plan: str, ends: Any, seen: Any, interval: Any) -> list[Any]:
    return [name, _seen(plan, " to ".join(ends)) if ends else plan,
            _seen(seen, " to ".join(interval)) if interval else seen]  # fmt: skip


def _seen(value: Any, ends: str) -> html.Span:
    return html.Span([html.Strong(value), html.Small(ends)], className="results-seen")


def _estimate(estimate: Any, said: Any) -> tuple[str, tuple[str, str]]:
    return said(estimate.value), (said(estimate.low), said(estimate.high))


def _ends(relative: Any) -> tuple[str, str] | None:
    if not math.isfinite(relative.value):
        return None
    return _relative(relative.low), _relative(relative.high)


def _pounds(currency: str) -> Any:
    return lambda cents: words.money(cents, currency)


def _count(number: float) -> str:
    return f"{number:,.0f}".replace("-", "−") if abs(number) >= 0.5 else "0"


def _exact(cents: float, currency: str, *, sign: bool = False) -> str:
    plus = "+" if sign and round(cents) > 0 else ""
    return f"{plus}{words.exact(cents, currency)}"


def _relative(share: float) -> str:
    if not math.isfinite(share):
        return "no limit" if share > 0 else words.DASH
    return f"{100 * share:+,.0f} %".replace("-", "−")


def _p(p: float) -> str:
    """A p-value, no finer than anybody needs.

    >>> _p(0.0312), _p(0.00001), _p(0.5)
    ('0.031', 'under 0.001', '0.50')
    """
    if math.isnan(p):
        return words.DASH
    return "under 0.001" if p < 0.001 else f"{p:.3f}" if p < 0.1 else f"{p:.2f}"


def nothing_card(what: str, how: str, more: Any = None) -> html.Div:
    """An empty state: what would be here, and how to get it."""
    return card(what, [empty("", how), more])
