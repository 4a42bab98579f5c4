"""The files of a campaign, on its card: whom each destination would get now, taking them, and what was taken before."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from core.errors import ClienteleError
from core.pipeline import Pipeline
from dashboard import words
from dashboard.components.basics import icon, link
from dashboard.state import Look

LABEL = "Files for your tools"
HINT = (
    "A zip with the file for the tool, whom it leaves out and why, a manifest, and the record that results are read "
    "against. Whoever is held back is left out, the same people in every file. Consent and your list of those never "
    "to be written to are applied last, as they are at that moment."
)


def fold(pipeline: Pipeline, look: Look, campaign: Any) -> html.Div:
    """Closed, a link that opens it: what stands in it is counted only then."""
    opened = look.view.option("files") == campaign.id
    face = f"{LABEL} ({campaign.files} made)" if campaign.files else LABEL
    summary = link(
        [icon("chevron-right"), face], look.href(files=None if opened else campaign.id, gone=None), className="take",
        **{"aria-expanded": str(opened).lower(), "aria-label": f"{face}: {campaign.name}"},
    )  # fmt: skip
    inside = html.Div(_inside(pipeline, campaign), className="fold files") if opened else None
    return html.Div([summary, inside], className="folded files-fold open" if opened else "folded files-fold")


def _inside(pipeline: Pipeline, campaign: Any) -> list[Any]:
    made = pipeline.campaign_files(campaign.id)
    places = pipeline.destinations()
    try:
        counts = pipeline.campaign_counts(campaign.id)
    except ClienteleError as error:
        return [html.P(f"{error.message} {error.hint}", className="hint"), *_made(campaign, made, places)]
    return [html.P(HINT, className="hint"), _take(campaign, counts, places), *_made(campaign, made, places)]


def _take(campaign: Any, counts: dict[str, Any], places: dict[str, Any]) -> html.Form:
    stated = any(not counted.consent for counted, _ in counts.values())
    usual = [note for note in next(iter(counts.values()))[1] if all(note in notes for _, notes in counts.values())]
    rows = [
        _place(places[slug], counted, [note for note in notes if note not in usual])
        for slug, (counted, notes) in counts.items()
    ]
    statement = html.Label(
        [
            html.Span("Why they may be written to: no column of this data says who agreed"),
            dcc.Input(name="statement", value=campaign.brief.statement, type="text", maxLength=400, autoComplete="off",
                      placeholder="All agreed in the shop, list of May"),
        ],
        className="labelled",
    )  # fmt: skip
    return html.Form(
        [
            statement if stated else None,
            html.Ul(rows, className="files-list", **{"aria-label": f"Where {campaign.name} can be taken"}),
            *[html.P(note, className="files-note") for note in usual],
            html.P(className="form-said", role="alert"),
        ],
        className="files-form", **{"data-files": f"/campaigns/{campaign.id}/files"},
    )  # fmt: skip


def _place(place: Any, counted: Any, notes: list[str]) -> html.Li:
    """A destination: how many it would get, what to know, and the button; too short a list is warned of."""
    said = [
        html.P([icon("exclamation-triangle"), note], className="files-warning") if place.rule and place.rule in note
        else html.P(note, className="files-note")
        for note in notes
    ]  # fmt: skip
    button = html.Button("Take", type="submit", name="destination", value=place.slug, className="button", **{
        "aria-label": f"Take the files for {place.label}"})  # fmt: skip
    why = ", ".join(f"{number:,} {reason}" for _, reason, number in counted.reasons)
    return html.Li([
        html.Div([html.Strong(place.label), html.P(place.says, className="files-note"), *said]),
        html.Div([_numbers(counted.sent, counted.holdout, counted.rejected), html.P(why, className="files-note")]),
        button if counted.sent else html.Span("Nobody to send", className="hint"),
    ])  # fmt: skip


def _numbers(sent: int | None, held: int | None, out: int | None) -> html.P:
    parts = [(sent, " sent, "), (held, " held back, "), (out, " left out")]
    return html.P([part for number, word in parts for part in (html.Strong(words.count(number)), word)])


def _made(campaign: Any, made: list[Any], places: dict[str, Any]) -> list[Any]:
    if not made:
        return []
    rows = [_file(campaign, file, said, places) for file, said in made]
    return [
        html.H3("Files that were made"),
        html.Ul(rows, className="files-list", **{"aria-label": f"Files that were made of {campaign.name}"}),
        html.P(
            "Removals are those who were sent and have refused or been put on your list since, as a file for the same "
            "tool: upload it there to take them out.",
            className="files-note",
        ),
        html.P(className="removals-said", role="status"),
    ]


def _file(campaign: Any, file: Any, said: dict[str, Any], places: dict[str, Any]) -> html.Li:
    counts, place = said.get("counts", {}), places.get(file.destination)
    label = place.label if place else file.destination
    where, name = f"/campaigns/{campaign.id}/files/{file.number}", f"file {file.number}, {label}"
    takes = [
        html.A("Manifest", href=f"{where}/manifest.json", className="take", download="",
               **{"aria-label": f"Manifest of {name}"}),
        html.A("Record", href=f"{where}/record.csv", className="take", download="",
               **{"aria-label": f"Record of {name}"}),
        html.Button("Removals", type="button", className="take", **{
            "data-removals": f"{where}/removals", "aria-label": f"Removals since {name}"}),
    ]  # fmt: skip
    by = f" by {file.who}" if file.who else ""
    return html.Li([
        html.Div([html.Strong(label), html.P(f"{words.day(file.day)}, {file.made[11:16]} UTC{by}",
                                             className="files-note")]),
        _numbers(*(counts.get(kind) for kind in ("sent", "holdout", "rejected"))),
        html.Div(takes, className="row-ways"),
    ])  # fmt: skip
