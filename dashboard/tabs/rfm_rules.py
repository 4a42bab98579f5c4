"""Which rules make your groups? The map of RFM groups and the thresholds of the scores: choose, draw, share."""

from __future__ import annotations

import dataclasses
from typing import Any

from dash import Dash, Input, Output, html

from core.pipeline import Pipeline
from dashboard import ids, words
from dashboard.components import rfm, rfm_rules
from dashboard.components.basics import link
from dashboard.components.cards import card, empty, question, slot
from dashboard.figures import groups, scores
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("rfm-rules")
ANSWER, GRID, PALETTE, LEVELS, CHANGES = map(ns, ("answer", "grid", "palette", "levels", "changes"))
SCORED = (
    "Recency is days from the last order to the as-of date, orders are those that count, spend is net of returns as "
    "the cleaning says. Unless you give thresholds, each is scored in fifths of all customers by mid-rank "
    "percentile, so that equal customers get equal scores; the fixed values at which scores change are kept with "
    "the result. A fixed threshold of 30 days means: under 30 days is the better score; one of 5 orders, or of an "
    "amount, is reached by 5."
)
MAPPED = (
    "Orders and spend together are (F + M) ÷ 2, half rounded up. With recency that makes 25 codes, and each has "
    "exactly one group: a map is refused otherwise. Many published maps are not like that: of nine that were "
    "enumerated, five leave codes out or give them several groups. All customers count here, whatever the period "
    "and filters. What a group of yours is treated like decides its colour and where it counts as good customers "
    "who stay away."
)


def layout() -> html.Div:
    return html.Div(
        [
            question(TAB.question, ANSWER),
            html.Div(
                [
                    slot(GRID, className="seven", height=520),
                    slot(PALETTE, className="five", height=520),
                    slot(LEVELS, height=420),
                    slot(CHANGES, height=200),
                ],
                className="grid",
            ),
        ]
    )


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            grid=Output(GRID, "children"),
            palette=Output(PALETTE, "children"),
            levels=Output(LEVELS, "children"),
            changes=Output(CHANGES, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_rules(data: dict[str, str]) -> dict[str, Any]:
        look, drawn = Look.of(data), pipeline.rfm_map(Look.of(data).view)
        look = dataclasses.replace(look, view=look.view.but(rfm_map=drawn.text))
        scored, cells = pipeline.rfm(look.view), pipeline.rfm_grid(look.view.whole()).cells
        rows, moved = groups.totals(cells, drawn.groups), _moved(pipeline, look)
        wanted = look.view.option("paint")
        picked = next((group for group in drawn.groups if wanted in (group.slug, group.label)), drawn.groups[0])
        return dict(
            answer=_answer(drawn, rows, moved, look),
            grid=_grid(pipeline, drawn, scored, cells, rows, picked, look),
            palette=card(
                "Draw your own groups",
                rfm_rules.palette(drawn, rows, picked, pipeline.rfm_maps()[0], look),
                sub="Pick a group, then choose the cells that are to be its own. The link holds the map",
                how=MAPPED,
                csv=look.download("groups"),
            ),
            levels=_levels(pipeline, scored, look),
            changes=_changes(moved, len(scored.scores), look),
        )


def _answer(drawn: Any, rows: Any, moved: Any, look: Look) -> list[Any]:
    best = rows.loc[rows["cents"].idxmax()] if look.money else rows.loc[rows["customers"].idxmax()]
    kind = {"own": "Your own map of", "eleven": "The usual map of"}.get(drawn.slug, f"{drawn.label}, a map of")
    kind = "The map of" if drawn.label.lower() == f"{_many(drawn)} groups" and drawn.slug != "eleven" else kind
    said = [
        f"{kind} {_many(drawn)} groups: ", html.Strong(best["label"]), " are ",
        words.percent(best["share"]), " of customers",
        f" and bring {words.percent(best['revenue_share'])} of revenue." if look.money else ".",
    ]  # fmt: skip
    many = int(moved["customers"].sum())
    return [*said, " ", html.Strong(words.count(many)), " customers change group through your thresholds."] if (
        many and not drawn.text
    ) else said  # fmt: skip


def _many(drawn: Any) -> str:
    return "eleven" if len(drawn.groups) == 11 else words.in_words(len(drawn.groups))


def _grid(pipeline: Pipeline, drawn: Any, scored: Any, cells: Any, rows: Any, picked: Any, look: Look) -> Any:
    named = {group.slug: group for group in drawn.groups}
    reached = scores.reached("r", scored.edges["recency_days"])
    painted = rfm.grid(cells, named, reached, look, rfm_rules.painter(drawn, picked, look))
    keep = link("Keep it under a name", look.href("saved")) if drawn.text or look.view.rfm_edges else None
    return card(
        groups.headline(rows) if look.money else f"{words.count(rows['customers'].sum())} customers on the grid",
        [
            rfm_rules.maps(pipeline.rfm_maps(), drawn, look),
            html.P(drawn.says, className="rule-hint map-says"),
            painted,
            rfm_rules.proof(drawn),
            *(html.P(sentence, className="empty-scores") for sentence in scored.empty),
        ],
        sub=f"Square: customers. Below their number: share of revenue. Choose a cell to give it to {picked.label}",
        how=MAPPED,
        csv=look.download("map"),
        more=html.Span(
            [keep, link("What to do with each group", look.href("segments", show="rfm"))], className="row-of-links"
        ),
    )


def _levels(pipeline: Pipeline, scored: Any, look: Look) -> Any:
    rows = scores.levels(scored, look.currency)
    shown = rows if look.money else rows[rows["letter"] != "m"]
    return card(
        scores.biggest_level(shown),
        rfm_rules.thresholds(pipeline.rfm_typed(look.view), shown, look),
        sub="What each score stands for, and how many customers have it",
        how=SCORED,
        csv=look.download("levels"),
        more=html.A("Scores of every customer, CSV", href=look.download("scores"), download=""),
    )


def _changes(moved: Any, customers: int, look: Look) -> Any:
    headline = scores.moved_headline(moved, customers)
    if moved.empty:
        why = "Choose another map, give a cell to another group or set thresholds: then you see here who changes group."
        return card(headline, empty("These are the usual rules", why))
    return card(
        headline,
        rfm_rules.changes(moved),
        sub="From the usual eleven groups in fifths to your rules; the ten largest",
        how="Every customer is scored twice, under the usual rules and under yours; a group of another name counts as "
        "another group.",
        csv=look.download("changes"),
    )


def _moved(pipeline: Pipeline, look: Look) -> Any:
    drawn, usual = pipeline.rfm_map(look.view), pipeline.rfm_maps()[0]
    return scores.moved(pipeline.rfm_changes(look.view), drawn.groups, usual.groups)


def _map_table(pipeline: Pipeline, look: Look) -> Any:
    cells = pipeline.rfm_grid(look.view.whole()).cells
    return cells.assign(revenue=cells["cents"] / 100).drop(columns="cents")


def _group_table(pipeline: Pipeline, look: Look) -> Any:
    rows = groups.totals(pipeline.rfm_grid(look.view.whole()).cells, pipeline.rfm_map(look.view).groups)
    return rows.assign(revenue=rows["cents"] / 100).drop(columns=["cents", "colour"])


TAB = Tab(
    slug="rfm-rules",
    order=58,
    label="RFM rules",
    icon="grid-3x3-gap",
    group="segment",
    question="Which rules make your groups?",
    layout=layout,
    register=register,
    options={"paint": None},
    tables={
        "map": _map_table,
        "groups": _group_table,
        "levels": lambda pipeline, look: scores.levels(pipeline.rfm(look.view), look.currency),
        "scores": lambda pipeline, look: pipeline.rfm_scores(look.view),
        "changes": lambda pipeline, look: _moved(pipeline, look).drop(columns="colour"),
    },
    lacks="RFM groups are made of orders, and a {kind} has none of them. Bring an order log.",
    asks=("rfm_grid",),
)
