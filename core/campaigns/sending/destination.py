"""What a file in :mod:`core.campaigns.audiences` exports."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from core.errors import ParameterError
from core.registry import discover


@dataclass(frozen=True)
class Audience:
    """A destination of people: its file, column by column.

    Parameters
    ----------
    slug, label : str
    order : int
    says : str
        What it is for, in a sentence for a marketer.
    columns : tuple of (header, SQL)
        In the order of the file; see :mod:`core.campaigns.sending.normalising` for what the SQL may name.
    reach : tuple of str
        The destination can use a person who has one of these: ``email``, ``phone``; empty where none is needed.
    guarded : bool
        A person opens the file in a spreadsheet: no cell may become a formula. A platform reads others as they are.
    hashed : bool
        E-mails and telephones stand in it as SHA-256.
    ending : str
        ``csv`` or ``xlsx``.
    kinds : tuple of (header, kind)
        The columns that are no text, and how a workbook shows them; see :class:`core.spreadsheets.Sheet`.
    least : int
        The platform may not use a list of fewer people; 0 where there is no such rule.
    rule : str
        That rule in words.
    """

    slug: str
    label: str
    order: int
    says: str
    columns: tuple[tuple[str, str], ...]
    reach: tuple[str, ...] = ()
    guarded: bool = False
    hashed: bool = False
    ending: str = "csv"
    kinds: tuple[tuple[str, str], ...] = ()
    least: int = 0
    rule: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        """The first row of the file."""
        return tuple(header for header, _ in self.columns)

    def file(self, what: str = "audience") -> str:
        """What its file is called."""
        return f"{what}-{self.slug}.{self.ending}"


@functools.cache
def every() -> dict[str, Audience]:
    """All destinations by slug, in the order in which the page lists them."""
    import core.campaigns.audiences

    return discover(core.campaigns.audiences, "AUDIENCE")


def of(slug: str) -> Audience:
    """The destination of a slug.

    Raises
    ------
    ParameterError
        If there is none; it names those there are.

    Examples
    --------
    >>> of("google").headers
    ('Email', 'Phone', 'First Name', 'Last Name', 'Country', 'Zip')
    """
    found = every()
    if slug not in found:
        raise ParameterError(f"There is no destination {slug[:40]!r}.", f"Choose one of {', '.join(found)}.")
    return found[slug]
