"""The command line, as somebody would call it."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from core.__main__ import main
from tests.wire.conftest import write_log


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return write_log(tmp_path_factory.mktemp("log") / "shop.csv")


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CLIENTELE_HOME", str(tmp_path / "home"))
    return tmp_path


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_file_goes_in_and_all_results_come_out(log, home):
    out = home / "out"
    assert main(["analyse", str(log), "--preset", "notebook", "--k", "4", "--quiet", "--out", str(out)]) == 0
    said = json.loads((out / "summary.json").read_text())
    taken = sum(round(100 * entry["revenue"]) for entry in said["receipt"])
    assert round(100 * said["revenue_in"]) - taken == round(100 * said["revenue"])
    assert said["dataset"]["lines_in"] - sum(e["rows"] for e in said["receipt"]) == said["dataset"]["lines"]
    assert sum(s["customers"] for s in said["segments"]) == said["dataset"]["customers"]
    assert all(s["strategies"] for s in said["segments"])
    assert sum(m["revenue"] for m in said["months"]) == pytest.approx(said["revenue"])
    assert sum(c["revenue"] for c in said["countries"]) == pytest.approx(said["revenue"])
    people = rows(out / "segments.csv")
    assert len(people) == said["dataset"]["customers"]
    assert sum(float(p["monetary"]) for p in people) == pytest.approx(said["revenue"])
    assert {"r", "f", "m", "fm", "rfm_group", "segment", "segment_name"} <= set(people[0])
    for name in ("months", "countries", "products", "selection", "importance"):
        assert rows(out / f"{name}.csv"), name
    assert f"## {said['segments'][0]['name']}" in (out / "recommendations.md").read_text()


def test_the_same_seed_gives_the_same_summary(log, home):
    for name in ("a", "b"):
        main(["analyse", str(log), "--quiet", "--out", str(home / name)])
    first, second = (json.loads((home / name / "summary.json").read_text()) for name in ("a", "b"))
    del first["seconds"], second["seconds"]
    assert first == second


def test_an_as_of_date_cuts_later_orders_and_says_so(log, home):
    main(["analyse", str(log), "--as-of", "2023-09-01", "--quiet", "--out", str(home / "out")])
    said = json.loads((home / "out" / "summary.json").read_text())
    assert said["dataset"]["last_order"] <= "2023-09-01"
    assert next(e for e in said["receipt"] if e["rule"] == "after_as_of")["rows"] > 0


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--k", "many"], "--k 'many'"),
        (["--k", "21"], "k is 21"),
        (["--preset", "spotless"], "spotless"),
        (["--prepare", "magic"], "magic"),
        (["--as-of", "yesterday"], "yesterday"),
        (["--k-range", "5"], "--k-range"),
    ],
)
def test_a_wrong_flag_is_one_clear_line_and_code_2(log, home, capsys, flags, words):
    assert main(["analyse", str(log), "--quiet", "--out", str(home / "out"), *flags]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1


def test_a_missing_file_is_named(home, capsys):
    assert main(["analyse", "nowhere.csv", "--quiet", "--out", str(home / "out")]) == 2
    assert "nowhere.csv" in capsys.readouterr().err


def test_more_segments_than_customers_is_refused_in_words(home, capsys):
    small = write_log(home / "small.csv", customers=12)
    assert main(["analyse", str(small), "--k", "15", "--quiet", "--out", str(home / "out")]) == 2
    assert "15" in capsys.readouterr().err


def test_stored_datasets_are_listed(log, home, capsys):
    main(["analyse", str(log), "--quiet", "--out", str(home / "out")])
    capsys.readouterr()
    assert main(["datasets"]) == 0
    assert "shop" in capsys.readouterr().out


def test_it_runs_as_a_module():
    run = subprocess.run(
        [sys.executable, "-m", "core", "analyse", "--help"],
        capture_output=True, text=True, cwd=Path(__file__).parents[2], check=True,
    )  # fmt: skip
    assert "--k-range" in run.stdout
