"""What the text in a column looks like: numbers, dates, addresses, codes … told from a list of values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from core.intake.columns.headers import fold
from core.intake.columns.written import CODES, NUMBER, SIGN, SIGNS, number

# What says that there is no value.
MISSING = frozenset(
    ["", "na", "n/a", "#n/a", "#na", "nan", "null", "none", "nil", "-", "--", "—", "–", "?", ".", "(blank)", "(leer)",
     "(vide)", "\\n", "<na>", "nat", "#value!", "#ref!", "#div/0!", "k.a.", "k. a.", "n.a.", "n. a.", "missing"]
)  # fmt: skip
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s.,;]{2,}")
_PHONE = re.compile(r"'?\+?[\d\s().\-/]{7,22}(?:x\d+)?")
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?")
_YES_NO = (
    {"yes", "no"}, {"y", "n"}, {"true", "false"}, {"t", "f"}, {"ja", "nein"}, {"oui", "non"}, {"si", "no"},
    {"sim", "nao"}, {"ja", "nee"}, {"tak", "nie"}, {"ja", "nej"}, {"ja", "nei"}, {"evet", "hayir"}, {"ano", "ne"},
    {"0", "1"}, {"0.0", "1.0"}, {"on", "off"}, {"checked", "unchecked"}, {"accepted", "declined"},
    {"vrai", "faux"}, {"wahr", "falsch"}, {"x"},
)  # fmt: skip


@dataclass(frozen=True)
class Contents:
    """The values of a column in the sample, in its order, trimmed, blanks as empty text; shares are of the filled."""

    values: tuple[str, ...]

    @classmethod
    def of(cls, values: Iterable[str | None]) -> Contents:
        """Trim, and empty what says that there is no value."""
        trimmed = ((value or "").strip(" \t\r\n\u00a0\u202f\ufeff") for value in values)
        return cls(tuple("" if value.lower() in MISSING or set(value) == {"#"} else value for value in trimmed))

    @cached_property
    def filled(self) -> list[str]:
        """The values that are not blank."""
        return [value for value in self.values if value]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each value occurs."""
        return Counter(self.filled)

    @property
    def distinct(self) -> int:
        """How many values differ."""
        return len(self.counts)

    @property
    def fill(self) -> float:
        """The share of rows that have a value."""
        return len(self.filled) / len(self.values) if self.values else 0.0

    @property
    def variety(self) -> float:
        """Different values for each filled row: 1 where none repeats."""
        return self.distinct / len(self.filled) if self.filled else 0.0

    def share(self, test: re.Pattern[str]) -> float:
        """The share that a pattern matches in full."""
        return self._share(value for value in self.counts if test.fullmatch(value))

    def _share(self, kept: Iterable[str]) -> float:
        return sum(self.counts[value] for value in kept) / len(self.filled) if self.filled else 0.0

    @cached_property
    def numeric(self) -> float:
        """The share of numbers, with their signs, marks of thousands and currencies."""
        return self.share(NUMBER)

    @cached_property
    def digits(self) -> list[str]:
        """The numbers with nothing but digits, points and commas left."""
        found = ((NUMBER.fullmatch(value), value) for value in self.filled)
        return [re.sub(r"[^\d.,]", "", match[1]).rstrip(".,") for match, _ in found if match]

    def numbers(self, comma: bool = False) -> list[float | None]:
        """The values as numbers; None where there is none."""
        return [number(value, comma) for value in self.values]

    @cached_property
    def whole(self) -> float:
        """The share of whole numbers."""
        return self.share(re.compile(r"[-+]?\d{1,15}(?:\.0+)?"))

    @cached_property
    def signs(self) -> Counter[str]:
        """Currencies that are written beside the numbers."""
        if self.numeric < 0.5:
            return Counter()
        found = ((SIGN.search(value), count) for value, count in self.counts.items())
        return _tally((SIGNS.get(m[0], m[0]), n) for m, n in found if m)

    @cached_property
    def emails(self) -> float:
        """The share of e-mail addresses."""
        return self.share(_EMAIL)

    @cached_property
    def phones(self) -> float:
        """The share of what may be a telephone number."""
        return self._share(v for v in self.counts if _PHONE.fullmatch(v) and 7 <= sum(c.isdigit() for c in v) <= 15)

    @cached_property
    def times(self) -> float:
        """The share of times of day."""
        return self.share(_TIME)

    @cached_property
    def currencies(self) -> float:
        """The share of currency codes and signs."""
        return self._share(value for value in self.counts if value.upper() in CODES or value in SIGNS)

    @cached_property
    def countries(self) -> float:
        """The share of names and codes of countries."""
        return self._share(value for value in self.counts if fold(value).strip(". ") in _countries())

    @cached_property
    def worded(self) -> float:
        """The share that has letters."""
        return self._share(value for value in self.counts if any(c.isalpha() for c in value))

    @cached_property
    def length(self) -> float:
        """The mean number of words."""
        return sum(value.count(" ") + 1 for value in self.filled) / len(self.filled) if self.filled else 0.0

    @cached_property
    def yes_no(self) -> bool:
        """Whether there is nothing but yes and no, in any of its forms."""
        levels = {fold(value) for value in self.counts}
        return any(levels <= pair and (len(levels) == 2 or levels == {"x"}) for pair in _YES_NO)

    @cached_property
    def blocks(self) -> float:
        """The share of rows with the value of the row before."""
        pairs = list(zip(self.values, self.values[1:], strict=False))
        return sum(bool(a) and a == b for a, b in pairs) / len(pairs) if pairs else 0.0


def _tally(pairs: Iterable[tuple[str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, count in pairs:
        found[name] += count
    return found


@cache
def _countries() -> frozenset[str]:
    places = files("core.sales").joinpath("places.tsv").read_text(encoding="utf-8").splitlines()[1:]
    listed = files("core.intake.columns").joinpath("countries.txt").read_text(encoding="utf-8").splitlines()
    names = {
        part for place in places for column in (0, 1, 2, 4) for part in (place + "\t\t").split("\t")[column].split("|")
    }
    return frozenset(fold(name).strip(". ") for name in {*names, *listed} if name.strip())
