"""The application: shell, tabs, guards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dash import Dash, html
from flask import request
from flask_compress import Compress

import dashboard.tabs
from core import errands
from core.pipeline import Pipeline
from core.registry import discover
from core.settings import Settings
from dashboard import (
    actions,
    api,
    campaign_files,
    campaigning,
    downloads,
    errors,
    exports,
    newcomers,
    outcomes,
    playbooks,
    routing,
    saving,
    security,
    shell,
    suppressing,
    uploads,
)
from dashboard.theme import THEMES

ASSETS = Path(__file__).parent.parent / "assets"
# Loaded by name: Bootstrap before our own style, theme.js before the first paint, plotly when a graph needs it.
BY_NAME = r"plotly-strict\.min\.js|theme\.js|bootstrap.*|.*\.LICENSE"
STYLES = ["/assets/vendor/bootstrap.min.css", "/assets/vendor/bootstrap-icons.min.css"]

PAGE = """<!DOCTYPE html>
<html lang="en" data-bs-theme="{theme}" data-ag-theme-mode="{theme}">
<head>
{{%metas%}}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{%title%}}</title>
{{%favicon%}}
<script src="/assets/theme.js"></script>
{{%css%}}
</head>
<body>
{{%app_entry%}}
<footer>{{%config%}}{{%scripts%}}{{%renderer%}}</footer>
</body>
</html>"""


class Clientele(Dash):
    """Dash with the theme of the visitor's cookie on the page from its first byte."""

    def interpolate_index(self, **parts: Any) -> str:
        theme = request.cookies.get("theme", "light")
        page = PAGE.format(theme=theme if theme in THEMES else "light")
        for name, value in parts.items():
            page = page.replace(f"{{%{name}%}}", str(value))
        return page


def create_app(settings: Settings | None = None) -> Dash:
    """Make the application.

    Raises
    ------
    ParameterError
        If the settings would show customers to the network without a password.
    """
    settings = settings or Settings.from_env()
    settings.check_exposure()
    pipeline = Pipeline(settings)
    pipeline.ensure_demo()
    app = Clientele(
        "clientele",
        assets_folder=str(ASSETS),
        assets_ignore=BY_NAME,
        external_stylesheets=STYLES,
        title="Clientele",
        update_title="",
        on_error=errors.show_error,
        serve_locally=True,
        add_log_handler=False,
        server=True,
    )
    app.server.secret_key = settings.secret or pipeline.secret()
    app.server.config["COMPRESS_ALGORITHM"] = ["zstd", "br", "gzip"]
    Compress(app.server)
    tabs = discover(dashboard.tabs, "TAB")
    app.layout = shell.layout()
    app.validation_layout = html.Div(
        [shell.layout(), *(made() for tab in tabs.values() for made in (tab.layout, tab.people) if made)]
    )
    jobs = errands.jobs(pipeline)
    routing.register(app, pipeline, tabs, jobs)
    for tab in tabs.values():
        tab.register(app, pipeline)
    downloads.register(app.server, pipeline, tabs)
    exports.register(app.server, pipeline, tabs)
    app.server.extensions["jobs"] = jobs
    uploads.register(app.server, pipeline, jobs)
    actions.register(app.server, pipeline, jobs)
    saving.register(app.server, pipeline, tabs)
    campaigning.register(app.server, pipeline, tabs)
    campaign_files.register(app.server, pipeline, tabs)
    suppressing.register(app.server, pipeline, tabs)
    outcomes.register(app.server, pipeline, tabs)
    playbooks.register(app.server, pipeline, tabs)
    api.register(app.server, pipeline, tabs, jobs)
    newcomers.register(app.server, pipeline, tabs)
    app.server.get("/healthz")(lambda: {"status": "ok"})
    security.protect(app, settings)
    return app
