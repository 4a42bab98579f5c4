"""Movement between two days: the flow, the moves in words, the matrix."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.figures import base
from dashboard.theme import Theme, segment_colour

NOBODY = 0
# The gap between two nodes as a part of the height, and about how many pixels the nodes have.
PAD, HEIGHT = 0.02, 540


def sankey(found: Any, theme: Theme, days: tuple[str, str]) -> go.Figure:
    """Segments at the earlier day left, at the later day right; who stayed is drawn faintly.

    Parameters
    ----------
    found : Movement
    days : (str, str)
        The two days in words.
    """
    if found.cells.empty:
        return base.empty(theme, "Nobody had ordered by the earlier day")
    names, cells = found.names, found.cells
    left = [int(i) for i in [*names["id"][names["id"] != NOBODY], NOBODY] if (cells["before"] == i).any()]
    right = [int(i) for i in names["id"] if (cells["after"] == i).any()]
    faces = {row.id: row for row in names.itertuples(index=False)}
    sizes = [*cells.groupby("before")["customers"].sum()[left], *cells.groupby("after")["customers"].sum()[right]]
    nodes = [*left, *right]
    places = {("before", i): at for at, i in enumerate(left)} | {
        ("after", i): len(left) + n for n, i in enumerate(right)
    }
    colours = [_colour(faces[i].colour, theme) for i in nodes]
    most = max(len(left), len(right))
    figure = base.blank(theme)
    figure.update_layout(xaxis_visible=False, yaxis_visible=False, margin_t=36)
    figure.add_trace(
        go.Sankey(
            arrangement="snap",
            node={
                "label": [base.escape(faces[i].name) for i in nodes],
                "color": colours,
                "customdata": [words.customers(int(size)) for size in sizes],
                "hovertemplate": "%{label}<br>%{customdata}<extra></extra>",
                "x": [0.001] * len(left) + [0.999] * len(right),
                "y": [*_heights(sizes[: len(left)], most), *_heights(sizes[len(left) :], most)],
                "pad": PAD * HEIGHT,
                "thickness": 12,
                "line": {"width": 0},
            },
            link={
                "source": [places["before", int(i)] for i in cells["before"]],
                "target": [places["after", int(i)] for i in cells["after"]],
                "value": cells["customers"].tolist(),
                "color": [
                    _faint(_colour(faces[int(b)].colour, theme), 0.16 if b == a else 0.5)
                    for b, a in zip(cells["before"], cells["after"], strict=True)
                ],
                "customdata": [words.customers(int(n)) for n in cells["customers"]],
                "hovertemplate": "%{source.label} → %{target.label}<br>%{customdata}<extra></extra>",
            },
            textfont={"size": 12, "color": theme.ink},
        )
    )
    for at, day in zip((0, 1), days, strict=True):
        base.note(figure, base.escape(day), theme, x=at, y=1, xref="paper", yref="paper", yanchor="bottom",
                  xanchor="right" if at else "left", yshift=10)  # fmt: skip
    return figure


def _heights(sizes: list[float], most: int) -> list[float]:
    """Where the middle of each node lies, from the top, in the order given.

    Gaps take their part of the height as in the column of ``most`` nodes, so that the lowest one ends within it.
    """
    share, above, found = (1 - PAD * (most - 1)) / sum(sizes), 0.0, []
    for size in sizes:
        found.append(min(max(above + share * size / 2, 0.001), 0.999))
        above += share * size + PAD
    return found


def _colour(slot: int, theme: Theme) -> str:
    return theme.mark_soft if slot < 0 else segment_colour(int(slot))


def _faint(colour: str, opacity: float) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def headline(found: Any) -> str:
    """How many are elsewhere."""
    if not found.known:
        return "Nobody had ordered by the earlier day"
    share = words.percent(found.moved / found.known, 0)
    return f"{words.count(found.moved)} of {words.customers(found.known)} are elsewhere now, {share}"


def leaving(found: Any, most: int = 3) -> list[tuple[int, str]]:
    """Segments that lost most of what they had spent, with what became of those who left: id and sentence."""
    names = dict(zip(found.names["id"], found.names["name"], strict=True))
    rows = found.rows[(found.rows["left"] > 0) & (found.rows["before"] > 0)]
    rows = rows.assign(lost=rows["cents_before"] * rows["left"] / rows["before"], many=rows["left"])
    said = []
    for row in rows.sort_values(["lost", "many"], ascending=False).head(most).itertuples(index=False):
        name = names[row.id]
        gone = found.cells[(found.cells["before"] == row.id) & (found.cells["after"] != row.id)]
        to = gone.sort_values(["customers", "after"], ascending=[False, True]).iloc[0]
        are = "is" if to["customers"] == 1 else "are"
        said.append(
            (
                int(row.id),
                f"{words.count(row.left)} of {words.count(row.before)} left {name}; "
                f"{words.count(to['customers'])} {are} in {names[to['after']]} now.",
            )
        )
    return said


def joining(found: Any, most: int = 2) -> list[tuple[int, str]]:
    """Segments that most customers joined, by what those bought between the days: id and sentence."""
    names = dict(zip(found.names["id"], found.names["name"], strict=True))
    came = found.cells[found.cells["before"] != found.cells["after"]]
    sums = came.groupby("after")[["customers", "cents"]].sum().sort_values(["cents", "customers"], ascending=False)
    said = []
    for id_, row in sums.head(most).iterrows():
        from_ = came[came["after"] == id_].sort_values(["customers", "before"], ascending=[False, True]).iloc[0]
        where = "had not ordered before" if from_["before"] == NOBODY else f"came from {names[from_['before']]}"
        joined = f"{words.count(row['customers'])} joined {names[id_]}"
        said.append((int(str(id_)), f"{joined}; {words.count(from_['customers'])} of them {where}."))
    return said


def table(found: Any) -> pd.DataFrame:
    """The matrix as rows: from, to, customers, share (of those before), bought_between, total; money in units."""
    names = dict(zip(found.names["id"], found.names["name"], strict=True))
    cells = found.cells
    before = cells.groupby("before")["customers"].transform("sum")
    return pd.DataFrame(
        {
            "from": cells["before"].map(names), "to": cells["after"].map(names), "customers": cells["customers"],
            "share": cells["customers"] / before, "bought_between": cells["cents"] / 100, "total": cells["total"] / 100,
        }
    )  # fmt: skip


def summary(found: Any) -> pd.DataFrame:
    """One row a segment for a file: name, customers of both days, kept, joined, fresh, left, kept_share, spend."""
    rows = found.rows.merge(found.names[["id", "name"]], on="id")
    rows = rows.assign(spend_before=rows["cents_before"] / 100, spend_after=rows["cents_after"] / 100)
    return rows[
        ["name", "before", "after", "kept", "joined", "fresh", "left", "kept_share", "spend_before", "spend_after"]
    ]


def matrix_headline(found: Any, currency: str) -> str:
    """What money moved: bought between the days by those who are elsewhere."""
    moved = found.cells[(found.cells["before"] != found.cells["after"]) & (found.cells["before"] != NOBODY)]
    kept = found.rows[found.rows["before"] > 0].sort_values("kept_share")
    if kept.empty:
        return "Everybody is new"
    names = dict(zip(found.names["id"], found.names["name"], strict=True))
    best, worst = kept.iloc[-1], kept.iloc[0]
    said = (
        f"{names[best['id']]} kept {words.percent(best['kept_share'], 0)} of their customers, "
        f"{names[worst['id']]} {words.percent(worst['kept_share'], 0)}"
    )
    money = int(moved["cents"].sum())
    return f"{said}; those who moved spent {words.money(money, currency)}" if currency and money else said
