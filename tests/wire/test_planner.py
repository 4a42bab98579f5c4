"""The Planner over the wire: the margin is asked for, sums agree with the audience, wrong settings are told."""

import csv
import datetime as dt
import io
import json
import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from core.campaigns.planning.crowds import of_members
from core.campaigns.targeting.who import EVERYBODY
from core.pipeline import Pipeline, View
from tests.wire.conftest import date

FULL = "k=3&prepare=standard"


def words(part):
    return json.dumps(part, ensure_ascii=False)


def rows(client, fingerprint, search):
    answer = client.get(f"/download/planner/segments.csv?data={fingerprint}&{search}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_the_margin_is_asked_for_but_the_test_is_there_without(draw, fingerprint):
    drawn = draw(f"/planner?data={fingerprint}&{FULL}", "planner-answer")
    assert "Give the margin" in words(drawn["planner-answer"])
    assert "The margin is missing" in words(drawn["planner-worth"])
    assert "Held out" in words(drawn["planner-segments"])
    assert "Expected profit" not in words(drawn["planner-segments"]["children"]["props"]["children"][1])


def test_the_segments_of_the_plan_add_up_to_the_audience(client, settings, fingerprint):
    found = rows(client, fingerprint, f"{FULL}&margin=40&country=Germany&who=in%3Dorders%253D2..")
    view = View(fingerprint, k=3, prepare="standard").but(countries=("Germany",), orders="2..")
    assert sum(int(row["customers"]) for row in found) == Pipeline(settings).audience(view).customers > 0
    assert all(int(row["treated"]) + int(row["holdout"]) == int(row["customers"]) for row in found)


def test_break_even_is_cost_by_contribution(client, fingerprint):
    for row in rows(client, fingerprint, f"{FULL}&margin=40&order=50&cost=1"):
        assert float(row["break_even_response"]) == pytest.approx(1 / (50 * 0.4))
        assert float(row["cost"]) == int(row["treated"])


def test_what_cannot_be_shown_is_red_and_something_is_offered(draw, fingerprint):
    drawn = draw(f"/planner?data={fingerprint}&{FULL}&margin=40&base=5", "planner-test")
    assert "nothing below +" in words(drawn["planner-segments"])
    assert "planner-red" in words(drawn["planner-segments"])
    assert "Nothing below +" in words(drawn["planner-test"])
    assert "read=pooled" in words(drawn["planner-test"])
    # Of 120 customers no holdout is enough; the table says 8,158 an arm.
    assert "16,316 customers" in words(drawn["planner-test"])


def test_read_as_one_the_table_has_one_row(draw, fingerprint):
    page = draw(f"/planner?data={fingerprint}&{FULL}&margin=40&read=pooled", "planner-segments")
    drawn = words(page["planner-segments"])
    assert "All together" in drawn
    assert drawn.count('"scope": "row"') == 1


def test_a_discount_of_the_whole_margin_never_breaks_even(draw, fingerprint):
    drawn = draw(f"/planner?data={fingerprint}&{FULL}&margin=20&discount=20", "planner-answer")
    assert "never breaks even" in words(drawn["planner-answer"])


@pytest.mark.parametrize("wrong", ["margin=0", "margin=-5", "holdout=0", "holdout=100", "cost=cheap", "base=150"])
def test_a_setting_that_does_not_fit_is_told_and_left_out(open_page, fingerprint, wrong):
    page = open_page(f"/planner?data={fingerprint}&{wrong}")
    assert "It is left out" in words(page["banner"])
    assert wrong not in words(page["view"])


def test_nobody_is_told_in_words(draw, fingerprint):
    drawn = draw(f"/planner?data={fingerprint}&{FULL}&margin=40&who=in%3Dorders%253D9999..", "planner-answer")
    assert "Nobody fits" in words(drawn["planner-answer"])


def test_a_customer_table_plans_too(draw, client, customers):
    drawn = draw(f"/planner?data={customers}&margin=40&order=30", "planner-answer")
    assert "expected from a campaign" in words(drawn["planner-answer"])
    assert {row["response_without"] for row in rows(client, customers, "margin=40&order=30")} == {"0.05"}


def test_the_plan_is_for_those_whom_it_asks_for_among_those_whom_the_filters_leave(draw, settings, fingerprint):
    drawn = draw(f"/planner?data={fingerprint}&k=3&who=in%3Dsegment%253D1&country=Germany&margin=40", "planner-reach")
    view = View(fingerprint, k=3, countries=("Germany",), segments=(1,))
    wanted = Pipeline(settings).audience(view).customers
    assert '"In the audience", "className": "funnel-label"' in words(drawn["planner-reach"])
    assert f'"children": "{wanted:,}"' in words(drawn["planner-reach"])
    assert f"campaign to {wanted:,} customers" in plain(drawn["planner-answer"])
    assert "How they can be reached is not known" in words(drawn["planner-reach"])


def plain(part):
    """The words of a part, without what is around them."""
    return "".join(_said(part))


def _said(part):
    if isinstance(part, dict):
        yield from _said(part.get("props", part).get("children", ""))
    elif isinstance(part, list):
        for each in part:
            yield from _said(each)
    elif part is not None:
        yield str(part)


def test_the_playbook_is_offered_and_a_chosen_strategy_says_what_it_is_for(draw, fingerprint):
    drawn = draw(f"/planner?data={fingerprint}&{FULL}", "planner-strategy")["planner-strategy"]["children"]
    sides = {side["props"].get("label"): side["props"]["children"] for side in drawn[1:]}
    assert [*sides] == ["Proposed now", "All others"]
    option = sides["Proposed now"][0]["props"]
    assert all(option[f"data-{name}"] for name in ("offer", "message"))
    chosen = draw(f"/planner?data={fingerprint}&{FULL}&strategy={option['value']}", "planner-strategy")
    assert '"selected": true' in words(chosen["planner-strategy"]["children"][1]["props"]["children"][0])
    assert chosen["planner-strategy-note"]["children"] not in ("", None)


def test_advice_is_planned_with_one_click(draw, settings, fingerprint):
    page = words(draw(f"/campaigns?data={fingerprint}&k=3", "campaigns-plan")["campaigns-plan"])
    href = re.search(r'"href": "(/planner[^"]+)"', page)[1]
    said = dict(parse_qsl(urlsplit(href).query))
    segment = next(one for one in Pipeline(settings).campaigns(View(fingerprint, k=3)).segments)
    idea = segment.advice[0]
    assert (said["strategy"], said["offer"], said["message"]) == (idea.strategy, idea.offer, idea.message)
    assert said["who"] == f"in=segment%3D{segment.id}"
    drawn = draw(href, "planner-answer")
    assert drawn["planner-strategy-note"]["children"] == idea.objective
    assert f"{segment.customers:,}" in words(drawn["planner-reach"])


def test_groups_are_planned_with_one_click_too(draw, fingerprint):
    page = words(draw(f"/campaigns?data={fingerprint}&by=groups", "campaigns-plan")["campaigns-plan"])
    said = dict(parse_qsl(urlsplit(re.search(r'"href": "(/planner[^"]+)"', page)[1]).query))
    assert said["who"].startswith("in=group%3D")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("start=2027-02-01&end=2027-01-01", "before it starts"),
        ("strategy=moonshot", "no strategy “moonshot”"),
        ("plan=nowhere", "no campaign"),
    ],
)
def test_what_contradicts_itself_is_told_where_it_stands_and_the_page_stays(draw, fingerprint, wrong, told):
    drawn = draw(f"/planner?data={fingerprint}&{FULL}&margin=40&{wrong}", "planner-answer")
    assert told in words(drawn)
    assert "expected from a campaign" in words(drawn["planner-answer"])


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("channel=pigeon", "unknown"),
        ("start=soon", "no day"),
        (f"message={'x' * 2001}", "2,001 characters"),
        ("who=in%3Dmoon%253D1", "not understood"),
        ("quiet_days=-3", "quiet days"),
    ],
)
def test_words_that_do_not_fit_are_told_and_left_out(open_page, fingerprint, wrong, told):
    page = open_page(f"/planner?data={fingerprint}&{wrong}")
    assert told in words(page["banner"])
    assert wrong not in words(page["view"])


def test_a_plan_with_days_stands_in_the_calendar_and_beside_what_runs_at_the_same_time(client, draw, fingerprint):
    day = dt.date.today() + dt.timedelta(days=40)
    kept = f"?data={fingerprint}&name=Neighbour&start={day}&end={day + dt.timedelta(days=9)}"
    id = re.search(r"at=(\w+)\.", client.post("/campaigns", json={"search": kept}).json["href"])[1]
    drawn = draw(f"/planner?data={fingerprint}&start={day + dt.timedelta(days=5)}", "planner-calendar")
    assert "It runs at the same time as Neighbour" in plain(drawn["planner-calendar"])
    assert "This plan" in plain(drawn["planner-calendar"])
    alone = draw(f"/planner?data={fingerprint}&start={day + dt.timedelta(days=20)}", "planner-calendar")
    assert "No other campaign runs at the same time" in plain(alone["planner-calendar"])
    # The campaign itself is not beside itself.
    own = draw(f"/planner?data={fingerprint}&name=Neighbour&start={day}&plan={id}", "planner-calendar")
    assert "No other campaign runs at the same time" in plain(own["planner-calendar"])
    for way in ("delete", "purge"):
        client.post(f"/campaigns/{id}/{way}", json={"search": f"?data={fingerprint}"})


def test_a_survey_plans_too_once_it_is_told_what_an_order_is_worth(draw, survey):
    drawn = draw(f"/planner?data={survey}&margin=40&order=30", "planner-answer")
    assert "expected from a campaign" in words(drawn["planner-answer"])


@pytest.mark.parametrize("kind", ["fingerprint", "customers"])
def test_members_at_hand_are_counted_as_the_audience_is(settings, request, kind):
    pipeline, view = Pipeline(settings), View(request.getfixturevalue(kind), k=3)
    counted = of_members(pipeline.audience_members(view, EVERYBODY), log=kind == "fingerprint")
    assert counted.rows.equals(pipeline.audience_parts(view).rows)
    assert counted.of == counted.customers > 0


def joined(pipeline, folder, log):
    """The log with contacts: of every second customer an address, of every third of these no consent."""
    ids = sorted(pipeline.audience_members(View(log), EVERYBODY)["customer_id"])
    lines = ["Customer ID,E-mail,Accepts Marketing"]
    for n, id in enumerate(ids):
        lines.append(f"{id},{f'p{n}@example.com' if n % 2 else ''},{'no' if n % 3 == 0 else 'yes'}")
    (folder / "contacts.csv").write_text("\n".join(lines), encoding="utf-8")
    table = pipeline.receive(folder / "contacts.csv").fingerprint
    reached = [id for n, id in enumerate(ids) if n % 2 and n % 3]
    return table, pipeline.join(log, table).fingerprint, reached


def test_where_contacts_are_known_the_figures_are_for_those_who_can_be_written_to(
    client, draw, settings, fingerprint, tmp_path_factory
):
    pipeline = Pipeline(settings)
    table, both, reached = joined(pipeline, tmp_path_factory.mktemp("joined"), fingerprint)
    date(settings, table), date(settings, both)
    drawn = draw(f"/planner?data={both}&{FULL}&margin=40", "planner-answer")
    everybody = pipeline.audience_members(View(both), EVERYBODY)
    assert f"campaign to {len(reached)} customers" in plain(drawn["planner-answer"])
    assert f"{len(reached)} of {len(everybody)} customers can be written to by e-mail" in plain(drawn["planner-reach"])
    found = rows(client, both, f"{FULL}&margin=40")
    assert sum(int(row["customers"]) for row in found) == len(reached)
    mine = everybody[everybody["customer_id"].isin(reached)]
    plan = pipeline.reached_plan(View(both, k=3, prepare="standard"))
    assert plan.order == pytest.approx(mine["cents"].sum() / mine["orders"].sum())
    by_post = draw(f"/planner?data={both}&{FULL}&margin=40&channel=post", "planner-answer")
    assert "can be written to this way" in plain(by_post["planner-answer"])
    assert "0 of" in plain(by_post["planner-reach"])
    for one in (both, table):
        pipeline.delete(one)


def test_a_calendar_has_no_empty_columns_and_no_empty_months(draw, fingerprint, customers):
    def calendar(link: str) -> str:
        return plain(draw(f"/planner?{link}", "planner-calendar")["planner-calendar"])

    of_log, of_table = calendar(f"data={fingerprint}"), calendar(f"data={customers}")
    assert ("Public holidays" in of_log, "Public holidays" in of_table, "Season" in of_table) == (True, False, False)
    assert "No campaign has days yet" in of_table
    dated = calendar(f"data={customers}&start={dt.date.today().isoformat()}")
    assert ("This plan" in dated, "Campaigns" in dated, "Season" in dated) == (True, True, False)
