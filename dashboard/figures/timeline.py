"""One customer's orders along time: each as a bar, month by month, or added up."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.figures import base
from dashboard.theme import Theme

DAY = 86_400_000
KINDS = {"order": "", "cancelled": ", cancelled later", "return": ", return", "free": ", nothing paid"}


def chart(
    found: Any, theme: Theme, currency: str, *, how: str = "orders", colour: str = "", money: bool = True
) -> go.Figure:
    """The orders of a customer.

    Parameters
    ----------
    found : Timeline
        orders, months, start (date), as_of (datetime), since.
    how : {'orders', 'months', 'total'}
        A bar an order, a column a month, or the sum so far.
    colour : str
        Of counted orders; the colour of data by default.
    money : bool
        Whether the log knows of money; items are drawn where it does not.
    """
    orders = found.orders
    if orders.empty:
        return base.empty(theme, "No orders")
    unit = f", {words.symbol(currency).strip()}" if money else ""
    name = {"orders": "An order", "months": "A month", "total": "So far"}[how]
    figure = base.blank(theme, y=f"{name}{unit}" if money else f"{name}, {'orders' if how == 'months' else 'items'}")
    colour = colour or theme.mark
    if how == "months":
        _months(figure, found.months, theme, currency, colour, money=money)
    elif how == "total":
        _total(figure, orders, found.as_of, theme, currency, colour, money=money)
    else:
        _bars(figure, orders, _days(found), theme, currency, colour, money=money)
    start, end = pd.Timestamp(found.start), pd.Timestamp(found.as_of) + pd.Timedelta(days=1)
    edge = (end - start) * 0.015
    figure.update_xaxes(type="date", range=[start - edge, end + edge], tickformat="%b\n%Y")
    top = max(abs(float(v)) for trace in figure.data for v in trace.y) if figure.data else 1
    figure.update_yaxes(zeroline=True, zerolinecolor=theme.axis, tickformat="~s" if top >= 1000 else ",")
    if how == "orders" and found.since > 0.08 * _days(found):
        _silence(figure, found, theme)
    return figure


def headline(found: Any) -> str:
    """How often and when last."""
    if not found.count:
        return "No order counts: what was bought was taken back" if len(found.orders) else "No orders"
    if found.count == 1:
        return f"One order, {ago(found.since)}"
    many = words.in_words(found.count).capitalize()
    days = found.orders.loc[found.orders["kind"] == "order", "day"].nunique()
    rhythm = f", every {_every(found.gap)}" if days > 2 else f" on {'one day' if days == 1 else 'two days'}"
    return f"{many} orders{rhythm}; the last one {ago(found.since)}"


def sentence(found: Any, currency: str, *, money: bool = True) -> str:
    """What the picture shows, for those who cannot see it."""
    orders = found.orders
    if orders.empty:
        return "No orders."
    first = words.day(orders["ts"].iloc[0].date())
    worth = f", {words.exact(int(orders['cents'].sum()), currency)} in all" if money else ""
    entries = f"{words.in_words(found.taken_back)} entr{'y' if found.taken_back == 1 else 'ies'}"
    back = f"; {entries} cancelled, returned or free" if found.taken_back else ""
    return f"{headline(found)}. The first entry is of {first}{worth}{back}."


def ago(days: int) -> str:
    """A number of days back in time.

    >>> ago(0), ago(1), ago(12)
    ('today', 'a day ago', '12 days ago')
    """
    return "today" if days <= 0 else "a day ago" if days == 1 else f"{days:,} days ago"


def listing(found: Any, *, money: bool = True) -> pd.DataFrame:
    """The orders to take along, the last one first: money in units of the currency."""
    orders = found.orders.iloc[::-1]
    frame = pd.DataFrame(
        {
            "order": orders["order_id"], "date": orders["ts"].dt.strftime("%Y-%m-%d %H:%M"), "kind": orders["kind"],
            "country": orders["country"], "lines": orders["lines"], "items": orders["items"],
            "amount": orders["cents"] / 100, "total_so_far": orders["sum_cents"] / 100,
            "days_since_order_before": orders["gap"],
        }
    )  # fmt: skip
    return frame if money else frame.drop(columns=["amount", "total_so_far"])


def in_units(frame: pd.DataFrame, *, money: bool = True) -> pd.DataFrame:
    """Months or products to take along, money in units of the currency."""
    bare = frame.drop(columns="cents")
    return bare.assign(amount=frame["cents"] / 100) if money else bare


def _every(gap: float) -> str:
    return "day" if gap < 1.5 else f"{gap:,.0f} days or so"


def _days(found: Any) -> int:
    return max((found.as_of.date() - found.start).days, 1)


def _bars(
    figure: go.Figure, orders: pd.DataFrame, span: int, theme: Theme, currency: str, colour: str, *, money: bool
) -> None:
    worth = orders["cents"] / 100 if money else orders["items"]
    counted = (orders["kind"] == "order").tolist()
    marker = base.hatch(theme, [not each for each in counted], [colour if each else theme.mark for each in counted])
    marker["cornerradius"] = 1
    said = [
        [f"{words.day(ts.date())}, order {base.escape(order)}{KINDS[kind]}",
         words.exact(cents, currency) if money else "", words.count(items)]
        for ts, order, kind, cents, items in orders[["ts", "order_id", "kind", "cents", "items"]].itertuples(
            index=False
        )
    ]  # fmt: skip
    figure.add_bar(
        x=orders["ts"], y=worth, width=max(0.8, span / 220) * DAY, marker=marker, customdata=said,
        hovertemplate=f"%{{customdata[0]}}<br>{'%{customdata[1]}<br>' if money else ''}%{{customdata[2]}} items"
        "<extra></extra>",
    )  # fmt: skip
    figure.update_layout(barmode="relative")


def _months(figure: go.Figure, months: pd.DataFrame, theme: Theme, currency: str, colour: str, *, money: bool) -> None:
    figure.add_bar(
        x=[f"{m // 12}-{m % 12 + 1:02d}-01" for m in months["month"]], xperiod="M1", xperiodalignment="middle",
        y=months["cents"] / 100 if money else months["orders"], marker={"color": colour, "cornerradius": 2},
        customdata=[
            [words.month(month), words.exact(cents, currency) if money else "", words.count(n)]
            for month, cents, n in months[["month", "cents", "orders"]].itertuples(index=False)
        ],
        hovertemplate=f"%{{customdata[0]}}<br>{'%{customdata[1]}<br>' if money else ''}%{{customdata[2]}} orders"
        "<extra></extra>",
    )  # fmt: skip


def _total(
    figure: go.Figure, orders: pd.DataFrame, as_of: dt.datetime, theme: Theme, currency: str, colour: str,
    *, money: bool,
) -> None:  # fmt: skip
    total = orders["sum_cents"] / 100 if money else orders["items"].cumsum()
    said = [words.exact(100 * each, currency) if money else f"{words.count(each)} items" for each in total]
    figure.add_scatter(
        x=[*orders["ts"], as_of], y=[*total, float(total.iloc[-1])], mode="lines",
        line={"shape": "hv", "color": colour, "width": 2}, fill="tozeroy", fillcolor=theme.grid,
        customdata=[*said, said[-1]], hovertemplate="%{x|%-d %b %Y}<br>%{customdata} so far<extra></extra>",
    )  # fmt: skip


def _silence(figure: go.Figure, found: Any, theme: Theme) -> None:
    last = found.orders.loc[found.orders["kind"] == "order", "ts"].max()
    if pd.isna(last):
        return
    middle = last + (pd.Timestamp(found.as_of) - last) / 2
    figure.add_vrect(x0=last, x1=found.as_of, fillcolor=theme.grid, opacity=0.6, layer="below", line_width=0)
    short = found.since < 0.2 * _days(found)
    text = f"{found.since:,} days" if short else f"{found.since:,} days without an order"
    base.note(figure, text, theme, x=middle, y=1, yref="paper", yanchor="top")
