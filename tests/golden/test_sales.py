"""Sales of Online Retail, held to the figures of the reference."""

from __future__ import annotations

import pytest

from core.pipeline import Pipeline
from core.view import View
from core.warehouse.receipt import Entry

pytestmark = pytest.mark.golden

MONTHS = {
    "2010-12": ("570422.73", 1400, 885),
    "2011-01": ("568101.31", 987, 741),
    "2011-02": ("446084.92", 997, 758),
    "2011-03": ("594081.76", 1321, 974),
    "2011-04": ("468374.33", 1149, 856),
    "2011-05": ("677355.15", 1555, 1056),
    "2011-06": ("660046.05", 1393, 991),
    "2011-07": ("598962.90", 1331, 949),
    "2011-08": ("644051.04", 1280, 935),
    "2011-09": ("950690.20", 1755, 1266),
    "2011-10": ("1035642.45", 1929, 1364),
    "2011-11": ("1156205.61", 2657, 1664),
    "2011-12": ("517190.44", 778, 615),
}
COUNTRIES = {
    "United Kingdom": ("7285024.64", 3920),
    "Netherlands": ("285446.34", 9),
    "EIRE": ("265262.46", 3),
    "Germany": ("228678.40", 94),
    "France": ("208934.31", 87),
    "Australia": ("138453.81", 9),
    "Spain": ("61558.56", 30),
    "Switzerland": ("56443.95", 21),
    "Belgium": ("41196.34", 25),
    "Sweden": ("38367.83", 8),
}


@pytest.fixture(scope="module")
def net(notebook: View) -> View:
    return notebook.but(rules="net")


def money(cents: float) -> str:
    return f"{int(cents) // 100}.{int(cents) % 100:02}"


def entry(pipeline: Pipeline, view: View, rule: str) -> Entry:
    return next(e for e in pipeline.tables(view).meta.receipt.entries if e.rule == rule)


def test_the_cleaned_log_has_its_known_size(pipeline: Pipeline, notebook: View) -> None:
    meta = pipeline.tables(notebook).meta
    assert (meta.lines, meta.orders, meta.customers, meta.products) == (392_692, 18_532, 4_338, 3_665)
    assert money(meta.cents) == "8887208.89"
    assert str(meta.span) == "2010-12-01..2011-12-09"


def test_the_key_figures_of_the_whole(pipeline: Pipeline, notebook: View) -> None:
    figures = pipeline.overview(notebook).figures
    assert (money(figures.revenue), figures.orders, figures.customers) == ("8887208.89", 18_532, 4_338)
    assert figures.order_value == pytest.approx(47956, abs=0.5)
    assert figures.basket_median == pytest.approx(30258, abs=0.5)
    assert figures.basket_lines == pytest.approx(21.2, abs=0.05)
    assert figures.customer_mean == pytest.approx(204869, abs=0.5)
    assert figures.customer_median == pytest.approx(66857, abs=0.5)
    assert figures.top_share == pytest.approx(0.7466, abs=0.00005)
    assert figures.repeat_rate == pytest.approx(1 - 1493 / 4338)


def test_1493_customers_bought_once(pipeline: Pipeline, notebook: View) -> None:
    once = pipeline.overview(notebook).frequency.iloc[0]
    assert (once["orders"], once["customers"]) == (1, 1493)


def test_the_top_one_percent_brings_a_third(pipeline: Pipeline, notebook: View) -> None:
    shares = pipeline.overview(notebook).tops.set_index("top")["share"]
    assert shares[0.01] == pytest.approx(0.3184, abs=0.00005)
    assert shares[0.2] == pytest.approx(0.7466, abs=0.00005)


def test_every_month_to_the_cent(pipeline: Pipeline, notebook: View) -> None:
    rows = pipeline.seasonality(notebook).rows
    found = {f"{r.start:%Y-%m}": (money(r.revenue), r.orders, r.customers) for r in rows.itertuples()}
    assert found == MONTHS
    assert rows["unfinished"].tolist() == [False] * 12 + [True]


def test_the_overview_shows_the_same_months(pipeline: Pipeline, notebook: View) -> None:
    rows = pipeline.overview(notebook).months
    found = {
        f"{r.month // 12}-{r.month % 12 + 1:02}": (money(r.revenue), r.orders, r.customers) for r in rows.itertuples()
    }
    assert found == MONTHS


def test_the_largest_countries_to_the_cent(pipeline: Pipeline, notebook: View) -> None:
    found = pipeline.countries(notebook)
    top = found.rows.head(10)
    assert {r.country: (money(r.revenue), r.customers) for r in top.itertuples()} == COUNTRIES
    assert top["country"].tolist() == list(COUNTRIES)
    assert len(found.rows) == 37
    assert found.home == "United Kingdom"
    assert found.customers == 4_338


def test_eight_customers_bought_in_more_than_one_country(pipeline: Pipeline, notebook: View) -> None:
    assert pipeline.countries(notebook).travellers == 8


def test_two_names_of_the_log_are_on_no_map(pipeline: Pipeline, notebook: View) -> None:
    found = pipeline.countries(notebook)
    assert sorted(found.unmapped) == ["European Community", "Unspecified"]
    mapped = found.rows[found.rows["iso3"] != ""]
    assert mapped["iso3"].is_unique
    assert len(mapped) == 35


def test_nobody_trades_on_saturdays(pipeline: Pipeline, notebook: View) -> None:
    by_day = pipeline.hours(notebook).groupby("weekday")["orders"].sum()
    assert by_day.index[by_day == 0].tolist() == [5]
    assert by_day.sum() == 18_532


@pytest.mark.parametrize("grain", ["day", "week", "quarter"])
def test_every_grain_adds_up(pipeline: Pipeline, notebook: View, grain: str) -> None:
    rows = pipeline.seasonality(notebook.but(grain=grain)).rows
    assert (money(rows["revenue"].sum()), rows["orders"].sum()) == ("8887208.89", 18_532)


def test_november_is_the_peak(pipeline: Pipeline, notebook: View) -> None:
    peak = pipeline.peak(notebook)
    assert peak is not None
    assert (peak.label, peak.stock_by, peak.campaign_by, peak.once) == ("November", "September", "October", True)
    full_year = sum(float(revenue) for month, (revenue, *_) in MONTHS.items() if month != "2011-12")
    assert peak.share == pytest.approx(1156205.61 / full_year)
    assert peak.run == ("September", "October", "November")


def test_products_carry_all_the_revenue(pipeline: Pipeline, notebook: View) -> None:
    found = pipeline.products(notebook)
    assert len(found.rows) == 3_665
    assert (money(found.revenue), found.returned, found.returns_kept) == ("8887208.89", 0, False)
    assert found.rows["name"].notna().all()


def test_the_largest_purchase_that_was_cancelled_is_no_best_seller(
    pipeline: Pipeline, notebook: View, net: View
) -> None:
    """Customer 16446 bought 80,995 units for 168,469.60 and cancelled twelve minutes later."""
    craft = pipeline.products(notebook).rows.iloc[0]
    assert (craft["name"], money(craft["revenue"]), craft["quantity"]) == (
        "PAPER CRAFT , LITTLE BIRDIE",
        "168469.60",
        80_995,
    )
    assert craft["buyers"] == 1
    netted = pipeline.products(net).rows.set_index("code")
    assert craft["code"] not in netted.index or netted["revenue"][craft["code"]] == 0


def test_the_receipt_of_the_usual_cleaning(pipeline: Pipeline, notebook: View) -> None:
    receipt = pipeline.tables(notebook).meta.receipt
    assert receipt.adds_up
    assert (receipt.rows_in, money(receipt.cents_in), receipt.rows) == (541_909, "9747747.93", 392_692)
    rows = {rule: entry(pipeline, notebook, rule).rows for rule in
            ("customer_missing", "duplicate", "returned", "price_not_positive")}  # fmt: skip
    assert rows == {"customer_missing": 135_080, "duplicate": 5_225, "returned": 8_872, "price_not_positive": 40}
    assert entry(pipeline, notebook, "returned").cents == -608_689_47


def test_net_of_returns_to_the_cent(pipeline: Pipeline, net: View) -> None:
    meta = pipeline.tables(net).meta
    aside = entry(pipeline, net, "nets_to_nothing")
    assert meta.receipt.adds_up
    assert money(meta.cents + aside.cents) == "8278519.42"
    assert meta.customers + aside.customers == 4_372
    assert aside.customers == 41 + 14


def test_what_is_no_product_is_known(pipeline: Pipeline, notebook: View) -> None:
    taken = entry(pipeline, notebook, "not_a_product")
    assert (taken.on, taken.rows, money(taken.cents)) == (False, 1_542, "149981.25")
