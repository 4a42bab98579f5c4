"""The audience as a file: CSV piece by piece, a workbook from a file that is gone once it is sent."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from flask import Flask, Response, request

from core.errors import ClienteleError
from core.pipeline import Pipeline
from dashboard.routing import open_look
from dashboard.tab import Tab

BLOCK = 64 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def register(server: Flask, pipeline: Pipeline, tabs: Mapping[str, Tab]) -> None:
    """Add ``/export/customers.csv`` and ``.xlsx``, which take the same query as the Export tab.

    A link that does not fit is refused: a file of other customers than it asks for would be worse than none.
    """

    @server.get("/export/customers.<any(csv, xlsx):ending>")
    def export(ending: str) -> Response:
        try:
            look, problems = open_look(pipeline, tabs, "/export", request.query_string.decode(), "light")
            if problems:
                raise problems[0]
            if ending == "csv":
                body, kind = pipeline.audience_csv(look.view), "text/csv"
            else:
                body, kind = _workbook(pipeline, look.view), XLSX
        except ClienteleError as error:
            return Response(f"{error.message} Nothing was exported.", 422, mimetype="text/plain")
        name = f"{pipeline.dataset(look.view).name} customers.{ending}"
        response = Response(body, mimetype=kind)
        response.headers.set("Content-Disposition", "attachment", filename=name)
        return response


def _workbook(pipeline: Pipeline, view: Any) -> Iterator[bytes]:
    # The folder goes before the first byte is sent, the bytes with the handle: nothing stays if the reader hangs up.
    with tempfile.TemporaryDirectory(dir=pipeline.settings.home) as folder:
        path = Path(folder) / "customers.xlsx"
        pipeline.save_audience(view, path)
        file = path.open("rb")
    return blocks(file)


def blocks(file: IO[bytes]) -> Iterator[bytes]:
    """A file piece by piece; it is closed at its end, or when nobody reads on."""
    with file:
        while block := file.read(BLOCK):
            yield block
