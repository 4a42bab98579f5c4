"""What buttons of the Saved page do: save, rename, note, undo, keep a refit, delete and put back."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from flask import Flask, jsonify, request

from core.errors import ParameterError
from core.pipeline import Pipeline
from dashboard.answering import Answer, filled, person, telling
from dashboard.routing import open_look
from dashboard.state import Look
from dashboard.tab import Tab


def register(server: Flask, pipeline: Pipeline, tabs: Mapping[str, Tab]) -> None:
    """Add the routes; each gets the query of the page, and answers with ``href``, the page as it is afterwards."""

    def here(*, exact: bool = False) -> tuple[Look, dict[str, str]]:
        """The page that asks, and what was filled in; ``exact`` where what is shown is what will be kept."""
        said = filled()
        look, problems = open_look(pipeline, tabs, "/saved", said.pop("search", ""), "light")
        if exact and problems:
            raise problems[0]
        return Look("saved", dataclasses.replace(look.view, options=())), said

    def shown(look: Look, id: str, revision: int, **options: str) -> Answer:
        return jsonify(href=look.href(at=f"{id}.{revision}", **options))

    @server.post("/saved")
    @telling
    def save_segmentation() -> Answer:
        look, said = here(exact=True)
        made = pipeline.keep(look.view, said.get("name", ""), person(said), said.get("note", ""))
        return shown(Look("saved", made.view), made.id, made.revision)

    @server.post("/saved/<id>/name")
    @telling
    def rename_saved(id: str) -> Answer:
        look, said = here()
        return shown(look, id, pipeline.rename_kept(id, said.get("value", ""), person(said)).revision)

    @server.post("/saved/<id>/note")
    @telling
    def note_saved(id: str) -> Answer:
        look, said = here()
        return shown(look, id, pipeline.note_kept(id, said.get("value", ""), person(said)).revision)

    @server.post("/saved/<id>/segments/<int:segment>/name")
    @telling
    def rename_saved_segment(id: str, segment: int) -> Answer:
        look, said = here()
        made = pipeline.rename_segment(id, segment, said.get("value", ""), person(said))
        return shown(look, id, made.revision)

    @server.post("/saved/<id>/refit")
    @telling
    def refit_saved(id: str) -> Answer:
        look, said = here(exact=True)
        if look.view.saved != id:
            raise ParameterError("This page shows no refit of what was saved.", "Open it from the Saved page again.")
        made = pipeline.refit_kept(id, look.view, person(said))
        return shown(Look("saved", made.view), id, made.revision)

    @server.post("/saved/<id>/undo")
    @telling
    def undo_saved(id: str) -> Answer:
        look, _ = here()
        return shown(look, id, pipeline.undo_kept(id).revision)

    @server.post("/saved/<id>/delete")
    @telling
    def delete_saved(id: str) -> Answer:
        look, said = here()
        revision = pipeline.delete_kept(id, person(said)).revision
        gone = f"{id}.held" if look.view.saved == id else id
        return shown(_without(look, id), id, revision, gone=gone)

    @server.post("/saved/<id>/restore")
    @telling
    def restore_saved(id: str) -> Answer:
        look, said = here()
        revision = pipeline.restore_kept(id, person(said)).revision
        # Undo of what was just deleted: it holds the page again where it did.
        held = Look("saved", look.view.but(saved=id)) if "held" in request.args else look
        return shown(held, id, revision)

    @server.post("/saved/<id>/purge")
    @telling
    def purge_saved(id: str) -> Answer:
        look, _ = here()
        pipeline.purge_kept(id)
        return shown(_without(look, id), id, 0)


def _without(look: Look, id: str) -> Look:
    return Look("saved", look.view.but(saved="")) if look.view.saved == id else look
