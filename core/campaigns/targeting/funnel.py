"""From everybody to those who can be written to: who drops out where, and why, with exact counts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from core.campaigns.sending.manifest import Counts
from core.codec import cacheable


@cacheable
@dataclass(frozen=True)
class Funnel:
    """How many are left after each step, in all and by segment.

    Parameters
    ----------
    of : int
        Customers of the dataset.
    audience : int
        Of them in the audience.
    steps : list of (kind, lost, left)
        Kinds of :data:`core.campaigns.sending.reasons.KINDS`, in order; only those that are asked of this campaign.
    segments : DataFrame
        One row a segment: segment, audience, one column a kind that is asked, reachable. Each row adds up.
    """

    of: int
    audience: int
    steps: list[tuple[str, int, int]]
    segments: pd.DataFrame

    @property
    def reachable(self) -> int:
        """Those who are left: to be written to, or held back."""
        return self.steps[-1][2] if self.steps else self.audience


def funnel(counts: Counts, of: int, asked: Collection[str]) -> Funnel:
    """The funnel of an audience that was counted as a file of it would be, so that the two cannot disagree.

    Parameters
    ----------
    counts : Counts
        Its segments are ids as text.
    of : int
        Customers of the dataset.
    asked : collection of str
        Kinds that are shown even where nobody drops out for them; others are shown where somebody does.

    Examples
    --------
    >>> from core.campaigns.sending.reasons import KINDS
    >>> rows = {"segment": ["1"], "members": [8], "sent": [5], "holdout": [0], "rejected": [3], "contact": [1]}
    >>> rows = {**dict.fromkeys(KINDS, [0]), **rows, "consent": [2]}
    >>> counted = Counts(8, 5, 0, 3, [], pd.DataFrame(rows), True)
    >>> funnel(counted, 9, ["contact"]).steps
    [('contact', 1, 7), ('consent', 2, 5)]
    """
    steps = [step for step in counts.steps if step[0] in asked or step[1]]
    rows = counts.segments
    table = pd.DataFrame({
        "segment": rows["segment"].astype("int64"), "audience": rows["members"],
        **{kind: rows[kind] for kind, _, _ in steps}, "reachable": rows["sent"] + rows["holdout"],
    })  # fmt: skip
    return Funnel(of, counts.members, steps, table.sort_values("segment").reset_index(drop=True))
