"""Place a customer over the wire: the form, the answer, and a file of new customers."""

import io
import json
from types import SimpleNamespace
from urllib.parse import quote, urlencode

import pandas as pd
import pytest

from dashboard.api_words import _default
from dashboard.tabs.predict import _answer
from tests.wire.conftest import date, write_log

OUTPUT = "predict-answer"


def told(drawn, slot):
    return json.dumps(drawn[f"predict-{slot}"]["children"], ensure_ascii=False)


def entered(**values):
    return quote(urlencode(values))


def test_the_form_opens_on_the_median_customer(draw):
    drawn = draw("/predict?k=3", OUTPUT)
    form = told(drawn, "form")
    assert form.count("data-place-number") == 3
    assert "Days since last order" in form
    assert "They would " in told(drawn, "answer")
    assert "class" not in told(drawn, "answer") or "status" in told(drawn, "answer")
    assert "Strategies for the segment" in told(drawn, "advice")


def test_on_the_border_the_answer_names_the_segment_that_is_almost_as_near():
    row = {"confidence": "border", "runner_up_name": "Newcomers", "far": False}
    mine = SimpleNamespace(name="Steady buyers", customers=12)
    found = SimpleNamespace(segments=pd.DataFrame({"customers": [12, 30]}))
    said = json.dumps(_answer(row, mine, found).to_plotly_json()["props"]["children"], default=str)
    assert "They would be in " in said
    assert ", like 12 of 42 customers, but only by a little: the centre of Newcomers is almost as near." in said
    said = json.dumps(_answer({**row, "far": True}, mine, found).to_plotly_json()["props"]["children"], default=str)
    assert "They are unlike anybody so far." in said
    assert "They would" not in said


def test_the_example_for_other_programs_has_money_to_the_cent():
    field = SimpleNamespace(default=668.5699999999999, unit="money", numeric=True, whole=False)
    assert _default(field) == 668.57
    assert _default(SimpleNamespace(default=51.0, unit="days", numeric=True, whole=True)) == 51


def test_what_is_entered_stands_in_the_link_and_moves_the_answer(draw):
    best = draw(f"/predict?k=3&values={entered(recency_days=1, frequency=14, monetary=9000)}", OUTPUT)
    worst = draw(f"/predict?k=3&values={entered(recency_days=400, frequency=1, monetary=2)}", OUTPUT)
    assert told(best, "answer") != told(worst, "answer")
    assert '"data-value": "14"' in told(best, "form")


def test_a_form_that_wrote_the_link_is_not_drawn_anew(call, open_page):
    values = urlencode({"frequency": 14})
    view = open_page(f"/predict?k=3&values={quote(values)}")["view"]["data"]
    drawn = call(OUTPUT, {"view.data": view}, {"predict-typed.data": values}).json["response"]
    assert "predict-form" not in drawn
    assert "14" in told(drawn, "averages")


def test_a_value_that_cannot_be_is_told_and_the_median_stands(draw):
    drawn = draw(f"/predict?k=3&values={entered(frequency='lots')}", OUTPUT)
    assert "Orders “lots” is not a number." in told(drawn, "result")
    assert told(drawn, "averages").replace(f"&values={entered(frequency='lots')}", "") == told(
        draw("/predict?k=3", OUTPUT), "averages"
    )


def test_a_field_that_is_not_there_is_left_out_and_told(draw, client, fingerprint):
    drawn = draw(f"/predict?k=3&values={entered(shoe=44)}", OUTPUT)
    assert told(drawn, "answer") == told(draw("/predict?k=3", OUTPUT), "answer")
    assert "“shoe” is no feature" in told(drawn, "form")
    csv = client.get(f"/download/predict/prediction.csv?data={fingerprint}&k=3&values={entered(shoe=44)}")
    assert csv.status_code == 200


def test_a_customer_unlike_anybody_is_called_so(draw):
    drawn = draw(f"/predict?k=3&values={entered(monetary=9e9)}", OUTPUT)
    assert "is outside of what was seen" in told(drawn, "result")
    assert "unlike anybody so far" in told(drawn, "result")


@pytest.mark.parametrize("values", ["nonsense", "x" * 5000])
def test_a_link_that_holds_no_customer_says_so(open_page, values):
    assert "The customer of this link cannot be read." in json.dumps(open_page(f"/predict?values={values}"))


@pytest.mark.parametrize("kind", ["customers", "survey"])
def test_levels_are_chosen_from_menus(draw, request, kind):
    drawn = draw(f"/predict?data={request.getfixturevalue(kind)}&k=2", OUTPUT)
    assert "data-place-level" in told(drawn, "form")
    assert "Begin with" in told(drawn, "starts")


def test_commands_to_copy_name_the_dataset_and_how_segments_are_learned(draw, customers):
    said = told(draw(f"/predict?data={customers}&k=3&feature=age&feature=income&weight=age:2", OUTPUT), "elsewhere")
    assert f"--data {customers} --features age,income --k 3 --weight age=2 --out placed.csv" in said
    assert "feature=age&feature=income" in said.replace("\\\\", "")


def test_where_a_method_cannot_place_anybody_the_page_says_that_neighbours_do(draw):
    assert "the five known ones who are most alike vote" in told(draw("/predict?k=3&method=ward", OUTPUT), "result")
    assert "K-Means places new customers itself" in told(draw("/predict?k=3", OUTPUT), "result")


def test_too_few_customers_for_segments_say_so(draw, settings, tmp_path):
    from core.pipeline import Pipeline

    few = Pipeline(settings).receive(write_log(tmp_path / "few.csv", customers=1), name="One").fingerprint
    date(settings, few)
    try:
        drawn = draw(f"/predict?data={few}", OUTPUT)
        assert drawn["predict-result"]["children"] is None
        assert told(drawn, "answer")
    finally:
        Pipeline(settings).delete(few)


def place(client, name, data, search=""):
    return client.put(f"/newcomers/{name}?{search}", data=data)


def test_a_file_comes_back_placed_and_safe_to_open(client, customers):
    body = b"who,Age,Income\n=cmd,30,80000\nBob,,x\n"
    answer = place(client, "new%20people.csv", body, f"data={customers}&k=3")
    assert answer.status_code == 200
    said = answer.json
    assert (said["placed"], said["of"], said["file"]) == (1, 2, "new people placed.csv")
    assert said["refused"] == ["Row 2: Income “x” is not a number. Give a plain number such as 1250.5."]
    frame = pd.read_csv(io.StringIO(said["csv"]))
    assert frame["who"].tolist() == ["'=cmd", "Bob"]
    assert sum(each["customers"] for each in said["segments"]) == 1


def test_nothing_of_the_file_is_kept(client, settings, customers):
    before = sorted(settings.home.joinpath("aside").iterdir())
    place(client, "new.csv", b"Age\n30\n", f"data={customers}&k=3")
    place(client, "junk.csv", b"\x89PNG\r\n\x1a\n\x00", f"data={customers}&k=3")
    assert sorted(settings.home.joinpath("aside").iterdir()) == before


@pytest.mark.parametrize(
    ("body", "words"),
    [(b"", "is empty"), (b"\x89PNG\r\n\x1a\n\x00\x00", "bad.csv"), (b"a,b\n1,2\n", "No column of bad.csv")],
)
def test_a_file_that_does_not_fit_says_why(client, customers, body, words):
    answer = place(client, "bad.csv", body, f"data={customers}&k=3")
    assert answer.status_code == 422
    assert words in answer.json["error"]["message"]
    assert answer.json["error"]["hint"]


def test_a_file_that_is_too_large_is_refused(client):
    answer = client.put("/newcomers/big.csv", data=b"x", environ_overrides={"CONTENT_LENGTH": str(40 * 1024 * 1024)})
    assert answer.status_code == 422
    assert "32 MiB" in answer.json["error"]["message"]


def test_the_template_comes_back_placed(client, fingerprint):
    template = client.get(f"/download/predict/template.csv?data={fingerprint}&k=3")
    assert template.text.splitlines()[0].endswith("id,Days since last order,Orders,Spend")
    assert place(client, "template.csv", template.data, f"data={fingerprint}&k=3").json["placed"] == 1
