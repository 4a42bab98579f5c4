"""What is said of one customer: why they are in their segment, and what would move them."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components.columns import percent
from dashboard.figures import profiles

SURE = {"clear": "clear", "rather": "rather sure", "border": "on the border", "apart": "in no group"}
# Of few features more can be said than of many, which have longer names.
FEW = 4
# Reasons under this share of the strongest are left to the table.
WORTH_SAYING = 0.2
PLAIN = {
    "frequency": "ordered {}", "recency_days": "last ordered {} ago", "monetary": "spent {}",
    "order_value": "spend {} an order", "items_per_order": "take {} items an order", "price": "pay {} an item",
    "products": "bought {} different products", "tenure_days": "first ordered {} ago",
    "days_between": "order every {}", "returned_share": "return {} of what they buy",
}  # fmt: skip
TURNS = {"frequency": ("once", "twice")}


def value(row: dict[str, Any], who: str, currency: str) -> str:
    """What somebody has, or what is typical, as people read it; ``who`` is they, own, next or all."""
    said = row["said" if who == "they" else f"said_{who}"]
    if said:
        return words.header(said) if said in ("yes", "no", "not known") else str(said)
    if row["scale"] == "nominal":
        return percent(row[who])
    if row["scale"] == "yes_no":
        return f"{percent(row[who])} yes"
    if row[who] != row[who]:
        return words.DASH
    if who == "they" and row["unit"] in ("orders", "number", "level") and row[who] == round(row[who]):
        return words.count(row[who])
    return profiles.said(row[who], row["unit"], currency)


def reason(row: dict[str, Any], pair: tuple[str, str], currency: str, *, first: bool) -> str:
    """One reason: what they do, and what is typical of both segments.

    Parameters
    ----------
    row : dict
        See :class:`core.segments.customers.reasons.Why`.
    pair : tuple of str
        Their segment and the next.
    first : bool
        The segments are named in the first reason alone.
    """
    own, after = (value(row, who, currency) for who in ("own", "next"))
    if row["scale"] == "nominal":
        of = (f"as {own} of {pair[0]} and {after} of {pair[1]}") if first else f"{own} against {after}"
    elif own == after:
        of = f"{own} is typical of both"
    else:
        of = f"typical of {pair[0]} is {own}, of {pair[1]} {after}" if first else f"{own} against {after}"
    return f"{_does(row, currency)} ({of})"


def _does(row: dict[str, Any], currency: str) -> str:
    they = value(row, "they", currency)
    if row["feature"] == "frequency" and row["scale"] == "number" and row["unit"] == "orders":
        times = round(row["they"])
        return "never ordered" if not times else f"ordered {'once' if times == 1 else f'{times:,} times'}"
    if row["feature"] in PLAIN and not row["said"]:
        days = " day" if row["they"] == 1 else " days"
        return PLAIN[row["feature"]].format(they + (days if row["unit"] == "days" else ""))
    if row["feature"] == "country":
        return f"are in {they}"
    shown = f"“{they}”" if row["said"] else they
    return f"have {shown} for {words.header(row['label'])}"


def because(why: Any, pair: tuple[str, str], currency: str) -> tuple[str, str]:
    """The strongest reasons for their segment, and the strongest against it, each a part of a sentence."""
    rows = why.rows.to_dict("records")
    most = max((abs(row["pull"]) for row in rows), default=0.0)
    telling = [row for row in rows if abs(row["pull"]) >= WORTH_SAYING * most and most > 0]
    most_said = 3 if len(rows) <= FEW else 2
    speak = [row for row in telling if row["pull"] > 0][:most_said]
    against = [row for row in telling[::-1] if row["pull"] < 0][: most_said - 1]
    pro = _join([reason(row, pair, currency, first=n == 0) for n, row in enumerate(speak)])
    return pro, _join([reason(row, pair, currency, first=n == 0 and not speak) for n, row in enumerate(against)])


def answer(found: Any, names: dict[int, str], currency: str) -> list[Any]:
    """Why they are here, in a sentence or two."""
    who, why = f"Customer {found.label} ", found.why
    if why is None:
        return [who, *_nowhere(found)]
    own = names[why.segment]
    if why.sureness == "apart":
        return [who, "stands apart, in ", html.Strong(own), ". ", *_apart(found, names)]
    pair = (own, names.get(why.runner_up, ""))
    if not why.runner_up:
        return [who, "is in ", html.Strong(own), ", as everybody is: there is no other segment."]
    pro, contra = because(why, pair, currency)
    if why.nearest != why.segment:
        said = [who, "is in ", html.Strong(own), f" although the average of {names[why.nearest]} lies nearer: this "
                "method goes by neighbours and density, not by averages alone."]  # fmt: skip
        return [*said, f" They {pro}." if pro else ""]
    opened = {
        "clear": ["clearly fits ", html.Strong(own)],
        "rather": ["fits ", html.Strong(own), f" rather than {pair[1]}"],
        "border": ["stands on the border of ", html.Strong(own), f" and {pair[1]}"],
    }[why.sureness]
    said = [who, *opened, f": they {pro}." if pro else "."]
    return [*said, f" Against it: they {contra}." if contra else ""]


def _nowhere(found: Any) -> list[Any]:
    if not found.lacking:
        return ["is in no segment: there are too few customers for segments."]
    what = _join([words.header(each) for each in found.lacking])
    said: list[Any] = [f"is in no segment, because {what} {'is' if len(found.lacking) == 1 else 'are'} not known."]
    if found.would:
        said += [" With the middle value in its place they would fit best into ", html.Strong(found.would.name), "."]
    return said


def _apart(found: Any, names: dict[int, str]) -> list[Any]:
    why = found.why
    labels = {row["feature"]: words.header(row["label"]) for row in why.rows.to_dict("records")}
    nearest = f"The nearest segment is {names[why.nearest]}." if why.nearest in names else ""
    if why.beyond:
        what = _join([profiles.low(labels[each]) for each in why.beyond])
        return [f"Their {what} lies outside that of all other customers, so no average would fit them. {nearest}"]
    return [f"They resemble no larger group of customers. {nearest}"]


def change(move: Any, usual: float, currency: str) -> str:
    """What would have to happen, as a part of a sentence.

    >>> from types import SimpleNamespace as S
    >>> change(S(steps=[S(kind="orders", by=2.0)], changes=None), 31000, "GBP")
    'two more orders of their usual size (£310 each)'
    """
    said = [_step(step, move.changes, usual, currency, alone=len(move.steps) == 1) for step in move.steps]
    return _join(said)


def _step(step: Any, changes: Any, usual: float, currency: str, *, alone: bool) -> str:
    if step.kind == "orders":
        many = words.in_words(int(step.by))
        each = f" ({words.money(usual, currency)} each)" if usual and step.by > 1 else ""
        one = f" ({words.money(usual, currency)})" if usual and step.by == 1 else ""
        size = " of their usual size" if usual else ""
        return f"{many} more order{'' if step.by == 1 else 's'}{size}{each or one}"
    if step.kind == "spend":
        more = words.money(100 * step.by, currency)
        return f"{more} more spend in as many orders" if alone else f"{more} more spend"
    if step.kind == "silence":
        return f"{step.by:,.0f} more day{'' if step.by == 1 else 's'} without an order"
    if step.kind == "products":
        return f"{step.by:,.0f} different products that they have not bought yet"
    row = next(row for row in changes.to_dict("records") if row["feature"] == step.feature)
    before, after = (_plain(row, side, currency) for side in ("before", "after"))
    return f"{after} instead of {before} for {words.header(row['label'])}"


def _plain(row: dict[str, Any], side: str, currency: str) -> str:
    said = row[f"said_{side}"]
    if said:
        return f"“{said}”"
    whole = row["unit"] != "money" and row[side] == round(row[side])
    return words.count(row[side]) if whole else profiles.said(row[side], row["unit"], currency)


def _join(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
