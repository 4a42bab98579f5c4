"""What became of the segments, in sentences: kept, split, merged, new, gone."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.segments.choosing.verdict import percent
from core.segments.keeping.matching import Matching

HALF = 0.5
# A part of a segment that is worth naming.
PART = 0.1


def tell(found: Matching, old: Mapping[int, str], new: Mapping[int, str]) -> list[str]:
    r"""Say what became of the segments.

    Parameters
    ----------
    found : Matching
    old, new : mapping
        Segment -> its name, of all segments before and after, in order of their numbers.

    Returns
    -------
    list of str
        The whole first, then splits, merges, new ones and those that are gone; nothing about what stayed as it was.

    Notes
    -----
    A segment was split where two or more new ones have at least half of their customers from it; segments were merged
    where one new one holds at least half of the customers of two or more.

    Examples
    --------
    >>> import pandas as pd
    >>> from core.segments.keeping.matching import match
    >>> before, after = pd.Series(dict.fromkeys("abcdef", 1)), pd.Series({**dict.fromkeys("abcd", 1), "e": 2, "f": 2})
    >>> print(tell(match(before, after), {1: "Regulars"}, {1: "Regulars", 2: "Newcomers"})[1].replace("\xa0", " "))
    Regulars was split: of its customers 67 % are now in Regulars, 33 % in Newcomers.
    """
    if not found.common:
        return ["None of these customers is in the saved segmentation, so every segment is new."]
    # Of each old segment the share that is now in each new one, and of each new one the share from each old one.
    into = found.shared / np.maximum(found.shared.sum(axis=1, keepdims=True), 1)
    of = found.shared / np.maximum(found.sizes, 1)
    said, told_old, told_new = [_whole(found, len(old))], set[int](), set[int]()
    for row, segment in enumerate(found.olds):
        parts = {each: into[row, at] for at, each in enumerate(found.news) if of[row, at] >= HALF}
        if len(parts) > 1 and sum(parts.values()) >= HALF:
            where = _parts({new[each]: share for each, share in parts.items()}, "are now", "in")
            said.append(f"{old[segment]} was split: of its customers {where}.")
            told_old, told_new = told_old | {segment}, told_new | set(parts)
    for at, each in enumerate(found.news):
        merged = [segment for row, segment in enumerate(found.olds) if into[row, at] >= HALF]
        if len(merged) > 1:
            others = [old[segment] for segment in merged if found.kept.get(each) != segment]
            said.append(f"{_list(others)} {'was' if len(others) == 1 else 'were'} merged into {new[each]}.")
            told_old, told_new = told_old | set(merged), told_new | {each}
    for each in [each for each in found.fresh if each not in told_new]:
        said.append(_new(dict(zip(old.values(), of[:, found.news.index(each)], strict=True)), new[each]))
    for each, segment in found.ruled.items():
        said.append(
            f"{new[each]} has other customers than {old[segment]} had, whose rules would draw much the same now."
        )
    for segment in [segment for segment in found.gone if segment not in told_old]:
        said.append(_gone(dict(zip(new.values(), into[found.olds.index(segment)], strict=True)), old[segment]))
    return said


def _whole(found: Matching, segments: int) -> str:
    share = percent(found.stayed / found.common, 1 if found.stayed < found.common else 0)
    stays = f"{share} of the {found.common:,} customers who are in both are where they were"
    if not found.gone:
        every = "The segment is" if segments == 1 else "Both segments are" if segments == 2 else (
            f"All {segments} segments are"
        )  # fmt: skip
        more = f", with {len(found.fresh)} more" if found.fresh else ""
        return f"{every} still there{more}: {stays}."
    return f"{len(found.kept)} of {segments} segments {'is' if len(found.kept) == 1 else 'are'} still there: {stays}."


def _new(shares: Mapping[str, float], name: str) -> str:
    if not any(shares.values()):
        return f"“{name}” is a new segment: none of its customers was there before."
    rest = 1 - sum(shares.values())
    newcomers = f", {percent(rest)} were not there before" if rest >= PART else ""
    return f"“{name}” is a new segment: of its customers {_parts(shares, 'come', 'from')}{newcomers}."


def _gone(shares: Mapping[str, float], name: str) -> str:
    if not any(shares.values()):
        return f"{name} is gone: none of its customers is here any more."
    return f"{name} is gone: of its customers {_parts(shares, 'are now', 'in')}."


def _parts(shares: Mapping[str, float], verb: str, where: str) -> str:
    """Shares, the largest first: 61 % are now in Regulars, 35 % in Newcomers."""
    ranked = sorted(shares.items(), key=lambda each: (-each[1], each[0]))
    ranked = [each for each in ranked if each[1] >= PART] or ranked[:1]
    words = [f"{percent(share)} {where} {name}" for name, share in ranked]
    return ", ".join([words[0].replace(f" {where} ", f" {verb} {where} ", 1), *words[1:]])


def _list(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
