"""A small customer table and a small survey: cleaned, as core.warehouse.people has them, and as files."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd

from core.warehouse.columns import Column

EDUCATION = ("Basic", "Graduation", "Master", "PhD")
HOW_OFTEN = ("Never", "Rarely", "Sometimes", "Often", "Always")
SPEND = ("wines", "fruits", "meat")


def column(name: str, slug: str, scale: str, role: str = "", levels: tuple[str, ...] = (), **more) -> Column:
    return Column(name, role, "", "", "", slug=slug, scale=scale, levels=levels, **{"enters": True, **more})


CUSTOMERS = (
    column("ID", "id", "identifier", "customer", enters=False),
    column("Age", "age", "number", "age", derived="2014 less Year_Birth"),
    column("Education", "education", "ordinal", "education", EDUCATION),
    column("Marital", "marital", "nominal", "marital", ("Married", "Single")),
    column("Income", "income", "amount", "income"),
    column("Kids", "kids", "number", "children"),
    *(column(f"Mnt{slug.title()}", slug, "amount", "spend", enters=False) for slug in SPEND),
    column("Total spending", "total_spend", "amount", "total_spend", derived="MntWines + MntFruits + MntMeat"),
    column("Web purchases", "web", "number", "web_purchases"),
    column("Store purchases", "store", "number", "store_purchases"),
    column("Web visits", "visits", "number", "web_visits"),
    column("Accepted", "accepted", "yes_no", "accepted", ("no", "yes")),
    column("Z_Cost", "z_cost", "constant", enters=False, aside="always the same"),
)
SURVEY = (
    column("Age", "age", "number", "age"),
    column("Gender", "gender", "nominal", "gender", ("Female", "Male")),
    column("Browsing", "browsing", "ordinal", "browsing_frequency", HOW_OFTEN),
    column("Reviews", "reviews", "ordinal", "review_reliance", HOW_OFTEN),
    column("Satisfaction", "satisfaction", "ordinal", "satisfaction", ("1", "2", "3", "4", "5")),
    column("Improve", "improve", "nominal", "improvement", ("Service", "Shipping", "Quality")),
)


def customers(rows: int = 160, seed: int = 3) -> pd.DataFrame:
    """Three kinds of people: wealthy ones who buy in stores, online buyers, and visitors who buy little."""
    draw, found = random.Random(seed), []
    for number in range(rows):
        kind = number % 3
        income = draw.gauss((78_000, 52_000, 30_000)[kind], 6_000)
        spend = [max(draw.gauss(mean, mean / 3), 0) for mean in ((600, 90, 400), (220, 40, 120), (30, 8, 20))[kind]]
        row = {
            "id": f"{10_000 + number}", "age": float(draw.randint(22, 70)), "education": float(draw.randint(0, 3)),
            "marital": draw.choice(("Married", "Married", "Single")),
            "income": None if number % 40 == 7 else round(income), "kids": float((0, 1, 2)[kind]),
            **dict(zip(SPEND, map(round, spend), strict=True)), "total_spend": float(sum(map(round, spend))),
            "web": float(draw.randint(*((2, 6), (6, 11), (0, 3))[kind])),
            "store": float(draw.randint(*((7, 13), (3, 7), (1, 4))[kind])),
            "visits": float(draw.randint(*((1, 4), (4, 7), (6, 9))[kind])),
            "accepted": "yes" if draw.random() < (0.4, 0.15, 0.05)[kind] else "no", "z_cost": "3",
        }  # fmt: skip
        found.append({"customer": number, "customer_id": row["id"], **row})
    return pd.DataFrame(found).astype({"customer": "int32", "income": float})


def survey(rows: int = 140, seed: int = 5) -> pd.DataFrame:
    """Those who browse much rely on reviews; the rest is noise."""
    draw, found = random.Random(seed), []
    for number in range(rows):
        browsing = draw.randint(0, 4)
        found.append(
            {
                "customer": number, "customer_id": str(number + 1), "age": float(draw.randint(16, 60)),
                "gender": draw.choice(("Female", "Female", "Male")), "browsing": float(browsing),
                "reviews": float(min(max(browsing + draw.choice((-1, 0, 0, 1)), 0), 4)),
                "satisfaction": float(draw.randint(0, 4)),
                "improve": None if number % 25 == 3 else draw.choice(("Service", "Shipping", "Quality")),
            }
        )  # fmt: skip
    return pd.DataFrame(found).astype({"customer": "int32"})


def write(path: Path, frame: pd.DataFrame, columns: tuple[Column, ...]) -> Path:
    """The same table as somebody would export it: headers and levels in words, without derived columns."""
    told = {}
    for each in columns:
        if each.derived and each.slug != "age":
            continue
        cells = frame[each.slug]
        told[each.name] = cells.map(dict(enumerate(each.levels))) if each.scale == "ordinal" else cells
    pd.DataFrame(told).to_csv(path, index=False)
    return path
