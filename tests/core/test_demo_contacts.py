"""Contacts of the demo data are read as contacts, and change nothing of what the shop is found to sell."""

from pathlib import Path

import pandas as pd
import pytest

from core.pipeline import Pipeline, View
from core.settings import Settings
from data import customers, shop

ROWS = 25_000
ROLES = ["email", "phone", "first_name", "last_name", "zip", "city", "consent"]


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    return Pipeline(Settings(home=tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="module")
def log() -> pd.DataFrame:
    return pd.read_csv(shop.OUT, dtype=str, keep_default_na=False, nrows=ROWS)


@pytest.fixture(scope="module")
def views(pipeline: Pipeline, log: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> tuple[View, View]:
    """The beginning of the demo shop, with contacts and without."""
    folder = tmp_path_factory.mktemp("logs")
    log.to_csv(folder / "with.csv", index=False)
    log.drop(columns=[*shop.CONTACTS]).to_csv(folder / "without.csv", index=False)
    with_, without = (View(pipeline.receive(folder / f"{name}.csv").fingerprint) for name in ("with", "without"))
    return with_, without


def contacts(pipeline: Pipeline, view: View) -> pd.DataFrame:
    path = pipeline.store.contacts(view.dataset)
    assert path
    return pd.read_parquet(path)


def test_each_contact_column_is_taken_for_what_it_is(pipeline: Pipeline, views: tuple[View, View]) -> None:
    assert [column.role for column in pipeline.dataset(views[0]).columns_found[8:]] == ROLES


def test_contacts_are_kept_beside_the_log_and_mistyped_ones_are_not(
    pipeline: Pipeline, views: tuple[View, View], log: pd.DataFrame
) -> None:
    known = contacts(pipeline, views[0])
    assert set(known["consent"].dropna()) == {"yes", "no"}
    assert known["consent"].isna().mean() == pytest.approx(0.17, abs=0.03)
    assert known["phone"].dropna().str.match(r"\+\d{8,14}$").all()
    assert known["email"].dropna().str.contains("example", regex=False).all()
    written = log[log["CustomerID"] != ""].drop_duplicates("CustomerID")["Email"].ne("").sum()
    assert 0 < written - known["email"].notna().sum() < 0.03 * written


def test_revenue_orders_and_segments_are_those_of_the_log_without_contacts(
    pipeline: Pipeline, views: tuple[View, View]
) -> None:
    one, other = (pipeline.overview(view).figures for view in views)
    assert one == other
    assert pipeline.features(views[0]) == pipeline.features(views[1])
    first, second = (pipeline.segmentation(view) for view in views)
    assert (first.labels == second.labels).all()
    assert pipeline.receipt_frame(views[0]).equals(pipeline.receipt_frame(views[1]))


def test_contacts_and_consent_are_no_features_of_the_demo_customers(pipeline: Pipeline) -> None:
    view = View(pipeline.receive(Path(customers.OUT)).fingerprint)
    slugs = {feature.slug for feature in pipeline.known_features(view)}
    assert not slugs & {"first_name", "last_name", "email", "phone", "marketing_consent"}
    assert "income" in slugs
    assert len(contacts(pipeline, view)) == 2_000
