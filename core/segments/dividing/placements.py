"""A file of new customers with their segments: its own columns, where each customer belongs, and what was assumed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from core.segments.dividing.segmentation import Segmentation
from core.segments.placing import predicting
from core.segments.placing.entering import Entries
from core.segments.placing.fields import Field, stand_in

RESULTS = ("segment", "segment_name", "confidence", "margin", "runner_up", "note")


@dataclass(frozen=True)
class Placements:
    """Customers of a file.

    Parameters
    ----------
    frame : frame
        All rows of the file with all of its columns, then :data:`RESULTS`; who could not be placed has no segment, and
        why in ``note``.
    counts : dict
        Segment -> customers.
    refused : list of (row, reason)
        Rows of the file, from 1, that could not be placed.
    told : list of str
        What holds for the file as a whole: columns that were not found, rows that could not be read.
    """

    frame: pd.DataFrame
    counts: dict[int, int]
    refused: list[tuple[int, str]]
    told: list[str] = field(default_factory=list)

    @property
    def placed(self) -> int:
        return sum(self.counts.values())


def match(
    fields: Sequence[Field], headers: Sequence[str], roles: Mapping[str, str], derived: Sequence[str] = ()
) -> dict[str, str]:
    """The header of each field, by its slug; fields that no header fits are left out.

    Parameters
    ----------
    roles : mapping
        Header -> what it stands for.
    derived : sequence of str
        Slugs that are made from other columns of the file, and so are not looked for by role.

    Notes
    -----
    By slug, label or noun, whatever the capitals, blanks and underscores; then by role, where only one field and only
    one header have it.
    """
    known, found = spellings(fields), dict[str, str]()
    for header in headers:
        if (slug := known.get(bare(header), "")) and slug not in found:
            found[slug] = header
    wanted, given = [each.role for each in fields], list(roles.values())
    for each in fields:
        if each.slug not in found and each.slug not in derived and each.role:
            like = [header for header, role in roles.items() if role == each.role and header not in found.values()]
            if len(like) == 1 and wanted.count(each.role) == 1 and given.count(each.role) == 1:
                found[each.slug] = like[0]
    return found


def place(
    found: Segmentation, fields: Sequence[Field], entries: Entries, original: pd.DataFrame, told: Sequence[str] = ()
) -> Placements:
    """Put the segments beside the rows of a file.

    Parameters
    ----------
    entries : Entries
        A row for each row of ``original``.
    original : frame
        What is kept of the file.
    """
    rows, notes = predicting.predict(found, entries)
    refused = [
        (row + 1, " ".join(str(p) for p in problems.values())) for row, problems in sorted(entries.problems.items())
    ]
    bad = rows.index.isin(list(entries.problems))
    words = [" ".join(note.text for note in mine) for mine in notes]
    for row, reason in refused:
        words[row - 1] = f"Not placed: {reason}"
    result = pd.DataFrame(
        {
            "segment": rows["segment"].astype("Int64").mask(bad),
            "segment_name": rows["name"].astype(object).mask(bad, ""),
            "confidence": rows["confidence"].map(predicting.CONFIDENCES).mask(bad, ""),
            "margin": rows["margin"].round(3).mask(bad),
            "runner_up": rows["runner_up_name"].astype(object).mask(bad, ""),
            "note": words,
        }
    )
    taken = {header.casefold() for header in original.columns}
    result = result.rename(columns={name: _free(name, taken) for name in RESULTS})
    counts = dict(sorted(Counter(rows.loc[~bad, "segment"].tolist()).items()))
    frame = pd.concat([original.reset_index(drop=True), result], axis=1)
    return Placements(frame, counts, refused, list(told))


def lacking(fields: Sequence[Field], columns: Mapping[str, object]) -> list[str]:
    """What stands for columns that the file does not have, a sentence each."""
    return [f"No column for {each.label}: {stand_in(each)}." for each in fields if each.slug not in columns]


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name = f"new_{name}"
    return name


def spellings(fields: Sequence[Field]) -> dict[str, str]:
    """What a field may be called, bare, and its slug; the slug of one goes before the label of another."""
    found: dict[str, str] = {}
    for name in ("slug", "label", "noun"):
        for each in fields:
            found.setdefault(bare(getattr(each, name)), each.slug)
    return {word: slug for word, slug in found.items() if word}


def bare(text: str) -> str:
    """What spellings of a name have in common.

    >>> bare("Year_Birth") == bare("year birth")
    True
    """
    return re.sub(r"[\W_]+", "", text.casefold())
