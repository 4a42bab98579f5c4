"""How customers can be reached, and whether they agreed to it: invented people at addresses that nobody can have."""

from __future__ import annotations

import unicodedata

import numpy as np
import pandas as pd

from data.names import NAMES
from data.towns import ELSEWHERE, TOWNS, Town

# Kept free for examples for good: RFC 2606.
PROVIDERS = ("example.com", "example.org", "example.net")
COMPANIES = "{last}-{trade}.example"
TRADES = ("gifts", "home", "interiors", "garden", "and-co", "trading")
COMPANY = 0.3  # write from a domain of their own
NO_EMAIL, BAD_EMAIL = 0.045, 0.008
PHONE, NATIONAL, BAD_PHONE = 0.62, 0.25, 0.01
NO_ADDRESS = 0.04
CONSENT = {"yes": 0.61, "no": 0.22, "": 0.17}  # blank: never asked
IN_WORDS = ("-", "none", "please e-mail", "ex-directory")  # instead of a telephone
LETTERS = tuple("ABDEFGHJLNPQRSTUWXYZ")
_PLAIN = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "å": "a", "Å": "A", "'": "", " ": "-"})


def contacts(people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """One row a customer, in their order: e-mail, phone, first and last name, postcode, town and consent.

    Parameters
    ----------
    people : DataFrame
        With ``country``; nothing else of them has a say.
    rng : Generator
    """
    homes = [_home(country, rng) for country in people["country"]]
    frame = pd.DataFrame(
        {
            "first_name": [rng.choice(NAMES[language][0]) for language, _ in homes],
            "last_name": [rng.choice(NAMES[language][1]) for language, _ in homes],
        }
    )
    frame["email"] = _emails(frame, rng)
    frame["phone"] = _phones([town for _, town in homes], rng)
    frame["postcode"] = [_filled(town.postcode, rng) for _, town in homes]
    frame["city"] = [town.name for _, town in homes]
    frame["consent"] = rng.choice(list(CONSENT), len(frame), p=list(CONSENT.values()))
    frame.loc[rng.random(len(frame)) < NO_ADDRESS, ["postcode", "city"]] = ""
    return frame


def _home(country: str, rng: np.random.Generator) -> tuple[str, Town]:
    language, towns = TOWNS.get(country, ELSEWHERE)
    return language, towns[rng.integers(len(towns))]


def _filled(pattern: str, rng: np.random.Generator) -> str:
    """A pattern with digits for # and letters for @."""
    drawn = {"#": lambda: str(rng.integers(10)), "@": lambda: str(rng.choice(LETTERS))}
    return "".join(drawn[sign]() if sign in drawn else sign for sign in pattern)


def plain(name: str) -> str:
    """A name as addresses write it.

    Examples
    --------
    >>> plain("Jørgen"), plain("van Dijk"), plain("Begoña")
    ('jorgen', 'van-dijk', 'begona')
    """
    return unicodedata.normalize("NFKD", name.translate(_PLAIN)).encode("ascii", "ignore").decode().lower()


def _emails(names: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    """An address each that no other person has; some have none, and a few of them cannot be written to."""
    first, last = names["first_name"].map(plain), names["last_name"].map(plain)
    trade = pd.Series(rng.choice(TRADES, len(names)))
    company = rng.random(len(names)) < COMPANY
    local = (first + "." + last).mask(company, first)
    domain = pd.Series(rng.choice(PROVIDERS, len(names))).mask(company, last + "-" + trade + ".example")
    again = (local + "@" + domain).groupby(local + "@" + domain).cumcount()
    email = local + again.map(lambda n: str(n + 1) if n else "") + "@" + domain
    wrong = pd.Series(rng.integers(4, size=len(names)))
    draw = rng.random(len(names))
    bad = {
        0: local + "(at)" + domain, 1: local + "@example", 2: local + "@@" + domain,
        3: local + " @ " + domain.str.replace(".", ",", regex=False),
    }  # fmt: skip
    for kind, text in bad.items():
        email = email.mask((draw < BAD_EMAIL) & (wrong == kind), text)
    return email.mask(draw > 1 - NO_EMAIL, "")


def _phones(towns: list[Town], rng: np.random.Generator) -> list[str]:
    """A number each that no other person has while the range lasts; at home some leave out the country's code."""
    free: dict[str, list[str]] = {}
    for pattern in dict.fromkeys(town.phone for town in towns if town.phone):
        ends = rng.permutation(10 ** pattern.count("#"))
        free[pattern] = [str(end).zfill(pattern.count("#")) for end in ends]
    phones = []
    for town in towns:
        draw = rng.random(3)
        if not town.phone or draw[0] >= PHONE or not free[town.phone]:
            phones.append("")
            continue
        digits = iter(free[town.phone].pop())
        pattern = town.national if town.national and draw[1] < NATIONAL else town.phone
        number = "".join(next(digits) if sign == "#" else sign for sign in pattern)
        phones.append(str(rng.choice(IN_WORDS)) if draw[2] < BAD_PHONE else number)
    return phones
