"""One real log as the shop systems of several countries export it: the same revenue, orders and customers from each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.intake import arrival
from core.intake.answers import Answers
from core.warehouse.store import Store

pytestmark = pytest.mark.golden
RULES = ("net", "notebook")
WHOLE = {"net": (8291748.56, 18382, 4317), "notebook": (8887208.89, 18532, 4338)}
CUSTOMERS = 300
GERMAN = (
    "Bestellnummer",
    "Artikelnummer",
    "Bezeichnung",
    "Menge",
    "Rechnungsdatum",
    "Einzelpreis",
    "Kundennummer",
    "Land",
)
FRENCH = ("N° commande", "Référence", "Désignation", "Qté", "Date de commande", "Prix unitaire", "N° client", "Pays")
PORTUGUESE = ("pedido", "codigo", "produto", "quantidade", "data_pedido", "preco_unitario", "cliente", "pais")


@pytest.fixture(scope="session")
def whole(reference: Path) -> pd.DataFrame:
    """The file as text, dates as dates."""
    frame = pd.read_csv(reference / "online_retail.csv.gz", dtype=str, keep_default_na=False)
    return frame.assign(InvoiceDate=pd.to_datetime(frame["InvoiceDate"]))


@pytest.fixture(scope="session")
def some(whole: pd.DataFrame) -> pd.DataFrame:
    """Whole customers, drawn with a seed, and the guests of some invoices."""
    known = np.sort(whole.loc[whole["CustomerID"] != "", "CustomerID"].unique())
    drawn = np.random.default_rng(5).choice(known, CUSTOMERS, replace=False)
    guests = whole["InvoiceNo"].isin(whole.loc[whole["CustomerID"] == "", "InvoiceNo"].unique()[:40])
    return whole[whole["CustomerID"].isin(drawn) | guests].reset_index(drop=True)


@pytest.fixture(scope="session")
def expected(some: pd.DataFrame) -> dict[str, tuple[float, int, int]]:
    """The figures of that part, from pandas alone."""
    typed = some.assign(
        cents=(some["Quantity"].astype(float) * some["UnitPrice"].astype(float) * 100).round().astype(int)
    )
    clean = typed[(typed["CustomerID"] != "") & ~some.duplicated()]
    bought = clean[(clean["Quantity"].astype(int) > 0) & (clean["UnitPrice"].astype(float) > 0)]
    people = clean.groupby("CustomerID")["cents"].sum()
    left = clean[clean["CustomerID"].isin(people.index[people > 0])]
    return {
        "net": (left["cents"].sum() / 100, -1, left["CustomerID"].nunique()),
        "notebook": (bought["cents"].sum() / 100, bought["InvoiceNo"].nunique(), bought["CustomerID"].nunique()),
    }


def figures(path: Path, **said: str) -> dict[str, tuple[float, int, int]]:
    store = Store(path.parent / "home")
    fingerprint = arrival.receive(path, store, answers=Answers(**said)).fingerprint
    metas = {rules: arrival.tables(store, fingerprint, rules).meta for rules in RULES}
    return {rules: (meta.cents / 100, meta.orders, meta.customers) for rules, meta in metas.items()}


def decimal(price: str, mark: str, thousands: str) -> str:
    """A price with a decimal mark and marks of thousands, with as many places as it has and two at least."""
    whole, _, part = price.lstrip("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", thousands)
    return f"{'-' if price.startswith('-') else ''}{grouped}{mark}{part.ljust(2, '0')}"


def written(frame: pd.DataFrame, date: Callable[[pd.Series], pd.Series], price: Callable[[str], str]) -> pd.DataFrame:
    prices = {value: price(value) for value in frame["UnitPrice"].unique()}
    return frame.assign(InvoiceDate=date(frame["InvoiceDate"]), UnitPrice=frame["UnitPrice"].map(prices))


def us_dates(dates: pd.Series) -> pd.Series:
    clock = dates.dt.hour.astype(str) + dates.dt.strftime(":%M")
    return dates.dt.month.astype(str) + "/" + dates.dt.day.astype(str) + dates.dt.strftime("/%Y ") + clock


def test_latin_1_with_crlf_and_american_dates(whole, tmp_path):
    path = tmp_path / "us.csv"
    written(whole, us_dates, str).to_csv(path, index=False, encoding="latin-1", lineterminator="\r\n")
    assert figures(path) == WHOLE


def test_parquet(whole, tmp_path):
    path = tmp_path / "orders.parquet"
    numbers = {"Quantity": whole["Quantity"].astype(int), "UnitPrice": whole["UnitPrice"].astype(float)}
    whole.assign(**numbers, CustomerID=pd.to_numeric(whole["CustomerID"])).to_parquet(path)
    assert figures(path) == WHOLE


def assert_same(found: dict[str, tuple[float, int, int]], expected: dict[str, tuple[float, int, int]]) -> None:
    assert found["notebook"] == expected["notebook"]
    assert (found["net"][0], found["net"][2]) == (expected["net"][0], expected["net"][2])


def test_the_part_as_it_stands(some, expected, tmp_path):
    path = tmp_path / "part.csv"
    some.to_csv(path, index=False)
    assert_same(figures(path), expected)


def test_german(some, expected, tmp_path):
    path = tmp_path / "bestellungen.csv"
    frame = written(some, lambda d: d.dt.strftime("%d.%m.%Y %H:%M"), lambda p: decimal(p, ",", "."))
    frame.set_axis(GERMAN, axis=1).to_csv(path, index=False, sep=";", encoding="cp1252", lineterminator="\r\n")
    assert_same(figures(path), expected)


def test_french(some, expected, tmp_path):
    path = tmp_path / "commandes.csv"
    frame = written(some, lambda d: d.dt.strftime("%d/%m/%Y %H:%M"), lambda p: decimal(p, ",", "\u202f") + "\u202f€")
    frame.set_axis(FRENCH, axis=1).to_csv(path, index=False, sep=";", encoding="utf-8-sig")
    assert_same(figures(path), expected)


def test_portuguese(some, expected, tmp_path):
    path = tmp_path / "pedidos.csv"
    frame = written(some, lambda d: d.dt.strftime("%d/%m/%Y %H:%M"), lambda p: f"R$ {decimal(p, ',', '.')}")
    frame.set_axis(PORTUGUESE, axis=1).to_csv(path, index=False)
    assert_same(figures(path), expected)


def test_a_workbook_whose_two_sheets_overlap(some, expected, tmp_path):
    path = tmp_path / "orders.xlsx"
    numbers = {"Quantity": some["Quantity"].astype(int), "UnitPrice": some["UnitPrice"].astype(float)}
    frame = some.assign(**numbers, CustomerID=pd.to_numeric(some["CustomerID"]))
    frame = frame.sort_values("InvoiceDate", kind="stable", ignore_index=True)
    middle = len(frame) // 2
    with pd.ExcelWriter(path, engine="xlsxwriter") as book:
        frame[: middle + 900].to_excel(book, sheet_name="2010-2011", index=False)
        frame[middle - 900 :].to_excel(book, sheet_name="2011", index=False)
    assert_same(figures(path), expected)


def test_a_shopify_export(some, expected, tmp_path):
    """Order-level fields on the first line only, offsets in the times, customers known by e-mail."""
    path = tmp_path / "orders_export.csv"
    frame = some.sort_values("InvoiceNo", kind="stable", ignore_index=True)
    first = ~frame["InvoiceNo"].duplicated()
    when = frame.groupby("InvoiceNo")["InvoiceDate"].transform("min").dt.strftime("%Y-%m-%d %H:%M:%S +0000")
    email = frame["CustomerID"].map(lambda c: f"Buyer{c.removesuffix('.0')}@Example.com" if c else "")
    sums = (frame["Quantity"].astype(float) * frame["UnitPrice"].astype(float)).groupby(frame["InvoiceNo"])
    goods = sums.transform("sum").map("{:.2f}".format)
    blank = pd.Series("", index=frame.index)
    made = pd.DataFrame(
        {
            "Name": frame["InvoiceNo"], "Email": email.where(first, blank),
            "Financial Status": np.where(first, "paid", ""), "Paid at": when.where(first, blank),
            "Currency": np.where(first, "GBP", ""), "Subtotal": goods.where(first, blank),
            "Shipping": np.where(first, "4.95", ""), "Taxes": np.where(first, "0.00", ""),
            "Total": (sums.transform("sum") + 4.95).map("{:.2f}".format).where(first, blank),
            "Created at": when.where(first, blank), "Lineitem quantity": frame["Quantity"],
            "Lineitem name": frame["Description"], "Lineitem price": frame["UnitPrice"],
            "Lineitem sku": frame["StockCode"], "Billing Country": frame["Country"].where(first, blank),
            "Refunded Amount": np.where(first, "0.00", ""),
        }
    )  # fmt: skip
    made.to_csv(path, index=False)
    assert_same(figures(path), expected)
