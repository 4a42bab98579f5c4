"""What speaks for keeping a segmentation as it is, and what for refitting it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.codec import cacheable
from core.segments.choosing.verdict import percent

if TYPE_CHECKING:
    from core.segments.keeping.health import Health

# More customers than that far from every centre, and so many times as many as then: they are of a kind of their own.
FAR, FAR_WATCH, TIMES, TIMES_WATCH = 0.05, 0.02, 3.0, 2.0
# Silhouettes that fell by so much: the segments run into each other.
BLURRED, BLURRED_WATCH = 0.1, 0.05
# A segment whose share more than doubled or halved, by so many points at least, is worth a look.
GROWN, POINTS = 2.0, 0.05


@cacheable
@dataclass(frozen=True)
class Sign:
    """One thing that was looked at. ``level``: ``keep``, ``watch`` or ``refit``."""

    what: str
    words: str
    level: str


def advise(found: Health) -> list[Sign]:
    """Weigh what was measured: one reason to refit is enough; what speaks for it comes first."""
    signs = [_drift(found), _far(found), _silhouette(found), *_sizes(found)]
    return sorted(signs, key=lambda sign: ("refit", "watch", "keep").index(sign.level))


def _drift(found: Health) -> Sign:
    what, rows = "Features", found.drift
    shifted, moved = (rows.loc[rows["band"] == band, "label"].tolist() for band in ("shifted", "moved"))
    if shifted:
        words = f"{_list(shifted)} {'is' if len(shifted) == 1 else 'are'} spread otherwise than when it was saved"
        return Sign(what, f"{words}: the borders between segments were drawn for another crowd.", "refit")
    if moved:
        return Sign(what, f"{_list(moved)} moved a little since it was saved.", "watch")
    return Sign(what, "What the segments were learned from is spread as it was when it was saved.", "keep")


def _far(found: Health) -> Sign:
    what = "Customers far from all"
    now, then = percent(found.far_now, 1), percent(found.far_then, 1)
    words = f"{now} of customers lie far from the middle of every segment, {then} when it was saved"
    times = found.far_now / max(found.far_then, 0.001)
    if found.far_now >= FAR and times >= TIMES:
        return Sign(what, f"{words}: a kind of customer is here that no segment was made for.", "refit")
    if found.far_now >= FAR_WATCH and times >= TIMES_WATCH:
        return Sign(what, f"{words}.", "watch")
    return Sign(what, f"{words}.", "keep")


def _silhouette(found: Health) -> Sign:
    what, fell = "How clearly they stand apart", found.silhouette_then - found.silhouette_now
    words = f"The silhouette is {found.silhouette_now:.2f}, and was {found.silhouette_then:.2f}"
    if fell != fell:
        return Sign(what, "Too few customers are here to tell how clearly the segments stand apart.", "watch")
    if fell >= BLURRED:
        return Sign(what, f"{words}: the segments run into each other.", "refit")
    return Sign(what, f"{words}.", "watch" if fell >= BLURRED_WATCH else "keep")


def _sizes(found: Health) -> list[Sign]:
    signs = []
    for row in found.sizes.to_dict("records"):
        then, now = row["then"], row["now"]
        both = f"it had {percent(then, 1)} of customers, and has {percent(now, 1)}"
        if row["customers_then"] and not row["customers_now"]:
            signs.append(Sign("Sizes", f"Nobody belongs to {row['name']} any more.", "refit"))
        elif now - then >= POINTS and now >= GROWN * then:
            signs.append(Sign("Sizes", f"{row['name']} has more than doubled: {both}.", "watch"))
        elif then - now >= POINTS and then >= GROWN * now:
            signs.append(Sign("Sizes", f"{row['name']} has less than half its share: {both}.", "watch"))
    return signs or [Sign("Sizes", "No segment has doubled or halved its share.", "keep")]


def _list(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
