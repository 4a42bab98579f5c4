"""From a file to the sales pages: whatever the rules, each page shows the money that the receipt leaves."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import NotEnoughDataError, ParameterError
from core.intake.logs.rules import RULES
from core.pipeline import Pipeline
from core.settings import Settings
from core.view import View
from tests.core import logs

PEOPLE = ("17850", "13047", "")
SWITCHES = [rule.slug for rule in RULES if not rule.locked]
ROW = st.builds(
    lambda order, code, quantity, day, price, customer, country: logs.row(
        order=f"C{order}" if quantity < 0 else str(order), code=code, quantity=quantity,
        date=f"2011-0{day}-05 10:00:00", price=price, customer=customer, country=country,
    ),
    st.integers(1, 5), st.sampled_from(["85123A", "22423", "POST"]), st.sampled_from([1, 2, 12, -1, -12]),
    st.integers(1, 9), st.sampled_from(["2.55", "0.00", "18.00"]), st.sampled_from(PEOPLE),
    st.sampled_from(["EIRE", "Germany"]),
)  # fmt: skip
CALM = logs.row(order="900", date="2011-01-01 09:00:00", quantity="1000")


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(Settings(home=tmp_path))


def stored(pipeline: Pipeline, rows: list[tuple[str, ...]]) -> View:
    path = logs.write(pipeline.settings.home, logs.text(rows))
    return View(pipeline.receive(path).fingerprint)


@given(st.lists(ROW, min_size=1, max_size=15), st.sets(st.sampled_from(SWITCHES)))
@settings(max_examples=15, deadline=None)
def test_whatever_the_rules_the_receipt_adds_up_and_every_page_shows_what_it_leaves(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], rules: set[str]
) -> None:
    pipeline = Pipeline(Settings(home=tmp_path_factory.mktemp("home")))
    view = stored(pipeline, [CALM, *rows, rows[0]]).but(rules="+".join(sorted(rules)) or "none")
    try:
        meta = pipeline.tables(view).meta
    except NotEnoughDataError:
        return
    assert meta.receipt.adds_up
    assert pipeline.overview(view).figures.revenue == meta.cents == meta.receipt.cents
    assert pipeline.overview(view).figures.orders == meta.orders
    assert pipeline.seasonality(view).rows["revenue"].sum() == meta.cents
    assert pipeline.countries(view).revenue == meta.cents
    assert pipeline.products(view).revenue == meta.cents


def test_the_grain_is_an_option_of_the_view(pipeline: Pipeline) -> None:
    view = stored(pipeline, [CALM])
    assert pipeline.seasonality(view).grain == "month"
    assert pipeline.seasonality(view.but(grain="week")).grain == "week"
    with pytest.raises(ParameterError, match="decade"):
        pipeline.seasonality(view.but(grain="decade"))


def test_a_chosen_country_stands_among_the_others(pipeline: Pipeline) -> None:
    view = stored(pipeline, [CALM, logs.row(order="2", country="EIRE", customer="1")]).but(countries=("EIRE",))
    assert len(pipeline.countries(view).rows) == 2
    assert pipeline.country(view, "EIRE").figures.orders == 1
    assert pipeline.products(view).rows["buyers"].sum() == 1


def test_a_season_is_told_from_the_whole_history(pipeline: Pipeline) -> None:
    year = [
        logs.row(order=str(m), date=f"2011-{m:02}-{d} 10:00:00", quantity=m) for m in range(1, 13) for d in ("01", "28")
    ]
    view = stored(pipeline, [*year, logs.row(order="13", date="2012-01-01 10:00:00")])
    assert pipeline.seasonal_index(view.but(period="2011-03")).full_months == 12
    peak = pipeline.peak(view.but(period="2011-03"))
    assert peak is not None
    assert peak.label == "December"


def test_the_best_sellers_are_shown_by_season_unless_others_are_named(pipeline: Pipeline) -> None:
    rows = [logs.row(order=str(n), code=f"P{n:02}", quantity=n) for n in range(1, 15)]
    view = stored(pipeline, rows)
    shown = pipeline.product_seasons(view).months["code"].tolist()
    assert shown == [f"P{n:02}" for n in range(14, 2, -1)]
    assert pipeline.product_seasons(view, ("P01",)).months["code"].tolist() == ["P01"]


def test_hours_are_those_of_the_log(pipeline: Pipeline) -> None:
    found = pipeline.hours(stored(pipeline, [CALM]))
    assert found[found["orders"] > 0][["weekday", "hour"]].to_numpy().tolist() == [[5, 9]]
