"""Segments of a customer table or survey described: sizes, averages, differences, and what their names look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from core.segments.choosing.verdict import percent
from core.segments.describing.comparing import compare
from core.segments.describing.sizes import part
from core.segments.describing.table_portraits import told
from core.segments.inputs import features
from core.segments.inputs.features import Recipe
from core.segments.inputs.matrix import Feature
from core.segments.inputs.roles import LOOKS, measure, representative
from core.segments.naming import table_naming
from core.warehouse.people import People

DIFFERENCES = ["id", "rank", "feature", "label", "unit", "they", "all", "effect", "said", "said_all"]


def describe(source: People, recipe: Recipe, labels: np.ndarray) -> pd.DataFrame:
    """One row a segment, all customers last as id 0.

    Returns
    -------
    frame
        id, name, slug, archetype, colour, portrait, customers, share, cents (spend of all of them together),
        revenue_share, then by its slug the average of every number and ordered column (money in cents), the share of
        yes, and the most frequent category.
    """
    frame, every = source.frame(), features.known(source)
    compared = compare(frame, every, labels)
    learned = compared[compared["feature"].isin([feature.slug for feature in features.chosen(source, recipe)])]
    standing = compared[compared["feature"].isin([feature.slug for feature in representative(every)])]
    rows = _sizes(measure(frame, every, "spend"), labels)
    segments = rows[rows["id"] > 0]
    words = table_naming.name(_looks(frame, every, learned, labels), learned, segments.set_index("id")["customers"])
    words["portrait"] = [told(standing[standing["id"] == segment], learned, row) for segment, row in
                         zip(segments["id"], segments.to_dict("records"), strict=True)]  # fmt: skip
    everybody = {"id": 0, "name": "All customers", "slug": "all", "archetype": "", "colour": -1, "portrait": ""}
    words = pd.concat([words, pd.DataFrame([everybody])], ignore_index=True)
    return words.merge(rows, on="id").merge(
        _averages(compared, every, {*map(str, rows), *map(str, words)}), on="id", how="left"
    )


def differences(source: People, recipe: Recipe, labels: np.ndarray, most: int = 3) -> pd.DataFrame:
    """The strongest differences of each segment from all customers, in any column that can be measured."""
    compared = compare(source.frame(), _telling(source, recipe), labels)
    rows = compared[compared["id"] > 0].copy()
    category = rows["scale"] == "nominal"
    rows["label"] = rows["label"].where(~category, rows["label"] + ": " + rows["apart"])
    rows["they"] = rows["they"].where(~category, rows["apart_share"])
    rows["all"] = rows["all"].where(~category, rows["apart_all"])
    rows = rows.sort_values("effect", key=abs, ascending=False, kind="stable").groupby("id").head(most)
    rows = rows.sort_values("id", kind="stable", ignore_index=True)
    return rows.assign(rank=rows.groupby("id").cumcount() + 1, said=_words(rows, "they"), said_all=_words(rows, "all"))[
        DIFFERENCES
    ]


def heat(source: features.Source, drawn: Sequence[Feature], labels: np.ndarray) -> pd.DataFrame:
    """Averages of each segment: id, feature, label, unit, mean, z, said (levels in words; empty for numbers).

    Of categories the mean is the share of the one that is most frequent in the segment.
    """
    found = compare(features.frame(source), drawn, labels) if drawn else pd.DataFrame()
    if found.empty:
        return found
    category = found["scale"] == "nominal"
    side = np.where(category & (found["share"] < found["share_all"]), -1.0, 1.0)
    cells = found[["id", "feature", "label", "unit"]]
    return cells.assign(mean=found["they"], z=found["effect"] * side, said=_said(found))


def worth(source: People) -> np.ndarray | None:
    """What ids follow: spend, else income; None where a table knows neither."""
    frame, every = source.frame(), features.known(source)
    for key in ("spend", "income"):
        values = measure(frame, every, key)
        if values is not None:
            return values.fillna(values.median()).to_numpy(dtype=float)
    return None


def _looks(frame: pd.DataFrame, every: Sequence[Feature], learned: pd.DataFrame, labels: np.ndarray) -> pd.DataFrame:
    """Traits of the archetypes of tables: of what segments were learned from, and spend in any case."""
    roles = set(learned["role"])
    found = {
        key: values
        for key in LOOKS
        if (key == "spend" or roles & set(LOOKS[key])) and (values := measure(frame, every, key)) is not None
    }
    others = learned[(learned["id"] > 0) & ~learned["role"].isin({role for roles in LOOKS.values() for role in roles})]
    if not found:
        return pd.DataFrame(index=np.unique(labels))
    compared = compare(pd.DataFrame(found), [Feature(key, key, "", "", "") for key in found], labels)
    table = compared[compared["id"] > 0].pivot(index="id", columns="feature", values="effect")
    table["other"] = others["effect"].abs().groupby(others["id"]).max()
    table = table.fillna(0.0)
    if "spend" in table:
        table["best"] = (table["spend"] >= table["spend"].max()).astype(float)
    return table


def _sizes(spend: pd.Series | None, labels: np.ndarray) -> pd.DataFrame:
    cents = np.zeros(len(labels)) if spend is None else 100 * spend.fillna(0).to_numpy(dtype=float)
    grouped = pd.DataFrame({"id": labels, "cents": cents}).groupby("id")["cents"]
    rows = grouped.agg(customers="size", cents="sum").reset_index()
    rows = rows.assign(share=part(rows["customers"]), revenue_share=part(rows["cents"]))
    every: dict[str, Any] = {"id": 0, "customers": len(labels), "cents": cents.sum(), "share": 1.0}
    rows = pd.concat([rows, pd.DataFrame([every | {"revenue_share": float(spend is not None)}])], ignore_index=True)
    rows["cents"] = rows["cents"].round().astype("int64")
    return rows[["id", "customers", "share", "cents", "revenue_share"]]


def _averages(compared: pd.DataFrame, every: Sequence[Feature], taken: set[str]) -> pd.DataFrame:
    columns = {"id": compared["id"].drop_duplicates().to_numpy()}
    for feature in every:
        if feature.slug not in taken:
            mine = compared[compared["feature"] == feature.slug]
            columns[feature.slug] = mine["level" if feature.scale == "nominal" else "they"].to_numpy()
    return pd.DataFrame(columns)


def _telling(source: People, recipe: Recipe) -> list[Feature]:
    """All that can be measured, but for what was set aside and not chosen: such as a model's output."""
    chosen = {feature.slug for feature in features.chosen(source, recipe)}
    aside = {column.slug for column in source.columns if column.aside} - chosen
    return [feature for feature in features.known(source) if feature.slug not in aside]


def _said(rows: pd.DataFrame) -> list[str]:
    """Levels in words for a cell: the one nearest to the average, or the most frequent category with its share."""
    near = _words(rows, "they")
    return [
        f"{level} {percent(share)}" if scale == "nominal" and level else word
        for word, scale, level, share in zip(near, rows["scale"], rows["level"], rows["share"], strict=True)
    ]


def _words(rows: pd.DataFrame, column: str) -> list[str]:
    """The level that an average of ordered levels is nearest to; empty for all else."""
    return [
        names[min(round(value), len(names) - 1)] if unit == "level" and names and value == value else ""
        for value, unit, names in zip(rows[column], rows["unit"], rows["levels"], strict=True)
    ]
