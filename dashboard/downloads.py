"""Files to take along: the frame behind each picture as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, Response, abort, request

from core.errors import ClienteleError
from core.pipeline import Pipeline, spreadsheet_csv
from dashboard.routing import open_look
from dashboard.tab import Tab


def register(server: Flask, pipeline: Pipeline, tabs: Mapping[str, Tab]) -> None:
    """Add ``/download/<tab>/<table>.csv``, which takes the same query as the tab."""

    @server.get("/download/<slug>/<name>.csv")
    def download(slug: str, name: str) -> Response:
        tab = tabs.get(slug)
        if tab is None or name not in tab.tables:
            abort(404)
        try:
            look, _ = open_look(pipeline, tabs, f"/{slug}", request.query_string.decode(), "light")
            frame = tab.tables[name](pipeline, look)
        except ClienteleError as error:
            return Response(str(error), 422, mimetype="text/plain")
        file = f"{pipeline.dataset(look.view).name} {name}.csv".replace('"', "")
        disposition = f'attachment; filename="{file.encode("ascii", "ignore").decode()}"'
        return Response(spreadsheet_csv(frame), mimetype="text/csv", headers={"Content-Disposition": disposition})
