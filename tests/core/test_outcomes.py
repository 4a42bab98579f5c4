"""Results of kept campaigns: brought once, taken back and put back, judged as an independent statistician would."""

import io

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from scipy import stats
from scipy.optimize import minimize_scalar
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import test_proportions_2indep as proportions

from core.campaigns.ledger.brief import Brief
from core.campaigns.results import record, several
from core.campaigns.results.columns import WhichColumnError
from core.campaigns.results.lift import Arm, lift, money
from core.campaigns.results.ordering import days_of
from core.errors import ClienteleError, InputError, ParameterError
from core.intake.answers import Answers
from core.pipeline import Pipeline
from core.settings import Settings
from core.view import View

WISHES = (("cost", "0.5"), ("discount", "10"), ("holdout", "25"), ("margin", "40"))


@pytest.fixture
def pipeline(tmp_path):
    return Pipeline(Settings(home=tmp_path / "home"))


@pytest.fixture
def people():
    """2,000 customers of two segments, every fourth held back; what each spent."""
    draw = np.random.default_rng(5)
    number = np.arange(2000)
    arm = np.where(number % 4 == 0, "holdout", "treated")
    chance = np.where(arm == "treated", 0.16, 0.1)
    ordered = draw.random(2000) < chance
    return pd.DataFrame(
        {
            "customer_id": [f"C{each}" for each in number],
            "segment": np.where(number % 3 == 0, "Loyal", "Lost"),
            "arm": arm,
            "state": np.where(arm == "treated", "sent", "holdout"),
            "reason": "",
            "converted": ordered,
            "revenue": np.where(ordered, draw.integers(500, 9000, 2000) / 100, 0),
        }
    )


def packed(frame):
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(frame[["customer_id", "segment", "arm", "state", "reason"]]), sink)
    return sink.getvalue()


def keep(pipeline, frame, name="Autumn", strategy="win-back"):
    made = pipeline.ledger.add(View("0" * 16), "Shop", Brief(name=name, strategy=strategy, wishes=WISHES))
    pipeline.ledger.files.add(made.id, "plain", "0" * 16, "{}", packed(frame))
    return made.id


@pytest.fixture
def id(pipeline, people):
    return keep(pipeline, people)


@pytest.fixture
def bring(pipeline, tmp_path):
    def run(id, frame, name="results.csv", **roles):
        path = tmp_path / "brought.csv"
        path.write_text(frame if isinstance(frame, str) else frame.to_csv(index=False), encoding="utf-8")
        return pipeline.bring_results(id, path, name, Answers(roles=tuple(roles.items())))

    return run


def file_of(people, **names):
    return people[["customer_id", "converted", "revenue"]].rename(columns=names)


def score_p(x1, n1, x0, n0, gap):
    """Of a difference of two shares, with the likeliest shares that differ so found by searching."""

    def unlikely(p0):
        p1 = p0 + gap
        return -(x1 * np.log(p1) + (n1 - x1) * np.log(1 - p1) + x0 * np.log(p0) + (n0 - x0) * np.log(1 - p0))

    ends = max(0, -gap) + 1e-9, min(1, 1 - gap) - 1e-9
    p0 = minimize_scalar(unlikely, bounds=ends, method="bounded", options={"xatol": 1e-10}).x
    p1, n = p0 + gap, n1 + n0
    spread = (p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0) * n / (n - 1)
    return 2 * stats.norm.sf(abs(x1 / n1 - x0 / n0 - gap) / np.sqrt(spread))


def test_a_campaign_without_results_has_none(pipeline, id):
    assert pipeline.results_of(id) is None
    assert pipeline.results_frame(id).empty


def test_the_figures_are_those_that_statsmodels_and_scipy_find(pipeline, id, people, bring):
    bring(id, file_of(people, customer_id="Kundennr", converted="Bestellt", revenue="Umsatz"))
    whole = pipeline.results_of(id).whole
    t, h = people[people["arm"] == "treated"], people[people["arm"] == "holdout"]
    counts = t["converted"].sum(), len(t), h["converted"].sum(), len(h)
    assert (
        whole.treated.converted,
        whole.treated.customers,
        whole.holdout.converted,
        whole.holdout.customers,
    ) == counts
    # An end of a 95 % interval is where the score test against that value has p = 0.05.
    for end in (whole.lift.difference.low, whole.lift.difference.high):
        assert score_p(*counts, end) == pytest.approx(0.05, abs=1e-4)
    for end in (whole.lift.relative.low, whole.lift.relative.high):
        at = proportions(*counts, value=1 + end, compare="ratio", method="score")
        assert at.pvalue == pytest.approx(0.05, abs=1e-4)
    assert whole.lift.p == pytest.approx(proportions(*counts, compare="diff", method="score").pvalue)
    found = stats.ttest_ind(t["revenue"], h["revenue"], equal_var=False)
    ends = found.confidence_interval()
    assert whole.money.p == pytest.approx(found.pvalue)
    assert (whole.money.each.low / 100, whole.money.each.high / 100) == pytest.approx((ends.low, ends.high))
    assert whole.money.revenue.value / 100 == pytest.approx(len(t) * (t["revenue"].mean() - h["revenue"].mean()))


def test_profit_takes_goods_discount_and_contacts_off(pipeline, id, people, bring):
    bring(id, file_of(people))
    profit = pipeline.results_of(id).whole.money.profit
    t, h = people[people["arm"] == "treated"], people[people["arm"] == "holdout"]
    # A price of 100 is paid as 90, and 60 of it are goods: a third of what is paid is left, 40 % where none is let off.
    kept, usual = t["revenue"] / 0.9 - 0.6 * t["revenue"] / 0.9 - 0.1 * t["revenue"] / 0.9, 0.4 * h["revenue"]
    ends = stats.ttest_ind(kept, usual, equal_var=False).confidence_interval()
    expected = [len(t) * each - 0.5 * len(t) for each in (kept.mean() - usual.mean(), ends.low, ends.high)]
    assert [each / 100 for each in (profit.value, profit.low, profit.high)] == pytest.approx(expected)


def test_without_a_discount_profit_is_margin_on_the_revenue_less_the_cost():
    found = money(Arm(100, 10, 5000, 900000), Arm(50, 4, 1800, 400000), margin=0.4, cost_cents=300)
    assert found.profit.value == pytest.approx(0.4 * found.revenue.value - 300)
    assert found.profit.low == pytest.approx(0.4 * found.revenue.low - 300)


def test_several_segments_are_allowed_for_as_statsmodels_does():
    lifts = [lift(Arm(400, x), Arm(400, y)) for x, y in ((60, 40), (50, 48), (71, 40), (44, 45))]
    found = several.compare(lifts)
    assert found.p == pytest.approx(multipletests([each.p for each in lifts], method="holm")[1])
    errors = [(each.difference.high - each.difference.low) / (2 * stats.norm.ppf(0.975)) for each in lifts]
    q = combine_effects(np.array([each.difference.value for each in lifts]), np.square(errors)).q
    assert found.differ == pytest.approx(stats.chi2.sf(q, 3))
    assert several.compare(lifts[:1]) is None


def test_the_same_file_counts_once_whatever_it_is_called(pipeline, id, people, bring):
    first, new = bring(id, file_of(people))
    before = pipeline.results_of(id)
    again, twice = bring(id, file_of(people), "the same once more.csv")
    assert (new, twice, again.number, again.made) == (True, False, first.number, first.made)
    assert pipeline.results_of(id) == before
    assert pipeline.ledger.get(id).results == 1


def test_the_same_results_count_once_however_they_are_saved(pipeline, id, people, bring):
    bring(id, file_of(people))
    before = pipeline.results_of(id)
    saved = file_of(people, customer_id="Kunde", converted="Bestellt", revenue="Umsatz").iloc[::-1, ::-1]
    _, new = bring(id, saved.to_csv(index=False, sep=";", decimal=","), "results.txt")
    assert not new
    assert pipeline.results_of(id) == before
    assert bring(id, file_of(people.assign(revenue=people["revenue"] * 2)), "next week.csv")[1]
    assert not any("several rows that differ" in each for each in pipeline.results_of(id).warnings)


def test_two_files_add_up(pipeline, id, people, bring):
    bring(id, file_of(people[:900]), "one.csv")
    bring(id, file_of(people[900:]), "two.csv")
    apart = pipeline.results_of(id)
    other = keep(pipeline, people, "Other")
    bring(other, file_of(people))
    assert apart.whole == pipeline.results_of(other).whole


def test_orders_that_stand_in_two_files_are_warned_of(pipeline, id, people, bring):
    bring(id, file_of(people), "week 1.csv")
    bring(id, file_of(people.assign(revenue=people["revenue"] + people["converted"])), "weeks 1 and 2.csv")
    assert any("in more than one file" in each and "take the earlier one back" in each
               for each in pipeline.results_of(id).warnings)  # fmt: skip


def test_results_are_taken_back_and_put_back_and_the_history_tells(pipeline, id, people, bring):
    brought, _ = bring(id, file_of(people))
    found = pipeline.results_of(id)
    pipeline.outcome_book.drop(id, brought.number, "Ana")
    assert pipeline.results_of(id) is None
    assert pipeline.ledger.get(id).results == 0
    pipeline.outcome_book.restore(id, brought.number)
    assert pipeline.results_of(id) == found
    pipeline.outcome_book.drop(id, brought.number)
    assert bring(id, file_of(people)) == (brought, True)
    said = [event.words for event in pipeline.ledger.get(id).history][:2]
    assert said == ["Results of results.csv put back", "Results of results.csv taken back"]


def test_a_file_of_another_campaign_is_refused_by_name_and_nothing_changes(pipeline, id, people, bring):
    spring = people.assign(customer_id="S" + people["customer_id"])
    keep(pipeline, spring, "Spring")
    bring(id, file_of(people))
    before = pipeline.results_of(id)
    with pytest.raises(InputError, match="2,000 of its 2,000 customers were in “Spring”"):
        bring(id, file_of(spring), "spring results.csv")
    with pytest.raises(InputError, match="of Spring, not of Autumn"):
        bring(id, file_of(people).assign(campaign="Spring"), "s.csv")
    with pytest.raises(InputError, match="0 were in the campaign"):
        bring(id, "customer_id,converted\nX1,yes\nX2,no\n", "x.csv")
    assert pipeline.results_of(id) == before


def test_strangers_are_told_and_not_counted(pipeline, id, people, bring):
    strange = pd.DataFrame({"customer_id": ["Z1", "Z2"], "converted": True, "revenue": 9.0})
    bring(id, pd.concat([file_of(people), strange]))
    found = pipeline.results_of(id)
    assert found.whole.treated.customers + found.whole.holdout.customers == 2000
    assert "2 of the 2,002 customers of the file were never in the campaign; they are not counted." in found.warnings


def test_a_column_that_cannot_be_guessed_is_asked_for_and_said(pipeline, id, people, bring):
    odd = file_of(people, converted="xx", revenue="yy")
    with pytest.raises(WhichColumnError) as asked:
        bring(id, odd)
    assert asked.value.roles == ("converted", "revenue")
    assert set(asked.value.headers) == {"xx", "yy"}
    bring(id, odd, converted="xx", revenue="yy")
    assert pipeline.results_of(id).whole.treated.converted == people[people["arm"] == "treated"]["converted"].sum()


def test_who_opened_is_kept_and_waits_for_who_ordered(pipeline, id, people, bring):
    bring(id, people[["customer_id"]].assign(opened="yes")[people["arm"] == "treated"], "opens.csv")
    assert pipeline.results_of(id) is None
    assert len(pipeline.brought_for(id)) == 1
    bring(id, file_of(people))
    assert pipeline.results_of(id).reactions == (("opened", 1500, 1500),)


def test_a_file_that_names_nobody_of_the_holdout_is_no_comparison(pipeline, id, people, bring):
    mailed = people[people["converted"] & (people["arm"] == "treated")]
    bring(id, file_of(mailed))
    found = pipeline.results_of(id)
    assert "names nobody of the holdout" in found.doubts[0]
    assert found.sentence.startswith("The arms are no fair comparison as a whole, so nothing follows from them yet")
    assert pipeline.evidence() == {}


def test_a_campaign_is_evidence_for_its_strategy(pipeline, id, people, bring):
    bring(id, file_of(people))
    (run,) = pipeline.evidence()["win-back"]
    gap = pipeline.results_of(id).whole.lift.difference
    assert (run.difference, run.low, run.high, run.treated, run.holdout) == (gap.value, gap.low, gap.high, 1500, 500)
    pipeline.ledger.archive(id)
    assert len(pipeline.evidence()["win-back"]) == 1
    pipeline.ledger.delete(id)
    assert pipeline.evidence() == {}


def test_results_wait_for_the_files_of_a_campaign(pipeline, bring, people):
    made = pipeline.ledger.add(View("0" * 16), "Shop", Brief(name="Early"))
    with pytest.raises(ParameterError, match="No file was made for “Early”"):
        bring(made.id, file_of(people))


def test_several_files_of_a_campaign_are_one_record():
    columns = ["customer_id", "segment", "arm", "state", "reason"]
    mail = [("A", "s", "treated", "sent", ""), ("B", "s", "treated", "rejected", "no e-mail"),
            ("C", "s", "holdout", "rejected", "no e-mail"), ("D", "s", "holdout", "rejected", "suppressed"),
            ("E", "s", "treated", "sent", "")]  # fmt: skip
    ads = [("A", "s", "treated", "rejected", record.AFTERWARDS), ("B", "s", "treated", "sent", ""),
           ("C", "s", "holdout", "holdout", ""), ("D", "s", "holdout", "rejected", "suppressed"),
           ("E", "s", "holdout", "holdout", "")]  # fmt: skip
    tables = [pa.Table.from_pandas(pd.DataFrame(rows, columns=columns)) for rows in (mail, ads)]
    rows, moved = record.union(tables, "Autumn")
    found = {row.customer_id: (row.arm, row.state) for row in rows.sort_values("customer_id").itertuples()}
    assert found == {"A": ("treated", "sent"), "B": ("treated", "sent"), "C": ("holdout", "holdout"),
                     "D": ("holdout", "rejected"), "E": ("treated", "sent")}  # fmt: skip
    assert moved == 1


def test_the_table_to_take_along_holds_every_segment_and_the_whole(pipeline, id, people, bring):
    bring(id, file_of(people))
    frame = pipeline.results_frame(id).set_index("segment")
    assert list(frame.index) == ["Lost", "Loyal", "All segments"]
    parts = frame.loc[["Lost", "Loyal"]]
    for column in ("treated_customers", "treated_ordered", "holdout_customers", "treated_revenue", "contacts"):
        assert parts[column].sum() == pytest.approx(frame.at["All segments", column])


def test_forgetting_the_dataset_takes_the_results_along(pipeline, id, people, bring):
    bring(id, file_of(people))
    pipeline.ledger.forget(["0" * 16])
    assert pipeline.outcome_book.having() == []
    with pytest.raises(ClienteleError):
        pipeline.results_of(id)


def test_a_log_is_kept_once_a_later_one_counts_and_it_stays_when_the_dataset_is_gone(pipeline, tmp_path):
    lines = ["InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"]
    for n in range(400):
        day = 1 + n % 28
        month = 11 if n % 5 == 0 else 6
        lines.append(
            f"{5000 + n},{100 + n % 20},THING,{1 + n % 4},2011-{month:02}-{day:02} 10:00,2.5,{7000 + n},Germany"
        )
    path = tmp_path / "log.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    dataset = pipeline.receive(path, name="Shop")
    state = ["holdout" if n % 4 == 0 else "sent" for n in range(400)]
    arm = ["holdout" if each == "holdout" else "treated" for each in state]
    ids = [str(7000 + n) for n in range(400)]
    frame = pd.DataFrame({"customer_id": ids, "segment": "All", "arm": arm, "state": state, "reason": ""})
    id = keep(pipeline, frame)
    ((found, span, known),) = pipeline.logs_for(id)
    assert (found.fingerprint, known, str(span.end)) == (dataset.fingerprint, 400, "2011-11-28")
    early = pipeline.results_from_log(id, View(dataset.fingerprint), days_of("2011-11-01", "2011-11-10"))
    assert early[1]
    short = pipeline.results_of(id).whole
    pipeline.results_from_log(id, View(dataset.fingerprint), days_of("2011-11-01", "2011-12-05"))
    long = pipeline.results_of(id)
    assert (short.treated.converted + short.holdout.converted) < 80
    assert long.whole.treated.converted + long.whole.holdout.converted == 80
    assert long.whole.holdout.converted == sum(n % 5 == 0 and n % 4 == 0 for n in range(400)) == 20
    assert long.whole.treated.cents + long.whole.holdout.cents == sum(250 * (1 + n % 4) for n in range(0, 400, 5))
    assert any("log ends on 28 November 2011" in each for each in long.warnings)
    with pytest.raises(InputError, match="none of the days"):
        pipeline.results_from_log(id, View(dataset.fingerprint), days_of("2012-01-01", "2012-02-01"))
    pipeline.cache.clear()
    pipeline.delete(dataset.fingerprint)
    assert pipeline.results_of(id) == long
    pipeline.purge(dataset.fingerprint)
    assert pipeline.outcome_book.all(id) == []
    assert pipeline.results_of(id) is None
