"""A fresh application per session over a small generated log, and a client that speaks Dash's own protocol."""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient

from core.pipeline import Pipeline
from core.settings import Settings
from dashboard import app as application
from tests import people_tables

HEADER = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"]
COUNTRIES = ["United Kingdom"] * 7 + ["Germany", "France", "EIRE"]


def write_log(path: Path, *, customers: int = 120, seed: int = 7) -> Path:
    """A small log of 14 months with every archetype: regulars, one-time buyers, returns, guests."""
    draw = random.Random(seed)
    start, rows, number = dt.datetime(2023, 1, 2, 9), [], 500000
    for customer in range(customers):
        country = COUNTRIES[customer % len(COUNTRIES)]
        orders = 1 if customer % 3 == 0 else draw.randint(2, 4) if customer % 3 == 1 else draw.randint(6, 14)
        for _ in range(orders):
            number += 1
            at = start + dt.timedelta(days=draw.randint(0, 420), hours=draw.randint(0, 8))
            for _ in range(draw.randint(1, 6)):
                code = draw.randint(10001, 10040)
                quantity, price = draw.randint(1, 24), draw.choice([0.85, 1.25, 2.55, 4.95, 12.5])
                line = [number, code, f"PRODUCT {code}", quantity, at, price, f"{12000 + customer}.0", country]
                rows.append(line)
                if draw.random() < 0.03:
                    rows.append([f"C{number}", code, line[2], -quantity, at + dt.timedelta(days=1), price, *line[6:]])
    rows += [[*row[:6], "", row[7]] for row in rows[:40]]
    rows.append(rows[0])
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(home=tmp_path_factory.mktemp("wire"))


@pytest.fixture(scope="session")
def fingerprint(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = write_log(tmp_path_factory.mktemp("log") / "small.csv")
    return Pipeline(settings).receive(path, name="Small shop").fingerprint


@pytest.fixture(scope="session")
def customers(settings: Settings, fingerprint: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A customer table beside the log."""
    path = tmp_path_factory.mktemp("table") / "customers.csv"
    file = people_tables.write(path, people_tables.customers(), people_tables.CUSTOMERS)
    return _people(settings, file, fingerprint)


@pytest.fixture(scope="session")
def survey(settings: Settings, fingerprint: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A survey beside the log."""
    path = tmp_path_factory.mktemp("survey") / "survey.csv"
    return _people(settings, people_tables.write(path, people_tables.survey(), people_tables.SURVEY), fingerprint)


def date(settings: Settings, fingerprint: str, added: str = "2020-06-01") -> None:
    """Store a dataset as of another day: links without a dataset mean the newest."""
    path = Pipeline(settings).store.datasets / fingerprint / "dataset.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "added": f"{added}T00:00:00+00:00"}))


def _people(settings: Settings, file: Path, log: str) -> str:
    """Store a table, as older than the log: links without a dataset still mean the log."""
    stored = Pipeline(settings).receive(file, name=f"Small {file.stem}").fingerprint
    for name, added in ((stored, "2020-01-01"), (log, "2021-01-01")):
        date(settings, name, added)
    return stored


@pytest.fixture(scope="session")
def app(settings: Settings, fingerprint: str) -> Dash:
    return application.create_app(settings)


@pytest.fixture(scope="session")
def client(app: Dash) -> FlaskClient:
    client = app.server.test_client()
    client.get("/_dash-dependencies")
    return client


def caller(client: FlaskClient) -> Callable[..., Any]:
    """Call a callback by the id of one of its outputs, as the browser would.

    ``call(output="overview-answer", inputs={"view.data": {...}}, state={})`` answers with Dash's response: a dict
    of id -> property -> value.
    """
    dependencies = client.get("/_dash-dependencies").json

    def run(output: str, inputs: dict[str, Any], state: dict[str, Any] | None = None) -> Any:
        spec = next(d for d in dependencies if f"{output}." in d["output"])
        parts = [p.rsplit(".", 1) for p in spec["output"].strip(".").split("...")]
        body = {
            "output": spec["output"],
            "outputs": [{"id": i, "property": p.split("@")[0]} for i, p in parts],
            "inputs": [{**i, "value": inputs.get(f"{i['id']}.{i['property']}")} for i in spec["inputs"]],
            "state": [{**s, "value": (state or {}).get(f"{s['id']}.{s['property']}")} for s in spec["state"]],
            "changedPropIds": list(inputs),
        }
        return client.post("/_dash-update-component", json=body)

    return run


@pytest.fixture(scope="session")
def call(client: FlaskClient) -> Callable[..., Any]:
    """:func:`caller` on the session's application."""
    return caller(client)


@pytest.fixture(scope="session")
def open_page(call: Callable[..., Any]) -> Callable[..., Any]:
    """Open a link as the browser would; answers with the response of the shell's callback."""

    def run(href: str, shown: str | None = None) -> Any:
        path, _, search = href.partition("?")
        inputs = {"url.pathname": path, "url.search": f"?{search}" if search else "", "theme.data": "light"}
        return call("view", inputs, {"shown.data": shown}).json["response"]

    return run


@pytest.fixture(scope="session")
def draw(call: Callable[..., Any], open_page: Callable[..., Any]) -> Callable[..., Any]:
    """Draw a tab: ``draw("/overview?...", "overview-answer")`` answers with the response of the tab's callback."""

    def run(href: str, output: str) -> Any:
        return call(output, {"view.data": open_page(href)["view"]["data"]}).json["response"]

    return run
