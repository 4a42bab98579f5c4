"""Planned campaigns as cards: what each is, how many it reaches, what can be done to it, and the calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dash import dcc, html

from dashboard import words
from dashboard.components import facets
from dashboard.components.basics import icon, link
from dashboard.components.cards import card, empty
from dashboard.components.tables import table
from dashboard.state import Look, query

CHANNELS = {
    "email": "E-mail", "phone": "Telephone", "sms": "Text message", "post": "Post", "ads": "Advertising platform",
}  # fmt: skip
DROPS = {
    "contact": "Can be reached this way",
    "consent": "Did not refuse",
    "asked": "Agreed to be written to",
    "suppressed": "Not on the list of those never to be written to",
    "recent": "Not written to lately",
    "held": "Not held back by another campaign",
}
SETTINGS = {
    "cost": ("cost per contact", ""), "margin": ("margin", " %"), "discount": ("discount", " %"),
    "order": ("value of an order", ""), "base": ("response without", " %"), "expected": ("response with", " %"),
    "holdout": ("held back", " %"), "budget": ("budget", ""),
}  # fmt: skip


def plan_form(send: str, said: dict[str, str], button: str, *, who: str = "", quiet: bool = False) -> html.Form:
    """What is asked of a campaign; ``said`` holds what stands already."""
    options = [html.Option(label, value=slug, selected=slug == said.get("channel", "email"))
               for slug, label in CHANNELS.items()]  # fmt: skip
    channel = html.Label(
        [html.Span("Channel"), html.Select(options, name="channel", className="field")], className="labelled"
    )
    fields = [
        _field("Name", "name", said, most=120),
        channel,
        _field("First day", "start", said, kind="date"),
        _field("Last day", "end", said, kind="date"),
        _field("Offer, if there is one", "offer", said, className="wide"),
        *([_field("Your name, if you like", "who", {"who": who}, most=80)] if not quiet else []),
    ]
    return html.Form(
        [
            html.Div(
                [*fields, html.Button(button, type="submit", className="button primary")], className="plan-fields"
            ),
            html.P(className="form-said", role="alert"),
        ],
        className="save-form", key=f"{send}-{hash(tuple(said.items()))}", **{"data-send": send},
    )  # fmt: skip


def _field(
    label: str, name: str, said: dict[str, str], *, kind: str = "text", most: int = 400, className: str = ""
) -> html.Label:
    more = {"placeholder": "2027-03-01"} if kind == "date" else {}
    control = dcc.Input(name=name, value=said.get(name, ""), type="text", maxLength=most, autoComplete="off", **more)
    return html.Label([html.Span(label), control], className=f"labelled {className}")


def steps(found: Any) -> html.Ol:
    """The funnel from all customers to those who can be written to."""
    rows = [("All customers", found.of), ("In the audience", found.audience)]
    return facets.funnel([*rows, *((DROPS[reason], left) for reason, _, left in found.steps)])


def files_form(campaign: Any, places: dict[str, Any]) -> html.Form:
    """Where the audience is taken; the browser itself sends it, and keeps what comes back."""
    options = [html.Option(each.label, value=slug) for slug, each in places.items()]
    return html.Form(
        [
            html.P(
                "A zip with the file for the tool, who was left out and why, a manifest, and the record to read "
                "results with. Whoever is held back is left out, the same people every time; consent is applied last.",
                className="hint",
            ),
            html.Div(
                [
                    html.Label([html.Span("For"), html.Select(options, name="destination", className="field")],
                               className="labelled"),
                    _field("Why they may be written to, where no column says that they agreed", "statement",
                           {"statement": campaign.brief.statement}, className="wide"),
                    html.Button("Take the files", type="submit", className="button primary"),
                ],
                className="plan-fields",
            ),
        ],
        method="post", action=f"/campaigns/{campaign.id}/files", className="files-form",
    )  # fmt: skip


def campaign_card(campaign: Any, found: Any, places: dict[str, Any]) -> html.Div:
    """A campaign: ``found`` its funnel, or words why there is none; ``places`` where its audience can be taken."""
    brief, id = campaign.brief, campaign.id
    facts = [
        ("Channel", CHANNELS[brief.channel]),
        ("When", days(brief.start, brief.end)),
        *([("Offer", brief.offer)] if brief.offer else []),
        *((SETTINGS[name][0].capitalize(), text + SETTINGS[name][1]) for name, text in brief.wishes),
        ("Customers of", campaign.dataset_name),
    ]
    listed = html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts], className="plan-facts")
    view = campaign.view.but(**dict(brief.wishes))
    opens = [link("Open in the planner", f"/planner?{query(view)}", className="button",
                  **{"aria-label": f"Open in the planner: {campaign.name}"})]  # fmt: skip
    said = {
        name: str(text) for name, text in brief.pairs.items() if name in ("name", "channel", "start", "end", "offer")
    }
    history = html.Ol(
        [html.Li([f"{event.when[:10]}: {event.words}", f", {event.who}" if event.who else ""],
                 className="undone" if event.undone else "") for event in campaign.history],
        className="saved-history",
    )  # fmt: skip
    folds = html.Div(
        [
            _fold("Files for your tools", files_form(campaign, places), campaign.name),
            _fold("Change", plan_form(f"/campaigns/{id}/brief", said, "Keep the change", quiet=True), campaign.name),
            _fold("History", history, campaign.name),
        ],
        className="saved-folds",
    )
    return html.Div(
        [
            html.Div([html.Div([html.H2(campaign.name), html.P(_made(campaign))]), html.Div(opens)],
                     className="card-head"),
            html.Div(
                [html.Div([listed, steps(found) if not isinstance(found, str) else html.P(found, className="hint")],
                          className="plan-body"),
                 html.P(className="form-said", role="alert")],
                className="card-body",
            ),
            html.Div([folds, html.Div(_ways(campaign), className="takes")], className="card-foot"),
        ],
        className="card saved plan-card", key=f"{id}-{campaign.revision}",
    )  # fmt: skip


def _ways(campaign: Any) -> list[Any]:
    ways = [("undo", "Undo the last change")] if campaign.undoable else []
    ways += [("copy", "Copy"), ("unarchive", "Out of the archive") if campaign.archived else ("archive", "Archive"),
             ("delete", "Delete")]  # fmt: skip
    return [send(campaign, way, label) for way, label in ways]


def send(campaign: Any, way: str, label: str) -> html.Button:
    """A button that does something to a campaign."""
    return html.Button(label, type="button", className="take", **{
        "data-send": f"/campaigns/{campaign.id}/{way}", "aria-label": f"{label}: {campaign.name}"})  # fmt: skip


def _fold(label: str, body: Any, name: str) -> html.Details:
    summary = html.Summary([icon("chevron-right"), label], className="take", **{"aria-label": f"{label}: {name}"})
    return html.Details([summary, html.Div(body, className="fold")], className="folded")


def _made(campaign: Any) -> str:
    by = f" by {campaign.who}" if campaign.who else ""
    return f"Planned on {campaign.made[:10]}{by}"


def days(start: dt.date | None, end: dt.date | None) -> str:
    """When a campaign runs, in words.

    Examples
    --------
    >>> days(dt.date(2026, 9, 1), dt.date(2026, 9, 30)), days(None, None)
    ('1 Sep 2026 to 30 Sep 2026', 'no days yet')
    """
    said = [f"{day.day} {words.MONTHS[day.month - 1][:3]} {day.year}" for day in (start, end) if day]
    return " to ".join(said) or "no days yet"


def gone_banner(campaign: Any) -> html.Div:
    """What was just deleted, and how to undo it."""
    return html.Div(
        [icon("trash3"), html.P([html.Strong(f"{campaign.name} is in the trash."), " It is kept for seven days."]),
         html.Button("Undo", type="button", className="button", **{"data-send": f"/campaigns/{campaign.id}/restore"})],
        className="banner calm", role="status",
    )  # fmt: skip


def trash_card(trashed: list[Any]) -> Any:
    """What was deleted and can still come back."""
    if not trashed:
        return None
    rows = [
        [each.name, each.dataset_name, each.deleted[:10],
         html.Div([send(each, "restore", "Put back"), send(each, "purge", "Delete for good now")],
                  className="row-ways")]
        for each in trashed
    ]  # fmt: skip
    body = [
        table(["Campaign", "Customers of", "Deleted on", ""], rows, caption="Campaigns in the trash"),
        html.P(className="form-said", role="alert"),
    ]
    return card(f"In the trash: {len(trashed)}", body, sub="Removed for good seven days after they were deleted")


def calendar_card(look: Look, months: list[Any], overlaps: list[Any]) -> Any:
    """Twelve months: season, holidays and campaigns of each."""
    if not months:
        return card("Calendar", empty("No calendar.", ""))
    rows = []
    for month in months:
        name = f"{words.MONTHS[month.first.month - 1]} {month.first.year}"
        season = "" if month.index is None else f"{month.index:.2f}"
        mark = "" if month.index is None else "strong" if month.index >= 1.15 else "weak" if month.index < 0.85 else ""
        kept: dict[str, list[str]] = {}
        for day, holiday, country in month.holidays:
            kept.setdefault(f"{day.day} {holiday}", []).append(country)
        free = html.Ul([html.Li([what, html.Span(f" {', '.join(where)}", className="hint")])
                        for what, where in kept.items()], className="plan-days")  # fmt: skip
        runs = html.Ul([html.Li([html.Strong(each.name), f", {days(each.brief.start, each.brief.end)}"])
                        for each in month.campaigns], className="plan-days")  # fmt: skip
        rows.append([name, html.Span(season, className=mark), runs if month.campaigns else "–", free if kept else "–"])
    said = [
        html.Li(
            [html.Strong(one.name), " and ", html.Strong(other.name), f" run at the same time, {days(first, last)}."]
        )
        for one, other, first, last in overlaps
    ]
    body = [
        html.Ul(said, className="plan-overlaps") if said else None,
        table(["Month", "Season", "Campaigns", "Public holidays"], rows, caption="Calendar of campaigns", numeric={1},
              className="wrapped plan-calendar"),
    ]  # fmt: skip
    strong = [m for m in months if m.index is not None]
    best = max(strong, key=lambda m: m.index, default=None)
    head = (f"Your strongest month of the next twelve is {words.MONTHS[best.first.month - 1]}" if best
            else "The next twelve months")  # fmt: skip
    return card(
        head, body, sub="Season is the month's seasonal index: 1 is an average month of this shop",
        how="Holidays are those of the whole country, of the up to three countries with the most customers. Campaigns "
        "without days are not in the calendar; one without a last day counts on its first day alone.",
        csv=look.download("campaigns"),
    )  # fmt: skip
