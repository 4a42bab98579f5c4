"""What the planner says: is a campaign worth it, and can its test show anything."""

from __future__ import annotations

import math
from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import link, swatch
from dashboard.components.tables import table
from dashboard.state import Look

WORTH = (
    "Contribution of an order = its value × (margin − discount). Break-even = cost per contact, with the discount on "
    "orders that would have come anyway, ÷ contribution: that many more orders a contact are needed, beyond those "
    "that come without the campaign.",
    "Expected profit = orders with × value × (margin − discount) − orders that come anyway × value × margin − cost. "
    "Its range holds the low and the high response that is assumed, and the chance in 95 of 100 such campaigns.",
    "Of an order log the response without is the share who order within 30 days at their pace so far: orders after "
    "the first ÷ days since the first, as a Poisson rate; 1 % is assumed where it is lower. Lapsed customers are "
    "slower now than they were. An order is worth net spend ÷ orders of the segment.",
)
TEST = (
    "Two proportions, two-sided at 5 %, 80 % power, variance pooled under “no effect” (R power.prop.test). Arms are "
    "those expected of the share; the real ones, dealt by a salted hash of campaign and customer, differ by chance.",
    "The smallest lift is relative: +20 % on a response of 5 % is 6 %. A test that cannot show the planned lift is not "
    "a test of it: “nothing seen” would mean nothing. Pooled, all segments are read as one.",
)


def notes(plan: Any, look: Look, *, log: bool, tested: str = "") -> dict[str, Any]:
    """Under each field: what is counted with, and whether that is from the data or an assumption."""
    wishes, money = plan.wishes, look.currency
    guess = " to ".join(words.percent(plan.base * (1 + lift)) for lift in (plan.lifts[0], plan.lifts[2]))
    measured = any(line.measured for line in plan.lines)
    base = "At their pace so far" if measured else "An assumption"
    known = f"From the {'orders' if log else 'table'}: {words.money(plan.order, money)} on average"
    return {
        "margin": "" if wishes.margin is not None else html.Strong("Needed: what is left of the price",
                                                                   className="planner-ask"),
        "cost": "" if look.view.option("cost") else f"An assumption: {words.money(wishes.cost, money)}",
        "discount": "" if look.view.option("discount") else "None",
        "order": "" if wishes.order else known if plan.order else html.Strong("Needed: not known",
                                                                              className="planner-ask"),
        "budget": "" if wishes.budget is not None else "No limit",
        "base": "The same for every segment" if wishes.base else f"{base}: {words.percent(plan.base)} on average",
        "expected": "" if wishes.expected else _expected(plan, guess, tested),
        "holdout": "" if look.view.option("holdout") else f"An assumption: {words.percent(wishes.holdout, 0)}",
    }  # fmt: skip


def _expected(plan: Any, guess: str, tested: str) -> Any:
    said = f"{_lifts(plan)}, so {guess}"
    if plan.learned or not tested:
        return said
    return [said, html.Strong(f", though its own results were: {tested}", className="planner-red")]


def _lifts(plan: Any) -> str:
    """Where the response with comes from, where nobody typed one in."""
    ends = " to ".join(f"{100 * lift:+.0f} %".replace("-", "−") for lift in (plan.lifts[0], plan.lifts[2]))
    return f"Your own results of this strategy: {ends}" if plan.learned else f"An assumption: {ends}"


def answer(plan: Any, look: Look) -> list[Any]:
    """The finding in a sentence: worth it or not, and what the test can show."""
    trial, said = plan.trial, f"{words.count(plan.customers)} customers"
    if plan.worth is None:
        missing = "the margin" if plan.terms is None else "what an order is worth"
        first = [html.Strong(f"Give {missing}"), f" to see what a campaign to {said} brings. "]
    else:
        done, money = plan.worth, look.currency
        verdict = "Yes" if done.low > 0 else "Probably" if done.profit > 0 else "No"
        first = [html.Strong(f"{verdict}: {words.money(done.profit, money)}"), " expected from a campaign to ", said,
                 f", {words.money(done.low, money)} to {words.money(done.high, money)}. "]  # fmt: skip
    return [*first, trial.verdict]


def worth(plan: Any, look: Look) -> Any:
    """Cost, break-even, orders and profit of the whole as figures."""
    done, money = plan.worth, look.currency
    facts = [
        ("Cost", words.money(done.cost, money), f"{words.count(done.treated)} contacts"),
        ("Discount given anyway", words.money(done.given_away, money), "on orders that come without the campaign"),
        ("Break-even", _response(done.break_even), "more orders a contact"),
        ("Orders more", words.decimal(done.orders, 0), f"expected of +{100 * plan.lifts[1]:.0f} %"),
        ("Expected profit", words.money(done.profit, money),
         f"{words.money(done.low, money)} to {words.money(done.high, money)}"),
    ]  # fmt: skip
    return html.Dl(
        [html.Div([html.Dt(name), html.Dd([html.Strong(value), html.Span(note)])]) for name, value, note in facts],
        className="planner-figures",
    )


def test(plan: Any, look: Look) -> Any:
    """What the pooled test can show, and what would help."""
    trial, able = plan.trial, len(plan.lines) - len(plan.unable)
    said = [html.P(trial.verdict, className="" if trial.able else "planner-red")]
    own = f"By themselves, {able} of {len(plan.lines)} segments can show the planned lift."
    said.append(html.P(own if len(plan.lines) > 1 else ""))
    offers: list[Any] = []
    if len(plan.lines) > 1 and plan.unable and look.view.option("read", "segments") == "segments":
        offers.append(link("Read the segments as one", look.href(read="pooled"), className="button"))
    if plan.holdout is not None:
        share = round(100 * plan.holdout)
        offers.append(link(f"Hold out {share} %: enough for the plan", look.href(holdout=share), className="button"))
    elif not trial.able and plan.enough:
        said.append(html.P(f"No holdout helps: two halves need {words.count(plan.enough)} customers. Take more of them "
                           "along, or do not count on a result."))  # fmt: skip
    return html.Div([*said, html.Div(offers, className="row-of-buttons")], className="planner-test")


def segments(plan: Any, names: dict[int, Any], look: Look) -> Any:
    """A row a segment and one for all; pooled only that one."""
    pooled, money = look.view.option("read", "segments") == "pooled", look.currency
    rows = [
        [_face(line.id, names), *_cells(line.customers, line.trial, line.worth, money)]
        for line in plan.lines
        if not pooled
    ]
    rows.append(["All together", *_cells(plan.customers, plan.trial, plan.worth, money)])
    head = ["Segment", "Customers", "Treated", "Held out", "Without", "Smallest lift shown",
            *(["Cost", "Break-even", "Expected profit", "Range"] if plan.worth else [])]  # fmt: skip
    return table(head, rows, caption="The campaign by segment", numeric=set(range(1, len(head))), strong=len(rows) - 1)


def budget(plan: Any, names: dict[int, Any], look: Look) -> Any:
    """Where the budget goes, best first."""
    money = look.currency
    lines = sorted(
        (line for line in plan.lines if line.spent),
        key=lambda line: (-(line.worth.profit / max(line.worth.treated, 1)), line.id),
    )
    rows = [
        [_face(line.id, names), words.money(line.worth.profit / max(line.worth.treated, 1), money),
         f"{words.count(line.spent.contacts)} of {words.count(line.trial.treated)}",
         words.money(line.spent.cost, money), words.money(line.spent.profit, money)]
        for line in lines
    ]  # fmt: skip
    head = ["Segment", "Profit a contact", "Contacts", "Spent", "Expected profit"]
    return table(head, rows, caption="How the budget is split", numeric={1, 2, 3, 4})


def budget_headline(plan: Any, look: Look) -> str:
    """Where the money goes."""
    spent = [line.spent for line in plan.lines if line.spent]
    contacts, cost = sum(one.contacts for one in spent), sum(one.cost for one in spent)
    if not contacts:
        return (
            "Nothing is spent: no segment is expected to bring more than it costs"
            if all(line.worth.profit <= 0 for line in plan.lines)
            else "Nothing is spent: the budget buys no contact"
        )
    of = "" if plan.wishes.budget is None else f" of {words.money(plan.wishes.budget, look.currency)}"
    return f"{words.money(cost, look.currency)}{of} for {words.count(contacts)} contacts, best segments first"


def _cells(customers: int, trial: Any, done: Any, money: str) -> list[Any]:
    least = "nothing" if trial.smallest is None else f"+{math.ceil(100 * trial.smallest - 1e-9):,} %"
    said = least if trial.able else html.Span("none" if trial.smallest is None else f"nothing below {least}",
                                              className="planner-red")  # fmt: skip
    cells = [words.count(customers), words.count(trial.treated), words.count(trial.holdout),
             words.percent(trial.base), said]  # fmt: skip
    if done:
        cells += [words.money(done.cost, money), _response(done.break_even), words.money(done.profit, money),
                  f"{words.money(done.low, money)} to {words.money(done.high, money)}"]  # fmt: skip
    return cells


def _response(share: float) -> str:
    return "never" if share > 1 else words.percent(share, 2 if share < 0.01 else 1)


def _face(id: int, names: dict[int, Any]) -> Any:
    return (
        html.Span([swatch(names[id].colour), names[id].name], className="planner-face")
        if id in names
        else "In no segment"
    )
