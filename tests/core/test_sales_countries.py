"""Where revenue comes from, and how country names find their place on the map."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from core import codec
from core.periods import Comparison, Span
from core.sales import geography
from core.sales.countries import countries, country
from core.sales.geography import Place, place
from core.sales.overview import overview
from tests.core.little_shop import Line, lines_frame, orders_frame, shop
from tests.core.strategies import lines

QUICK = settings(max_examples=25, deadline=None)
UK, EIRE, NOWHERE = "United Kingdom", "EIRE", "Unspecified"
LOG = [
    Line("1", 0, "2011-01-05", cents=6000),
    Line("2", 0, "2011-01-06", cents=1000, country=EIRE),
    Line("3", 1, "2011-02-05", cents=2000, country=EIRE),
    Line("4", 2, "2011-02-28", cents=1000, country=NOWHERE),
]


@pytest.mark.parametrize(
    ("written", "name", "iso3", "continent"),
    [
        ("EIRE", "Ireland", "IRL", "Europe"),
        ("RSA", "South Africa", "ZAF", "Africa"),
        ("USA", "United States", "USA", "North America"),
        ("U.S.A.", "United States", "USA", "North America"),
        ("uk", "United Kingdom", "GBR", "Europe"),
        ("U.K.", "United Kingdom", "GBR", "Europe"),
        ("Great Britain", "United Kingdom", "GBR", "Europe"),
        ("GB", "United Kingdom", "GBR", "Europe"),
        ("Northern Ireland", "Northern Ireland", "GBR", "Europe"),
        ("Channel Islands", "Channel Islands", "JEY", "Europe"),
        ("Czech Republic", "Czechia", "CZE", "Europe"),
        ("Côte d’Ivoire", "Ivory Coast", "CIV", "Africa"),
        ("Cote d'Ivoire", "Ivory Coast", "CIV", "Africa"),
        ("THE NETHERLANDS", "Netherlands", "NLD", "Europe"),
        ("Trinidad & Tobago", "Trinidad and Tobago", "TTO", "North America"),
        ("Österreich", "Austria", "AUT", "Europe"),
        ("Korea", "South Korea", "KOR", "Asia"),
        ("NA", "Namibia", "NAM", "Africa"),
        ("nga", "Nigeria", "NGA", "Africa"),
        ("Brasil", "Brazil", "BRA", "South America"),
        ("European Community", "European Community", "", ""),
        ("Unspecified", "Unspecified", "", ""),
        ("", "", "", ""),
    ],
)
def test_a_country_is_found_by_any_common_name(written: str, name: str, iso3: str, continent: str) -> None:
    assert place(written) == Place(name, iso3, continent)


def test_no_name_stands_for_two_countries() -> None:
    seen: dict[str, str] = {}
    for line in geography.TABLE.read_text("utf-8").splitlines()[1:]:
        name, iso2, iso3, _, aliases = line.split("\t")
        for known in {name, *filter(None, [iso2, iso3 if iso2 else "", *aliases.split("|")])}:
            assert seen.setdefault(known.casefold(), name) == name, known
            assert place(known).iso3 == iso3


def test_looking_up_countries_loads_no_library() -> None:
    code = "import sys; from core.sales.geography import place; place('EIRE'); print('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_countries_are_counted_by_hand(tmp_path: Path) -> None:
    found = countries(shop(tmp_path, LOG), None)
    assert found.rows["country"].tolist() == [UK, EIRE, NOWHERE]
    assert found.rows["label"].tolist() == [UK, "Ireland", NOWHERE]
    assert found.rows["share"].tolist() == [0.6, 0.3, 0.1]
    assert found.rows["customers"].tolist() == [1, 2, 1]
    assert found.rows["order_value"].tolist() == [6000, 1500, 1000]
    assert found.rows["revenue_per_customer"].tolist() == [6000, 1500, 1000]
    assert [list(months) for months in found.rows["months"]] == [[6000, 0], [1000, 2000], [0, 1000]]
    assert (found.home, found.customers, found.travellers, found.unmapped) == (UK, 3, 1, [NOWHERE])
    assert found.months == ["2011-01", "2011-02"]


def test_growth_needs_something_to_grow_from(tmp_path: Path) -> None:
    january, february = (Span(pd.Timestamp(a).date(), pd.Timestamp(b).date()) for a, b in
                         (("2011-01-01", "2011-01-31"), ("2011-02-01", "2011-02-28")))  # fmt: skip
    rows = countries(shop(tmp_path, LOG), Comparison(february, january)).rows.set_index("country")
    assert rows["growth"][UK] == -1
    assert rows["growth"][EIRE] == 1
    assert np.isnan(rows["growth"][NOWHERE])


def test_two_names_of_one_country_keep_their_own_names(tmp_path: Path) -> None:
    log = [Line("1", 0, "2011-01-05"), Line("2", 1, "2011-01-06", country="UK")]
    rows = countries(shop(tmp_path, log), None).rows
    assert sorted(rows["label"]) == ["UK", UK]
    assert rows["iso3"].tolist() == ["GBR", "GBR"]


def test_one_country_by_itself_has_figures_and_months(tmp_path: Path) -> None:
    found = country(shop(tmp_path, LOG, countries=(EIRE,)), None)
    assert (found.label, found.iso3, found.figures.revenue, found.figures.customers) == ("Ireland", "IRL", 3000, 2)
    assert found.months.rows["revenue"].tolist() == [1000, 2000]


def test_a_period_without_sales_has_no_countries(tmp_path: Path) -> None:
    found = countries(shop(tmp_path, LOG, span=("2011-02-06", "2011-02-10")), None)
    assert found.rows.empty
    assert (found.home, found.customers) == ("", 0)


def test_countries_survive_the_cache(tmp_path: Path) -> None:
    found = countries(shop(tmp_path, LOG), None)
    again = codec.loads(codec.dumps(found))
    pd.testing.assert_frame_equal(again.rows, found.rows)


@given(lines())
@QUICK
def test_countries_add_up_to_the_overview(tmp_path_factory: pytest.TempPathFactory, log: list[Line]) -> None:
    source = shop(tmp_path_factory.mktemp("shop"), log)
    found, figures = countries(source, None), overview(source, None).figures
    assert (found.rows["revenue"].sum(), found.rows["orders"].sum()) == (figures.revenue, figures.orders)
    assert found.customers == figures.customers
    assert [sum(months) for months in found.rows["months"]] == found.rows["revenue"].tolist()
    orders = orders_frame(lines_frame(log))
    expected = orders[orders["counted"] == 1].groupby("country")["customer"].nunique().to_dict()
    rows = found.rows[found.rows["customers"] > 0]
    assert dict(zip(rows["country"], rows["customers"], strict=True)) == expected


@given(lines())
@QUICK
def test_the_order_of_the_rows_changes_nothing(tmp_path_factory: pytest.TempPathFactory, log: list[Line]) -> None:
    mixed = random.Random(3).sample(log, len(log))
    one, other = (countries(shop(tmp_path_factory.mktemp("shop"), rows), None) for rows in (log, mixed))
    pd.testing.assert_frame_equal(one.rows, other.rows)
