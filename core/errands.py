"""What the worker does: bring a file in, and prepare the first pages so that they open at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Any

from core.errors import NotEnoughDataError
from core.jobs import Handler, Jobs, Progress
from core.pipeline import Answers, Pipeline
from core.view import View
from core.warehouse import engine

READING = 0.7
# What a page asks the pipeline for, and what the one who waits reads meanwhile.
FIRST_PAGES = (
    ("tables", "Cleaning the lines"),
    ("overview", "Adding up orders and customers"),
    ("seasonality", "Looking at the seasons"),
    ("countries", "Looking at the countries"),
    ("products", "Looking at the products"),
    ("segmentation", "Finding the segments"),
)


def jobs(pipeline: Pipeline, *, immediate: bool = False) -> Jobs:
    """The queue of this installation, with all that its worker can do."""
    handlers: dict[str, Handler] = {
        "import": lambda parameters, tell: _attend(partial(bring, pipeline, parameters), tell),
        "warm": lambda parameters, tell: _attend(partial(warm, pipeline), tell),
    }
    return Jobs(pipeline.settings.home, handlers, url=pipeline.settings.cache_url, immediate=immediate)


def bring(pipeline: Pipeline, parameters: Mapping[str, Any], tell: Progress) -> str:
    """Store a file and prepare its first pages.

    Parameters
    ----------
    parameters : mapping
        ``path`` of the file here, ``file`` as it is called where it comes from, and ``answers`` about it as JSON.

    Returns
    -------
    str
        The dataset's fingerprint. Where anything fails, or the job is cancelled, a new dataset is not kept.
    """
    before = {dataset.fingerprint for dataset in pipeline.datasets()}
    dataset = pipeline.receive(
        Path(parameters["path"]),
        file=parameters["file"],
        answers=Answers.from_json(parameters["answers"]),
        progress=lambda words, share: tell(words, READING * share),
    )
    try:
        prepare(pipeline, dataset.fingerprint, lambda words, share: tell(words, READING + (1 - READING) * share))
    except BaseException:
        if dataset.fingerprint not in before:
            pipeline.store.remove(dataset.fingerprint)
        raise
    return dataset.fingerprint


def warm(pipeline: Pipeline, tell: Progress) -> str:
    """Prepare the first pages of what the server opens on; the demo shop where nothing is stored yet."""
    pipeline.ensure_demo()
    datasets = pipeline.datasets()
    if datasets:
        prepare(pipeline, datasets[0].fingerprint, tell)
    return datasets[0].fingerprint if datasets else ""


def prepare(pipeline: Pipeline, fingerprint: str, tell: Progress) -> None:
    """Compute what the first pages show.

    Raises
    ------
    NotEnoughDataError
        If no line is left after cleaning. Too little data for a single page is that page's news.
    """
    for number, (name, words) in enumerate(FIRST_PAGES):
        tell(words, number / len(FIRST_PAGES))
        with suppress(NotEnoughDataError) if number else nullcontext():
            getattr(pipeline, name)(View(fingerprint))
    tell("Ready", 1.0)


def _attend(work: Callable[[Progress], str], tell: Progress) -> str:
    """Do work that tells how far it is, and stop it in the middle of a step too once it is no longer wanted."""
    last = ("Starting", 0.0)

    def told(words: str, share: float) -> None:
        nonlocal last
        last = (words, share)
        tell(words, share)

    return engine.attend(lambda: work(told), lambda: tell(*last))
