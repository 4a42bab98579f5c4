"""A shop's own strategies beside the shipped ones: which it adds, replaces and switches off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from core.campaigns.playbook import StrategyError, check, check_fallbacks, kind_of, read, shipped, slug_of, strategy
from core.campaigns.strategies import Playbook, Strategy
from core.campaigns.words import KNOWN
from core.errors import InputError

LARGEST = 64 * 1024
MOST = 200
KEYS = ("kind", "without", "strategy")


@dataclass(frozen=True)
class Own:
    """What one file of own strategies says.

    Parameters
    ----------
    name, kind : str
        Of the file, and the kind of dataset that it serves.
    strategies : tuple of Strategy
        Added to the shipped ones; one with the slug of a shipped one replaces it.
    without : tuple of str
        Shipped strategies that are switched off.
    """

    name: str
    kind: str
    strategies: tuple[Strategy, ...]
    without: tuple[str, ...]

    @cached_property
    def slugs(self) -> set[str]:
        return {each.slug for each in self.strategies}


@lru_cache(maxsize=64)
def parse(text: str, name: str) -> Own:
    """Read a file of own strategies.

    Raises
    ------
    InputError
        If it would not work; the message names file, line, strategy and key.

    Examples
    --------
    >>> parse('without = ["sunset"]', "transactions.toml").without
    ('sunset',)
    >>> parse('[[strategy]]\\nslug = "wait"\\nscope = "nobody"', "own.toml")
    Traceback (most recent call last):
    core.errors.InputError: own.toml, line 3: Strategy 'wait', key 'scope': is 'nobody'. Write customers or shop.
    """
    try:
        content = text.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"{name} holds a character that is none.", "Type the text again where it was pasted."
        ) from error
    if len(content) > LARGEST:
        raise InputError(f"{name} has more than {LARGEST // 1024} KB.", "A playbook is a page or two: shorten it.")
    try:
        return _parse(read(content, name), name)
    except StrategyError as error:
        raise _at(name, text, error) from error
    except InputError as error:
        raise error if name in error.message else InputError(f"{name}: {error.message}", error.hint) from error


def merge(kind: str, files: Iterable[Own]) -> Playbook:
    """The shipped playbook of a kind with what own files add, replace and switch off.

    Raises
    ------
    InputError
        If two files hold the same strategy, or no fallback is left.

    Notes
    -----
    An own strategy without ``when`` takes the place of the shipped fallback of its scope.
    """
    book, files = shipped(kind), list(files)
    own: dict[str, Strategy] = {}
    for file in files:
        if twice := own.keys() & file.slugs:
            raise InputError(f"{file.name}: Strategy {min(twice)!r} stands in another file too.", "Keep one of them.")
        own |= {each.slug: each for each in file.strategies}
    off = {slug for file in files for slug in file.without} - own.keys()
    held = {each.scope for each in own.values() if each.fallback}
    left = [
        own.pop(each.slug, each)
        for each in book.strategies
        if each.slug not in off and (each.slug in own or not (each.fallback and each.scope in held))
    ]
    strategies = (*left, *own.values())
    tags = {tag for each in (*book.strategies, *strategies) for tag in each.tags}
    names = ", ".join(file.name for file in files)
    try:
        check(strategies, tags)
        _check_scopes(book, strategies)
    except InputError as error:
        raise InputError(f"{names}: {error.message}", error.hint) from error
    return Playbook(strategies, kind)


def _parse(data: Mapping[str, Any], name: str) -> Own:
    if unknown := data.keys() - {*KEYS}:
        raise InputError(f"{name}: the key {min(unknown)!r} is unknown.", f"Known keys: {', '.join(KEYS)}.")
    named = Path(name).stem if Path(name).stem in KNOWN else ""
    kind = kind_of({"kind": named, **data} if named else data)
    if named and kind != named:
        raise InputError(f"{name} says it serves {kind}.", f'Write kind = "{named}", or give the file another name.')
    entries, without = data.get("strategy", []), data.get("without", [])
    if not isinstance(entries, list) or len(entries) > MOST:
        raise InputError(f"{name}: 'strategy' is no list of at most {MOST}.", "Write [[strategy]] above each.")
    if not isinstance(without, list) or not all(isinstance(slug, str) for slug in without):
        raise InputError(f"{name}: 'without' is no list of strategies.", 'Write it as without = ["sunset"].')
    known = {each.slug for each in shipped(kind).strategies}
    found, off = [], [*without]
    for number, entry in enumerate(entries, 1):
        slug = slug_of(entry, number)
        switch, rest = entry.get("off", False), {key: value for key, value in entry.items() if key != "off"}
        if not isinstance(switch, bool):
            raise StrategyError(slug, "off", f"is {switch!r}", "Write true or false.")
        if rest.keys() != {"slug"} or not switch:
            made = strategy(rest, number, KNOWN[kind])
            found += [] if switch else [made]
            known |= {slug}
        off += [slug] if switch else []
    if unknown := {*off} - known:
        raise InputError(f"{name}: 'without' names {min(unknown)!r}, which is no shipped strategy.",
                         "Take the name from the list of strategies.")  # fmt: skip
    own = tuple(found)
    check(own, {tag for each in own for tag in each.never_with})
    return Own(name, kind, own, tuple(dict.fromkeys(off)))


def _check_scopes(book: Playbook, strategies: tuple[Strategy, ...]) -> None:
    """Each scope of the shipped playbook still has its fallback, also where all else is off."""
    left = {each.scope for each in strategies if each.fallback}
    for each in book.strategies:
        if each.fallback and each.scope not in left:
            raise InputError(f"Without {each.slug!r} there is no fallback for {each.scope}.",
                             "Give an own strategy without 'when' in its place.")  # fmt: skip
    check_fallbacks(strategies)


def _at(name: str, text: str, error: StrategyError) -> InputError:
    line = line_of(text, error.slug, error.key)
    return InputError(f"{name}, line {line}: {error.message}" if line else f"{name}: {error.message}", error.hint)


def line_of(text: str, slug: str, key: str) -> int:
    """The line of a strategy's key, or where it has none of its slug; 0 where neither stands in the text.

    Examples
    --------
    >>> line_of('[[strategy]]\\nslug = "wait"\\nrank = 5', "wait", "rank")
    3
    """
    lines = text.splitlines()
    heads = [number for number, line in enumerate(lines) if re.match(r"\s*\[\[\s*strategy\s*\]\]", line)]
    for start, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        block = range(start, end)
        named = [n for n in block if re.match(rf"""\s*slug\s*=\s*["']{re.escape(slug)}["']""", lines[n])]
        if named:
            keyed = [n for n in block if re.match(rf"\s*{re.escape(key)}\s*=", lines[n])]
            return (keyed or named)[0] + 1
    return 0
