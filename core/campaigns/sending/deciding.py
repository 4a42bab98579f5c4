"""Who of an audience is sent, who is held back, and who is rejected and why: one state a person."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from core.campaigns.planning.arms import TREATED, arm_sql
from core.campaigns.sending.addresses import WORDS, check, fields, prepare
from core.campaigns.sending.normalising import unguard
from core.campaigns.sending.task import Sending
from core.intake.formats.reading import quote

EMAIL = r"""[^@\s,;:<>"]+@[^@\s,;:<>"]+\.[^@\s.,;:<>"]{2,}"""
PHONE = r"\+[1-9][0-9]{5,14}"
# So many people at a time: a million take a few hundred megabytes.
PIECE = 50_000
OPTED_OUT = "opted out since the last file"


def decide(cursor: duckdb.DuckDBPyConnection, members: pa.Table, sending: Sending, path: Path) -> bool:
    """Write one row a member to a folder of Parquet files.

    Parameters
    ----------
    members : Table
        ``customer_id``, ``segment`` (name), ``cents`` (what they spent).
    sending : Sending
    path : Path
        The folder, which is made. Its rows have what :mod:`core.campaigns.sending.normalising` names, ``arm`` (treated,
        holdout), ``outcome`` (sent, holdout, rejected), ``reason`` and ``consent``; in order of customer.

    Returns
    -------
    bool
        Whether a column says who agreed.

    Raises
    ------
    ParameterError
        If the destination needs an address of which there is no column.

    Notes
    -----
    Whoever may not or cannot be written to is rejected in both arms, so that those sent and those held back are alike.
    Consent and the suppression list come last. An address goes with its owner's no, whatever other customer it is
    given for.
    """
    has = fields(cursor, sending.contacts)
    check(has, sending.destination)
    prepare(cursor, sending.contacts, has)
    cursor.register("suppressed", sending.suppressed)
    earlier = sent_before(sending.earlier) if sending.earlier else "select null::varchar as customer_id where false"
    cursor.execute(f"create or replace temp table earlier as {earlier}")
    ids = members["customer_id"].cast(pa.string())
    members = members.set_column(members.column_names.index("customer_id"), "customer_id", ids).sort_by("customer_id")
    path.mkdir()
    for number, start in enumerate(range(0, max(members.num_rows, 1), PIECE)):
        piece = members.slice(start, PIECE)
        cursor.register("member", piece)
        # Contacts lie in order of customer: of their file only the part is read that a piece needs.
        ends = pc.min_max(piece["customer_id"]).as_py()
        between = f"customer_id between {quote(ends['min'] or '')} and {quote(ends['max'] or '')}"
        query, part = _query(sending, has, between), path / f"{number:06}.parquet"
        cursor.execute(f"copy ({query}) to {quote(str(part))} (format parquet, compression snappy)")
        cursor.unregister("member")
    cursor.unregister("suppressed")
    return "consent" in has


def sent_before(record: Path) -> str:
    """Who was sent according to a record."""
    rows = f"read_csv({quote(str(record))}, header = true, all_varchar = true, quote = '\"', delim = ',')"
    return f"select distinct {unguard('customer_id')} as customer_id from {rows} where state = 'sent'"


def _query(sending: Sending, has: tuple[str, ...], between: str) -> str:
    reasons = [*_unreachable(sending.destination.reach), *_unwilling(has)]
    why = " ".join(f"when {test} then {quote(reason)}" for test, reason in reasons)
    arm = arm_sql(sending.key, "customer_id", sending.holdout) if sending.holdout else quote(TREATED)
    return f"""with person as (
        select m.customer_id, coalesce(m.segment, '') as segment, m.cents::bigint as cents,
            {quote(sending.campaign.strip())} as campaign, c.customer_id is not null as listed,
            nullif(lower(trim(c.email)), '') as given_email, nullif(trim(c.phone), '') as given_phone,
            case when regexp_full_match(given_email, {quote(EMAIL)}) then given_email end as email,
            case when regexp_full_match(given_phone, {quote(PHONE)}) then given_phone end as phone,
            trim(c.first_name) as first_name, trim(c.last_name) as last_name, c.zip, c.city, c.state, l.land, c.consent
        from member m left join (from contact where {between}) c on c.customer_id = m.customer_id
            left join lands l on l.name = c.country),
    judged as (select *, case {why} end as why, {arm} as arm from person)
    select * exclude (listed, given_email, given_phone, why), coalesce(why, '') as reason,
        case when why is not null then 'rejected' when arm = 'holdout' then 'holdout' else 'sent' end as outcome
    from judged order by customer_id"""


def _unreachable(reach: tuple[str, ...]) -> list[tuple[str, str]]:
    if not reach:
        return []
    blank = " and ".join(f"given_{name} is null" for name in reach)
    cannot = " and ".join(f"{name} is null" for name in reach)
    nothing = "no " + " and no ".join(WORDS[name] for name in reach)
    return [
        ("not listed", "no contact"),
        (blank, nothing),
        (f"{cannot} and given_email is not null", "invalid e-mail"),
        (cannot, "telephone without country"),
    ]


def _unwilling(has: tuple[str, ...]) -> list[tuple[str, str]]:
    asked = [
        ("consent = 'no' and customer_id in (from earlier)", OPTED_OUT),
        ("consent = 'no'", "did not consent"),
        ("consent is distinct from 'yes'", "not asked"),
        (_one_of("refused"), "did not consent under another number"),
    ]
    return [*(asked if "consent" in has else []), (_suppressed(), "suppressed")]


def _suppressed() -> str:
    digests = ("sha256(email)", "sha256(phone)", "sha256(substr(phone, 2))")
    ways = (
        _one_of("suppressed"),
        "customer_id in (select value from suppressed where kind = 'customer')",
        *(f"coalesce({digest} in (select value from suppressed where kind = 'hash'), false)" for digest in digests),
    )
    return f"({' or '.join(ways)})"


def _one_of(table: str) -> str:
    ways = (f"coalesce({kind} in (select value from {table} where kind = '{kind}'), false)" for kind in WORDS)
    return f"({' or '.join(ways)})"
