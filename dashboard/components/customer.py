"""One customer on the page: who was found, how surely they belong, feature by feature, and what would move them."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard import words
from dashboard.components import customer_words
from dashboard.components.basics import icon, link, swatch
from dashboard.components.cards import card, empty
from dashboard.components.columns import percent
from dashboard.components.tables import table
from dashboard.state import Look

SCALE = ("half-way to the next segment", "at the centre of their own")
HOW_SURE = (
    "How much farther the centre of the next segment lies than that of their own: (next − own) / the larger of both. "
    "Under 0.10 a customer stands on the border; from 0.33 on the next centre lies at least half as far again, and "
    "where the silhouette is 0.25 or more too, they belong clearly. The silhouette (Rousseeuw 1987) compares the mean "
    "distance to the members of their segment with that to the nearest other: 1 is at home, 0 in between, below 0 "
    "nearer to others. Distances are taken on the scale that segments are learned from."
)
HOW_FEATURES = (
    "Typical is the centre of a segment, brought back from the scale that segments are learned from: with logarithms a "
    "few very large customers do not pull it up, as they do the plain average, which stands in the CSV. “Speaks for” "
    "is the feature’s part of the squared distance to the next centre less that to the own one; the parts add up to "
    "the whole difference. More and less are shares of all customers with a lower and a higher value."
)
HOW_MOVES = (
    "Every change that somebody could bring about is tried: in whole numbers or amounts of two figures, within what "
    "other customers have, one change first, then two at once; and the model that placed everybody says where it "
    "leads. The smallest is the shortest way on the scale that segments are learned from. What was bought stays "
    "bought, so orders and spend only grow; a more recent order is one more order, and brings its spend and its items "
    "with it. All figures that are derived of one another change together."
)
SCORES = {"r": "Recency", "f": "Orders", "m": "Spend"}


def search() -> html.Form:
    """The search box; assets/customer.js puts what is typed into the link."""
    return html.Form(
        [
            html.Label("Find a customer", htmlFor="customer-find"),
            dcc.Input(id="customer-find", name="find", type="search", autoComplete="off", maxLength=120,
                      className="field", placeholder="Customer id or its beginning"),
            html.Button([icon("search"), "Find"], type="submit", className="button primary"),
        ],
        className="customer-search", role="search", method="get", **{"data-find": "customer"},
    )  # fmt: skip


def matches(found: Any, text: str, look: Look) -> html.Div:
    """Who was found, as links; with nobody the ids that are spelled alike, and why."""
    if found.how in ("id", "start", "contact"):
        shown = len(found.rows)
        more = f", the first {shown} of them" if found.total > shown else ""
        what = "with exactly that" if found.how == "contact" else f"whose id begins with “{text}”"
        head = f"{words.customers(found.total)} {what}{more}" if found.how != "id" else f"“{text}” stands for several"
        return card(head, _links(found.rows, look), sub="Choose one")
    return card(f"No customer “{text}”", [unknown(found, look)], className="customer-none")


def unknown(found: Any, look: Look) -> html.Div:
    """Why there is no such customer, and who is spelled alike."""
    said: list[Any] = []
    if found.aside:
        rows = f"{words.in_words(found.aside).capitalize()} line{'s' * (found.aside != 1)}"
        has = "has" if found.aside == 1 else "have"
        said.append(
            html.P(
                [f"{rows} of your file {has} this id, but cleaning leaves nothing of them to analyse: what was bought "
                 "was taken back, or the lines were left out. ",
                 link("See what was left out", look.href("data")),
                 *([" or ", link("look before returns", look.href(rules="notebook"))]
                   if look.view.rules == "net" else []),
                 "."]
            )
        )  # fmt: skip
    else:
        said.append(
            html.P("An id is found by its beginning, in any case; an e-mail or a full name only where it is exact.")
        )
    if found.rows:
        said += [html.H3("Spelled alike"), _links(found.rows, look)]
    return html.Div(said, className="customer-unknown")


def _links(rows: list[Any], look: Look) -> html.Ul:
    return html.Ul([_link(row.key, row.label, row.segment, look) for row in rows], className="customer-links")


def _link(key: str, label: str, segment: Any, look: Look, note: Any = None) -> html.Li:
    face = [swatch(segment.colour), html.Span(segment.name)] if segment else [html.Span("in no segment")]
    inside = [html.Strong(label), html.Span(note or face, className="customer-face"), icon("chevron-right")]
    return html.Li(link(inside, look.href(customer=key, find=None)))


def beginnings(found: Any, names: dict[int, Any], key: Any, look: Look) -> html.Div:
    """Customers to begin with: the most typical of each segment, and some between two."""
    typical = [_link(key(row["customer_id"]), row["label"], names[row["segment"]], look) for row in found["typical"]]
    between = [
        _link(
            key(row["customer_id"]), row["label"], None, look,
            [swatch(names[row["segment"]].colour), html.Span(names[row["segment"]].name),
             html.Span("or", className="or"), swatch(names[row["runner_up"]].colour),
             html.Span(names[row["runner_up"]].name)],
        )
        for row in found["between"]
    ]  # fmt: skip
    among = f" Looked for in a sample of {words.count(found['sampled'])}." if found["sampled"] else ""
    return html.Div(
        [
            html.Div(
                card("The most typical customer of each segment", html.Ul(typical, className="customer-links"),
                     sub=f"Nearest to the centre.{among}"),
                className="half card-slot",
            ),
            html.Div(
                card("On the border of two segments", html.Ul(between, className="customer-links") if between else
                     empty("Nobody stands on a border.", "There is one segment alone."),
                     sub="A small change would move them"),
                className="half card-slot",
            ),
        ],
        className="grid",
    )  # fmt: skip


def head(found: Any, names: dict[int, Any], look: Look) -> html.Div:
    """Who this is: id, segment, how surely they belong."""
    pills = []
    if found.segment:
        pills.append(
            link([swatch(found.segment.colour), found.segment.name],
                 look.href("segments", segments=(found.segment.id,)), className="pill",
                 title="See this segment")
        )  # fmt: skip
    if found.group:
        pills.append(html.Span([html.Span("RFM group", className="of"), found.group.label], className="pill quiet"))
    body = html.Div(
        [
            html.Div([html.H2(["Customer ", html.Span(found.label)]), html.Div(pills, className="pills")]),
            _meter(found.why, names) if found.why is not None else html.Div(),
        ],
        className="customer-head",
    )
    counted = html.Details(
        [html.Summary(["How this is counted", icon("chevron-right")]), html.Div(HOW_SURE, className="how")],
        className="counted",
    )
    foot = html.Div([html.Div(counted, className="foot-left"), html.Div(className="takes")], className="card-foot")
    return html.Div([body, foot] if found.why is not None else body, className="card customer-card")


def _meter(why: Any, names: dict[int, Any]) -> html.Div:
    if why.sureness == "apart" or not why.runner_up:
        alone = "In no group: there is no centre to be near to." if why.runner_up else "There is no other segment."
        return html.Div(html.P(alone, className="note"), className="sureness")
    said = customer_words.SURE[why.sureness]
    times = why.next_distance / why.distance if why.distance > 0 else 0
    next_ = names[why.runner_up].name
    if why.margin < 0:
        far = f"{next_} is nearer by its centre."
    elif times:
        far = f"The centre of {next_} lies {times:.1f} times as far."
    else:
        far = f"They stand at the very centre; the next is {next_}."
    sample = "" if why.compared >= why.of - 1 else f", measured against a sample of {words.count(why.compared)}"
    width = "" if why.silhouette is None else f" Silhouette {words.decimal(why.silhouette, 2)}{sample}."
    at = f"{100 * min(max(why.margin, 0), 1):.1f}%"
    return html.Div(
        [
            html.Div([html.Span("How surely"), html.Strong(said)], className="sure-line"),
            html.Div(
                [html.Span(className="border"), html.Span(className="rather"), html.Span(className="clear"),
                 html.I(style={"left": at})],
                className="sure-track", role="img",
                **{"aria-label": f"{said}: margin {why.margin:.2f} on a scale from 0, {SCALE[0]}, to 1, {SCALE[1]}"},
            ),
            html.Div([html.Span(each) for each in SCALE], className="sure-ends", **{"aria-hidden": "true"}),
            html.P(f"{far}{width}", className="note"),
        ],
        className="sureness",
    )  # fmt: skip


def features(found: Any, names: dict[int, Any], look: Look) -> html.Div:
    """What they have beside what is typical of both segments and of all; which of it speaks for which segment."""
    why = found.why
    apart = why.sureness == "apart"
    own, after = names[why.nearest if apart else why.segment], None if apart else names.get(why.runner_up)
    most = max((abs(row["pull"]) for row in why.rows.to_dict("records")), default=0) or 1
    lines = []
    for row in why.rows.to_dict("records"):
        line = [words.header(row["label"])]
        line += [html.Strong(customer_words.value(row, "they", look.currency))]
        line += [customer_words.value(row, who, look.currency) for who in (("own", "next") if after else ("own",))]
        line += [customer_words.value(row, "all", look.currency), standing(row)]
        lines.append([*line, _pull(row["pull"], most, own, after)] if after else line)
    segments = [[swatch(each.colour), html.Span(f"Typical of {each.name}")] for each in (own, after) if each]
    typical = [html.Span(each, className="typical") for each in segments]
    heads = ["Learned from", "They", *typical, "Typical of all", "Among all customers"]
    return table([*heads, "Speaks for"] if after else heads, lines, caption="What they have beside what is typical",
                 numeric=set(range(1, 3 + len(typical))), className="customer-features")  # fmt: skip


def others(why: Any, names: dict[int, Any], look: Look, shown: list[dict[str, Any]]) -> html.Div:
    """The same for what the segments are not learned from: averages, and where they stand."""
    rows = [
        [words.header(row["label"]), html.Strong(customer_words.value(row, "they", look.currency)),
         customer_words.value(row, "own", look.currency), customer_words.value(row, "all", look.currency),
         standing(row)]
        for row in shown
    ]  # fmt: skip
    beside = names[why.nearest if why.sureness == "apart" else why.segment].name
    heads = ["Also known", "They", f"Average of {beside}", "Average of all", "Among all customers"]
    return table(
        heads, rows, caption="Averages beside what they have", numeric={1, 2, 3}, className="customer-features"
    )


def known(rows: list[dict[str, Any]], look: Look) -> html.Div:
    """What is known of somebody who is in no segment, beside the averages of all."""
    lines = [
        [words.header(row["label"]), html.Strong(customer_words.value(row, "they", look.currency)),
         customer_words.value(row, "all", look.currency), standing(row)]
        for row in rows
    ]  # fmt: skip
    heads = ["Known", "They", "Average of all", "Among all customers"]
    return table(heads, lines, caption="What they have beside the average", numeric={1, 2},
                 className="customer-features")  # fmt: skip


def standing(row: dict[str, Any]) -> Any:
    """Where a value stands among all customers, as a bar and in words."""
    below, above = row["below"], row["above"]
    if row["scale"] == "nominal":
        return html.Span(f"as {percent(row['all_average'])} of all", className="stand-words")
    if below != below:
        return html.Span(words.DASH, className="note")
    if row["scale"] == "yes_no":
        return html.Span(f"as {percent(1 - below - above)} of all", className="stand-words")
    said = _beside(below, above)
    at = 100 * (below + (1 - below - above) / 2)
    return html.Span(
        [html.Span(html.I(style={"left": f"{at:.1f}%"}), className="stand-track", **{"aria-hidden": "true"}),
         html.Span(said, className="stand-words")],
        className="stand",
    )  # fmt: skip


def _beside(below: float, above: float) -> str:
    """Shares that have less and more, in words.

    >>> _beside(0.7, 0.2), _beside(0.1, 0.42), _beside(0.999, 0.001), _beside(0.4, 0), _beside(0, 0)
    ('more than 70 %', 'less than 42 %', 'more than nearly all', 'nobody has more', 'as everybody')
    """
    if below == above == 0:
        return "as everybody"
    if not min(below, above):
        return f"nobody has {'less' if below == 0 else 'more'}"
    side, share = ("more", below) if below >= above else ("less", above)
    return f"{side} than {'nearly all' if share >= 0.995 else words.percent(share, 0)}"


def _pull(pull: float, most: float, own: Any, after: Any) -> html.Span:
    whom = own if pull >= 0 else after
    side = "own" if pull >= 0 else "next"
    width = f"{50 * abs(pull) / most:.1f}%"
    return html.Span(
        [html.Span(html.I(className=f"{side} s{whom.colour % 11}", style={"width": width}), className="pull-track",
                   **{"aria-hidden": "true"}),
         html.Span([swatch(whom.colour), html.Span(whom.name)], className="pull-name")],
        className="pull", title=f"{pull:+.2f} of the squared distance",
    )  # fmt: skip


def scores(found: Any, look: Look) -> html.Div:
    """Recency, orders and spend from 1 to 5, and the group that they make."""
    told, past = found.scores, found.timeline
    spent = words.money(int(past.orders["cents"].sum()), look.currency) if look.money else "not known"
    from_orders = "no order counts" if not past.count else f"{words.count(past.count)} order{'s' * (past.count != 1)}"
    facts = {"r": _days(past.since), "f": from_orders, "m": spent}
    rows = [
        html.Li(
            [
                html.Span(label),
                html.Span(
                    [html.I(className="on" if n < told[slug] else "") for n in range(5)], className="dots",
                    **{"aria-hidden": "true"},
                ),
                html.Strong([f"{int(told[slug])}", html.Span(" of 5", className="visually-hidden")]),
                html.Span(facts[slug], className="note"),
            ]
        )
        for slug, label in SCORES.items()
    ]  # fmt: skip
    group = found.group
    about = [html.P([html.Strong(f"{group.label}. "), group.meaning], className="group-meaning")] if group else []
    return html.Div([html.Ul(rows, className="score-list"), *about])


def _days(since: int) -> str:
    return "no order counts" if since < 0 else f"last order {since:,} day{'' if since == 1 else 's'} ago"
