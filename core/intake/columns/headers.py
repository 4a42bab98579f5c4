"""What a header says: its words, in many languages and with slips of the keyboard, as ideas; the roles they mean."""

from __future__ import annotations

import itertools
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

_BRACKETS = re.compile(r"\(([^)]*)\)|\[([^\]]*)\]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[^\W\d])(?=\d)|(?<=\d)(?=[^\W\d])")
_WITH_TAX = re.compile(r"\binc|\binkl|\bttc|\bgross|\bbrutto|\bcon iva|\bivato")
_BEFORE_TAX = re.compile(r"\bex|\bht\b|\bnet|\bohne|\bhors|\bsin iva|\bsenza iva|\bzzgl")
_NUMBER_SIGN = re.compile(r"№|#|\bn\s?[°º]|\bn[°º]", re.IGNORECASE)
_FOLD = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_NOTHING = re.compile(
    r"(?:unnamed|column|col|field|feld|spalte|colonne|columna|var|v|x|c|f|attr|attribute|index)?\s*\d*"
)
# How much surer a slip of the keyboard makes us not, and what each word beside the pattern costs.
_SLIP, _NEUTRAL, _STRANGE, _OTHER = 0.9, 0.02, 0.1, 0.4


@dataclass(frozen=True)
class Header:
    """A header taken apart: each word as the ideas it may stand for (none for a strange word); how well it was read."""

    ideas: tuple[frozenset[str], ...]
    sure: float
    meaningless: bool


def fold(text: str) -> str:
    """Lower case without accents.

    >>> fold("Größe N°"), fold("Kwota łączna")
    ('grosse n°', 'kwota laczna')
    """
    plain = unicodedata.normalize("NFKD", text.translate(_FOLD))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


def unit(header: str) -> str:
    """What stands in brackets in a header: its unit or time zone.

    >>> unit("Annual Income (k$)")
    'k$'
    """
    found = _BRACKETS.search(header)
    return ((found[1] or found[2] or "").strip()) if found else ""


def words(header: str) -> list[str]:
    """The words of a header, folded.

    >>> words("N° commande"), words("InvoiceNo"), words("order_date (UTC)")
    (['id', 'commande'], ['invoice', 'no'], ['order', 'date'])
    """
    bare = _NUMBER_SIGN.sub(" id ", _BRACKETS.sub(" ", header)) or header
    split = _CAMEL.sub(" ", unicodedata.normalize("NFC", bare))
    return [word for word in re.split(r"[\W_]+", fold(split)) if word]


@cache
def read(header: str) -> Header:
    """Take a header apart."""
    chunks, ideas, sure = words(header), [], 1.0
    spoken = "".join(chunks)
    if not spoken or _NOTHING.fullmatch(spoken):
        return Header((), 1.0, True)
    place = 0
    while place < len(chunks):
        size = next((n for n in (4, 3, 2, 1) if "".join(chunks[place : place + n]) in _vocabulary()), 0)
        if size:
            ideas.append(_vocabulary()["".join(chunks[place : place + size])])
        elif chunks[place].isdigit() or chunks[place] in _neutral():
            sure -= _NEUTRAL
        elif parts := _split(chunks[place]):
            ideas += [_vocabulary()[part] for part in parts]
        elif near := _near(chunks[place]):
            ideas.append(_vocabulary()[near])
            sure *= _SLIP
        else:
            ideas.append(frozenset())
        place += size or 1
    return Header(tuple(ideas), sure, False)


@cache
def meaning(header: str) -> dict[str, float]:
    """The roles that a header may mean, with how sure that is from 0 to 1.

    >>> max(meaning("Rechnungsdatum"), key=meaning("Rechnungsdatum").get)
    'date'
    >>> max(meaning("custmer id"), key=meaning("custmer id").get)
    'customer'
    """
    seen = read(header)
    if len(seen.ideas) > 8:
        return {}
    scores: dict[str, float] = {}
    for reading in itertools.islice(itertools.product(*[each or {""} for each in seen.ideas]), 64):
        spoken = frozenset(reading) - {""}
        strange = reading.count("")
        for role, patterns in _roles().items():
            for pattern, weight in patterns:
                if pattern <= spoken:
                    rest = len(spoken - pattern)
                    score = weight * (seen.sure - _tax(header, role)) - _STRANGE * strange - _OTHER * rest
                    if score > scores.get(role, 0.2):
                        scores[role] = round(score, 3)
    return scores


def _tax(header: str, role: str) -> float:
    """What a header loses that speaks of tax in brackets: goods are better without, a total with it."""
    wrong = _BEFORE_TAX if role == "total" else _WITH_TAX
    return _NEUTRAL if wrong.search(fold(unit(header))) else 0.0


@cache
def _toml() -> dict[str, Any]:
    return tomllib.loads(files("core.intake.columns").joinpath("headers.toml").read_text(encoding="utf-8"))


@cache
def _vocabulary() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for idea, listed in _toml()["words"].items():
        for word in str(listed).split():
            found[fold(word).replace("_", "")] = found.get(fold(word).replace("_", ""), frozenset()) | {idea}
    return found


@cache
def _neutral() -> frozenset[str]:
    return frozenset(str(_toml()["neutral"]["words"]).split())


@cache
def _roles() -> dict[str, list[tuple[frozenset[str], float]]]:
    return {
        role: [(frozenset(pattern.split()), weight) for pattern, weight in patterns.items()]
        for role, patterns in _toml()["roles"].items()
    }


@cache
def _split(word: str) -> tuple[str, ...]:
    """A compound as the fewest known words, with a linking s, n or e between them; empty where it is none."""
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(1, len(word) + 1):
        for start in [s for s in best if s < end]:
            part = word[start:end]
            long = len(part) > 2 or not part.isascii() or (end == len(word) and part in {"id", "no", "nr"})
            known = part in _vocabulary() and long
            if known and (end not in best or len(best[start]) + 1 < len(best[end])):
                best[end] = (*best[start], part)
        for link in ("s", "n", "e", "en", "es"):
            if end not in best and word[:end].endswith(link) and 0 < end - len(link) in best:
                best[end] = best[end - len(link)]
    return best.get(len(word), ())


@cache
def _near(word: str) -> str:
    """The known word that this one was meant to be, where it is long enough to tell."""
    if len(word) < 4:
        return ""
    most = 1 if len(word) < 8 else 2
    found = process.extract(word, _long(), scorer=OSA.distance, score_cutoff=most, limit=None)
    # Letters that changed places first; else a first letter that differs makes another word: wines are no lines.
    found = [each for each in found if each[0][0] == word[0] or sorted(each[0]) == sorted(word)]
    if len(word) == 4:
        found = [each for each in found if len(each[0]) == 5]
    alike = [(sorted(known) != sorted(word), far, str(known)) for known, far, _ in found]
    return min(alike)[2] if alike else ""


@cache
def _long() -> list[str]:
    return [known for known in _vocabulary() if len(known) > 3]
