"""Small customer tables and surveys made with pandas alone, as a cleaned dataset of that kind gives them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from core.warehouse import people
from core.warehouse.columns import Column
from core.warehouse.people import People, PeopleMeta


def slug(header: str) -> str:
    """A header as a slug."""
    return re.sub(r"[^a-z0-9]+", "_", header.strip().lower()).strip("_")


def table(
    folder: Path,
    frame: pd.DataFrame,
    scales: Mapping[str, str | Sequence[str]] | None = None,
    roles: Mapping[str, str] | None = None,
    derived: Sequence[str] = (),
    needs: Sequence[str] = (),
) -> People:
    """Store a frame as people.parquet.

    Parameters
    ----------
    scales : dict
        Header -> scale, or the levels of an ordered column, lowest first; a number if omitted.
    roles : dict
        Header -> role.
    derived : sequence of str
        Headers that were made from others.
    needs : sequence of str
        Headers that must not be missing.
    """
    columns, stored = [], {"customer": np.arange(len(frame), dtype="int32")}
    stored["customer_id"] = np.array([str(n + 1) for n in range(len(frame))], dtype=object)
    for header in frame:
        scale = (scales or {}).get(header, "number")
        levels = () if isinstance(scale, str) else tuple(scale)
        values = frame[header]
        if levels:
            values = values.map({level: float(place) for place, level in enumerate(levels)})
        stored[slug(header)] = values if scale in ("nominal", "yes_no", "text") else values.astype(float)
        columns.append(
            Column(
                header, (roles or {}).get(header, ""), "", "", "", slug=slug(header), levels=levels, enters=True,
                scale="ordinal" if levels else str(scale), derived="made" if header in derived else "",
            )
        )  # fmt: skip
    meta = PeopleMeta(len(frame), len(frame), None, tuple(columns), ())
    people.write(pd.DataFrame(stored), meta, folder)
    opened = People.open(folder, str(folder))
    return People(opened.folder, opened.key, opened.meta, tuple(map(slug, needs)))
