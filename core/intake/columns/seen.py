"""A column as it is looked at: what its header means and what stands in it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property

from core.intake.columns import headers
from core.intake.columns.dating import Dates, look
from core.intake.columns.values import Contents
from core.intake.columns.written import number


@dataclass(frozen=True)
class Seen:
    """A column as it is looked at: its header, its values in the sample and elsewhere in the file."""

    header: str
    contents: Contents
    named: bool = True
    more: tuple[str, ...] = ()
    comma: bool = False

    @cached_property
    def meaning(self) -> dict[str, float]:
        """The roles that the header may mean."""
        return headers.meaning(self.header) if self.named else {}

    @cached_property
    def meaningless(self) -> bool:
        """Whether the header says nothing."""
        return not self.named or headers.read(self.header).meaningless

    @cached_property
    def dates(self) -> Dates | None:
        """The dates in it."""
        spoken = any(self.meaning.get(role, 0) > 0.35 for role in ("date", "signup", "answered", "birth_year"))
        return look(self.contents, spoken, self.more)

    @cached_property
    def numbers(self) -> list[float]:
        """The numbers in it."""
        return [n for n in self.contents.numbers(self.comma) if n is not None]

    @cached_property
    def is_number(self) -> bool:
        """Whether it holds numbers, and no dates."""
        most = 0.8 * len(self.contents.filled)
        return self.contents.numeric >= 0.8 and not self.is_date and 0 < most <= len(self.numbers)

    @cached_property
    def is_date(self) -> bool:
        """Whether it holds dates."""
        return self.dates is not None

    @cached_property
    def is_whole(self) -> bool:
        """Whether all its numbers are whole."""
        return self.is_number and all(n == int(n) for n in self.numbers if abs(n) < 1e15)

    @cached_property
    def is_email(self) -> bool:
        """Whether it holds e-mail addresses."""
        return self.contents.emails >= 0.6

    @cached_property
    def is_running(self) -> bool:
        """Whether it counts the rows: 1, 2, 3 …"""
        few = [number(value) for value in self.contents.filled[:200]]
        return (
            len(few) > 2
            and few[0] in (0, 1)
            and self.contents.whole == 1
            and all(b is not None and a is not None and b - a == 1 for a, b in itertools.pairwise(few))
        )

    @property
    def is_name_like(self) -> bool:
        """Whether it holds words as names and titles have them."""
        return self.contents.worded >= 0.8 and not (self.is_date or self.is_email or self.is_number)
