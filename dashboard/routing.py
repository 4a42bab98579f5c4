"""From a link to what stands on the page around a tab."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import Dash, Input, Output, State, no_update
from flask import request

from core import errands
from core.errors import ClienteleError, ExpiredError, NotEnoughDataError, ParameterError
from core.jobs import Jobs
from core.pipeline import Frame, Pipeline, View
from dashboard import errors, filters, ids, shell, unfit, waiting
from dashboard.state import Look, parse
from dashboard.tab import Tab
from dashboard.theme import THEMES


def open_look(
    pipeline: Pipeline, tabs: Mapping[str, Tab], path: str, search: str, theme: str
) -> tuple[Look, list[ClienteleError]]:
    """Read a link against what is stored here; what does not fit is left at its default and reported."""
    datasets = pipeline.datasets()
    if not datasets:
        raise ExpiredError("No dataset is stored here.", "Bring a file, or run: python -m core demo")
    default = datasets[0].fingerprint
    slug, view, problems = parse(path, search, tabs, default)
    found: list[ClienteleError] = list(problems)
    if all(d.fingerprint != view.dataset for d in datasets):
        hint = f"{datasets[0].name} is shown instead."
        found.append(ExpiredError(f"The dataset {view.dataset[:40]!r} of this link is not stored here.", hint))
        view = view.whole().but(dataset=default, rules="net", as_of="")
    view = _with_customers(pipeline, view, found)
    view, more = pipeline.check(view)
    found += [ParameterError(p.message, f"{p.hint} The default is shown instead.") for p in more]
    return Look(slug, view, theme, pipeline.dataset(view).currency if pipeline.has_money(view) else ""), found


def _with_customers(pipeline: Pipeline, view: View, found: list[ClienteleError]) -> View:
    """The view, or where its rules leave nobody the next that shows somebody: a page must stay to change them on."""
    others = [View(view.dataset, rules=rules) for rules in ("net", "notebook", "none")]
    others += [View(dataset.fingerprint) for dataset in pipeline.datasets()]
    for candidate in (view, *others):
        try:
            pipeline.canonical(candidate)
        except ParameterError:
            return candidate
        except NotEnoughDataError as error:
            if candidate is view:
                found.append(error)
        else:
            return candidate
    raise found[-1]


def register(app: Dash, pipeline: Pipeline, tabs: Mapping[str, Tab], jobs: Jobs) -> None:
    """One callback draws the frame; the tab's own callback fills the page."""

    @app.callback(
        output=dict(
            view=Output(ids.VIEW, "data"),
            shown=Output(ids.SHOWN, "data"),
            nav=Output(ids.NAV, "children"),
            bar=Output(ids.BAR, "children"),
            filters=Output(ids.FILTERS, "children"),
            receipt=Output(ids.RECEIPT, "children"),
            content=Output(ids.CONTENT, "children"),
            banner=Output(ids.BANNER, "children"),
        ),
        inputs=dict(
            path=Input(ids.URL, "pathname"),
            search=Input(ids.URL, "search"),
            theme=Input(ids.THEME, "data"),
            again=Input(ids.AGAIN, "data"),
        ),
        state=dict(shown=State(ids.SHOWN, "data")),
    )
    def open_page(
        path: str | None, search: str | None, theme: str | None, again: str | None, shown: str | None
    ) -> dict[str, Any]:
        theme = theme or request.cookies.get("theme", "light")
        if waits := _waits(pipeline, jobs, tabs, path or "/", search or "", theme):
            return waits
        look, problems = open_look(pipeline, tabs, path or "/", search or "", theme if theme in THEMES else "light")
        frame, knows = pipeline.frame(look.view), pipeline.knows(look.view)
        tab = tabs[look.slug]
        # What stands on the page: another kind of table may need another skeleton on the same tab.
        stands = look.slug if frame.dataset.kind == "transactions" else f"{look.slug} {frame.dataset.kind}"
        if not tab.fits(knows):
            stands = f"{stands} unfit"
            content: Any = unfit.page(tab, look, frame.dataset, pipeline.datasets())
        else:
            content = no_update if shown == stands else tab.skeleton(frame.dataset.kind)
        return dict(
            view=look.data(),
            shown=stands,
            nav=shell.navigation(tabs, look, knows),
            bar=shell.bar(look, frame, pipeline.datasets()),
            filters=[
                *filters.filters(look, frame),
                filters.held(look, pipeline.held_by(look.view), offers=tab.group == "segment"),
            ],
            receipt=shell.receipt(look, frame, pipeline),
            content=content,
            banner=[errors.banner(p.title + ".", p.message, p.hint) for p in problems],
        )


def _waits(
    pipeline: Pipeline, jobs: Jobs, tabs: Mapping[str, Tab], path: str, search: str, theme: str
) -> dict[str, Any] | None:
    """The page while a job computes what it needs; None where it can be drawn at once."""
    datasets = pipeline.datasets()
    if not datasets:
        return None
    slug, view, _ = parse(path, search, tabs, datasets[0].fingerprint)
    tab = tabs[slug]
    try:
        dataset = pipeline.dataset(view)
        lacking = pipeline.lacks(view, tab.asks) if dataset.kind in tab.kinds else []
    except ClienteleError:
        return None
    if not lacking:
        return None
    look = Look(slug, view, theme, dataset.currency)
    job = errands.ask(pipeline, jobs, view, lacking)
    frame = Frame(dataset, None, None, [], [], 0, 0)
    return dict(
        view=no_update,
        shown=f"{slug} waiting {job}",
        nav=shell.navigation(tabs, look, (dataset.kind, "countries", "products")),
        bar=shell.bar(look, frame, datasets),
        filters=[],
        receipt=no_update,
        content=waiting.page(tab, look, dataset, job),
        banner=[],
    )
