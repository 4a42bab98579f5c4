"""Whom other campaigns touch: those they wrote to lately, and those they hold back while a campaign runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core.campaigns.ledger.brief import Brief
from core.campaigns.ledger.calendar import days_of, span
from core.campaigns.ledger.made import Made
from core.campaigns.ledger.rows import Campaign


@dataclass(frozen=True)
class Touch:
    """Files of a campaign that keep people out of another.

    Parameters
    ----------
    kind : str
        ``recent`` or ``held``.
    reason : str
        What is said of whom it keeps out.
    files : tuple of Made
        The latest first.
    """

    kind: str
    reason: str
    files: tuple[Made, ...]


def touches(sent: Sequence[tuple[Campaign, Sequence[Made]]], brief: Brief, but: str, today: dt.date) -> list[Touch]:
    """Which files keep people out of a campaign.

    Parameters
    ----------
    sent : sequence of (Campaign, files)
        Of :func:`core.campaigns.ledger.made.sent`.
    brief : Brief
        What is planned; without days it is of today.
    but : str
        Id of the campaign itself.
    today : date

    Notes
    -----
    Written to lately: by a campaign that starts (without days: whose file was made) in the quiet days before this one,
    or later while this one runs; nobody if the quiet days are 0. Held back: by a campaign on whose days, or today where
    it has none, this one runs. Archived campaigns count, for they ran.

    Examples
    --------
    >>> touches([], Brief(), "", dt.date(2026, 9, 1))
    []
    """
    first, last = days_of(brief) or (today, today)
    since, found = first - dt.timedelta(days=brief.quiet_days), []
    for campaign, files in sent:
        if campaign.id == but:
            continue
        by_day: dict[dt.date, list[Made]] = {}
        for file in files:
            by_day.setdefault(campaign.brief.start or file.day, []).append(file)
        for day, those in by_day.items():
            if brief.quiet_days and since <= day <= last:
                found.append((day, Touch("recent", f"written to by {campaign.name} on {_words(day)}", tuple(those))))
        begins, ends = span(campaign) or (today, today)
        if begins <= last and first <= ends:
            found.append((begins, Touch("held", f"held back by {campaign.name}", tuple(files))))
    found.sort(key=lambda one: (-one[0].toordinal(), one[1].files[0].campaign))
    return [touch for _, touch in found]


def _words(day: dt.date) -> str:
    return f"{day.day} {day:%b %Y}"
