"""Names of segments of a customer table or survey: of a known kind where they are, else their strongest differences."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from core.segments.naming import phrases
from core.segments.naming.archetypes import Archetype
from core.segments.naming.phrases import Phrase
from core.segments.naming.table_archetypes import TABLE_ARCHETYPES

COLOURS = 10
# How far from the ideal counts as one step away, and how large a difference has to be for a name to claim it.
STEP, CLAIM, MOST_STEPS = 0.5, 0.25, 3.0
# A trait that the name does not speak of may stand out by so much.
UNSAID = 0.6
# What a name from differences costs, in steps: a kind has to fit better than that.
DESCRIBED = 1.3
# Up to this share of customers a segment may be called a select one.
FEW = 0.35
FALSE_CLAIM = 20.0
NAMING = 1.3


def name(looks: pd.DataFrame, compared: pd.DataFrame, sizes: pd.Series) -> pd.DataFrame:
    """Name each segment.

    Parameters
    ----------
    looks : frame
        A row a segment: the traits of :mod:`core.segments.naming.table_archetypes` that the table knows.
    compared : frame
        As of :func:`core.segments.describing.comparing.compare`, of the features that segments were learned from.
    sizes : series
        Customers of each segment.

    Returns
    -------
    frame
        id, name, slug, archetype (empty for a name from differences), colour; names are unique.
    """
    ids = [int(segment) for segment in sizes.index]
    few = (sizes.loc[ids] / sizes.sum() <= FEW).astype(float)
    kinds = _kinds(looks.reindex(ids).assign(few=few))
    described = _described([segment for segment in ids if segment not in kinds], compared, sizes)
    words = {segment: kinds[segment].label if segment in kinds else described[segment] for segment in ids}
    slugs = {segment: kinds[segment].slug if segment in kinds else _slug(words[segment]) for segment in ids}
    colours = _colours(ids, kinds)
    rows = [
        (segment, words[segment], slugs[segment], kinds[segment].slug if segment in kinds else "", colours[segment])
        for segment in ids
    ]
    return pd.DataFrame(rows, columns=["id", "name", "slug", "archetype", "colour"])


def holds(traits: dict[str, float], claim: str) -> bool:
    """Whether what a name claims is so."""
    key = claim.strip("-?")
    if key not in traits:
        return claim.endswith("?")
    return traits[key] < -CLAIM if claim.startswith("-") else traits[key] > CLAIM


def _kinds(looks: pd.DataFrame) -> dict[int, Archetype]:
    """Kinds of the segments that are of one, so that the sum of the distances is smallest (Hungarian method)."""
    costs = np.full((len(looks), len(TABLE_ARCHETYPES) + len(looks)), DESCRIBED)
    for row, (_, traits) in enumerate(looks.iterrows()):
        known = {str(key): float(value) for key, value in traits.items()}
        costs[row, : len(TABLE_ARCHETYPES)] = [_distance(known, kind) for kind in TABLE_ARCHETYPES]
    rows, columns = linear_sum_assignment(costs)
    picked = zip(rows, columns, strict=True)
    return {int(looks.index[row]): TABLE_ARCHETYPES[at] for row, at in picked if at < len(TABLE_ARCHETYPES)}


def _distance(traits: dict[str, float], kind: Archetype) -> float:
    known = {key: ideal for key, ideal in kind.ideal.items() if key in traits}
    if not known or not all(holds(traits, claim) for claim in kind.must):
        return FALSE_CLAIM
    steps = [min(abs(traits[key] - ideal) / STEP, MOST_STEPS) for key, ideal in known.items()]
    unsaid = [abs(value) for key, value in traits.items() if key not in known and key not in ("best", "few")]
    return float(np.mean(steps)) + max(max(unsaid, default=0.0) - UNSAID, 0.0) / STEP


def _described(ids: list[int], compared: pd.DataFrame, sizes: pd.Series) -> dict[int, str]:
    """Names from the two strongest differences; from more where two segments would be called the same."""
    told = {segment: _phrases(compared[compared["id"] == segment]) for segment in ids}
    found, most = dict.fromkeys(ids, ""), max(map(len, told.values()), default=0)
    for parts in range(2, max(most, 2) + 1):
        alike = [segment for segment in ids if list(found.values()).count(found[segment]) > 1 or not found[segment]]
        found |= {segment: phrases.join(told[segment][:parts]) for segment in alike}
    by_size = sorted(ids, key=lambda segment: (-int(sizes[segment]), segment))
    for segment in ids:
        twins = [other for other in by_size if found[other] == found[segment]]
        if len(twins) > 1 or not found[segment]:
            found |= {other: f"{found[other]} ({int(sizes[other]):,}, {place})".strip() for place, other in
                      enumerate(twins, start=1)}  # fmt: skip
    return found


def _phrases(rows: pd.DataFrame) -> list[Phrase]:
    """Differences in words, the strongest first; what makes a name for customers counts for a little more.

    A second difference of the same kind comes after all others: it says less than one of another kind.
    """
    told: list[tuple[float, str, Phrase]] = []
    for row in rows.to_dict("records"):
        words = phrases.phrase({str(key): value for key, value in row.items()})
        told.append((-abs(row["effect"]) * (NAMING if words.head else 1.0), str(row["role"]), words))
    told.sort(key=lambda each: each[0])
    kinds = [role for _, role, _ in told]
    late = [bool(role) and role in kinds[:place] for place, role in enumerate(kinds)]
    order = sorted(range(len(told)), key=lambda place: late[place])
    return list({told[place][2].bare: told[place][2] for place in order}.values())


def _colours(ids: list[int], kinds: dict[int, Archetype]) -> dict[int, int]:
    """A slot each, preferred ones first; from the eleventh segment on they repeat."""
    taken: dict[int, int] = {}
    for number, segment in enumerate(sorted(ids, key=lambda segment: (segment not in kinds, segment))):
        free = [slot for slot in range(COLOURS) if slot not in taken.values()]
        wanted = [slot for slot in (kinds[segment].colours if segment in kinds else ()) if slot in free]
        taken[segment] = (wanted or free or [number % COLOURS])[0]
    return taken


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") or "segment"
