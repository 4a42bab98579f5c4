"""What buttons of the Campaign plans page do: plan, change, undo, copy, archive, delete and put back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from flask import Flask, Response, jsonify, request

from core.errors import ClienteleError
from core.pipeline import Pipeline
from dashboard.actions import Answer, telling
from dashboard.exports import blocks
from dashboard.routing import open_look
from dashboard.saving import person
from dashboard.state import Look
from dashboard.tab import Tab

FIELDS = ("name", "channel", "start", "end", "offer", "quiet_days", "statement")


def register(server: Flask, pipeline: Pipeline, tabs: Mapping[str, Tab]) -> None:
    """Add the routes; each gets the query of the page, and answers with ``href``, the page as it is afterwards."""

    def here(*, exact: bool = False) -> tuple[Look, dict[str, str]]:
        """The page that asks, and what was filled in; ``exact`` where its filters are what will be kept."""
        given = request.get_json(silent=True)
        said = {str(name): str(value) for name, value in given.items()} if isinstance(given, dict) else {}
        look, problems = open_look(pipeline, tabs, "/plans", said.pop("search", ""), "light")
        if exact and problems:
            raise problems[0]
        return look, said

    def shown(look: Look, id: str, revision: int, **options: str) -> Answer:
        return jsonify(href=look.href(at=f"{id}.{revision}", **{"gone": None, **options}))

    @server.post("/campaigns")
    @telling
    def plan_campaign() -> Answer:
        look, said = here(exact=True)
        brief = pipeline.brief_of(look.view, _filled(said))
        made = pipeline.plan_campaign(look.view, brief, person(said))
        return shown(look, made.id, made.revision)

    @server.post("/campaigns/<id>/brief")
    @telling
    def change_campaign(id: str) -> Answer:
        look, said = here()
        before = pipeline.ledger.get(id)
        kept = {**dict(before.brief.wishes), "who": before.brief.who.text}
        brief = pipeline.brief_of(before.view, {**kept, **_filled(said)})
        return shown(look, id, pipeline.change_campaign(id, before.view, brief, person(said)).revision)

    ways: dict[str, Callable[..., object]] = {
        "undo": lambda id, who: pipeline.ledger.undo(id),
        "copy": pipeline.ledger.copy,
        "archive": pipeline.ledger.archive,
        "unarchive": pipeline.ledger.unarchive,
        "delete": pipeline.ledger.delete,
        "restore": pipeline.ledger.restore,
    }

    @server.post(f"/campaigns/<id>/<any({', '.join(ways)}):way>")
    @telling
    def move_campaign(id: str, way: str) -> Answer:
        look, said = here()
        made: object = ways[way](id, person(said))
        gone = {"gone": id} if way == "delete" else {}
        return shown(look, id, getattr(made, "revision", 0), **gone)

    @server.post("/campaigns/<id>/files")
    def take_files(id: str) -> Response:
        said = request.form.to_dict()
        try:
            campaign = pipeline.ledger.get(id)
            body = _packed(pipeline, id, said)
        except ClienteleError as error:
            text = f"{error.message} {error.hint} Nothing was exported. Go back to the page."
            return Response(text, 422, mimetype="text/plain")
        response = Response(body, mimetype="application/zip")
        response.headers.set("Content-Disposition", "attachment", filename=f"{campaign.name}.zip")
        return response

    @server.post("/campaigns/<id>/purge")
    @telling
    def purge_campaign(id: str) -> Answer:
        look, _ = here()
        pipeline.ledger.purge(id)
        return shown(look, id, 0)


def _packed(pipeline: Pipeline, id: str, said: Mapping[str, str]) -> Iterator[bytes]:
    # The folder goes before the first byte is sent, the bytes with the handle: nothing stays if the reader hangs up.
    with tempfile.TemporaryDirectory(dir=pipeline.settings.home) as folder:
        path = Path(folder) / "files.zip"
        pipeline.pack_campaign(
            id, said.get("destination", ""), path, statement=said.get("statement", ""), who=person(said)
        )
        file = path.open("rb")
    return blocks(file)


def _filled(said: Mapping[str, str]) -> dict[str, str]:
    return {name: said[name] for name in FIELDS if said.get(name, "").strip()}
