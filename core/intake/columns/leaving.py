"""What stays out of a segmentation unless somebody says otherwise: what cannot be measured, copies, models' results."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.intake.columns import headers
from core.intake.columns.seen import Seen
from core.warehouse.columns import MEASURED

MOST_LEVELS = 40
_LEAK = re.compile(
    r"\b(?:naive ?bayes|classifier|predicted|predictions?|probabilit\w+|prob|proba|propensity|clusters?|segments?|rfm|"
    r"[rfm] (?:score|quartile|quintile|rank)|churn (?:score|risk|prob\w*)|risk score|labels?|persona|"
    r"lookalike|k ?means)\b"
)


def reason(seen: Seen, scale: str) -> str:
    """Why a column stays out of a segmentation; empty where it enters."""
    contents = seen.contents
    spoken = " ".join(headers.words(seen.header))
    match scale:
        case "constant":
            return "the same for everybody"
        case "identifier":
            return "it tells customers apart and says nothing of them"
        case "contact" | "consent":
            return "it serves to write to them"
        case "text":
            return "it is free text"
        case "date":
            return "it is a date: time since then can enter"
    if _LEAK.search(spoken):
        return "it looks like the output of another model"
    if scale == "nominal" and (contents.distinct > MOST_LEVELS or contents.variety > 0.5) and len(contents.filled) > 20:
        return f"it has {contents.distinct:,} levels"
    return "" if scale in MEASURED else "it enters by its choices" if scale == "multiple" else ""


def copies(seen: Sequence[Seen], entering: Sequence[bool]) -> dict[int, int]:
    """Columns that say the same as one before them: position -> position of the first."""
    first: dict[tuple[int, ...], int] = {}
    found = {}
    for place, (each, enters) in enumerate(zip(seen, entering, strict=True)):
        if not enters or each.contents.distinct < 2:
            continue
        order: dict[str, int] = {}
        pattern = tuple(order.setdefault(value, len(order)) if value else -1 for value in each.contents.values)
        if len(each.contents.filled) >= 10 and pattern in first:
            found[place] = first[pattern]
        else:
            first[pattern] = place
    return found
