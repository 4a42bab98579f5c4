"""Differences of segments as tables, their profile as a heat map and as box plots."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import swatch
from dashboard.figures import profiles


def difference_table(rows: Any, name: str, currency: str, *, effects: bool = False) -> html.Div:
    """The strongest differences of a segment: they beside all; with effect sizes where asked.

    Parameters
    ----------
    rows : DataFrame
        label, unit, they, all, effect.
    """
    head = ["What sets them apart", "They", "All", *(["Effect"] if effects else [])]
    body = []
    for row in rows.to_dict("records"):
        they, everybody = (
            profiles.told(row, who, said, currency) for who, said in (("they", "said"), ("all", "said_all"))
        )
        cells = [html.Th(words.header(row["label"]), scope="row"), html.Td(html.Strong(they)), html.Td(everybody)]
        size = row["effect"]
        if effects:
            signed = f"{'+' if size >= 0 else '−'}{abs(size):.1f}"
            cells.append(html.Td([html.Strong(signed), html.Span(f" {profiles.effect(size)}", className="effect")]))
        body.append(html.Tr(cells))
    return html.Table(
        [
            html.Caption(f"What sets {name} apart", className="visually-hidden"),
            html.Thead(html.Tr([html.Th(word, scope="col") for word in head])),
            html.Tbody(body),
        ],
        className="differences",
    )


def telling(rows: Any) -> Any:
    """Rows of portraits as differences: of levels and categories the one that most of a segment have, and its share."""
    named = [words.header(label) + (f": {what}" if what else "") for label, what in rows[["label", "what"]].values]
    return rows.assign(label=named)


def heat(cells: Any, names: list[Any], currency: str) -> html.Div:
    """Averages in cells, coloured by their distance from those of all; all customers at the foot.

    Parameters
    ----------
    cells : DataFrame
        id, feature, label, unit, mean, z; id 0 is all customers.
    """
    heads = cells[cells["id"] == 0][["label", "unit"]].itertuples(index=False)
    head = [html.Th(html.Span("Segment", className="visually-hidden"), scope="col")]
    head += [html.Th(profiles.heading(label, unit, currency), scope="col") for label, unit in heads]
    body = []
    for name in names:
        mine = cells[cells["id"] == name.id].to_dict("records")
        values = [
            html.Td(profiles.cell(row), style={"background": profiles.tint(row["z"])}, title=f"{row['z']:+.2f} sd")
            for row in mine
        ]
        body.append(html.Tr([html.Th(html.Span([swatch(name.colour), name.name]), scope="row"), *values]))
    foot = [html.Td(profiles.cell(row)) for row in cells[cells["id"] == 0].to_dict("records")]
    said = "Average per customer of each segment"
    table = html.Table(
        [
            html.Caption(said, className="visually-hidden"),
            html.Thead(html.Tr(head)),
            html.Tbody(body),
            html.Tfoot(html.Tr([html.Th("All customers", scope="row"), *foot])),
        ],
        className="heat",
    )
    return html.Div(
        [html.Div(table, className="table-scroll", tabIndex=0, role="region", **{"aria-label": said}), _scale()]
    )


def _scale() -> html.Div:
    return html.Div(
        ["below average", html.Span(html.Span(["−1.5", html.Span("0"), "+1.5"]), className="heat-scale"),
         "above average"],
        className="heat-legend",
    )  # fmt: skip


def traits(cells: Any, names: list[Any], currency: str, most: int = 12) -> html.Div:
    """The heat map turned: a line a feature, a column a segment. For features that somebody chose, however many.

    Parameters
    ----------
    cells : DataFrame
        id, feature, label, unit, mean, z, said; id 0 is all customers.
    """
    # The features in which the segments differ most, in their own order: more lines nobody reads.
    apart = cells[cells["id"] > 0].groupby("feature")["z"].agg(lambda z: z.clip(-3, 3).max() - z.clip(-3, 3).min())
    cells = cells[cells["feature"].isin(apart.sort_values(ascending=False, kind="stable").index[:most])]
    shown = [*((name.id, [swatch(name.colour), html.Span(name.name)]) for name in names), (0, "All customers")]
    rows = {(row["feature"], row["id"]): row for row in cells.to_dict("records")}
    body = []
    for feature, label, unit in cells[cells["id"] == 0][["feature", "label", "unit"]].itertuples(index=False):
        line = []
        for id, _ in shown:
            row = rows[feature, id]
            tint = {"style": {"background": profiles.tint(row["z"])}, "title": f"{row['z']:+.2f} sd"} if id else {}
            line.append(html.Td(profiles.cell(row), **tint))
        body.append(html.Tr([html.Th(words.header(profiles.heading(label, unit, currency)), scope="row"), *line]))
    head = [html.Th(html.Span("Feature", className="visually-hidden"), scope="col")]
    head += [html.Th(html.Span(face), scope="col") for _, face in shown]
    said = "Average per customer of each segment"
    table = html.Table(
        [html.Caption(said, className="visually-hidden"), html.Thead(html.Tr(head)), html.Tbody(body)],
        className="heat traits",
        # Room for a word in each cell; where there is less the table scrolls.
        style={"minWidth": f"{160 + 80 * len(shown)}px"},
    )
    return html.Div(
        [html.Div(table, className="table-scroll", tabIndex=0, role="region", **{"aria-label": said}), _scale()]
    )


def against_everyone(rows: Any, names: list[Any], currency: str, most: int = 7) -> html.Div:
    """Each segment's portrait in figures: what most of them are or have, beside everyone.

    Parameters
    ----------
    rows : DataFrame
        id, label, unit, what, they, all; the strongest difference of each first.
    """
    made = []
    for name in names:
        lines = []
        for row in rows[rows["id"] == name.id].head(most).to_dict("records"):
            they, everybody = (profiles.said(row[who], row["unit"], currency) for who in ("they", "all"))
            named = words.header(row["label"])
            label = [named, html.Span(f": {row['what']}", className="what")] if row["what"] else named
            lines.append(html.Tr([html.Th(label, scope="row"), html.Td(html.Strong(they)), html.Td(everybody)]))
        head = html.Thead(
            html.Tr([html.Th(word, scope="col") for word in ("Most of them, or on average", "They", "All")])
        )
        caption = html.Caption(f"{name.name} against everyone", className="visually-hidden")
        table = html.Table([caption, head, html.Tbody(lines)], className="differences")
        count = html.Span(words.customers(name.customers))
        made.append(html.Div([html.H3([swatch(name.colour), html.Span(name.name), count]), table]))
    return html.Div(made, className="drivers-list")


def boxes(panels: list[dict[str, Any]], names: list[Any], currency: str) -> html.Div:
    """A box plot a trait, a line a segment; the figures stand in the title of each line and in the CSV."""
    return html.Div([_panel(panel, names, currency) for panel in panels], className="boxes")


def _panel(panel: dict[str, Any], names: list[Any], currency: str) -> html.Div:
    faces = {name.id: (name.name, name.colour) for name in names} | {0: ("All customers", 7)}
    unit = panel["unit"]
    lines = [_line(line, *faces[line["id"]], unit, currency) for line in panel["lines"] if line["id"] in faces]
    ends = [html.Span(profiles.said(panel[end], unit, currency)) for end in ("start", "end")]
    title = [panel["label"], html.Span(" logarithmic", className="effect") if panel["logged"] else None]
    return html.Div(
        [html.H3(title), html.Ul(lines), html.Div(ends, className="box-axis")],
        className="box-panel",
    )


def _line(line: dict[str, Any], name: str, colour: int, unit: str, currency: str) -> html.Li:
    p5, lower, median, upper, p95 = (f"{100 * at:.2f}%" for at in line["at"])
    values = {cut: profiles.said(line[cut], unit, currency) for cut in ("p5", "lower", "median", "upper", "p95")}
    said = (
        f"{name}: median {values['median']}, half lie from {values['lower']} to {values['upper']}, "
        f"nine in ten from {values['p5']} to {values['p95']}"
    )
    slot = f"s{colour % 11}" if line["id"] else "all"
    marks = [
        html.Span(className="whisker", style={"left": p5, "width": f"calc({p95} - {p5})"}),
        html.Span(className="body", style={"left": lower, "width": f"max(3px, calc({upper} - {lower}))"}),
        html.Span(className="median", style={"left": median}),
    ]
    face = swatch(colour) if line["id"] else html.Span(className="swatch none")
    track = html.Span(marks, className=f"box-track {slot}", **{"aria-hidden": "true"})
    return html.Li([face, track, html.Span(values["median"], className="box-median", **{"aria-hidden": "true"}),
                    html.Span(said, className="visually-hidden")], title=said)  # fmt: skip
