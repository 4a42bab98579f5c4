"""A file of new customers: placed as it arrives, and handed back with a segment beside everybody; nothing is kept."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from core.errors import ClienteleError, InputError
from core.pipeline import Pipeline, spreadsheet_csv
from core.settings import MIB
from dashboard.routing import open_look
from dashboard.tab import Tab
from dashboard.uploads import BLOCK, plain_name, problem

LIMIT = 32 * MIB
SHOWN = 8


def register(server: Flask, pipeline: Pipeline, tabs: Mapping[str, Tab]) -> None:
    """Add ``PUT /newcomers/<name>``, which takes the same query as the tab."""

    @server.put("/newcomers/<path:name>")
    def place(name: str) -> Response | tuple[Response, int]:
        request.max_content_length = min(LIMIT, pipeline.settings.upload_limit)
        try:
            look, problems = open_look(pipeline, tabs, "/predict", request.query_string.decode(), "light")
            if problems:
                raise problems[0]
            file = plain_name(name)
            with tempfile.TemporaryDirectory(dir=pipeline.store.aside) as folder:
                path = Path(folder) / "newcomers"
                _receive(path, file, request.max_content_length)
                placed = pipeline.predict_file(look.view.whole(), path, name=file)
        except (ClienteleError, ClientDisconnected) as error:
            return problem(error)
        faces = {each.id: each for each in pipeline.segment_names(look.view)}
        counts = [
            {
                "name": faces[id].name,
                "colour": faces[id].colour % 11,
                "shape": faces[id].colour % 4,
                "customers": number,
            }
            for id, number in placed.counts.items()
        ]
        return jsonify(
            file=f"{file.rsplit('.', 1)[0]} placed.csv",
            placed=placed.placed,
            of=len(placed.frame),
            segments=counts,
            told=placed.told,
            refused=[f"Row {row:,}: {reason}" for row, reason in placed.refused[:SHOWN]],
            more=max(len(placed.refused) - SHOWN, 0),
            csv=spreadsheet_csv(placed.frame).decode("utf-8-sig"),
        )


def _receive(target: Path, file: str, limit: int) -> None:
    """The body on disk, block by block."""
    large = InputError(
        f"{file} is larger than the {limit // MIB:,} MiB that are placed here.",
        "Bring a part of it, or use the command line: python -m core predict.",
    )
    if (request.content_length or 0) > limit:
        raise large
    size = 0
    try:
        with target.open("wb") as out:
            while block := request.stream.read(BLOCK):
                size += len(block)
                out.write(block)
    except RequestEntityTooLarge:
        raise large from None
    if not size:
        raise InputError(f"{file} is empty.", "Export it again and check that it holds customers.")
    if request.content_length and size < request.content_length:
        raise ClientDisconnected()
