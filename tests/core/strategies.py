"""What hypothesis draws: small shops with returns, several countries, and orders of several lines."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from tests.core.little_shop import COUNTRIES, Line

DAYS = st.dates(dt.date(2010, 11, 20), dt.date(2012, 3, 5)).map(dt.date.isoformat)


@st.composite
def lines(draw: st.DrawFn, least: int = 1, most: int = 25) -> list[Line]:
    """Orders of one to three lines; the lines of an order share customer, day, hour and country."""
    found: list[Line] = []
    for number in range(draw(st.integers(least, most))):
        customer, day, hour = draw(st.integers(0, 4)), draw(DAYS), draw(st.integers(0, 23))
        country = draw(st.sampled_from(COUNTRIES))
        for _ in range(draw(st.integers(1, 3))):
            quantity = draw(st.sampled_from([1, 2, 5, 12, -1, -3]))
            cents, product = draw(st.integers(0, 5000)), draw(st.integers(0, 4))
            found.append(Line(f"A{number}", customer, day, cents, quantity, product, country, hour))
    return found
