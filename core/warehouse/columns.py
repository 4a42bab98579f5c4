"""What is known of a column of a file: its name there, what it stands for, and on what scale it measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from core import masking

# Scale -> what the page calls it.
SCALES = {
    "number": "Number",
    "amount": "Amount of money",
    "ordinal": "Ordered levels",
    "nominal": "Categories",
    "yes_no": "Yes or no",
    "multiple": "Several choices",
    "date": "Date",
    "identifier": "Identifier",
    "contact": "Contact",
    "consent": "Consent",
    "constant": "Always the same",
    "text": "Free text",
}
# Scales that can be measured and so can enter a segmentation; a multiple choice enters as its yes/no columns.
MEASURED = ("number", "amount", "ordinal", "nominal", "yes_no")


@dataclass(frozen=True)
class Column:
    """A column as it was understood.

    Parameters
    ----------
    name : str
        The header, trimmed; unique within its table.
    role : str
        What it stands for, of :mod:`core.intake.roles`; empty for nothing in particular.
    label : str
        The role in words, ``Not used`` where an order log has no use for it.
    first : str
        Its first value that is not blank.
    evidence : str
        What speaks for role and scale, in words.
    slug : str
        Its name in links, in ``--features`` and in stored tables; unique within its table.
    scale : str
        One of :data:`SCALES`; empty where nobody asked.
    confidence : float
        From 0 to 1; 1 where the user said so.
    examples : tuple of str
        A few values that differ.
    levels : tuple of str
        Of ordered levels, lowest first; of categories and yes/no, the most frequent first.
    derived : str
        From what and how it was made, where it does not stand in the file.
    enters : bool
        Whether it enters the segmentation unless somebody chooses otherwise.
    aside : str
        Why it does not, where its scale would allow it.
    """

    name: str
    role: str
    label: str
    first: str
    evidence: str
    slug: str = ""
    scale: str = ""
    confidence: float = 1.0
    examples: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    derived: str = ""
    enters: bool = False
    aside: str = ""

    def masked(self) -> Column:
        """The same with its cells as they may be shown.

        Examples
        --------
        >>> Column("Born", "birth_year", "Year of birth", "1984-05-17", "1984-05-17", scale="date").masked().evidence
        '1984-••-••'
        """
        first, *others = masking.examples((self.first, *self.examples), self.role, self.scale)
        # Evidence on days quotes some.
        hide = masking.without_days if masking.is_personal(self.role, self.scale) else masking.shown
        return replace(self, first=first, examples=tuple(others), evidence=hide(self.evidence))

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Column:
        """Rebuild from JSON."""
        plain: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in said.items()}
        return cls(**plain)
