"""What stands on a tab that makes no sense for a dataset: why, and where to go instead."""

from __future__ import annotations

from typing import Any

from dash import html

from core.pipeline import Dataset
from dashboard.components.basics import icon, link
from dashboard.state import Look
from dashboard.tab import KINDS, Tab

MOST = 4


def page(tab: Tab, look: Look, dataset: Dataset, datasets: list[Dataset]) -> html.Div:
    """A tab's question, why this dataset cannot answer it, and ways on.

    Parameters
    ----------
    datasets : list of Dataset
        All that are stored: those that the tab fits are offered.
    """
    kind = KINDS[dataset.kind]
    why = tab.lacks.format(kind=kind)
    if dataset.kind in tab.kinds:
        why = f"The lines of this {kind} name no {tab.needs}. Bring an export that has them to see this page."
    fitting = [each for each in datasets if each.kind in tab.kinds and each != dataset][:MOST]
    ways = [_way("graph-up", f"See it for {each.name}", KINDS[each.kind], f"/{tab.slug}?data={each.fingerprint}")
            for each in fitting]  # fmt: skip
    wanted = " or a ".join(KINDS[each] for each in tab.kinds if each != "survey" or tab.kinds == ("survey",))
    join = "" if dataset.kind in tab.kinds else "or join one to this"
    ways.append(_way("upload", f"Bring {article(wanted).lower()} {wanted}", join, look.href("data")))
    ways.append(_way("bar-chart", f"See what {dataset.name} holds", kind, look.href("overview")))
    heading = html.Header([html.H1(tab.question), html.P(why, className="answer")], className="question")
    body = html.Div(
        [
            html.Div(icon(tab.icon), className="unfit-face"),
            html.H2(f"{tab.label}: not with this {kind}"),
            html.P("Where to go from here"),
            html.Ul(ways, className="ways"),
        ],
        className="card unfit",
    )
    return html.Div([heading, body])


def article(kind: str) -> str:
    """A customer table, an order log."""
    return "An" if kind[:1] in "aeiou" else "A"


def _way(face: str, words: str, note: str, href: str) -> html.Li:
    said: list[Any] = [html.Strong(words), html.Span(note)]
    return html.Li(link([icon(face), html.Span(said), icon("chevron-right")], href))
