"""What is wrong with a feature, in words, and what would mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from core.codec import cacheable
from core.segments.choosing.verdict import percent

# A feature that counts as much as this many average others dominates; below a tenth of one it is hardly heard.
MANY, HARDLY = 4.0, 0.1
NEARLY_ALL = 0.95
SKEWED, TAME, HEAVY = 2.0, 1.5, 0.25


@cacheable
@dataclass(frozen=True)
class Remark:
    """Something to know of a feature.

    ``kind``: ``constant``, ``rare``, ``dominates``, ``silent`` or ``tail``. ``text``: a sentence. ``remedy``: ``out``
    (take the feature out), ``scale`` (bring all to one scale), ``once`` (count it once), or a preparation; ``""`` where
    there is nothing to do about it.
    """

    slug: str
    kind: str
    text: str
    remedy: str


def remarks(rows: pd.DataFrame, customers: int) -> list[Remark]:
    """What there is to say of features.

    Parameters
    ----------
    rows : frame
        As in :class:`core.segments.inputs.diagnosis.Diagnosis`.
    customers : int

    Notes
    -----
    *Dominates*: its part of the squared distances, against that of an average other feature, is 4 or more.
    *Heavy tail*: the prepared values have a skewness beyond 2, and the farthest 1 % of customers make a quarter or
    more of their squared distances. *Nearly constant*: 95 % of the customers have one value.

    Examples
    --------
    >>> row = {"slug": "z", "label": "Z", "scale": "number", "distinct": 1, "top": "3", "known": 9, "share": 0.0}
    >>> remarks(pd.DataFrame([row]), 9)[0].text
    'It is the same for everybody, so it divides nobody.'
    """
    found = [remark for row in rows.to_dict("records") for remark in _of(row, len(rows), customers)]
    if not any(remark.kind == "dominates" for remark in found):
        found = [remark for remark in found if remark.kind != "silent"]
    return found


def _of(row: dict[Any, Any], features: int, customers: int) -> list[Remark]:
    slug, number = str(row["slug"]), row["scale"] in ("number", "amount")
    if not row["known"]:
        return [Remark(slug, "constant", "Nothing is known of it, so it divides nobody.", "out")]
    if row["distinct"] < 2:
        return [Remark(slug, "constant", "It is the same for everybody, so it divides nobody.", "out")]
    said, share = [], row["share"]
    if features > 1 and row["odds"] >= MANY:
        said.append(_dominates(row, slug, share))
    elif features > 1 and share * features < HARDLY:
        told = percent(share, 1) if share >= 0.0005 else "next to nothing"
        said.append(Remark(slug, "silent", f"It carries {told} of the distances: it hardly counts.", ""))
    if row["top_share"] >= NEARLY_ALL:
        few = row["known"] * (1 - row["top_share"])
        text = f"{percent(row['top_share'], 1)} have one value; the other {few:,.0f} lie far apart from them."
        said.append(Remark(slug, "rare", text, "out"))
    elif number and abs(row["skewed"]) > SKEWED and row["tail"] >= HEAVY and customers >= 100:
        said.append(_tail(row, slug))
    return said


def _dominates(row: dict[Any, Any], slug: str, share: float) -> Remark:
    told = "practically all" if share > 0.9995 else percent(share, 1 if share > 0.99 else 0)
    text = f"It carries {told} of the distances between customers: little else divides them."
    if row["weight"] > 1:
        return Remark(slug, "dominates", f"{text} You let it count {row['weight']:g} times.", "once")
    return Remark(slug, "dominates", text, "scale")


def _tail(row: dict[Any, Any], slug: str) -> Remark:
    logs = abs(row["logged"]) < TAME and row["how"] != "log"
    remedy = "log" if logs else "rank"
    text = f"The farthest 1 % of the customers make {percent(row['tail'])} of its differences: "
    return Remark(slug, "tail", f"{text}{'a log' if logs else 'ranks'} would tame it.", remedy)
