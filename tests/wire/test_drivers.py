"""The Drivers tab over the wire, and what the three segment tabs say where customers are too few."""

import csv
import io
import json

import pytest

from core.pipeline import Pipeline
from core.settings import Settings
from dashboard.app import create_app
from tests.wire.conftest import write_log


def words(response):
    return json.dumps(response, ensure_ascii=False)


def test_accuracy_stands_beside_that_of_guessing(draw):
    told = words(draw("/drivers?k=3", "drivers-answer")["drivers-told"])
    assert "Told from these features" in told
    assert "always naming the largest segment" in told


def test_every_segment_has_three_differences_with_their_effect(draw):
    part = words(draw("/drivers?k=3", "drivers-answer")["drivers-differences"])
    assert part.count("What sets them apart") == 3
    assert part.count("Effect") >= 3
    assert part.count('"scope": "row"') == 9


def test_a_chosen_segment_stands_alone(draw):
    part = words(draw("/drivers?k=3&segment=1", "drivers-answer")["drivers-differences"])
    assert part.count("What sets them apart") == 1


@pytest.mark.parametrize("name", ["importance", "accuracy", "differences", "per_segment"])
def test_every_picture_can_be_taken_along(client, fingerprint, name):
    answer = client.get(f"/download/drivers/{name}.csv?data={fingerprint}&k=3")
    assert list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))


@pytest.mark.parametrize("slug", ["choose-k", "segments", "drivers"])
def test_too_few_customers_are_said_on_the_page(tmp_path, slug):
    settings = Settings(home=tmp_path / "home")
    few = Pipeline(settings).receive(write_log(tmp_path / "few.csv", customers=5), name="Few").fingerprint
    client = create_app(settings).server.test_client()
    client.get("/_dash-dependencies")
    spec = next(d for d in client.get("/_dash-dependencies").json if f"{slug}-answer." in d["output"])
    data = {"slug": slug, "search": f"data={few}", "theme": "light", "currency": "GBP"}
    body = {
        "output": spec["output"],
        "outputs": [
            {"id": i, "property": p} for i, p in (o.rsplit(".", 1) for o in spec["output"].strip(".").split("..."))
        ],
        "inputs": [{**i, "value": data} for i in spec["inputs"]],
        "state": [],
        "changedPropIds": ["view.data"],
    }
    answer = client.post("/_dash-update-component", json=body).json["response"]
    assert "too few" in words(answer[f"{slug}-answer"])
    assert "at least 10 customers" in words(answer)
