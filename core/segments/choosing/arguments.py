"""What speaks for a number of segments and what against it, in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments.choosing.grouping import Grouping

WEAK = 0.25
# Mean overlap of a segment with itself in resamples (Hennig 2007).
DOUBTFUL, STABLE, HIGHLY = 0.60, 0.75, 0.85
LARGE_ENOUGH = 0.05
LUMPED = 0.9
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


# A smaller bend is none, but rounding.
STRAIGHT = 1e-9


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


def number(k: int) -> str:
    """A number of segments in words."""
    return NUMBERS[k] if k < len(NUMBERS) else str(k)


def percent(share: float, digits: int = 0) -> str:
    """A share in words."""
    return f"{100 * share:.{digits}f}\u00a0%"


def about_elbow(rows: pd.DataFrame, here: pd.Series, elbow: int) -> Reason:
    """Whether the inertia curve bends there."""
    k = int(here["k"])
    bends = dict(zip(rows["k"], bend(rows), strict=True))
    if bends[elbow] < STRAIGHT:
        return Reason("against", "There is no elbow:", "inertia falls evenly with each further segment.")
    if k == elbow:
        return Reason("for", f"The elbow is at {k}:", "each further segment brings inertia down by less.")
    relative = bends[k] / bends[elbow]
    if relative >= 0.9:
        return Reason("for", f"Close to the elbow at {elbow}:", f"at {k} the curve bends {percent(relative)} as much.")
    return Reason("against", f"The elbow is at {elbow}:", f"at {k} the curve bends {percent(relative)} as much.")


def about_size(rows: pd.DataFrame, here: pd.Series) -> Reason:
    """Whether the smallest can be written to."""
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


def about_detail(rows: pd.DataFrame, here: pd.Series) -> Reason:
    """How much of the spread they explain."""
    fewer = rows[rows["k"] == here["k"] - 1]
    text = f"{percent(here['explained'])} of the differences between customers"
    if len(fewer) and fewer["k"].iloc[0] >= 2:
        text += f"; {number(int(fewer['k'].iloc[0]))} would explain {percent(fewer['explained'].iloc[0])}"
    return Reason("for", "They explain", f"{text}.")


def about_silhouette(here: pd.Series, best: pd.Series, customers: int) -> Reason:
    """Whether another number is cleaner."""
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


def about_others(rows: pd.DataFrame, k: int) -> list[Reason]:
    """What Calinski–Harabasz and Davies–Bouldin say."""
    compact, apart = rows["calinski_harabasz"], rows["davies_bouldin"]
    if compact.isna().all() or apart.isna().all():
        return []
    high, low = (int(rows["k"].iloc[at]) for at in (np.nanargmax(compact), np.nanargmin(apart)))
    text = f"Calinski–Harabasz is best at {high}, Davies–Bouldin at {low}."
    if k in (high, low):
        return [Reason("for", "Another criterion agrees:" if high != low else "Two more criteria agree:", text)]
    return [Reason("against", "Other criteria look elsewhere:", text)]


def about_groups(here: pd.Series, best: pd.Series, grouping: Grouping) -> Reason:
    """Whether there are distinct groups at all."""
    if best["silhouette"] < WEAK:
        text = "The silhouette stays under 0.25 at every number: read the segments as a useful division of a continuum."
        return Reason("against", "No distinct groups.", text)
    if not grouping.distinct:
        text = (
            "There is no gap between them in any direction: customers thin out from one middle, and the silhouettes "
            "are those of a cloud cut into pieces. Read the segments as a useful division of a continuum."
        )
        return Reason("against", "No distinct groups.", text)
    if here["silhouette"] < WEAK:
        text = (
            f"at {int(here['k'])} the silhouette is {here['silhouette']:.3f}; under 0.25 they are no distinct groups."
        )
        return Reason("against", "They run into one another:", text)
    return Reason("for", "Customers do fall into groups:", "between some of them there are clearly fewer.")


def returning(rows: pd.DataFrame, k: int, resamples: int) -> list[Reason]:
    """What stability adds to the verdict on ``k``: reasons, never another number.

    Parameters
    ----------
    rows : frame
        k, least, mean; see :mod:`core.segments.choosing.stability`.
    resamples : int
        How often customers were drawn again.

    Notes
    -----
    Every page needs the number, and only one page can wait for resamples: a number that depended on them would change
    from page to page. So they are told as reasons.
    """
    least = dict(zip(rows["k"], rows["least"], strict=True))
    if k not in least or np.isnan(least[k]):
        return []
    told = f"the least of them overlaps {least[k]:.2f} with itself in {resamples} resamples"
    after = least.get(k + 1, np.nan)
    more = f"; with {number(k + 1)} it would be {after:.2f}" if after < least[k] - 0.02 else ""
    everyone = "Both" if k == 2 else f"All {number(k)}"
    if least[k] > HIGHLY:
        return [Reason("for", f"{everyone} come back:", f"{told}{more}.")]
    if least[k] >= STABLE:
        return [Reason("for", f"{everyone} are stable:", f"{told}{more}.")]
    word = "doubtful" if least[k] >= DOUBTFUL else "unstable"
    return [
        Reason(
            "against", f"One of them is {word}:", f"it overlaps {least[k]:.2f} with itself in {resamples} resamples."
        )
    ]
