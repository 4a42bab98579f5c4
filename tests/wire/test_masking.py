"""No page shows an e-mail, a telephone, a name or a street before somebody asks for it."""

import csv
import json
import random
from urllib.parse import quote

import pytest

import dashboard.tabs
from core.campaigns.ledger.brief import Brief
from core.errors import InputError
from core.intake.answers import Answers
from core.pipeline import Pipeline, View
from core.registry import discover
from core.settings import Settings
from dashboard import app as application
from tests.wire.conftest import caller

TABS = discover(dashboard.tabs, "TAB")
NAMES = ("Ottilie", "Wilhelmina", "Bartholomew", "Philippa", "Leopold", "Rosalind", "Cornelius", "Henrietta")
FAMILIES = ("Quackenbush", "Featherstone", "Ravensdale", "Oglethorpe", "Winterbourne", "Ashcombe")
PEOPLE = [
    {
        "email": f"{first}.{last}@example.org".lower(), "phone": f"+44 20 7946 0{number:03d}", "first": first,
        "last": last, "street": f"{number + 1} Larkspur Crescent", "born": f"19{50 + number}-03-17",
    }
    for number, (first, last) in enumerate((first, last) for first in NAMES for last in FAMILIES)
]  # fmt: skip
# What may stand nowhere: whole addresses and numbers in either form, names, the street, days of birth.
PLAIN = [
    *NAMES, *FAMILIES, "Larkspur", "-03-17", *(name.lower() for name in (*NAMES, *FAMILIES)),
    *(person["phone"] for person in PEOPLE), *(person["phone"].replace(" ", "") for person in PEOPLE),
]  # fmt: skip


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    return Settings(home=tmp_path_factory.mktemp("masked"))


@pytest.fixture(scope="module")
def client(settings, log, table):
    client = application.create_app(settings).server.test_client()
    client.get("/_dash-dependencies")
    return client


@pytest.fixture(scope="module")
def log(settings, tmp_path_factory):
    """Orders of people who are known by e-mail alone, with contacts on each line."""
    draw, rows = random.Random(3), []
    for number, one in enumerate(PEOPLE):
        for _ in range(1 + number % 7):
            month, day = draw.randint(1, 12), draw.randint(1, 28)
            at, price = f"2024-{month:02d}-{day:02d} 10:{draw.randint(10, 59)}", draw.choice([2.5, 4.95, 12.5])
            line = [f"Mug {draw.randint(1, 9)}", draw.randint(1, 20), price, at, one["email"], one["phone"]]
            rows.append([600_000 + len(rows), *line, one["first"], one["last"], "yes" if number % 3 else "no"])
    path = tmp_path_factory.mktemp("log") / "orders.csv"
    head = ["Order", "Product", "Quantity", "Price", "Date", "Email", "Phone", "First name", "Last name", "Consent"]
    _write(path, [head, *rows])
    return Pipeline(settings).receive(path, name="By e-mail").fingerprint


@pytest.fixture(scope="module")
def table_file(tmp_path_factory):
    draw = random.Random(4)
    rows = [
        [1000 + number, one["first"], one["last"], one["email"], one["phone"], one["street"], one["born"],
         draw.randint(20, 90) * 500, draw.randint(10, 900), draw.randint(0, 12)]
        for number, one in enumerate(PEOPLE)
    ]  # fmt: skip
    path = tmp_path_factory.mktemp("table") / "people.csv"
    head = ["Customer ID", "First name", "Last name", "Email", "Phone", "Street", "Date of birth", "Income", "Spend"]
    _write(path, [[*head, "Web purchases"], *rows])
    return path


@pytest.fixture(scope="module")
def table(settings, table_file):
    return Pipeline(settings).receive(table_file, name="A table").fingerprint


def _write(path, rows):
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)


def seen(client, href):
    """Everything that a link sends to the browser: what the shell and each callback of its tab answer."""
    call = caller(client)
    path, _, search = href.partition("?")
    opened = call(
        "view", {"url.pathname": path, "url.search": f"?{search}", "theme.data": "light"}, {"shown.data": None}
    )
    view = opened.json["response"]["view"]["data"]
    texts = [opened.json]
    for spec in client.get("/_dash-dependencies").json:
        first = spec["output"].strip(".").split("...")[0].rsplit(".", 1)[0]
        asks = {f"{one['id']}.{one['property']}" for one in spec["inputs"]}
        if asks == {"view.data"} and first.startswith(f"{path.strip('/')}-") and not spec.get("clientside_function"):
            answer = call(first, {"view.data": view})
            assert answer.status_code in (200, 204), answer.text[:300]
            texts.append(answer.json)
    return json.dumps(texts, ensure_ascii=False)


def told(text):
    return sorted({plain for plain in PLAIN if plain in text})


@pytest.mark.parametrize("slug", [slug for slug, tab in TABS.items() if "transactions" in tab.kinds])
def test_pages_of_a_log_by_email_show_nobody(client, log, slug):
    assert told(seen(client, f"/{slug}?data={log}&k=3")) == []


@pytest.mark.parametrize("slug", [slug for slug, tab in TABS.items() if "customers" in tab.kinds])
def test_pages_of_a_table_show_nobody(client, table, slug):
    assert told(seen(client, f"/{slug}?data={table}&k=3")) == []


def test_contacts_beside_the_audience_are_masked_until_asked_for(client, log, table):
    for data in (log, table):
        masked = seen(client, f"/export?data={data}&k=3&contacts=yes")
        assert told(masked) == []
        assert "+44 •••• " in masked
        assert "personal=shown" in masked
        shown = seen(client, f"/export?data={data}&k=3&contacts=yes&personal=shown")
        assert "ottilie.featherstone@example.org" in shown
        assert "Featherstone" in shown
        assert "Hide contacts" in shown


def test_rows_that_are_scrolled_to_are_masked_as_well(client, log):
    ask = {"start": 0, "end": 100, "sort": [], "id": 1}
    for search, wanted in (("", False), ("&personal=shown", True)):
        data = {"slug": "export", "search": f"data={log}&k=3&contacts=yes{search}", "theme": "light", "currency": "GBP"}
        more = caller(client)("export-more", {"export-ask.data": ask}, {"view.data": data}).text
        assert ("quackenbush@example.org" in more) == wanted


def test_files_hold_what_was_asked_for(client, log):
    file = client.get(f"/export/customers.csv?data={log}&k=3&contacts=yes").text
    assert "Featherstone" in file
    assert "•" not in file
    assert "Featherstone" not in client.get(f"/export/customers.csv?data={log}&k=3").text


def test_asking_to_see_contacts_does_not_follow_to_other_tabs(client, log):
    page = seen(client, f"/export?data={log}&k=3&contacts=yes&personal=shown")
    links = [part.split('"')[0] for part in page.split('href": "')[1:] + page.split('href":"')[1:]]
    assert any(link.startswith(("/customer", "/segments")) for link in links)
    assert not [link for link in links if "personal=shown" in link and not link.startswith("/export")]


def test_one_customer_is_found_by_address_and_shown_without_it(client, settings, log):
    email = PEOPLE[6]["email"]
    found = seen(client, f"/customer?data={log}&k=3&find={quote(email)}")
    assert set(told(found)) <= set(told(email))
    page = seen(client, f"/customer?data={log}&k=3&customer={quote(Pipeline(settings).customer_key(email))}")
    assert "w•••@e•••.org" in page
    assert told(page) == []


def test_a_waiting_file_shows_its_columns_without_the_people_in_them(client, settings, table_file, log):
    sent = client.put("/upload/others.csv?currency=GBP", data=table_file.read_bytes().replace(b"Income", b"Earnings"))
    arrival = sent.json["arrival"]
    page = seen(client, f"/data?data={log}&arrival={arrival}")
    assert "o•••@e•••.org" in page
    assert told(page) == []
    _, preview = Pipeline(settings).check_arrival(arrival)
    assert told(json.dumps([list(row) for row in preview.lines])) == []
    assert any("A•••" in cell or "O•••" in cell for row in preview.lines for cell in row)


def test_an_error_that_quotes_a_cell_masks_it(settings, tmp_path):
    path = tmp_path / "orders.csv"
    _write(path, [["Who", "When", "Paid"], *[[number, one["email"], 5] for number, one in enumerate(PEOPLE)]])
    answers = Answers(kind="transactions", roles=(("date", "When"), ("customer", "Who"), ("amount", "Paid")))
    with pytest.raises(InputError) as caught:
        Pipeline(settings).receive(path, answers=answers)
    assert "no value in When is a date" in str(caught.value)
    assert told(str(caught.value)) == []


def test_a_campaign_with_files_and_results_shows_nobody(client, settings, log):
    pipeline = Pipeline(settings)
    brief = Brief(name="May letter", wishes=(("holdout", "30"), ("margin", "40")), quiet_days=0)
    id = pipeline.plan_campaign(View(log, k=3), brief).id
    made = client.post(f"/campaigns/{id}/files", json={"destination": "email-tool"})
    assert made.status_code == 200, made.text
    brought = "email,converted\n" + "".join(f"{one['email']},{n % 2}\n" for n, one in enumerate(PEOPLE))
    sent = client.put(f"/campaigns/{id}/results/back.csv", data=brought.encode())
    assert sent.status_code < 300, sent.text
    for href in (f"/plans?data={log}&k=3&files={id}", f"/results?data={log}&k=3&campaign={id}"):
        page = seen(client, href)
        assert "May letter" in page
        assert told(page) == []
