"""How customers can be reached: e-mails, telephones, names, addresses; normalised once, the latest of each customer."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import cache
from importlib.resources import files
from pathlib import Path

import duckdb
import pandas as pd
import phonenumbers
import pyarrow as pa
from email_validator import EmailNotValidError, validate_email

from core.intake.columns.headers import fold
from core.intake.formats.reading import quote

FIELDS = ("email", "phone", "name", "first_name", "last_name", "street", "zip", "city", "state", "country", "consent")
YES = (
    "yes", "y", "true", "t", "1", "1.0", "ja", "oui", "si", "sí", "sim", "x", "on", "subscribed", "accepts", "accepted",
    "opted in", "opt-in", "opt in", "granted", "wahr", "vrai",
)  # fmt: skip
NO = (
    "no", "n", "false", "f", "0", "0.0", "nein", "non", "não", "nao", "off", "unsubscribed", "declined", "opted out",
    "opt-out", "opt out", "not subscribed", "not_subscribed", "never subscribed", "denied", "falsch", "faux",
    "cleaned", "bounced",
)  # fmt: skip
# Beside an address that cannot be used: what is wrong with it, without the address itself.
ISSUES = {"email": "email_issue", "phone": "phone_issue"}
INVALID, NO_COUNTRY = "invalid", "without country"
# A plain address needs no further look: the validator takes a hundred times as long.
_PLAIN = re.compile(
    r"[a-z0-9](?:[a-z0-9_+-]|\.(?!\.)){0,62}(?<!\.)@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,18}"
)
_NEVER_REAL = (".local", ".invalid", ".test", ".localhost", ".internal")

Cursor = duckdb.DuckDBPyConnection


def normalised(cursor: Cursor, frame: str, has: Collection[str], country: str) -> str:
    """SQL: the rows with e-mails and telephones normalised, and with what is wrong with them (:data:`ISSUES`).

    Every different value is looked at once. A telephone that cannot be read (its country is not known) keeps its
    digits and an e-mail that is none its text, so that they still tell who is who; :func:`write` leaves them out.
    """
    if "email" in has:
        distinct = f"select distinct lower(trim(email)) as email from ({frame}) where email is not null"
        _look_up(cursor, distinct, "emails", _email)
        frame = f"""select f.* replace (coalesce(e.good, e.email) as email), e.issue as email_issue from ({frame}) f
            left join emails e on lower(trim(f.email)) = e.email"""
    if "phone" in has:
        land = "coalesce({0}country, '')" if "country" in has else "''"
        distinct = f"select distinct phone, {land.format('')} as land from ({frame}) where phone is not null"
        _look_up(cursor, distinct, "phones", lambda number, land: _phone(number, region(land) or country.upper()))
        frame = f"""select f.* replace (p.good as phone), p.issue as phone_issue from ({frame}) f left join phones p
            on f.phone = p.phone and {land.format("f.")} = p.land"""
    return frame


def write(cursor: Cursor, frame: str, has: Collection[str], path: Path) -> bool:
    """Write one row a customer with the latest value of each field that is not blank; False where there is none.

    Who has no e-mail or telephone that can be used, but gave one, has a word on it in ``email_issue`` (invalid) or
    ``phone_issue`` (invalid, without country).
    """
    fields = [field for field in FIELDS if field in has]
    if not set(fields) - {"country"}:
        return False
    special = {
        "email": "case when email_issue is null then email end",
        "phone": "case when phone_issue is null then phone end",
        "consent": f"case when lower(consent) in ({_list(YES)}) then 'yes'"
        f" when lower(consent) in ({_list(NO)}) then 'no' end",
    }
    issues = {issue: field for field, issue in ISSUES.items() if field in fields}
    values = {field: special.get(field, field) for field in (*fields, *issues)}
    latest = ", ".join(
        f"arg_max({value}, (coalesce(ts, timestamp '1900-01-01'), row)) filter ({value} is not null) as {field}"
        for field, value in values.items()
    )
    open_ones = ", ".join(f"case when {field} is null then {issue} end as {issue}" for issue, field in issues.items())
    replaced = f"replace ({open_ones})" if issues else ""
    parts = _names(fields)
    cursor.execute(
        f"""copy (select * {replaced} {parts} from (select customer_id, {latest} from ({frame})
        where customer_id is not null group by customer_id) order by customer_id)
        to {quote(str(path))} (format parquet, compression snappy)"""
    )
    return True


def _email(text: str) -> tuple[str | None, str | None]:
    good = email(text)
    return good, None if good else INVALID


def _phone(text: str, country: str) -> tuple[str | None, str | None]:
    good = phone(text, country)
    if good and good.startswith("+"):
        return good, None
    # A number that says its country, or of which it is known, is wrong in itself.
    said = country or text.strip().lstrip("'").startswith(("+", "00"))
    return good, INVALID if said or not good else NO_COUNTRY


def email(text: str) -> str | None:
    """An address as it is written to, or None; whether it exists is not asked.

    Examples
    --------
    >>> email(" Person@Example.COM "), email("nobody"), email("a..b@x.de")
    ('person@example.com', None, None)
    """
    text = text.strip().lower()
    if _PLAIN.fullmatch(text) and not text.endswith(_NEVER_REAL):
        return text
    try:
        return str(validate_email(text, check_deliverability=False, test_environment=True).normalized).lower()
    except (EmailNotValidError, ValueError):
        return None


def phone(text: str, country: str = "") -> str | None:
    """A telephone number in E.164, or its bare digits where its country is not known; None for what is none.

    Examples
    --------
    >>> phone("+44 844 412 4653"), phone("0844 412 4653", "GB"), phone("0844 412 4653"), phone("12")
    ('+448444124653', '+448444124653', '08444124653', None)
    """
    text = text.strip().lstrip("'").removesuffix(".0")
    digits = re.sub(r"\D", "", text)
    if not 6 <= len(digits) <= 17:
        return None
    text = "+" + digits[2:] if digits.startswith("00") else text
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return digits
    if not phonenumbers.is_possible_number(number):
        return digits
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def region(country: str) -> str:
    """The two letters of a country's name or code; empty where it is not known.

    Examples
    --------
    >>> region("Germany"), region("deu"), region("EIRE"), region("Atlantis")
    ('DE', 'DE', 'IE', '')
    """
    return _regions().get(fold(country).strip(". "), "")


@cache
def _regions() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in files("core.sales").joinpath("places.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name, iso2, iso3, _, aliases = line.split("\t")
        for known in (name, iso2, iso3, *aliases.split("|")):
            if known and iso2:
                found.setdefault(fold(known).strip(". "), iso2)
    return found


def _look_up(
    cursor: Cursor, distinct: str, table: str, look: Callable[..., tuple[str | None, str | None]]
) -> None:  # fmt: skip
    """A table of all different values with what :func:`normalised` makes of them: ``good`` and ``issue``."""
    values: pd.DataFrame = cursor.sql(distinct).to_arrow_table().to_pandas()
    seen = [look(*row) for row in values.itertuples(index=False)]
    values["good"], values["issue"] = [good for good, _ in seen], [issue for _, issue in seen]
    schema = pa.schema([(name, pa.string()) for name in values.columns])
    arrow = pa.Table.from_pandas(values, schema=schema, preserve_index=False)
    cursor.register("looked_up", arrow)
    cursor.execute(f"create or replace temp table {table} as select * from looked_up")
    cursor.unregister("looked_up")


def _names(fields: list[str]) -> str:
    """First and last name from the whole one where they have no column: "Last, First" or "First … Last"."""
    if "name" not in fields or "first_name" in fields or "last_name" in fields:
        return ""
    turned = "contains(name, ',')"
    return (
        f", nullif(trim(case when {turned} then split_part(name, ',', 2)"
        " else regexp_extract(name, '^(.*\\S)\\s+\\S+$', 1) end), '') as first_name"
        f", nullif(trim(case when {turned} then split_part(name, ',', 1)"
        " else regexp_extract(name, '(\\S+)\\s*$', 1) end), '') as last_name"
    )


def _list(words: Collection[str]) -> str:
    return ", ".join(map(quote, words))
