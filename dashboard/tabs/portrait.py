"""What makes this segment? One segment from close up: rules, differences, typical customers, favourites, habits."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from core.errors import NotEnoughDataError
from core.pipeline import Pipeline
from dashboard import ids, words
from dashboard.components import portrait, portrait_tables
from dashboard.components import portrait_terms as terms
from dashboard.components.basics import customer_link, segmented
from dashboard.components.cards import card, empty, graph, question, slot
from dashboard.components.segments import telling
from dashboard.figures import habits, profiles
from dashboard.figures import portrait as figures
from dashboard.state import Look
from dashboard.tab import Tab
from dashboard.theme import segment_colour

ns = ids.namespace("portrait")
ANSWER, PART = map(ns, ("answer", "part"))
WHEN = {"month": "Months", "weekday": "Weekdays", "hour": "Hours"}
MOST_DRIVERS, MOST_LIKED = 8, 12
# With so few favourites nothing else finds room beside them.
FEW = 6


def layout() -> html.Div:
    waiting = [slot(ns("waiting-above"), height=140), slot(ns("waiting-below"), height=520)]
    return html.Div([question(TAB.question, ANSWER), html.Div(waiting, id=PART, className="stack")])


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(answer=Output(ANSWER, "children"), part=Output(PART, "children")),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_portrait(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        try:
            who = pipeline.close_up(look.view)
        except NotEnoughDataError as error:
            return dict(answer=error.message, part=card(error.title, empty(error.message, error.hint)))
        names = pipeline.segment_names(look.view)
        name = next(each for each in names if each.id == who)
        cards = _of_table if pipeline.has_people(look.view) else _of_log
        part = [
            portrait.picker(names, who, look), _face(pipeline, name, look),
            html.Div(cards(pipeline, name, look), className="grid"),
        ]  # fmt: skip
        return dict(answer=_answer(pipeline, name, look), part=part)


def _answer(pipeline: Pipeline, name: Any, look: Look) -> list[Any]:
    """The strongest difference, and what the rules can tell."""
    found = pipeline.thresholds(look.view)
    fidelity = figures.of(found.fidelity, name.id).iloc[0]
    rows = _differences(pipeline, name, look)
    said: list[Any] = [html.Strong(name.name)]
    if len(rows):
        row = dict(rows.iloc[0])
        they, everybody = (
            profiles.told(row, who, said_, look.currency) for who, said_ in (("they", "said"), ("all", "said_all"))
        )
        what, _, level = profiles.low(words.header(row["label"])).partition(": ")
        level = f" “{level}”" if level else ""
        said += [f" differ most in {what}{level}: ", html.Strong(they), f" against {everybody} of all customers. "]
    else:
        said.append(". ")
    if not fidelity["rules"]:
        return [*said, "No short rule describes them."]
    many = "A short rule finds" if fidelity["rules"] == 1 else f"{words.in_words(fidelity['rules']).title()} rules find"
    return [*said, f"{many} ", html.Strong(words.percent(fidelity["coverage"], 0)), " of them."]


def _face(pipeline: Pipeline, name: Any, look: Look) -> Any:
    sizes = pipeline.segment_sizes(look.view.but(segments=()))
    size = next(row for row in sizes.rows.to_dict("records") if row["id"] == name.id)
    money = ("Spend" if pipeline.has_people(look.view) else "Revenue") if sizes.cents else ""
    texts = pipeline.portraits(look.view).texts.set_index("id")["portrait"]
    return portrait.face(name, texts[name.id], size, money)


def _of_log(pipeline: Pipeline, name: Any, look: Look) -> list[Any]:
    knows = pipeline.knows(look.view)
    found = [_slot(make(pipeline, name, look), wide) for make, wide in TOPS]
    places = [_places(pipeline, name, look)] if "countries" in knows else []
    times, liked = _times(pipeline, name, look), figures.of(pipeline.favourites(look.view).rows, name.id)
    wide = ("seven", "five") if {"categories", "channels"} <= set(knows) else ("", "")
    more = [_slot(_categories(pipeline, name, look), wide[0])] if "categories" in knows else []
    more += [_slot(_channels(pipeline, name, look), wide[1])] if "channels" in knows else []
    if "products" not in knows:
        return [*found, *(_slot(each, "") for each in (*places, times)), *more]
    likes = _slot(_likes(pipeline, name, look), "seven" if places or len(liked) > FEW else "")
    if len(liked) > FEW:
        return [*found, likes, html.Div([*places, times], className="five stacked"), *more]
    return [*found, likes, *(_slot(each, "five") for each in places), _slot(times, ""), *more]


def _of_table(pipeline: Pipeline, name: Any, look: Look) -> list[Any]:
    found = [_slot(make(pipeline, name, look), wide) for make, wide in TOPS]
    if pipeline.favourites(look.view).tested:
        found.append(_slot(_likes(pipeline, name, look), ""))
    for rows, what, slug in (
        (pipeline.spend_categories(look.view), "spend", "spend"),
        (pipeline.channels(look.view), "purchases", "channels"),
    ):
        if len(mine := figures.of(rows, name.id)):
            found.append(_slot(_mix(mine, name, look, what, slug), "half"))
    return found


def _slot(made: Any, wide: str) -> html.Div:
    return html.Div(made, className=f"{wide} card-slot".strip())


def _rules(pipeline: Pipeline, name: Any, look: Look) -> Any:
    found = pipeline.thresholds(look.view)
    rows, fidelity = found.of(name.id), dict(figures.of(found.fidelity, name.id).iloc[0])
    return card(
        figures.rules_headline(rows, fidelity, name.name, look.currency),
        portrait.rules(rows, fidelity, name, look.currency),
        sub="Rules that describe the segment, with how much of it they find and how often they are right",
        how=terms.RULES,
        csv=look.download("rules"),
    )


def _differences(pipeline: Pipeline, name: Any, look: Look) -> Any:
    if pipeline.has_people(look.view):
        rows = telling(figures.as_shown(pipeline.portraits(look.view).rows))
        return rows[rows["id"] == name.id].head(8)
    cells = pipeline.heat(look.view).cells
    return figures.differences(cells if look.money else profiles.known(cells), name.id)


def _effects(pipeline: Pipeline, name: Any, look: Look) -> Any:
    rows = _differences(pipeline, name, look)
    return card(
        figures.effects_headline(rows),
        portrait.differences(rows, name.name, look.currency),
        sub="Average of the segment beside that of all; the largest difference first",
        how=terms.EFFECTS,
        csv=look.download("differences"),
    )


def _typical(pipeline: Pipeline, name: Any, look: Look) -> Any:
    found, learned = pipeline.typical(look.view), pipeline.outline(look.view)
    apart = learned.apart == name.id
    note = "They have no centre of their own: these lie nearest to the middle of all of them" if apart else (
        "The five customers nearest to the centre of the segment; choose one to see their page")  # fmt: skip
    rows = figures.of(found.rows, name.id)
    told = pipeline.importance(look.view).rows["feature"].tolist()
    order = told if pipeline.has_people(look.view) else [feature.slug for feature in pipeline.features(look.view)]
    return card(
        f"A typical customer: {pipeline.customer_label(rows['customer_id'].iloc[0])}",
        portrait_tables.typical(
            rows,
            figures.of(found.cells, name.id),
            order,
            name.name,
            lambda id: customer_link(pipeline, id, look),
            look.currency,
        ),
        sub=note,
        how=terms.TYPICAL,
        csv=look.download("typical"),
    )


def _drivers(pipeline: Pipeline, name: Any, look: Look) -> Any:
    found = pipeline.importance(look.view)
    known = figures.of(found.known, name.id)
    if known.empty:
        words_ = "None of this segment is among the held-out customers."
        return card("Too few to be told", empty(words_, "Drivers shows what tells all segments apart."))
    rows = figures.of(found.per_segment, name.id).sort_values("importance", ascending=False, kind="stable")
    return card(
        figures.drivers_headline(rows, name.name),
        portrait.drivers(rows.head(MOST_DRIVERS), dict(known.iloc[0]), name),
        sub="Balanced accuracy lost when a feature is shuffled, points: this segment against the rest",
        how=terms.DRIVERS,
        csv=look.download("drivers"),
    )


def _likes(pipeline: Pipeline, name: Any, look: Look) -> Any:
    found, product = pipeline.favourites(look.view), not pipeline.has_people(look.view)
    rows, of = figures.of(found.rows, name.id), int(figures.of(found.bases, name.id)["buyers"].iloc[0])
    what = "products" if product else "choices"
    body = portrait_tables.favourites(rows.head(MOST_LIKED), what[:-1].title(), name, coded=product)
    if rows.empty:
        body = empty(
            f"None of {words.count(found.tested)} {what} is clearly more frequent here than elsewhere.",
            "Look at a longer period, or at another segment." if product else "Look at another segment.",
        )
    return card(
        figures.likes_headline(rows, name.name, product=product),
        body,
        sub=f"Share of its {words.count(of)} {'buyers' if product else 'people'} by that of all; the surest first",
        how=terms.LIFT,
        csv=look.download("favourites"),
    )


def _places(pipeline: Pipeline, name: Any, look: Look) -> Any:
    rows = figures.of(pipeline.habits(look.view).countries, name.id)
    body = _shares(rows, "Country", "Countries", name)
    return card(
        habits.places_headline(rows, name.name),
        body,
        sub="Share of the segment’s customers by country, beside that of all",
        how=terms.COUNTRIES,
        csv=look.download("countries"),
    )


def _channels(pipeline: Pipeline, name: Any, look: Look) -> Any:
    rows = figures.of(pipeline.order_channels(look.view).rows, name.id)
    return card(
        habits.channels_headline(rows, name.name),
        _shares(rows, "Channel", "Channels", name),
        sub="Share of the segment’s customers by channel, beside that of all",
        how=terms.CHANNELS,
        csv=look.download("channels"),
    )


def _shares(rows: Any, what: str, many: str, name: Any) -> Any:
    if not len(rows):
        return empty("No orders here.", "Choose a longer period.")
    return portrait_tables.shares(rows, what, many, name)


def _categories(pipeline: Pipeline, name: Any, look: Look) -> Any:
    found = pipeline.categories(look.view)
    rows, of = figures.of(found.rows, name.id), int(figures.of(found.bases, name.id)["buyers"].iloc[0])
    body = portrait_tables.favourites(rows, "Category", name, coded=False)
    if rows.empty:
        body = empty(
            f"None of {words.count(found.tested)} categories is clearly more frequent here than elsewhere.",
            "Look at a longer period, or at another segment.",
        )
    return card(
        figures.likes_headline(rows, name.name, product=True, category=True),
        body,
        sub=f"Share of its {words.count(of)} buyers who bought from a category by that of all; the surest first",
        how=terms.LIFT_OF_CATEGORIES,
        csv=look.download("categories"),
    )


def _times(pipeline: Pipeline, name: Any, look: Look) -> Any:
    found = pipeline.habits(look.view)
    part = look.view.option("when", "month")
    rows = figures.of(found.times[found.times["part"] == part], name.id)
    headline = habits.times_headline(rows, name.name)
    colour = segment_colour(name.colour)
    return card(
        headline,
        graph(ns("times-graph"), habits.times(rows, look.theme, colour), height=220, describe=headline),
        sub="Columns: share of the segment’s orders; strokes: share of everybody’s",
        controls=segmented(look, "when", WHEN, "By"),
        how="Orders that count in the period and countries chosen. Both shares are of the same days, so an unfinished "
        "month weighs on both alike; a segment of newcomers ordered late because it came late. The index in the CSV is "
        "one share by the other. Named is the largest difference from everybody’s share, where it is three standard "
        "errors or more.",
        csv=look.download("times"),
        png=ns("times-graph"),
    )


def _mix(rows: Any, name: Any, look: Look, what: str, slug: str) -> Any:
    kind = "Category" if slug == "spend" else "Channel"
    return card(
        habits.mix_headline(rows, name.name, what),
        portrait_tables.mix(rows, kind, name, look.currency),
        sub=f"{what.capitalize()} by {kind.lower()}, beside all customers’; the largest lift first",
        how="Averages of the segment by the sum of these averages; lift is that share by the share of all customers.",
        csv=look.download(slug),
    )


def _mine(pick: Any) -> Any:
    """A table of the segment that is looked at."""
    return lambda pipeline, look: figures.of(pick(pipeline, look), pipeline.close_up(look.view))


def _channel_rows(pipeline: Pipeline, look: Look) -> Any:
    """Of a table how purchases are divided, of a log through which channels customers order."""
    table = pipeline.has_people(look.view)
    return pipeline.channels(look.view) if table else pipeline.order_channels(look.view).rows


def _difference_table(pipeline: Pipeline, look: Look) -> Any:
    name = next(n for n in pipeline.segment_names(look.view) if n.id == pipeline.close_up(look.view))
    return profiles.in_units(_differences(pipeline, name, look), "they", "all")


TOPS = ((_rules, "seven"), (_effects, "five"), (_typical, "seven"), (_drivers, "five"))
TAB = Tab(
    slug="portrait",
    order=62,
    label="Close-up",
    icon="zoom-in",
    group="segment",
    question="What makes this segment?",
    layout=layout,
    register=register,
    options={"one": None, "when": tuple(WHEN)},
    tables={
        "rules": _mine(lambda pipeline, look: figures.without_sign(pipeline.thresholds(look.view).rules)),
        "differences": _difference_table,
        "typical": _mine(lambda pipeline, look: figures.typical_table(pipeline.typical(look.view))),
        "drivers": _mine(lambda pipeline, look: pipeline.importance(look.view).per_segment),
        "favourites": _mine(lambda pipeline, look: pipeline.favourites(look.view).rows),
        "countries": _mine(lambda pipeline, look: pipeline.habits(look.view).countries),
        "times": _mine(lambda pipeline, look: pipeline.habits(look.view).times),
        "spend": _mine(lambda pipeline, look: profiles.in_units(pipeline.spend_categories(look.view), "they", "all")),
        "categories": _mine(lambda pipeline, look: pipeline.categories(look.view).rows),
        "channels": _mine(lambda pipeline, look: _channel_rows(pipeline, look)),
    },
    kinds=("transactions", "customers", "survey"),
    asks=("segment_sizes", "portraits", "thresholds", "typical", "favourites", "habits", "importance"),
)
