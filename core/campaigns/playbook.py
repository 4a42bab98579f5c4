"""Reads playbooks, files of strategies for a kind of dataset, and refuses what would not work, by strategy and key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from core.campaigns.strategies import WORDS, Condition, Playbook, Strategy
from core.campaigns.words import KNOWN, fields
from core.errors import InputError

SHIPPED = Path(__file__).with_name("playbook.toml")
BOUNDS = ("at_least", "at_most", "above", "below")
SCOPES = ("customers", "shop")
USUAL = "transactions"


@cache
def load(path: Path = SHIPPED) -> Playbook:
    """Read and check a playbook.

    Raises
    ------
    InputError
        If the file is no TOML or an entry is wrong; the message names the strategy and the key.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"The playbook {path.name} is not valid TOML: {error}.", "Mend that line.") from error
    return parse(data)


@cache
def serving(kind: str) -> Playbook:
    """The playbook for a kind of dataset: ``transactions``, ``customers`` or ``survey``.

    Notes
    -----
    It is the one in this folder that names the kind, and after it, fallbacks aside, what the others hold that speak of
    the same measures: a customer table may know how content people are, a survey what they spend.
    """
    books = [load(path) for path in sorted(SHIPPED.parent.glob("playbook*.toml"))]
    own = next(book for book in books if book.kind == kind)
    others = [book for book in books if book is not own and KNOWN[book.kind] is KNOWN[kind]]
    borrowed = [strategy for book in others for strategy in book.strategies if not strategy.fallback]
    return Playbook((*own.strategies, *borrowed), kind)


def parse(data: Mapping[str, Any]) -> Playbook:
    """Check a playbook that was read; see :func:`load`.

    Examples
    --------
    >>> parse({"strategy": [{"slug": "wait"}]})
    Traceback (most recent call last):
    core.errors.InputError: Strategy 'wait', key 'scope': is missing. Write customers or shop.
    """
    entries = data.get("strategy")
    if not isinstance(entries, list) or not entries:
        raise InputError("The playbook holds no strategy.", "Add at least one [[strategy]].")
    kind = data.get("kind", USUAL)
    if kind not in KNOWN:
        raise InputError(f"The playbook serves the unknown kind {kind!r}.", f"Choose one of {', '.join(KNOWN)}.")
    known = KNOWN[kind]
    strategies = tuple(_strategy(entry, number, known) for number, entry in enumerate(entries, 1))
    tags = {tag for strategy in strategies for tag in strategy.tags}
    slugs: set[str] = set()
    for strategy in strategies:
        if strategy.slug in slugs:
            raise _wrong(strategy.slug, "slug", "is used twice", "Give each strategy its own.")
        if unknown := {*strategy.never_with} - tags:
            raise _wrong(strategy.slug, "never_with", f"names the tag {min(unknown)!r}, which no strategy has")
        slugs.add(strategy.slug)
    for scope in {strategy.scope for strategy in strategies}:
        found = [strategy.slug for strategy in strategies if strategy.scope == scope and strategy.fallback]
        if len(found) != 1:
            names = ", ".join(found) or "none"
            raise InputError(f"The playbook has {len(found)} fallbacks for {scope}: {names}.",
                             "Exactly one strategy a scope stands without 'when'.")  # fmt: skip
    return Playbook(strategies, kind)


def _strategy(entry: Any, number: int, measures: Mapping[str, str]) -> Strategy:
    slug = entry.get("slug") if isinstance(entry, dict) else None
    if not isinstance(slug, str) or not slug:
        raise InputError(f"Strategy number {number}, key 'slug': is missing.", "Give it a short name of its own.")
    known = {"slug", "scope", "rank", "when", *WORDS, "tags", "never_with"}
    if unknown := entry.keys() - known:
        raise _wrong(slug, min(unknown), "is unknown", f"Known keys: {', '.join(sorted(known))}.")
    scope = entry.get("scope")
    if scope not in SCOPES:
        raise _wrong(slug, "scope", "is missing" if scope is None else f"is {scope!r}", "Write customers or shop.")
    rank = entry.get("rank")
    if not _is_number(rank) or not 0 <= rank <= 100:
        raise _wrong(slug, "rank", "is missing" if rank is None else f"is {rank!r}", "Give a number from 0 to 100.")
    when = entry.get("when", [])
    if not isinstance(when, list):
        raise _wrong(slug, "when", "is not a list of conditions")
    words: dict[str, Any] = {word: _template(slug, word, entry.get(word), measures) for word in WORDS}
    lists: dict[str, Any] = {key: _texts(slug, key, entry.get(key, [])) for key in ("tags", "never_with")}
    conditions = tuple(_condition(slug, condition, measures) for condition in when)
    return Strategy(slug=slug, scope=scope, rank=float(rank), when=conditions, **words, **lists)


def _condition(slug: str, entry: Any, measures: Mapping[str, str]) -> Condition:
    name = entry.get("measure") if isinstance(entry, dict) else None
    if not isinstance(name, str) or name not in measures:
        raise _wrong(slug, "when", f"asks for the unknown measure {name!r}", f"Known: {', '.join(sorted(measures))}.")
    if measures[name] in ("money", "text"):
        raise _wrong(
            slug, "when", f"asks for {name!r}, which is {measures[name]}", "Use a ratio: no currency matters then."
        )
    bounds = {key: value for key, value in entry.items() if key != "measure"}
    if not bounds or bounds.keys() - {*BOUNDS} or not all(_is_number(value) for value in bounds.values()):
        raise _wrong(slug, "when", f"gives {name!r} no usable bound", f"Use numbers under {', '.join(BOUNDS)}.")
    return Condition(name, **{key: float(value) for key, value in bounds.items()})


def _template(slug: str, key: str, text: Any, measures: Mapping[str, str]) -> str:
    if not isinstance(text, str) or not text.strip():
        raise _wrong(slug, key, "is missing", "Write a sentence.")
    try:
        fields(text, measures)
    except ValueError as error:
        raise _wrong(slug, key, str(error)) from error
    return text


def _texts(slug: str, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise _wrong(slug, key, "is not a list of words")
    return tuple(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _wrong(slug: str, key: str, what: str, hint: str = "") -> InputError:
    return InputError(f"Strategy {slug!r}, key {key!r}: {what}.", hint)
