"""Results files of all sorts beside the record of a campaign: nothing counted twice, nothing lost, clear words."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from core.campaigns.results import matching, reading, record
from core.campaigns.sending import reasons, writing
from core.errors import InputError
from core.intake.answers import Answers

RECORD = """customer_id,campaign,segment,arm,state,reason
12346,Win back,Loyal,treated,sent,
12347,Win back,Loyal,treated,sent,
12348,Win back,Loyal,holdout,holdout,
12349,Win back,Lost,treated,sent,
'-7,Win back,Lost,holdout,holdout,
12351,Win back,Lost,holdout,rejected,no e-mail
"""


@pytest.fixture
def bring(tmp_path: Path):
    """Match texts of results files with the record."""

    def match(*texts: str, kept: str = RECORD, answers: Answers | None = None) -> matching.Matched:
        files = []
        for number, text in enumerate(texts):
            path = tmp_path / f"{number}.csv"
            path.write_text(text, encoding="utf-8")
            files.append((path, f"results {number}.csv"))
        return matching.of_files(read(tmp_path, kept), files, answers or Answers(), tmp_path)

    return match


def read(folder: Path, text: str) -> pd.DataFrame:
    path = folder / "record.csv"
    path.write_text(text, encoding="utf-8")
    return record.check(reading.table(path, "record.csv", Answers(), folder).frame, "record.csv")


def ordered(matched: matching.Matched) -> list[str]:
    return matched.people.loc[matched.people["converted"], "customer_id"].tolist()


def test_customers_are_matched_as_text_and_guards_of_spreadsheets_taken_off(bring):
    found = bring("Customer ID,Converted\n12346,yes\n-7,yes\n12347,no\n12348,no\n")
    assert ordered(found) == ["12346", "-7"]
    assert found.people["found"].tolist() == [True, True, True, False, True, False]
    assert len(found.people) == 6


@pytest.mark.parametrize(
    "text",
    [
        "Kunde;Bestellt;Umsatz\n12346;Ja;1.234,50\n12347;Nein;0,00\n12348;nein;\n",
        "client\tachat\tmontant\n12346\toui\t1234.5\n12347\tnon\t0\n12348\t\t\n",
        "cust_no,orders,order_value\n12346.0,2,1234.50\n12347.0,0,0.00\n12348.0,0,0.00\n",
        "who,purchased,spent\n12346,TRUE,1234.50\n12347,FALSE,0\n12348,FALSE,0\n",
    ],
)
def test_columns_are_found_under_any_names(bring, text):
    found = bring(text)
    assert ordered(found) == ["12346"]
    assert found.people["cents"].tolist() == [123450, 0, 0, 0, 0, 0]


def test_revenue_alone_says_who_ordered(bring):
    assert ordered(bring("customer,revenue\n12346,10.00\n12348,0.00\n")) == ["12346"]


def test_opened_and_clicked_are_kept_apart_from_orders(bring):
    found = bring("customer,opened,clicked,converted\n12346,1,1,0\n12347,1,0,1\n12348,0,0,0\n")
    assert found.reactions == ("opened", "clicked")
    assert found.people["opened"].sum() == 2
    assert ordered(found) == ["12347"]


def test_people_are_matched_by_e_mail_where_the_record_has_one(bring):
    kept = "customer_id,arm,state,email\nA,treated,sent,ann@example.com\nB,holdout,holdout,bob@example.com\n"
    assert ordered(bring("Email Address,Converted\nAnn@Example.com,yes\nbob@example.com,no\n", kept=kept)) == ["A"]


def test_a_customer_in_several_identical_rows_counts_once(bring):
    found = bring("customer,converted,revenue\n12346,yes,10.00\n12346,yes,10.00\n12348,no,0.00\n")
    assert found.people["cents"].sum() == 1000
    assert "1 row repeats a customer; each counts once." in found.told


def test_rows_of_a_customer_that_differ_are_added(bring):
    found = bring("customer,order date,revenue\n12346,2011-12-01,10.00\n12346,2011-12-02,5.00\n12348,2011-12-02,1.00\n")
    assert found.people["cents"].tolist()[0] == 1500
    assert ordered(found) == ["12346", "12348"]


def test_a_file_brought_twice_counts_once(bring):
    text = "customer,converted,revenue\n12346,yes,10.00\n12348,no,0.00\n"
    found = bring(text, text)
    assert found.people["cents"].sum() == 1000
    assert found.told == ("results 1.csv is the same file as results 0.csv; it counts once.",)


def test_two_files_add_up(bring):
    found = bring("customer,converted\n12346,yes\n12347,no\n", "customer,converted\n12347,yes\n12348,no\n")
    assert ordered(found) == ["12346", "12347"]


def test_strangers_are_told_and_not_counted(bring):
    found = bring("customer,converted\n12346,yes\n99999,yes\n,yes\n")
    assert ordered(found) == ["12346"]
    assert found.told[0] == "1 of the 2 customers of the file were never in the campaign; they are not counted."
    assert "1 row names nobody." in found.told


def test_a_low_match_rate_is_told(bring):
    rows = "".join(f"{number},yes\n" for number in range(50001, 50010))
    assert "Only 10 % of the file could be matched" in bring(f"customer,converted\n12346,yes\n{rows}").told[1]


def test_a_file_of_other_customers_is_refused(bring):
    with pytest.raises(InputError, match="0 were in the campaign"):
        bring("customer,converted\n555,yes\n666,no\n")


def test_a_file_of_another_campaign_is_refused(bring):
    with pytest.raises(InputError, match="is of Spring sale, not of Win back"):
        bring("customer,campaign,converted\n12346,Spring sale,yes\n")


def test_rows_of_other_campaigns_are_left_out(bring):
    found = bring("customer,campaign,converted\n12346,Spring sale,yes\n12347,win back,yes\n")
    assert ordered(found) == ["12347"]
    assert "1 rows are of other campaigns; they are not counted." in found.told


def test_columns_that_may_both_be_meant_are_asked_for_and_can_be_said(bring):
    text = "customer,converted,purchased\n12346,yes,no\n12348,no,no\n"
    with pytest.raises(InputError, match="converted, purchased may each say"):
        bring(text)
    assert ordered(bring(text, answers=Answers(roles=(("converted", "converted"),)))) == ["12346"]


def test_a_file_that_says_nothing_of_orders_names_its_columns(bring):
    with pytest.raises(InputError, match="No column says who ordered; there are customer, colour"):
        bring("customer,colour\n12346,red\n12347,blue\n")


def test_a_word_that_is_neither_yes_nor_no_is_named(bring):
    with pytest.raises(InputError, match="'perhaps'"):
        bring("customer,converted\n12346,yes\n12347,perhaps\n", answers=Answers(roles=(("converted", "converted"),)))


def test_whoever_opted_out_after_an_earlier_file_stays_treated(tmp_path):
    text = "customer_id,arm,state,reason\nA,treated,rejected,opted out since the last file\nB,holdout,holdout,\n"
    assert read(tmp_path, text)["state"].tolist() == ["sent", "holdout"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("customer,who\nA,B\nC,D\n", "is no record of a campaign"),
        ("customer_id,arm,state\nA,treated,sent\nA,holdout,holdout\n", "customers in both arms"),
        ("customer_id,arm,state\nA,blue,sent\nB,holdout,holdout\n", "'blue'"),
        ("customer_id,campaign,arm,state\nA,One,treated,sent\nB,Two,holdout,holdout\n", "2 campaigns: One, Two"),
    ],
)
def test_what_is_no_record_is_refused_in_words(tmp_path, text, words):
    with pytest.raises(InputError, match=words):
        read(tmp_path, text)


def test_the_record_of_an_export_is_one_that_results_can_be_read_with():
    assert set(record.NEEDED) <= set(writing.RECORD)
    assert record.AFTERWARDS == reasons.OPTED_OUT
