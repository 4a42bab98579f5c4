"""When the shop is busy: by year, season, weekday and hour."""

import numpy as np

FIRST_DAY = np.datetime64("2023-12-01")
LAST_DAY = np.datetime64("2025-12-09")
DAYS = np.arange(FIRST_DAY, LAST_DAY + 1)
MONTH = DAYS.astype("datetime64[M]")
MONTHS = int((MONTH[-1] - MONTH[0]).astype(int)) + 1
MONTH_INDEX = (MONTH - MONTH[0]).astype(int)
MONTH_OF_YEAR = MONTH.astype(int) % 12 + 1
WEEKDAY = (DAYS.astype(int) + 3) % 7  # Monday is 0; 1 January 1970 was a Thursday

SEASON = np.array([0.66, 0.64, 0.76, 0.74, 0.82, 0.78, 0.75, 0.80, 1.08, 1.18, 1.64, 1.05])
WEEK = np.array([1.0, 1.08, 1.05, 1.15, 0.85, 0.0, 0.42])
HOURS = np.array([0.35, 0.7, 1.15, 1.3, 1.55, 1.35, 1.15, 1.05, 0.7, 0.32, 0.1])  # from 8 to 18
GROWTH = 1.10
BLACK_FRIDAYS = np.array(["2024-11-29", "2025-11-28"], dtype="datetime64[D]")


def demand(rng: np.random.Generator) -> np.ndarray:
    """The share of two years' trade that falls on each day."""
    share = SEASON[MONTH_OF_YEAR - 1] * WEEK[WEEKDAY] * GROWTH ** (np.arange(len(DAYS)) / 365.25)
    for friday in BLACK_FRIDAYS:
        share *= np.where(np.abs((DAYS - friday).astype(int) + 1) <= 3, 1.35, 1.0)
    year_day = (DAYS - DAYS.astype("datetime64[Y]")).astype(int)
    holidays = (MONTH_OF_YEAR == 12) & (year_day >= 356) | (year_day < 3)
    share *= rng.lognormal(0, 0.16, len(DAYS)) * ~holidays
    return share / share.sum()


def days_at(moments: np.ndarray, share: np.ndarray) -> np.ndarray:
    """The days at which these parts (0 to 1) of all trade are done.

    Customers buy at an even pace in this time; its clock runs faster in November and stands on Saturdays.
    """
    return np.minimum(np.searchsorted(np.cumsum(share), moments, side="right"), np.flatnonzero(share)[-1])


def minutes(days: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Full timestamps on the given days, to the minute; on Sundays between ten and four."""
    hour = rng.choice(np.arange(8, 19), len(days), p=HOURS / HOURS.sum())
    sunday = rng.integers(10, 16, len(days))
    hour = np.where(WEEKDAY[days] == 6, sunday, hour)
    minute = hour * 60 + rng.integers(0, 60, len(days))
    return DAYS[days].astype("datetime64[m]") + minute.astype("timedelta64[m]")


def next_open(days: np.ndarray, share: np.ndarray) -> np.ndarray:
    """The same days, or the next one on which the shop trades; past the end where there is none."""
    opened = np.append(np.flatnonzero(share), len(DAYS))
    return opened[np.minimum(np.searchsorted(opened, days), len(opened) - 1)]
