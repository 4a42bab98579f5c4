"""Addresses that several customers give: written to once, and not at all if somebody else behind it is held back.

Both rules ask of a customer only what is true of others, never which arm the customer's own draw gives. So they leave
out the same share of those who would be sent and of those held back, and both arms stay alike.
"""

from __future__ import annotations

from core.campaigns.planning.arms import HOLDOUT, arm_sql
from core.campaigns.sending.addresses import EMAIL, PHONE, Cursor
from core.campaigns.sending.task import Sending
from core.intake.formats.reading import quote

TEXTS = {"email": "nullif(lower(trim(email)), '')", "phone": "nullif(trim(phone), '')"}
VALID = {"email": EMAIL, "phone": PHONE}


def find(cursor: Cursor, sending: Sending) -> None:
    """Make the tables ``sharer`` and ``beside`` from the view ``contact``, of e-mails and telephones that are used.

    ``sharer``: ``kind``, ``value`` and ``customer_id`` of every address that several customers give, whether they are
    in the audience or not. ``beside``: ``customer_id`` of those of them of whom another is held back by the draw. It
    does so in every file of the campaign, so whoever is held back gets nothing from any of them.
    """
    cursor.execute("create or replace temp table sharer (kind varchar, value varchar, customer_id varchar)")
    for kind in (kind for kind in TEXTS if any((kind,) in ways for ways in sending.ways)):
        # By hash, in a fraction of the memory; who meets by chance alone does no harm below.
        cursor.execute(f"""insert into sharer select '{kind}', {TEXTS[kind]} as value, customer_id from contact
            where hash(value) in (select hash({TEXTS[kind]}) as mark from contact
                where {TEXTS[kind]} is not null group by mark having count(*) > 1)
            and regexp_full_match(value, {quote(VALID[kind])})""")
    drawn = f"{arm_sql(sending.key, 'customer_id', sending.holdout)} = '{HOLDOUT}'" if sending.holdout else "false"
    cursor.execute(f"""create or replace temp table beside as select distinct customer_id from
        (select kind, value, customer_id, {drawn} as drawn from sharer)
        qualify count(*) filter (drawn) over (partition by kind, value) > drawn::int""")


def find_doubles(cursor: Cursor) -> None:
    """Make the table ``doubles``: of those in ``eligible`` whoever shares an address with one whose id comes before."""
    cursor.execute("""create or replace temp table doubles as select customer_id from sharer
        where customer_id in (select customer_id from eligible)
        qualify customer_id > min(customer_id) over (partition by kind, value)""")
