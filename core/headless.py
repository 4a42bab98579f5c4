"""The whole analysis without a page: a file in, a folder of results out."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

from core.errors import InputError
from core.pipeline import Answers, Campaigns, Importance, Pipeline, Profiles, Sweep, View, spreadsheet_csv
from core.reports import people_summary, people_tables, recommendations, summary, tables

STEPS = 7
Results = tuple[dict[str, pd.DataFrame], dict[str, Any], Campaigns]


def analyse(
    pipeline: Pipeline,
    file: Path,
    view: View,
    out: Path,
    *,
    answers: Answers | None = None,
    table: Path | None = None,
    quiet: bool = False,
) -> dict[str, Any]:
    """Run the pipeline and write its results.

    Parameters
    ----------
    pipeline : Pipeline
    file : path
        An order log, a customer table or a survey.
    view : View
        Rules, as-of date, features, k, preparation and seed; its dataset is filled in here.
    out : path
        Made if missing. Gets summary.json, segments.csv, selection.csv, importance.csv and recommendations.md; for an
        order log also months.csv, countries.csv and products.csv, else columns.csv and portraits.csv.
    answers : Answers, optional
        What the file does not say.
    table : path, optional
        A customer table that an order log is joined with.
    quiet : bool
        Without the progress bar.

    Returns
    -------
    dict
        What summary.json holds.

    Raises
    ------
    InputError, NotEnoughDataError, ParameterError
        With a message that names the file, column or setting.
    """
    if out.exists() and not out.is_dir():
        raise InputError(f"{out} is a file.", "Give --out a folder.")
    clock = Clock(quiet)
    with clock.step("intake", f"Reading {file.name}"):
        dataset = pipeline.receive(file, answers=answers)
        if table is not None:
            dataset = pipeline.join(dataset.fingerprint, pipeline.receive(table).fingerprint)
        view = view.but(dataset=dataset.fingerprint)
        pipeline.check_rules(view)
        pipeline.check_saved(view)
    results = _log if dataset.kind == "transactions" else _people
    frames, said, advice = results(pipeline, view, clock)
    with clock.step("writing", f"Writing to {out}"):
        out.mkdir(parents=True, exist_ok=True)
        for name, frame in frames.items():
            (out / f"{name}.csv").write_bytes(spreadsheet_csv(frame, mark=False))
        (out / "recommendations.md").write_text(recommendations(dataset, advice), encoding="utf-8")
    said["seconds"] = clock.total()
    (out / "summary.json").write_text(json.dumps(said, indent=1, ensure_ascii=False, allow_nan=False), encoding="utf-8")
    return said


def _log(pipeline: Pipeline, view: View, clock: Clock) -> Results:
    """An order log's tables, summary and advice."""
    with clock.step("cleaning", "Cleaning"):
        meta = pipeline.tables(view).meta
    # Sales are counted beside the segments: one waits for DuckDB while the other computes.
    with ThreadPoolExecutor(1) as beside:
        counted = beside.submit(_sales, pipeline, view)
        view, sweep, profiles, importance = _segments(pipeline, view, clock)
        with clock.step("sales", "Seasons, countries, products"):
            sales = counted.result()
    with clock.step("advice", "Choosing strategies"):
        advice = pipeline.campaigns(view)
    dataset, frames = pipeline.dataset(view), tables(sales, sweep, importance)
    said = summary(dataset, meta, sales[0].figures, frames, sweep, view.k, profiles, importance, advice)
    return {**frames, "segments": pipeline.customer_table(view)}, said, advice


def _people(pipeline: Pipeline, view: View, clock: Clock) -> Results:
    """The same of a customer table or a survey."""
    with clock.step("cleaning", "Cleaning"):
        meta = pipeline.people(view).meta
    with clock.step("columns", "Describing the columns"):
        columns = pipeline.people_overview(view)
    view, sweep, profiles, importance = _segments(pipeline, view, clock)
    with clock.step("advice", "Choosing strategies"):
        advice, portraits = pipeline.campaigns(view), pipeline.portraits(view)
    used = [feature.slug for feature in pipeline.features(view)]
    frames = people_tables(columns, sweep, importance, portraits)
    said = people_summary(pipeline.dataset(view), meta, used, sweep, view.k, profiles, portraits, importance, advice)
    return {**frames, "segments": pipeline.customer_table(view)}, said, advice


def _segments(pipeline: Pipeline, view: View, clock: Clock) -> tuple[View, Sweep, Profiles, Importance]:
    with clock.step("selection", "Choosing the number of segments"):
        sweep = pipeline.selection(view)
        view = view.but(k=pipeline.chosen_k(view))
    with clock.step("segments", "Finding and naming the segments"):
        return view, sweep, pipeline.profiles(view), pipeline.importance(view)


class Clock:
    """Seconds per step, and the bar on standard error that shows them passing."""

    def __init__(self, quiet: bool) -> None:
        self.seconds: dict[str, float] = {}
        self.start = time.perf_counter()
        # None hides the bar where standard error is no terminal.
        self.bar = tqdm(total=STEPS, disable=quiet or None, bar_format="{desc} {bar} {n_fmt}/{total_fmt}")

    @contextmanager
    def step(self, name: str, words: str) -> Iterator[None]:
        """Time a step."""
        self.bar.set_description_str(f"{words:<40.40}")
        start = time.perf_counter()
        try:
            yield
        except BaseException:
            self.bar.close()
            raise
        self.seconds[name] = round(time.perf_counter() - start, 3)
        self.bar.update()

    def total(self) -> dict[str, float]:
        """All steps and their total; closes the bar."""
        self.bar.set_description_str(f"{'Done':<40}")
        self.bar.close()
        return {**self.seconds, "total": round(time.perf_counter() - self.start, 3)}


def _sales(pipeline: Pipeline, view: View) -> tuple[Any, ...]:
    return pipeline.overview(view), pipeline.seasonality(view), pipeline.countries(view), pipeline.products(view)
