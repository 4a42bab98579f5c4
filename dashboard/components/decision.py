"""What the receipt asks to decide: returns that are left out while the purchases that they undo stay."""

from __future__ import annotations

from typing import Any

from dash import html

from core.masking import label
from dashboard import words
from dashboard.components.basics import icon, link
from dashboard.state import Look


def decision(made: Any, steps: Any, example: Any, look: Look) -> Any:
    """How much too high revenue reads, one customer of whom that is true, and the way out; None where it is not."""
    over = overstated(steps)
    if not over:
        return None
    net = made.cents - over
    said: list[Any] = [
        html.Strong(f"Revenue reads {words.whole_money(over, look.currency)} too high"
                    + (f", {words.percent(over / net)}. " if net > 0 else ". ")),
        "Returned lines are left out, but the purchases that they undo stay.",
    ]  # fmt: skip
    if example:
        said.append(
            f" Customer {label(example.customer_id)} bought for {words.exact(example.cents, look.currency)} "
            f"and cancelled it {_later(example.minutes)} later."
        )
    button = link(
        f"Subtract returns: {words.exact(net, look.currency)}", look.href(rules="net"), className="button decide"
    )
    return html.Div([icon("exclamation-triangle"), html.P(said), button], className="banner decision", role="note")


def overstated(steps: Any) -> int:
    """Cents of returns that are left out while what they undo stays."""
    return sum(-step.cents for step in steps if step.slug == "returned" and step.on and step.cents < 0)


def _later(minutes: int) -> str:
    for size, unit in ((60 * 24, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            number = round(minutes / size)
            return f"{number} {unit}{'s' * (number != 1)}"
    return "a moment"
