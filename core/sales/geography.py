"""Country names as shops write them, to ISO 3166 codes and continents, from ``places.tsv`` beside this file."""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("places.tsv")


@dataclass(frozen=True)
class Place:
    """A name on the map. ``iso3`` and ``continent`` are empty where a name stands for no country."""

    name: str
    iso3: str = ""
    continent: str = ""


def place(country: str) -> Place:
    """Find a country by name, by another common name, or by its two- or three-letter code.

    Parameters
    ----------
    country : str
        As the order log writes it; case, accents and punctuation do not matter.

    Returns
    -------
    Place
        With the usual English name; for an unknown name that name itself, without code.

    Notes
    -----
    Codes are ISO 3166-1 alpha-3, with XKX for Kosovo. Parts of the United Kingdom keep their names and share GBR.
    The Channel Islands have no code of their own: they stand on the map as Jersey, the larger of the two.

    Examples
    --------
    >>> place("EIRE")
    Place(name='Ireland', iso3='IRL', continent='Europe')
    >>> place("European Community")
    Place(name='European Community', iso3='', continent='')
    """
    return _places().get(_plain(country), Place(country))


@functools.cache
def _places() -> dict[str, Place]:
    found: dict[str, Place] = {}
    for line in TABLE.read_text("utf-8").splitlines()[1:]:
        name, iso2, iso3, continent, aliases = line.split("\t")
        # The names of parts come last in the table and must not take the code of the whole.
        codes = (iso2, iso3) if iso2 else ()
        for known in (name, *codes, *filter(None, aliases.split("|"))):
            found.setdefault(_plain(known), Place(name, iso3, continent))
    return found


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("&", " and ")).casefold()
    words = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c) and c not in ".'’")
    return " ".join(words.split()).removeprefix("the ")
