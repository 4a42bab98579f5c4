"""``python -m core audience``, as somebody would call it."""

import csv
import json

import pytest

from core.__main__ import main
from core.pipeline import Pipeline
from core.settings import Settings

HEAD = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country")
CONTACT = ("Email", "Consent")


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """60 customers with orders; every third said no, every tenth has an address that is none."""
    home = tmp_path_factory.mktemp("shop")
    path = home / "log.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file)
        write.writerow(HEAD + CONTACT)
        for n in range(60):
            for turn in range(n % 5 + 1):
                date = f"2024-{(n + turn * 3) % 12 + 1:02}-{n % 28 + 1:02} 10:00"
                mail = "nobody" if n % 10 == 0 else f"p{n}@example.com"
                agreed = "no" if n % 3 == 0 else "yes"
                order = [
                    5000 + n * 10 + turn,
                    "P1",
                    "Thing",
                    1,
                    date,
                    f"{n + 1}.50",
                    20000 + n,
                    "Germany",
                    mail,
                    agreed,
                ]
                write.writerow(order)
    patch = pytest.MonkeyPatch()
    patch.setenv("CLIENTELE_HOME", str(home / "home"))
    assert main(["analyse", str(path), "--out", str(home / "out"), "--quiet", "--k", "3"]) == 0
    yield home
    patch.undo()


def test_an_audience_is_written_with_record_and_manifest_and_all_adds_up(stored, capsys):
    out, left = stored / "google", stored / "left.txt"
    left.write_text("p1@example.com\n", encoding="utf-8")
    asked = ["audience", "--destination", "google", "--campaign", "Spring", "--holdout", "20%", "--k", "3"]
    assert main([*asked, "--suppress", str(left), "--out", str(out)]) == 0
    said, counts = capsys.readouterr().out, json.loads((out / "manifest.json").read_text(encoding="utf-8"))["counts"]
    assert counts["members"] == 60 == counts["sent"] + counts["holdout"] + counts["rejected"]
    # 20 said no, 4 more have no address, one is suppressed.
    assert counts["rejected"] == 25
    assert said.startswith(f"60 customers: {counts['sent']} sent, {counts['holdout']} held back, 25 rejected.")
    assert len((out / "audience-google.csv").read_text(encoding="utf-8").splitlines()) == counts["sent"] + 1
    assert len((out / "record.csv").read_text(encoding="utf-8").splitlines()) == 61


def test_a_plain_list_for_a_channel_holds_those_whom_it_reaches(stored, capsys):
    out = stored / "plain"
    asked = ["audience", "--destination", "plain", "--campaign", "Spring", "--k", "3", "--holdout", "0"]
    assert main([*asked, "--channel", "email", "--out", str(out)]) == 0
    # 6 have no address, and of the other 54 agreed two in three.
    assert capsys.readouterr().out.startswith("60 customers: 36 sent, 0 held back, 24 rejected.")
    assert main([*asked, "--channel", "post", "--out", str(out)]) == 2
    assert "60 no postal address" in capsys.readouterr().err


def test_lists_that_were_brought_on_the_page_keep_people_out_here_too(stored, capsys):
    (stored / "never.csv").write_text("email,customer\np1@example.com,\n,20002\n", encoding="utf-8")
    pipeline = Pipeline(Settings.from_env())
    made = pipeline.bring_suppressions(stored / "never.csv")
    asked = ["audience", "--destination", "google", "--campaign", "Spring", "--k", "3", "--holdout", "0"]
    assert main([*asked, "--out", str(stored / "never")]) == 0
    assert "2  suppressed" in capsys.readouterr().out
    pipeline.suppressions.remove(made.id)
    assert main([*asked, "--out", str(stored / "never")]) == 0
    assert "suppressed" not in capsys.readouterr().out


def test_a_segment_is_chosen_by_its_number_and_stands_in_the_manifest(stored, capsys):
    out = stored / "one"
    asked = ["audience", "--destination", "email-tool", "--campaign", "Spring", "--k", "3", "--segment", "1"]
    assert main([*asked, "--holdout", "0", "--out", str(out)]) == 0
    said = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert len(said["segments"]) == 1
    assert said["segments"][0]["segment"] in said["audience"]
    assert said["counts"]["members"] < 60


def test_why_an_address_cannot_be_used_is_told_from_the_file_to_the_rejected_rows(tmp_path, monkeypatch, capsys):
    cells = [
        ("21", "nobody", "0844 412 4653", ""), ("22", "", "0844 412 4653", ""), ("23", "", "+1 12345", ""),
        ("24", "", "", ""), ("25", "a@example.com", "", ""), ("26", "wrong@", "0844 412 4653", "United Kingdom"),
        *((str(n), f"p{n}@example.com", "", "Germany") for n in range(27, 60)),
    ]  # fmt: skip
    log = tmp_path / "log.csv"
    with log.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file)
        write.writerow([*HEAD, "Email", "Phone", "Consent"])
        for n, (id, mail, phone, land) in enumerate(cells):
            for turn in range(2):
                day = f"2024-{(n + turn) % 12 + 1:02}-05 10:00"
                write.writerow([100 + 2 * n + turn, "P1", "Thing", 1, day, f"{n}.50", id, land, mail, phone, "yes"])
    monkeypatch.setenv("CLIENTELE_HOME", str(tmp_path / "home"))
    assert main(["analyse", str(log), "--out", str(tmp_path / "out"), "--quiet", "--k", "2"]) == 0
    out = tmp_path / "google"
    asked = ["audience", "--destination", "google", "--campaign", "Spring", "--k", "2", "--out", str(out)]
    assert main(asked) == 0
    assert "telephone without country" in capsys.readouterr().out
    with (out / "rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        found = {row["customer_id"]: row["reason"] for row in csv.DictReader(file)}
    assert found == {
        "21": "invalid e-mail", "22": "telephone without country", "23": "invalid telephone",
        "24": "no e-mail and no telephone",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (["--destination", "bing"], "There is no destination 'bing'"),
        (["--holdout", "1"], "leaves nobody to send to"),
        (["--holdout", "some"], "is no number"),
        (["--segment", "Ghosts"], "There is no segment 'Ghosts'"),
        (["--suppress", "nowhere.csv"], "does not exist"),
        (["--campaign", " "], "has no name"),
    ],
)
def test_what_does_not_fit_is_said_in_a_line(stored, capsys, wrong, words):
    asked = ["audience", "--destination", "meta", "--campaign", "Spring", "--k", "3", "--out", str(stored / "none")]
    assert main([*asked, *wrong]) == 2
    error = capsys.readouterr().err
    assert words in error
    assert "Traceback" not in error
    assert not (stored / "none").exists()
