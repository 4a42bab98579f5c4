"""The playbooks for customer tables and surveys serve every profile, and use all that they hold."""

import pytest

from core.campaigns import playbook
from core.campaigns.advice import MOST, advise
from core.campaigns.measures import MEASURES
from core.campaigns.people import PEOPLE_MEASURES, Facts
from core.campaigns.strategies import WORDS, Playbook
from core.campaigns.words import fields, render
from core.errors import InputError
from tests.core.people import survey_grid, table_grid

GRIDS = {"customers": table_grid, "survey": survey_grid}
FILES = {"customers": "playbook_tables.toml", "survey": "playbook_surveys.toml"}
EXAMPLES = {
    "percent": 0.3,
    "number": 2.5,
    "times": 1.4,
    "count": 40.0,
    "days": 61.0,
    "money": 12_500.0,
    "text": "Often",
}


@pytest.fixture(scope="module", params=list(GRIDS))
def book(request: pytest.FixtureRequest) -> Playbook:
    return playbook.load(playbook.SHIPPED.with_name(FILES[request.param]))


@pytest.fixture(scope="module")
def advised(book: Playbook) -> list[list[str]]:
    audience = book.about("customers")
    return [[each.strategy for each in advise(facts, audience, MOST)] for facts in GRIDS[book.kind]()]


def fallback(book: Playbook, scope: str) -> str:
    return next(strategy.slug for strategy in book.about(scope).strategies if strategy.fallback)


def test_each_kind_of_dataset_has_a_playbook_of_its_own(book: Playbook) -> None:
    assert book.kind in FILES
    assert playbook.shipped("transactions") == playbook.load()


def test_a_table_borrows_what_a_survey_knows_but_keeps_its_own_fallbacks(book: Playbook) -> None:
    whole = playbook.shipped(book.kind)
    slugs = [strategy.slug for strategy in whole.strategies]
    assert {"premium-circle", "answer-faster"} <= {*slugs}
    assert len(slugs) == len({*slugs})
    for scope in ("customers", "shop"):
        assert [s for s in whole.about(scope).strategies if s.fallback] == [
            s for s in book.about(scope).strategies if s.fallback
        ]


def test_every_profile_of_the_grid_gets_one_to_five_strategies(advised: list[list[str]]) -> None:
    assert len(advised) > 5_000
    assert all(1 <= len(found) <= 5 and len(found) == len(set(found)) for found in advised)


def test_the_fallback_serves_under_5_percent_of_the_grid(book: Playbook, advised: list[list[str]]) -> None:
    assert sum(fallback(book, "customers") in found for found in advised) < 0.05 * len(advised)


def test_no_strategy_is_out_of_reach(book: Playbook, advised: list[list[str]]) -> None:
    reached = {slug for found in advised for slug in found} | {fallback(book, "customers")}
    assert {strategy.slug for strategy in book.about("customers").strategies} - reached == set()


def test_no_two_strategies_for_a_profile_contradict_each_other(book: Playbook, advised: list[list[str]]) -> None:
    by_slug = {strategy.slug: strategy for strategy in book.strategies}
    for pair in {(a, b) for found in advised for a in found for b in found if a != b}:
        assert not by_slug[pair[0]].clashes(by_slug[pair[1]]), pair


def test_every_template_renders(book: Playbook) -> None:
    facts: Facts = {name: EXAMPLES[unit] for name, unit in PEOPLE_MEASURES.items()} | {"customers": 100.0}
    for strategy in book.strategies:
        texts = [render(getattr(strategy, word), facts) for word in WORDS]
        assert not any("{" in text or "nan" in text.lower().split() for text in texts), strategy.slug


def test_words_are_short_plain_and_whole_sentences(book: Playbook) -> None:
    for strategy in book.strategies:
        assert len(strategy.title) <= 50, strategy.slug
        texts = [getattr(strategy, word) for word in WORDS]
        assert all(text[-1] in ".?!}" or text is strategy.title for text in texts), strategy.slug
        assert not any(word in " ".join(texts) for word in ("—", "cluster", "  ")), strategy.slug


def test_every_reason_but_a_fallbacks_speaks_in_the_segments_own_numbers(book: Playbook) -> None:
    for strategy in book.strategies:
        assert fields(strategy.reason) or strategy.fallback, strategy.slug


def test_a_profile_of_which_nothing_is_known_gets_the_fallback(book: Playbook) -> None:
    found = advise({"customers": 10.0, "share": 0.1, "currency": ""}, book.about("customers"))
    assert [each.strategy for each in found] == [fallback(book, "customers")]


def test_the_whole_shop_is_advised_where_much_is_known_and_has_a_fallback_where_nothing_is(book: Playbook) -> None:
    facts: Facts = {name: EXAMPLES[unit] for name, unit in PEOPLE_MEASURES.items()} | {"customers": 100.0}
    facts |= {"lookers_share": 0.6, "best_share": 0.5, "responders_share": 0.3, "store_share": 0.5, "web_share": 0.3}
    assert len(advise(facts, book.about("shop"), MOST)) >= 4
    (alone,) = advise({"customers": 10.0}, book.about("shop"))
    assert alone.strategy == fallback(book, "shop")


def test_every_strategy_for_the_whole_shop_can_be_reached(book: Playbook) -> None:
    everything: Facts = {name: 0.51 for name, unit in PEOPLE_MEASURES.items() if unit not in ("text", "money")}
    everything |= {name: "Often" for name, unit in PEOPLE_MEASURES.items() if unit == "text"}
    stores = everything | {"web_share": 0.3, "responders_share": 0.3}
    reached = {slug for facts in (everything, stores, {"customers": 9.0}) for slug in _shop(facts, book)}
    assert {strategy.slug for strategy in book.about("shop").strategies} == reached


def _shop(facts: Facts, book: Playbook) -> list[str]:
    return [each.strategy for each in advise(facts, book.about("shop"), MOST)]


def test_a_measure_of_order_logs_is_unknown_to_a_playbook_for_surveys() -> None:
    strategy = {"slug": "wait", "scope": "customers", "rank": 1, **dict.fromkeys(WORDS, "Wait.")}
    with pytest.raises(InputError, match="the measure 'order_value' is unknown"):
        playbook.parse({"kind": "survey", "strategy": [strategy | {"reason": "{order_value} an order."}]})


def test_a_playbook_for_an_unknown_kind_is_refused() -> None:
    with pytest.raises(InputError, match="unknown kind 'weather'"):
        playbook.parse({"kind": "weather", "strategy": [{}]})


def test_a_measure_that_two_kinds_share_has_one_unit() -> None:
    assert {name for name in {*MEASURES} & {*PEOPLE_MEASURES} if MEASURES[name] != PEOPLE_MEASURES[name]} == set()


# What published projects propose, and where each stands.
PUBLISHED = {
    "transactions": {
        "loyalty tiers by spend": "loyalty-tiers", "VIP": "named-contact", "early access": "early-access",
        "win-back with time-limited offers": "dated-win-back", "reminders of new products": "remind-new-products",
        "upsell": "upsell", "cross-sell": "cross-sell", "urgency reactivation": "win-back-once",
        "discount codes": "small-code", "free shipping": "free-delivery-threshold", "inventory by season": "stock-up",
        "high-value regions": "invest-in-region",
    },
    "customers": {
        "VIP": "premium-circle", "online experience": "website-first", "cross-sell": "cross-sell-ranges",
        "win-back": "win-back-table", "reactivation": "reactivate-visitors", "discount codes": "discount-code",
        "free shipping": "free-shipping", "early access": "first-look", "upsell": "room-to-grow",
        "personal offers": "personal-offer", "loyalty": "small-steps",
    },
    "survey": {
        "service": "answer-faster", "quality": "as-described", "shipping": "promise-a-day",
        "packaging": "pack-with-less", "online experience": "fewer-steps", "reviews": "reviews-where-they-decide",
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", PUBLISHED)
def test_the_strategies_of_published_projects_are_shipped(kind: str) -> None:
    shipped = {strategy.slug for strategy in playbook.shipped(kind).strategies}
    assert {what for what, slug in PUBLISHED[kind].items() if slug not in shipped} == set()
