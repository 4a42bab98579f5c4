"""What segments are learned from, in sentences, and the segments under each treatment of outliers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from core.pipeline import OUTLIERS
from dashboard import words
from dashboard.figures import base
from dashboard.figures.profiles import low
from dashboard.theme import Theme, segment_colour

# A segment of no more than this share of all is a handful.
HANDFUL = 0.01
# What is drawn at least of a part, in shares: a handful must be seen.
THIN = 0.01
# Shares this close are called the same.
CLOSE = 0.02


def headline(rows: pd.DataFrame) -> str:
    """Whether all features count alike.

    >>> headline(pd.DataFrame({"label": ["Spend", "Orders"], "share": [0.5, 0.5]}))
    'Both count alike'
    """
    if len(rows) == 1:
        return f"{words.header(rows['label'].iloc[0])} alone divides the customers"
    if not rows["share"].sum():
        return "Nothing here tells customers apart"
    ranked = rows.sort_values("share", ascending=False, kind="stable")
    most, least = ranked.iloc[0], ranked.iloc[-1]
    if most["share"] - least["share"] < CLOSE:
        return "Both count alike" if len(rows) == 2 else f"All {words.in_words(len(rows))} count alike"
    return f"{words.header(most['label'])} counts most, {part(most['share'])} of all distances"


def part(share: float) -> str:
    """A share of distances; never 100 % where something is left, nor 0 % where something counts.

    >>> part(0.99995), part(0.00001), part(0.25)
    ('over 99.9 %', 'under 0.1 %', '25 %')
    """
    if 0.9995 <= share < 1:
        return "over 99.9 %"
    if 0 < share < 0.0005:
        return "under 0.1 %"
    return words.percent(share, 0 if 0.01 <= share <= 0.99 or share in (0, 1) else 1)


def listed(labels: Sequence[str], most: int = 6, *, start: bool = True) -> str:
    """Names in a sentence; at its start the first has a capital.

    >>> listed(["Spend", "Orders"]), listed(["Spend", "Orders", "MntWines"], start=False)
    ('Spend and orders', 'spend, orders and MntWines')
    """
    headers = [words.header(label) for label in labels]
    named = [name if start and not n else low(name) for n, name in enumerate(headers)]
    if len(named) > most:
        return f"{', '.join(named[: most - 1])} and {len(named) - most + 1} more"
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def said(share: float) -> str:
    """A share of customers, a handful not rounded away."""
    return words.percent(share, 0 if share >= 0.1 else 1).replace(" ", "\u00a0")


def outliers_headline(found: Any) -> str:
    """What the few do to the segments, and what would be without them."""
    rows = found.rows.set_index("treatment")
    keep, of = rows.loc["keep"], found.customers
    if not keep["segments"] or not rows.loc["aside", "segments"]:
        return "The few who lie far from all others cannot be told from the rest"
    largest = f"the largest segment holds {said(keep['largest_share'])}"
    if found.handful and not found.sampled:
        lead = f"{words.customers(found.handful)} of {words.count(of)} {_make(found)}"
        without = said(rows.loc["aside", "largest_share"])
        told = f"without the {words.count(found.far)} farthest the largest holds {without} instead of "
        return f"{lead}; {told}{said(keep['largest_share'])}" if found.far else f"{lead}; {largest}"
    if not found.far:
        return f"Prepared like this, nobody lies far from all others; {largest}"
    moved = 1 - rows.loc["aside", "agreement"] if found.in_use == "keep" else 1 - keep["agreement"]
    much = "hardly change" if moved < 0.1 else "change somewhat" if moved < 0.4 else "are others"
    who = f"{words.customers(found.far)}{' of the sample' if found.sampled else ''}"
    return f"{who} lie{'s' if found.far == 1 else ''} far from all others; without them the segments {much}"


def _make(found: Any) -> str:
    """make a segment of their own, makes a segment of its own, make three segments of their own"""
    parts = found.sizes[(found.sizes["treatment"] == "keep") & ~found.sizes["apart"].astype(bool)]
    several = int((parts["share"] <= HANDFUL).sum())
    if several > 1:
        return f"make {words.in_words(several)} segments of their own"
    return "makes a segment of its own" if found.handful == 1 else "make a segment of their own"


def spend_sentence(found: Any) -> str:
    """What part of all spend the few bring; empty where spend is not known."""
    if found.top_share != found.top_share:
        return ""
    top = f"The 1 % who spend most bring {words.percent(found.top_share)} of all spend"
    return f"{top}; those who lie far bring {words.percent(found.far_share)}." if found.far else f"{top}."


def treatments(found: Any, names: Sequence[Any], theme: Theme) -> go.Figure:
    """Segments as parts of all customers, a bar a treatment.

    Parameters
    ----------
    found : Treatments
    names : sequence of SegmentName
        The segments in use: a part has the colour of the segment that it overlaps most.
    """
    if found.sizes.empty:
        return base.empty(theme, "No segments can be made")
    figure = base.blank(theme, x="Share of all customers, %", bargap=0.62)
    known = {name.id: name for name in names}
    here = found.sizes
    for position in range(int(here["position"].max()) + 1):
        mine = here[here["position"] == position]
        colours, hovers = [], []
        for row in mine.to_dict("records"):
            name = known.get(row["id"])
            colours.append(segment_colour(name.colour) if name else theme.ink3 if row["apart"] else theme.mark)
            called = base.escape(name.name) if name else "Set aside" if row["apart"] else "A segment that is not in use"
            spend = row["spend_share"]
            told = f", {words.percent(spend)} of spend" if spend == spend else ""
            hovers.append(f"{called}: {words.customers(row['customers'])}, {words.percent(row['share'])}{told}")
        figure.add_bar(
            y=[OUTLIERS[treatment] for treatment in mine["treatment"]], x=100 * mine["share"].clip(lower=THIN),
            orientation="h",
            marker={"color": colours, "line": {"color": theme.surface, "width": 1}}, customdata=hovers,
            hovertemplate="%{customdata}<extra></extra>",
        )  # fmt: skip
    figure.update_layout(barmode="stack")
    for treatment, mine in here.groupby("treatment"):
        sizes = ", ".join(words.count(number) for number in mine["customers"])
        name = OUTLIERS[str(treatment)]
        base.note(figure, f"{name}: {sizes}", theme, x=0, y=name, xanchor="left", yanchor="bottom", yshift=10,
                  font={"size": 12, "color": theme.ink})  # fmt: skip
    figure.update_xaxes(range=[0, 102], tickvals=[0, 25, 50, 75, 100])
    figure.update_yaxes(showgrid=False, autorange="reversed", showticklabels=False)
    return figure


def pair(row: dict[str, Any], labels: dict[str, str]) -> str:
    """Two features that say much the same.

    >>> pair({"a": "m", "b": "f", "spearman": 0.81, "pearson": 0.8}, {"m": "Spend", "f": "Orders"})
    'Spend and orders say much the same: together they count twice'
    """
    strongest = max((row["spearman"], row["pearson"]), key=lambda value: abs(value) if value == value else 0)
    turned = ", turned round" if strongest < 0 else ""
    return f"{listed([labels[row['a']], labels[row['b']]])} say much the same{turned}: together they count twice"


def pair_count(number: int) -> str:
    """How many pairs say the same, as the start of a sentence."""
    return "One pair says" if number == 1 else f"{words.in_words(number).capitalize()} pairs say"


def same(pairs: pd.DataFrame, labels: dict[str, str]) -> str:
    """Which features say the same, within a sentence."""
    if len(pairs) == 1:
        return f"{listed([labels[pairs['a'].iloc[0]], labels[pairs['b'].iloc[0]]], start=False)} say much the same"
    return f"{pair_count(len(pairs)).lower()} much the same" if len(pairs) else ""


def in_units(rows: pd.DataFrame) -> pd.DataFrame:
    """A frame to take along: money in units of the currency."""
    money = rows["unit"] == "money"
    cuts = [name for name in ("low", "lower", "median", "upper", "high", "fill") if name in rows]
    return rows.assign(**{name: rows[name].where(~money, rows[name] / 100) for name in cuts})


def bars_in_units(found: Any) -> pd.DataFrame:
    """Histograms to take along: money in units of the currency; prepared values have none."""
    money = set(found.rows.loc[found.rows["unit"] == "money", "slug"])
    here = found.bars["slug"].isin(money) & ~found.bars["prepared"].astype(bool)
    return found.bars.assign(**{end: found.bars[end].where(~here, found.bars[end] / 100) for end in ("low", "high")})
