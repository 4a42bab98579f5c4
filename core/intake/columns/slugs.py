"""Names of columns for links and flags: the header itself as far as it can be."""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.intake.columns.headers import fold

# What stored tables call their own columns.
TAKEN = ("customer", "customer_id", "unread", "row", "file_row_number")
_LONGEST = 60


def slugs(names: Iterable[str]) -> list[str]:
    """A name for each header, all different.

    Examples
    --------
    >>> slugs(["Income", "Annual Income (k$)", "income", "Größe", "顧客"])
    ['income', 'annual_income_k', 'income_2', 'grosse', '顧客']
    """
    used, found = {*TAKEN}, []
    for place, name in enumerate(names, 1):
        base = re.sub(r"\W+", "_", fold(name)).strip("_")[:_LONGEST] or f"column_{place}"
        slug, turn = base, 1
        while slug in used:
            turn += 1
            slug = f"{base}_{turn}"
        used.add(slug)
        found.append(slug)
    return found
