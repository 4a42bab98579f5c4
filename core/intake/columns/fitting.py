"""Whether what stands in a column can be what its header says: a price is a number, a country is no number."""

from __future__ import annotations

import re
from collections.abc import Callable

from core.intake.columns import headers
from core.intake.columns.seen import Seen
from core.intake.roles import MEASURE_ROLES

NEVER = -1.0
_STATUS = re.compile(
    r"paid|complete|deliver|ship|pending|cancel|refund|process|fulfil|closed|open|success|fail|return|await|hold|"
    r"bezahlt|versand|storn|abgeschloss|offen|paye|livr|annul|expedi|pagad|entreg|envia|consegn|spedit|betaald|"
    r"verzond|geannul|oplac|zrealiz|anulow|betalt|levere|iptal|teslim|active|draft|approved|declined|void|received"
)
# From here on a header says plainly what a column is.
PLAIN = 0.85
_NEEDED = ("order", "customer", "date", "email", "phone", "quantity", "price")
_PAID = ("quantity", "price", "amount", "subtotal", "total")
_LEAST_TO_DENY = 3
_MEASURES = frozenset(role.slug for role in MEASURE_ROLES)
_BAND = re.compile(r"\d|under|over|less|more|below|above|unter|uber|unknown|moins|plus", re.IGNORECASE)


def fit(role: str, seen: Seen) -> float:
    """How well values fit a role, from 0 to 1; ``NEVER`` where they contradict it. A blank column fits most a bit."""
    plain = seen.meaning.get(role, 0.0) >= PLAIN
    if not seen.contents.filled:
        return NEVER if role in _NEEDED and not plain else 0.0
    if plain and len(seen.contents.filled) < _LEAST_TO_DENY and not seen.is_date:
        return 0.0
    if role in _MEASURES and seen.contents.distinct == 1 and len(seen.contents.filled) > 50:
        return NEVER
    suits = _FITS.get(role, _anything)(seen)
    if suits == NEVER and plain and seen.is_running and (role in _PAID or role in _MEASURES):
        return 0.4
    return 0.1 if suits == NEVER and plain and role in _PAID and 0.5 <= seen.contents.numeric < 0.8 else suits


def _anything(seen: Seen) -> float:
    return 0.3


def _if(test: bool, good: float = 0.8) -> float:
    return good if test else NEVER


def _money(seen: Seen) -> float:
    if (
        not seen.is_number
        or seen.is_running
        or (seen.contents.phones > 0.9 and seen.is_whole and seen.contents.variety > 0.9)
    ):
        return NEVER
    return 0.9 if seen.contents.signs or not seen.is_whole else 0.5


def _count(seen: Seen) -> float:
    if not seen.is_number or max(map(abs, seen.numbers), default=0) > 1e7 or seen.is_running:
        return NEVER
    return 0.9 if seen.is_whole and sorted(map(abs, seen.numbers))[len(seen.numbers) // 2] <= 1000 else 0.4


def _times(seen: Seen) -> float:
    return _count(seen) if seen.is_whole else NEVER


def _identifier(seen: Seen) -> float:
    contents = seen.contents
    decimals = seen.is_number and not seen.is_whole
    if (
        (seen.is_date and seen.dates and seen.dates.form != "compact")
        or decimals
        or contents.length > 5
        or contents.signs
    ):
        return NEVER
    # Everybody the same, or one of two: no header but a plain one is believed then.
    plain = max(seen.meaning.get("order", 0.0), seen.meaning.get("customer", 0.0)) >= PLAIN
    many = len(contents.filled) > 50
    return NEVER if not plain and (contents.yes_no or (many and contents.distinct == 1)) else 0.7


def _order(seen: Seen) -> float:
    numbered = sum(any(c.isdigit() for c in value) for value in seen.contents.counts)
    wordy = numbered < 0.5 * seen.contents.distinct and seen.contents.worded > 0.9 and seen.contents.variety < 0.95
    return NEVER if seen.is_email or wordy else _identifier(seen)


def _levels(most: int) -> Callable[[Seen], float]:
    return lambda seen: _if(seen.contents.distinct <= most and not seen.is_date and not seen.is_email)


def _age(seen: Seen) -> float:
    if seen.is_number:
        return _if(sum(0 <= n <= 120 for n in seen.numbers) >= 0.9 * len(seen.numbers))
    return _if(seen.contents.distinct <= 20 and all(_BAND.search(value) for value in seen.contents.counts))


def _birth(seen: Seen) -> float:
    if seen.is_date:
        return 0.8
    return _if(seen.is_whole and sum(1850 <= n <= 2100 for n in seen.numbers) >= 0.9 * len(seen.numbers))


def _country(seen: Seen) -> float:
    if seen.contents.countries >= 0.6:
        return 1.0
    return _if(seen.contents.worded >= 0.9 and seen.contents.distinct <= 250 and seen.contents.length < 4, 0.1)


def _words(seen: Seen) -> float:
    return _if(seen.is_name_like)


def _product(seen: Seen) -> float:
    return _if(seen.contents.worded >= 0.5 and not seen.is_date and not seen.is_email and not seen.is_number)


def _code(seen: Seen) -> float:
    decimals = seen.is_number and not seen.is_whole
    return NEVER if decimals or seen.is_date or seen.is_email or seen.contents.length > 4 else 0.6


def _status(seen: Seen) -> float:
    if seen.contents.distinct > 30 or seen.contents.worded < 0.8 or seen.is_date:
        return NEVER
    return 1.0 if _tells_status(seen) else 0.2


def _tells_status(seen: Seen) -> bool:
    return (
        sum(bool(_STATUS.search(headers.fold(value))) for value in seen.contents.counts) * 2 >= seen.contents.distinct
    )


def _phone(seen: Seen) -> float:
    return _if(seen.contents.phones >= 0.5 and not (seen.is_date and seen.contents.phones < 0.9))


def _income(seen: Seen) -> float:
    if seen.is_number:
        return 0.8
    return _if(seen.contents.distinct <= 30 and sum(bool(re.search(r"\d", v)) for v in seen.contents.counts) >= 2)


def _place(seen: Seen) -> float:
    return _if(not seen.is_date and not seen.is_email and not (seen.is_number and not seen.is_whole), 0.5)


def _state(seen: Seen) -> float:
    return NEVER if _tells_status(seen) else _place(seen)


def _date(seen: Seen) -> float:
    return _if(seen.is_date, 0.9)


def _number(seen: Seen) -> float:
    return _if(seen.is_number)


_FITS: dict[str, Callable[[Seen], float]] = {
    "order": _order, "customer": _identifier, "date": _date, "signup": _date, "answered": _date, "code": _code,
    "time": lambda seen: _if(seen.contents.times >= 0.8), "time_zone": _levels(20), "product": _product,
    "category": _levels(500), "quantity": _count, "price": _money, "amount": _money, "subtotal": _money,
    "total": _money, "discount": _number, "tax": _number, "shipping": _number, "refund": _number, "status": _status,
    "currency": lambda seen: _if(seen.contents.currencies >= 0.8, 1.0), "country": _country, "channel": _levels(100),
    "email": lambda seen: _if(seen.is_email, 1.0), "phone": _phone, "name": _words, "first_name": _words,
    "last_name": _words, "street": lambda seen: _if(seen.contents.worded >= 0.6 and not seen.is_date),
    "zip": _place, "city": _words, "state": _state, "consent": _levels(8), "birth_year": _birth, "age": _age,
    "gender": _levels(12), "education": _levels(40), "marital": _levels(20), "income": _income, "children": _count,
    "recency": _number, "spend": _number, "total_spend": _number, "orders": _times, "web_purchases": _times,
    "store_purchases": _times, "catalog_purchases": _times, "deal_purchases": _times, "web_visits": _times,
    "accepted": lambda seen: _if(seen.contents.yes_no), "complaint": _levels(12), "purchase_frequency": _levels(15),
    "browsing_frequency": _levels(15), "review_reliance": _levels(15), "satisfaction": _levels(15),
}  # fmt: skip
