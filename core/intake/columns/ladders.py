"""Answers that have an order: words of one ladder, times in a week or a year, bands of numbers, points."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from core.intake.columns.headers import fold
from core.intake.columns.written import number

_YEARLY = {"day": 365.0, "week": 52.0, "fortnight": 26.0, "month": 12.0, "quarter": 4.0, "year": 1.0}
_UNITS = {
    "day": "day days daily tag taglich jour jours dia dias giorno dag dagen gun gunluk everyday weekday",
    "week": "week weeks weekly wk woche wochentlich semaine semana settimana uke vecka tydzien hafta haftalik",
    "fortnight": "fortnight fortnightly biweekly",
    "month": "month months monthly monat monatlich mois mensuel mes meses mensual mensal mese maand maned manad ay",
    "quarter": "quarter quarterly quartal trimestre",
    "year": "year years yearly annually annual jahr jahrlich an annee ano anno jaar ar rok yil yillik",
}  # fmt: skip
_OFTEN = {
    "never": 0.0, "nie": 0.0, "jamais": 0.0, "nunca": 0.0, "nooit": 0.0, "mai": 0.0, "rarely": 0.3, "seldom": 0.3,
    "selten": 0.3, "hardly ever": 0.2, "almost never": 0.2, "rarement": 0.3, "raramente": 0.3, "zelden": 0.3,
    "occasionally": 3.0, "gelegentlich": 3.0, "first time": 0.1, "once": 0.4,
}  # fmt: skip
_TIMES = {
    "once": 1.0, "one": 1.0, "einmal": 1.0, "une": 1.0, "una": 1.0, "uma": 1.0, "twice": 2.0, "two": 2.0,
    "zweimal": 2.0, "three": 3.0, "thrice": 3.0, "dreimal": 3.0, "four": 4.0, "five": 5.0,
    "few": 2.6, "several": 3.2, "mehrmals": 3.2,
    "multiple": 3.4, "many": 4.0, "plusieurs": 3.2, "varias": 3.2, "couple": 2.0,
}  # fmt: skip
_LESS = (
    "less than",
    "fewer than",
    "under",
    "below",
    "up to",
    "weniger als",
    "unter",
    "moins de",
    "menos de",
    "meno di",
    "<",
)
_MORE = (
    "more than",
    "over",
    "above",
    "mehr als",
    "uber",
    "plus de",
    "mas de",
    "mais de",
    "piu di",
    "at least",
    ">",
    "+",
)
_ASIDE_WORDS = {"other", "others", "sonstige", "autre"}


@dataclass(frozen=True)
class Order:
    """Levels, lowest first, and what tells their order."""

    levels: tuple[str, ...]
    why: str


def order(levels: Sequence[str]) -> Order | None:
    """The order of the levels of a column; None where they have none.

    Examples
    --------
    >>> order(["Often", "Never", "Rarely"]).levels
    ('Never', 'Rarely', 'Often')
    >>> order(["Once a week", "Less than once a month", "Few times a month", "Once a month"]).levels
    ('Less than once a month', 'Once a month', 'Few times a month', 'Once a week')
    >>> order(["25-34", "65+", "18-24", "Under 18"]).levels
    ('Under 18', '18-24', '25-34', '65+')
    >>> order(["red", "blue"])
    """
    answers = [level for level in levels if _plain(level) not in _aside()]
    if len(answers) < 2 or len(answers) > 40:
        return None
    return _by_ladder(answers) or _by_rate(answers) or _by_band(answers)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s<>+]|_", " ", fold(text)).split())


def _by_ladder(levels: list[str]) -> Order | None:
    plain = {level: _plain(level) for level in levels}
    for name, ladder in _ladders().items():
        if all(word in ladder for word in plain.values()) and len({ladder[word] for word in plain.values()}) > 1:
            if name in ("size", "tier", "yes_maybe_no") and len({ladder[word] for word in plain.values()}) < 3:
                continue
            ordered = tuple(sorted(levels, key=lambda level: ladder[plain[level]]))
            return Order(ordered, f"{len(levels)} levels, all known words of {name.replace('_', ' ')}")
    return None


def _by_rate(levels: list[str]) -> Order | None:
    rates = {level: _rate(_plain(level)) for level in levels}
    known = [rate for rate in rates.values() if rate is not None]
    if len(known) < len(levels) or len({*known}) < 2 or max(known) <= 3:
        return None
    return Order(
        tuple(sorted(levels, key=lambda level: rates[level] or 0.0)), f"{len(levels)} levels, all times a while"
    )


@cache
def _rate(text: str) -> float | None:
    """How many times a year a wording means."""
    if text in _OFTEN:
        return _OFTEN[text]
    words = text.split()
    if text.replace(" ", "") == "biweekly":
        return 26.0
    unit = next((unit for unit, listed in _UNITS.items() for word in words if word in listed.split()), "")
    if not unit:
        return None
    numbers = [float(word) for word in re.findall(r"\d+(?:\.\d+)?", text)]
    spoken = [_TIMES[word] for word in words if word in _TIMES]
    every = re.search(r"\b(?:every|alle|tous les|cada|ogni|elke)\b", text)
    times = sum(numbers) / len(numbers) if numbers else spoken[0] if spoken else 1.0
    rate = _YEARLY[unit] / max(times, 0.1) if every and (numbers or spoken) else _YEARLY[unit] * times
    if any(text.startswith(word) for word in _LESS):
        return rate * 0.5
    return rate * 1.3 if any(word in text for word in _MORE) else rate


def _by_band(levels: list[str]) -> Order | None:
    bands = {level: _band(level) for level in levels}
    known = [band for band in bands.values() if band is not None]
    if len(known) < len(levels) or len({*known}) < len(levels) or not any(len(_figures(level)) > 1 for level in levels):
        return None
    ordered = tuple(sorted(levels, key=lambda level: bands[level] or (0.0, 0.0)))
    return Order(ordered, f"{len(levels)} levels, all bands of numbers")


def _figures(level: str) -> list[float]:
    found = re.findall(r"\d[\d.,\u00a0\u202f]*\d|\d", level)
    return [size for text in found if (size := number(re.sub(r"[.,](?=\d{3}\b)", "", text), "," in text)) is not None]


def _band(level: str) -> tuple[float, float] | None:
    """The lower end of a band, for ``under 18`` just below its upper end."""
    figures = _figures(level)
    plain = fold(level).strip()
    if not figures or len(plain) > 40 or len(re.findall(r"[a-z]{2,}", plain)) > 6:
        return None
    if any(plain.startswith(word) for word in _LESS):
        return (figures[0] - 1, -1.0) if len(figures) == 1 else None
    if len(figures) == 1 and any(word in plain for word in _MORE):
        return figures[0], 1.0
    return figures[0], 0.0


@cache
def _toml() -> dict[str, Any]:
    return tomllib.loads(files("core.intake.columns").joinpath("ladders.toml").read_text(encoding="utf-8"))


@cache
def _aside() -> frozenset[str]:
    return frozenset(map(str, _toml()["aside"])) | _ASIDE_WORDS


@cache
def _ladders() -> dict[str, dict[str, int]]:
    return {
        name: {word: rung for rung, words in enumerate(ladder) for word in words}
        for name, ladder in _toml()["ladders"].items()
    }
