"""``/api/v1/predict``: which segment customers would be in, for other programs. See docs/api.md."""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from core import errands
from core.errors import ClienteleError, ExpiredError, ParameterError
from core.jobs import Jobs
from core.pipeline import Pipeline, View
from core.settings import MIB
from dashboard.api_words import described, portrayed, predicted
from dashboard.routing import open_look
from dashboard.state import query
from dashboard.tab import Tab

log = logging.getLogger("clientele")
MOST = 10_000
MOST_BYTES = 2 * MIB
MOST_PROBLEMS = 100
ASKS = ("profiles",)
Answer = tuple[dict[str, Any], int]


class NotReadyError(ClienteleError):
    """The segments of a large dataset are being computed by a job."""

    title = "Not ready yet"


class RequestError(ClienteleError):
    """The body is not what is asked for."""

    title = "This request cannot be read"

    def __init__(self, status: int, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.status = status


def register(server: Flask, pipeline: Pipeline, tabs: Mapping[str, Tab], jobs: Jobs) -> None:
    """Add the routes. ``GET`` describes the fields, ``POST`` places customers."""

    def view_of(data: Any, wanted: Any, saved: Any = None) -> View:
        search = _search(data, wanted, saved)
        if saved:
            kept = pipeline.saved_view(saved)
            search = _search(data, wanted, kept.saved) if data or wanted else query(kept)
        look, problems = open_look(pipeline, tabs, "/predict", search, "light")
        if problems:
            # Nothing is shown here instead: the request is refused.
            problems[0].hint = problems[0].hint.removesuffix(" The default is shown instead.")
            raise problems[0]
        if pipeline.lacks(look.view, ASKS):
            errands.ask(pipeline, jobs, look.view, pipeline.lacks(look.view, ASKS))
            raise NotReadyError("The segments of this view are being computed.", "Ask again in some seconds.")
        return look.view.whole()

    @server.get("/api/v1/")
    @server.get("/api/v1/predict")
    @_in_json
    def describe() -> Answer:
        asked = request.args.to_dict(flat=False)
        data = asked.pop("data", [""])[0]
        view = view_of(data, asked)
        limits = {"customers": MOST, "bytes": MOST_BYTES}
        return described(pipeline, view, query(view), limits, request.host_url), 200

    @server.post("/api/v1/predict")
    @_in_json
    def predict() -> Answer:
        body = _body()
        customers = _customers(body)
        view = view_of(body.get("data"), body.get("view"), body.get("saved"))
        found = pipeline.predict(view, customers)
        if found.problems:
            return _problems(found.problems, customers), 422
        dataset = pipeline.dataset(view)
        about = {"fingerprint": dataset.fingerprint, "name": dataset.name, "currency": dataset.currency}
        segments = portrayed(pipeline, view)
        said = {"dataset": about, "view": query(view), "placed_by": pipeline.placed_by(view)}
        return {**said, "segments": segments, "predictions": predicted(found)}, 200

    # Dash answers to every other path with the page.
    @server.route("/api/<path:rest>", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    def unknown(rest: str) -> Response:
        if rest in ("v1/", "v1/predict"):
            raise MethodNotAllowed(["GET", "POST"])
        return _response(_error("Not found", f"There is no /api/{rest[:80]}.", "See GET /api/v1/predict."), 404)

    @server.errorhandler(HTTPException)
    def refuse(error: HTTPException) -> Any:
        """What the server itself refuses is told in JSON here, and elsewhere as ever."""
        if not request.path.startswith("/api/"):
            return error
        said = _error(error.name, (error.description or "").split("\n")[0], "See GET /api/v1/predict.")
        return _response(said, error.code or 500, dict(error.get_headers()))


def _in_json(answer: Callable[[], Answer]) -> Callable[[], Response]:
    """Every answer is JSON, and so is every error: one that is ours has a reference number and no more."""

    @wraps(answer)
    def told() -> Response:
        try:
            body, status = answer()
        except RequestError as error:
            body, status = _error(error.title, error.message, error.hint), error.status
        except NotReadyError as error:
            return _response(_error(error.title, error.message, error.hint), 503, {"Retry-After": "5"})
        except ClienteleError as error:
            body, status = _error(error.title, error.message, error.hint), 404 if _gone(error) else 422
        except HTTPException:
            raise
        except Exception as error:
            reference = uuid.uuid4().hex[:8]
            log.exception("reference %s", reference, exc_info=error)
            hint = "Send this number to whoever runs Clientele."
            body, status = _error("Something went wrong on our side", f"Reference {reference}.", hint), 500
        return _response(body, status)

    return told


def _gone(error: ClienteleError) -> bool:
    return isinstance(error, ExpiredError)


def _body() -> dict[str, Any]:
    if request.mimetype != "application/json":
        raise RequestError(
            415, f"The body is {request.mimetype or 'of no type'}.", "Send Content-Type: application/json."
        )
    if (request.content_length or 0) > MOST_BYTES:
        raise RequestError(413, f"The body has more than {MOST_BYTES:,} bytes.", "Send fewer customers at a time.")
    try:
        body = json.loads(request.get_data())
        # Half of a surrogate pair is a character that nothing can be answered with.
        json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise RequestError(400, "The body holds half of a character.", "Send text in UTF-8.") from None
    except (ValueError, RecursionError) as error:
        raise RequestError(400, f"The body is no JSON: {str(error)[:120]}.", "See GET /api/v1/predict.") from None
    if not isinstance(body, dict):
        raise RequestError(400, "The body is no object.", 'Send {"customers": [{…}]}.')
    if unknown := sorted(set(body) - {"data", "view", "saved", "customers"}):
        raise RequestError(
            422, f"There is no key “{unknown[0][:60]}”.", "The keys are data, view, saved and customers."
        )
    return body


def _customers(body: dict[str, Any]) -> list[dict[str, Any]]:
    customers = body.get("customers")
    if not isinstance(customers, list) or not customers or not all(isinstance(each, dict) for each in customers):
        raise RequestError(422, "customers is no list of objects.", 'Send {"customers": [{…}]} with at least one.')
    if len(customers) > MOST:
        raise RequestError(413, f"{len(customers):,} customers at once.", f"Send at most {MOST:,} at a time.")
    return customers


def _search(data: Any, wanted: Any, saved: Any) -> str:
    """The search part of the link that the request describes."""
    if not all(each is None or isinstance(each, str) for each in (data, saved)):
        raise RequestError(
            422, "data and saved are no text.", "Give a fingerprint, and the id of a saved segmentation."
        )
    pairs = [(name, text) for name, text in (("data", data), ("saved", saved)) if text]
    if isinstance(wanted, str):
        return f"{wanted.lstrip('?')}&{urlencode(pairs)}".strip("&")
    if wanted is not None and not isinstance(wanted, dict):
        raise RequestError(422, "view is neither text nor an object.", 'Give it as in a link: "k=4&method=kmeans".')
    for name, value in (wanted or {}).items():
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(each, (str, int, float)) for each in values):
            raise RequestError(
                422, f"view: {name[:60]} is no text, number or list of them.", "See GET /api/v1/predict."
            )
        pairs += [(str(name), str(each)) for each in values]
    return urlencode(pairs)


def _problems(problems: Mapping[int, Mapping[str, ParameterError]], customers: list[dict[str, Any]]) -> dict[str, Any]:
    """Every value that cannot be understood, the first hundred; nobody is placed then."""
    told = [
        {"customer": row, "field": slug, "message": error.message, "hint": error.hint}
        for row, mine in sorted(problems.items())
        for slug, error in mine.items()
    ]
    few = f"{len(problems):,} of {len(customers):,} customers cannot be understood. {told[0]['message']}"
    said = _error("These values do not fit", few, str(told[0]["hint"]))
    return {**said, "problems": told[:MOST_PROBLEMS], "more": max(len(told) - MOST_PROBLEMS, 0)}


def _error(title: str, message: str, hint: str) -> dict[str, Any]:
    return {"error": {"title": title, "message": message, "hint": hint}}


def _response(body: dict[str, Any], status: int, headers: dict[str, str] | None = None) -> Response:
    text = json.dumps(body, ensure_ascii=False, allow_nan=False, indent=None)
    kept = {
        name: value for name, value in (headers or {}).items() if name.lower() not in ("content-type", "content-length")
    }
    return Response(text, status, {**kept, "Cache-Control": "no-store"}, mimetype="application/json")
