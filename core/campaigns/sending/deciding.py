"""Who of an audience is sent, who is held back, and who is rejected and why: one state a person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from core.campaigns.planning.arms import TREATED, arm_sql
from core.campaigns.sending import reasons, sharing
from core.campaigns.sending.addresses import EMAIL, PHONE, Cursor, fields, prepare
from core.campaigns.sending.normalising import unguard
from core.campaigns.sending.task import Sending
from core.intake.formats.reading import quote

# So many people at a time: a million take a few hundred megabytes.
PIECE = 50_000
# Of a piece's file, so that several threads may read it.
GROUP = 10_240
# What counting needs of them.
COUNTED = ("segment", "kind", "reason", "outcome")


def decide(
    cursor: Cursor, members: pa.Table, sending: Sending, path: Path, columns: tuple[str, ...] = ()
) -> bool:  # fmt: skip
    """Write one row a member to a folder of Parquet files.

    Parameters
    ----------
    members : Table
        ``customer_id``, ``segment`` (name), ``cents`` (what they spent).
    sending : Sending
    path : Path
        The folder, which is made. Its rows have what :mod:`core.campaigns.sending.normalising` names, ``arm`` (treated,
        holdout), ``outcome`` (sent, holdout, rejected), ``kind`` (of :data:`core.campaigns.sending.reasons.KINDS`) and
        ``reason``, both empty where nobody is rejected, and ``consent``; in order of customer.
    columns : tuple of str
        Those alone; all where it is empty.

    Returns
    -------
    bool
        Whether a column says who agreed.

    Notes
    -----
    Whoever may not or cannot be written to is rejected in both arms, so that those sent and those held back are alike.
    Every test is asked of everybody here, right before the file is written, and the first that holds gives the reason:
    who is apart or on the suppression list never comes past a missing consent, nor the other way round. An address goes
    with its owner's no, whatever other customer it is given for. Of those who share an address see
    :mod:`core.campaigns.sending.sharing`.
    """
    has = fields(cursor, sending.contacts)
    prepare(cursor, sending.contacts, has)
    cursor.register("suppressed", sending.suppressed)
    cursor.register("apart", reasons.load_apart(sending.apart))
    earlier = sent_before(sending.earlier) if sending.earlier else "select null::varchar as customer_id where false"
    cursor.execute(f"create or replace temp table earlier as {earlier}")
    ids = members["customer_id"].cast(pa.string())
    members = members.set_column(members.column_names.index("customer_id"), "customer_id", ids).sort_by("customer_id")
    sharing.find(cursor, sending)
    tests = reasons.tests(sending, has)
    cursor.execute("create or replace temp table eligible (customer_id varchar)")
    for query in _pieces(cursor, _sharing(cursor, members), sending, tests):
        cursor.execute(f"insert into eligible select customer_id from ({query}) where outcome <> 'rejected'")
    sharing.find_doubles(cursor)
    tests = [*tests[:-1], *reasons.SHARING, tests[-1]]
    path.mkdir()
    for number, query in enumerate(_pieces(cursor, members, sending, tests)):
        part = quote(str(path / f"{number:06}.parquet"))
        narrow = f"select {', '.join(columns) or '*'} from ({query})"
        cursor.execute(f"copy ({narrow}) to {part} (format parquet, compression snappy, row_group_size {GROUP})")
    cursor.unregister("suppressed")
    cursor.unregister("apart")
    return "consent" in has


def sent_before(record: Path) -> str:
    """Who was sent according to a record."""
    rows = f"read_csv({quote(str(record))}, header = true, all_varchar = true, quote = '\"', delim = ',')"
    return f"select distinct {unguard('customer_id')} as customer_id from {rows} where state = 'sent'"


def _sharing(cursor: Cursor, members: pa.Table) -> pa.Table:
    """Those members who share an address."""
    ids = cursor.sql("select distinct customer_id from sharer").to_arrow_table()["customer_id"]
    return members.filter(pc.is_in(members["customer_id"], ids))


def _pieces(cursor: Cursor, members: pa.Table, sending: Sending, tests: list[reasons.Test]) -> Iterator[str]:
    """SQL of some members after others, judged; true until the next is asked for."""
    for start in range(0, max(members.num_rows, 1), PIECE):
        piece = members.slice(start, PIECE)
        cursor.register("member", piece)
        # Contacts lie in order of customer: of their file only the part is read that a piece needs.
        ends = pc.min_max(piece["customer_id"]).as_py()
        between = f"customer_id between {quote(ends['min'] or '')} and {quote(ends['max'] or '')}"
        yield _query(sending, tests, between)
        cursor.unregister("member")


def _query(sending: Sending, tests: list[reasons.Test], between: str) -> str:
    first = " ".join(f"when {test} then {number}" for number, (_, _, test) in enumerate(tests, 1))
    kinds = ", ".join(quote(kind) for kind, _, _ in tests)
    words = ", ".join(quote(reason) if reason else "null" for _, reason, _ in tests)
    arm = arm_sql(sending.key, "customer_id", sending.holdout) if sending.holdout else quote(TREATED)
    return f"""with person as (
        select m.customer_id, coalesce(m.segment, '') as segment, m.cents::bigint as cents,
            {quote(sending.campaign.strip())} as campaign, c.customer_id is not null as listed,
            nullif(lower(trim(c.email)), '') as given_email, nullif(trim(c.phone), '') as given_phone,
            case when regexp_full_match(given_email, {quote(EMAIL)}) then given_email end as email,
            case when regexp_full_match(given_phone, {quote(PHONE)}) then given_phone end as phone,
            trim(c.first_name) as first_name, trim(c.last_name) as last_name, nullif(trim(c.street), '') as street,
            nullif(trim(c.zip), '') as zip, nullif(trim(c.city), '') as city, c.state, l.land, c.consent,
            c.email_issue, c.phone_issue, a.kind as apart_kind, a.reason as apart_reason
        from member m left join (from contact where {between}) c on c.customer_id = m.customer_id
            left join lands l on l.name = c.country left join apart a on a.customer_id = m.customer_id),
    judged as (select *, case {first} end as test, {arm} as arm from person)
    select * exclude (listed, given_email, given_phone, email_issue, phone_issue, apart_kind, apart_reason, test),
        case when test is null then '' else [{kinds}][test] end as kind,
        case when test is null then '' else coalesce([{words}][test], apart_reason) end as reason,
        case when test is not null then 'rejected' when arm = 'holdout' then 'holdout' else 'sent' end as outcome
    from judged order by customer_id"""
