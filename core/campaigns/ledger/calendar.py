"""When campaigns run, month by month: over the shop's own seasons and the holidays of the countries it sells to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import holidays

from core.campaigns.ledger.brief import Brief
from core.campaigns.ledger.rows import Campaign
from core.intake.logs.contacts import region

MONTHS = 12


@dataclass(frozen=True)
class Month:
    """A month of the calendar.

    Parameters
    ----------
    first : date
        Its first day.
    index : float or None
        The shop's seasonal index of that month of the year: 1 for an average month; None where it is not known.
    holidays : list of (date, name, country)
    campaigns : list of Campaign
        Those that run on any day of it, by start.
    """

    first: dt.date
    index: float | None
    holidays: list[tuple[dt.date, str, str]]
    campaigns: list[Campaign]


def calendar(
    campaigns: Sequence[Campaign], countries: Sequence[str], index: Mapping[int, float], start: dt.date
) -> list[Month]:
    """Twelve months from that of a day.

    Parameters
    ----------
    campaigns : sequence of Campaign
        One without days is left out; one without an end runs on its first day alone.
    countries : sequence of str
        Names or codes; one that the holidays are not known of is left out.
    index : mapping
        Month of the year, 1 to 12, to seasonal index.
    start : date
    """
    firsts = [dt.date(start.year + (start.month - 1 + n) // 12, (start.month - 1 + n) % 12 + 1, 1)
              for n in range(MONTHS)]  # fmt: skip
    days = holidays_of(countries, sorted({first.year for first in firsts}))
    months = []
    for first in firsts:
        after = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        running = [each for each in campaigns if (ran := span(each)) and ran[0] < after and ran[1] >= first]
        running.sort(key=lambda each: (span(each), each.id))
        mine = [day for day in days if first <= day[0] < after]
        months.append(Month(first, index.get(first.month), mine, running))
    return months


def holidays_of(countries: Sequence[str], years: Sequence[int]) -> list[tuple[dt.date, str, str]]:
    """Public holidays as (day, name, country), in order; those of the whole country.

    Examples
    --------
    >>> (dt.date(2026, 12, 25), "Christmas Day", "Germany") in holidays_of(["Germany"], [2026])
    True
    """
    known, found = holidays.list_supported_countries(), []
    for country in dict.fromkeys(countries):
        if (code := region(country)) in known:
            days = holidays.country_holidays(code, years=list(years), language="en_US")
            found += [(day, str(name), country) for day, name in days.items()]
    return sorted(found)


def overlaps(campaigns: Sequence[Campaign]) -> list[tuple[Campaign, Campaign, dt.date, dt.date]]:
    """Pairs of campaigns that run at the same time, with the first and last day that they share."""
    found = []
    dated = [(each, ran) for each in campaigns if (ran := span(each))]
    for (one, a), (other, b) in combinations(sorted(dated, key=lambda pair: (pair[1], pair[0].id)), 2):
        first, last = max(a[0], b[0]), min(a[1], b[1])
        if first <= last:
            found.append((one, other, first, last))
    return found


def span(campaign: Campaign) -> tuple[dt.date, dt.date] | None:
    """Its first and last day; None where it has none yet."""
    return days_of(campaign.brief)


def days_of(brief: Brief) -> tuple[dt.date, dt.date] | None:
    """The first and last day of a brief; None where it has none."""
    first = brief.start or brief.end
    return (first, brief.end or first) if first else None
