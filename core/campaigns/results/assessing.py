"""What came of a campaign: both arms compared as a whole and segment by segment, with what speaks against it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from core.campaigns.evidence import Run
from core.campaigns.results import checks, several
from core.campaigns.results.lift import Arm, Lift, Money, lift, money
from core.campaigns.results.several import Several
from core.campaigns.results.verdict import Verdict, verdict
from core.codec import cacheable
from core.errors import ParameterError

TREATED, HOLDOUT, REJECTED = "treated", "holdout", "rejected"
EVERYBODY = "All segments"


@dataclass(frozen=True)
class Terms:
    """What a campaign was planned with.

    Parameters
    ----------
    margin : float, optional
        Share of the revenue that is left after the goods: above 0, at most 1. Without one there is no profit.
    cost : float
        Of one contact, in units of money.
    holdout : float, optional
        The planned share of the holdout.
    lift : float, optional
        The planned relative lift: 0.2 is 20 %.
    discount : float
        Share of the price that every order of the treated was let off.

    Raises
    ------
    ParameterError
        If one of them makes no sense.
    """

    margin: float | None = None
    cost: float = 0.0
    holdout: float | None = None
    lift: float | None = None
    discount: float = 0.0

    def __post_init__(self) -> None:
        if self.margin is not None and not 0 < self.margin <= 1:
            raise ParameterError(f"A margin of {self.margin:g} makes no profit.", "Give a share above 0, such as 0.3.")
        if not (self.cost >= 0 and math.isfinite(self.cost)):
            raise ParameterError(f"A contact cannot cost {self.cost:g}.", "Give 0 or more.")
        if self.holdout is not None and not 0 < self.holdout < 1:
            raise ParameterError(f"A holdout of {self.holdout:g} leaves nothing to compare.", "Give 0.1 for a tenth.")
        if not 0 <= self.discount < 1:
            raise ParameterError(f"A discount of {self.discount:g} leaves nothing.", "Give a share below 1.")


@cacheable
@dataclass(frozen=True)
class Part:
    """Both arms of one segment, or of all. ``lift`` is None where an arm is empty, ``money`` where none is known."""

    name: str
    treated: Arm
    holdout: Arm
    contacts: int
    lift: Lift | None
    money: Money | None
    verdict: Verdict


@cacheable
@dataclass(frozen=True)
class Results:
    """What came of a campaign.

    Parameters
    ----------
    campaign : str
    whole : Part
    segments : tuple of Part
        In the order of their names; their customers add up to the whole's.
    rejected : int
        Customers of neither arm: left out of both before anything was sent.
    reactions : tuple of (word, customers, of)
        Such as opened and clicked, of the treated only: the holdout had nothing to open.
    warnings : tuple of str
        What speaks against believing it, and what was left out.
    doubts : tuple of str
        Those of them for which the arms are no fair comparison: nothing follows from it.
    several : Several or None
        What the segments' comparisons say beside one another; None for fewer than two.
    plan : str
        How the lift stands to the planned one; empty where none was.
    """

    campaign: str
    whole: Part
    segments: tuple[Part, ...]
    rejected: int
    reactions: tuple[tuple[str, int, int], ...]
    warnings: tuple[str, ...]
    plan: str
    doubts: tuple[str, ...] = ()
    several: Several | None = None

    @property
    def sentence(self) -> str:
        """What came of it, as somebody would sign it."""
        if not self.doubts:
            return self.whole.verdict.sentence
        t, h = self.whole.treated.rate, self.whole.holdout.rate
        seen = f"{100 * t:.1f} % of the treated ordered and {100 * h:.1f} % of the holdout"
        doubt = self.doubts[0][:1].lower() + self.doubts[0][1:]
        unfair = "The arms are no fair comparison as a whole, so nothing follows from them yet"
        return f"{unfair}: {doubt} As it stands, {seen}."


def assess(
    people: pd.DataFrame, terms: Terms, campaign: str = "", told: Sequence[str] = (), reactions: Sequence[str] = ()
) -> Results:
    """Compare the arms, by intention to treat: everybody counts in the arm that they were drawn for.

    Parameters
    ----------
    people : frame
        One row a customer of the record: ``segment``, ``arm``, ``state``, ``found``, ``converted`` and, where money is
        known, ``cents``; a column of booleans for each of ``reactions``.
    terms : Terms
    told : sequence of str
        What matching has to say.

    Notes
    -----
    Rejected customers are left out where those of the holdout were rejected by the same rules, so that both arms lost
    the same kind; where only the treated were checked, they stay in, or the arms would differ by who can be reached.
    """
    drawn = people["arm"].isin((TREATED, HOLDOUT))
    out = drawn & (people["state"] == REJECTED)
    alike = bool((out & (people["arm"] == HOLDOUT)).any()) or not bool((people["arm"] == HOLDOUT).any())
    left = people[drawn & ~out] if alike else people[drawn]
    if out.any() and not alike:
        told = [*told, f"{int(out.sum()):,} treated could not be sent to; they count in their arm all the same."]
    whole = _part(EVERYBODY, left, terms)
    segments = tuple(_part(str(name), rows, terms) for name, rows in left.groupby("segment", sort=True))
    doubts = [
        *checks.shares(whole.treated.customers, whole.holdout.customers, terms.holdout),
        *checks.mixes(left), *checks.coverage(left), *checks.silence(left),
    ]  # fmt: skip
    treated = left[left["arm"] == TREATED]
    reacted = tuple((word, int(treated[word].sum()), len(treated)) for word in reactions)
    return Results(
        campaign, whole, segments if len(segments) > 1 else (), len(people) - len(left), reacted, (*doubts, *told),
        _against_plan(whole.lift, terms.lift), tuple(doubts), several.compare([part.lift for part in segments]),
    )  # fmt: skip


def run_of(found: Results) -> Run | None:
    """A campaign as evidence for its strategy; None where there was nothing to compare with."""
    if (lift := found.whole.lift) is None:
        return None
    gap = lift.difference
    return Run(gap.value, gap.low, gap.high, lift.treated.customers, lift.holdout.customers, lift.holdout.rate)


def _part(name: str, rows: pd.DataFrame, terms: Terms) -> Part:
    treated, holdout = (_arm(rows[rows["arm"] == arm]) for arm in (TREATED, HOLDOUT))
    contacts = int(((rows["arm"] == TREATED) & (rows["state"] != REJECTED)).sum())
    if not (treated.customers and holdout.customers):
        missing = "treated" if not treated.customers else "held out"
        words = f"Nobody was {missing}, so there is nothing to compare with."
        return Part(name, treated, holdout, contacts, None, None, Verdict("unknown", words, math.inf))
    found = lift(treated, holdout)
    known = "cents" in rows and treated.customers > 1 and holdout.customers > 1
    earned = money(treated, holdout, terms.margin, 100 * terms.cost * contacts, terms.discount) if known else None
    return Part(name, treated, holdout, contacts, found, earned, verdict(found))


def _arm(rows: pd.DataFrame) -> Arm:
    cents = rows["cents"].astype(float) if "cents" in rows else pd.Series(dtype=float)
    return Arm(len(rows), int(rows["converted"].sum()), float(cents.sum()), float((cents**2).sum()))


def _against_plan(found: Lift | None, planned: float | None) -> str:
    if found is None or planned is None or not found.holdout.converted:
        return ""
    seen, plan = (f"{100 * each:+.0f} %".replace("-", "−") for each in (found.relative.value, planned))
    if found.relative.holds(planned):
        return f"Planned was {plan}, seen {seen}: the plan lies within what the figures allow."
    return (
        f"Planned was {plan}, seen {seen}: the plan was {'too high' if planned > found.relative.high else 'too low'}."
    )
