"""Files come in as a plain PUT, block by block to disk; jobs tell how they stand as JSON."""

from __future__ import annotations

import errno
import logging
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import ClientDisconnected, HTTPException, RequestEntityTooLarge

from core.errands import start
from core.errors import ClienteleError, ExpiredError, InputError, ParameterError
from core.jobs import Job, Jobs
from core.pipeline import Answers, Pipeline, Waiting
from core.settings import MIB

log = logging.getLogger("clientele")
BLOCK = 1 * MIB
# An order log needs about its own size once more while it is read.
NEEDED = 2
SPARE = 64 * MIB


def register(server: Flask, pipeline: Pipeline, jobs: Jobs) -> None:
    """Add the routes of arrival: a file, how its job stands, stopping it."""

    @server.put("/upload/<path:name>")
    def upload(name: str) -> Response | tuple[Response, int]:
        try:
            asked = request.args.get("currency", "")
            answers = Answers(currency=currency_code(asked)) if asked else Answers()
            file = plain_name(name)
            with pipeline.arrivals.place() as folder:
                receive(folder / "upload", file, pipeline.settings.upload_limit)
                waiting, understood = pipeline.arrivals.add(
                    folder, folder / "upload", file, answers=answers, append_to=request.args.get("append_to", "")
                )
            return arrived(pipeline, jobs, waiting, straight=understood.remembered and not understood.questions)
        except (ClienteleError, ClientDisconnected) as error:
            return problem(error)

    @server.get("/jobs/<number>")
    def job(number: str) -> Response | tuple[Response, int]:
        try:
            return jsonify(_job(pipeline, jobs.get(number)))
        except ExpiredError as error:
            return problem(error, 404)

    @server.post("/jobs/<number>/cancel")
    def cancel(number: str) -> Response | tuple[Response, int]:
        try:
            return jsonify(_job(pipeline, jobs.cancel(number)))
        except ExpiredError as error:
            return problem(error, 404)


def arrived(pipeline: Pipeline, jobs: Jobs, waiting: Waiting, *, straight: bool) -> tuple[Response, int]:
    """Where an arrived file goes: straight in, or to be checked first."""
    job = start(pipeline, jobs, waiting) if straight else ""
    return jsonify(arrival=waiting.id, job=job, href=arrival_href(waiting)), 202


def arrival_href(waiting: Waiting) -> str:
    """The page on which a waiting file is checked, as it stands now."""
    return f"/data?{urlencode({'arrival': waiting.id, 'v': waiting.version})}"


def plain_name(name: str) -> str:
    """What a file is called, without folders and without what no file name should hold.

    >>> plain_name("../../etc/pass\\x00wd.csv"), plain_name("C:\\\\shop\\\\orders (2).csv"), plain_name("..")
    ('passwd.csv', 'orders (2).csv', 'orders.csv')
    """
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(c for c in last if c.isprintable()).strip(" .")
    return shown[-120:] or "orders.csv"


def receive(target: Path, file: str, limit: int) -> None:
    """The body of a request on disk, block by block."""
    length = request.content_length
    free = shutil.disk_usage(target.parent).free
    if length is not None and length > limit:
        raise _too_large(file, limit)
    if (length or 0) * NEEDED + SPARE > free:
        raise InputError(
            f"{file} has {(length or 0) / 1e6:,.0f} MB, and the disk of CLIENTELE_HOME has {free / 1e6:,.0f} MB left.",
            "Free some space, or set CLIENTELE_HOME to another disk.",
        )
    try:
        size = 0
        with target.open("wb") as out:
            while block := request.stream.read(BLOCK):
                size += len(block)
                if size > limit:
                    raise _too_large(file, limit)
                out.write(block)
    except RequestEntityTooLarge:
        raise _too_large(file, limit) from None
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise ClientDisconnected() from error
        raise InputError(
            f"The disk of CLIENTELE_HOME is full: {file} was not stored.",
            "Free some space, or set CLIENTELE_HOME to another disk.",
        ) from error
    if length is not None and size < length:
        raise ClientDisconnected()
    if not size:
        raise InputError(f"{file} is empty.", "Export it again and check that it holds orders.")


def _too_large(file: str, limit: int) -> InputError:
    return InputError(
        f"{file} is larger than the {limit // MIB:,} MiB that are taken here.",
        "Pack it with gzip, bring a shorter period, or raise CLIENTELE_UPLOAD_MIB.",
    )


def currency_code(text: str) -> str:
    """Three letters.

    Raises
    ------
    ParameterError
        If they are something else.
    """
    if not re.fullmatch("[A-Za-z]{3}", text):
        raise ParameterError(f"{text[:40]!r} is not a currency code.", "Give three letters such as GBP.")
    return text.upper()


def problem(error: ClienteleError | HTTPException, status: int = 422) -> tuple[Response, int]:
    """An error as the page's scripts read it."""
    if isinstance(error, ClienteleError):
        return jsonify(error={"title": error.title, "message": error.message, "hint": error.hint}), status
    said = {"title": "The connection broke off", "message": "The file did not arrive whole.", "hint": "Bring it again."}
    return jsonify(error=said), 400


def _job(pipeline: Pipeline, job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "kind": job.kind,
        "state": job.state,
        "words": job.words,
        "share": round(job.share, 4),
        "result": job.result,
        "error": job.error,
        "href": _afterwards(pipeline, job),
    }


def _afterwards(pipeline: Pipeline, job: Job) -> str:
    """The page that shows what came of a job that is over: the dataset, or the file that still waits."""
    if job.state == "done":
        return f"/data?data={job.result}"
    if not job.over:
        return ""
    return next((arrival_href(waiting) for waiting in pipeline.arrivals.all() if waiting.job == job.id), "")
