"""Why somebody of an audience is not in its file: kinds of reasons, in the order in which a funnel asks them."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from core.campaigns.sending.task import Sending
from core.errors import ParameterError
from core.intake.formats.reading import quote
from core.intake.logs.contacts import INVALID, ISSUES

# Whoever drops out for one kind is not asked for the next, so that the numbers of a funnel and of a file are the same.
# The list of those never to be written to comes last: what it alone keeps out is seen.
KINDS: Mapping[str, str] = {
    "contact": "no contact for this channel",
    "consent": "did not agree to be written to",
    "asked": "were never asked whether they may be written to",
    "recent": "written to by another campaign lately",
    "held": "held back by another campaign that runs at the time",
    "double": "same address as another customer, who is written to or held back",
    "shared": "same address as a customer whom this campaign holds back",
    "suppressed": "on the list of those never to be written to",
}
APART = ("recent", "held")
# Kind, reason, and SQL that is true of whom it keeps out.
Test = tuple[str, str, str]
# Asked before the suppression list, of tables that :mod:`core.campaigns.sending.sharing` makes.
SHARING: tuple[Test, ...] = (
    ("double", "same address as another customer", "customer_id in (from doubles)"),
    ("shared", "shares an address with somebody held back", "customer_id in (from beside)"),
)
OPTED_OUT = "opted out since the last file"
WORDS = {"email": "e-mail", "phone": "telephone", "street": "postal address"}


def load_apart(apart: pa.Table) -> pa.Table:
    """One row a person of :attr:`core.campaigns.sending.task.Sending.apart`: of several reasons the first kind's.

    Raises
    ------
    ParameterError
        If a kind is none of :data:`APART`.

    Examples
    --------
    >>> who = {"customer_id": ["7", "7"], "kind": ["held", "recent"], "reason": ["held back by A", "written to by B"]}
    >>> load_apart(pa.table(who)).to_pylist()
    [{'customer_id': '7', 'kind': 'recent', 'reason': 'written to by B'}]
    """
    apart = apart.select(["customer_id", "kind", "reason"])
    if odd := sorted({*apart["kind"].unique().to_pylist()} - {*APART}):
        raise ParameterError(f"People cannot be apart for {odd[0]!r}.", f"Say {' or '.join(APART)}.")
    if pc.count_distinct(apart["customer_id"]).as_py() == apart.num_rows:
        return apart
    frame = apart.to_pandas()
    rank = frame["kind"].map({kind: place for place, kind in enumerate(KINDS)})
    first = frame.iloc[rank.argsort(kind="stable")].drop_duplicates("customer_id")
    return pa.Table.from_pandas(first, apart.schema, preserve_index=False)


def tests(sending: Sending, has: tuple[str, ...]) -> list[Test]:
    """What is asked of each customer alone, the suppression list last; the first that is true counts.

    Where the reason is empty it is the one that :attr:`core.campaigns.sending.task.Sending.apart` says.
    """
    found = [("contact", reason, test) for reason, test in _unreachable(sending)]
    if "consent" in has:
        found += [
            ("consent", OPTED_OUT, "consent = 'no' and customer_id in (from earlier)"),
            ("consent", "did not consent", "consent = 'no'"),
            ("asked", "not asked", "consent is distinct from 'yes'"),
            ("consent", "did not consent under another number", _one_of("refused")),
        ]
    found += [(kind, "", f"apart_kind = {quote(kind)}") for kind in APART]
    return [*found, ("suppressed", "suppressed", _suppressed(sending.suppressed))]


def _unreachable(sending: Sending) -> list[tuple[str, str]]:
    found = [("no contact", "not listed")] if sending.ways else []
    for ways in sending.ways:
        cannot = " and ".join(f"({' or '.join(f'{name} is null' for name in way)})" for way in ways)
        typed = [way[0] for way in ways if way in (("email",), ("phone",))]
        blank = "".join(f" and given_{name} is null and {ISSUES[name]} is null" for name in typed)
        nothing = " and ".join(f"no {WORDS[name]}" for name in dict.fromkeys(way[0] for way in ways))
        found.append((nothing, cannot + blank))
        if "email" in typed:
            found.append(("invalid e-mail", f"{cannot} and coalesce(given_email, email_issue) is not null"))
        if "phone" in typed:
            found.append(("invalid telephone", f"{cannot} and phone_issue = {quote(INVALID)}"))
            found.append(("telephone without country", cannot))
    return found


def _suppressed(listed: pa.Table) -> str:
    # Hashing everybody takes seconds, and not every list has hashes to compare with.
    hashes = "hash" in listed["kind"].unique().to_pylist()
    texts = ("email", "phone", "substr(phone, 2)", "customer_id") if hashes else ()
    ways = (
        _one_of("suppressed"),
        "customer_id in (select value from suppressed where kind = 'customer')",
        *(f"coalesce(sha256({text}) in (select value from suppressed where kind = 'hash'), false)" for text in texts),
    )
    return f"({' or '.join(ways)})"


def _one_of(table: str) -> str:
    ways = (
        f"coalesce({kind} in (select value from {table} where kind = '{kind}'), false)" for kind in ("email", "phone")
    )
    return f"({' or '.join(ways)})"
