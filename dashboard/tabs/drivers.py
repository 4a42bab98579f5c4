"""What sets your segments apart? Importance of the features, and the strongest differences of each segment."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from core.errors import NotEnoughDataError
from core.pipeline import Pipeline
from dashboard import ids, words
from dashboard.components.basics import meter, swatch
from dashboard.components.cards import card, empty, graph, question, slot
from dashboard.components.segments import difference_table, telling
from dashboard.components.tables import table
from dashboard.figures import drivers, portrait, profiles
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("drivers")
ANSWER, IMPORTANCE, TOLD, DIFFERENCES, NEEDS = map(ns, ("answer", "importance", "told", "differences", "needs"))
# As many bars, and columns of the table, as can be read.
MOST, MOST_COLUMNS = 15, 7
FOREST = (
    "A random forest of 100 trees learns from three quarters of the customers to tell the segments from the features "
    "that made them; the held-out quarter is what it is judged by. "
)


def layout() -> html.Div:
    return html.Div(
        [
            question(TAB.question, ANSWER),
            html.Div(
                [
                    slot(IMPORTANCE, className="seven", height=360),
                    slot(TOLD, className="five", height=360),
                    slot(DIFFERENCES, height=360),
                    slot(NEEDS, height=260),
                ],
                className="grid",
            ),
        ]
    )


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            importance=Output(IMPORTANCE, "children"),
            told=Output(TOLD, "children"),
            differences=Output(DIFFERENCES, "children"),
            needs=Output(NEEDS, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_drivers(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        try:
            found, apart = pipeline.importance(look.view), _apart(pipeline, look)
        except NotEnoughDataError as error:
            nothing = dict.fromkeys(("importance", "told", "needs"))
            return dict(
                answer=error.message, differences=card(error.title, empty(error.message, error.hint)), **nothing
            )
        names = [n for n in pipeline.segment_names(look.view) if not look.view.segments or n.id in look.view.segments]
        return dict(
            answer=_answer(apart, names, look),
            importance=_importance(found, look),
            told=html.Div(
                [_told(found, look), *([_sharing(found, look)] if len(found.pairs) else [])], className="stacked"
            ),
            differences=_differences(apart, names, look),
            needs=_needs(found, names, look),
        )


def _apart(pipeline: Pipeline, look: Look) -> Any:
    """The three strongest differences of each segment; of a table in the words of its portrait."""
    if not pipeline.has_people(look.view):
        return pipeline.profiles(look.view).differences
    rows = telling(portrait.as_shown(pipeline.portraits(look.view).rows))
    ranked = rows.assign(rank=rows.groupby("id").cumcount() + 1)
    return ranked[ranked["rank"] <= 3]


def _answer(differences: Any, names: list[Any], look: Look) -> list[Any]:
    """The strongest difference of all, and that of the largest segment."""
    faces = {name.id: name for name in names}
    rows = [row for row in differences[differences["rank"] == 1].to_dict("records") if row["id"] in faces]
    if not rows:
        return []
    largest = max(names, key=lambda name: name.customers).id
    strongest = max(rows, key=lambda row: abs(row["effect"]))
    said: list[Any] = []
    for row in [strongest, *(row for row in rows if row["id"] == largest and row is not strongest)]:
        they, everybody = (
            profiles.told(row, who, words_, look.currency) for who, words_ in (("they", "said"), ("all", "said_all"))
        )
        said += [
            html.Strong(faces[row["id"]].name), f": {profiles.low(words.header(row['label']))} ", html.Strong(they),
            f" against {everybody} for all. ",
        ]  # fmt: skip
    return said


def _importance(found: Any, look: Look) -> Any:
    headline = drivers.headline(found.rows)
    shown = found.rows.head(MOST)
    more = f"; the {MOST} strongest of {len(found.rows)}" if len(found.rows) > MOST else ""
    part = f"; learned on a sample of {words.count(found.sampled)}" if found.sampled else ""
    return card(
        headline,
        graph(
            ns("importance-graph"),
            drivers.bars(shown, look.theme),
            # As tall as the two cards beside it.
            height=max(300, 110 + 32 * len(shown), 266 + 79 * len(found.pairs) if len(found.pairs) else 0),
            describe=headline,
        ),
        sub=f"Importance for telling the segments apart; whiskers: one standard deviation{part}{more}",
        how=html.Div(
            [
                html.P(
                    f"{FOREST}Permutation: how much of its accuracy is lost when one feature is shuffled among the "
                    "held-out customers, ten times; the whisker is one standard deviation, of the shuffles and of "
                    "which customers were held out: a bar within two of nothing may be nothing. Impurity: its "
                    "share in what the splits of all trees gain (Breiman 2001), measured on the customers it learned "
                    "from; it favours features with many different values."
                ),
                html.P(
                    "Features that go together share their importance: shuffle one, and the other still tells most of "
                    "it. A short bar beside a related feature does not mean that it is unimportant."
                ),
            ]
        ),
        csv=look.download("importance"),
        png=ns("importance-graph"),
    )


def _sharing(found: Any, look: Look) -> Any:
    said = [html.Li(drivers.pair_said(row)) for row in found.pairs.to_dict("records")]
    return card(
        drivers.pairs_headline(found.pairs),
        html.Ul(said, className="sharing"),
        sub="Accuracy lost when one is shuffled, and when both are",
        how="Pairs whose rank correlation (Spearman) is 0.5 or more, the four closest. Shuffle one of them, and the "
        "other still tells most of it; so both are shuffled in the same way, together. Where that costs more than both "
        "alone, by over two standard deviations, each hides what the other is worth: a short bar is no sign then that "
        "a feature does not matter.",
        csv=look.download("pairs"),
    )


def _told(found: Any, look: Look) -> Any:
    pairs = [
        ("Told from these features", found.accuracy),
        ("By always naming the largest segment", found.baseline),
    ]
    rows = [
        html.Div([html.Span(label), html.Strong(words.percent(share)), meter(share)], className="told-row")
        for label, share in pairs
    ]
    fewer = (1 - found.accuracy) / (1 - found.baseline) if found.baseline < 1 else None
    note = "A high figure shows that these features draw the borders, not that the segments are natural kinds: the "
    note += "silhouette on Choose k says how distinct they are."
    trust = f" Its errors are {words.percent(fewer)} of those of guessing." if fewer is not None else ""
    return card(
        f"These features put {words.percent(found.accuracy)} of customers into the right segment; guessing "
        f"{words.percent(found.baseline)}",
        [html.Div(rows, className="told"), html.P(note + trust, className="told-note")],
        sub=f"Checked on {words.count(found.held_out)} customers who were kept back; learned from "
        f"{words.count(found.trained)}",
        how=f"{FOREST}Accuracy is the share of those whose segment it names correctly. Guessing always names the "
        "largest segment. An importance is worth as much as the forest is better than that.",
        csv=look.download("accuracy"),
    )


def _differences(differences: Any, names: list[Any], look: Look) -> Any:
    items = []
    for name in names:
        mine = differences[differences["id"] == name.id]
        count = html.Span(f"{words.count(name.customers)} customers")
        items.append(
            html.Div(
                [
                    html.H3([swatch(name.colour), html.Span(name.name), count]),
                    difference_table(mine, name.name, look.currency, effects=True),
                ]
            )
        )
    return card(
        "Each segment has its own three strongest differences",
        html.Div(items, className="drivers-list") if items else empty("No segment is left.", "Remove a filter above."),
        sub="Average of the segment beside that of all customers, and the distance in standard deviations",
        how="Effect: the average of the segment less that of all, divided by the standard deviation between customers "
        "(taken from the 1st to the 99th percentile, so that a few huge buyers do not make all else look small). "
        "Under 0.2 next to none, under 0.5 small, under 0.8 medium, else large (Cohen 1988). Of features that say "
        "nearly the same only the strongest is named. Period and filters do not move these: all customers count.",
        csv=look.download("differences"),
    )


def _needs(found: Any, names: list[Any], look: Look) -> Any:
    features = found.rows[["feature", "label"]].head(MOST_COLUMNS).to_dict("records")
    more = f"; the {MOST_COLUMNS} most important of {len(found.rows)}" if len(found.rows) > MOST_COLUMNS else ""
    losses = {(row["id"], row["feature"]): row for row in found.per_segment.to_dict("records")}
    most = max([row["importance"] for row in losses.values()] + [0.01])
    rows = []
    for name in names:
        cells: list[Any] = []
        for feature in features:
            loss = losses.get((name.id, feature["feature"]))
            cells.append(
                html.Span(
                    [meter(loss["importance"] / most, name.colour), html.Span(drivers.points(loss))],
                    className="in-cell",
                )
                if loss is not None
                else words.DASH
            )
        rows.append([html.Span([swatch(name.colour), name.name]), *cells])
    return card(
        "What tells each segment from the rest",
        table(["Segment", *(words.header(feature["label"]) for feature in features)], rows,
              caption="Balanced accuracy lost for each segment against the rest when a feature is shuffled, in points",
              className="needs"),
        sub=f"Each segment against the rest: balanced accuracy lost when a feature is shuffled, in points{more}",
        how=f"{FOREST}Asked of one segment at a time, in it or not, its balanced accuracy is the mean of the share of "
        "members recognised and of others kept out, so that a small segment is not drowned by the rest. ± is one "
        "standard deviation, of the shuffles and of which customers were held out; a small segment has few of them, so "
        "its figures are rough.",
        csv=look.download("per_segment"),
    )  # fmt: skip


TAB = Tab(
    slug="drivers",
    order=70,
    label="Drivers",
    icon="sliders",
    group="segment",
    question="What sets your segments apart?",
    layout=layout,
    register=register,
    tables={
        "importance": lambda pipeline, look: pipeline.importance(look.view).rows,
        "accuracy": lambda pipeline, look: drivers.accuracy(pipeline.importance(look.view)),
        "differences": lambda pipeline, look: profiles.in_units(_apart(pipeline, look), "they", "all"),
        "per_segment": lambda pipeline, look: pipeline.importance(look.view).per_segment,
        "pairs": lambda pipeline, look: pipeline.importance(look.view).pairs,
    },
    kinds=("transactions", "customers", "survey"),
    asks=("profiles", "portraits", "importance"),
)
