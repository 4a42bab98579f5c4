"""The door: a file that waits to be checked, what has to be asked about it, and which others wait."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import quote

from dash import html

from core.pipeline import Checked, Dataset, Waiting
from dashboard import words
from dashboard.components.basics import icon, link
from dashboard.components.cards import card
from dashboard.components.tables import table
from dashboard.errors import banner

MOST_BUTTONS = 6


def size(number: int) -> str:
    """Bytes as people say them."""
    return f"{number / 1e6:,.1f} MB" if number >= 1e5 else f"{max(number, 1) / 1e3:,.1f} kB"


def post(
    words: Any, path: str, *, className: str = "button", slug: str = "", value: str = "", **said: str
) -> html.Button:
    """A button that asks the server for something (assets/door.js) and follows its answer."""
    more = {"data-slug": slug, "data-value": value} if slug else {}
    return html.Button(words, type="button", className=className, **{"data-post": path, **more, **said})


def choice(
    path: str, slug: str, choices: Any, now: str, label: str, *, version: int = 0, className: str = "field"
) -> html.Select:
    """A menu whose change is an answer."""
    options = [html.Option(words, value=value, selected=value == now) for value, words in choices]
    return html.Select(
        options, className=className, key=f"{version}-{slug}",
        **{"data-answer": path, "data-slug": slug, "data-now": now, "aria-label": label},
    )  # fmt: skip


def answer(checked: Checked) -> list[Any]:
    """Where things stand with it, in a sentence."""
    used = sum(1 for column in checked.columns if column.role)
    kind = f"{_a(checked.label).capitalize()}, with {used} of {len(checked.columns)} columns understood. "
    asked = len(checked.questions)
    if asked:
        return [kind, html.Strong("One question has" if asked == 1 else f"{asked} questions have"),
                " to be answered before it can be brought in."]  # fmt: skip
    if checked.waiting.problem:
        return [kind, html.Strong("It could not be brought in"), ": change what was misread, or discard it."]
    if checked.remembered:
        return [
            kind,
            "It is read as the last file of this shape was. ",
            html.Strong("Bring it in when it looks right."),
        ]
    return [kind, "Nothing has to be asked. ", html.Strong("Bring it in when it looks right.")]


def arrival_facts(checked: Checked, datasets: list[Dataset]) -> list[Any]:
    """The waiting file, where it is to go, and the two ways on."""
    waiting, path = checked.waiting, f"/arrivals/{checked.waiting.id}"
    same = [dataset for dataset in datasets if dataset.kind == checked.kind]
    facts = (
        f"{size(waiting.bytes)}, {len(checked.columns):,} columns, read as {_a(checked.label)}. Nothing is stored yet."
    )
    target = html.Label(
        [
            html.Span("Store it as"),
            choice(
                f"{path}/answers", "append_to",
                [("", "a new dataset"), *((d.fingerprint, f"part of {d.name}") for d in same)],
                waiting.append_to, "Store it as", version=waiting.version,
            ),
        ],
        className="currency",
    )  # fmt: skip
    ready = not checked.questions
    go = post("Bring it in", f"{path}/go", className="button primary go", **{"aria-describedby": "data-answer"})
    if not ready:
        go.disabled = True
    return [
        html.Span(icon("file-earmark-arrow-up"), className="file-icon"),
        html.Div([html.H2(waiting.file), html.P(facts)], className="file-facts"),
        *([target] if same else []),
        html.Div([post("Discard", f"{path}/discard"), go], className="arrival-ways", **{"data-follow": waiting.job}),
    ]


def questions(checked: Checked) -> list[Any]:
    """Each open question with its answers as buttons, and what the last try met."""
    said = []
    if checked.waiting.problem:
        title, message, hint = checked.waiting.problem
        said.append(banner(f"{title}.", message, hint))
    return [*said, *(_question(checked, question) for question in checked.questions)]


def _question(checked: Checked, question: Any) -> html.Section:
    path = f"/arrivals/{checked.waiting.id}/answers"
    if len(question.choices) <= MOST_BUTTONS:
        ways: Any = [
            post(words, path, className="button answer-way", slug=question.slug, value=value)
            for value, words in question.choices
        ]
    else:
        pairs = [("", "Choose…"), *question.choices]
        ways = choice(path, question.slug, pairs, "", question.words, version=checked.waiting.version)
    return html.Section(
        [
            html.Span(icon("question-circle"), className="asked-icon"),
            html.Div([html.H2(question.words), html.P(question.why)], className="asked-words"),
            html.Div(ways, className="asked-ways", role="group", **{"aria-label": question.words}),
        ],
        className="card asked",
    )


def waiting_card(waiting: list[Waiting], inbox: list[Any]) -> Any:
    """Files that wait to be checked, and those that stand in the inbox."""
    if not waiting and not inbox:
        return None
    rows = [[html.Code(each.file), size(each.bytes), _since(each), _ways(each)] for each in waiting]
    rows += [
        [html.Code(found.name), size(found.bytes), "in the inbox",
         html.Div(post("Bring in", f"/inbox/{quote(found.name)}/bring", className="take"), className="row-ways")]
        for found in inbox
    ]  # fmt: skip
    said = []
    if waiting:
        said.append(f"{_files(len(waiting))} to be checked")
    if inbox:
        said.append(f"{_files(len(inbox)) if not waiting else len(inbox)} in the inbox")
    body = table(
        ["File", "Size", "Where", "What you can do"], rows, caption="Files that wait", numeric={1}, className="datasets"
    )
    sub = "A file waits for a day. One in the inbox whose shape is known comes in by itself."
    return card(" and ".join(said).capitalize(), body, sub=sub)


def _ways(waiting: Waiting) -> html.Div:
    check = link("Check it", f"/data?arrival={waiting.id}&v={waiting.version}", className="take")
    discard = post("Discard", f"/arrivals/{waiting.id}/discard", className="take")
    return html.Div([check, discard], className="row-ways")


def _files(number: int) -> str:
    return "1 file waits" if number == 1 else f"{number} files wait"


def _since(waiting: Waiting) -> Any:
    at = dt.datetime.fromisoformat(waiting.added)
    return html.Span(["brought ", html.Time(f"{words.day(at.date())}, {at:%H:%M} UTC", dateTime=waiting.added)])


def _a(label: str) -> str:
    label = label.lower()
    return f"an {label}" if label[0] in "aeiou" else f"a {label}"
