"""An audience while it is built: each part, the plan, the funnel and the members count the same customers."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.campaigns.ledger.brief import Brief
from core.campaigns.ranges import ANY, Range
from core.campaigns.targeting.who import Part, Who
from core.errors import NotEnoughDataError, ParameterError
from core.pipeline import Pipeline, View
from core.settings import Settings
from tests import people_tables
from tests.core import logs

FIRST, MANY = dt.datetime(2024, 1, 2, 10), 60
PLACES, GOODS = ("Germany", "France", "Italy"), {"T1": "TEA SET", "C1": "CAKE TIN", "C2": "CAKE STAND"}


def orders(n):
    return n % 4 + 1


def day(n):
    """Of the last order of customer n, from the first day on."""
    return 5 * n + n % 4


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """60 customers; number n orders n % 4 + 1 times one thing from one country; of two in three consent is known."""
    folder, rows, number = tmp_path_factory.mktemp("parts"), [], 1
    for n in range(MANY):
        for turn in range(orders(n)):
            at = (FIRST + dt.timedelta(days=5 * n + turn)).isoformat(sep=" ")
            code = [*GOODS][n % 3 if n % 2 else 0]
            rows.append(
                logs.row(order=number, customer=1000 + n, date=at, quantity=1 + n % 3, price=2 + n, code=code,
                         name=GOODS[code], country=PLACES[n % 3])
            )  # fmt: skip
            number += 1
    pipeline = Pipeline(Settings(home=folder / "home"))
    stored = pipeline.receive(logs.write(folder, logs.text(rows)), name="Little shop")
    said = ["yes", "no", None]
    contacts = pd.DataFrame([(str(1000 + n), "a@b.de", said[n % 5 % 3]) for n in range(MANY)],
                            columns=["customer_id", "email", "consent"])  # fmt: skip
    contacts.to_parquet(pipeline.store.raw(stored.fingerprint).with_name("contacts.parquet"))
    view = View(stored.fingerprint, rules="notebook", k=3, prepare="standard")
    marks = {"segment": pipeline.segmentation(view).labels, "group": pipeline.rfm(view).scores["group"].tolist()}
    return pipeline, view, marks


def holds(part, marks):
    """Who is in a part, by the rules that the shop was made by."""

    def fits(n):
        code = [*GOODS][n % 3 if n % 2 else 0]
        consent = ["yes", "no", None][n % 5 % 3]
        ranges = {part.recency: day(MANY - 1) - day(n) + 1, part.orders: orders(n),
                  part.spend: orders(n) * (1 + n % 3) * (2 + n) * 100}  # fmt: skip
        return (
            (not part.segments or marks["segment"][n] in part.segments)
            and (not part.groups or marks["group"][n] in part.groups)
            and (not part.countries or PLACES[n % 3] in part.countries)
            and (not part.products or code in part.products)
            and (not part.consent or consent in {"yes": ("yes",), "asked": ("yes", "no")}[part.consent])
            and all(
                (r.low is None or value >= r.low) and (r.high is None or value <= r.high) for r, value in ranges.items()
            )
        )

    return {n for n in range(MANY) if fits(n)}


def some(values, most=2):
    return st.one_of(st.just(()), st.lists(st.sampled_from(values), max_size=most, unique=True).map(sorted).map(tuple))


def ranges(most):
    ends = st.tuples(st.none() | st.integers(0, most), st.none() | st.integers(0, most))
    return st.one_of(st.just(ANY), ends.map(lambda e: Range(*(sorted(e) if None not in e else e))))


parts = st.builds(
    Part, segments=some([1, 2, 3]), groups=some(["champions", "loyal", "lost", "recent"]), countries=some(PLACES),
    products=some([*GOODS]), recency=ranges(300), orders=ranges(4), spend=ranges(90_000),
    consent=st.sampled_from(["", "", "yes", "asked"]),
).filter(lambda part: part != Part())  # fmt: skip
audiences = st.builds(Who, st.lists(parts, max_size=3).map(tuple), st.lists(parts, max_size=2).map(tuple))
filters = st.fixed_dictionaries({}, optional={
    "countries": st.just(("Germany", "France")), "orders": st.just("2.."), "period": st.just("last-150"),
    "segments": st.just((1, 2)),
})  # fmt: skip


def left(n, wanted, marks):
    """Whom the filters of the page leave; the period counts any order in the last 150 days."""
    last = day(MANY - 1)
    return (
        ("countries" not in wanted or PLACES[n % 3] in wanted["countries"])
        and ("orders" not in wanted or orders(n) >= 2)
        and ("period" not in wanted or day(n) > last - 150)
        and ("segments" not in wanted or marks["segment"][n] in wanted["segments"])
    )


@settings(max_examples=20, deadline=None)
@given(who=audiences, wanted=filters)
def test_every_page_counts_the_same_customers_of_an_order_log(shop, who, wanted):
    pipeline, view, marks = shop
    view = view.but(**wanted, who=who.text or None)
    among = {n for n in range(MANY) if left(n, wanted, marks)}
    include, exclude = [holds(part, marks) & among for part in who.include], [holds(p, marks) for p in who.exclude]
    union = set().union(*include) if include else among
    expected = union.difference(*exclude)
    found = pipeline.audience_parts(view)
    assert found.of == len(among)
    assert found.include == [len(each) for each in include]
    assert found.exclude == [len(each & among) for each in exclude]
    assert found.taken == [len(each & union) for each in exclude]
    assert found.customers == len(expected)
    members = pipeline.audience_members(view, who)
    assert set(members["customer_id"]) == {str(1000 + n) for n in expected}
    assert pipeline.funnel(view, Brief(who=who)).audience == len(expected)
    if expected:
        assert pipeline.plan(view).customers == len(expected)
    else:
        with pytest.raises(NotEnoughDataError):
            pipeline.plan(view)


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    folder = tmp_path_factory.mktemp("table")
    pipeline = Pipeline(Settings(home=folder / "home"))
    file = people_tables.write(folder / "c.csv", people_tables.customers(), people_tables.CUSTOMERS)
    return pipeline, View(pipeline.receive(file).fingerprint)


of_table = st.builds(Part, segments=some([1, 2]), orders=ranges(25), spend=ranges(150_000)).filter(
    lambda part: part != Part()
)


@settings(max_examples=15, deadline=None)
@given(include=st.lists(of_table, max_size=3), exclude=st.lists(of_table, max_size=2), only=st.booleans())
def test_every_page_counts_the_same_customers_of_a_table(table, include, exclude, only):
    pipeline, view = table
    frame = people_tables.customers()
    segment = dict(zip(*pipeline._roster(view).frame[["customer_id", "segment"]].to_numpy().T, strict=True))
    frame = frame.assign(segment=frame["id"].map(segment), orders=frame["web"] + frame["store"])

    def inside(part):
        holds = frame["segment"].isin(part.segments) if part.segments else frame["id"].notna()
        for limits, value in ((part.orders, frame["orders"]), (part.spend, frame["total_spend"] * 100)):
            low, high = limits.low, limits.high
            if limits:
                holds &= (value >= (low if low is not None else -1)) & (value <= (high if high is not None else 1e12))
        return holds

    among = frame["segment"].eq(1) if only else frame["id"].notna()
    expected = among & (pd.concat(map(inside, include), axis=1).any(axis=1) if include else True)
    for part in exclude:
        expected &= ~inside(part)
    who = Who(tuple(include), tuple(exclude))
    view = view.but(segments=(1,) if only else (), who=who.text or None)
    found = pipeline.audience_parts(view)
    assert (found.of, found.customers) == (among.sum(), expected.sum())
    assert found.include == [(inside(part) & among).sum() for part in include]
    assert set(pipeline.audience_members(view, who)["customer_id"]) == set(frame["id"][expected])
    assert pipeline.funnel(view, Brief(who=who)).audience == expected.sum()
    if expected.any():
        assert pipeline.plan(view).customers == expected.sum()


def test_choices_count_whom_the_filters_leave(shop):
    pipeline, view, marks = shop
    found = pipeline.audience_choices(view)
    assert found.of == MANY == sum(found.segments.values()) == sum(found.groups.values())
    assert found.countries == [(place, 20) for place in sorted(PLACES)]
    assert found.consent == {"yes": 24, "asked": 48}
    assert found.bounds["orders"] == (1, 4)
    few = pipeline.audience_choices(view.but(countries=("France",), orders="3.."))
    fit = [n for n in range(MANY) if n % 3 == 1 and orders(n) >= 3]
    assert (few.of, few.countries) == (len(fit), [("France", len(fit))])
    assert few.segments == {s: n for s in (1, 2, 3) if (n := sum(marks["segment"][i] == s for i in fit))}


def test_products_are_found_by_code_and_name_with_their_buyers(shop):
    pipeline, view, _ = shop
    found = pipeline.find_products(view, "  CAKE ")
    assert found.total == 2
    assert dict(found.rows[["code", "customers"]].to_numpy()) == {"C1": 10, "C2": 10}
    assert pipeline.find_products(view, "cake st").rows["name"].tolist() == ["CAKE STAND"]
    assert pipeline.find_products(view, "t1").rows[["code", "customers"]].to_numpy().tolist() == [["T1", 40]]
    assert pipeline.find_products(view, "100%_").total == 0


@pytest.mark.parametrize(
    ("part", "named"),
    [
        (Part(segments=(9,)), "segment '9'"),
        (Part(groups=("kings",)), "RFM group 'kings'"),
        (Part(countries=("Atlantis",)), "country 'Atlantis'"),
        (Part(products=("T1", "none such")), "product 'none such'"),
    ],
)
def test_what_the_dataset_does_not_hold_is_named_and_left_out(shop, part, named):
    pipeline, view, _ = shop
    asked = view.but(who=Who((Part(segments=(1,)),), (part,)).text)
    with pytest.raises(ParameterError, match=named):
        pipeline.check_who(asked)
    checked, problems = pipeline.check(asked)
    assert checked.option("who") == ""
    assert [named in problem.message for problem in problems] == [True]


def test_a_table_is_asked_for_nothing_that_only_orders_tell(table):
    pipeline, view = table
    for part, why in ((Part(countries=("France",)), "no orders"), (Part(consent="yes"), "consent")):
        with pytest.raises(ParameterError, match=why):
            pipeline.check_who(view.but(who=Who((part,)).text))


def test_an_audience_is_told_in_words(shop):
    pipeline, view, _ = shop
    who = Who((Part(products=("T1",), orders=Range(low=2)), Part(consent="yes")), (Part(countries=("Italy",)),))
    said = "(at least 2 orders and bought TEA SET) or agreed to be written to, but not in Italy"
    assert pipeline.who_in_words(view, who) == said
    assert pipeline.who_in_words(view.but(countries=("France",)), who) == f"{said}; of these only in France"


def test_when_contacts_change_consent_is_counted_anew(shop):
    pipeline, view, _ = shop
    asked, (file,) = view.but(who=Who((Part(consent="yes"),)).text), pipeline._contact_files(view)
    before = file.read_bytes()
    try:
        rows = pd.read_parquet(file)
        rows.assign(consent="no").to_parquet(file)
        assert pipeline.audience_parts(asked).customers == 0
    finally:
        file.write_bytes(before)
    assert pipeline.audience_parts(asked).customers == 24
