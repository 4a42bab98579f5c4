"""The files of a campaign: taken from its card, with what is said of each, its record, and who has to go since."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from flask import Flask, Response, jsonify
from werkzeug.utils import secure_filename

from core.pipeline import Pipeline
from dashboard.answering import Answer, filled, person, telling
from dashboard.exports import XLSX, blocks
from dashboard.routing import open_look
from dashboard.tab import Tab

NOBODY = "Nobody who was sent with this file has opted out or been put on your list since. There is nothing to remove."


def register(server: Flask, pipeline: Pipeline, tabs: Mapping[str, Tab]) -> None:
    """Add the routes; assets/campaign-files.js asks them, and shows what they refuse on the page."""

    @server.post("/campaigns/<id>/files")
    @telling
    def take_files(id: str) -> Answer:
        said = filled()
        look, _ = open_look(pipeline, tabs, "/plans", said.pop("search", ""), "light")
        body = _packed(pipeline, id, said)
        campaign = pipeline.ledger.get(id)
        response = _file(body, "application/zip", f"{campaign.name}.zip")
        # The page as it is afterwards: the file stands among those that were made.
        response.headers["Content-Location"] = look.href(files=id, at=f"{id}.{campaign.revision}", gone=None)
        return response

    @server.get("/campaigns/<id>/files/<int:number>/manifest.json")
    @telling
    def manifest(id: str, number: int) -> Answer:
        text = json.dumps(pipeline.manifest(id, number), ensure_ascii=False, indent=1)
        return _file(text, "application/json", f"{_name(pipeline, id)}-manifest-{number}.json")

    @server.get("/campaigns/<id>/files/<int:number>/record.csv")
    @telling
    def record(id: str, number: int) -> Answer:
        return _file(pipeline.record_csv(id, number), "text/csv", f"{_name(pipeline, id)}-record-{number}.csv")

    @server.post("/campaigns/<id>/files/<int:number>/removals")
    @telling
    def removals(id: str, number: int) -> Answer:
        with tempfile.TemporaryDirectory(dir=pipeline.settings.home) as folder:
            path = pipeline.write_removals(id, number, Path(folder))
            if path is None:
                return jsonify(said=NOBODY)
            kind = XLSX if path.suffix == ".xlsx" else "text/csv"
            return _file(blocks(path.open("rb")), kind, f"{_name(pipeline, id)}-{path.name}")


def _packed(pipeline: Pipeline, id: str, said: Mapping[str, str]) -> Iterator[bytes]:
    # The folder goes before the first byte is sent, the bytes with the handle: nothing stays if the reader hangs up.
    with tempfile.TemporaryDirectory(dir=pipeline.settings.home) as folder:
        path = Path(folder) / "files.zip"
        to, statement = said.get("destination", ""), said.get("statement", "")
        pipeline.pack_campaign(id, to, path, statement=statement, who=person(said))
        file = path.open("rb")
    return blocks(file)


def _name(pipeline: Pipeline, id: str) -> str:
    return secure_filename(pipeline.ledger.get(id).name) or id


def _file(body: Iterator[bytes] | str, kind: str, name: str) -> Response:
    response = Response(body, mimetype=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
