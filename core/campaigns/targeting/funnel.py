"""From everybody to those who can be written to: who drops out where, and why, with exact counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from core.campaigns.contacts import Contacts
from core.codec import cacheable

# In this order: who drops out at one step is not asked at the next. Consent comes after the contact, for without a
# contact nobody is written to anyway, and before what changes from campaign to campaign.
REASONS: Mapping[str, str] = {
    "contact": "no contact for this channel",
    "consent": "did not agree to be written to",
    "asked": "was never asked whether to be written to",
    "suppressed": "on the list of those never to be written to",
    "recent": "written to by another campaign lately",
    "held": "held back by another campaign that runs at the time",
}


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
    steps : list of (reason, lost, left)
        Reasons of :data:`REASONS`, in order; only those that are asked of this campaign.
    segments : DataFrame
        One row a segment: segment, audience, one column a reason that is asked, reachable. Each row adds up.
    """

    of: int
    audience: int
    steps: list[tuple[str, int, int]]
    segments: pd.DataFrame

    @property
    def reachable(self) -> int:
        """Those who are left: to be written to, or held back."""
        return self.steps[-1][2] if self.steps else self.audience


def sift(
    members: pd.DataFrame,
    contacts: Contacts | None,
    needed: Sequence[Sequence[str]],
    *,
    recent: Collection[str] = (),
    held: Collection[str] = (),
    suppressed: Collection[str] = (),
) -> pd.DataFrame:
    """Say of each member of an audience why they cannot be written to.

    Parameters
    ----------
    members : DataFrame
        With ``customer_id`` and ``segment``; a row a customer.
    contacts : Contacts or None
        None where nothing is known of how people can be reached.
    needed : sequence of sequences of str
        Contact fields; all of any one of the sequences must be known.
    recent, held, suppressed : collections of str
        Ids of customers.

    Returns
    -------
    DataFrame
        The members with ``reason``, one of :data:`REASONS` or empty.
    """
    ids = members["customer_id"].astype(str)
    reason = pd.Series("", index=members.index, dtype="object")
    known = contacts.known(members).set_axis(members.index) if contacts else pd.DataFrame(index=members.index)
    there = pd.Series(False, index=members.index)
    for fields in needed:
        if set(fields) <= {*known.columns}:
            there |= known[list(fields)].notna().all(axis=1).to_numpy()
    drops = [("contact", ~there)]
    if "consent" in known:
        drops += [("consent", known["consent"] == "no"), ("asked", known["consent"].isna())]
    drops += [
        (name, ids.isin(list(those)))
        for name, those in (("suppressed", suppressed), ("recent", recent), ("held", held))
    ]
    for name, out in drops:
        reason = reason.mask((reason == "") & out.to_numpy(), name)
    return members.assign(reason=reason)


def count(sifted: pd.DataFrame, of: int, asked: Collection[str]) -> Funnel:
    """The funnel of members that were sifted.

    Parameters
    ----------
    sifted : DataFrame
        Of :func:`sift`.
    of : int
        Customers of the dataset.
    asked : collection of str
        Reasons that are shown even where nobody drops out for them; others are shown where somebody does.

    Examples
    --------
    >>> rows = pd.DataFrame({"segment": [1, 1, 2], "reason": ["", "contact", "consent"]})
    >>> count(rows, 9, ["contact"]).steps
    [('contact', 1, 2), ('consent', 1, 1)]
    """
    totals = sifted["reason"].value_counts()
    shown = [name for name in REASONS if name in asked or totals.get(name, 0)]
    steps, left = [], len(sifted)
    for name in shown:
        left -= int(totals.get(name, 0))
        steps.append((name, int(totals.get(name, 0)), left))
    table = pd.crosstab(sifted["segment"], sifted["reason"]).reindex(columns=["", *shown], fill_value=0)
    table = table.rename(columns={"": "reachable"}).rename_axis(columns=None)
    table.insert(0, "audience", table.sum(axis=1))
    return Funnel(of, len(sifted), steps, table[["audience", *shown, "reachable"]].astype("int64").reset_index())
