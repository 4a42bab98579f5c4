"""The Playbook tab over the wire: strategies and whom they fit, checking, saving, undo, switching off and on."""

import json
import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from core.pipeline import Pipeline, View
from tests.core.test_playbook_own import entry


def text(part):
    return json.dumps(part, ensure_ascii=False).replace("\xa0", " ")


@pytest.fixture(autouse=True)
def binder(settings, fingerprint):
    """The own playbooks of this installation, as they were before."""
    found = Pipeline(settings).binder
    yield found
    for kind in ("transactions", "customers", "survey"):
        while found.versions(kind):
            found.undo(kind)


def search(fingerprint):
    return f"?data={fingerprint}&k=3"


def post(client, path, **said):
    return client.post(f"/playbook/{path}", json=said)


def test_every_strategy_is_listed_with_its_conditions_and_whom_it_fits(draw, fingerprint):
    drawn = draw(f"/playbook{search(fingerprint)}", "playbook-answer")
    plays = text(drawn["playbook-plays"])
    assert "33 strategies" in text(drawn["playbook-answer"])
    assert "The share who ordered in the last 90 days is at most 50 %." in plays
    assert "Proposed now" in plays
    assert re.search(r"Have the stock in by (\w+|\[the month two before the strongest\])", plays)
    assert "{monetary}" not in plays
    assert drawn["playbook-preview"]["children"] is None


@pytest.mark.parametrize("kind", ["customers", "survey"])
def test_tables_and_surveys_have_theirs(request, draw, kind):
    data = request.getfixturevalue(kind)
    drawn = draw(f"/playbook?data={data}", "playbook-answer")
    assert "60 strategies" in text(drawn["playbook-answer"])
    assert f'kind = \\"{kind}\\"' in text(drawn["playbook-editor"]).replace("\\\\", "\\")


@pytest.mark.parametrize("kind", ["transactions", "customers", "survey"])
def test_the_example_can_be_saved_as_it_is_and_with_its_comments_taken_away(request, binder, kind):
    from dashboard.components.playbook import example

    shown = example(kind)
    before = [each.slug for each in binder.serving(kind).strategies]
    assert [each.slug for each in binder.check(kind, shown).strategies] == before
    head, _, strategy = shown.partition("# [[strategy]]")
    whole = head + re.sub("^# ", "", f"# [[strategy]]{strategy}", flags=re.MULTILINE).replace("# without", "without")
    after = [each.slug for each in binder.check(kind, whole.replace("# without", "without")).strategies]
    assert {*after} - {*before} == {"ring-them"}
    assert len({*before} - {*after}) == 1


def test_a_text_is_checked_and_previewed_before_it_is_saved(client, draw, binder, fingerprint):
    own = entry("ring-them", when="recency_ratio", title="Ring <b>them</b>")
    href = post(client, "check", text=own, search=search(fingerprint)).json["href"]
    drawn = draw(href, "playbook-answer")
    assert "Nothing is saved yet" in text(drawn["playbook-preview"])
    assert "Ring <b>them</b>" in text(drawn["playbook-preview"])
    assert "checked, not yet saved" in text(drawn["playbook-editor"])
    assert "Ring" not in text(drawn["playbook-plays"])
    assert binder.text("transactions") == ""


def test_what_is_saved_serves_at_once_on_every_page_and_is_undone(client, draw, binder, fingerprint):
    before = text(draw(f"/campaigns{search(fingerprint)}", "campaigns-answer"))
    own = entry("ring-them", when="recency_ratio", title="Ring <b>them</b>").replace("= 1.5", "= 0.01")
    seen = binder.seen("transactions")
    href = post(client, "save", text=own, seen=seen, search=search(fingerprint)).json["href"]
    drawn = draw(href, "playbook-answer")
    assert "one of them your own" in text(drawn["playbook-answer"])
    assert "Undo last change" in text(drawn["playbook-editor"])
    assert "Ring <b>them</b>" in text(draw(f"/campaigns{search(fingerprint)}", "campaigns-answer"))
    assert post(client, "save", text=entry("other"), seen=seen, search="").status_code == 422
    back = post(client, "undo", search=search(fingerprint)).json["href"]
    assert back != href
    assert text(draw(f"/campaigns{search(fingerprint)}", "campaigns-answer")) == before


def test_a_shipped_strategy_is_switched_off_and_on_by_a_button(client, draw, fingerprint):
    href = post(client, "strategies/sunset/off", search=search(fingerprint)).json["href"]
    plays = text(draw(href, "playbook-answer")["playbook-plays"])
    assert "Switched off" in plays
    assert "/playbook/strategies/sunset/on" in plays
    href = post(client, "strategies/sunset/on", search=search(fingerprint)).json["href"]
    assert "/playbook/strategies/sunset/off" in text(draw(href, "playbook-answer")["playbook-plays"])


@pytest.mark.parametrize(
    ("path", "said", "words"),
    [
        ("check", {"text": entry("x").replace("customers", "nobody")}, "transactions.toml, line 3: Strategy 'x', key"),
        ("save", {"text": "slug ="}, "not valid TOML"),
        ("save", {"text": "#" * 70_000}, "more than 64 KB"),
        ("save", {"text": "#" * 300_000}, "too long"),
        ("check", {"text": "# \ud800"}, "a character that is none"),
        ("save", {"text": 'without = ["stay-in-touch"]'}, "no fallback for customers"),
        ("undo", {}, "no change to take back"),
        ("strategies/nothing/off", {}, "No shipped strategy"),
        ("strategies/stay-in-touch/off", {}, "no fallback for customers"),
    ],
)
def test_what_does_not_work_is_refused_in_words(client, binder, fingerprint, path, said, words):
    answer = post(client, path, search=search(fingerprint), **said)
    assert answer.status_code == 422
    assert words in answer.json["error"]["message"]
    assert answer.json["error"]["hint"]
    assert binder.text("transactions") == ""


def test_other_sites_cannot_change_it(client):
    for path in ("check", "save", "undo", "strategies/sunset/off"):
        assert client.post(f"/playbook/{path}", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_a_file_that_is_broken_by_hand_is_named_and_can_be_mended_on_the_page(client, draw, binder, fingerprint):
    binder.folder.mkdir(parents=True, exist_ok=True)
    file = binder.folder / "transactions.toml"
    file.write_text(entry("x").replace("customers", "nobody"))
    drawn = draw(f"/playbook{search(fingerprint)}", "playbook-answer")
    assert "line 3: Strategy 'x', key 'scope'" in text(drawn["playbook-answer"])
    assert "nobody" in text(drawn["playbook-editor"])
    href = post(client, "check", text=entry("x"), search=search(fingerprint)).json["href"]
    assert "Nothing is saved yet" in text(draw(href, "playbook-answer")["playbook-preview"])
    file.unlink()


@pytest.mark.parametrize("token", ["0123456789abcdef", "../../etc/passwd", "%00"])
def test_a_draft_that_is_gone_says_so(draw, fingerprint, token):
    drawn = draw(f"/playbook{search(fingerprint)}&draft={token}", "playbook-answer")
    assert "no longer here" in text(drawn["playbook-preview"])


def test_the_csv_has_a_row_a_strategy(client, fingerprint):
    rows = client.get(f"/download/playbook/strategies.csv{search(fingerprint)}").text.strip().splitlines()
    assert len(rows) == 34
    assert "applies_when" in rows[0]


def test_a_strategy_is_planned_with_one_click_for_each_to_whom_it_applies(draw, settings, fingerprint):
    drawn = json.dumps(draw(f"/playbook?data={fingerprint}&k=3", "playbook-plays"))
    hrefs = [dict(parse_qsl(urlsplit(href).query)) for href in re.findall(r'"href": "(/planner\?[^"]+)"', drawn)]
    board = Pipeline(settings).playbook_board(View(fingerprint, k=3))
    wanted = {
        (each.strategy.slug, f"in=segment%3D{one.id}" if one.id else None)
        for each in board
        for one in (each.now or each.advised)
    }
    assert {(said["strategy"], said.get("who")) for said in hrefs} == wanted
    assert all(said["offer"] and said["message"] for said in hrefs)
