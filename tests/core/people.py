"""Small customer tables and surveys, and profiles of segments in them, for tests of campaigns."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pandas as pd

from core.campaigns.people import Facts
from core.warehouse.columns import Column

OFTEN = ("Never", "Rarely", "Sometimes", "Often", "Always")


def column(slug: str, role: str = "", scale: str = "number", levels: tuple[str, ...] = ()) -> Column:
    return Column(slug, role or slug, "", "", "", slug=slug, scale=scale, levels=levels)


TABLE = (
    column("income", scale="amount"), column("total_spending", "total_spend", "amount"), column("web_purchases"),
    column("store_purchases"), column("catalog_purchases"), column("deal_purchases"), column("web_visits"),
    column("recency"), column("tenure", "none"), column("children"), column("accepted"), column("complaint"),
)  # fmt: skip
AREAS = {"service": "Service responsiveness", "quality": "Product quality", "shipping": "Shipping speed",
         "packaging": "Less packaging", "website": "Website", "price": "Prices"}  # fmt: skip


def table_grid() -> Iterator[Facts]:
    """Every combination of small, like and large figures that a segment of a full customer table could have."""
    axes = itertools.product(
        (0.15, 0.4, 0.8, 1.1, 1.5, 2.3),  # spend
        (0.5, 0.9, 1.4),  # visits
        (0.4, 1.0, 1.8),  # web purchases
        ((0.6, 1.0), (1.1, 0.3), (1.2, 1.6)),  # purchases in stores and by catalogue
        (0.4, 1.0, 1.7),  # share on offer
        (0.5, 1.0, 1.6),  # responders
        ((0.6, 0.7, 0.5, 0.5), (1.0, 1.0, 1.0, 1.0), (1.3, 1.4, 1.35, 2.0)),  # income, recency, tenure, complaints
        (0.7, 1.0, 1.3),  # children
    )
    for spend, visits, web, (store, catalog), deals, response, (income, recency, tenure, complaints), children in axes:
        bought = 4.1 * web + 5.8 * store + 2.7 * catalog
        basket, shares = 60_700 * spend / bought, (4.1 * web / bought, 5.8 * store / bought, 2.7 * catalog / bought)
        ratios = {
            "spend": (60_700, spend), "web_visits": (5.3, visits), "web_purchases": (4.1, web),
            "purchases": (12.6, bought / 12.6), "deal_share": (0.18, deals), "responders_share": (0.27, response),
            "income": (5_200_000, income), "recency_days": (49, recency), "tenure_days": (350, tenure),
            "complaint_share": (0.012, complaints), "children": (0.95, children), "basket": (4_830, basket / 4_830),
            "web_share": (0.33, shares[0] / 0.33), "store_share": (0.46, shares[1] / 0.46),
            "catalog_share": (0.21, shares[2] / 0.21), "visits_per_order": (1.3, visits / web),
            "lookers_share": (0.55, min(1.8, visits / web)),
        }  # fmt: skip
        yield _facts(ratios, spend) | {"lookers": 110.0, "responders": round(54 * response)}


def _facts(ratios: dict[str, tuple[float, float]], spend: float) -> Facts:
    facts: Facts = {"customers": 200.0, "share": 0.2, "currency": "", "spend_share": 0.2 * spend, "value_ratio": spend}
    for name, (base, ratio) in ratios.items():
        facts |= {name: base * ratio, f"all_{name}": float(base), f"{name}_ratio": ratio}
    return facts


def survey_grid() -> Iterator[Facts]:
    """Every combination of low, like and high answers, of areas to improve, and of what is appreciated."""
    leans = (-0.15, -0.02, 0.02, 0.15)
    for content, reviews, browsing, buying in itertools.product(leans, repeat=4):
        facts: Facts = {"customers": 150.0, "share": 0.25, "currency": ""}
        for name, lean in {"satisfaction": content, "reviews": reviews, "browsing": browsing, "buying": buying}.items():
            facts |= {f"{name}_place": 0.5 + lean, f"all_{name}_place": 0.5, f"{name}_lean": lean}
            facts |= {f"{name}_high": 0.35 + lean, f"{name}_low": 0.35 - lean, f"{name}_level": "Often"}
            facts |= {f"all_{name}_high": 0.35, f"all_{name}_low": 0.35, f"all_{name}_level": "Sometimes"}
        for area, ratio, liked in itertools.product([*AREAS, ""], (0.8, 1.3), (0.9, 1.2)):
            more: Facts = {"improvement": AREAS.get(area, "Opening hours"), "improvement_share": 0.36}
            more |= {"all_improvement_share": 0.36 / ratio, "appreciation": "Prices", "appreciation_share": 0.3}
            more |= {"appreciation_ratio": liked, "all_appreciation_share": 0.3 / liked}
            if area:
                more |= {f"{area}_share": 0.36, f"all_{area}_share": 0.36 / ratio, f"{area}_ratio": ratio}
                more |= {f"{area}_lead": 1.4}
            yield facts | more


def answered(**answers: list[object]) -> pd.DataFrame:
    return pd.DataFrame(answers)
