"""What was planned of a campaign beside what was seen."""

from __future__ import annotations

import math
from typing import Any

from dash import html

from dashboard import words
from dashboard.components.cards import card
from dashboard.components.result_words import beside, estimate, lifted, pounds, rounded
from dashboard.components.tables import table
from dashboard.state import Look

PLAN = (
    "Orders more = treated × difference of the shares. Revenue more = treated × difference of revenue a customer. "
    "Profit = treated × difference of what is left of revenue after goods and discount, less the cost of the contacts. "
    "A discount is taken to have been given on every order of the treated, and revenue to be what was paid.",
    "The plan is the one on the campaign plans page, for as many customers as were treated in the end; its range holds "
    "the low and the high response, and for profit the chance of 95 in 100 campaigns. “Seen” holds its 95 % interval.",
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
        _against("Relative lift", lifted(planned.relative[1]), tuple(map(lifted, planned.relative[::2])),
                 lifted(lift.relative.value), _ends(lift.relative)),
        _against("Orders more", rounded(planned.orders[1]), tuple(map(rounded, planned.orders[::2])),
                 *estimate(lift.orders, rounded)),
    ] if planned else [_against("Orders more", words.DASH, None, *estimate(lift.orders, rounded))]  # fmt: skip
    if money:
        amount = pounds(currency)
        for name, plan, seen in (
            ("Revenue more", planned.revenue if planned else None, money.revenue),
            ("Profit", planned.profit if planned else None, money.profit),
        ):
            ends = tuple(map(amount, plan[::2])) if plan else None
            told = estimate(seen, amount) if seen else (html.Span("no margin is given", className="hint"), None)
            rows.append(_against(name, amount(plan[1]) if plan else words.DASH, ends, *told))
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
        return f"Anything from {rounded(orders.low)} to {rounded(orders.high)} more orders would fit the figures"
    low, _, high = planned.relative
    seen, plan = lifted(relative.value), lifted(planned.relative[1])
    if relative.low > high:
        return f"More than planned: {seen} seen, {plan} planned"
    if relative.high < low:
        return f"Less than planned: {seen} seen, {plan} planned"
    return f"{plan} was planned and {seen} seen; the plan lies within what the figures allow"


def _against(name: str, plan: str, ends: Any, seen: Any, interval: Any) -> list[Any]:
    # A plan of one figure is no range.
    return [name, beside(plan, " to ".join(ends)) if ends and ends[0] != ends[1] else plan,
            beside(seen, " to ".join(interval)) if interval else seen]  # fmt: skip


def _ends(relative: Any) -> tuple[str, str] | None:
    return (lifted(relative.low), lifted(relative.high)) if math.isfinite(relative.value) else None
