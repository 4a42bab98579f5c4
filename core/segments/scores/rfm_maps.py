"""Maps of RFM groups: a grid of 5 × 5 cells, each of which belongs to exactly one group."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from core.errors import ParameterError

FILE = Path(__file__).with_name("rfm_maps.toml")
LETTERS = "ABCDEFGHIJK"
OWN = "own:"
LONGEST = 40


@dataclass(frozen=True)
class Group:
    """A named part of the grid.

    ``colour`` is its palette slot, ``meaning`` what it means in plain words, ``like`` the slug of the group of the
    usual map that it is treated as.
    """

    slug: str
    label: str
    colour: int
    meaning: str
    like: str = ""


@dataclass(frozen=True)
class Map:
    """Groups on the grid.

    Parameters
    ----------
    slug, label, says : str
        An own map has the slug ``own``.
    groups : tuple of Group
        At most eleven; they are lettered from A.
    grid : str
        25 letters: recency scores 5 to 1, and in each of them scores for orders and spend 1 to 5.

    Raises
    ------
    ParameterError
        If a cell is of no group, or two groups are called alike.
    """

    slug: str
    label: str
    says: str
    groups: tuple[Group, ...]
    grid: str

    def __post_init__(self) -> None:
        if not 1 <= len(self.groups) <= len(LETTERS):
            raise ParameterError(f"The map has {len(self.groups)} groups.", f"Draw from 1 to {len(LETTERS)}.")
        if len(self.grid) != 25:
            raise ParameterError(f"The map has {len(self.grid)} cells.", "It needs 25 letters, one a cell.")
        if strange := sorted(set(self.grid) - set(LETTERS[: len(self.groups)])):
            known = f"{len(self.groups)} group{'s' if len(self.groups) > 1 else ''}"
            raise ParameterError(f"A cell of the map says {strange[0]!r}, and there are {known}.",
                                 f"Use the letters A to {LETTERS[len(self.groups) - 1]}.")  # fmt: skip
        slugs = [group.slug for group in self.groups]
        if twice := [group.label for group in self.groups if slugs.count(group.slug) > 1]:
            raise ParameterError(f"Two groups of the map are called {twice[0]!r}.", "Give each a name of its own.")

    @property
    def cells(self) -> dict[tuple[int, int], str]:
        """(R, FM) -> slug of the group; all 25."""
        return {
            (5 - place // 5, place % 5 + 1): self.groups[LETTERS.index(letter)].slug
            for place, letter in enumerate(self.grid)
        }

    @property
    def idle(self) -> tuple[Group, ...]:
        """Groups without a cell: nobody can be in them yet."""
        return tuple(g for letter, g in zip(LETTERS, self.groups, strict=False) if letter not in self.grid)

    @property
    def text(self) -> str:
        """How a link names it: the slug, or all of an own map; empty for the usual one."""
        if self.slug != "own":
            return "" if self.slug == usual().slug else self.slug
        standard = [group.slug for group in usual().groups]
        names = [f"{group.label}~{LETTERS[standard.index(group.like)]}" for group in self.groups]
        return ";".join([f"{OWN}{self.grid}", *names])

    def group(self, slug: str) -> Group:
        return next(group for group in self.groups if group.slug == slug)

    def assign(self, r: np.ndarray, fm: np.ndarray) -> np.ndarray:
        """Slugs of the groups of customers with these scores."""
        found: np.ndarray = np.array([group.slug for group in self.groups])[self.number(r, fm) - 1]
        return found

    def number(self, r: np.ndarray, fm: np.ndarray) -> np.ndarray:
        """The groups of customers with these scores as numbers: their places from 1."""
        places = np.array([LETTERS.index(letter) + 1 for letter in self.grid]).reshape(5, 5)
        found: np.ndarray = places[5 - r, fm - 1]
        return found

    def paint(self, r: int, fm: int, slug: str) -> str:
        """The text of the same map with a cell given to another group."""
        place = (5 - r) * 5 + fm - 1
        letter = LETTERS[[group.slug for group in self.groups].index(slug)]
        return replace(self.own(), grid=self.grid[:place] + letter + self.grid[place + 1 :]).text

    def change(self, slug: str, **changes: str) -> str:
        """The text of the same map with another label, or another likeness, of a group."""
        return self.own(tuple(replace(g, **changes) if g.slug == slug else g for g in self.groups)).text  # type: ignore[arg-type]

    def add(self, label: str) -> str:
        """The text of the same map with a further group, which has no cell yet; empty where there are eleven."""
        if len(self.groups) == len(LETTERS):
            return ""
        return self.own((*self.groups, Group(_slug(label), label, 0, "", usual().groups[-1].slug))).text

    def drop(self, slug: str) -> str:
        """The text of the same map without a group that has no cell."""
        gone = LETTERS[[group.slug for group in self.groups].index(slug)]
        left = [letter for letter in LETTERS if letter != gone]
        grid = "".join(LETTERS[left.index(letter)] for letter in self.grid)
        return replace(self.own(tuple(g for g in self.groups if g.slug != slug)), grid=grid).text

    def own(self, groups: tuple[Group, ...] | None = None) -> Map:
        """The same as a map of one's own; each group is like itself or like what it was like."""
        kept = self.groups if groups is None else groups
        grouped = tuple(replace(group, like=group.like or group.slug) for group in kept)
        return Map("own", "Your own", "Groups that you drew yourself.", grouped, self.grid)


@functools.cache
def shipped() -> dict[str, Map]:
    """The maps that come with the program, the usual one first.

    Raises
    ------
    ParameterError
        If one does not give each code exactly one group, or has a group that no code leads to.
    """
    found: dict[str, Map] = {}
    standard: tuple[Group, ...] = ()
    for entry in tomllib.loads(FILE.read_text(encoding="utf-8"))["map"]:
        rows = [{"like": "", "colour": -1, **row} for row in entry["groups"]]
        groups = _coloured([Group(**row) for row in rows], standard) if standard else tuple(Group(**r) for r in rows)
        standard = standard or groups
        made = Map(entry["slug"], entry["label"], entry["says"], groups, "".join(entry["grid"]))
        if made.idle:
            raise ParameterError(
                f"No code of the map {made.slug!r} leads to {made.idle[0].label!r}.", "Give it a cell."
            )
        found[made.slug] = made
    return found


def usual() -> Map:
    """The map with the eleven groups of the definitions."""
    return next(iter(shipped().values()))


@functools.lru_cache(maxsize=256)
def read(text: str) -> Map:
    """The map that a link names.

    Parameters
    ----------
    text : str
        Empty for the usual one, the slug of another, or an own one: ``own:`` and the 25 letters of the grid, then for
        each group ``;``, its name, ``~`` and the letter of the group of the usual map that it is like.

    Raises
    ------
    ParameterError
        If there is no such map, or the own one gives a cell no group.

    Examples
    --------
    >>> read("own:BBAAABBAAABBAAABBAAABBBBB;Keep~A;Let go~K").cells[5, 3], read("three").label
    ('keep', 'Gold, silver, bronze')
    """
    if not text.startswith(OWN):
        known = shipped()
        if text and text not in known:
            raise ParameterError(
                f"There is no RFM map {text[:40]!r}.", f"Choose one of {', '.join(known)}, or draw your own."
            )
        return known[text] if text else usual()
    grid, *named = text.removeprefix(OWN).split(";")
    groups = _coloured([_group(entry) for entry in named], usual().groups)
    return Map("own", "Your own", "Groups that you drew yourself.", groups, grid)


def _group(entry: str) -> Group:
    label, mark, letter = entry.rpartition("~")
    label = " ".join(label.split())
    if not mark or letter not in LETTERS or len(letter) != 1:
        raise ParameterError(f"The group {entry[:LONGEST]!r} of the map does not say what it is like.",
                             "After its name put ~ and a letter from A (Champions) to K (Lost).")  # fmt: skip
    if not _slug(label) or len(label) > LONGEST or "~" in label:
        raise ParameterError(f"{label[:LONGEST]!r} cannot be the name of a group.",
                             f"Give it up to {LONGEST} letters and digits, without ~ and ;.")  # fmt: skip
    like = usual().groups[LETTERS.index(letter)]
    return Group(_slug(label), label, -1, f"Drawn by you; treated like {like.label}.", like.slug)


def _coloured(groups: Sequence[Group], standard: tuple[Group, ...]) -> tuple[Group, ...]:
    """Each group has the colour of what it is like, and where that is taken the next free one."""
    colours = {group.slug: group.colour for group in standard}
    if strange := [group for group in groups if group.like not in colours]:
        raise ParameterError(f"{strange[0].label!r} is like no group of the usual map.", "Name one in `like`.")
    taken: list[int] = []
    for group in groups:
        free = (slot for slot in (colours[group.like], *range(len(LETTERS))) if slot not in taken)
        taken.append(next(free, 0))
    return tuple(replace(group, colour=slot) for group, slot in zip(groups, taken, strict=True))


def _slug(label: str) -> str:
    return re.sub(r"[\W_]+", "-", re.sub("['’]", "", label.casefold())).strip("-")
