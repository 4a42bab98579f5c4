"""How is the shop doing? Key figures, the course, how concentrated revenue is, how often customers order."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from core.pipeline import Pipeline, Span
from dashboard import ids, words
from dashboard.components import table_overview
from dashboard.components.cards import card, empty, graph, question, slot
from dashboard.components.keyfigures import KeyFigure, figures_row
from dashboard.components.tables import table
from dashboard.figures import concentration, months
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("overview")
ANSWER, FIGURES, MONTHS, LORENZ, FREQUENCY, STATISTICS = map(
    ns, ("answer", "figures", "months", "lorenz", "frequency", "statistics")
)

# Key figures that need no money.
UNPAID = ("Orders", "Customers", "Repeat rate", "Orders a customer", "Items a basket", "Lines a basket")
# What a customer table or a survey has in their place.
TABLE, T_ANSWER, T_FIGURES, T_FAMILIES, T_COLUMNS = map(
    ns, ("table", "table-answer", "table-figures", "families", "columns")
)


def layout() -> html.Div:
    return html.Div(
        [
            question(TAB.question, ANSWER),
            slot(FIGURES, height=104),
            html.Div(
                [
                    slot(MONTHS, height=360),
                    slot(LORENZ, className="half", height=360),
                    slot(FREQUENCY, className="half", height=360),
                    slot(STATISTICS, height=220),
                ],
                className="grid",
            ),
        ]
    )


def table_layout() -> html.Div:
    return html.Div(
        [
            html.Header([html.H1(id=TABLE), html.P(id=T_ANSWER, className="answer")], className="question"),
            slot(T_FIGURES, height=92),
            html.Div(slot(ns("waiting"), height=480), id=T_FAMILIES, className="grid"),
            html.Div(slot(T_COLUMNS, height=480), className="grid"),
        ]
    )


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            figures=Output(FIGURES, "children"),
            months=Output(MONTHS, "children"),
            lorenz=Output(LORENZ, "children"),
            frequency=Output(FREQUENCY, "children"),
            statistics=Output(STATISTICS, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_overview(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        result, compared = pipeline.overview(look.view), pipeline.comparison(look.view)
        unfinished = pipeline.unfinished(look.view)
        return dict(
            answer=_answer(result, compared, look),
            figures=_figures(result, compared, look, unfinished),
            months=_months(result, look, unfinished, pipeline.begins_inside_a_month(look.view)),
            lorenz=_lorenz(result, look),
            frequency=_frequency(result, look),
            statistics=_statistics(result, look),
        )

    @app.callback(
        output=dict(
            title=Output(TABLE, "children"),
            answer=Output(T_ANSWER, "children"),
            figures=Output(T_FIGURES, "children"),
            families=Output(T_FAMILIES, "children"),
            columns=Output(T_COLUMNS, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_table(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        found, kind = pipeline.people_overview(look.view), pipeline.kind(look.view)
        rows = found.columns.to_dict("records")
        return dict(
            title=table_overview.QUESTIONS[kind],
            answer=table_overview.answer(found, rows, kind, look),
            figures=table_overview.figures(found, rows, kind, look),
            families=table_overview.families(found, rows, look),
            columns=table_overview.listing(rows, pipeline.receipt_switches(look.view), look),
        )


def _answer(result: Any, compared: Any, look: Look) -> list[Any]:
    now = result.figures
    if not look.money:
        return _unpaid(result)
    said: list[Any] = [
        f"{words.customers(now.customers)} spent ",
        html.Strong(words.money(now.revenue, look.currency)), ".",
    ]  # fmt: skip
    change = words.change(result.current.revenue, result.base.revenue) if compared else None
    if change is not None:
        more = html.Strong(f"{words.percent(abs(change))} {'more' if change >= 0 else 'less'}")
        said += [f" {_span(compared.current)} brought ", more, f" than {_span(compared.base)}."]
    once = int(result.frequency["customers"].iloc[0])
    if now.customers:
        said += [" ", html.Strong(words.percent(once / now.customers, 0)), " of the customers ordered only once."]
    return said


def _unpaid(result: Any) -> list[Any]:
    """The answer of a log that says nothing of money."""
    now = result.figures
    said = [f"{words.customers(now.customers)} placed ", html.Strong(f"{words.count(now.orders)} orders"), "."]
    if now.customers:
        once = int(result.frequency["customers"].iloc[0])
        said += [" ", html.Strong(words.percent(once / now.customers, 0)), " of the customers ordered only once."]
    return [*said, " This log says nothing of money, so orders are counted."]


def _figures(result: Any, compared: Any, look: Look, unfinished: str) -> list[Any]:
    now, money = result.figures, look.currency
    course = {name: tuple(result.months[name].astype(float)) for name in result.months.columns}

    def change(name: str, *, points: bool = False) -> float | None:
        if not compared:
            return None
        before, after = getattr(result.base, name), getattr(result.current, name)
        if points:
            return None if None in (before, after) else after - before
        return words.change(after, before)

    def figure(label: str, value: str, name: str, *, points: bool = False) -> KeyFigure:
        line = course.get(name, ())
        return KeyFigure(label, value, change(name, points=points), points, line, bool(unfinished) and bool(line))

    first = [
        figure("Revenue", words.money(now.revenue, money), "revenue"),
        figure("Orders", words.count(now.orders), "orders"),
        figure("Customers", words.count(now.customers), "customers"),
        figure("Average order value", words.money(now.order_value, money), "order_value"),
        figure("Repeat rate", words.percent(now.repeat_rate), "repeat_rate", points=True),
        figure("Share of top 20 %", words.percent(now.top_share), "top_share", points=True),
    ]
    second = [
        figure("Median basket", words.money(now.basket_median, money), "basket_median"),
        figure("Items a basket", words.decimal(now.basket_items), "basket_items"),
        figure("Lines a basket", words.decimal(now.basket_lines), "basket_lines"),
        figure("Revenue a customer", words.money(now.customer_mean, money), "customer_mean"),
        figure("Median customer", words.money(now.customer_median, money), "customer_median"),
        figure("Orders a customer", words.decimal(now.orders_each, 2), "orders_each"),
    ]
    if not look.money:
        first, second = [each for each in (*first, *second) if each.label in UNPAID], []
    against = (
        f"▲ ▼ {_span(compared.current)} against {_span(compared.base)}"
        if compared
        else "Nothing to compare with: choose another period, or another comparison."
    )
    open_end = f"Open circle: {unfinished}" if unfinished else ""
    return [
        figures_row(first, look.theme),
        html.Div(figures_row(second, look.theme), className="second") if second else None,
        html.Div([html.Span(against), html.Span(open_end)], className="under"),
    ]


def _months(result: Any, look: Look, unfinished: str, begun: bool) -> Any:
    cut = {"unfinished": unfinished, "begun": begun, "measure": "revenue" if look.money else "orders"}
    headline = months.headline(result.months, look.currency, **cut)
    figure = months.columns(result.months, look.theme, look.currency, **cut)
    return card(
        headline,
        graph(ns("months-graph"), figure, describe=headline),
        sub=f"{'Revenue' if look.money else 'Orders'} by month"
        + ("; hatched: only in part" if unfinished or begun else ""),
        how="Quantity × price of every line that is analysed, at the line's own date, in whole calendar months. "
        "Returns and cancellations are counted as the receipt on the Data page says.",
        csv=look.download("months"),
        png=ns("months-graph"),
    )


def _lorenz(result: Any, look: Look) -> Any:
    if not look.money:
        why = empty(
            "This log says nothing of money.", "Bring a file with prices or amounts to see who brings how much."
        )
        return card("How concentrated revenue is, is not known", why)
    share = result.figures.top_share
    headline = f"The top 20 % bring {words.percent(share)} of revenue" if share else "No revenue in this period"
    rows = [
        [f"{top:.0%}".replace("%", " %"), words.count(n), words.percent(s)]
        for top, n, s in result.tops.itertuples(index=False)
    ]
    body = html.Div(
        [
            graph(ns("lorenz-graph"), concentration.lorenz(result.lorenz, look.theme), describe=headline),
            table(["Top", "Customers", "Revenue"], rows, caption="Share of revenue of the largest customers",
                  numeric={1, 2}, strong=3),
        ],
        className="beside",
    )  # fmt: skip
    gini = words.decimal(result.gini, 2)
    return card(
        headline,
        body,
        sub=f"Lorenz curve, Gini {gini}",
        how="Customers are sorted by what they spent in the period; the curve adds up their shares. If all spent the "
        "same it would be the dashed line. The Gini coefficient is twice the area between the two: 0 means equal, 1 "
        "means that one customer brings everything. Customers whose returns exceed their purchases count as zero.",
        csv=look.download("lorenz"),
        png=ns("lorenz-graph"),
    )


def _frequency(result: Any, look: Look) -> Any:
    once, total = int(result.frequency["customers"].iloc[0]), result.figures.customers
    row = result.statistics.set_index("measure").loc["frequency"]
    headline = f"{words.count(once)} of {words.customers(total)} ordered once"
    return card(
        headline,
        graph(ns("frequency-graph"), concentration.frequency(result.frequency, look.theme), describe=headline),
        sub=f"Customers by number of orders; half have {words.decimal(row['median'], 0)} or fewer, the average is "
        f"{words.decimal(row['mean'])}",
        how="Orders are counted, not lines. Returns are no orders, and an order that was wholly cancelled does not "
        "count where that rule is on.",
        csv=look.download("frequency"),
        png=ns("frequency-graph"),
    )


def _statistics(result: Any, look: Look) -> Any:
    names = {
        "purchase value": "Purchase value (an order)",
        "frequency": "Frequency (orders a customer)",
        "total spending": "Total spending (a customer)",
    }
    rows = []
    for measure, *values in result.statistics.itertuples(index=False):
        if not look.money and measure != "frequency":
            continue
        shown = [words.decimal(v, 2) if measure == "frequency" else words.exact(v, look.currency) for v in values]
        rows.append([names[measure], *shown])
    return card(
        "What an order and a customer are worth" if look.money else "How often a customer orders",
        table(["Measure", "Mean", "Median", "Lower quarter", "Upper quarter", "Largest"], rows,
              caption="Descriptive statistics", numeric={1, 2, 3, 4, 5}),
        sub="Descriptive statistics of the period",
        how="Half of all lie between the lower and the upper quarter (first and third quartile). Purchase value is "
        "taken over orders as they were placed, total spending over customers net of what the receipt takes.",
        csv=look.download("statistics"),
    )  # fmt: skip


def _span(span: Span) -> str:
    return words.days(span.start, span.end)


def _money_frame(frame: Any, *columns: str) -> Any:
    return frame.assign(**{name: frame[name] / 100 for name in columns})


TAB = Tab(
    slug="overview",
    order=10,
    label="Overview",
    icon="bar-chart",
    group="understand",
    question="How is the shop doing?",
    layout=layout,
    register=register,
    tables={
        "months": lambda pipeline, look: _money_frame(pipeline.overview(look.view).months, "revenue", "order_value"),
        "lorenz": lambda pipeline, look: pipeline.overview(look.view).lorenz,
        "frequency": lambda pipeline, look: pipeline.overview(look.view).frequency,
        "statistics": lambda pipeline, look: pipeline.overview(look.view).statistics,
        "columns": lambda pipeline, look: pipeline.people_overview(look.view).columns,
        "distributions": lambda pipeline, look: pipeline.people_overview(look.view).bars,
    },
    kinds=("transactions", "customers", "survey"),
    people=table_layout,
    asks=("overview", "people_overview"),
)
