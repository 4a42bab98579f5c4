"""Which number of segments to work with, weighed from several criteria, and why in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.codec import cacheable

WEAK = 0.25
LARGE_ENOUGH = 0.05
LUMPED = 0.9
# Each criterion is a number from 0 to 1 a row; the verdict is the highest weighted sum.
WEIGHTS = {"clear": 1.0, "bend": 1.0, "even": 1.0, "divided": 1.0, "detail": 0.75}
ORDINALS = ("", "", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip


@cacheable
@dataclass(frozen=True)
class Reason:
    """What spoke ``for`` or ``against``: a few words to lead, and the sentence that goes on."""

    kind: str
    lead: str
    text: str


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


def bend(rows: pd.DataFrame) -> np.ndarray:
    """Distance of the inertia curve below its chord, both axes brought to 0…1.

    Notes
    -----
    The elbow is where this is largest. It depends on the range shown: a longer tail moves it.

    Examples
    --------
    >>> bend(pd.DataFrame({"k": [1, 2, 3], "inertia": [100.0, 20.0, 0.0]})).round(3)
    array([0.   , 0.212, 0.   ])
    """
    k, inertia = rows["k"].to_numpy(dtype=float), rows["inertia"].to_numpy()
    across = (k - k[0]) / max(k[-1] - k[0], 1)
    fall = inertia[0] - inertia[-1]
    down = (inertia - inertia[-1]) / fall if fall > 0 else 1 - across
    below: np.ndarray = (1 - across - down) / np.sqrt(2)
    return below


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


def judge(rows: pd.DataFrame, customers: int) -> Verdict:
    """Choose a number of segments from a sweep.

    Parameters
    ----------
    rows : frame
        k, inertia, silhouette (missing for 1), smallest, smallest_share, largest_share, explained.
    customers : int
        How many were swept.
    """
    elbow = int(rows["k"][int(bend(rows).argmax())])
    best = rows.iloc[int(np.nanargmax(rows["silhouette"]))]
    here = rows.iloc[int(score(rows).argmax())]
    weak = bool(best["silhouette"] < WEAK)
    k = int(here["k"])
    reasons = [_about_elbow(rows, here, elbow), _about_size(rows, here), _about_detail(rows, here)]
    reasons += [_about_silhouette(here, best, customers)]
    if weak:
        text = "The silhouette stays under 0.25 at every number: read the segments as a useful division of a continuum."
        reasons.append(Reason("against", "No distinct groups.", text))
    elif here["silhouette"] < WEAK:
        text = f"at {k} the silhouette is {here['silhouette']:.3f}; under 0.25 they are no distinct groups."
        reasons.append(Reason("against", "They run into one another:", text))
    reasons.sort(key=lambda reason: reason.kind != "for")
    return Verdict(elbow, int(best["k"]), k, _headline(k, elbow, int(best["k"]), here, weak), reasons, weak)


def number(k: int) -> str:
    """A number of segments in words."""
    return NUMBERS[k] if k < len(NUMBERS) else str(k)


def percent(share: float, digits: int = 0) -> str:
    """A share in words."""
    return f"{100 * share:.{digits}f}\u00a0%"


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


def _about_elbow(rows: pd.DataFrame, here: pd.Series, elbow: int) -> Reason:
    k = int(here["k"])
    if k == elbow:
        return Reason("for", f"The elbow is at {k}:", "each further segment brings inertia down by less.")
    bends = dict(zip(rows["k"], bend(rows), strict=True))
    relative = bends[k] / bends[elbow]
    if relative >= 0.9:
        return Reason("for", f"Close to the elbow at {elbow}:", f"at {k} the curve bends {percent(relative)} as much.")
    return Reason("against", f"The elbow is at {elbow}:", f"at {k} the curve bends {percent(relative)} as much.")


def _about_size(rows: pd.DataFrame, here: pd.Series) -> Reason:
    k, smallest = int(here["k"]), int(here["smallest"])
    if here["smallest_share"] < LARGE_ENOUGH:
        text = f"{smallest:,} customers, {percent(here['smallest_share'], 1)} of all. Know them by name."
        return Reason("against", "One segment is a handful:", text)
    text = f"the smallest has {smallest:,} customers"
    after = rows[rows["k"] == k + 1]
    if len(after) and after["smallest"].iloc[0] < smallest:
        word = ORDINALS[k + 1] if k + 1 < len(ORDINALS) else "further"
        text += f"; with a {word} it would have {int(after['smallest'].iloc[0]):,}"
    return Reason("for", "Each is large enough to write to:", f"{text}.")


def _about_detail(rows: pd.DataFrame, here: pd.Series) -> Reason:
    fewer = rows[rows["k"] == here["k"] - 1]
    text = f"{percent(here['explained'])} of the differences between customers"
    if len(fewer) and fewer["k"].iloc[0] >= 2:
        text += f"; {number(int(fewer['k'].iloc[0]))} would explain {percent(fewer['explained'].iloc[0])}"
    return Reason("for", "They explain", f"{text}.")


def _about_silhouette(here: pd.Series, best: pd.Series, customers: int) -> Reason:
    k, other = int(here["k"]), int(best["k"])
    if k == other:
        return Reason("for", "No other number is cleaner:", f"its silhouette is {here['silhouette']:.3f}.")
    lead = f"{number(other).capitalize()} groups are cleaner"
    scores = f"({best['silhouette']:.3f} against {here['silhouette']:.3f})"
    if best["largest_share"] > 0.6:
        largest = round(best["largest_share"] * customers)
        return Reason("against", lead, f"{scores}, yet one of them holds {largest:,} of {customers:,} customers.")
    if other < k:
        return Reason(
            "against", lead, f"{scores}, yet they explain only {percent(best['explained'])} of the differences."
        )
    return Reason("against", lead, f"{scores}, yet the smallest would have {int(best['smallest']):,} customers.")
