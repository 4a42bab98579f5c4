"""What should customers be divided by? Features, how they are prepared, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import Dash, Input, Output, html

from core.errors import NotEnoughDataError
from core.pipeline import OUTLIERS, PREPARATIONS, Pipeline
from dashboard import ids, words
from dashboard.components import feature_choices, gaps, preparing
from dashboard.components.basics import icon, link, segmented
from dashboard.components.cards import card, empty, graph, question, slot
from dashboard.components.columns import FAMILIES
from dashboard.figures import preparing as figures
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("features")
ANSWER, CHOICES, USED, MORE, FEW, SAME, GAPS = map(ns, ("answer", "choices", "used", "more", "few", "same", "gaps"))
FROM = {
    **FAMILIES, "rfm": "Recency, orders, spend", "baskets": "What they buy", "rhythm": "When they come back",
    "place": "Where they are",
}  # fmt: skip
PREPARED = (
    "Log, then scale: log(1 + x), negative values as 0, then less the mean and divided by the standard deviation. "
    "Scale only: the latter alone. Clip: at the 99th percentile first. Robust: less the median, divided by the "
    "interquartile range. Ranks: mid-ranks from 0 to 1, equal values sharing one, then scaled. As they are: in their "
    "own units. Yes counts as 1 and no as 0, ordered levels by their place, each category has a column of its own; "
    "all of these are scaled, and the columns of a category together count as one feature."
)
SHARES = (
    "The mean squared distance between two customers is twice the sum of the variances of all prepared columns; the "
    "share of a feature is its part of that sum. A weight of 2 doubles its part of squared distances. A feature is "
    "said to dominate where it counts as much as four average others, and to have a heavy tail where the skewness "
    "stays beyond 2 once prepared and the farthest 1 % of the customers make a quarter or more of its differences."
)

FAR = (
    "Far: more than six robust standard deviations (interquartile range / 1.349) from the median of any prepared "
    "feature, and never more than 1 % of the customers. Clip: numbers are cut at their 99th percentile. A segment of "
    "their own: the few are not learned from, and the scale is that of all others. Colours: the segment in use that a "
    "part overlaps most; grey: none, or set aside; a part too thin to be seen is drawn wider. "
    "Agreement with the segments in use is the adjusted Rand index (Hubert and Arabie 1985): 1 for the same "
    "division, 0 for chance."
)
LACKING = (
    "As usual, a customer table leaves out who lacks anything, but where that would be more than a quarter of all it "
    "fills in; an order log fills in. The middle is the median, of ordered answers the lower one, of categories the "
    "most frequent. A level of its own is a further category; of numbers, who is not known lies √2 standard deviations "
    "apart from who is, as far as two customers lie from one another."
)


def layout() -> html.Div:
    return html.Div(
        [
            question(TAB.question, ANSWER),
            slot(CHOICES, height=120),
            html.Div(
                [
                    slot(USED, height=360),
                    slot(MORE, height=140),
                    slot(FEW, height=300),
                    slot(SAME, className="half", height=160),
                    slot(GAPS, className="half", height=160),
                ],
                className="grid",
            ),
        ]
    )


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            choices=Output(CHOICES, "children"),
            used=Output(USED, "children"),
            more=Output(MORE, "children"),
            few=Output(FEW, "children"),
            same=Output(SAME, "children"),
            gaps=Output(GAPS, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_features(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        try:
            features = list(pipeline.features(look.view))
        except NotEnoughDataError as error:
            nothing = dict.fromkeys(("choices", "more", "few", "same", "gaps"))
            return dict(answer=error.message, used=card(error.title, empty(error.message, error.hint)), **nothing)
        lacking = pipeline.missing(look.view)
        cards = dict(
            choices=_choices(pipeline, look, features),
            more=_more(pipeline, look, features),
            gaps=_gaps(pipeline, look, lacking),
        )
        try:
            found = pipeline.diagnosis(look.view)
        except NotEnoughDataError as error:
            refused = card(error.title, empty(error.message, error.hint))
            return dict(answer=error.message, used=refused, few=None, same=None, **cards)
        return dict(
            answer=_answer(found, lacking),
            used=_used(pipeline, look, found, features, lacking),
            few=_refusing("The few who lie far from all others", lambda: _few(pipeline, look)),
            same=_same(look, found, features),
            **cards,
        )


def _refusing(headline: str, draw: Callable[[], Any]) -> Any:
    """A card, or why there is none."""
    try:
        return draw()
    except NotEnoughDataError as error:
        return card(headline, empty(error.message, error.hint))


def _answer(found: Any, lacking: Any) -> list[Any]:
    rows, kinds = found.rows, {remark.kind: remark for remark in found.remarks}
    labels = dict(zip(rows["slug"], rows["label"], strict=True))
    if "dominates" in kinds:
        slug = kinds["dominates"].slug
        share = figures.part(float(rows.set_index("slug").loc[slug, "share"]))
        first = [html.Strong(f"{words.header(labels[slug])} carries {share}"), " of what sets customers apart, so the "
                 "segments are divided by little else."]  # fmt: skip
    else:
        alike = len(rows) > 1 and rows["share"].max() - rows["share"].min() < figures.CLOSE
        counts = ", each counting the same" if alike else ""
        first = [html.Strong(figures.listed(list(rows["label"]), most=5)), f"{counts}."]
    notes = [
        figures.same(found.pairs, labels),
        _listed(found, labels, "tail", "heavy tails"),
        _listed(found, labels, "constant", "the same for everybody"),
        _listed(found, labels, "rare", "the same for nearly everybody"),
        f"{words.customers(lacking.lacking)} lack something" if lacking.lacking else "",
    ]  # fmt: skip
    told = [note for note in notes if note]
    return [*first, f" To look at: {'; '.join(told)}." if told else " Nothing about them needs mending."]


def _listed(found: Any, labels: dict[str, str], kind: str, what: str) -> str:
    mine = [labels[remark.slug] for remark in found.remarks if remark.kind == kind]
    return f"{what}: {figures.listed(mine, most=3, start=False)}" if mine else ""


def _choices(pipeline: Pipeline, look: Look, features: list[Any]) -> html.Div:
    in_use = pipeline.preparation(look.view)
    return html.Div(
        [
            html.Div(
                [
                    html.Div(
                        [
                            html.Span("Prepare numbers"),
                            segmented(look, "prepare", PREPARATIONS, "Preparation", now=in_use),
                        ]
                    ),
                    html.Span(className="push"),
                    link(["Next: how many segments", icon("chevron-right")], look.href("choose-k")),
                ],
                className="fx-bar",
            ),
            feature_choices.presets(look, pipeline.feature_choices(look.view), features),
        ]
    )


def _used(pipeline: Pipeline, look: Look, found: Any, features: list[Any], lacking: Any) -> Any:
    missing = dict(zip(lacking.rows["slug"], lacking.rows["missing"], strict=True))
    usual = pipeline.preparation(look.view)
    return card(
        figures.headline(found.rows),
        preparing.listing(look, found, features, missing, PREPARATIONS, usual),
        sub=f"Features in use, over {words.customers(found.customers)}; after the arrow: once prepared",
        how=html.Div([html.P(PREPARED), html.P(SHARES)]),
        csv=look.download("features"),
        more=html.A("Distributions as CSV", href=look.download("distributions"), className="take", download=""),
    )


def _more(pipeline: Pipeline, look: Look, features: list[Any]) -> Any:
    groups = pipeline.feature_groups(look.view)
    chips = feature_choices.addable(look, groups, features, FROM)
    if chips is None:
        return None
    number = sum(len(members) for _, members in groups) - len(features)
    return card(f"{words.count(number)} more could be taken in", chips, sub="A click adds one to the features in use")


def _few(pipeline: Pipeline, look: Look) -> Any:
    found, names = pipeline.treatments(look.view), pipeline.segment_names(look.view)
    headline = figures.outliers_headline(found)
    sampled = f", on a seeded sample of {words.count(found.sampled)}" if found.sampled else ""
    return card(
        headline,
        [
            html.P(figures.spend_sentence(found), className="fx-told") if figures.spend_sentence(found) else None,
            html.Div(
                [
                    graph(ns("few-graph"), figures.treatments(found, names, look.theme), height=210, describe=headline),
                    gaps.treatment_table(look, found, OUTLIERS),
                ],
                className="fx-few",
            ),
        ],
        sub=f"{words.customers(found.customers)} in segments, by what is done with the few who lie far{sampled}",
        how=FAR,
        csv=look.download("outliers"),
        png=ns("few-graph"),
    )


def _same(look: Look, found: Any, features: list[Any]) -> Any:
    number = len(found.pairs)
    sampled = f" of {words.count(found.sampled)} sampled customers" if found.sampled else ""
    if not number:
        headline = "No two features say the same" if len(features) > 1 else "One feature cannot repeat another"
        body = gaps.all_well("Each adds something of its own: no correlation reaches 0.8.")
    else:
        headline = f"{figures.pair_count(number)} much the same"
        body = gaps.pairs(look, found, features)
    return card(
        headline,
        body if len(features) > 1 else gaps.all_well("Add a second feature above to divide customers by more."),
        sub=f"Pairs with a correlation of 0.8 or more, either way{sampled}",
        how="Spearman’s correlation of the values as they are, over customers of whom both are known, or Pearson’s of "
        "the prepared values: the larger of the two. Distances add up feature by feature, so two that say the same "
        "count what they say twice. Categories have no order and are not compared.",
        csv=look.download("pairs"),
    )


def _gaps(pipeline: Pipeline, look: Look, found: Any) -> Any:
    if not found.lacking:
        return card("Nothing is missing", gaps.all_well("Every feature in use is known of every customer."))
    table = pipeline.has_people(look.view)
    told = {
        "drop": "are left out" if table else "are set aside",
        "median": "are filled in with the middle", "level": "count as “not known”",
    }  # fmt: skip
    return card(
        f"{words.customers(found.lacking)} of {words.count(found.customers)} lack something, and {told[found.in_use]}",
        gaps.policies(look, found, look.currency, table_kind=table),
        sub="What can be done about what is missing, and what that does",
        how=LACKING,
        csv=look.download("missing"),
    )


def _treated(pipeline: Pipeline, look: Look) -> Any:
    found = pipeline.treatments(look.view)
    return found.sizes.merge(found.rows, on="treatment")


TAB = Tab(
    slug="features",
    order=45,
    label="Features",
    icon="ui-checks-grid",
    group="segment",
    question="What should customers be divided by?",
    layout=layout,
    register=register,
    tables={
        "features": lambda pipeline, look: figures.in_units(pipeline.diagnosis(look.view).rows),
        "distributions": lambda pipeline, look: figures.bars_in_units(pipeline.diagnosis(look.view)),
        "outliers": _treated,
        "pairs": lambda pipeline, look: pipeline.diagnosis(look.view).pairs,
        "missing": lambda pipeline, look: figures.in_units(pipeline.missing(look.view).rows),
    },
    kinds=("transactions", "customers", "survey"),
    asks=("diagnosis", "treatments"),
)
