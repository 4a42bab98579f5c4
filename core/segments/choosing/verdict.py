"""Which number of segments to work with, weighed from several criteria, and why in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments.choosing import arguments
from core.segments.choosing.arguments import LARGE_ENOUGH, LUMPED, WEAK, Reason, bend, number, percent
from core.segments.choosing.grouping import Grouping

__all__ = ["Reason", "Verdict", "bend", "judge", "number", "percent", "score"]

# Each criterion is a number from 0 to 1 a row; the verdict is the highest weighted sum.
WEIGHTS = {"clear": 1.0, "bend": 1.0, "even": 1.0, "divided": 1.0, "detail": 0.75}


@cacheable
@dataclass(frozen=True)
class Verdict:
    """The number chosen, in a sentence and with its reasons."""

    elbow: int
    best_silhouette: int
    chosen: int
    headline: str
    reasons: list[Reason]
    weak: bool


def score(rows: pd.DataFrame) -> pd.Series:
    """The weighted sum of the criteria for each row; −inf for k = 1.

    Notes
    -----
    *clear*: silhouette against the best one. *bend*: distance to the chord against the elbow's. *even*: size of the
    smallest segment against an equal share. *divided*: how much the largest segment leaves to the others, half
    being enough. *detail*: share of the spread between customers that the segments explain.
    """
    several = rows["k"] >= 2
    bends = pd.Series(bend(rows), rows.index).clip(lower=0)
    criteria = {
        "clear": (rows["silhouette"] / rows["silhouette"].max()).clip(0, 1) if rows["silhouette"].max() > 0 else 0.0,
        "bend": bends / bends.max() if bends.max() > 0 else 0.0,
        "even": (rows["smallest_share"] * rows["k"]).clip(upper=1),
        "divided": ((1 - rows["largest_share"]) / 0.5).clip(upper=1),
        "detail": rows["explained"],
    }
    total = sum(WEIGHTS[name] * values for name, values in criteria.items())
    return pd.Series(total, rows.index).where(several, -np.inf)


def judge(rows: pd.DataFrame, customers: int, grouping: Grouping) -> Verdict:
    """Choose a number of segments from a sweep.

    Parameters
    ----------
    rows : frame
        k, inertia, silhouette (missing for 1), smallest, smallest_share, largest_share, explained,
        calinski_harabasz, davies_bouldin.
    customers : int
        How many were swept.
    grouping : Grouping
        Whether there are gaps between groups.

    Notes
    -----
    There are no distinct groups where the silhouette stays under 0.25 at every number, or where there is no gap: any
    even cloud can be cut into compact pieces, and a few customers who stand far apart lift every silhouette.
    """
    elbow = int(rows["k"][int(bend(rows).argmax())])
    best = rows.iloc[int(np.nanargmax(rows["silhouette"]))]
    here = rows.iloc[int(score(rows).argmax())]
    weak = bool(best["silhouette"] < WEAK) or not grouping.distinct
    k = int(here["k"])
    reasons = [
        arguments.about_elbow(rows, here, elbow),
        arguments.about_size(rows, here),
        arguments.about_detail(rows, here),
    ]
    reasons += [arguments.about_silhouette(here, best, customers)]
    reasons += arguments.about_others(rows, k)
    reasons.append(arguments.about_groups(here, best, grouping))
    reasons.sort(key=lambda reason: reason.kind != "for")
    return Verdict(elbow, int(best["k"]), k, _headline(k, elbow, int(best["k"]), here, weak), reasons, weak)


def _headline(k: int, elbow: int, best: int, here: pd.Series, weak: bool) -> str:
    told = f"{percent(here['explained'])} of the differences between customers"
    if here["smallest_share"] >= LARGE_ENOUGH:
        why = f"every segment is large enough to write to, and together they explain {told}"
    elif here["largest_share"] <= LUMPED:
        why = f"they explain {told} without lumping nearly all of them together"
    else:
        why = (
            f"prepared like this, {percent(here['largest_share'])} of the customers fall into one segment all the same"
        )
    if elbow == best:
        views = f"elbow and silhouette both point to {elbow}"
    else:
        views = f"elbow and silhouette disagree, at {elbow} and at {best}"
    close = " These are a useful division of a continuum, not distinct groups." if weak else ""
    return f"{number(k).capitalize()}: {why}; {views}.{close}"
