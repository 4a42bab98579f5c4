"""What a planner types in: cost, margin, discount, order value, responses, holdout and budget, each checked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.campaigns.planning.arms import check_holdout
from core.campaigns.planning.power import check_rate
from core.campaigns.planning.worth import Terms
from core.errors import ParameterError
from core.view import View

COST, HOLDOUT = 10.0, 0.1
# Relative lifts: what is expected where nothing else is said, between two.
LIFTS = (0.1, 0.2, 0.3)
# Response without where nothing is measured: of a log in which hardly anybody orders again, and of a table.
RARE, UNKNOWN = 0.01, 0.05
MONEY, SHARE = ("cost", "order", "budget"), ("margin", "discount", "base", "holdout")
LABELS = {
    "cost": "cost per contact", "order": "value of an order", "budget": "budget", "margin": "margin",
    "discount": "discount", "base": "response without", "holdout": "holdout", "expected": "response with",
}  # fmt: skip
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,4})?", re.ASCII)


def read(name: str, text: str) -> float | tuple[float, float]:
    """Read a setting from a link and check it by itself: money in cents, per cents as shares.

    Raises
    ------
    ParameterError
        Naming the setting.

    Examples
    --------
    >>> read("cost", "0.35"), read("margin", "40"), read("expected", "5..7")
    (35.0, 0.4, (0.05, 0.07))
    """
    if name == "expected":
        low, _, high = text.partition("..")
        ends = _number(name, low) / 100, _number(name, high or low) / 100
        check_rate(LABELS[name], ends[0]), check_rate(LABELS[name], ends[1])
        if ends[0] > ends[1]:
            raise ParameterError(f"The response with, {text[:40]}, ends before it starts.", "Give low..high.")
        return ends
    value = _number(name, text)
    if name in MONEY:
        cents = round(value * 100, 4)
        if cents < 0 or (name == "order" and cents == 0):
            raise ParameterError(f"The {LABELS[name]} is {text[:40]}.", "Give an amount above 0.")
        return cents
    share = round(value / 100, 8)
    if name == "margin":
        Terms(0, share)
    elif name == "discount":
        Terms(0, 1.0, share)
    elif name == "holdout":
        check_holdout(share)
    else:
        check_rate(LABELS[name], share)
    return share


def _number(name: str, text: str) -> float:
    if not _NUMBER.fullmatch(text):
        unit = "an amount such as 0.35" if name in MONEY else "per cent such as 40"
        raise ParameterError(f"The {LABELS[name]}, {text[:40]!r}, is no number.", f"Give {unit}.")
    return float(text)


@dataclass(frozen=True)
class Wishes:
    """What is typed in; None where it is left to what is known. Money in cents, per cents as shares."""

    cost: float = COST
    margin: float | None = None
    discount: float = 0.0
    order: float | None = None
    base: float | None = None
    expected: tuple[float, float] | None = None
    holdout: float = HOLDOUT
    budget: float | None = None

    @classmethod
    def of(cls, view: View) -> Wishes:
        """Those of a link.

        Raises
        ------
        ParameterError
            If one of them does not fit.
        """
        typed = {name: read(name, view.option(name)) for name in LABELS if view.option(name)}
        return cls(**typed)  # type: ignore[arg-type]

    def terms(self) -> Terms | None:
        """What a contact costs and an order leaves; None until there is a margin."""
        return None if self.margin is None else Terms(self.cost, self.margin, self.discount)
