"""Reads playbooks, files of strategies for a kind of dataset, and refuses what would not work, by strategy and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
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
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
LONGEST = 600
MOST = 1e12


class StrategyError(InputError):
    """A strategy that would not work, with the key that is wrong."""

    def __init__(self, slug: str, key: str, what: str, hint: str = "") -> None:
        super().__init__(f"Strategy {slug!r}, key {key!r}: {what}.", hint)
        self.slug, self.key = slug, key


@cache
def load(path: Path = SHIPPED) -> Playbook:
    """Read and check a playbook.

    Raises
    ------
    InputError
        If the file is no TOML or an entry is wrong; the message names the strategy and the key.
    """
    return parse(read(path.read_bytes(), path.name))


def read(content: bytes, name: str) -> dict[str, Any]:
    """Read TOML, whatever stands in it."""
    try:
        return tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"The playbook {name} is not valid TOML: {error}.", "Mend that line.") from error


@cache
def shipped(kind: str) -> Playbook:
    """The playbook that comes with the product for a kind of dataset: ``transactions``, ``customers`` or ``survey``.

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
    core.campaigns.playbook.StrategyError: Strategy 'wait', key 'scope': is missing. Write customers or shop.
    """
    entries = data.get("strategy")
    if not isinstance(entries, list) or not entries:
        raise InputError("The playbook holds no strategy.", "Add at least one [[strategy]].")
    kind = kind_of(data)
    strategies = tuple(strategy(entry, number, KNOWN[kind]) for number, entry in enumerate(entries, 1))
    check(strategies, {tag for each in strategies for tag in each.tags})
    check_fallbacks(strategies)
    return Playbook(strategies, kind)


def kind_of(data: Mapping[str, Any]) -> str:
    """The kind of dataset that a playbook serves."""
    kind = data.get("kind", USUAL)
    if not isinstance(kind, str) or kind not in KNOWN:
        raise InputError(f"The playbook serves the unknown kind {kind!r}.", f"Choose one of {', '.join(KNOWN)}.")
    return kind


def check(strategies: Iterable[Strategy], tags: set[str]) -> None:
    """Refuse a slug that is used twice, and a tag in ``never_with`` that is none of ``tags``."""
    slugs: set[str] = set()
    for each in strategies:
        if each.slug in slugs:
            raise StrategyError(each.slug, "slug", "is used twice", "Give each strategy its own.")
        if unknown := {*each.never_with} - tags:
            raise StrategyError(each.slug, "never_with", f"names the tag {min(unknown)!r}, which no strategy has")
        slugs.add(each.slug)


def check_fallbacks(strategies: tuple[Strategy, ...]) -> None:
    """Refuse a playbook without exactly one fallback a scope."""
    for scope in sorted({each.scope for each in strategies}):
        found = [each.slug for each in strategies if each.scope == scope and each.fallback]
        if len(found) != 1:
            names = ", ".join(found) or "none"
            raise InputError(f"The playbook has {len(found)} fallbacks for {scope}: {names}.",
                             "Exactly one strategy a scope stands without 'when'.")  # fmt: skip


def strategy(entry: Any, number: int, measures: Mapping[str, str]) -> Strategy:
    """Check one entry, the ``number``-th of its file."""
    slug = slug_of(entry, number)
    known = {"slug", "scope", "rank", "when", *WORDS, "tags", "never_with"}
    if unknown := entry.keys() - known:
        raise StrategyError(slug, min(unknown), "is unknown", f"Known keys: {', '.join(sorted(known))}.")
    scope = entry.get("scope")
    if scope not in SCOPES:
        raise StrategyError(
            slug, "scope", "is missing" if scope is None else f"is {scope!r}", "Write customers or shop."
        )
    rank = entry.get("rank")
    if not _is_number(rank) or not 0 <= rank <= 100:
        raise StrategyError(
            slug, "rank", "is missing" if rank is None else f"is {rank!r}", "Give a number from 0 to 100."
        )
    when = entry.get("when", [])
    if not isinstance(when, list):
        raise StrategyError(slug, "when", "is not a list of conditions")
    words: dict[str, Any] = {word: _template(slug, word, entry.get(word), measures) for word in WORDS}
    lists: dict[str, Any] = {key: _texts(slug, key, entry.get(key, [])) for key in ("tags", "never_with")}
    conditions = tuple(_condition(slug, each, measures) for each in when)
    return Strategy(slug=slug, scope=scope, rank=float(rank), when=conditions, **words, **lists)


def slug_of(entry: Any, number: int) -> str:
    """The name of an entry: it stands in links and files."""
    slug = entry.get("slug") if isinstance(entry, dict) else None
    if not isinstance(slug, str) or not slug:
        raise InputError(f"Strategy number {number}, key 'slug': is missing.", "Give it a short name of its own.")
    if not SLUG.fullmatch(slug):
        raise StrategyError(slug[:60], "slug", "is no short name", "Use small letters a to z, digits and hyphens.")
    return slug


def _condition(slug: str, entry: Any, measures: Mapping[str, str]) -> Condition:
    name = entry.get("measure") if isinstance(entry, dict) else None
    if not isinstance(name, str) or name not in measures:
        raise StrategyError(
            slug, "when", f"asks for the unknown measure {name!r}", f"Known: {', '.join(sorted(measures))}."
        )
    if measures[name] in ("money", "text"):
        raise StrategyError(
            slug, "when", f"asks for {name!r}, which is {measures[name]}", "Use a ratio: no currency matters then."
        )
    bounds = {key: value for key, value in entry.items() if key != "measure"}
    if not bounds or bounds.keys() - {*BOUNDS} or not all(_is_number(value) for value in bounds.values()):
        raise StrategyError(slug, "when", f"gives {name!r} no usable bound", f"Use numbers under {', '.join(BOUNDS)}.")
    condition = Condition(name, **{key: float(value) for key, value in bounds.items()})
    if not condition.possible:
        raise StrategyError(slug, "when", f"asks {name!r} to be above and below at once", "Mend one of the bounds.")
    return condition


def _template(slug: str, key: str, text: Any, measures: Mapping[str, str]) -> str:
    if not isinstance(text, str) or not text.strip():
        raise StrategyError(slug, key, "is missing", "Write a sentence.")
    if len(text) > LONGEST:
        raise StrategyError(slug, key, f"has {len(text):,} characters", f"Say it in {LONGEST}.")
    try:
        fields(text, measures)
    except ValueError as error:
        raise StrategyError(slug, key, str(error)) from error
    return text


def _texts(slug: str, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise StrategyError(slug, key, "is not a list of words")
    return tuple(value)


def _is_number(value: Any) -> bool:
    # A number without end would be no bound.
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= MOST
