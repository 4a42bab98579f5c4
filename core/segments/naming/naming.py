"""Names, colours and portraits of segments, from ranks, shares and ratios alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from core.segments.choosing.verdict import percent
from core.segments.naming.archetypes import ARCHETYPES, Archetype

COLOURS = 10
WITHOUT_MONEY = (
    "{customers}, {share} of all: {orders} orders each, the last about {recency} ago. {once} ordered only once."
)
# How far a trait may lie from the ideal before it counts as one step away.
TOLERANCE = {
    "value": 1.0, "orders": 1.0, "silence": 0.8, "basket": 0.6, "price": 0.5, "once": 0.25, "fresh": 0.25,
    "best": 0.4, "rare": 0.5,
}  # fmt: skip
STEPS_AT_MOST = 3.0
SECOND_OF_A_KIND = 0.6
# More than any distance: a name says something false only where every other name would, too.
FALSE_CLAIM = 20.0
QUALIFIERS = {
    "basket": ("small baskets", "large baskets"),
    "silence": ("seen lately", "silent longer"),
    "orders": ("fewer orders", "more orders"),
    "value": ("lower spend", "higher spend"),
    "price": ("lower prices", "higher prices"),
    "once": ("more repeat buyers", "more one-time buyers"),
    "fresh": ("longer known", "newer"),
}


def name(rows: pd.DataFrame) -> pd.DataFrame:
    """Name each segment of a profile.

    Parameters
    ----------
    rows : frame
        Profile rows as of :func:`core.segments.naming.traits.describe`, the row of all customers (id 0) among them.

    Returns
    -------
    frame
        id, name, slug, archetype, colour, portrait; one row per segment. Names and slugs are unique, colours are
        while there are no more than ten segments.

    Notes
    -----
    Segments are assigned to archetypes so that the sum of their distances is smallest (Hungarian method). An
    archetype may serve again at a price; the further ones are told apart by the trait that differs most. Only
    ratios to the average of all, shares and ranks are used: other currencies and other ids give the same names.
    """
    seen = looks(rows)
    seen = seen.sort_values(list(seen.columns), ascending=False)
    costs = np.array([[_distance(trait, kind) for kind in ARCHETYPES] for _, trait in seen.iterrows()])
    copies = -(-len(seen) // len(ARCHETYPES)) + 1
    table = np.concatenate([costs + SECOND_OF_A_KIND * copy for copy in range(copies)], axis=1)
    picked = linear_sum_assignment(table)[1] % len(ARCHETYPES)
    ids = [int(segment) for segment in seen.index]
    kinds = {segment: int(kind) for segment, kind in zip(ids, picked, strict=True)}
    # The best fit of each kind comes first: it keeps the plain name and the preferred colour.
    ranked = sorted(ids, key=lambda segment: (kinds[segment], costs[ids.index(segment), kinds[segment]]))
    colours, qualifiers = _colours(kinds, ranked), _qualifiers(kinds, ranked, seen)
    everybody = rows[rows["id"] == 0].iloc[0]
    named = []
    for segment in sorted(ids):
        kind, extra = ARCHETYPES[kinds[segment]], qualifiers[segment]
        label = f"{kind.label}, {extra}" if extra else kind.label
        slug = f"{kind.slug}-{extra.replace(' ', '-').replace(',', '')}" if extra else kind.slug
        row = rows[rows["id"] == segment].iloc[0]
        named.append((segment, label, slug, kind.slug, colours[segment], _portrait(kind, row, everybody)))
    return pd.DataFrame(named, columns=["id", "name", "slug", "archetype", "colour", "portrait"])


def looks(rows: pd.DataFrame) -> pd.DataFrame:
    """What the names look at, one row per segment; see :mod:`core.segments.naming.archetypes`."""
    rows = rows.set_index("id")
    everybody, segments = rows.loc[0], rows.drop(0)

    def doublings(column: str) -> pd.Series:
        ratio = (
            segments[column].clip(lower=0) / everybody[column] if everybody[column] > 0 else segments[column] * 0 + 1
        )
        return pd.Series(np.log2(ratio.fillna(1).clip(1 / 32, 32)).round(9), segments.index)

    return pd.DataFrame(
        {
            "value": doublings("monetary"),
            "orders": doublings("frequency"),
            "silence": doublings("recency_days"),
            "basket": doublings("order_value"),
            "price": doublings("price"),
            "once": segments["one_time_share"] - everybody["one_time_share"],
            "fresh": segments["new_share"] - everybody["new_share"],
            "best": (segments["monetary"] >= segments["monetary"].max()).astype(float),
            "rare": (1 - segments["share"] / 0.05).clip(lower=0),
        }
    )


def _distance(trait: pd.Series, kind: Archetype) -> float:
    steps = [min(abs(trait[key] - ideal) / TOLERANCE[key], STEPS_AT_MOST) for key, ideal in kind.ideal.items()]
    return float(np.mean(steps)) + FALSE_CLAIM * sum(not _holds(trait, claim) for claim in kind.must)


def _holds(trait: pd.Series, claim: str) -> bool:
    return bool(trait[claim[1:]] < 0 if claim.startswith("-") else trait[claim] > 0)


def _colours(kinds: dict[int, int], ranked: list[int]) -> dict[int, int]:
    """A slot each, preferred ones first, in the order of the catalogue; from the eleventh segment on they repeat."""
    taken: dict[int, int] = {}
    for number, segment in enumerate(ranked):
        free = [slot for slot in range(COLOURS) if slot not in taken.values()]
        wanted = [slot for slot in ARCHETYPES[kinds[segment]].colours if slot in free]
        taken[segment] = (wanted or free or [number % COLOURS])[0]
    return taken


def _qualifiers(kinds: dict[int, int], ranked: list[int], seen: pd.DataFrame) -> dict[int, str]:
    """Nothing for the one that fits its kind best; for the others of the kind what tells them from it."""
    words: dict[int, str] = {}
    typical: dict[int, int] = {}
    for segment in ranked:
        first = typical.setdefault(kinds[segment], segment)
        used = {words[other] for other in words if kinds[other] == kinds[segment]}
        phrases = _differing(seen, segment, first) if segment != first else [""]
        pairs = [f"{one}, {other}" for one in phrases for other in phrases if one != other]
        words[segment] = next(phrase for phrase in phrases + pairs if phrase not in used)
    return words


def _differing(seen: pd.DataFrame, segment: int, other: int) -> list[str]:
    """What to call the differences of a segment from another, the largest first."""
    columns = {key: seen[key].to_dict() for key in QUALIFIERS}
    steps = {key: (column[segment] - column[other]) / TOLERANCE[key] for key, column in columns.items()}
    return [QUALIFIERS[key][int(steps[key] > 0)] for key in sorted(steps, key=lambda key: -abs(steps[key]))]


def _portrait(kind: Archetype, row: pd.Series, everybody: pd.Series) -> str:
    days = row["recency_days"]
    customers = int(row["customers"])
    words = kind.portrait if everybody["monetary"] > 0 else WITHOUT_MONEY
    text = words.format(
        customers="One customer" if customers == 1 else f"{customers:,} customers",
        share=percent(row["share"], 1),
        revenue=percent(row["revenue_share"], 1),
        orders=f"{row['frequency']:.1f}",
        recency="a day" if days < 1.5 else f"{days:.0f} days",
        once=percent(row["one_time_share"]),
        new=percent(row["new_share"]),
        value=_times(row["monetary"], everybody["monetary"]),
        basket=_times(row["order_value"], everybody["order_value"]),
        price=_times(row["price"], everybody["price"]),
    )
    return text[0].upper() + text[1:]


def _times(value: float, average: float) -> str:
    if not average > 0 or not value >= 0:
        return "an amount that cannot be compared"
    ratio = value / average
    if ratio >= 1.15:
        return f"{ratio:.1f} times the average" if ratio < 9.95 else f"{ratio:.0f} times the average"
    return "about the average" if ratio >= 0.87 else f"{percent(ratio)} of the average"
