"""Who spends what? Spend, or any other measure, by level of age, income, education …; answers against answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from dash import Dash, Input, Output, html

from core.errors import ParameterError
from core.pipeline import Pipeline
from dashboard import ids, words
from dashboard.components import against
from dashboard.components.cards import card, empty, slot
from dashboard.components.columns import level, percent, said
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("demographics")
TITLE, ANSWER, CONTROLS, LEVELS, RANKING, SPEND, CHANNELS = map(
    ns, ("title", "answer", "controls", "levels", "ranking", "spend", "channels")
)
MOST = 9
ASKED = "Who answers what?"
BANDS = (
    "Numbers are cut into round bands, at quarters where one band would hold most of the customers; ordered levels "
    "stand in their order. "
)
RANKS = (
    "Strength: epsilon squared, the share of the spread of the ranks that the levels explain (Kruskal and Wallis "
    "1952: H ÷ (n − 1)); 0.01 is little, 0.06 clear, 0.14 much. It asks for no bell curve. "
)
CRAMER = (
    "Strength: Cramér’s V, corrected for chance (Bergsma 2013), from 0, the answers do not depend on the level, to 1, "
    "they follow from it; 0.05 is little, 0.15 clear, 0.3 much. "
)


def layout() -> html.Div:
    return html.Div(
        [
            html.Header([html.H1(TAB.question, id=TITLE), html.P(id=ANSWER, className="answer")], className="question"),
            html.Div(id=CONTROLS, className="by-of"),
            html.Div(
                [
                    slot(LEVELS, className="seven", height=420),
                    slot(RANKING, className="five", height=420),
                    html.Div(id=SPEND, className="card-slot"),
                    html.Div(id=CHANNELS, className="card-slot"),
                ],
                className="grid",
            ),
        ]
    )


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            title=Output(TITLE, "children"),
            answer=Output(ANSWER, "children"),
            controls=Output(CONTROLS, "children"),
            levels=Output(LEVELS, "children"),
            ranking=Output(RANKING, "children"),
            spend=Output(SPEND, "children"),
            channels=Output(CHANNELS, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_demographics(data: dict[str, str]) -> dict[str, Any]:
        look, wrong = Look.of(data), ""
        try:
            by, of = pipeline.dividing_by(look.view), pipeline.measured_of(look.view)
        except ParameterError as error:
            wrong = f"{error.message} The usual ones are shown instead. "
            look = dataclasses.replace(look, view=look.view.but(by=None, of=None))
            by, of = pipeline.dividing_by(look.view), pipeline.measured_of(look.view)
        if not by or not of or by == of:
            nothing = dict.fromkeys(("controls", "ranking", "spend", "channels"))
            why = empty("It takes two columns that can be measured.", "Change their scales on the Data page.")
            return dict(title=TAB.question, answer="", levels=card("Nothing to set against each other", why), **nothing)
        ranked = pipeline.strengths(look.view, of)
        choices = [*pipeline.measurable(look.view), *pipeline.dividing(look.view)]
        names = {each.slug: each._replace(label=words.header(each.label)) for each in choices}
        unit = pipeline.unit_of(look.view, of)
        rows = [row for row in ranked.rows.to_dict("records") if _tells(names, row["slug"], of)]
        first = _first(rows, names)
        if first and not look.view.option("by"):
            by = first["slug"]
        found, rows = pipeline.against(look.view, by, of), rows[:MOST]
        return dict(
            title=ASKED if "survey" in pipeline.knows(look.view) else TAB.question,
            answer=[wrong, *_answer(first, names[of], unit, look)],
            controls=[
                against.choice(look, "of", of, pipeline.measurable(look.view), "Show"),
                against.choice(look, "by", by, pipeline.dividing(look.view), "by"),
            ],
            levels=_levels(found, names[by], names[of], unit, look),
            ranking=_ranking(rows, by, names[of], unit, look),
            spend=_spend(pipeline.spend_mix(look.view, by), names[by], look),
            channels=_channels(pipeline.channel_mix(look.view, by), names[by], look),
        )


def _tells(names: dict[str, Any], slug: str, of: str) -> bool:
    """Spend on wine goes with spend: that tells nothing of who spends."""
    return slug in names and not (names[slug].family == names[of].family == "spend")


def _first(rows: list[dict[str, Any]], names: dict[str, Any]) -> dict[str, Any] | None:
    """What to speak of: who people are first, where that tells more than nothing."""
    told = [row for row in rows if against.strength(_As(row)) != "nothing"]
    return next((row for row in told if names[row["slug"]].family == "person"), told[0] if told else None)


def _answer(first: dict[str, Any] | None, of: Any, unit: str, look: Look) -> list[Any]:
    what = html.Strong(of.label)
    if first is None:
        return [what, " goes with nothing else in this table: the levels hardly differ."]
    best, worst = (level(first[end], look.currency) for end in ("best", "worst"))
    high, low = first["best_value"], first["worst_value"]
    start = [what, " goes with ", html.Strong(words.header(first["label"])), ": "]
    if first["measure"] == "ranks":
        much, little = (html.Strong(said(value, unit, look.currency)) for value in (high, low))
        return [*start, f"half of those with {best} have ", much, f" or more, of those with {worst} ", little, "."]
    answer = level(first["answer"], look.currency)
    return [*start, html.Strong(percent(high)), f" of those with “{best}” answer “{answer}”, of those with “{worst}” ",
            html.Strong(percent(low)), "."]  # fmt: skip


class _As:
    """A row of strengths as the result that it comes from."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.strength, self.chance, self.measure = row["strength"], row["chance"], row["measure"]


def _levels(found: Any, by: Any, of: Any, unit: str, look: Look) -> Any:
    if not found.known:
        nothing = empty("Nobody is left of whom both are known.", "Choose another column.")
        return card(f"{of.label} by {by.label}", nothing)
    much = against.strength(found)
    headline = f"{by.label} tells {much} about {of.label}"
    left_out = f"; {words.count(found.left_out)} left out, one of the two is missing" if found.left_out else ""
    trust = (
        f"Were there no link at all, one as strong as this ({words.decimal(found.strength, 3)}) would come about "
        f"{against.chance(found.chance)}."
    )
    if found.measure == "ranks":
        body: Any = against.spread(found, by.label, unit, look)
        sub = f"{of.label} by {by.label}, {words.customers(found.known)}{left_out}"
        how = f"{BANDS}Bar: the median; line: the middle half of the level; tick: everybody’s median. {RANKS}{trust}"
    else:
        body = against.crossed(found, by.label, look)
        sub = f"Share of each level that gives an answer, {words.customers(found.known)}{left_out}"
        how = (
            f"{BANDS}Each row adds up to 100 %. Colour: distance from everybody’s share, full at 25 points; levels "
            f"of fewer than ten are not coloured. {CRAMER}{trust}"
        )
    return card(headline, body, sub=sub, how=how, csv=look.download("levels"))


def _ranking(rows: list[dict[str, Any]], by: str, of: Any, unit: str, look: Look) -> Any:
    if not rows:
        return card(
            "Nothing goes with it",
            empty(f"No other column can be set against {of.label}.", "Choose another."),
        )
    ranks = rows[0]["measure"] == "ranks"
    ends = (
        "the levels with the highest and the lowest median" if ranks else "where the commonest answer is most and least"
    )
    return card(
        f"What goes with {of.label}",
        against.ranking(rows, by, unit, look),
        sub="Strongest first, from 0 to 1; choose one to see its levels",
        how=f"{RANKS if ranks else CRAMER}Beside each: {ends}; levels of fewer than ten customers are not named.",
        csv=look.download("strengths"),
    )


def _spend(found: Any, by: Any, look: Look) -> Any:
    if found is None:
        return None
    return card(
        _mix_headline(found, look),
        against.mixed(found, by.label, look, shares=False),
        sub=f"Average spend by category and {by.label}. Colour: ratio to everybody’s average, full at twice as much",
        how=f"{BANDS}Means over the customers of whom every category is known. Levels of fewer than ten customers are "
        "not coloured.",
        csv=look.download("spend"),
    )


def _channels(found: Any, by: Any, look: Look) -> Any:
    if found is None:
        return None
    return card(
        _channel_headline(found, look),
        against.mixed(found, by.label, look, shares=True),
        sub=f"Share of a level’s purchases by {by.label}. Colour: distance from everybody’s share, full at 15 points",
        how=f"{BANDS}Purchases of all customers of a level through a channel, of their purchases through all of these.",
        csv=look.download("channels"),
    )


def _mix_headline(found: Any, look: Look) -> str:
    """The cell that stands out most among levels that are large enough."""
    row = _widest(found, lambda cells: cells["ratio"])
    if row is None:
        return "No level is large enough to compare"
    who, what = level(row["level_label"], look.currency), words.header(row["label"])
    return f"{who}: {words.decimal(row['ratio'])} times as much on {what} as everybody"


def _channel_headline(found: Any, look: Look) -> str:
    usual = found.cells[found.cells["level"] < 0].set_index("slug")["share"]
    row = _widest(found, lambda cells: (cells["share"] - cells["slug"].map(usual)).abs())
    if row is None:
        return "No level is large enough to compare"
    shares = f"{percent(row['share'])} of their purchases, {percent(usual[row['slug']])} of everybody’s"
    return f"{level(row['level_label'], look.currency)}: {words.header(row['label'])} are {shares}"


def _widest(found: Any, size: Callable[[Any], Any]) -> Any:
    large = found.rows[(found.rows["level"] >= 0) & (found.rows["customers"] >= against.FEW)]
    named = large[["level", "label"]].rename(columns={"label": "level_label"})
    cells = found.cells[found.cells["ratio"].notna()].merge(named, on="level")
    return None if cells.empty else cells.loc[size(cells).idxmax()]


TAB = Tab(
    slug="demographics",
    order=43,
    label="Demographics",
    icon="person-lines-fill",
    group="understand",
    question="Who spends what?",
    layout=layout,
    register=register,
    options={"by": None, "of": None},
    tables={
        "levels": lambda pipeline, look: pipeline.against_table(look.view),
        "strengths": lambda pipeline, look: pipeline.strengths_table(look.view),
        "spend": lambda pipeline, look: pipeline.mix_table(look.view, "spend"),
        "channels": lambda pipeline, look: pipeline.mix_table(look.view, "channels"),
    },
    kinds=("customers", "survey"),
    lacks="An {kind} does not say how old people are, what they earn or what they think. Bring a table with one row a "
    "customer, or join one to this log.",
)
