"""A segmentation under the numbers, names and colours of a saved one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pandas as pd

from core.segments.describing import profiles
from core.segments.dividing import clusterer
from core.segments.dividing.model import Model
from core.segments.dividing.segmentation import Segmentation
from core.segments.inputs import features
from core.segments.inputs.features import Recipe, Source
from core.segments.keeping import matching, tidings
from core.segments.keeping.matching import Matching
from core.segments.keeping.saved import Held, Saved
from core.segments.naming.naming import COLOURS
from core.stages import stage
from core.warehouse.people import People


@stage(version=4)
def held(
    source: Source, recipe: Recipe, k: int, seed: int, same: bool, *, found: Segmentation, saved: Saved,
    members: pd.Series, model: Model,
) -> Segmentation:  # fmt: skip
    """Give a segmentation the identities of a saved one.

    Parameters
    ----------
    source, recipe, k, seed
        What ``found`` was learned from and how; the recipe names the saved one and its version.
    same : bool
        Whether that is just what the saved one was learned from, and how: then it is shown as it was saved.
    found : Segmentation
    saved : Saved
    members : series
        The saved segment of each customer, by customer id.
    model : Model
        Of the saved one.

    Returns
    -------
    Segmentation
        A segment that shares at least half of its customers with a saved one has its id, name and colour; any other
        has an id that was never used, and a name and a colour that no other has. ``news`` says what became of all.
    """
    ids = customer_ids(source)
    before = saved.current
    apart = next((segment.id for segment in before.living if segment.apart), 0)
    same = same and len(ids) == len(members) and set(ids) == set(members.index)
    if same:
        found = _as_saved(source, recipe, found, members.loc[ids].to_numpy(), model, saved)
    frame = features.frame(source)
    known = all(feature.slug in frame for feature in model.encoding.features)
    ruled = None if same or not known else model.place_all(frame, drop=recipe.missing == "drop").segment
    after, alike = pd.Series(found.labels, index=ids), same or _aside(recipe) == _aside(saved.current.recipe)
    pairs = matching.match(members, after, (apart, found.apart), ruled, alike=alike)
    numbers = _numbers(found, pairs, saved)
    fresh = {
        numbers[int(row["id"])]: (str(row["name"]), str(row["archetype"])) for row in found.segments.to_dict("records")
    }
    rows = _called(found.segments, numbers, pairs, before.segments)
    lookup = np.zeros(max(numbers) + 1, dtype="int64")
    lookup[list(numbers)] = list(numbers.values())
    labels = lookup[found.labels]
    rows = rows.assign(id=rows["id"].map(numbers)).sort_values("id").reset_index(drop=True)
    called = {int(row["id"]): str(row["name"]) for row in rows.to_dict("records")}
    found = replace(
        found, labels=labels, segments=rows, model=found.model.renumber(numbers), apart=numbers.get(found.apart, 0)
    )
    if same:
        return found
    names = {segment.id: segment.name for segment in before.segments}
    old, new = {id: names[id] for id in pairs.olds}, {id: called[numbers[id]] for id in pairs.news}
    return replace(found, news=[*tidings.tell(pairs, old, new), *_misnamed(fresh, rows, before.segments)])


def _aside(recipe: Recipe | Mapping[str, Any]) -> tuple[bool, bool, bool]:
    """Why somebody may be in no group."""
    said = {**asdict(Recipe()), **(recipe if isinstance(recipe, Mapping) else asdict(recipe))}
    return said["outliers"] == "aside", said["missing"] == "drop", clusterer.of(said["method"]).chooses_k


def customer_ids(source: Source) -> pd.Index:
    """The id of each customer, in the order of labels."""
    frame = source.frame() if isinstance(source, People) else features.customers(source)
    return pd.Index(frame["customer_id"].astype(str))


def _as_saved(
    source: Source, recipe: Recipe, found: Segmentation, labels: np.ndarray, model: Model, saved: Saved
) -> Segmentation:
    """The saved membership, also where another version of a library divides a little otherwise."""
    apart = next((segment.id for segment in saved.current.living if segment.apart), 0)
    told = {segment.id: segment.portrait for segment in saved.current.living}
    rows = profiles.described(source, recipe, labels)
    rows = rows[rows["id"] > 0].reset_index(drop=True)
    rows = rows.assign(portrait=rows["id"].map(told))
    return replace(found, k=len(rows), labels=labels, segments=rows, model=model, apart=apart)


def _numbers(found: Segmentation, pairs: Matching, saved: Saved) -> dict[int, int]:
    """Each segment's id: of the saved one that it still is, or one that was never used."""
    fresh = [int(id) for id in found.segments["id"] if id not in pairs.kept]
    numbers: dict[int, int] = {id: saved.next_segment + place for place, id in enumerate(fresh)}
    return {**pairs.kept, **numbers}


def _called(rows: pd.DataFrame, numbers: dict[int, int], pairs: Matching, before: tuple[Held, ...]) -> pd.DataFrame:
    """Kept names, slugs and colours; those of the new ones are made to differ from all that were ever there."""
    known = {segment.id: segment for segment in before}
    taken = {"name": {s.name for s in before}, "slug": {s.slug for s in before}}
    living = {known[old].colour for old in pairs.kept.values()}
    colours = living | {segment.colour for segment in before}
    made = []
    for row in rows.to_dict("records"):
        if row["id"] in pairs.kept:
            mine = known[numbers[int(row["id"])]]
            made.append({**row, "name": mine.name, "slug": mine.slug, "colour": mine.colour})
            continue
        name, slug = _unused(row["name"], ", new", taken["name"]), _unused(row["slug"], "-new", taken["slug"])
        colour = _colour(int(row["colour"]), colours, living)
        taken["name"].add(name)
        taken["slug"].add(slug)
        colours, living = colours | {colour}, living | {colour}
        made.append({**row, "name": name, "slug": slug, "colour": colour})
    return pd.DataFrame(made, columns=rows.columns).astype({"colour": "int64"})


def _unused(words: str, more: str, taken: set[str]) -> str:
    further = (f"{words}{more}{'' if n == 1 else f' {n}'}".replace("-new ", "-new-") for n in range(1, len(taken) + 2))
    return next(each for each in (words, *further) if each not in taken)


def _colour(wanted: int, ever: set[int], living: set[int]) -> int:
    """The wanted one, or the first that no segment ever had, or the first that none has now."""
    every = [wanted, *range(COLOURS)]
    return next((c for c in every if c not in ever), next((c for c in every if c not in living), wanted))


def _misnamed(fresh: dict[int, tuple[str, str]], rows: pd.DataFrame, before: tuple[Held, ...]) -> list[str]:
    """Where a kept name may no longer say what its customers are like; what somebody called so is left alone."""
    known = {segment.id: segment for segment in before if not (segment.named or segment.apart)}
    said = []
    for id, name in zip(rows["id"].tolist(), rows["name"].tolist(), strict=True):
        by_itself, kind = fresh[id]
        if id in known and known[id].archetype != kind and by_itself != name:
            said.append(f"{name} keeps its name; by itself it would now be called {by_itself}.")
    return said
