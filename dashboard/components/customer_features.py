"""One customer feature by feature: what they have, what is typical, and which segment it speaks for."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components import customer_words
from dashboard.components.basics import swatch
from dashboard.components.columns import percent
from dashboard.components.tables import table
from dashboard.state import Look

HOW_FEATURES = (
    "Typical is the centre of a segment, brought back from the scale that segments are learned from: with logarithms a "
    "few very large customers do not pull it up, as they do the plain average, which stands in the CSV. “Speaks for” "
    "is the feature’s part of the squared distance to the next centre less that to the own one; the parts add up to "
    "the whole difference. More and less are shares of all customers with a lower and a higher value."
)


def features(found: Any, names: dict[int, Any], look: Look) -> html.Div:
    """What they have beside what is typical of both segments and of all; which of it speaks for which segment."""
    why = found.why
    apart = why.sureness == "apart"
    own, after = names[why.nearest if apart else why.segment], None if apart else names.get(why.runner_up)
    most = max((abs(row["pull"]) for row in why.rows.to_dict("records")), default=0) or 1
    lines = []
    for row in why.rows.to_dict("records"):
        line = [words.header(row["label"])]
        line += [html.Strong(customer_words.value(row, "they", look.currency))]
        line += [customer_words.value(row, who, look.currency) for who in (("own", "next") if after else ("own",))]
        line += [customer_words.value(row, "all", look.currency), standing(row)]
        lines.append([*line, _pull(row["pull"], most, own, after)] if after else line)
    segments = [[swatch(each.colour), html.Span(f"Typical of {each.name}")] for each in (own, after) if each]
    typical = [html.Span(each, className="typical") for each in segments]
    heads = ["Learned from", "They", *typical, "Typical of all", "Among all customers"]
    return table([*heads, "Speaks for"] if after else heads, lines, caption="What they have beside what is typical",
                 numeric=set(range(1, 3 + len(typical))), className="customer-features")  # fmt: skip


def others(why: Any, names: dict[int, Any], look: Look, shown: list[dict[str, Any]]) -> html.Div:
    """The same for what the segments are not learned from: averages, and where they stand."""
    rows = [
        [words.header(row["label"]), html.Strong(customer_words.value(row, "they", look.currency)),
         customer_words.value(row, "own", look.currency), customer_words.value(row, "all", look.currency),
         standing(row)]
        for row in shown
    ]  # fmt: skip
    beside = names[why.nearest if why.sureness == "apart" else why.segment].name
    heads = ["Also known", "They", f"Average of {beside}", "Average of all", "Among all customers"]
    return table(
        heads, rows, caption="Averages beside what they have", numeric={1, 2, 3}, className="customer-features"
    )


def known(rows: list[dict[str, Any]], look: Look) -> html.Div:
    """What is known of somebody who is in no segment, beside the averages of all."""
    lines = [
        [words.header(row["label"]), html.Strong(customer_words.value(row, "they", look.currency)),
         customer_words.value(row, "all", look.currency), standing(row)]
        for row in rows
    ]  # fmt: skip
    heads = ["Known", "They", "Average of all", "Among all customers"]
    return table(heads, lines, caption="What they have beside the average", numeric={1, 2},
                 className="customer-features")  # fmt: skip


def standing(row: dict[str, Any]) -> Any:
    """Where a value stands among all customers, as a bar and in words."""
    below, above = row["below"], row["above"]
    if row["scale"] == "nominal":
        return html.Span(f"like {percent(row['all_average'])} of all", className="stand-words")
    if below != below:
        return html.Span(words.DASH, className="note")
    if row["scale"] == "yes_no":
        return html.Span(f"like {percent(1 - below - above)} of all", className="stand-words")
    said = _beside(below, above)
    at = 100 * (below + (1 - below - above) / 2)
    return html.Span(
        [html.Span(html.I(style={"left": f"{at:.1f}%"}), className="stand-track", **{"aria-hidden": "true"}),
         html.Span(said, className="stand-words")],
        className="stand",
    )  # fmt: skip


def _beside(below: float, above: float) -> str:
    """Shares that have less and more, in words.

    >>> _beside(0.7, 0.2), _beside(0.1, 0.42), _beside(0.999, 0.001), _beside(0.4, 0), _beside(0, 0)
    ('more than 70 %', 'less than 42 %', 'more than nearly all', 'nobody has more', 'as everybody')
    """
    if below == above == 0:
        return "as everybody"
    if not min(below, above):
        return f"nobody has {'less' if below == 0 else 'more'}"
    side, share = ("more", below) if below >= above else ("less", above)
    return f"{side} than {'nearly all' if share >= 0.995 else words.percent(share, 0)}"


def _pull(pull: float, most: float, own: Any, after: Any) -> html.Span:
    whom = own if pull >= 0 else after
    side = "own" if pull >= 0 else "next"
    width = f"{50 * abs(pull) / most:.1f}%"
    return html.Span(
        [html.Span(html.I(className=f"{side} s{whom.colour % 11}", style={"width": width}), className="pull-track",
                   **{"aria-hidden": "true"}),
         html.Span([swatch(whom.colour), html.Span(whom.name)], className="pull-name")],
        className="pull", title=f"{pull:+.2f} of the squared distance",
    )  # fmt: skip
