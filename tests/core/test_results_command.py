"""``python -m core results``, as somebody would call it."""

from __future__ import annotations

import json

import pytest

from core.__main__ import main
from core.campaigns.ledger import records
from core.campaigns.ledger.brief import Brief
from core.pipeline import Pipeline
from core.settings import Settings
from core.view import View


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CLIENTELE_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture
def record(home):
    """Of 1,000 customers every tenth held out, in two segments."""
    rows = [
        f"C{n:04},Win back,{'Loyal' if n % 20 < 10 else 'Lost'},{'holdout,holdout' if n % 10 == 0 else 'treated,sent'},"
        for n in range(1000)
    ]
    return write(home / "record.csv", "customer_id,campaign,segment,arm,state,reason", rows)


@pytest.fixture
def log(home):
    """Customers below 400 order on 5 March for 10.00, all of them also long before."""
    rows = [f"A{n},C{n:04},2024-01-{1 + n % 28:02} 10:00,thing,1,5.00,Germany" for n in range(1000)]
    rows += [f"B{n},C{n:04},2024-03-05 10:00,thing,1,10.00,Germany" for n in range(1000) if n % 10 and n < 400]
    header = "InvoiceNo,CustomerID,InvoiceDate,Description,Quantity,UnitPrice,Country"
    path = write(home / "orders.csv", header, rows)
    return Pipeline(Settings.from_env()).receive(path).fingerprint


def write(path, header, rows):
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


def test_a_results_file_is_read_and_judged(home, record, capsys):
    rows = [
        f"C{n:04},{'yes' if n % 10 and n < 300 else 'no'},{10 if n % 10 and n < 300 else 0}.00" for n in range(1000)
    ]
    file = write(home / "results.csv", "customer,converted,revenue", rows)
    terms = ["--margin", "0.5", "--cost", "0.1", "--holdout", "0.1"]
    assert main(["results", "--record", str(record), "--file", str(file), *terms]) == 0
    said = capsys.readouterr().out
    assert "The campaign had an effect: 30.0 % of the treated and 0.0 % of the holdout ordered" in said
    assert "Incremental revenue: 2,700.00" in said
    assert "Incremental profit:  1,260.00" in said
    assert "Mind:" not in said


def test_the_next_order_log_says_who_ordered(record, log, capsys):
    days = ["--from", "2024-03-01", "--to", "2024-03-05"]
    assert main(["results", "--record", str(record), "--data", log, *days, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["whole"]["treated"] == {"customers": 900, "converted": 360, "cents": 360_000.0, "squares": 3.6e8}
    assert (found["whole"]["holdout"]["customers"], found["whole"]["holdout"]["converted"]) == (100, 0)
    assert found["whole"]["lift"]["relative"]["value"] is None
    assert sum(part["treated"]["converted"] for part in found["segments"]) == 360


def test_orders_of_other_days_do_not_count_and_missing_days_are_told(record, log, capsys):
    assert main(["results", "--record", str(record), "--data", log, "--from", "2024-02-01", "--to", "2024-03-04"]) == 0
    assert "0.0 % of the treated" in capsys.readouterr().out
    assert main(["results", "--record", str(record), "--data", log, "--from", "2024-03-01", "--to", "2024-04-01"]) == 0
    assert "The log ends on 05 March 2024: later orders are missing." in capsys.readouterr().out
    assert main(["results", "--record", str(record), "--data", log, "--from", "2025-03-01", "--to", "2025-04-01"]) == 2
    assert "none of the days of the campaign" in capsys.readouterr().err


def test_a_log_says_who_ordered_and_a_file_who_opened(home, record, log, capsys):
    file = write(home / "mails.csv", "customer,opened", [f"C{n:04},{int(n % 3 == 0)}" for n in range(1000) if n % 10])
    days = ["--from", "2024-03-01", "--to", "2024-03-05"]
    assert main(["results", "--record", str(record), "--file", str(file), "--data", log, *days]) == 0
    assert "300 of 900 treated opened." in capsys.readouterr().out
    assert main(["results", "--record", str(record), "--file", str(file)]) == 2
    assert "not who ordered" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--margin", "0", "--file", "RECORD"], "A margin of 0"),
        ([], "nothing to read results from"),
        (["--from", "2024-03-01"], ""),
        (["--file", "gone.csv"], "does not exist"),
        (["--data", "x"], "needs the days"),
    ],
)
def test_what_is_missing_is_said(record, capsys, arguments, words):
    told = [str(record) if each == "RECORD" else each for each in arguments]
    assert main(["results", "--record", str(record), *told]) == 2
    assert words in capsys.readouterr().err


@pytest.fixture
def kept(record):
    """The same campaign as it is kept, of which a file was made."""
    pipeline = Pipeline(Settings.from_env())
    brief = Brief(name="Win back", wishes=(("cost", "0.1"), ("margin", "50")))
    id = pipeline.ledger.add(View("0" * 16), "Shop", brief).id
    pipeline.ledger.files.add(id, "plain", "0" * 16, "{}", records.pack(record))
    return id


def test_results_of_a_kept_campaign_are_kept_and_count_once(home, kept, capsys):
    rows = [f"C{n:04},{'yes' if n % 10 and n < 300 else 'no'}" for n in range(1000)]
    file = write(home / "results.csv", "customer,converted", rows)
    asked = ["results", "--campaign", kept, "--file", str(file)]
    assert main(asked) == 0
    first = capsys.readouterr().out
    assert "The campaign had an effect: 30.0 % of the treated and 0.0 % of the holdout ordered" in first
    assert main(asked) == 0
    again = capsys.readouterr()
    assert again.out == first
    assert "it counts once" in again.err
    assert main(["results", "--campaign", kept]) == 0
    assert capsys.readouterr().out == first


def test_orders_of_a_log_are_kept_with_a_campaign_too(kept, log, capsys):
    days = ["--from", "2024-03-01", "--to", "2024-03-05"]
    assert main(["results", "--campaign", kept]) == 2
    assert "Nothing says yet who ordered after “Win back”" in capsys.readouterr().err
    assert main(["results", "--campaign", kept, "--data", log]) == 2
    assert "are not given" in capsys.readouterr().err
    assert main(["results", "--campaign", kept, "--data", log, *days]) == 0
    assert "40.0 % of the treated and 0.0 % of the holdout ordered" in capsys.readouterr().out


def test_a_kept_campaign_has_its_own_margin(kept, capsys):
    assert main(["results", "--campaign", kept, "--margin", "0.3"]) == 2
    assert "its own margin" in capsys.readouterr().err
