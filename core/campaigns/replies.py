"""What people answered: how high on an ordered scale, and which of several answers they chose."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from core.warehouse.columns import Column

Facts = dict[str, float | str]

# Name in the playbook -> role of the columns; several columns of a role are averaged.
SCALES = {
    "satisfaction": "satisfaction",
    "reviews": "review_reliance",
    "browsing": "browsing_frequency",
    "buying": "purchase_frequency",
}
CHOICES = {"improvement": "improvement", "appreciation": "appreciation"}
# Areas to improve and the words that name them; of an answer that names two, the first here counts.
AREAS = {
    "packaging": r"packag|plastic|waste|wrapping|verpack|emball",
    "shipping": r"shipping|deliver|dispatch|speed|postage|versand|liefer|livraison|entrega",
    "quality": r"quality|accura|as described|defect|qualit|qualidade|calidad",
    "service": r"service|support|responsive|helpdesk|complaint|kundendienst|atendimento|atenci",
    "website": r"website|web site|app\b|interface|navigation|search|checkout",
    "price": r"price|cost|cheap|expensive|discount|preis|prix|preço|precio",
}
SPLIT = r"\s*[;|]\s*"
MIDDLE = 0.5


def places(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """Where each person's answers lie, from 0 for the lowest level to 1 for the highest; a column a scale.

    Examples
    --------
    >>> column = Column("Happy", "satisfaction", "", "", "", slug="happy", scale="ordinal", levels=("1", "2", "3"))
    >>> places(pd.DataFrame({"happy": [0.0, 1.0, None]}), [column])["satisfaction"].tolist()
    [0.0, 0.5, nan]
    """
    found = {}
    for name, role in SCALES.items():
        if parts := [_place(frame[c.slug], c) for c in _answered(columns, role, frame)]:
            found[name] = pd.concat(parts, axis=1).mean(axis=1)
    return pd.DataFrame(found, index=frame.index)


def scale_facts(place: pd.DataFrame, frame: pd.DataFrame, columns: Sequence[Column]) -> Facts:
    """A group's place on each scale, the shares above and below its middle, and its answers in words.

    ``points`` is the mean ("2.1 of 5") and ``level`` the answer in the middle of all ("Few times a week"), of the first
    column of the scale.
    """
    facts: Facts = {}
    for name in SCALES:
        known = place[name].dropna() if name in place else place.iloc[:0]
        if known.empty:
            continue
        facts[f"{name}_place"] = float(np.mean(known))
        facts[f"{name}_high"] = float(np.mean(known > MIDDLE))
        facts[f"{name}_low"] = float(np.mean(known < MIDDLE))
        column = _answered(columns, SCALES[name], frame)[0]
        coded = frame[column.slug].dropna()
        if column.scale == "ordinal" and column.levels and len(coded):
            facts[f"{name}_level"] = column.levels[int(coded.quantile(0.5, interpolation="lower"))]
            facts[f"{name}_points"] = f"{coded.mean() + 1:.1f} of {len(column.levels)}"
    return facts


def chosen(frame: pd.DataFrame, columns: Sequence[Column]) -> dict[str, pd.Series]:
    """The answers given to each of :data:`CHOICES`, one entry an answer, under the customer's index."""
    found = {}
    for name, role in CHOICES.items():
        if parts := [c for c in columns if c.role == role and c.scale in ("nominal", "multiple") and c.slug in frame]:
            cells = frame[parts[0].slug].dropna().astype(str).str.split(SPLIT, regex=True).explode().str.strip()
            found[name] = cells[cells.str.contains(r"\w", regex=True)]
    return found


def area_of(answers: pd.Series) -> pd.Series:
    """The area that each answer names; missing where it names none of :data:`AREAS`.

    Examples
    --------
    >>> area_of(pd.Series(["Customer service responsiveness", "Nothing"])).tolist()
    ['service', nan]
    """
    lowered = answers.str.lower()
    naming = [lowered.str.contains(words, regex=True).to_numpy(dtype=bool) for words in AREAS.values()]
    area = pd.Series(np.select(naming, list(AREAS), ""), index=answers.index, dtype=object)
    return area.where(area != "")


def choice_facts(own: dict[str, pd.Series], everyone: dict[str, pd.Series]) -> Facts:
    """A group's commonest answer to each question, its share here and among all, and the areas to improve.

    Shares are of those who answered. ``lead`` of an area is its share ÷ that of the next most named one: 1 or more
    where it is the commonest.
    """
    facts: Facts = {}
    for name, answers in own.items():
        mine, theirs = _shares(answers), _shares(everyone[name])
        if mine.empty:
            continue
        top = str(mine.index[0])
        facts |= {name: top, f"{name}_share": float(mine[top]), f"all_{name}_share": float(theirs[top])}
        facts[f"{name}_ratio"] = float(mine[top] / theirs[top])
    if "improvement" in own:
        mine, theirs = (_shares(answers, area_of(answers)) for answers in (own["improvement"], everyone["improvement"]))
        for area in mine.index:
            rest = mine.drop(area)
            facts[f"{area}_share"], facts[f"all_{area}_share"] = float(mine[area]), float(theirs[area])
            facts[f"{area}_ratio"] = float(mine[area] / theirs[area])
            facts[f"{area}_lead"] = float(mine[area] / rest.max()) if len(rest) else 2.0
    return facts


def _shares(answers: pd.Series, of: pd.Series | None = None) -> pd.Series:
    """Of those who answered, the share with each answer; the commonest first, ties by name."""
    people = answers.index.nunique()
    named = (answers if of is None else of).dropna()
    pairs = named.groupby(level=0).unique().explode()
    counts = pairs.value_counts().rename_axis("answer").reset_index(name="n")
    counts = counts.sort_values(["n", "answer"], ascending=[False, True])
    return counts.set_index("answer")["n"] / max(people, 1)


def _answered(columns: Sequence[Column], role: str, frame: pd.DataFrame) -> list[Column]:
    scales = ("ordinal", "number", "yes_no")
    return [column for column in columns if column.role == role and column.scale in scales and column.slug in frame]


def _place(cells: pd.Series, column: Column) -> pd.Series:
    if column.scale == "yes_no":
        return cells.map({"yes": 1.0, "no": 0.0}).astype(float)
    values = cells.astype(float)
    top = len(column.levels) - 1 if column.scale == "ordinal" and len(column.levels) > 1 else values.max()
    low = 0.0 if column.scale == "ordinal" else values.min()
    return (values - low) / (top - low) if top > low else values * float("nan")
