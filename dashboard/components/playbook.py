"""The playbook on the page: each strategy with when it applies, the own playbook as text, and what it would change."""

from __future__ import annotations

import hashlib
from typing import Any

from dash import dcc, html

from dashboard import words
from dashboard.components.basics import icon, link, swatch
from dashboard.components.briefing import planned
from dashboard.components.cards import card
from dashboard.components.kept import send
from dashboard.components.tables import table
from dashboard.state import Look

FACTS = (
    ("objective", "What for"), ("offer", "Offer"), ("channel", "Channel"), ("timing", "When"), ("message", "Message"),
    ("measure", "How you see that it worked"), ("reason", "Reason"),
)  # fmt: skip
ORIGIN = {"own": "your own", "replaces": "your own, in place of a shipped one"}
GROUPS = (
    ("now", "Proposed now"),
    ("second", "Apply now, where others suit better"),
    ("waiting", "Wait for their moment"),
    ("off", "Switched off"),
)
NOW = "Applies now to: a click plans it"
EXAMPLE = """# Your own strategies beside the shipped ones. Lines that begin with # are not read.
kind = "{kind}"

# Shipped strategies that you do not want:
# without = ["{other}"]

# A strategy: take the # away and change it. It replaces a shipped one of the same slug.
# [[strategy]]
# slug = "ring-them"
# scope = "customers"
# rank = 75
# when = [
#   {{ measure = "{measure}", at_least = 1.5 }},
# ]
# title = "Ring them before you write"
# objective = "Hear why they stopped."
# offer = "Nothing at first."
# channel = "Telephone."
# timing = "This week."
# message = "We have missed you. What can we do better?"
# measure = "Orders within 60 days, against those who were not rung."
# reason = "{{customers}} customers, {{share}} of all: {{{measure}}} the average."
"""
MEASURE = {"transactions": "recency_ratio", "customers": "recency_days_ratio", "survey": "spend_ratio"}
OTHER = {"transactions": "sale-first", "customers": "printed-catalogue", "survey": "bring-a-friend"}


def example(kind: str) -> str:
    """A text to begin with: saved as it is, it changes nothing."""
    return EXAMPLE.format(kind=kind, measure=MEASURE[kind], other=OTHER[kind])


def strategies_card(look: Look, entries: list[Any]) -> html.Div:
    """All strategies, those that are proposed now first."""
    found: dict[str, list[Any]] = {name: [] for name, _ in GROUPS}
    for each in sorted(entries, key=lambda each: -each.strategy.rank):
        found[_group(each)].append(each)
    parts = []
    for name, label in GROUPS:
        if found[name]:
            count = html.Span(words.count(len(found[name])), className="hint")
            parts += [html.H3([label, count], className="plays-group"), *(_play(look, each) for each in found[name])]
    proposed, of = len(found["now"]), sum(map(len, found.values())) - len(found["off"])
    return card(
        f"{words.in_words(proposed).capitalize()} of {of} strategies are proposed now",
        [html.P(className="form-said", role="alert"), *parts],
        sub="Open one to see when it applies and what it proposes",
        how="A strategy applies to a segment where all of its conditions hold and every figure that it speaks of is "
        "known. Of those that apply, the three that suit best are proposed to a segment, five to the shop as a whole: "
        "by rank, and by how clearly the conditions hold. One that contradicts a better one is left out. Where none "
        "applies, the strategy without conditions is proposed.",
        csv=look.download("strategies"),
        className="plays",
    )


def editor_card(text: str, kind: str, seen: str, versions: int, *, draft: bool) -> html.Div:
    """The own playbook as text."""
    undo = send([icon("arrow-counterclockwise"), "Undo last change"], "/playbook/undo") if versions else html.Span()
    shown = text or example(kind)
    area = dcc.Textarea(value=shown, name="text", rows=24, maxLength=64 * 1024, className="playbook-text", wrap="off",
                        spellCheck=False)  # fmt: skip
    form = html.Form(
        [
            html.Label([html.Span("Strategies as TOML"), area], className="labelled"),
            dcc.Input(type="hidden", name="seen", value=seen),
            html.P(className="form-said", role="alert"),
            html.Div(
                [
                    html.Button("Check and preview", type="submit", className="button", formAction="/playbook/check"),
                    html.Button("Save", type="submit", className="button primary"),
                ],
                className="playbook-actions",
            ),
        ],
        key=hashlib.blake2b(f"{seen} {shown}".encode(), digest_size=8).hexdigest(), **{"data-send": "/playbook/save"},
    )  # fmt: skip
    kept = {0: "every earlier version is kept", 1: "one earlier version is kept"}.get(
        versions, f"{words.in_words(versions)} earlier versions are kept"
    )
    return card(
        "This text is checked, not yet saved" if draft else "Your own strategies" if text else "Write your own",
        form,
        sub=f"Added to the shipped ones for every dataset of this kind; {kept}",
        more=undo,
        how="One entry a strategy. slug is its name; one with the slug of a shipped strategy replaces it, and one "
        "without conditions takes the place of the one that serves where nothing else applies. scope is customers or "
        "shop, rank its priority from 0 to 100, when its conditions with at_least, at_most, above and below. Figures "
        "in curly brackets, such as {share}, become the segment's own. off = true switches an entry off.",
    )


def measures_card(measures: list[tuple[str, str]]) -> html.Div:
    """What conditions and sentences may speak of."""
    rows = [f"{name}: {said}" for name, said in measures]
    listed = html.P("\n".join(rows), className="play-lines")
    return card(
        f"{words.count(len(rows))} figures can be asked for",
        html.Details([html.Summary("Show them all", className="take"), listed], className="folded"),
        sub="Shares are from 0 to 1: 0.2 is 20 %. Ratios are set against all customers: 2 is twice as much",
    )


def preview_card(look: Look, changes: list[Any]) -> html.Div:
    """What is proposed to each segment now, and would be."""
    changed = [each for each in changes if not each.same]
    rows = [
        [
            html.Span([*([swatch(each.member.colour)] if each.member.id else []), each.member.name], className="who"),
            _titles(each.before, {one.strategy for one in each.after}, "gone"),
            "the same" if each.same else _titles(each.after, {one.strategy for one in each.before}, "new"),
        ]
        for each in changes
    ]
    who = "one" if len(changed) == 1 else words.in_words(len(changed))
    headline = f"Saved, it would change what is proposed to {who} of {words.in_words(len(changes))}"
    return card(
        headline if changed else "It works, and what is proposed now stays as it is",
        table(["For", "Proposed now", "Proposed then"], rows, caption="Advice before and after", className="wrapped"),
        sub="Nothing is saved yet",
        more=link("Leave the draft", look.href(draft=None), className="take"),
        className="preview",
    )


def _titles(advice: Any, other: set[str], mark: str) -> html.Ul:
    items = [
        html.Li([each.title, html.Span(mark, className="tag") if each.strategy not in other else None])
        for each in advice
    ]
    return html.Ul(items, className="titles")


def _group(entry: Any) -> str:
    if entry.origin == "off":
        return "off"
    return "now" if entry.advised else "second" if entry.now else "waiting"


def _play(look: Look, entry: Any) -> html.Details:
    strategy = entry.strategy
    fitting = entry.advised or entry.now
    tag = html.Span(ORIGIN[entry.origin], className="tag on") if entry.origin in ORIGIN else None
    who = html.Span([html.Span(_who(one), className="who") for one in fitting], className="play-who")
    proof = html.Span(f"Tested: {entry.evidence}", className="tag") if entry.evidence else None
    face = [html.Span([html.Strong(entry.title), tag, proof]), who if fitting else None]
    when = (
        html.P("\n".join(f"– {each}" for each in entry.when), className="play-lines")
        if entry.when
        else html.P("It has no conditions: it is proposed where no other strategy applies.")
    )
    about = "the shop as a whole" if strategy.scope == "shop" else "a segment"
    # Lines of one paragraph: sixty strategies with an element a word would take a browser many seconds.
    facts = "\n".join(f"{label}: {entry.words[key]}" for key, label in FACTS)
    if entry.evidence:
        facts += f"\nShown here so far: {entry.evidence} (share who ordered, treated less holdout)"
    reasons = [html.Li([_planned(look, entry, one), " ", text]) for one, text in entry.reasons]
    return html.Details(
        [
            html.Summary([html.Span(face, className="play-face"), icon("chevron-right")]),
            html.Div(
                [
                    html.H4(f"Applies to {about} where" if entry.when else "When it applies"),
                    when,
                    *([html.H4(NOW), html.Ul(reasons, className="reasons")] if reasons else []),
                    html.H4("What it proposes"),
                    html.P(facts, className="play-lines"),
                    html.Div(
                        [html.Span(f"{strategy.slug}, rank {strategy.rank:g}", className="hint"), _switch(entry)],
                        className="play-foot",
                    ),
                ],
                className="play-body",
            ),
        ],
        className="play", key=f"{strategy.slug}-{entry.origin}",
    )  # fmt: skip


def _planned(look: Look, entry: Any, one: Any) -> html.A:
    """Whom it applies to: a link to the planner with the strategy for them."""
    said = {name: entry.said(name, one) for name in ("offer", "message", "channel")}
    href = planned(look, entry.strategy.slug, said, **({"segments": (one.id,)} if one.id else {}))
    return link(_who(one), href, className="who", **{"aria-label": f"{one.name}: plan this"})


def _who(member: Any) -> list[Any]:
    return [swatch(member.colour), member.name] if member.id else [member.name]


def _switch(entry: Any) -> Any:
    if entry.origin == "off":
        way, label = "on", "Switch on again"
    elif entry.origin == "shipped" and entry.when:
        way, label = "off", "Switch off"
    else:
        return None
    return send(label, f"/playbook/strategies/{entry.strategy.slug}/{way}", f"{label}: {entry.title}")
