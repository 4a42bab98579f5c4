"""Who of an audience can be written to: the funnel that leads there, and by segment what they order."""

from __future__ import annotations

from dataclasses import dataclass

from core.campaigns.planning.crowds import Crowds
from core.campaigns.targeting.funnel import Funnel
from core.codec import cacheable


@cacheable
@dataclass(frozen=True)
class Reach:
    """``crowds`` are those who are left at the end of ``funnel``."""

    funnel: Funnel
    crowds: Crowds


def everybody(crowds: Crowds, of: int) -> Reach:
    """Where nothing keeps anybody out: all of an audience, of so many customers."""
    rows = crowds.rows[["segment", "customers"]].rename(columns={"customers": "audience"})
    return Reach(Funnel(of, crowds.customers, [], rows.assign(reachable=rows["audience"])), crowds)
