"""Ways of dividing side by side: the table of criteria, the maps, who agrees with whom, and what each of them is."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import icon, link, meter, swatch
from dashboard.components.cards import graph
from dashboard.components.tables import table
from dashboard.figures import methods as figures
from dashboard.state import Look

ALONE = "On their own"
HEAD = ["Method", "Sizes of the segments", "Mean silhouette", "Calinski–Harabasz", "Davies–Bouldin", "Spread explained",
        "Smallest", ALONE]  # fmt: skip


def side_by_side(found: Any, ways: list[Any], look: Look) -> html.Div:
    """A row a method; the best by each criterion is marked, the one in use stressed."""
    best = figures.best(found.methods)
    base = next(way.label for way in ways if way.slug == found.base)
    rows = []
    for way, row in zip(ways, found.methods.to_dict("records"), strict=True):
        name = html.Th(
            html.Span([html.Strong(way.label), _use(way, row, found.k, look)], className="method-name"), scope="row"
        )
        if row["reason"]:
            rows.append(html.Tr([name, html.Td(row["reason"], colSpan=len(HEAD), className="reason")]))
            continue
        mine = found.segments[found.segments["method"] == way.slug].to_dict("records")
        cells: list[Any] = [html.Td(sizes(mine, int(row["segments"])))]
        for criterion, (_, _, places) in figures.CRITERIA.items():
            value = words.decimal(row[criterion], places)
            leads = best.get(criterion) == way.slug
            cells.append(html.Td(_best(value) if leads else value, className="num"))
        alone = words.percent(row["alone_share"]) if row["alone"] else words.DASH
        for value in (words.percent(row["explained"], 0), words.percent(row["smallest_share"]), alone):
            cells.append(html.Td(value, className="num"))
        cells.append(html.Td("" if way.slug == found.base else words.decimal(row["rand"], 2), className="num"))
        rows.append(html.Tr([name, *cells], className="strong" if row["in_use"] else ""))
    said = "Methods side by side"
    head = [html.Th(word, scope="col", className="num" if n > 1 else "") for n, word in enumerate(HEAD)]
    head.append(html.Th(f"Like {base}", scope="col", className="num"))
    made = html.Table(
        [html.Caption(said, className="visually-hidden"), html.Thead(html.Tr(head)), html.Tbody(rows)],
        className="plain methods",
    )
    return html.Div(made, className="table-scroll", tabIndex=0, role="region", **{"aria-label": said})


def _use(way: Any, row: dict[str, Any], k: int, look: Look) -> Any:
    if row["in_use"]:
        return html.Span([icon("check2"), "in use"], className="in-use")
    if row["reason"]:
        return html.Span("not here", className="in-use")
    href = look.href(method=way.slug) if way.chooses_k else look.href(method=way.slug, k=k)
    return link(["Use this", html.Span(f": {way.label}", className="visually-hidden")], href, className="use")


def _best(value: str) -> html.Span:
    return html.Span([icon("check2"), html.Strong(value), html.Span(", the best", className="visually-hidden")])


def sizes(segments: list[dict[str, Any]], many: int) -> html.Div:
    """A bar of all customers, a piece a segment in its colour; in words beside it."""
    said = ", ".join(f"{each['name']} {words.percent(each['share'], 0)}" for each in segments)
    pieces = [
        html.Span(className="alone" if each["apart"] else f"s{each['colour'] % 11}",
                  style={"flexGrow": str(each["customers"])})
        for each in segments
    ]  # fmt: skip
    bar = html.Div(pieces, className="size-bar", **{"aria-hidden": "true"})
    return html.Div(
        [html.Span(str(many), className="many"), bar, html.Span(f" segments: {said}", className="visually-hidden")],
        className="sizes",
        title=said,
    )


def maps(found: Any, ways: list[Any], look: Look, namespace: Any) -> html.Div:
    """A small map a method, with its segments below."""
    panels = []
    for way, row in zip(ways, found.methods.to_dict("records"), strict=True):
        if row["reason"]:
            continue
        mine = found.segments[found.segments["method"] == way.slug].to_dict("records")
        said = f"{way.label}: " + ", ".join(f"{e['name']} {words.percent(e['share'], 0)}" for e in mine)
        picture = figures.picture(found.points, found.segments, way.slug, look.theme)
        lines = [
            html.Li([_face(each), html.Span(each["name"]), html.Span(words.percent(each["share"], 0))])
            for each in sorted(mine, key=lambda each: -each["customers"])
        ]
        used = html.Span("in use", className="in-use") if row["in_use"] else None
        panels.append(
            html.Div(
                [
                    html.H3([way.label, used]),
                    graph(namespace(f"map-{way.slug}"), picture, height=200, describe=said),
                    html.Ul(lines),
                ]
            )
        )
    return html.Div(panels, className="method-maps")


def _face(segment: dict[str, Any]) -> html.Span:
    if segment["apart"]:
        return html.Span(className="swatch alone", **{"aria-hidden": "true"})
    return swatch(segment["colour"])


def agreement(found: Any) -> html.Div:
    """The adjusted Rand index of every two methods; the closer, the stronger the cell."""
    rows = figures.matrix(found.methods, found.pairs)
    body = [[label, *(_cell(value) for value in values)] for label, values in rows]
    base = next(row["label"] for row in found.methods.to_dict("records") if row["method"] == found.base)
    others = found.methods[(found.methods["reason"] == "") & (found.methods["method"] != found.base)]
    said = [
        html.Li([html.Span(row["label"]), meter(row["rand"]), html.Span(row["likeness"])])
        for row in others.sort_values("rand", ascending=False).to_dict("records")
    ]
    every = table(
        ["Method", *(label for label, _ in rows)], body, caption="Adjusted Rand index of each two methods",
        className="month-heat rand",
    )  # fmt: skip
    return html.Div([every, html.H3(f"Set against {base}"), html.Ul(said, className="likeness")], className="agreement")


def _cell(value: float | None) -> html.Span:
    if value is None:
        return html.Span([html.Span(words.DASH, **{"aria-hidden": "true"}),
                          html.Span("the same", className="visually-hidden")], className="heat-cell self")  # fmt: skip
    colour = f"color-mix(in srgb, var(--mark) {55 * min(max(value, 0), 1):.0f}%, var(--surface))"
    return html.Span(words.decimal(value, 2), className="heat-cell", style={"background": colour})


def about(ways: list[Any]) -> html.Dl:
    """What each method is, in plain words; the exact term one click away."""
    made: list[Any] = []
    for way in ways:
        term = html.Details(
            [html.Summary(["The exact term", icon("chevron-right")]), html.Div(way.term, className="how")],
            className="counted",
        )
        nearest = [] if way.places else [html.Span("new customers: by their neighbours", className="tag")]
        finds = [html.Span("finds the number itself", className="tag")] if way.chooses_k else []
        made += [html.Dt([way.label, *finds, *nearest]), html.Dd([html.P(way.says), term])]
    return html.Dl(made, className="about-methods")
