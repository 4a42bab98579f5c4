"""Files come in as a plain PUT, block by block to disk; jobs tell how they stand as JSON."""

from __future__ import annotations

import errno
import logging
import re
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import ClientDisconnected, HTTPException, RequestEntityTooLarge

from core.errors import ClienteleError, ExpiredError, InputError, ParameterError
from core.jobs import Job, Jobs
from core.pipeline import Answers, Pipeline
from core.settings import MIB

log = logging.getLogger("clientele")
BLOCK = 1 * MIB
# An order log needs about its own size once more while it is read.
NEEDED = 2
SPARE = 64 * MIB


def register(server: Flask, pipeline: Pipeline, jobs: Jobs) -> None:
    """Add the routes of arrival: a file, how its job stands, stopping it, and the currency of what is stored."""

    @server.put("/upload/<path:name>")
    def upload(name: str) -> Response | tuple[Response, int]:
        try:
            currency = _currency(request.args.get("currency", pipeline.settings.currency))
            file = plain_name(name)
            with _arriving(pipeline.store.aside / uuid.uuid4().hex) as folder:
                _receive(folder / "upload", file, pipeline.settings.upload_limit)
                parameters = {
                    "path": str(folder / "upload"),
                    "file": file,
                    "answers": Answers(currency=currency).to_json(),
                }
                return jsonify(job=jobs.put("import", parameters, folder)), 202
        except (ClienteleError, ClientDisconnected) as error:
            return _problem(error)

    @server.get("/jobs/<number>")
    def job(number: str) -> Response | tuple[Response, int]:
        try:
            return jsonify(_job(jobs.get(number)))
        except ExpiredError as error:
            return _problem(error, 404)

    @server.post("/jobs/<number>/cancel")
    def cancel(number: str) -> Response | tuple[Response, int]:
        try:
            return jsonify(_job(jobs.cancel(number)))
        except ExpiredError as error:
            return _problem(error, 404)

    @server.post("/datasets/<fingerprint>/currency")
    def relabel(fingerprint: str) -> Response | tuple[Response, int]:
        try:
            currency = _currency(request.args.get("to", ""))
            return jsonify(currency=pipeline.store.relabel(fingerprint, currency=currency).currency)
        except ExpiredError as error:
            return _problem(error, 404)
        except ClienteleError as error:
            return _problem(error)


def plain_name(name: str) -> str:
    """What a file is called, without folders and without what no file name should hold.

    >>> plain_name("../../etc/pass\\x00wd.csv"), plain_name("C:\\\\shop\\\\orders (2).csv"), plain_name("..")
    ('passwd.csv', 'orders (2).csv', 'orders.csv')
    """
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(c for c in last if c.isprintable()).strip(" .")
    return shown[-120:] or "orders.csv"


@contextmanager
def _arriving(folder: Path) -> Iterator[Path]:
    """A folder for one file: it stays where the file arrived whole, and goes whatever else happens."""
    folder.mkdir(parents=True)
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _receive(target: Path, file: str, limit: int) -> None:
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


def _currency(text: str) -> str:
    if not re.fullmatch("[A-Za-z]{3}", text):
        raise ParameterError(f"{text[:40]!r} is not a currency code.", "Give three letters such as GBP.")
    return text.upper()


def _job(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "kind": job.kind,
        "state": job.state,
        "words": job.words,
        "share": round(job.share, 4),
        "result": job.result,
        "error": job.error,
    }


def _problem(error: ClienteleError | HTTPException, status: int = 422) -> tuple[Response, int]:
    if isinstance(error, ClienteleError):
        return jsonify(error={"title": error.title, "message": error.message, "hint": error.hint}), status
    said = {"title": "The connection broke off", "message": "The file did not arrive whole.", "hint": "Bring it again."}
    return jsonify(error=said), 400
