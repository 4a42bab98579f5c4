"""What should you do next? Strategies for each segment, each with its reason in the segment's own numbers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from dash import Dash, Input, Output, html

from core.errors import NotEnoughDataError
from core.pipeline import Pipeline
from dashboard import ids, words
from dashboard.components.basics import icon, link, segmented, swatch
from dashboard.components.briefing import planned
from dashboard.components.cards import card, empty, question, slot
from dashboard.components.tables import table
from dashboard.figures import profiles
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("campaigns")
ANSWER, IDEAS, PLAN, SHOP = map(ns, ("answer", "ideas", "plan", "shop"))
FACTS = (
    ("objective", "What for", "bullseye"),
    ("offer", "Offer", "gift"),
    ("channel", "Channel", "envelope"),
    ("timing", "When", "calendar-event"),
    ("message", "Message", "chat-left-text"),
    ("measure", "How you see that it worked", "clipboard-check"),
)
MOST = 6
ADVISED = "Advice comes from a playbook: each strategy says when it applies, in shares and in ratios to all customers. "


def layout() -> html.Div:
    beside = html.Div([slot(PLAN, height=560), slot(SHOP, height=300)], className="seven stack")
    return html.Div(
        [
            question(TAB.question, ANSWER),
            html.Div([slot(IDEAS, className="five", height=560), beside], className="grid"),
        ]
    )


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            ideas=Output(IDEAS, "children"),
            plan=Output(PLAN, "children"),
            shop=Output(SHOP, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_campaigns(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        try:
            advice, table = pipeline.campaigns(look.view), pipeline.has_people(look.view)
        except NotEnoughDataError as error:
            nothing = card(error.title, empty(error.message, error.hint))
            return dict(answer=error.message, ideas=nothing, plan=None, shop=None)
        if table:
            # A table has no orders, so no RFM groups.
            look = dataclasses.replace(look, view=look.view.but(by=None))
        shown, money = _shown(advice, look), "spend" if table else "revenue" if look.money else ""
        segment, idea = _chosen(shown, look)
        return dict(
            answer=_answer(segment, idea, money),
            ideas=_ideas(shown, segment, idea, look, money, grouped=bool(advice.groups)),
            plan=_plan(segment, idea, look, pipeline),
            shop=_shop(advice.shop, table=table),
        )


def _shown(advice: Any, look: Look) -> list[Any]:
    """The segments or RFM groups that the filters leave."""
    if look.view.option("by", "segments") == "groups":
        return [g for g in advice.groups if not look.view.groups or g.slug in look.view.groups]
    return [s for s in advice.segments if not look.view.segments or s.id in look.view.segments]


def _chosen(shown: list[Any], look: Look) -> tuple[Any, Any]:
    wanted = look.view.option("idea")
    for segment in shown:
        for idea in segment.advice:
            if f"{segment.slug}.{idea.strategy}" == wanted:
                return segment, idea
    return (shown[0], shown[0].advice[0]) if shown else (None, None)


def _answer(segment: Any, idea: Any, money: str) -> list[Any]:
    if segment is None:
        return ["No segment is left by these filters."]
    return [
        "Start with ", html.Strong(segment.name), f": {idea.title[0].lower()}{idea.title[1:]}. They are ",
        html.Strong(words.percent(segment.share, 0)), " of customers",
        *([" and bring ", html.Strong(words.percent(segment.revenue_share, 0)), f" of {money}."]
          if segment.revenue_share is not None and money else ["."]),
    ]  # fmt: skip


def _ideas(shown: list[Any], segment: Any, idea: Any, look: Look, money: str, *, grouped: bool) -> Any:
    rows = []
    choice = segmented(look, "by", {"segments": "Segments", "groups": "RFM groups"}, "Divide by", idea=None)
    for one in shown:
        about = html.Span(
            [html.Strong(words.count(one.customers)), " customers",
             *([", ", html.Strong(words.percent(one.revenue_share)), f" of {money}"]
               if one.revenue_share is not None and money else [])]
        )  # fmt: skip
        rows.append(html.H3([html.Span([swatch(one.colour), one.name]), about], className="idea-group"))
        for each in one.advice:
            on = one is segment and each is idea
            rows.append(
                link(
                    [html.Span([html.Strong(each.title), html.Span(each.reason)]), icon("chevron-right")],
                    look.href(idea=f"{one.slug}.{each.strategy}"),
                    className="idea on" if on else "idea",
                    **({"aria-current": "true"} if on else {}),
                )
            )
    return card(
        "Ideas for each segment" if look.view.option("by", "segments") == "segments" else "Ideas for each RFM group",
        rows or empty("No segment is left.", "Remove a filter above."),
        sub="Reasons are this shop's own numbers" if grouped else "Reasons are the table's own numbers",
        controls=choice if grouped else None,
        how=ADVISED
        + "Those that apply are ranked by how clearly they do; one that contradicts a better one is left out.",
        csv=look.download("strategies"),
        className="ideas",
    )


def _plan(segment: Any, idea: Any, look: Look, pipeline: Pipeline) -> Any:
    if segment is None:
        return card("Nobody to write to", empty("No segment is left.", "Remove a filter above."))
    by_segment = look.view.option("by", "segments") == "segments"
    where = {"segments": (segment.id,)} if by_segment else {"groups": (segment.slug,)}
    said = {name: getattr(idea, name) for name in ("offer", "message", "channel")}
    facts = [
        html.Div([html.Dt([icon(face), name]), html.Dd(getattr(idea, key))], className="fact")
        for key, name, face in FACTS
    ]
    if idea.evidence:
        shown = [idea.evidence, html.Span(" (share who ordered, treated less holdout)", className="hint")]
        facts.append(
            html.Div([html.Dt([icon("clipboard-data"), "Shown here so far"]), html.Dd(shown)], className="fact")
        )
    body = [
        html.P(idea.reason, className="reason"),
        html.Dl(facts, className="facts"),
        _known(pipeline, segment, look) if by_segment else None,
        html.Div(
            [
                link(["See who they are"], look.href("segments", **where), className="button"),
                link(
                    [icon("box-arrow-up"), f"Take along {words.count(segment.customers)} customers"],
                    look.href("export", **where),
                    className="button",
                ),
                link(
                    [icon("calculator"), "Plan this"],
                    planned(look, idea.strategy, said, **where),
                    className="button primary",
                ),
            ],
            className="plan-actions",
        ),
    ]
    return card(
        idea.title,
        body,
        sub=[swatch(segment.colour), " ", segment.name, f", {words.count(segment.customers)} customers"],
        how="What you send and whom you hold back to compare is yours to decide: the measure of success assumes that "
        "some customers get nothing, so that you can tell the campaign from what they would have done anyway.",
        className="plan",
    )


def _known(pipeline: Pipeline, segment: Any, look: Look) -> Any:
    """What they are like: of a log what they buy, of a table where they differ most."""
    if not pipeline.has_people(look.view):
        return _figures(pipeline.profiles(look.view), segment, look)
    rows = pipeline.portraits(look.view).rows
    lines = []
    for row in rows[rows["id"] == segment.id].head(MOST).to_dict("records"):
        label = words.header(row["label"]) + (f": {row['what']}" if row["what"] else "")
        lines.append([label, *(profiles.said(row[who], row["unit"], look.currency) for who in ("they", "all"))])
    return table(
        ["What they are like", "They", "All"], lines, caption=f"{segment.name} against all customers", numeric={1, 2},
        className="wrapped",
    )  # fmt: skip


def _figures(described: Any, segment: Any, look: Look) -> Any:
    they, everyone = described.of(segment.id), described.of(0)

    def row(label: str, name: str, show: Callable[[Any], str]) -> list[Any]:
        return [label, show(they[name]), show(everyone[name])]

    def money(cents: Any) -> str:
        return words.money(cents, look.currency)

    paid = [
        row("Spend each", "monetary", money),
        row("Average order", "order_value", money),
        row("Paid for a piece", "price", money),
    ]
    rows = [
        row("Orders each", "frequency", words.decimal),
        *(paid if look.money else []),
        row("Days since last order", "recency_days", words.count),
        row("Ordered only once", "one_time_share", lambda share: words.percent(share, 0)),
    ]
    return table(
        ["What they are like", "They", "All"], rows, caption=f"{segment.name} against all customers", numeric={1, 2}
    )


def _shop(advice: list[Any], *, table: bool) -> Any:
    items = [
        html.Div(
            [html.H3(one.title), html.P(one.reason), html.P([html.Strong("Do: "), one.offer]),
             html.P([html.Strong("When: "), one.timing])],
            className="shop-idea",
        )
        for one in advice
    ]  # fmt: skip
    return card(
        "For the shop as a whole",
        html.Div(items, className="shop-ideas")
        if items
        else empty("Nothing yet.", "It takes a few full months of sales." if not table else "Nothing stands out."),
        sub="From what all customers are like and say"
        if table
        else "Stock and campaign timing by season, and where to look for customers",
        how="From the figures of all customers of the table, by the same playbook."
        if table
        else "From the seasonal index of full months, and from revenue per customer by country.",
    )


TAB = Tab(
    slug="campaigns",
    order=85,
    label="Campaigns",
    icon="send",
    group="act",
    question="What should you do next?",
    layout=layout,
    register=register,
    options={"by": ("segments", "groups"), "idea": None},
    tables={"strategies": lambda pipeline, look: pipeline.strategies(look.view)},
    kinds=("transactions", "customers", "survey"),
    asks=("campaigns",),
)
