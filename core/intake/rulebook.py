"""Rules as switches: named presets of them, and the text that says which are on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from core.errors import ParameterError


class Switch(Protocol):
    """What a rule has to say of itself: its name, and whether it cannot be moved."""

    @property
    def slug(self) -> str: ...

    @property
    def locked(self) -> bool: ...


@dataclass(frozen=True)
class Rulebook:
    """The rules of one kind of table.

    Parameters
    ----------
    rules : tuple
        In the order in which they are told.
    presets : mapping
        Name -> slugs of the active rules, locked ones among them.
    unknown, plural : str
        What is said of a rule that does not exist, with ``{}`` for its name; what rules are called.
    """

    rules: tuple[Switch, ...]
    presets: Mapping[str, tuple[str, ...]]
    unknown: str
    plural: str

    @cached_property
    def locked(self) -> tuple[str, ...]:
        """Slugs of the rules that are always on."""
        return tuple(rule.slug for rule in self.rules if rule.locked)

    def active(self, text: str) -> tuple[str, ...]:
        """Resolve a preset's name, or rules joined by ``+``, into slugs in the order of the rules.

        Raises
        ------
        ParameterError
            If a name is neither a preset nor a rule.
        """
        if text in self.presets:
            return self.presets[text]
        slugs = [rule.slug for rule in self.rules]
        wanted = set(filter(None, text.split("+"))) - {"none"}
        if missing := wanted - set(slugs):
            raise ParameterError(
                self.unknown.format(", ".join(sorted(missing))),
                f"Use {', '.join(self.presets)}, or {self.plural} among {', '.join(slugs)}.",
            )
        return tuple(slug for slug in slugs if slug in wanted or slug in self.locked)

    def name(self, slugs: tuple[str, ...]) -> str:
        """The shortest text that :meth:`active` turns into these rules: a preset's name where there is one."""
        for preset, chosen in self.presets.items():
            if set(chosen) == set(slugs):
                return preset
        return "+".join(slug for slug in slugs if slug not in self.locked) or "none"

    def toggle(self, text: str, slug: str) -> str:
        """The same rules with one switch moved; a locked one stays."""
        return self.name(self.active("+".join(set(self.active(text)) ^ ({slug} - set(self.locked)))))
