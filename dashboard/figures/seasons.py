"""When customers buy: steps of the calendar beside the year before, and the shape of a year."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.figures import base
from dashboard.theme import Theme

BEFORE = {"revenue": "before", "orders": "orders_before", "customers": "customers_before"}
STEPS = {"day": ("day", 1), "week": ("week", 7), "month": ("month", 30.4), "quarter": ("quarter", 91.3)}
TICKS = {"day": "%-d %b\n%Y", "week": "%-d %b\n%Y", "month": "%b\n%Y", "quarter": "Q%q\n%Y"}
MANY, FEW, FEW_QUARTERS = 130, 16, 8
DAY_MS = 86_400_000


def columns(
    rows: pd.DataFrame,
    theme: Theme,
    currency: str,
    *,
    grain: str = "month",
    measure: str = "revenue",
    labels: bool = True,
) -> go.Figure:
    """Columns from zero with the year before paler behind them; a line where there are too many columns.

    Parameters
    ----------
    rows : DataFrame
        As in :class:`core.sales.seasonality.Seasonality`.
    labels : bool
        Whether amounts stand on the columns, where these are few.
    """
    if rows.empty or not rows["orders"].any():
        return base.empty(theme, "No orders in this period")
    word, days = STEPS[grain]
    values, before = _values(rows, measure), _values(rows, BEFORE[measure])
    unit = f", {words.symbol(currency).strip()}" if measure == "revenue" else ""
    figure = base.blank(theme, y=f"{measure.capitalize()}{unit} a {word}", barmode="overlay")
    middle = rows["start"] + (rows["end"] + pd.Timedelta(days=1) - rows["start"]) / 2
    says = _hovers(rows, measure, currency)
    if len(rows) > MANY:
        _line(figure, middle, values, before, theme, smooth=grain == "day")
    else:
        top = int(values.argmax())
        colours = [theme.mark_strong if i == top else theme.mark for i in range(len(rows))]
        width = days * DAY_MS
        if before.notna().any():
            figure.add_bar(x=middle, y=before, width=0.86 * width, hoverinfo="skip",
                           marker={"color": theme.mark_soft, "cornerradius": 2})  # fmt: skip
        few = len(rows) <= FEW
        figure.add_bar(
            x=middle, y=values, width=(0.56 if before.notna().any() else 0.68) * width,
            marker=base.hatch(theme, rows["unfinished"].tolist(), colours),
            text=[words.short(v) for v in values] if few and labels else None, textposition="outside", cliponaxis=False,
            textangle=0, textfont={"color": theme.ink, "size": 12}, hoverinfo="skip",
        )  # fmt: skip
    # One invisible trace speaks for both, so that the hover is the same wherever the pointer is in the step.
    figure.add_scatter(x=middle, y=values, mode="markers", marker={"opacity": 0}, customdata=says,
                       hovertemplate="%{customdata}<extra></extra>")  # fmt: skip
    figure.update_layout(hovermode="x")
    figure.update_xaxes(
        type="date",
        range=[rows["start"].iloc[0], rows["end"].iloc[-1] + pd.Timedelta(days=1)],
        ticklabelmode="period" if grain in ("month", "quarter") else "instant",
        tickformat=TICKS[grain],
    )
    if grain == "quarter":
        # Left alone, Plotly would name a quarter once a month.
        few_quarters = len(rows) <= FEW_QUARTERS
        figure.update_xaxes(dtick="M3" if few_quarters else "M12", tickformat=TICKS[grain] if few_quarters else "%Y")
    high = max(values.max(), before.max() if before.notna().any() else 0)
    figure.update_yaxes(tickformat="~s", range=[min(0, 1.1 * values.min()), 1.1 * high or 1])
    return figure


def headline(rows: pd.DataFrame, currency: str, *, grain: str = "month", measure: str = "revenue") -> str:
    """The strongest step, in words."""
    if rows.empty or not rows[measure].max() > 0:
        return "No orders in this period"
    best = rows.loc[rows[measure].idxmax()]
    when = f"{best['start']:%B %Y}" if grain == "month" else best["label"]
    when = f"The week{when[4:]}" if grain == "week" else when
    share = best[measure] / rows[measure].sum()
    part = f"{words.percent(share)} of the period"
    said = {
        "revenue": f"{when} brought most: {words.money(best['revenue'], currency)}, {part}",
        "orders": f"{when} had most orders: {words.count(best['orders'])}, {part}",
        "customers": f"{when} had most customers: {words.count(best['customers'])}",
    }[measure]
    return said + (", though it is not finished" if best["unfinished"] else "")


def against(rows: pd.DataFrame, *, grain: str, measure: str) -> str:
    """What the paler columns say; nothing where no step has a year before it."""
    known = rows[rows[BEFORE[measure]].notna()]
    if known.empty:
        return ""
    some = "" if len(known) == len(rows) else f", known for {len(known)} of {len(rows)} {STEPS[grain][0]}s"
    if measure == "customers":
        return f"paler: the year before{some}"
    change = words.change(known[measure].sum(), known[BEFORE[measure]].sum())
    moved = "" if change is None else f": {'up' if change >= 0 else 'down'} {words.percent(abs(change))}"
    return f"paler: the year before{some}{moved}"


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """What the columns draw, with money in units."""
    money = rows.assign(revenue=rows["revenue"] / 100, revenue_before=rows["before"] / 100)
    return money[["label", "start", "end", "unfinished", "revenue", "orders", "customers", "revenue_before",
                  "orders_before", "customers_before"]]  # fmt: skip


def index(rows: pd.DataFrame, theme: Theme) -> go.Figure:
    """Bars above and below the average month.

    Parameters
    ----------
    rows : DataFrame
        As in :class:`core.sales.peaks.SeasonalIndex`: label, index, years, revenue.
    """
    if not rows["index"].notna().any():
        return base.empty(theme, "No calendar month was seen in full yet")
    above = (rows["index"] - 1) * 100
    top = int(above.fillna(-100).argmax())
    figure = base.blank(theme, y="Against an average month, %")
    figure.add_bar(
        x=[label[:3] for label in rows["label"]],
        y=above,
        marker={"color": [theme.mark_strong if i == top else theme.mark for i in range(12)], "cornerradius": 2},
        text=["" if v != v else f"{v:+.0f}".replace("-", "−") for v in above],
        textposition="outside",
        textangle=0,
        cliponaxis=False,
        textfont={"color": theme.ink, "size": 12},
        customdata=[
            [m, words.decimal(i, 2), n] for m, i, n in zip(rows["label"], rows["index"], rows["years"], strict=True)
        ],
        hovertemplate="%{customdata[0]}: index %{customdata[1]}<br>seen in %{customdata[2]} year(s)<extra></extra>",
    )
    low, high = min(0, above.min()), max(0, above.max())
    figure.update_yaxes(range=[low - 0.16 * (high - low), high + 0.16 * (high - low) or 1], ticksuffix=" %",
                        zeroline=True, zerolinecolor=theme.axis)  # fmt: skip
    figure.update_xaxes(showline=False, tickangle=None, autotickangles=[0, 90])
    for i, missing in enumerate(above.isna()):
        if missing:
            base.note(figure, "?", theme, x=i, y=0, yanchor="bottom", font={"size": 12, "color": theme.ink3})
    return figure


def index_headline(rows: pd.DataFrame) -> str:
    """The strongest and the weakest month against the average."""
    seen = rows.dropna(subset=["index"])
    if seen.empty:
        return "No calendar month was seen in full yet"
    top, low = seen.loc[seen["index"].idxmax()], seen.loc[seen["index"].idxmin()]
    if len(seen) < 2:
        return f"Only {top['label']} was seen in full"
    up, down = (words.percent(abs(row["index"] - 1), 0) for row in (top, low))
    return f"{top['label']} runs {up} above an average month, {low['label']} {down} below"


def _values(rows: pd.DataFrame, column: str) -> pd.Series:
    return rows[column].astype(float) / (100 if column in ("revenue", "before") else 1)


def _hovers(rows: pd.DataFrame, measure: str, currency: str) -> list[str]:
    def said(value: float, name: str) -> str:
        return words.exact(value, currency) if name == "revenue" else f"{words.count(value)} {name}"

    texts = []
    for row in rows.to_dict("records"):
        lines = [row["label"] + (" (not finished)" if row["unfinished"] else ""), said(row[measure], measure)]
        if measure == "revenue":
            lines.append(said(row["orders"], "orders"))
        if row[BEFORE[measure]] == row[BEFORE[measure]]:
            lines.append(f"the year before: {said(row[BEFORE[measure]], measure)}")
        texts.append("<br>".join(lines))
    return texts


def _line(figure: go.Figure, x: Any, values: pd.Series, before: pd.Series, theme: Theme, *, smooth: bool) -> None:
    """A line; with ``smooth``, the mean of seven days over the days themselves, for closed days make a comb of it."""
    if smooth:
        figure.add_bar(x=x, y=values, width=DAY_MS, hoverinfo="skip",
                       marker={"color": theme.mark_soft, "line": {"width": 0}})  # fmt: skip
        values = values.rolling(7, center=True, min_periods=7).mean()
        before = before.rolling(7, center=True, min_periods=7).mean()
    if before.notna().any():
        figure.add_scatter(x=x, y=before, mode="lines", hoverinfo="skip",
                           line={"color": theme.mark, "width": 1.5, "dash": "dot"})  # fmt: skip
    figure.add_scatter(x=x, y=values, mode="lines", line={"color": theme.mark_strong, "width": 2}, hoverinfo="skip")
