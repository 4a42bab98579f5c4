"""A file arrives: read, typed, searched for duplicates and stored under its fingerprint."""

from __future__ import annotations

import datetime as dt
import logging
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb

from core.errors import InputError, ParameterError
from core.intake import inspecting, kinds
from core.intake.answers import Answers
from core.intake.fingerprint import hashing
from core.intake.formats import loading
from core.intake.formats.reading import Source
from core.intake.kind import Finished, Notes, Plan
from core.intake.logs import cleaning, rules
from core.intake.logs.lines import KEPT
from core.intake.tables import people_cleaning, people_rules
from core.intake.understanding import QuestionError, Understanding
from core.registry import discover
from core.warehouse.columns import Column
from core.warehouse.people import People
from core.warehouse.store import Dataset, Store
from core.warehouse.tables import Tables

log = logging.getLogger(__name__)
Progress = Callable[[str, float], None]
# Raised when the same file with the same answers would be read differently.
READER = "reader 4"


def receive(
    path: Path,
    store: Store,
    *,
    name: str = "",
    file: str = "",
    answers: Answers | None = None,
    usual_currency: str = "GBP",
    limit: int = 0,
    progress: Progress | None = None,
) -> Dataset:
    """Store a file; one that is already stored is not read again, only its name and currency are renewed.

    Parameters
    ----------
    path : path
        A table in any of the formats of :mod:`core.intake.formats.reading`.
    store : Store
    name : str
        How the dataset is called; the file's name by default.
    file : str
        What the file is called where it comes from; the path's own name by default.
    answers : Answers, optional
        What the file does not say, or is understood wrongly.
    usual_currency : str
        What a new file gets that has no currency; a stored one keeps its own.
    limit : int
        Most bytes that the file may have; 0 for no limit.
    progress : callable, optional
        Called with words and a share from 0 to 1; what it raises cancels, and nothing is stored.

    Raises
    ------
    InputError
        If the file cannot be read, or leaves a question open; it names the file, the column and what to do. Nothing is
        stored then.
    ParameterError
        If an answer makes no sense.
    """
    answers = answers or Answers()
    if answers.currency and not re.fullmatch(r"[A-Za-z]{3}", answers.currency):
        raise ParameterError(f"{answers.currency} is not a currency code.", "Give three letters such as GBP.")
    tell = progress or (lambda words, share: None)
    tell("Looking at the file", 0.0)
    file, asked = file or path.name, answers.currency.upper()
    before = _stat(path, file)
    understood = inspecting.understand(path, file, answers, store.home)
    if limit and before.st_size > limit:
        raise InputError(
            f"{file} has {before.st_size / 1e6:,.1f} MB; at most {limit / 1e6:,.1f} MB are read.",
            "Bring a part of it, or raise CLIENTELE_UPLOAD_MIB.",
        )
    if understood.questions:
        raise QuestionError(understood.questions[0])
    currency = asked or understood.answers.currency or usual_currency
    understood = replace(understood, answers=understood.answers.but(currency=currency))
    kind = discover(kinds, "KIND")[understood.kind]
    # Where the file names no currency, it is a label that may change.
    label = understood.position("currency") < 0
    said = understood.answers.but(currency="" if label else currency).to_json()
    plans: list[Plan] = []

    def make(source: Source, query: loading.Query) -> str:
        plans.append(kind.plan(understood, source, query))
        return plans[-1].sql

    try:
        with hashing(path, f"{_reader(understood)} {kind.slug} {said}") as fingerprint, store.workspace() as folder:
            same_size = any(dataset.bytes == before.st_size for dataset in store.all())
            if same_size and (stored := _stored(store, fingerprint.result(), name, asked)):
                return stored
            read = loading.load(understood.source, make, folder, tell)
            loading.check(read, path, before)
            tell("Looking for duplicates and describing the columns", 0.9)
            finished = kind.finish(understood, plans[-1], read, folder)
            dataset = Dataset(
                fingerprint=fingerprint.result(),
                name=name or _plain(file),
                file=file,
                kind=kind.slug,
                rows=read.rows + read.misfit,
                columns=len(read.source.columns),
                bytes=before.st_size,
                currency=finished.facts.get("currency", currency),
                added=dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"),
                notes=_notes(understood, read, plans[-1], finished),
                misfit=read.misfit,
                columns_found=tuple(map(Column.masked, finished.columns)),
                facts={**plans[-1].facts, **finished.facts},
                answers=understood.answers.to_json(),
            )
            store.add(dataset, folder)
    except duckdb.Error as error:
        log.info("reading %s", path, exc_info=error)
        raise loading.explain(error, understood.source) from error
    except FileNotFoundError as error:
        raise InputError(f"{file} vanished while it was read.", "Bring it again. Nothing was stored.") from error
    tell("Stored", 1.0)
    return dataset


def tables(store: Store, fingerprint: str, ruleset: str, as_of: str = "") -> Tables:
    """The cleaned tables of a stored dataset under a set of rules, built on first use."""
    slugs = rules.active(ruleset)

    def build(folder: Path) -> Tables:
        raw, dataset = store.raw(fingerprint), store.get(fingerprint)
        twins = raw.with_name("duplicates.parquet")
        return cleaning.clean(raw, twins, slugs, as_of, folder, dataset.misfit, dataset.facts)

    return store.clean(fingerprint, f"{'+'.join(slugs)} {as_of}", build)


def people(store: Store, fingerprint: str, ruleset: str) -> People:
    """The cleaned customer table or survey of a stored dataset under a set of switches, built on first use."""
    slugs = people_rules.active(ruleset)
    name = f"people {'+'.join(slugs)}"

    def build(folder: Path) -> None:
        people_cleaning.clean(store.raw(fingerprint), store.get(fingerprint), slugs, folder)

    folder = store.built(fingerprint, name, build, "people.json")
    return replace(People.open(folder, f"{fingerprint} {name}"), fill="missing" not in slugs)


def _reader(understood: Understanding) -> str:
    """Order logs that name a category or a channel have readers of their own: both were not kept at first."""
    kept = [role for role in KEPT if understood.kind == "transactions" and understood.position(role) >= 0]
    return " ".join([READER, *kept])


def _stored(store: Store, fingerprint: str, name: str, currency: str) -> Dataset | None:
    if not any(dataset.fingerprint == fingerprint for dataset in store.all()):
        return None
    return store.relabel(fingerprint, name=name, currency=currency) if name or currency else store.get(fingerprint)


def _stat(path: Path, file: str) -> os.stat_result:
    try:
        return os.stat(path)
    except OSError:
        raise InputError(f"{file} does not exist.", "Check the path.") from None


def _notes(understood: Understanding, read: loading.Loaded, planned: Plan, finished: Finished) -> Notes:
    """What was found at first sight, corrected and completed by what was found over all rows."""
    found = {note.label: (note.label, note.found, note.evidence) for note in understood.notes}
    for label, words, evidence in (*loading.notes(read), *planned.notes, *finished.notes):
        found[label] = (label, words, evidence)
    return tuple(found.values())


def _plain(name: str) -> str:
    for ending in (".gz", ".csv", ".tsv", ".txt"):
        name = name.removesuffix(ending)
    return name
