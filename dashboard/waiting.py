"""What stands on a page while a job computes what it needs: what it does, how far, and a cancel."""

from __future__ import annotations

from dash import html

from core.pipeline import Dataset
from dashboard.components.basics import icon
from dashboard.state import Look
from dashboard.tab import Tab


def page(tab: Tab, look: Look, dataset: Dataset, job: str) -> html.Div:
    """A tab's question and the progress of the job; assets/wait.js fills it and opens the page once it is over."""
    said = f"{dataset.name} has {dataset.rows:,} rows: the answer is computed once and kept."
    body = html.Div(
        [
            html.Div(icon(tab.icon), className="unfit-face"),
            html.H2("Waiting to start", className="wait-words", **{"aria-live": "polite"}),
            html.Div(
                html.Span(),
                className="wait-bar",
                role="progressbar",
                **{"aria-label": "Progress", "aria-valuemin": "0", "aria-valuemax": "100", "aria-valuenow": "0"},
            ),
            html.P(html.Button("Cancel", type="button", className="button wait-cancel")),
        ],
        className="card unfit",
        **{"data-wait": job},
    )
    heading = html.Header([html.H1(tab.question), html.P(said, className="answer")], className="question")
    return html.Div([heading, body])
