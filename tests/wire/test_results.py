"""The Results page over the wire: bring a file or a log, read the verdict, take it back; nothing twice or lost."""

import csv
import datetime as dt
import io
import json
import re

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.campaigns.ledger.brief import Brief
from core.pipeline import Pipeline
from core.view import View

WISHES = (("cost", "0.5"), ("holdout", "40"), ("margin", "40"))


def text(part):
    return json.dumps(part, ensure_ascii=False).replace("\xa0", " ").replace("⁠", "")


@pytest.fixture(scope="module")
def keeper(settings, fingerprint):
    return Pipeline(settings)


@pytest.fixture
def keep(keeper, fingerprint, tmp_path):
    """Keep campaigns with files, and remove them afterwards."""
    made = []

    def run(name, files=1, **settings):
        brief = Brief(name=name, wishes=WISHES, quiet_days=0, **settings)
        campaign = keeper.plan_campaign(View(fingerprint, k=4), brief)
        made.append(campaign.id)
        if files:
            keeper.pack_campaign(campaign.id, "plain", tmp_path / f"{campaign.id}.zip", statement="All agreed")
        return campaign.id

    yield run
    for id in made:
        keeper.ledger.delete(id)
        keeper.ledger.purge(id)


def results_file(keeper, id, rate=3):
    """Every third treated customer ordered, no other: an effect that nobody can overlook."""
    people, _ = keeper.campaign_record(id)
    lines = ["Kunden-Nr;Bestellt;Umsatz"]
    for number, row in enumerate(people.itertuples()):
        ordered = row.arm == "treated" and number % rate == 0
        lines.append(f"{row.customer_id};{'Ja' if ordered else 'Nein'};{'12,50' if ordered else '0,00'}")
    return "\n".join(lines)


def put(client, id, body, fingerprint, name="results.csv", **roles):
    said = {"search": f"?data={fingerprint}&campaign={id}", **{f"is-{role}": header for role, header in roles.items()}}
    return client.put(f"/campaigns/{id}/results/{name}", data=body.encode(), query_string=said)


def page(draw, fingerprint, id=""):
    return draw(f"/results?data={fingerprint}" + (f"&campaign={id}" if id else ""), "results-answer")


def test_without_a_campaign_it_says_how_to_get_one(draw, fingerprint):
    drawn = text(page(draw, fingerprint))
    assert "no campaign was sent from here" in drawn
    assert "To the campaign plans" in drawn


def test_without_files_it_says_so(draw, keep, fingerprint):
    assert "no file was made of it" in text(page(draw, fingerprint, keep("Early", files=0)))


def test_before_anything_came_back_it_says_who_was_sent_and_what_the_test_can_show(draw, keep, keeper, fingerprint):
    id = keep("Autumn")
    drawn, states = text(page(draw, fingerprint, id)), keeper.campaign_record(id)[0]["state"].value_counts()
    assert f"{states['sent']} customers were sent it and {states['holdout']} were held back" in drawn
    assert "can be shown" in drawn or "can show a lift" in drawn


def test_a_file_with_any_headers_is_read_and_the_page_says_what_came_of_it(client, draw, keep, keeper, fingerprint):
    id = keep("Autumn")
    answer = put(client, id, results_file(keeper, id), fingerprint, "Ergebnisse.csv")
    assert answer.status_code == 200, answer.json
    drawn = text(draw(answer.json["href"], "results-answer"))
    assert "The campaign had an effect" in drawn
    assert "customer: Kunden-Nr" in drawn
    found = keeper.results_of(id).whole
    assert f"{found.treated.rate:.1%} of the treated".replace("%", " %") in drawn
    assert "profit" in drawn


def test_the_same_file_is_said_to_be_here_and_changes_nothing(client, keep, keeper, fingerprint):
    id = keep("Autumn")
    body = results_file(keeper, id)
    put(client, id, body, fingerprint)
    before = keeper.results_of(id)
    answer = put(client, id, body, fingerprint, "again.csv")
    said = r"again.csv was brought on \d{4}-\d\d-\d\d as results.csv; it counts once. Nothing was changed."
    assert re.fullmatch(said, answer.json["said"])
    assert repr(keeper.results_of(id)) == repr(before)


def test_a_file_of_another_campaign_is_refused_by_name(client, keep, keeper, fingerprint):
    id = keep("Autumn")
    answer = put(client, id, "customer,campaign,converted\n12001,Spring,yes\n", fingerprint)
    assert answer.status_code == 422
    assert "is of Spring, not of Autumn" in answer.json["error"]["message"]
    assert put(client, id, "customer,converted\nX1,yes\nX2,no\n", fingerprint).status_code == 422
    assert keeper.outcome_book.all(id) == []


def test_a_column_that_cannot_be_guessed_is_asked_for_and_read_when_said(client, keep, keeper, fingerprint):
    id = keep("Autumn")
    body = results_file(keeper, id).replace("Bestellt", "aa").replace("Umsatz", "bb")
    asked = put(client, id, body, fingerprint).json["asks"]
    assert ([each["role"] for each in asked["roles"]], asked["headers"]) == (["converted", "revenue"], ["aa", "bb"])
    assert put(client, id, body, fingerprint, converted="aa").status_code == 200
    assert keeper.results_of(id).whole.treated.converted > 0


@pytest.mark.parametrize("body", ["", "just words", "\x00\x01\x02"])
def test_what_is_no_results_file_is_refused_in_words(client, keep, fingerprint, body):
    answer = put(client, keep("Autumn"), body, fingerprint)
    assert "href" not in answer.json
    assert (answer.json.get("error") or answer.json["asks"])["message"]


def test_results_are_taken_back_and_put_back(client, draw, keep, keeper, fingerprint):
    id = keep("Autumn")
    put(client, id, results_file(keeper, id), fingerprint)
    answer = client.post(f"/campaigns/{id}/results/1/drop", json={"search": f"?data={fingerprint}", "who": "Ana"})
    drawn = text(draw(answer.json["href"], "results-answer"))
    assert "nothing came back" in drawn
    assert "Put back" in drawn
    assert keeper.results_of(id) is None
    answer = client.post(f"/campaigns/{id}/results/1/restore", json={"search": f"?data={fingerprint}"})
    assert "The campaign had an effect" in text(draw(answer.json["href"], "results-answer"))
    assert client.post(f"/campaigns/{id}/results/9/drop", json={}).status_code == 404


def test_the_orders_of_a_log_are_taken_with_their_days(client, draw, keep, keeper, fingerprint):
    id = keep("Autumn")
    said = {"dataset": fingerprint, "start": "2023-03-01", "end": "2023-06-30", "search": f"?data={fingerprint}"}
    answer = client.post(f"/campaigns/{id}/results/log", json=said)
    assert answer.status_code == 200, answer.json
    assert "Orders from 2023-03-01 to 2023-06-30" in text(draw(answer.json["href"], "results-answer"))
    for wrong, words in (
        ({"start": ""}, "are not given"),
        ({"start": "soon"}, "are no days"),
        ({"start": "2031-01-01", "end": "2031-02-01"}, "none of"),
    ):
        refused = client.post(f"/campaigns/{id}/results/log", json={**said, **wrong})
        assert (refused.status_code, words in refused.json["error"]["message"]) == (422, True)


def test_orders_from_before_the_file_was_made_are_no_result_of_it_and_it_is_told(client, keep, keeper, fingerprint):
    id = keep("Autumn")
    said = {"dataset": fingerprint, "start": "2023-03-01", "end": "2023-06-30", "search": f"?data={fingerprint}"}
    assert client.post(f"/campaigns/{id}/results/log", json=said).status_code == 200
    assert any("All of these days lie before" in line for line in keeper.results_of(id).warnings)


def test_the_csv_holds_what_is_drawn(client, keep, keeper, fingerprint):
    id = keep("Autumn")
    put(client, id, results_file(keeper, id), fingerprint)
    answer = client.get(f"/download/results/results.csv?data={fingerprint}&campaign={id}")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[-1]["segment"] == "All segments"
    assert int(rows[-1]["treated_customers"]) == sum(int(row["treated_customers"]) for row in rows[:-1])


def test_a_campaign_that_is_gone_is_said(draw, client, fingerprint):
    assert "no campaign" in text(page(draw, fingerprint, "nowhere"))
    assert put(client, "nowhere", "a,b\n1,2\n", fingerprint).status_code == 404


def test_results_are_cited_by_their_strategy_and_become_what_the_planner_expects(
    client, draw, keep, keeper, fingerprint
):
    advised = next(each.strategy.slug for each in keeper.playbook_board(View(fingerprint, k=4))
                   if each.advised and each.strategy.scope == "customers")  # fmt: skip
    here = f"?data={fingerprint}&k=4"
    planner = f"/planner{here}&strategy={advised}"
    assert "An assumption: +10 % to +30 %" in text(draw(planner, "planner-answer"))
    # Long ago, so that it keeps nobody from being written to now.
    id = keep("Autumn", strategy=advised, start=dt.date(2020, 1, 1), end=dt.date(2020, 2, 1))
    people, _ = keeper.campaign_record(id)
    people["ordered"] = [n % (3 if arm == "treated" else 5) == 0 for n, arm in enumerate(people["arm"])]
    put(client, id, people[["customer_id", "ordered"]].to_csv(index=False), fingerprint)
    (run,) = keeper.evidence()[advised]
    assert run.base == pytest.approx(people[people["arm"] == "holdout"]["ordered"].mean())
    cited = f"1 run, {100 * run.difference:+.1f} points".replace("-", "−")
    assert f"Tested: {cited}" in text(draw(f"/playbook{here}", "playbook-answer"))
    found = keeper.campaigns(View(fingerprint, k=4))
    segment = next(each for each in found.segments if any(one.strategy == advised for one in each.advice))
    drawn = text(draw(f"/campaigns{here}&idea={segment.slug}.{advised}", "campaigns-answer"))
    assert "Shown here so far" in drawn
    assert cited in drawn
    low, middle, high = keeper.learned_lifts(View(fingerprint, options=(("strategy", advised),)))
    assert middle == pytest.approx(run.difference / run.base)
    assert low < middle < high
    assert "Your own results of this strategy" in text(draw(planner, "planner-answer"))
    assert "Your own results" not in text(draw(f"{planner}&expected=50", "planner-answer"))
    assert f"Tested: {cited}" in text(draw(planner, "planner-answer"))


def test_a_strategy_that_did_harm_is_not_planned_as_if_nothing_were_known(client, draw, keep, keeper, fingerprint):
    advised = next(each.strategy.slug for each in keeper.playbook_board(View(fingerprint, k=4)) if each.advised)
    id = keep("Autumn", strategy=advised, start=dt.date(2020, 1, 1), end=dt.date(2020, 2, 1))
    people, _ = keeper.campaign_record(id)
    people["ordered"] = [n % (5 if arm == "treated" else 3) == 0 for n, arm in enumerate(people["arm"])]
    put(client, id, people[["customer_id", "ordered"]].to_csv(index=False), fingerprint)
    drawn = text(draw(f"/planner?data={fingerprint}&k=4&strategy={advised}", "planner-answer"))
    assert "An assumption: +10 % to +30 %" in drawn
    assert "though its own results were: 1 run, −" in drawn


def test_without_a_holdout_it_says_that_there_is_nothing_to_compare_with(client, draw, keep, keeper, fingerprint):
    id = keep("Everybody", files=0)
    people = pd.DataFrame(
        {"customer_id": [str(n) for n in range(50)], "segment": "", "arm": "treated", "state": "sent"}
    )
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(people.assign(reason="")), sink)
    keeper.ledger.files.add(id, "plain", fingerprint, "{}", sink.getvalue())
    body = people[["customer_id"]].assign(ordered="yes").to_csv(index=False)
    drawn = text(draw(put(client, id, body, fingerprint).json["href"], "results-answer"))
    assert "Nobody was held out, so there is nothing to compare with." in drawn
    assert "had an effect" not in drawn


def test_a_mail_tools_file_is_matched_by_address_and_of_a_table_too(client, keeper, tmp_path):
    lines = ["Customer ID,E-mail,Accepts Marketing,Age,Income,Total Spend,Orders"]
    lines += [f"M{n:03},p{n}@example.com,yes,{20 + n % 50},{20000 + 97 * n},{50 + 13 * (n % 40)},{1 + n % 9}"
              for n in range(200)]  # fmt: skip
    (tmp_path / "mailed.csv").write_text("\n".join(lines), encoding="utf-8")
    table = keeper.receive(tmp_path / "mailed.csv").fingerprint
    made = keeper.plan_campaign(View(table), Brief(name="May letter", wishes=WISHES, quiet_days=0))
    keeper.pack_campaign(made.id, "email-tool", tmp_path / "mailed.zip")
    people, _ = keeper.campaign_record(made.id)
    body = "Email Address,Opened,Purchases\n" + "\n".join(
        f"P{int(id[1:])}@Example.com,{int(arm == 'treated')},{int(id < 'M100')}"
        for id, arm in zip(people["customer_id"], people["arm"], strict=True)
    )
    assert put(client, made.id, body, table).status_code == 200
    found = keeper.results_of(made.id)
    assert found.whole.treated.converted + found.whole.holdout.converted == 100
    assert found.reactions == (("opened", found.whole.treated.customers, found.whole.treated.customers),)
    keeper.ledger.forget([table])
    keeper.delete(table)
