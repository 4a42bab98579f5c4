"""What the Results page sends: a results file, the orders of a log, taking either back and putting it back."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from flask import Flask, jsonify, request
from werkzeug.exceptions import ClientDisconnected

from core.errors import ClienteleError, ExpiredError
from core.pipeline import Answers, Pipeline, View, WhichColumnError, campaign_days
from dashboard.answering import Answer, filled, person, telling
from dashboard.components.results import ROLES
from dashboard.routing import open_look
from dashboard.state import Look
from dashboard.tab import Tab
from dashboard.uploads import plain_name, problem, receive


def register(server: Flask, pipeline: Pipeline, tabs: Mapping[str, Tab]) -> None:
    """Add the routes; each gets the query of the page, and answers with ``href``, the page as it is afterwards."""

    def shown(search: str, id: str) -> str:
        look, _ = open_look(pipeline, tabs, "/results", search, "light")
        return Look("results", look.view).href(campaign=id, at=f"{id}.{pipeline.ledger.get(id).revision}")

    @server.put("/campaigns/<id>/results/<path:name>")
    def bring_results(id: str, name: str) -> Answer:
        file = plain_name(name)
        roles = tuple((role, request.args[f"is-{role}"]) for role in ROLES if request.args.get(f"is-{role}"))
        try:
            with tempfile.TemporaryDirectory(dir=pipeline.store.aside) as folder:
                path = Path(folder) / "results"
                receive(path, file, pipeline.settings.upload_limit)
                brought, new = pipeline.bring_results(id, path, file, Answers(roles=roles), person({}))
        except WhichColumnError as error:
            asked = [{"role": role, "label": ROLES[role]} for role in error.roles]
            return jsonify(asks={"message": error.message, "roles": asked, "headers": error.headers})
        except ExpiredError as error:
            return problem(error, 404)
        except (ClienteleError, ClientDisconnected) as error:
            return problem(error)
        if not new:
            was = "" if brought.name == file else f" as {brought.name}"
            return jsonify(said=f"{file} was brought on {brought.made[:10]}{was}; it counts once. Nothing was changed.")
        return jsonify(href=shown(request.args.get("search", ""), id))

    @server.post("/campaigns/<id>/results/log")
    @telling
    def take_orders(id: str) -> Answer:
        said = filled()
        days = campaign_days(said.get("start", ""), said.get("end", ""))
        view = View(said.get("dataset", ""))
        pipeline.dataset(view)
        pipeline.results_from_log(id, view, days, person(said))
        return jsonify(href=shown(said.get("search", ""), id))

    @server.post("/campaigns/<id>/results/<int:number>/<any(drop, restore):way>")
    @telling
    def mark_results(id: str, number: int, way: str) -> Answer:
        said, book = filled(), pipeline.outcome_book
        (book.drop if way == "drop" else book.restore)(id, number, person(said))
        return jsonify(href=shown(said.get("search", ""), id))
