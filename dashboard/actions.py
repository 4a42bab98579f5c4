"""What buttons of the Data page do: answers about a waiting file, bringing it in, and the datasets as a whole."""

from __future__ import annotations

from flask import Flask, jsonify, request

from core.errands import start
from core.errors import ParameterError
from core.jobs import Jobs
from core.pipeline import DEMO_FILES, Pipeline
from dashboard.answering import Answer, filled, telling
from dashboard.uploads import arrival_href, arrived, currency_code


def register(server: Flask, pipeline: Pipeline, jobs: Jobs) -> None:
    """Add the routes; each answers with ``href``, where to go, or ``job``, what to follow."""

    @server.post("/arrivals/<id>/answers")
    @telling
    def answer(id: str) -> Answer:
        said = request.get_json(silent=True) or {}
        slug, value = said.get("slug"), said.get("value")
        if not (isinstance(slug, str) and isinstance(value, str)):
            raise ParameterError("An answer needs a slug and a value.", "Choose from what the page offers.")
        return jsonify(href=arrival_href(pipeline.answer_arrival(id, slug, value)))

    @server.post("/arrivals/<id>/go")
    @telling
    def go(id: str) -> Answer:
        checked, _ = pipeline.check_arrival(id)
        if checked.questions:
            question = checked.questions[0]
            raise ParameterError(f"One question is open: {question.words}", question.why)
        return jsonify(job=start(pipeline, jobs, checked.waiting)), 202

    @server.post("/arrivals/<id>/discard")
    @telling
    def discard(id: str) -> Answer:
        waiting = pipeline.arrivals.get(id)
        if waiting.job:
            jobs.cancel(waiting.job)
        pipeline.arrivals.discard(id)
        return jsonify(href="/data")

    @server.post("/inbox/<name>/bring")
    @telling
    def bring(name: str) -> Answer:
        waiting, understood = pipeline.bring_from_inbox(name)
        return arrived(pipeline, jobs, waiting, straight=understood.remembered and not understood.questions)

    @server.post("/datasets/<fingerprint>/currency")
    @telling
    def relabel(fingerprint: str) -> Answer:
        currency = currency_code(request.args.get("to", ""))
        return jsonify(currency=pipeline.store.relabel(fingerprint, currency=currency).currency)

    @server.post("/datasets/<fingerprint>/rename")
    @telling
    def rename(fingerprint: str) -> Answer:
        return jsonify(name=pipeline.rename(fingerprint, filled().get("value", "")).name)

    @server.post("/datasets/<fingerprint>/delete")
    @telling
    def delete(fingerprint: str) -> Answer:
        only = [dataset.file for dataset in pipeline.datasets()]
        if len(only) == 1 and only[0] in {path.name for path, _ in DEMO_FILES.values()}:
            raise ParameterError("This is the only dataset here.", "Bring a file of your own first, then delete this.")
        pipeline.delete(fingerprint)
        pipeline.ensure_demo()
        return jsonify(href=f"/data?gone={fingerprint}")

    @server.post("/datasets/<fingerprint>/restore")
    @telling
    def restore(fingerprint: str) -> Answer:
        return jsonify(href=f"/data?data={pipeline.restore(fingerprint).fingerprint}")

    @server.post("/datasets/<fingerprint>/purge")
    @telling
    def purge(fingerprint: str) -> Answer:
        pipeline.purge(fingerprint)
        return jsonify(href="/data")

    @server.post("/datasets/<log>/join/<table>")
    @telling
    def join(log: str, table: str) -> Answer:
        pipeline.matched(log, table)
        return jsonify(job=jobs.put("join", {"log": log, "table": table})), 202
