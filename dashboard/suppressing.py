"""The list of those never to be written to: a file is brought, taken away, put back."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from flask import Flask, jsonify, request
from werkzeug.exceptions import ClientDisconnected

from core.errors import ClienteleError
from core.pipeline import Pipeline
from core.settings import MIB
from dashboard.answering import Answer, filled, person, telling
from dashboard.routing import open_look
from dashboard.tab import Tab
from dashboard.uploads import plain_name, problem, receive

LIMIT = 64 * MIB


def register(server: Flask, pipeline: Pipeline, tabs: Mapping[str, Tab]) -> None:
    """Add the routes; each gets the query of the page, and answers with ``href``, the page as it is afterwards."""

    def shown(search: str, **options: str | None) -> Answer:
        look, _ = open_look(pipeline, tabs, "/plans", search, "light")
        never = "-".join(map(str, pipeline.suppressions.state())) or "none"
        return jsonify(href=look.href(never=never, **{"unlisted": None, **options}))

    @server.put("/suppressions/<path:name>")
    def bring_list(name: str) -> Answer:
        request.max_content_length = limit = min(LIMIT, pipeline.settings.upload_limit)
        file = plain_name(name)
        try:
            with tempfile.TemporaryDirectory(dir=pipeline.store.aside) as folder:
                path = Path(folder) / file
                receive(path, file, limit)
                pipeline.bring_suppressions(path, person({}))
        except (ClienteleError, ClientDisconnected) as error:
            return problem(error)
        return shown(request.args.get("search", ""))

    @server.post("/suppressions/<int:id>/<any(remove, restore):way>")
    @telling
    def move_list(id: int, way: str) -> Answer:
        search = filled().get("search", "")
        if way == "restore":
            pipeline.suppressions.restore(id)
            return shown(search)
        return shown(search, unlisted=str(pipeline.suppressions.remove(id).id))
