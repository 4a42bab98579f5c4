"""The receipt of a customer table or survey: what each switch does, or would do where it is off."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from core.intake.tables.people_rules import BY_SLUG
from core.warehouse.people import PeopleMeta


@dataclass(frozen=True)
class Switch:
    """One switch: ``rows`` set aside, or ``cells`` changed, filled or emptied."""

    slug: str
    label: str
    explains: str
    locked: bool
    on: bool
    rows: int
    cells: int
    effect: str


def switches(meta: PeopleMeta) -> list[Switch]:
    """The switches that stand for something in this table; a locked one only where it took something."""
    made = []
    for entry in meta.entries:
        rule = BY_SLUG[entry.rule]
        if entry.rows or entry.cells or (entry.effect and not rule.locked):
            made.append(
                Switch(
                    rule.slug, rule.label, rule.explains, rule.locked, entry.on, entry.rows, entry.cells, entry.effect
                )
            )
    return made


def frame(meta: PeopleMeta) -> pd.DataFrame:
    """The same as a table, from the rows of the file to the customers analysed."""
    rows = [("Rows of the file", "", meta.rows_in, 0, "")]
    rows += [
        (each.label, "on" if each.on else "off", -each.rows if each.on else 0, each.cells, each.effect)
        for each in switches(meta)
    ]
    rows.append(("Customers analysed", "", meta.customers, 0, ""))
    return pd.DataFrame(rows, columns=["switch", "is", "rows", "cells", "effect"])
