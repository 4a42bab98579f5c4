"""What a strategy may speak of where the data are a customer table or a survey: a segment beside everybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from core.campaigns.figures import FIGURES, PARTS, QUOTIENTS, figures, means
from core.campaigns.replies import AREAS, CHOICES, SCALES, Facts, choice_facts, chosen, places, scale_facts
from core.warehouse.columns import Column

BEST = 0.2


def _units() -> dict[str, str]:
    own = {figure.name: figure.unit for figure in FIGURES} | {name: unit for name, (_, _, unit) in QUOTIENTS.items()}
    own |= {f"{name}_share": "percent" for name in PARTS}
    shares = {f"{name}_share": "percent" for name in (*CHOICES, *AREAS)}
    words = {"place": "number", "high": "percent", "low": "percent", "level": "text", "points": "text"}
    scales = {f"{name}_{word}": unit for name in SCALES for word, unit in words.items()}
    both = {**own, **shares, **scales}
    return {
        "customers": "count", "share": "percent", "currency": "text",
        **both,
        **{f"all_{name}": unit for name, unit in both.items()},
        **{f"{name}_ratio": "times" for name in (*own, *CHOICES, *AREAS)},
        **{f"{name}_lean": "number" for name in SCALES},
        **{f"{name}_lead": "times" for name in AREAS},
        **dict.fromkeys(PARTS, "count"),
        **dict.fromkeys(CHOICES, "text"),
        "spend_share": "percent", "value_ratio": "times", "best_share": "percent",
    }  # fmt: skip


PEOPLE_MEASURES = _units()


def people_measures(
    frame: pd.DataFrame, columns: Sequence[Column], labels: Iterable[int], currency: str = ""
) -> dict[int, Facts]:
    """Put each segment of a table beside all of its customers.

    Parameters
    ----------
    frame : DataFrame
        One row a customer, in the columns' slugs; see :mod:`core.warehouse.people`.
    columns : sequence of Column
        With role, scale and levels.
    labels : iterable of int
        Segment of each customer, from 1.
    currency : str
        Code that money is shown in; empty where it is not known.

    Returns
    -------
    dict
        Segment -> facts in the names of :data:`PEOPLE_MEASURES`; 0 is everybody. What a table does not know is not in
        them.

    Notes
    -----
    A mean is taken over those whose value is known. A ratio is the segment's figure ÷ that of all; ``lean`` the
    segment's place on a scale from 0 to 1 less that of all; ``spend_share`` its share of all that is spent;
    ``value_ratio`` that ÷ its share of customers. ``best_share`` is what the fifth that spends most brings of all
    spend; the whole table alone has it.

    Examples
    --------
    >>> spend = Column("Spend", "total_spend", "", "", "", slug="spend", scale="amount")
    >>> facts = people_measures(pd.DataFrame({"spend": [90.0, 30.0, 30.0]}), [spend], [1, 2, 2])
    >>> facts[1]["spend"], facts[0]["spend"], facts[1]["spend_ratio"]
    (9000.0, 5000.0, 1.8)
    """
    frame = frame.reset_index(drop=True)
    segment = pd.Series(np.asarray(list(labels), dtype="int64"), index=frame.index)
    known, place, answers = figures(frame, columns), places(frame, columns), chosen(frame, columns)
    base = {**means(known), **scale_facts(place, frame, columns)}
    total = known["spend"].sum() if "spend" in known else 0.0
    found: dict[int, Facts] = {}
    for one in (0, *sorted(segment.unique())):
        who = segment.index[segment == one] if one else segment.index
        own = {**means(known.loc[who]), **scale_facts(place.loc[who], frame.loc[who], columns)}
        facts: Facts = {"customers": float(len(who)), "share": len(who) / max(len(frame), 1), "currency": currency}
        facts |= {**own, **{f"all_{name}": value for name, value in base.items() if f"all_{name}" in PEOPLE_MEASURES}}
        facts |= _against(own, base)
        facts |= choice_facts({name: given[given.index.isin(who)] for name, given in answers.items()}, answers)
        if total > 0:
            facts["spend_share"] = float(known.loc[who, "spend"].sum() / total)
            facts["value_ratio"] = float(facts["spend_share"]) / float(facts["share"])
        found[int(one)] = facts
    if total > 0:
        most = known["spend"].sort_values(ascending=False, kind="stable")
        found[0]["best_share"] = float(most.head(round(BEST * len(most))).sum() / total)
    return found


def _against(own: Facts, base: Facts) -> Facts:
    """Ratios of figures and differences of places."""
    facts: Facts = {}
    for name, value in own.items():
        whole = base.get(name)
        if isinstance(value, str) or isinstance(whole, str) or whole is None:
            continue
        if f"{name}_ratio" in PEOPLE_MEASURES and whole > 0:
            facts[f"{name}_ratio"] = value / whole
        if name.endswith("_place"):
            facts[f"{name.removesuffix('_place')}_lean"] = value - whole
    return facts
