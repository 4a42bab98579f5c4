"""The difference of all and of each segment: intervals, and the table under them."""

from __future__ import annotations

import math
from typing import Any

from dash import html

from dashboard import words
from dashboard.components.cards import card, graph
from dashboard.components.result_words import beside, lifted, p_value
from dashboard.components.tables import table
from dashboard.figures import intervals
from dashboard.figures.intervals import Row, signed
from dashboard.state import Look

SURE = 0.05
SEVERAL = (
    "A line is the 95 % interval of the difference of two shares (Miettinen and Nurminen, 1985): every effect that "
    "fits the figures. Where it holds 0, p is 0.05 or more. A diamond is what was planned.",
    "Of twenty segments in which nothing happened one shows an “effect” by chance. The column “p, all looked at” "
    "allows for how many segments there are (Holm, 1979); only that one can pick a segment out. Whether segments "
    "differ at all is a test of its own (Cochran's Q).",
    "“Would show a lift of” is the smallest relative lift that arms of these sizes show four times out of five (5 %, "
    "two-sided), over what the holdout did.",
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


def _segments(found: Any) -> html.Div:
    head = ["Segment", "Treated", "Held out", "Points", "p", "p, all looked at", "Would show a lift of"]
    rows = []
    adjusted = found.several.p if found.several else ()
    for part, allowed in zip(found.segments, adjusted, strict=True):
        t, h, lift = part.treated, part.holdout, part.lift
        least = part.verdict.smallest
        rows.append(
            [part.name or "In no segment", beside(words.percent(t.rate), f"of {words.count(t.customers)}"),
             beside(words.percent(h.rate), f"of {words.count(h.customers)}"),
             signed(100 * lift.difference.value) if lift else words.DASH, p_value(lift.p) if lift else words.DASH,
             p_value(allowed), f"{lifted(least)} or more" if math.isfinite(least) else "nothing"]
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
