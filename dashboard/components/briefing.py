"""What somebody plans, as a form that the link keeps: words, days, money and test; and how the plan is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import dcc, html

from core.pipeline import CHANNELS, channel_of, read_who
from dashboard.components.basics import link
from dashboard.components.cards import card
from dashboard.state import Look

# Name in the link -> label and unit; assets/planner.js knows the fields by name.
MONEY = {
    "margin": ("Margin", "% of price"), "cost": ("Cost per contact", ""), "discount": ("Discount", "% of price"),
    "order": ("Value of an order", ""), "budget": ("Budget", ""),
}  # fmt: skip
TEST = {"base": ("Response without", "%"), "expected": ("Response with", "% or 5..7"), "holdout": ("Held out", "%")}
WORDS = {
    "name": ("Name", 120), "strategy": ("Strategy", 0), "channel": ("Channel", 0), "offer": ("Offer", 300),
    "message": ("Message", 1000),
}  # fmt: skip
DAYS = {
    "start": ("First day", 10), "end": ("Last day", 10),
    "quiet_days": ("Leave alone whom another wrote to", 4),
    "statement": ("Why they may be written to", 300),
}  # fmt: skip
SELECTS = ("strategy", "channel")
FIELDS = (*WORDS, *DAYS, *MONEY, *TEST)
NEW = "It stands among the campaign plans then"
TYPED = tuple(name for name in FIELDS if name not in SELECTS)


def planned(look: Look, strategy: str, said: Mapping[str, str], **part: Any) -> str:
    """The planner with a strategy in it.

    Parameters
    ----------
    said : mapping
        Its offer, message and channel as they are told to those whom it is for.
    part
        Conditions of :class:`core.campaigns.targeting.who.Part`, by name; none for everybody.
    """
    who = read_who("").but("in", 0, **part).text if part else None
    words = {"offer": said["offer"], "message": said["message"], "channel": channel_of(said["channel"]) or None}
    return look.href("planner", segments=(), groups=(), strategy=strategy, who=who, **words)


def form() -> html.Div:
    """All fields, in groups."""
    groups = [
        ("What you say", [_words(name) for name in WORDS], "words"),
        ("When, and to whom you may write", [_words(name) for name in DAYS], "days"),
        ("Money", [_number(name, *MONEY[name]) for name in MONEY], "money"),
        ("What you expect, and whom you hold back to compare", [_number(name, *TEST[name]) for name in TEST], "test"),
    ]
    return card(
        "What you plan",
        [
            html.Fieldset([html.Legend(title), html.Div(fields, className=f"planner-form {kind}")],
                          className="planner-group")
            for title, fields, kind in groups
        ],
        sub="Leave a field empty to count with what stands under it; the link keeps what you type",
        controls=html.A("Keep this plan", href="#planner-keep", className="button"),
    )  # fmt: skip


def _words(name: str) -> html.Div:
    label, most = {**WORDS, **DAYS}[name]
    control: Any
    if name in SELECTS:
        control = html.Select(id=f"planner-{name}", className="field")
    elif name == "message":
        control = dcc.Textarea(id="planner-message", maxLength=most, rows=2, className="planner-text")
    else:
        more = {"placeholder": "2027-03-01"} if name in ("start", "end") else {}
        control = dcc.Input(id=f"planner-{name}", type="text", maxLength=most, autoComplete="off", **more)
    unit = "days" if name == "quiet_days" else ""
    return _field(name, label, unit, control, "planner-field text")


def _number(name: str, label: str, unit: str) -> html.Div:
    control = dcc.Input(id=f"planner-{name}", type="text", inputMode="decimal", autoComplete="off", className="field")
    return _field(name, label, unit, control, "planner-field")


def _field(name: str, label: str, unit: str, control: Any, kind: str) -> html.Div:
    return html.Div(
        [
            html.Label([label, html.Span(unit, className="planner-unit")], htmlFor=f"planner-{name}"),
            control,
            html.P(id=f"planner-{name}-note", className="planner-note"),
        ],
        className=f"{kind} of-{name}",
    )


def strategies(plays: Any, chosen: str) -> list[Any]:
    """The choice of strategies, those that suit now first; each carries the words that it fills in."""
    if plays is None:
        return [html.Option("The playbook cannot be read", value="")]

    def option(play: Any) -> html.Option:
        fills = {"data-offer": play.offer, "data-message": play.message, "data-channel": play.channel}
        return html.Option(play.title, value=play.slug, selected=play.slug == chosen, **fills)

    sides = [
        ("Proposed now", [option(play) for play in plays.each if play.proposed]),
        ("All others", [option(play) for play in plays.each if not play.proposed]),
    ]
    known = plays.of(chosen)
    first = html.Option("None of the playbook", value="", selected=known is None)
    return [first, *(html.Optgroup(options, label=label) for label, options in sides if options)]


def channels(chosen: str) -> list[html.Option]:
    """The choice of channels."""
    return [html.Option(label, value=slug, selected=slug == chosen) for slug, label in CHANNELS.items()]


def notes(look: Look, plays: Any, problem: str, tested: str = "") -> dict[str, Any]:
    """Under the words and days: what is still missing, or does not fit."""
    slug, said = look.view.option("strategy"), dict.fromkeys((*WORDS, *DAYS), "")
    play = plays.of(slug) if plays is not None else None
    said["name"] = "" if look.view.option("name") else "Needed to keep the plan"
    said["strategy"] = play.objective if play else "It fills in what is still empty"
    if play and tested:
        said["strategy"] = [play.objective, html.Br(), f"Tested: {tested}"]
    if slug and play is None:
        said["strategy"] = _red(f"The playbook has no strategy “{slug[:40]}” (any more): choose another")
    said["end"] = _red(problem) if problem else ""
    days = look.view.option("quiet_days") or "30"
    said["quiet_days"] = f"Left out: whoever another campaign wrote to in the last {days} days"
    said["statement"] = "" if look.view.option("statement") else "Only where no column says who agreed"
    return said


def _red(text: str) -> html.Strong:
    return html.Strong(text, className="planner-red")


def keep_form() -> html.Div:
    """How the plan is kept: what is never drawn again, so that no word said there is lost while the plan is changed."""
    person = dcc.Input(name="who", type="text", maxLength=80, autoComplete="off")
    body = html.Form(
        [
            html.Div(
                [html.Label([html.Span("Your name, if you like"), person], className="labelled"),
                 html.Div(id="planner-keep-ways", className="planner-ways")],
                className="planner-keep",
            ),
            html.P(className="form-said", role="alert"),
        ],
        **{"data-send": "/campaigns"},
    )  # fmt: skip
    return card(html.Span("Keep this plan", id="planner-keep-head"), body, sub=html.Span(NEW, id="planner-keep-sub"))


def keeping(look: Look, kept: Any, gone: str) -> dict[str, Any]:
    """What stands in :func:`keep_form`: for a new campaign or the change of ``kept``; ``gone`` why it is not there."""
    named = look.view.option("name")
    if kept is not None:
        return {
            "head": f"This is the plan of “{kept.name}”",
            "sub": "What you changed above is kept with the first button, and can be undone",
            "ways": [_keep("Keep the change", f"/campaigns/{kept.id}/brief", "primary"),
                     _keep("Keep as another campaign", "/campaigns", ""), _plans(look)],
        }  # fmt: skip
    usual = NEW if named else "It has no name yet: give it one above"
    return {
        "head": f"Keep “{named}”" if named else "Keep this plan",
        "sub": _red(f"{gone} Keep it as a new one.") if gone else usual,
        "ways": [_keep("Keep this plan", "/campaigns", "primary"), _plans(look)],
    }


def _keep(label: str, send: str, kind: str) -> html.Button:
    return html.Button(label, type="submit", className=f"button {kind}".strip(), formAction=send)


def _plans(look: Look) -> html.A:
    return link("Campaign plans", look.href("plans"), className="button")
