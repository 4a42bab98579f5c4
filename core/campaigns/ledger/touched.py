"""Whom other campaigns touch: those they wrote to lately, and those they hold back while a campaign runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from core.campaigns.ledger.brief import Brief
from core.campaigns.ledger.calendar import days_of, span
from core.campaigns.ledger.made import Made
from core.campaigns.ledger.rows import Campaign
from core.campaigns.sending.task import APART

# A file of other customers counts too if so many of its people are customers here: the next export of the same shop is
# another dataset, with the same people in it.
SHARED = 0.5
COLUMNS = ("customer_id", "state")
Read = Callable[[Made], pa.Table]


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


def people(found: Sequence[Touch], dataset: str, here: Callable[[], pa.Array], read: Read) -> pa.Table:
    """Whom the files keep out: one row a customer and kind, with the reason of the latest campaign.

    Parameters
    ----------
    found : sequence of Touch
    dataset : str
        Fingerprint of the customers who are planned for.
    here : callable
        Their ids, asked for only where a file is of another dataset.
    read : callable
        File -> ``customer_id`` and ``state``; one file is held at a time.

    Returns
    -------
    Table
        What :attr:`core.campaigns.sending.task.Sending.apart` wants.
    """
    parts, seen = [APART.empty_table()], {kind: pa.array([], pa.string()) for kind in ("recent", "held")}
    for touch in found:
        for ids in _those(touch, dataset, here, read):
            new = pc.filter(ids, pc.invert(pc.is_in(ids, seen[touch.kind]))).unique()
            seen[touch.kind] = pa.concat_arrays([seen[touch.kind], new])
            said = [pa.array([word] * len(new), pa.string()) for word in (touch.kind, touch.reason)]
            parts.append(pa.table([new, *said], APART))
    return pa.concat_tables(parts)


def _those(touch: Touch, dataset: str, here: Callable[[], pa.Array], read: Read) -> Iterator[pa.Array]:
    decided = pa.array([], pa.string())
    for file in touch.files:
        rows = read(file)
        ids, state = (rows[name].combine_chunks() for name in COLUMNS)
        if file.dataset != dataset:
            known = pc.is_in(ids, here())
            if (pc.mean(known).as_py() or 0) < SHARED:
                continue
        if touch.kind == "recent":
            yield pc.filter(ids, pc.equal(state, "sent"))
            continue
        # Whoever a later file leaves out for another reason was held back all the same; whoever it sends, no longer is.
        mine = pc.and_(pc.is_in(state, pa.array(["sent", "holdout"])), pc.invert(pc.is_in(ids, decided)))
        yield pc.filter(ids, pc.and_(mine, pc.equal(state, "holdout")))
        decided = pa.concat_arrays([decided, pc.filter(ids, mine)])


def _words(day: dt.date) -> str:
    return f"{day.day} {day:%b %Y}"
