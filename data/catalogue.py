"""What the shop sells: every design comes as some of its family's articles."""

import numpy as np
import pandas as pd

from data.clock import MONTHS
from data.families import FAMILIES

KEPT = 0.88  # of all pairs of design and article
SEASONS = np.array([family.season for family in FAMILIES])


def catalogue(rng: np.random.Generator) -> pd.DataFrame:
    """One row a product; those of one design (`range`) stand together, so that siblings are neighbours."""
    pairs = [
        (number, design, article, pounds)
        for number, family in enumerate(FAMILIES)
        for design in family.designs.split(", ")
        for article, pounds in family.articles.items()
    ]
    goods = pd.DataFrame(pairs, columns=["family", "design", "article", "pounds"])
    goods = goods[rng.random(len(goods)) < KEPT].reset_index(drop=True)
    goods["range"] = goods.groupby(["family", "design"], sort=False).ngroup()
    goods["description"] = goods["design"] + " " + goods["article"]
    goods["code"] = _codes(goods, rng)
    goods["pence"] = _pence(goods["pounds"].to_numpy(), rng)

    ranges = goods["range"].to_numpy()
    count = ranges[-1] + 1
    appeal = rng.lognormal(0, 0.6, count)[ranges] * rng.lognormal(0, 1.0, len(goods))
    goods["appeal"] = appeal / goods["pence"] ** 0.3  # cheap things sell more often
    # Ranges arrive and are dropped while we watch, so that the best sellers of the two years differ.
    goods["arrives"] = np.where(rng.random(count) < 0.16, rng.integers(4, 21, count), 0)[ranges]
    goods["leaves"] = np.where(rng.random(count) < 0.10, rng.integers(8, 21, count), MONTHS)[ranges]
    goods["fragility"] = rng.lognormal(-0.4, 0.9, len(goods))
    return goods


def _codes(goods: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Five digits; an article that is sold as one code in many designs gets a letter for the design."""
    article = goods.groupby(["family", "article"], sort=False).ngroup().to_numpy()
    lettered = (rng.random(article.max() + 1) < 0.2)[article]
    key = np.where(lettered, article, 1_000 + np.arange(len(goods)))
    digits = rng.choice(np.arange(20_000, 90_000), 1_000 + len(goods), replace=False)[key]
    letter = goods.groupby(["family", "article"], sort=False).cumcount()
    return np.array([f"{d}{chr(65 + n) if has else ''}" for d, n, has in zip(digits, letter, lettered, strict=True)])


def _pence(pounds: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The list price, a little different from design to design; above a pound it ends in 0 or 5."""
    pence = pounds * 100 * rng.choice([0.85, 1.0, 1.0, 1.15], len(pounds))
    return np.where(pence > 100, np.rint(pence / 5) * 5, np.rint(pence)).astype(np.int64)


def popularity(goods: pd.DataFrame, month: int, month_of_year: int) -> np.ndarray:
    """How likely each product is picked in the month, counted from the first."""
    on_sale = (goods["arrives"] <= month) & (month < goods["leaves"])
    return (goods["appeal"] * on_sale).to_numpy() * SEASONS[goods["family"], month_of_year - 1]
