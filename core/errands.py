"""What the worker does: bring a file in, and prepare the first pages so that they open at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from core.errors import CancelledError, ClienteleError, ExpiredError
from core.inbox import SEEN, TAKEN, Found
from core.jobs import Handler, Jobs, Progress
from core.pipeline import Answers, Dataset, Pipeline, Waiting
from core.pipeline.readiness import QUESTIONS
from core.view import View
from core.warehouse import engine

READING = 0.7
MOST_ASKED = 64
_asked: dict[str, str] = {}
_asking = threading.Lock()
# What the first pages ask for.
FIRST_PAGES = ("canonical", "overview", "seasonality", "countries", "products", "segmentation")
FIRST_PAGES_OF_PEOPLE = ("canonical", "people_overview", "segmentation")


def jobs(pipeline: Pipeline, *, immediate: bool = False) -> Jobs:
    """The queue of this installation, with all that its worker can do."""
    handlers: dict[str, Handler] = {
        "import": lambda parameters, tell: _attend(partial(bring, pipeline, parameters), tell),
        "join": lambda parameters, tell: _attend(partial(join, pipeline, parameters), tell),
        "answer": lambda parameters, tell: _attend(partial(answer, pipeline, parameters), tell),
        "warm": lambda parameters, tell: _attend(partial(warm, pipeline), tell),
    }
    return Jobs(pipeline.settings.home, handlers, url=pipeline.settings.cache_url, immediate=immediate)


def start(pipeline: Pipeline, queue: Jobs, waiting: Waiting) -> str:
    """Ask for the import of a waiting file; one that is already on its way is not asked for again."""
    with suppress(ExpiredError):
        if waiting.job and not queue.get(waiting.job).over:
            return waiting.job
    parameters = {
        "path": str(waiting.path),
        "file": waiting.file,
        "answers": waiting.answers.to_json(),
        "append_to": waiting.append_to,
        "arrival": waiting.id,
    }
    number = queue.put("import", parameters)
    # It may be over already.
    with suppress(ExpiredError):
        pipeline.arrivals.started(waiting.id, number)
    return number


def bring(pipeline: Pipeline, parameters: Mapping[str, Any], tell: Progress) -> str:
    """Store a file and prepare its first pages.

    Parameters
    ----------
    parameters : mapping
        ``path`` of the file here, ``file`` as it is called where it comes from, ``answers`` about it as JSON, and where
        it is so: ``append_to``, the dataset that it is added to, and ``arrival``, the waiting file that it is.

    Returns
    -------
    str
        The dataset's fingerprint. Where anything fails, or the job is cancelled, a new dataset is not kept, and a
        waiting file waits on with what was met.
    """
    arrival = parameters.get("arrival", "")
    try:
        dataset = _keep(pipeline, lambda told: _read(pipeline, parameters, told), tell)
    except CancelledError:
        raise
    except ClienteleError as error:
        with suppress(ExpiredError):
            pipeline.arrivals.failed(arrival, error)
        raise
    with suppress(ExpiredError):
        pipeline.arrived(arrival)
    return dataset.fingerprint


def join(pipeline: Pipeline, parameters: Mapping[str, Any], tell: Progress) -> str:
    """Put an order log and a customer table together: ``log`` and ``table`` are their fingerprints."""
    return _keep(pipeline, lambda told: pipeline.join(parameters["log"], parameters["table"]), tell).fingerprint


def visit_inbox(pipeline: Pipeline, queue: Jobs, before: Mapping[str, Found]) -> dict[str, Found]:
    """Bring in each file of the inbox that grows no longer and whose shape is known; the others wait for somebody.

    Parameters
    ----------
    before : mapping
        What the visit before returned: a file is looked at once it is the same twice.
    """
    now = {found.name: found for found in pipeline.inbox_files() if not found.state}
    for found in now.values():
        if before.get(found.name) != found:
            continue
        with suppress(ClienteleError):
            if pipeline.inbox_knows(found):
                waiting, _ = pipeline.bring_from_inbox(found.name)
                pipeline.inbox.note(found, TAKEN)
                start(pipeline, queue, waiting)
                continue
        pipeline.inbox.note(found, SEEN)
    return now


def warm(pipeline: Pipeline, tell: Progress) -> str:
    """Prepare the first pages of what the server opens on; the demo shop where nothing is stored yet."""
    pipeline.ensure_demo()
    # Looking at the trash empties it of what has been there too long.
    pipeline.trashed()
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
    of_orders = pipeline.dataset(View(fingerprint)).kind == "transactions"
    pipeline.answer(View(fingerprint), FIRST_PAGES if of_orders else FIRST_PAGES_OF_PEOPLE, tell)


def ask(pipeline: Pipeline, queue: Jobs, view: View, asks: Sequence[str]) -> str:
    """Let the worker answer questions about a view; one who asks the same meanwhile waits for the same job."""
    key = f"{view.whole()!r} {sorted(asks)}"
    with _asking:
        with suppress(ExpiredError):
            if key in _asked and not queue.get(_asked[key]).over:
                return _asked[key]
        while len(_asked) >= MOST_ASKED:
            _asked.pop(next(iter(_asked)))
        _asked[key] = queue.put("answer", {"view": view.to_json(), "asks": list(asks)})
        return _asked[key]


def answer(pipeline: Pipeline, parameters: Mapping[str, Any], tell: Progress) -> str:
    """Compute what a page waits for: ``asks`` about a ``view``; see :meth:`Pipeline.answer`."""
    view = View.from_json(parameters["view"])
    pipeline.answer(view, [each for each in parameters["asks"] if each in QUESTIONS], tell)
    return view.dataset


def _keep(pipeline: Pipeline, make: Callable[[Progress], Dataset], tell: Progress) -> Dataset:
    """Make a dataset and prepare its pages; where that fails, one that is new goes again."""
    before = {dataset.fingerprint for dataset in pipeline.datasets()}
    dataset = make(lambda words, share: tell(words, READING * share))
    try:
        prepare(pipeline, dataset.fingerprint, lambda words, share: tell(words, READING + (1 - READING) * share))
    except BaseException:
        if dataset.fingerprint not in before:
            pipeline.store.remove(dataset.fingerprint)
        raise
    return dataset


def _read(pipeline: Pipeline, parameters: Mapping[str, Any], tell: Progress) -> Dataset:
    path, file = Path(parameters["path"]), parameters["file"]
    answers = Answers.from_json(parameters["answers"])
    if parameters.get("append_to"):
        return pipeline.append(parameters["append_to"], path, file=file, answers=answers, progress=tell)
    return pipeline.receive(path, file=file, answers=answers, progress=tell)


def _attend(work: Callable[[Progress], str], tell: Progress) -> str:
    """Do work that tells how far it is, and stop it in the middle of a step too once it is no longer wanted."""
    last = ("Starting", 0.0)

    def told(words: str, share: float) -> None:
        nonlocal last
        last = (words, share)
        tell(words, share)

    return engine.attend(lambda: work(told), lambda: tell(*last))
