"""How the people of the demo customer table buy, and which kinds of customer in the order log have which habit."""

from typing import NamedTuple

RANGES = ("kitchen", "garden", "lighting", "stationery", "seasonal", "toys")
EDUCATION = ("Secondary", "College", "Bachelor", "Master", "Doctorate")
HOUSEHOLDS = {"Married": 0.37, "Living together": 0.27, "Single": 0.21, "Divorced": 0.11, "Widowed": 0.04}


class Habit(NamedTuple):
    """Means of those who buy alike: money in pounds, spend and purchases over two years, `taste` as in RANGES."""

    age: int
    income: int
    income_spread: int
    children: float
    spend: int  # median
    spend_spread: float
    taste: tuple[float, ...]
    web: float
    store: float
    catalogue: float
    offers: float  # share of purchases
    visits: float  # of the website, last month
    accepts: float  # chance, of an ordinary campaign


HABITS = {
    "vip": Habit(53, 66_000, 9_500, 0.3, 1_640, 0.28, (3, 3, 2.5, 0.8, 2, 0.5), 4.6, 8.4, 5.6, 0.05, 2.4, 0.19),
    "digital": Habit(45, 47_500, 8_000, 0.9, 820, 0.36, (2.5, 1.5, 2, 1.6, 1.6, 1.6), 9.2, 5.0, 2.3, 0.20, 6.4, 0.10),
    "browsing": Habit(38, 25_500, 6_800, 1.2, 85, 0.75, (1.2, 0.8, 1, 1.6, 1.8, 2), 1.9, 2.5, 0.3, 0.34, 8.2, 0.05),
    "casual": Habit(49, 41_000, 8_000, 1.0, 265, 0.55, (1.6, 2, 1, 1, 2.6, 1.2), 2.8, 5.2, 0.9, 0.28, 3.6, 0.05),
}
# Chances of the habits above, by kind of customer in the order log (data.people).
HABITS_OF_KIND = {
    "giant": (1.0, 0.0, 0.0, 0.0),
    "champion": (0.85, 0.15, 0.0, 0.0),
    "steady": (0.35, 0.45, 0.0, 0.20),
    "bargain": (0.0, 0.10, 0.25, 0.65),
    "newcomer": (0.05, 0.35, 0.45, 0.15),
    "quiet": (0.05, 0.15, 0.40, 0.40),
    "once": (0.0, 0.05, 0.65, 0.30),
}
HABITS_OF_OTHERS = (0.05, 0.20, 0.50, 0.25)
