"""When a strategy applies, in words: "what each spends is at least 1.2 times that of all customers"."""

from __future__ import annotations

from string import Formatter

from core.campaigns.strategies import Condition, Strategy
from core.campaigns.words import FORMATS, KNOWN

# What a measure is called in a sentence; ``{name}_ratio`` and ``all_{name}`` follow from it.
NAMES = {
    "customers": "the number of customers",
    "share": "their share of all customers",
    "revenue_share": "their share of revenue",
    "cents": "their revenue",
    "monetary": "what each spends",
    "order_value": "the average order",
    "price": "what they pay for a piece",
    "items_per_order": "the number of pieces in an order",
    "items": "the number of pieces in an order",
    "lines_per_order": "the number of products in an order",
    "lines": "the number of products in an order",
    "products": "the number of different products",
    "frequency": "the number of orders each",
    "recency": "the time since the last order",
    "recency_days": "the time since the last order",
    "recency_median": "the usual time since the last order",
    "tenure_days": "the time since the first order",
    "one_time_share": "the share who ordered once",
    "new_share": "the share who came in the last 90 days",
    "active_share": "the share who ordered in the last 90 days",
    "home_share": "the share in the home country",
    "away": "the share outside of the home country",
    "away_share": "the share outside of the home country",
    "gap_days": "the time between two orders",
    "one_time": "the number who ordered once",
    "new": "the number who came in the last 90 days",
    "active": "the number who ordered in the last 90 days",
    "quiet": "the number who did not order in the last 90 days",
    "returned": "the number who ordered again",
    "peak_month": "the strongest month",
    "low_month": "the weakest month",
    "stock_month": "the month two before the strongest",
    "campaign_month": "the month before the strongest",
    "season_note": "how often each month was seen",
    "home": "the home country",
    "region": "the best other country",
    "top_country": "their commonest country",
    "peak_index": "sales on a day of the strongest month",
    "peak_share": "the strongest month's share of the year",
    "low_index": "sales on a day of the weakest month",
    "home_monetary": "what each spends in the home country",
    "region_customers": "the number of customers in the best other country",
    "region_monetary": "what each spends in the best other country",
    "age": "age",
    "income": "income",
    "children": "the number of children at home",
    "spend": "what each spends",
    "purchases": "the number of purchases each",
    "web_purchases": "the number of purchases on the website",
    "store_purchases": "the number of purchases in stores",
    "catalog_purchases": "the number of purchases by catalogue",
    "deal_purchases": "the number of purchases at a discount",
    "web_visits": "the number of visits to the website",
    "accepted": "the number of campaigns accepted each",
    "complaint_share": "the share who complained",
    "web_share": "the share of purchases on the website",
    "store_share": "the share of purchases in stores",
    "catalog_share": "the share of purchases by catalogue",
    "deal_share": "the share of purchases at a discount",
    "basket": "the average purchase",
    "visits_per_order": "the number of visits to the website for each purchase there",
    "responders": "the number who accepted a campaign",
    "responders_share": "the share who accepted a campaign",
    "lookers": "the number who look more than they buy",
    "lookers_share": "the share who look more than they buy",
    "spend_share": "their share of all spend",
    "best_share": "what the best fifth brings of all spend",
    "improvement": "the share with their commonest wish",
    "improvement_share": "the share with their commonest wish",
    "appreciation": "the share with what they like most",
    "appreciation_share": "the share with what they like most",
}
AREAS = {
    "packaging": "packaging", "shipping": "shipping", "quality": "quality", "service": "service",
    "website": "the website", "price": "the price",
}  # fmt: skip
SCALES = {
    "satisfaction": "satisfaction", "reviews": "reliance on reviews", "browsing": "how often they look",
    "buying": "how often they buy",
}  # fmt: skip
OWN = {
    "value_ratio": ("their share of what is spent", "their share of customers"),
    "region_ratio": ("what each spends in the best other country", "that at home"),
    "peak_index": ("what a day of the strongest month sells", "that of an average day"),
    "low_index": ("what a day of the weakest month sells", "that of an average day"),
}


def applies_when(strategy: Strategy, kind: str) -> list[str]:
    """The conditions of a strategy, a sentence each; none for the fallback."""
    return [sentence(condition, kind) for condition in strategy.when]


def sentence(condition: Condition, kind: str = "transactions") -> str:
    """A condition in words.

    Examples
    --------
    >>> sentence(Condition("monetary_ratio", at_least=1.2))
    'What each spends is at least 1.2 times that of all customers.'
    >>> sentence(Condition("active_share", at_least=0.2, below=0.5))
    'The share who ordered in the last 90 days is at least 20 % and less than 50 %.'
    """
    what, beside = name(condition.measure, kind)
    stem, _, last = condition.measure.rpartition("_")
    if last == "lean" and stem in SCALES:
        text = f"{SCALES[stem]} is {_lean(condition)} that of all customers, on a scale from 0 to 1."
        return text[0].upper() + text[1:]
    unit = KNOWN[kind].get(condition.measure, "number")
    alone = sum(
        bound is not None for bound in (condition.at_least, condition.above, condition.at_most, condition.below)
    )
    bounds = [
        f"{word} {_figure(bound, unit, alone=alone == 1)}".rstrip()
        for word, bound in (
            ("at least", condition.at_least), ("more than", condition.above),
            ("at most", condition.at_most), ("less than", condition.below),
        )
        if bound is not None
    ]  # fmt: skip
    text = f"{what} is {' and '.join(bounds)}{f' {beside}' if beside else ''}."
    return text[0].upper() + text[1:]


def spoken(template: str, kind: str = "transactions") -> str:
    """A template for those who read it without a segment: each figure by its name.

    Examples
    --------
    >>> spoken("They spent {monetary} each.")
    'They spent [what each spends] each.'
    """
    return "".join(
        text + (f"[{name(measure, kind)[0]}]" if measure else "") for text, measure, _, _ in Formatter().parse(template)
    )


def name(measure: str, kind: str = "transactions") -> tuple[str, str]:
    """What a measure is called, and what it is set against."""
    stem, _, last = measure.rpartition("_")
    surveyed = kind != "transactions"
    if measure in OWN:
        return OWN[measure]
    if surveyed and stem in AREAS:
        what = f"the share who name {AREAS[stem]}"
        against = {"ratio": "that of all customers", "lead": "that of the next most named"}.get(last, "")
        return what, against
    if stem in SCALES:
        scaled = {
            "place": (f"{SCALES[stem]}, on a scale from 0 to 1", ""),
            "high": (f"the share above the middle of the scale of {SCALES[stem]}", ""),
            "low": (f"the share below the middle of the scale of {SCALES[stem]}", ""),
        }
        if last in scaled:
            return scaled[last]
    if last == "ratio" and stem in NAMES:
        return NAMES[stem], "that of all customers"
    if measure.startswith("all_"):
        inner, other = name(measure.removeprefix("all_"), kind)
        return f"of all customers, {inner}", other
    return NAMES.get(measure, measure.replace("_", " ")), ""


def _figure(bound: float, unit: str, *, alone: bool) -> str:
    if unit == "percent":
        return f"{100 * bound:.4g} %".replace("-", "−")
    if unit == "times":
        return "twice" if bound == 2 else "" if alone and bound == 1 else f"{bound:g} times"
    if unit == "days":
        return FORMATS["days"](bound, {})
    return f"{bound:g}".replace("-", "−")


def _lean(condition: Condition) -> str:
    """Bounds around the place of all customers: at least 0.05 above, at most 0.02 below."""
    words = []
    for low, bound, more, less in (
        (True, condition.at_least, "at least", "at most"), (True, condition.above, "more than", "less than"),
        (False, condition.at_most, "at most", "at least"), (False, condition.below, "less than", "more than"),
    ):  # fmt: skip
        if bound == 0:
            words.append("above" if low else "below")
        elif bound is not None:
            words.append(f"{more if bound > 0 else less} {abs(bound):g} {'above' if bound > 0 else 'below'}")
    return " and ".join(words)
