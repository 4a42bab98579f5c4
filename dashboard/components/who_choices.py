"""What a group of customers can be asked for, each choice a link with its count; assets/who.js takes what is typed."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from core.pipeline import Pipeline, read_limits
from dashboard import words
from dashboard.components.basics import icon, link, swatch
from dashboard.state import Look

ANYTHING = read_limits("orders", "")
# What stands for no condition, by the field of a group.
EMPTY = {"segments": (), "groups": (), "countries": (), "products": (), "consent": "",
         "recency": ANYTHING, "orders": ANYTHING, "spend": ANYTHING}  # fmt: skip
# Fields that are chosen from, as the text of an audience calls them.
NAMES = {"segments": "segment", "groups": "group", "countries": "country", "products": "product", "consent": "consent"}
COUNTRIES = 8
CONSENT = {"yes": "Agreed to be written to", "asked": "Said yes or no"}


class Group:
    """The group that is being changed: links to it with one choice more or less."""

    def __init__(self, look: Look, who: Any, side: str, number: int) -> None:
        self.look, self.who, self.side, self.number = look, who, side, number
        parts = who.side(side)
        self.part = parts[number] if number < len(parts) else None

    def chosen(self, field: str) -> Any:
        return getattr(self.part, field) if self.part else EMPTY[field]

    def item(self, field: str, value: Any, face: Any, count: int) -> html.Li:
        """A choice that is taken or let go of."""
        now = self.chosen(field)
        if field == "consent":
            on, changed = now == value, "" if now == value else value
        else:
            on = value in now
            changed = tuple(sorted(one for one in now if one != value)) if on else tuple(sorted({*now, value}))
        less = self.who.but(self.side, self.number, **{field: changed})
        # The group goes with its last condition; another can be begun in its place.
        place = min(self.number, len(less.side(self.side)))
        # assets/who.js follows the link as it is by then: two quick clicks are made for the same state.
        mark = {"data-name": NAMES[field], "data-value": str(value), **({"aria-current": "true"} if on else {})}
        inside = [*(face if isinstance(face, list) else [face]), html.Span(words.count(count), className="note")]
        href = self.look.href(who=less.text or None, part=f"{self.side}{place}")
        return html.Li(link(inside, href, className="who-choice on" if on else "who-choice", **mark))


def panel(pipeline: Pipeline, look: Look, who: Any, side: str, number: int, title: str) -> html.Div:
    """Everything that one group can be asked for; one that is being begun has its title here."""
    group, known = Group(look, who, side, number), pipeline.audience_choices(look.view)
    segments = [
        group.item("segments", one.id, [swatch(one.colour), one.name], known.segments.get(one.id, 0))
        for one in pipeline.segment_names(look.view)
    ]
    groups = [] if pipeline.has_people(look.view) else pipeline.rfm_map(look.view).groups
    consent = [group.item("consent", value, CONSENT[value], count) for value, count in known.consent.items()]
    shown = [
        html.Div([_list("Segment", segments), _list("Consent", consent)]) if segments or consent else None,
        _list("RFM group", [group.item("groups", g.slug, g.label, known.groups.get(g.slug, 0)) for g in groups]),
        _countries(group, known),
        _ranges(group, known),
    ]
    products = pipeline.sells_products(look.view)
    sought = _search(pipeline, group, known, products) if products or len(known.countries) > COUNTRIES else None
    columns: Any = html.Div([each for each in shown if each is not None], className="who-columns")
    if not columns.children and sought is None:
        columns = html.P("The table tells nothing that customers could be chosen by.", className="who-hint")
    done = link("Done", look.href(part=None, find=None), className="button who-done")
    return html.Div(
        [None if group.part else html.H3(title), columns, sought, done],
        className=f"who-panel {side}", role="group",
        **{"aria-label": f"{title}: what they are asked for", "data-group": f"{side}{number}"},
    )  # fmt: skip


def _list(title: str, items: list[Any], more: Any = None) -> html.Div | None:
    return html.Div([html.H4(title), html.Ul(items, className="who-list"), more]) if items else None


def _countries(group: Group, known: Any) -> html.Div | None:
    """The countries with the most customers, and those chosen; one country alone is no choice."""
    if len(known.countries) < 2:
        return None
    chosen, first = group.chosen("countries"), dict(known.countries[:COUNTRIES])
    counts = dict(known.countries)
    first |= {name: counts.get(name, 0) for name in chosen}
    more = len(known.countries) - COUNTRIES
    hint = html.P(f"{more} more: search for them below", className="who-hint") if more > 0 else None
    return _list("Country", [group.item("countries", name, name, n) for name, n in first.items()], hint)


def _ranges(group: Group, known: Any) -> html.Form | None:
    """From and to for days since the last order, orders and spend, where the data tell of them."""
    money = group.look.currency
    titles = {"recency": "Days since the last order", "orders": "Orders", "spend": f"Spend in {money}"}
    told = [name for name in titles if name in known.bounds and (name != "spend" or money)]
    if not told:
        return None
    rows = []
    for name in told:
        limits, bounds = group.chosen(name), known.bounds[name]
        ends = [
            dcc.Input(
                id=f"who-{name}-{end}", name=f"{name}-{end}", type="text", inputMode="decimal", autoComplete="off",
                className="field", value=_shown(name, limit), placeholder=_shown(name, bound, whole=True),
            )
            for end, limit, bound in zip(("from", "to"), (limits.low, limits.high), bounds, strict=True)
        ]  # fmt: skip
        label = html.Label([html.Span(titles[name]), html.Span(" from", className="visually-hidden")],
                           htmlFor=f"who-{name}-from")  # fmt: skip
        to = html.Label([html.Span(f"{titles[name]} ", className="visually-hidden"), "to"], htmlFor=f"who-{name}-to")
        rows.append(html.Div([label, ends[0], to, ends[1]], className="who-range"))
    return html.Form(
        [html.H4("How they buy"), *rows, html.P(className="who-note", role="status"),
         html.Button("Count with these", type="submit", className="button")],
        className="who-ranges", method="get",
    )  # fmt: skip


def _shown(name: str, limit: int | None, *, whole: bool = False) -> str:
    if limit is None:
        return ""
    if name != "spend":
        return f"{limit:,}" if whole else str(limit)
    return f"{limit / 100:,.0f}" if whole else f"{limit / 100:.2f}".removesuffix(".00")


def _search(pipeline: Pipeline, group: Group, known: Any, products: bool) -> html.Div:
    """A field that finds products and countries, and what was found."""
    look, text = group.look, group.look.view.option("find").strip()
    what = "Bought a product" if products else "Another country"
    also = ", or another country" if products and len(known.countries) > COUNTRIES else ""
    form = html.Form(
        [
            html.Label(f"{what}{also}", htmlFor="who-find"),
            dcc.Input(id="who-find", name="find", type="search", autoComplete="off", maxLength=80, className="field",
                      value=text, placeholder="Part of its name or code"),
            html.Button([icon("search"), "Find"], type="submit", className="button"),
        ],
        className="who-search", role="search", method="get", **{"data-find": "who"},
    )  # fmt: skip
    items: list[Any] = []
    note = ""
    if text:
        places = [pair for pair in known.countries if text.lower() in pair[0].lower()][:COUNTRIES]
        items = [group.item("countries", name, name, count) for name, count in places]
        found = pipeline.find_products(look.view, text) if products else None
        if found is not None:
            items += [
                group.item(
                    "products",
                    row.code,
                    [html.Span([row.name, html.Span(row.code)], className="who-product")],
                    row.customers,
                )
                for row in found.rows.itertuples()
            ]
            if found.total > len(found.rows):
                note = f"The {len(found.rows)} sold most often of {found.total:,}: type more to find another."
        if not items:
            note = f"Nothing is called “{text}”."
    listed = html.Ul(items, className="who-list who-found") if items else None
    return html.Div([form, html.P(note, className="who-hint", role="status"), listed], className="who-finding")
