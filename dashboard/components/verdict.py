"""The reasons for a number of segments beside all criteria by number."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import icon
from dashboard.state import Look

MARKS = {"for": ("check2", "For: "), "against": ("dash-lg", "Against: ")}
HOW = (
    "The number is weighed from five criteria, each from 0 to 1: silhouette against the best, distance to the chord "
    "against the elbow's, size of the smallest segment against an equal share, how much the largest leaves to the "
    "others, and the spread explained. Calinski–Harabasz (1974) is the spread between segments over that within them, "
    "per degree of freedom: higher is better. Davies–Bouldin (1979) is how wide segments are against how far the "
    "nearest other lies: lower is better. Overlap is that of the least stable segment with itself when customers are "
    "drawn again (Hennig 2007). Stability is told as a reason and never changes the number: every page uses the "
    "number, and only this one waits for stability. Whether there are groups at all is asked by Hartigan's dip test "
    "(1985) along the lines between segments: groups have a gap between them, a continuum has none."
)
LATER = "…"


def why(sweep: Any, in_use: int, look: Look, method: Any, reasons: list[Any], stable: Any = None) -> html.Div:
    """The verdict's reasons, and the table.

    Parameters
    ----------
    sweep : Sweep
    method : Clusterer
    reasons : list of Reason
        Of stability; empty until it is known.
    stable : Stabilities, optional
        None until it is known.
    """
    ordered = sorted([*reasons, *sweep.reasons], key=lambda reason: reason.kind != "for")
    chosen = words.in_words(sweep.chosen)
    title = f"Why {chosen}" if in_use == sweep.chosen else f"Why the verdict is {chosen}"
    notes = [f"You work with {words.in_words(in_use)}."] if in_use != sweep.chosen else []
    if method.chooses_k:
        title = f"Why K-Means would make {chosen}"
        notes = [f"{method.label} finds the number itself. To compare numbers, K-Means stands in."]
    said = [html.P(note) for note in [*notes, *([sweep.note] if sweep.note else [])]]
    left = html.Div([html.H2(title), html.Ul([_reason(each) for each in ordered]), *said], className="reasons")
    return html.Div(
        [left, html.Div(by_k(sweep, in_use, stable, waits=not method.chooses_k), className="by-k"), _foot(look)],
        className="card why",
    )


def by_k(sweep: Any, in_use: int, stable: Any = None, *, waits: bool = True) -> html.Div:
    """A row a criterion, a column a number of segments; the one in use is stressed, the best of a row is strong."""
    rows = sweep.rows[sweep.rows["k"] > 1]
    said = "Criteria by number of segments"
    part = ", in the sample" if sweep.sampled else ""
    high, low = rows["calinski_harabasz"].max(), rows["davies_bouldin"].min()
    lines: list[tuple[str, list[Any]]] = [
        ("Mean silhouette", _strong(rows["silhouette"], rows["silhouette"].max(), ".3f")),
        ("Calinski–Harabasz", _strong(rows["calinski_harabasz"], high, ",.0f")),
        ("Davies–Bouldin", _strong(rows["davies_bouldin"], low, ".2f")),
        ("Spread explained", [words.percent(value, 0) for value in rows["explained"]]),
        (f"Smallest segment{part}", [words.count(value) for value in rows["smallest"]]),
        ("… of all customers", [words.percent(value) for value in rows["smallest_share"]]),
    ]
    if waits:
        lines += _overlaps(rows["k"], stable)
    # Without stability the numbers are of a method that stands in, and none of them is in use.
    columns = [{"className": "on"} if waits and k == in_use else {} for k in rows["k"]]
    head = [html.Th(str(k), scope="col", **column) for k, column in zip(rows["k"], columns, strict=True)]
    body = [
        html.Tr(
            [html.Th(name, scope="row"), *(html.Td(v, **column) for v, column in zip(values, columns, strict=True))]
        )
        for name, values in lines
    ]
    made = html.Table(
        [
            html.Caption(said, className="visually-hidden"),
            html.Thead(html.Tr([html.Th("Segments, k", scope="col"), *head])),
            html.Tbody(body),
        ]
    )
    return html.Div(made, className="table-scroll", tabIndex=0, role="region", **{"aria-label": said})


def _overlaps(numbers: Any, stable: Any) -> list[tuple[str, list[Any]]]:
    """The least and the mean overlap and the band; dots while they are computed."""
    found = {} if stable is None else {row.k: row for row in stable.rows.itertuples()}
    nothing = LATER if stable is None else words.DASH
    told = [found.get(k) for k in numbers]
    return [
        ("Weakest overlap", [_plain(row.least, ".2f") if row else nothing for row in told]),
        ("Mean overlap", [_plain(row.mean, ".2f") if row else nothing for row in told]),
        ("… weakest is", [html.Span(row.band or words.DASH, className="band") if row else nothing for row in told]),
    ]


def _strong(values: Any, best: float, form: str) -> list[Any]:
    said = html.Span(", the best", className="visually-hidden")
    return [html.Strong([_plain(v, form), said]) if v == best else _plain(v, form) for v in values]


def _plain(value: float, form: str) -> str:
    return words.DASH if value != value else f"{value:{form}}".replace("-", "−")


def _reason(reason: Any) -> html.Li:
    mark, spoken = MARKS[reason.kind]
    told = [html.Span(spoken, className="visually-hidden"), html.Strong(reason.lead), " ", reason.text]
    return html.Li([icon(mark), html.Span(told)])


def _foot(look: Look) -> html.Div:
    counted = html.Details(
        [html.Summary(["How this is counted", icon("chevron-right")]), html.Div(HOW, className="how")],
        className="counted",
    )
    take = html.A([icon("download"), "CSV"], href=look.download("criteria"), className="take", download="")
    return html.Div(
        [html.Div(counted, className="foot-left"), html.Div(take, className="takes")], className="card-foot"
    )
