"""A segment from close up: who it is, its rules, its differences, what tells it from the rest."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import link, meter, swatch
from dashboard.figures import drivers as figures
from dashboard.figures import portrait, profiles
from dashboard.state import Look

# Half the width of a bar of effects.
WIDEST = 2.0


def picker(names: list[Any], chosen: int, look: Look) -> html.Div:
    """All segments as alternatives, one of them chosen."""
    items = [
        link([swatch(name.colour), html.Span(name.name)], look.href(one=name.id),
             className="on" if name.id == chosen else "", **({"aria-current": "true"} if name.id == chosen else {}))
        for name in names
    ]  # fmt: skip
    return html.Div(items, className="segment-picker", role="group", **{"aria-label": "Segment"})


def face(name: Any, text: str, size: dict[str, Any], money: str) -> html.Div:
    """Name, portrait, size and share of revenue."""
    shares = [("Customers", size["share"]), *([(money, size["revenue_share"])] if money else [])]
    rows = [
        html.Div(
            [html.Span(label), meter(share, name.colour), html.Strong(words.percent(share))], className="share-row"
        )
        for label, share in shares
    ]
    return html.Div(
        [
            html.Div([html.H2([swatch(name.colour), name.name]), html.P(text)], className="face-words"),
            html.Div([html.Div(words.customers(size["customers"]), className="face-size"), *rows], className="shares"),
        ],
        className="card face",
    )


def rules(rows: Any, fidelity: dict[str, Any], name: Any, currency: str) -> html.Div:
    """Each rule with whom of the segment it finds, whom it misses, and whom of others it takes in."""
    widest = max([fidelity["members"] + row["described"] - row["hits"] for row in rows.to_dict("records")] or [1])
    items = [html.Li(_rule(row, fidelity["members"], widest, name, currency)) for row in rows.to_dict("records")]
    together = _together(fidelity, name, many=len(rows))
    keys = [
        html.Span([html.Span(className=f"key {kind} s{name.colour % 11}"), word])
        for kind, word in (("hit", "found"), ("missed", "missed"), ("wrong", "in another segment"))
    ]
    legend = html.Div(keys, className="rule-legend", **{"aria-hidden": "true"})
    return html.Div(
        [html.Ol(items, className="rules"), legend if items else None, html.P(together, className="rules-sum")]
    )


def _rule(row: dict[str, Any], members: int, widest: int, name: Any, currency: str) -> list[Any]:
    wrong = row["described"] - row["hits"]
    parts = [("hit", row["hits"]), ("missed", members - row["hits"]), ("wrong", wrong)]
    bar = [
        html.Span(className=f"part {kind}", style={"width": f"{100 * many / widest:.2f}%"})
        for kind, many in parts
        if many
    ]
    conditions = portrait.currency_of(row["words"], currency)
    said = [
        html.Strong(words.percent(row["coverage"], 0)), f" of this segment ({words.count(row['hits'])} of "
        f"{words.count(members)}). Of the {words.count(row['described'])} it describes, ",
        html.Strong(words.percent(row["precision"], 0)), " are in it.",
    ]  # fmt: skip
    return [
        html.P(conditions[:1].upper() + conditions[1:], className="rule-words"),
        html.Div(bar, className=f"rule-bar s{name.colour % 11}", **{"aria-hidden": "true"}),
        html.P(said, className="rule-said"),
    ]


def _together(fidelity: dict[str, Any], name: Any, *, many: int) -> list[Any]:
    if not many:
        return [f"Where {name.name} lie among the others, no cut through a few features separates them: see the "
                "differences and the close neighbours instead."]  # fmt: skip
    trust = {
        "well": "", "roughly": " That is a rough description: the segment is more than its rules.",
        "hardly": " That is little: read the differences instead of the rules.",
    }[fidelity["told"]]  # fmt: skip
    if many == 1:
        return [trust.strip()] if trust else ["One rule says it; more would not add much."]
    return [
        f"The {words.in_words(many)} rules together: ", html.Strong(words.percent(fidelity["coverage"], 0)),
        " of the segment, and ", html.Strong(words.percent(fidelity["precision"], 0)),
        f" of the {words.count(fidelity['described'])} they describe are in it.{trust}",
    ]  # fmt: skip


def differences(rows: Any, name: str, currency: str) -> html.Div:
    """They beside all, with the size of the difference as a bar and in words."""
    body = []
    for row in rows.to_dict("records"):
        they, everybody = (
            profiles.told(row, who, said, currency) for who, said in (("they", "said"), ("all", "said_all"))
        )
        size = round(row["effect"], 2)
        wide = 50 * min(abs(size) / WIDEST, 1)
        place = {"left": f"{50 if size >= 0 else 50 - wide:.1f}%", "width": f"{wide:.1f}%"}
        bar = html.Span(html.Span(style=place), className="effect-bar", **{"aria-hidden": "true"})
        signed = f"{'+' if size >= 0 else '−'}{abs(size):.2f}"
        told = html.Td([bar, html.Span([f"{signed} ", html.Span(profiles.effect(size), className="effect")])],
                       className="effect-cell")  # fmt: skip
        head = html.Th(words.header(row["label"]), scope="row")
        body.append(html.Tr([head, html.Td(html.Strong(they)), html.Td(everybody), told]))
    heads = ("What sets them apart", "They", "All", "Difference")
    table = html.Table(
        [
            html.Caption(f"What sets {name} apart", className="visually-hidden"),
            html.Thead(html.Tr([html.Th(word, scope="col") for word in heads])),
            html.Tbody(body),
        ],
        className="differences with-effects",
    )
    return html.Div(table, className="table-scroll", tabIndex=0, role="region", **{"aria-label": f"{name} against all"})


def drivers(rows: Any, known: dict[str, Any], name: Any) -> html.Div:
    """What is lost for one segment when a feature is shuffled, with its spread."""
    largest = max([float(row["importance"] + row["sd"]) for row in rows.to_dict("records")] + [0.05])
    items = []
    for row in rows.to_dict("records"):
        at, spread = max(row["importance"], 0) / largest, row["sd"] / largest
        low, high = max(at - spread, 0), min(at + spread, 1)
        bar = html.Span(
            [html.Span(className="fill", style={"width": f"{100 * at:.1f}%"}),
             html.Span(className="spread", style={"left": f"{100 * low:.1f}%", "width": f"{100 * (high - low):.1f}%"})],
            className=f"driver-bar s{name.colour % 11}", **{"aria-hidden": "true"},
        )  # fmt: skip
        items.append(html.Li([html.Span(words.header(row["label"])), bar, html.Strong(figures.points(row))]))
    right, kept = words.percent(known["recognised"], 0), words.percent(known["kept_out"], 0)
    said = f"Of {words.count(known['members'])} held-out members {right} are recognised, of all others {kept} kept out."
    return html.Div([html.Ol(items, className="driver-list"), html.P(said, className="rules-sum")])
