"""What buttons of the Playbook page do: check and save the own playbook, undo, switch a shipped strategy off or on."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from flask import Flask, jsonify, request

from core.errors import ParameterError
from core.pipeline import Pipeline
from dashboard.answering import Answer, filled, telling
from dashboard.routing import open_look
from dashboard.state import Look
from dashboard.tab import Tab

LARGEST = 256 * 1024


def register(server: Flask, pipeline: Pipeline, tabs: Mapping[str, Tab]) -> None:
    """Add the routes; each gets the query of the page, and answers with ``href``, the page as it is afterwards."""

    def here() -> tuple[Look, str, dict[str, str]]:
        """The page that asks, the kind of its dataset, and what was filled in."""
        if (request.content_length or 0) > LARGEST:
            raise ParameterError("That is too long for a playbook.", "A playbook is a page or two: shorten it.")
        said = filled()
        look, _ = open_look(pipeline, tabs, "/playbook", said.pop("search", ""), "light")
        plain = Look("playbook", dataclasses.replace(look.view, options=()))
        return plain, pipeline.kind(plain.view), said

    def shown(look: Look, kind: str) -> Answer:
        return jsonify(href=look.href(at=pipeline.binder.seen(kind)))

    @server.post("/playbook/check")
    @telling
    def check_playbook() -> Answer:
        look, kind, said = here()
        return jsonify(href=look.href(draft=pipeline.binder.draft(kind, said.get("text", ""))))

    @server.post("/playbook/save")
    @telling
    def save_playbook() -> Answer:
        look, kind, said = here()
        pipeline.binder.save(kind, said.get("text", ""), said.get("seen"))
        return shown(look, kind)

    @server.post("/playbook/undo")
    @telling
    def undo_playbook() -> Answer:
        look, kind, _ = here()
        pipeline.binder.undo(kind)
        return shown(look, kind)

    @server.post("/playbook/strategies/<slug>/<any(off, on):way>")
    @telling
    def switch_strategy(slug: str, way: str) -> Answer:
        look, kind, _ = here()
        pipeline.binder.switch(kind, slug, on=way == "on")
        return shown(look, kind)
