"""Planned campaigns as cards: what each is, whom it reaches, and what can be done to it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from dash import html

from core.pipeline import CHANNELS
from dashboard.components import kept
from dashboard.components.basics import icon, link
from dashboard.components.calendar import days
from dashboard.components.reach import steps
from dashboard.state import query

SETTINGS = {
    "cost": ("cost per contact", ""), "margin": ("margin", " %"), "discount": ("discount", " %"),
    "order": ("value of an order", ""), "base": ("response without", " %"), "expected": ("response with", " %"),
    "holdout": ("held back", " %"), "budget": ("budget", ""),
}  # fmt: skip


def campaign_card(campaign: Any, whom: str, found: Any, files: Any, strategy: str = "") -> html.Div:
    """A campaign: ``whom`` it is for in words, ``found`` its funnel or words why there is none; ``files`` that can be
    taken of it, ``strategy`` the title of its strategy."""
    brief, id = campaign.brief, campaign.id
    facts = [
        ("For", whom[:1].upper() + whom[1:] or "Not known: its dataset is not here"),
        *([("Strategy", strategy)] if strategy else []),
        ("Channel", CHANNELS[brief.channel]),
        ("When", days(brief.start, brief.end)),
        *([("Offer", brief.offer)] if brief.offer else []),
        *([("Message", brief.message)] if brief.message else []),
        *((SETTINGS[name][0].capitalize(), text.replace("..", " to ") + SETTINGS[name][1])
          for name, text in brief.wishes),
        ("Customers of", campaign.dataset_name),
    ]  # fmt: skip
    listed = html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts], className="plan-facts")
    opens = [
        link(label, href, className="button", **{"aria-label": f"{label}: {campaign.name}"})
        for label, href in (
            ("Open in the planner", opened(campaign)),
            ("What came of it", f"/results?{urlencode({'data': campaign.dataset, 'campaign': id})}"),
        )
    ]
    history = kept.fold([icon("chevron-right"), "History"], kept.history(campaign.history), f"History: {campaign.name}")
    folds = html.Div([files, history], className="saved-folds")
    if isinstance(found, str):
        shown: Any = html.P(found, className="hint")
    else:
        unknown = html.P("How they can be reached is not known.", className="hint") if not found.steps else None
        shown = html.Div([steps(found, brief.channel, brief.quiet_days), unknown])
    return html.Div(
        [
            html.Div([html.Div([html.H2(campaign.name), html.P(_made(campaign))]), html.Div(opens, className="opens")],
                     className="card-head"),
            html.Div([html.Div([listed, shown], className="plan-body"), html.P(className="form-said", role="alert")],
                     className="card-body"),
            html.Div([folds, html.Div(_ways(campaign), className="takes")], className="card-foot"),
        ],
        className="card saved plan-card", key=f"{id}-{campaign.revision}",
    )  # fmt: skip


def opened(campaign: Any) -> str:
    """The planner with a campaign in it, as it was planned."""
    said = {name: text for name, text in campaign.brief.pairs.items() if text}
    return f"/planner?{query(campaign.view.but(**said, plan=campaign.id))}"


def _ways(campaign: Any) -> list[Any]:
    ways = [("undo", "Undo the last change")] if campaign.undoable else []
    ways += [("copy", "Copy"), ("unarchive", "Out of the archive") if campaign.archived else ("archive", "Archive"),
             ("delete", "Delete")]  # fmt: skip
    path = f"/campaigns/{campaign.id}"
    return [kept.send(label, f"{path}/{way}", f"{label}: {campaign.name}") for way, label in ways]


def _made(campaign: Any) -> str:
    by = f" by {campaign.who}" if campaign.who else ""
    return f"Planned on {campaign.made[:10]}{by}"


def gone_banner(campaign: Any) -> html.Div:
    """What was just deleted, and how to undo it."""
    return kept.gone_banner(f"{campaign.name} is in the trash.", f"/campaigns/{campaign.id}/restore")


def trash_card(trashed: list[Any]) -> Any:
    """What was deleted and can still come back."""
    return kept.trash_card(
        trashed, "/campaigns", {"Customers of": lambda each: each.dataset_name}, caption="Campaigns in the trash",
        sub="After seven days they are removed by themselves",
    )  # fmt: skip
