"""The receipt: revenue in = revenue analysed + what each rule took, to the cent."""

from __future__ import annotations

from dataclasses import dataclass

from core.codec import cacheable


@cacheable
@dataclass(frozen=True)
class Entry:
    """What one active rule took; for a rule that is off, what it would take after the others.

    ``cents`` is signed: cancelled lines are negative money, so taking them raises what is left. ``orders``
    counts orders that an order rule keeps out of the order count.
    """

    rule: str
    on: bool
    rows: int
    cents: int
    orders: int = 0
    customers: int = 0


@cacheable
@dataclass(frozen=True)
class Receipt:
    """How the money of a file became the money on the page."""

    rows_in: int
    cents_in: int
    rows: int
    cents: int
    entries: list[Entry]

    @property
    def adds_up(self) -> bool:
        """Whether every row and every cent is accounted for."""
        taken = [entry for entry in self.entries if entry.on]
        rows = self.rows_in - sum(entry.rows for entry in taken)
        return (rows, self.cents_in - sum(entry.cents for entry in taken)) == (self.rows, self.cents)
