"""Where do your customers buy? Countries side by side, on a map, and one of them closer."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from core.pipeline import Pipeline
from dashboard import ids, words
from dashboard.components.basics import link, segmented
from dashboard.components.cards import card, empty, graph, question, slot
from dashboard.components.keyfigures import delta
from dashboard.components.places import amount_bar, count_bar, country_table, home_strip, key_line, map_key, segment_mix
from dashboard.components.tables import table
from dashboard.figures import countries, seasons
from dashboard.figures.countries import the
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("countries")
ANSWER, LIST, CONTINENTS, MAP, ONE = map(ns, ("answer", "list", "continents", "map", "one"))
FIRST = 10


def layout() -> html.Div:
    left = html.Div([slot(LIST, height=540), slot(CONTINENTS, height=260)], className="stack")
    right = html.Div([slot(MAP, height=400), slot(ONE, height=440)], className="stack")
    return html.Div([question(TAB.question, ANSWER), html.Div([left, right], className="countries-grid")])


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            list=Output(LIST, "children"),
            continents=Output(CONTINENTS, "children"),
            map=Output(MAP, "children"),
            one=Output(ONE, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_countries(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        result = pipeline.countries(look.view)
        if not look.money:
            return _unpaid(result, look)
        return dict(
            answer=_answer(result, look),
            list=_list(result, pipeline.comparison(look.view), look, bool(pipeline.unfinished(look.view))),
            continents=_continents(result, look),
            map=_map(result, look),
            one=_one(pipeline, result, look),
        )


def _apart(result: Any, look: Look) -> bool:
    return look.view.option("home", "apart") == "apart" and len(result.rows) > 1


def _unpaid(result: Any, look: Look) -> dict[str, Any]:
    """Of a log without money the countries by orders."""
    rows = result.rows.sort_values(["orders", "country"], ascending=[False, True])
    total = max(int(rows["orders"].sum()), 1)
    longest = max(int(rows["orders"].max()), 1) if len(rows) else 1
    lines = [
        [
            link(row.label, look.href(countries=(row.country,)), className="place"),
            count_bar(row.orders / longest, row.orders),
            words.percent(row.orders / total), words.count(row.customers),
        ]
        for row in rows.itertuples()
    ]  # fmt: skip
    said = "This log says nothing of money, so orders are counted."
    if not lines:
        return dict(answer=said, list=card("No orders", empty("No orders in this period.", "Choose another period.")),
                    continents=None, map=None, one=None)  # fmt: skip
    first = rows.iloc[0]
    share = html.Strong(words.percent(first["orders"] / total))
    return dict(
        answer=[share, f" of orders come from {the(first['label'])}. {said}"],
        list=card(
            f"{the(first['label'])[:1].upper()}{the(first['label'])[1:]} brings the most orders",
            table(["Country", "Orders", "Share", "Customers"], lines, caption="Countries by orders", numeric={2, 3},
                  className="places"),
            sub="Click a row to filter",
            how="The country of an order is the one that its lines name. A customer counts in each country in which "
            "an order of theirs counts.",
            csv=look.download("countries"),
        ),
        continents=None, map=None, one=None,
    )  # fmt: skip


def _answer(result: Any, look: Look) -> list[Any]:
    if result.rows.empty:
        return ["Nothing was sold in this period."]
    home = result.rows.iloc[0]
    said = [html.Strong(words.percent(home["share"])), f" of revenue comes from {the(home['label'])}."]
    others = result.customers - int(home["customers"])
    if others <= 0 or not home["customers"]:
        return said
    here, there = home["revenue"] / home["customers"], (result.revenue - home["revenue"]) / others
    return [
        *said,
        f" The {words.count(others)} customers elsewhere spend {_times(there / here) if here > 0 else ''} each: ",
        html.Strong(words.whole_money(there, look.currency)), f" against {words.whole_money(here, look.currency)}.",
    ]  # fmt: skip


def _times(ratio: float) -> str:
    if ratio >= 1.9:
        return "twice as much" if ratio < 2.2 else f"{words.decimal(ratio)} times as much"
    if abs(ratio - 1) < 0.05:
        return "about as much"
    return f"{words.percent(abs(ratio - 1), 0)} {'more' if ratio > 1 else 'less'}"


def _list(result: Any, compared: Any, look: Look, unfinished: bool) -> Any:
    if result.rows.empty:
        return card("No orders in this period", empty("No countries to compare.", "Choose another period or filter."))
    apart = _apart(result, look)
    home, rows = result.rows.iloc[0], countries.listed(result.rows, result.home, apart=apart)
    all_ = look.view.option("rows", "10") == "all"
    shown, rest = (rows, rows.iloc[:0]) if all_ else (rows.iloc[:FIRST], rows.iloc[FIRST:])
    body = [home_strip(home, float(rows["revenue"].max()), look)] if apart else []
    body.append(country_table(shown, look, unfinished=unfinished))
    if len(rest):
        sums = f"{words.whole_money(rest['revenue'].sum(), look.currency)} together"
        body.append(html.P([link(f"{len(rest)} more", look.href(rows="all")), f" bring {sums}"], className="rest"))
    elif all_ and len(rows) > FIRST:
        body.append(html.P(link(f"Show the first {FIRST}", look.href(rows="10")), className="rest"))
    spans = (words.days(s.start, s.end) for s in (compared.current, compared.base)) if compared else ()
    change = f" Change: {' against '.join(spans)}." if compared else ""
    switch = {"apart": f"Without {the(home['label'])}", "with": "All"}
    both = [] if not result.travellers else [
        html.P(f"{words.count(result.travellers)} customers bought in more than one country; they count in each.")
    ]  # fmt: skip
    return card(
        countries.headline(rows, result.home, apart=apart),
        body,
        sub=f"Click a row to filter.{change}",
        controls=segmented(look, "home", switch, "The home market") if len(result.rows) > 1 else None,
        how=html.Div(
            [
                html.P(
                    "The country of an order is the one that its lines name; names are read as ISO 3166 countries. The "
                    "home market is the country with the largest revenue. “Each” is revenue over customers, “An "
                    "order” revenue over orders. The last point of a course is open where its month is not finished."
                ),
                *both,
            ]
        ),
        csv=look.download("countries"),
    )


def _continents(result: Any, look: Look) -> Any:
    apart = _apart(result, look)
    found = countries.continents(countries.listed(result.rows, result.home, apart=apart))
    longest = max(float(found["revenue"].max()), 1.0) if len(found) else 1.0
    rows = [
        [row.continent, amount_bar(row.revenue / longest, row.revenue),
         words.percent(row.share), words.count(row.countries)]
        for row in found.itertuples()
    ]  # fmt: skip
    head = ["Continent", f"Revenue, {words.symbol(look.currency).strip()}", "Share", "Countries"]
    body = table(head, rows, caption="Continents by revenue", numeric={2, 3}, className="places")
    return card(
        countries.continent_headline(found, apart=apart),
        body if rows else empty("No continents to compare.", "Choose another period or filter."),
        sub="Revenue by continent" + (f", {the(result.rows['label'].iloc[0])} apart" if apart else ""),
        csv=look.download("continents"),
    )


def _map(result: Any, look: Look) -> Any:
    rows = result.rows.assign(href=[look.href(countries=(name,)) for name in result.rows["country"]])
    near = countries.near(countries.continents(countries.listed(rows, result.home, apart=_apart(result, look))))
    box = near if look.view.option("map", "near") == "near" else ""
    figure = countries.world(rows, look.theme, look.currency, home=result.home, chosen=look.view.countries, box=box)
    most = ", ".join(rows["label"][:5])
    lost = rows[rows["country"].isin(result.unmapped)]
    named = ", ".join(f"{r.country} ({words.whole_money(r.revenue, look.currency)})" for r in lost.itertuples())
    on_map = int((rows["iso3"] != "").sum())
    return card(
        f"You sell in {words.in_words(on_map)} {'country' if on_map == 1 else 'countries'}",
        [
            graph(
                ns("map-graph"),
                figure,
                height=300 if box else 220,
                describe=f"Map of revenue. The most comes from {most}.",
            ),
            map_key(countries.edges(rows, result.home), look) if len(rows) else None,
            html.P(f"On no map: {named}.", className="unmapped") if named else None,
        ],
        sub="Land coloured by revenue; faint where nobody buys. Click a country to filter",
        controls=segmented(look, "map", {"near": near, "world": "World"}, "What the map shows") if near else None,
        how="The amounts between two colours are round figures set by the largest country after the home market. "
        "Shapes: Natural Earth, 1 : 50 million, which also holds small countries.",
        csv=look.download("countries"),
        png=ns("map-graph"),
    )


def _one(pipeline: Pipeline, result: Any, look: Look) -> Any:
    name = look.view.countries[0] if look.view.countries else result.home
    if not name:
        return card("No country to look at", empty("Nothing was sold.", "Choose another period or filter."))
    one, mix = pipeline.country(look.view, name), _mix(pipeline, look, name)
    now = one.figures
    share = now.revenue / result.revenue if result.revenue > 0 else None
    change = words.change(one.current.revenue, one.base.revenue) if one.current and one.base else None
    figure = seasons.columns(one.months.rows, look.theme, look.currency, labels=False)
    said = seasons.headline(one.months.rows, look.currency)
    return card(
        countries.mix_headline(one.label, mix, now.customers),
        [
            key_line([
                ("Revenue", words.whole_money(now.revenue, look.currency)),
                ("Orders", words.count(now.orders)),
                ("Average order", words.whole_money(now.order_value, look.currency)),
                ("Repeat rate", words.percent(now.repeat_rate)),
                ("Change", delta(change)),
            ]),
            graph(ns("one-graph"), figure, height=190, describe=said),
            html.P(f"{said}.", className="said"),
            segment_mix(mix) if len(mix) else None,
        ],
        sub=f"{words.count(now.customers)} customer{'' if now.customers == 1 else 's'}, "
        f"{words.percent(share)} of revenue"
        + ("" if look.view.countries else ". Click another country to see it here"),
        how="Repeat rate: customers with two orders or more in the period. Segments are learned from all customers; "
        "“Here” and “All” are shares of those who ordered in the period.",
        csv=look.download("months"),
        png=ns("one-graph"),
        more=link(f"All about {the(one.label)}", look.href("overview", countries=(name,))),
    )  # fmt: skip


def _mix(pipeline: Pipeline, look: Look, name: str) -> Any:
    names = pipeline.segment_names(look.view)
    here, everywhere = (
        pipeline.segment_sizes(look.view.but(countries=where)).rows if names else None for where in ((name,), ())
    )
    return countries.mix(here, everywhere, names)


def _months(pipeline: Pipeline, look: Look) -> Any:
    name = look.view.countries[0] if look.view.countries else pipeline.countries(look.view).home
    return seasons.table(pipeline.country(look.view, name).months.rows)


def _continent_table(pipeline: Pipeline, look: Look) -> Any:
    result = pipeline.countries(look.view)
    found = countries.continents(countries.listed(result.rows, result.home, apart=_apart(result, look)))
    return found.assign(revenue=found["revenue"] / 100)


TAB = Tab(
    slug="countries",
    order=30,
    label="Countries",
    icon="globe2",
    group="understand",
    question="Where do your customers buy?",
    layout=layout,
    register=register,
    options={"home": ("apart", "with"), "rows": ("10", "all"), "map": ("near", "world")},
    tables={
        "countries": lambda pipeline, look: countries.table(
            pipeline.countries(look.view).rows, pipeline.countries(look.view).months
        ),
        "continents": _continent_table,
        "months": _months,
    },
    needs="countries",
    lacks=(
        "A {kind} has no orders, so nothing can be placed on a map of sales. Bring an order log with a country "
        "on each line, or join one."
    ),
    asks=("countries",),
)
