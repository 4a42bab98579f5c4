"""The Saved and Health tabs over the wire: what is saved holds names and colours, on every page, until it is undone."""

import json
import re

import pytest

from core.pipeline import Pipeline
from tests.wire.conftest import date, write_log


def text(part):
    return json.dumps(part, ensure_ascii=False).replace("\xa0", " ")


@pytest.fixture(scope="module")
def keeper(settings, fingerprint):
    return Pipeline(settings)


@pytest.fixture(scope="module")
def later(keeper, fingerprint, tmp_path_factory):
    """A later version of the small shop."""
    path = write_log(tmp_path_factory.mktemp("later") / "later.csv", customers=150, seed=11)
    made = keeper.append(fingerprint, path).fingerprint
    date(keeper.settings, made)
    yield made
    keeper.delete(made)
    keeper.restore(made)


@pytest.fixture
def saved(client, keeper, fingerprint):
    """What a visitor saved on the page."""
    answer = client.post(
        "/saved", json={"name": "Spring plan", "who": "Ana", "note": "For May", "search": f"?data={fingerprint}&k=4"}
    )
    yield answer.json["href"]
    for each in keeper.kept():
        keeper.delete_kept(each.id)
    for each in keeper.kept_in_trash():
        keeper.purge_kept(each.id)


def id_of(href):
    return re.search(r"saved=(\w+)", href)[1]


def search(href):
    return href[href.index("?") :]


def test_what_is_saved_opens_as_it_was_saved_and_says_so(draw, open_page, saved):
    drawn = draw(saved, "saved-answer")
    assert "you see it as it was saved" in text(drawn["saved-answer"])
    for words in ("Spring plan", "Ana", "For May", "in use here"):
        assert words in text(drawn["saved-list"])
    page = open_page(saved)
    assert page["banner"]["children"] == []
    assert "Let go of Spring plan" in text(page["filters"])


def test_nothing_saved_offers_to_save_what_is_shown(draw, open_page, fingerprint):
    drawn = draw(f"/saved?data={fingerprint}&k=3", "saved-answer")
    assert "None yet" in text(drawn["saved-answer"])
    assert "Save these three segments" in text(drawn["saved-here"])
    assert "Save these segments" in text(open_page(f"/segments?data={fingerprint}")["filters"])
    assert "Save these segments" not in text(open_page(f"/overview?data={fingerprint}")["filters"])


def test_a_name_that_was_given_stands_on_every_page(client, draw, saved):
    path = f"/saved/{id_of(saved)}/segments/1/name"
    answer = client.post(path, json={"value": "The <b>best</b>", "search": search(saved)})
    assert "The <b>best</b>" in text(draw(answer.json["href"], "saved-answer")["saved-list"])
    here = search(saved).split("&at=")[0]
    assert "The <b>best</b>" in text(draw(f"/segments{here}", "segments-answer"))
    assert "The <b>best</b>" in text(draw(f"/campaigns{here}", "campaigns-answer"))


@pytest.mark.parametrize("slug", ["segments", "drivers", "campaigns", "export", "overview", "choose-k", "health"])
def test_pages_draw_with_gaps_between_the_numbers(client, draw, open_page, keeper, saved, slug):
    id, here = id_of(saved), search(saved).split("&at=")[0].replace("k=4", "k=6")
    keeper.refit_kept(id, keeper.archive.get(id).view.but(k=2))
    numbers = [each.id for each in keeper.segmentation(keeper.archive.get(id).view.but(k=6)).names]
    assert numbers != list(range(1, 7))
    page = open_page(f"/{slug}{here}&segment={numbers[-1]}")
    assert page["banner"]["children"] == []
    drawn = draw(f"/{slug}{here}&segment={numbers[-1]}", f"{slug}-answer")
    assert drawn[f"{slug}-answer"]["children"]


def test_other_settings_are_told_from_what_was_saved_and_kept_only_when_asked(client, draw, keeper, saved):
    id, here = id_of(saved), search(saved).split("&at=")[0].replace("k=4", "k=3")
    drawn = draw(f"/saved{here}", "saved-answer")
    assert "you see a refit of it" in text(drawn["saved-answer"])
    assert "Keep this refit as version 2" in text(drawn["saved-here"])
    assert keeper.archive.get(id).versions == (1,)
    kept = client.post(f"/saved/{id}/refit", json={"search": here}).json["href"]
    assert "you see it as it was saved" in text(draw(kept, "saved-answer")["saved-answer"])
    assert "Refit kept as version 2" in text(draw(kept, "saved-answer")["saved-list"])
    back = client.post(f"/saved/{id}/undo", json={"search": search(kept)}).json["href"]
    assert "you see a refit of it" in text(draw(back, "saved-answer")["saved-answer"])


def test_a_deleted_one_is_let_go_and_comes_back_by_undo(client, draw, saved):
    id = id_of(saved)
    gone = client.post(f"/saved/{id}/delete", json={"search": search(saved)}).json["href"]
    assert "saved=" not in gone
    drawn = draw(gone, "saved-answer")
    assert "Spring plan is in the trash" in text(drawn["saved-here"])
    assert "Put back Spring plan" in text(drawn["saved-trash"])
    assert f"/saved/{id}/restore?held" in text(drawn["saved-here"])
    back = client.post(f"/saved/{id}/restore?held", json={"search": search(gone)}).json["href"]
    assert f"saved={id}" in back
    assert "One is saved" in text(draw(back, "saved-answer")["saved-answer"])


@pytest.mark.parametrize(
    ("path", "body", "status", "said"),
    [
        ("/saved", {"name": " "}, 422, "needs a name"),
        ("/saved", {"name": "X", "search": "?data=0000000000000000"}, 404, "not stored here"),
        ("/saved", {"name": "X", "search": "?k=99"}, 422, "k is 99"),
        ("/saved/nothing0/name", {"value": "X"}, 404, "no saved segmentation"),
        ("/saved/nothing0/undo", {}, 404, "no saved segmentation"),
        ("/saved/nothing0/refit", {}, 422, "no refit"),
        ("/saved/nothing0/purge", {}, 404, "no saved segmentation"),
        ("/saved", ["no", "dictionary"], 422, "needs a name"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(client, keeper, fingerprint, path, body, status, said):
    answer = client.post(path, json=body)
    assert answer.status_code == status
    assert said in answer.json["error"]["message"]
    assert answer.json["error"]["hint"]
    assert keeper.kept() == []


def test_other_sites_cannot_save_or_delete(client, saved):
    for path in ("/saved", f"/saved/{id_of(saved)}/delete"):
        assert client.post(path, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_a_link_to_what_was_deleted_shows_the_page_without_it(open_page, fingerprint):
    page = open_page(f"/segments?data={fingerprint}&saved=nothing0")
    assert "no saved segmentation" in text(page["banner"])
    assert "saved" not in page["view"]["data"]["search"]


def test_the_csv_has_a_row_a_segment(client, saved):
    rows = client.get(f"/download/saved/saved.csv{search(saved).split('&at=')[0]}").text.strip().splitlines()
    assert len(rows) == 5
    assert "Spring plan" in rows[1]


def test_health_of_its_own_dataset_says_that_nothing_changed(draw, saved):
    drawn = draw(f"/health{search(saved).split('&at=')[0]}", "health-answer")
    assert "Nothing has changed yet" in text(drawn["health-answer"])
    assert "draws from" in text(drawn["health-stability"])


def test_health_without_anything_saved_says_how_to_get_it(draw, fingerprint):
    drawn = draw(f"/health?data={fingerprint}&k=3", "health-answer")
    assert "not saved yet" in text(drawn["health-answer"])
    assert "Save these segments" in text(drawn["health-verdict"])
    assert "draws from" in text(drawn["health-stability"])


def test_health_of_later_customers_weighs_keeping_against_refitting(client, draw, keeper, saved, later, fingerprint):
    here = search(saved).split("&at=")[0].replace(fingerprint, later)
    drawn = draw(f"/health{here}", "health-answer")
    assert re.search(r"Refit it|Yes, keep it", text(drawn["health-answer"]))
    for slot in ("verdict", "sizes", "drift", "stability"):
        assert drawn[f"health-{slot}"]["children"]
    found = keeper.health(keeper.kept()[0].view.but(dataset=later))
    rows = client.get(f"/download/health/sizes.csv{here}").text.strip().splitlines()
    assert len(rows) == len(found.sizes) + 1
    assert found.sizes["customers_now"].sum() == found.customers_now
    assert "has a later version" in text(draw(saved, "saved-answer")["saved-list"])


def test_a_table_and_a_survey_are_saved_too(client, draw, keeper, customers, survey):
    for data in (customers, survey):
        made = client.post("/saved", json={"name": "People", "search": f"?data={data}&k=3"}).json["href"]
        assert "you see it as it was saved" in text(draw(made, "saved-answer")["saved-answer"])
        drawn = draw(f"/health{search(made).split('&at=')[0]}", "health-answer")
        assert "Nothing has changed yet" in text(drawn["health-answer"])
        client.post(f"/saved/{id_of(made)}/delete", json={})
        client.post(f"/saved/{id_of(made)}/purge", json={})
    assert keeper.kept_in_trash() == []
