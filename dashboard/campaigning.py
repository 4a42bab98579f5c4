"""What buttons of the Planner and the Campaign plans do: keep, change, undo, copy, archive, delete and put back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, jsonify

from core.pipeline import Pipeline
from dashboard.answering import Answer, filled, person, telling
from dashboard.routing import open_look
from dashboard.state import Look
from dashboard.tab import Tab


def register(server: Flask, pipeline: Pipeline, tabs: Mapping[str, Tab]) -> None:
    """Add the routes; each gets the query of the page, and answers with ``href``, the page as it is afterwards."""

    def here(page: str = "/plans") -> tuple[Look, dict[str, str]]:
        """The page that asks, and what was filled in; what the planner shows will be kept, so all of it must fit."""
        said = filled()
        look, problems = open_look(pipeline, tabs, page, said.pop("search", ""), "light")
        if page == "/planner" and problems:
            raise problems[0]
        return look, said

    def shown(look: Look, id: str, revision: int, **options: str) -> Answer:
        return jsonify(href=look.href("plans", at=f"{id}.{revision}", **{"gone": None, **options}))

    @server.post("/campaigns")
    @telling
    def plan_campaign() -> Answer:
        look, said = here("/planner")
        made = pipeline.plan_campaign(look.view, pipeline.brief_of(look.view), person(said))
        return shown(look, made.id, made.revision)

    @server.post("/campaigns/<id>/brief")
    @telling
    def change_campaign(id: str) -> Answer:
        look, said = here("/planner")
        made = pipeline.change_campaign(id, look.view, pipeline.brief_of(look.view), person(said))
        return shown(look, id, made.revision)

    ways: dict[str, Callable[..., Any]] = {
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
        made = ways[way](id, person(said))
        gone = {"gone": id} if way == "delete" else {}
        # Of a copy the new campaign: the page is drawn anew only where its link is another.
        return shown(look, made.id, made.revision, **gone)

    @server.post("/campaigns/<id>/purge")
    @telling
    def purge_campaign(id: str) -> Answer:
        look, _ = here()
        pipeline.ledger.purge(id)
        return shown(look, id, 0)
