"""Who may ask, and what a page may load."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from dash import Dash
from flask import Response, abort, request

from core.settings import MIB, Settings

OPEN_PATHS = {"/healthz"}
REALM = {"WWW-Authenticate": 'Basic realm="Clientele", charset="UTF-8"'}


def protect(app: Dash, settings: Settings) -> None:
    """Add the guards: size of requests, password, origin, and the headers of every answer.

    Parameters
    ----------
    app : Dash
        With its layout and all clientside callbacks: the policy holds their hashes.
    """
    server = app.server
    server.config["MAX_CONTENT_LENGTH"] = 2 * MIB
    policy = content_policy(app)

    @server.before_request
    def guard() -> Response | None:
        if request.path.startswith("/upload/"):
            request.max_content_length = settings.upload_limit
        if request.path in OPEN_PATHS:
            return None
        if settings.loopback and not settings.password and not _local(request.host):
            abort(421, "This server answers to its own address only.")
        if settings.password and not _knows(settings.password):
            return Response("A password is needed.", 401, REALM)
        if request.method not in ("GET", "HEAD", "OPTIONS") and not _same_origin():
            abort(403, "Requests from other sites are refused.")
        return None

    @server.after_request
    def seal(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        if request.path.startswith("/assets/") and "m" in request.args:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def content_policy(app: Dash) -> str:
    """Nothing from elsewhere, no inline script that is not ours."""
    scripts = " ".join(["'self'", *(f"{h}" for h in app.csp_hashes())])
    return (
        f"default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; "
        f"script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; connect-src 'self'"
    )


def _knows(password: str) -> bool:
    given = request.authorization
    return bool(given and given.password and hmac.compare_digest(given.password.encode(), password.encode()))


def _same_origin() -> bool:
    """Browsers say where a request comes from; programs without a browser do not, and carry no cookies either."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def _local(host: str) -> bool:
    name = host.rsplit(":", 1)[0].strip("[]")
    return name in ("localhost", "127.0.0.1", "::1") or name.startswith("127.")
