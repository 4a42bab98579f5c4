"""What the Export tab says about an audience: how many, how the filters lead there, what the columns mean."""

from __future__ import annotations

from typing import Any

from dash import html

from core.masking import DOTS
from core.pipeline import AUDIENCE_COLUMNS, Span
from dashboard import words
from dashboard.components import facets
from dashboard.components.basics import icon, link, segmented, swatch
from dashboard.components.cards import empty
from dashboard.components.tables import table
from dashboard.state import Look, query

RANGES = {"recency": ("Last order", "days ago"), "orders": ("Orders", "orders"), "spend": ("Spend", "")}
HOW = (
    "A customer is in if they have an order that counts in the period, from one of the countries, and fit every other "
    "filter. Within a filter one choice is enough: Germany or France.",
    "Period and country choose who is in; they do not cut the figures. Recency, orders, spend and scores are those of "
    "the whole history, as in the segments. From and to are both included.",
    "Contacts stand in the file only if you ask for them. Where it is known who agreed to be written to, those of "
    "everybody else stay blank.",
    "In the files, text that a spreadsheet would take for a formula gets an apostrophe in front.",
    "On the page e-mails, telephones, names and postcodes are masked, as are ids that are one of them. “Show contacts” "
    "shows them on this page; the files hold them in full.",
)
TABLE_HOW = (
    "The rows of the table, one each, as they are after cleaning; the columns are those that the segments are learned "
    "from. Whoever lacks one of them is in no segment. Within a filter one choice is enough. From and to are both "
    "included.",
    *HOW[-3:],
)


def answer(found: Any, look: Look, money_of: str = "revenue") -> html.Span:
    """The exact count with its share of revenue, or of what a table calls spend, read out whenever it changes."""
    money, of = html.Strong(words.money(found.cents, look.currency)), words.count(found.of)
    if not found.customers:
        said = [html.Strong("Nobody"), f" of {of} customers fits."]
    elif not found.of_cents:
        # Nothing is known of money.
        some = html.Strong("All" if found.customers == found.of else words.count(found.customers))
        said = [some, f"{'' if found.customers == found.of else ' of'} {of} customers. Narrow them down to those you "
                "want to reach, then take the file."]  # fmt: skip
    elif found.customers == found.of:
        said = [f"All {of} customers, ", money, ". Narrow them down to those you want to reach, then take the file."]
    else:
        said = [html.Strong(words.count(found.customers)), f" of {of} customers, ", money,
                f", {words.percent(found.share)} of {money_of}."]  # fmt: skip
    return html.Span(said, role="status")


def headline(found: Any) -> str:
    """What the table holds."""
    some = f"{words.count(found.customers)} customer{'' if found.customers == 1 else 's'} to take along"
    return some if found.customers else "Nobody to take along yet"


def sub(span: Span | None, look: Look) -> str:
    """What the rows are, and how the period is treated; a table has none."""
    if span is None:
        return "Customers with what their segments are learned from; sort by any column"
    when = "" if look.view.period == "all" else f" with an order in {words.days(span.start, span.end)}"
    return f"Customers{when}, by spend unless you sort by another column; figures of the whole history"


def bounds(found: Any) -> list[str]:
    """The least and the most of each range, to stand where nothing is typed in; money in whole units around it."""
    ends: list[str] = []
    for name in RANGES:
        low, high = found.bounds.get(name, (0, 0))
        ends += [f"{low // 100:,}", f"{-(-high // 100):,}"] if name == "spend" else [f"{low:,}", f"{high:,}"]
    return ends


def contacts(look: Look) -> html.Div:
    """Whether the file has names, addresses and numbers: only if asked for."""
    return segmented(look, "contacts", {"no": "Without contacts", "yes": "With contacts"}, "Contacts in the file")


def personal(rows: list[dict[str, Any]], look: Look) -> list[Any]:
    """A way to see contacts in full and back, where some are in sight; nothing where nothing is masked."""
    if look.view.option("personal") == "shown":
        return [link([icon("eye-slash"), "Hide contacts"], look.href(personal=None), className="button")]
    if not any(DOTS in str(value) for row in rows for value in row.values()):
        return []
    return [link([icon("eye"), "Show contacts"], look.href(personal="shown"), className="button")]


def steps(found: Any, said: dict[str, str], span: Span | None, look: Look) -> list[tuple[str, int]]:
    """Each filter in words with the customers left after it, from all of them on."""
    shown = [("All customers", found.of)]
    for name, left in found.steps:
        if name in said:
            shown.append((said[name][0].upper() + said[name][1:], left))
        elif span is not None and (left < found.of or look.view.period != "all"):
            shown.append((f"Ordered in {words.days(span.start, span.end)}", left))
    return shown


def takes(customers: int, look: Look) -> list[Any]:
    """Links to the files."""
    search, count = query(look.view), words.count(customers)
    whom = html.Span(f" file of {count} customers", className="visually-hidden")
    return [
        html.A([icon("download"), html.Span(["CSV", whom])], href=f"/export/customers.csv?{search}",
               className="button", download=""),
        html.A([icon("file-earmark-spreadsheet"), html.Span([f"Excel, {count}", whom])],
               href=f"/export/customers.xlsx?{search}", className="button primary", download=""),
    ]  # fmt: skip


def nobody(led: list[tuple[str, int]], look: Look) -> html.Div:
    """What stands where nobody is left: which filter was too much, and a way back."""
    last = next((label for label, left in led if not left), "these filters")
    why = f"The last one goes with “{last[0].lower()}{last[1:]}”. Loosen that filter, or another."
    clear = link("Start again without filters", cleared(look), className="button")
    return html.Div([empty("Nobody fits all of these filters", why), clear], className="nobody-box")


def cleared(look: Look) -> str:
    """A link without any filter."""
    return look.href(segments=(), groups=(), countries=(), period="all", **dict.fromkeys(RANGES))


def choices(found: Any, look: Look, segments: list[Any], groups: tuple[Any, ...] = ()) -> list[Any]:
    """Segments, groups and countries, each with the customers that it would give beside the other filters."""
    view, countries = look.view, dict(found.countries)
    # A country of the link that nobody is left in can still be taken out.
    countries |= {name: 0 for name in view.countries if name not in countries}
    listed = {
        "segments": [(s.id, [swatch(s.colour), s.name], found.segments.get(s.id, 0)) for s in segments],
        "groups": [(g.slug, g.label, found.groups.get(g.slug, 0)) for g in groups],
        "countries": [(name, name, customers) for name, customers in countries.items()],
    }
    shown: list[Any] = []
    for name, title in {"segments": "Segment", "groups": "RFM group", "countries": "Country"}.items():
        chosen = getattr(view, name)
        rows = [
            facets.choice(face, customers, _toggled(look, name, value), chosen=value in chosen)
            for value, face, customers in listed[name]
        ]
        clear = look.href(**{name: ()})
        if rows:
            open_ = name != "countries" or bool(chosen)
            shown.append(facets.facet(title, rows, open_=open_, chosen=len(chosen), clear=clear))
    filtered = any((view.segments, view.groups, view.countries, view.period != "all", *map(view.option, RANGES)))
    return [*shown, html.Div(link("Clear all filters", cleared(look)), className="clear-all") if filtered else None]


def guide(rows: list[dict[str, Any]], look: Look, columns: Any = AUDIENCE_COLUMNS) -> html.Details:
    """Each column: its name in the file and on the page, meaning, unit and an example from the first row."""
    first = rows[0] if rows else {}
    body = [
        [
            html.Code(c.name),
            words.header(c.title),
            c.meaning,
            look.currency if c.unit == "money" else c.unit,
            _example(first, c),
        ]
        for c in columns
    ]
    shown = table(["In the file", "On the page", "What it means", "Unit", "Example"], body, caption="Column guide",
                  className="guide-table")  # fmt: skip
    face = [html.H2("What each column means"), html.Span(f"{len(body)} columns"), icon("chevron-right")]
    return html.Details([html.Summary(face), shown], className="card")


def _toggled(look: Look, name: str, value: Any) -> str:
    chosen = getattr(look.view, name)
    return look.href(**{name: tuple(v for v in chosen if v != value) if value in chosen else (*chosen, value)})


def _example(row: dict[str, Any], column: Any) -> str:
    value = row.get(column.name)
    return words.DASH if value is None or value != value else f"{value:,.2f}" if column.kind == "money" else str(value)
