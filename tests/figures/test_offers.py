"""The sentences about what to offer."""

import pandas as pd

from dashboard.figures import offers


def test_a_pair_is_told_with_the_orders_behind_it():
    row = {"name": "TEA POT", "then_name": "CUPS", "confidence": 0.8, "baskets": 16, "baskets_first": 20}
    told = offers.together_headline(pd.DataFrame([row]))
    assert told == "80 % of the orders with Tea Pot also hold Cups: 16 of 20"
    assert "No two products" in offers.together_headline(pd.DataFrame([row]).head(0))


def test_a_reason_counts_who_bought_both():
    assert offers.reason({"both": 142, "of": 388, "why_name": "A"}) == "142 of 388 who bought A also bought it"


def test_the_price_band_is_between_the_quarters():
    rows = pd.DataFrame({"what": ["piece", "order"], "number": [9, 3], "low": [125.0, 1], "high": [375.0, 2]})
    assert offers.price_headline(rows, "GBP") == "Half of what they buy costs £1.25 to £3.75"
    assert offers.price_headline(rows.assign(number=0), "GBP") == "Nothing was paid here"


class Times:
    """Best days and hours as told."""

    def __init__(self, days, hours):
        self.told = {"weekday": days, "hour": hours}

    def best(self, part):
        return self.told[part]


def test_when_they_order_is_told_by_day_and_by_the_clock():
    assert offers.sending_headline(Times(["Thursday"], ["12:00", "11:00"])) == (
        "They order most on Thursdays between 11:00 and 13:00"
    )
    assert offers.sending_headline(Times([], ["9:00"])) == "They order most between 9:00 and 10:00"
    assert offers.sending_headline(Times([], [])) == "No day or hour stands out"


def test_seven_best_days_are_none():
    assert offers.sending_headline(Times(["Monday"] * 7, [])) == "No day or hour stands out"


def test_strong_months_are_told_by_strength():
    rows = pd.DataFrame({"label": ["May", "June", "July"], "index": [1.2, 1.6, 0.5], "best": [True, True, False]})
    assert offers.months_headline(rows, "") == "June is 1.6 times an average month; May too"
    assert offers.months_headline(rows.assign(best=False), "") == "No month stands out"
    assert offers.months_headline(rows.head(0), "short") == "The best months are not known"
