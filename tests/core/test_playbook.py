import copy
import tomllib

import pytest

from core.campaigns import playbook
from core.campaigns.measures import MEASURES
from core.campaigns.strategies import WORDS, Condition
from core.campaigns.words import days, fields, money, percent, render
from core.errors import InputError

ENTRY = {"slug": "wait", "scope": "customers", "rank": 10, **dict.fromkeys(WORDS, "Wait.")}


def book(**changes: object) -> dict:
    """A playbook of a fallback and one more strategy, that one changed."""
    other = ENTRY | {"slug": "act", "when": [{"measure": "share", "above": 0.5}]} | changes
    return {"strategy": [ENTRY, {key: value for key, value in other.items() if value is not None}]}


def when(**condition: object) -> dict:
    return {"when": [condition]}


def test_the_shipped_playbook_loads_with_one_fallback_for_each_scope() -> None:
    shipped = playbook.load()
    assert {s.slug for s in shipped.strategies if s.fallback} == {"stay-in-touch", "keep-a-calendar"}
    assert len(shipped.about("customers").strategies) >= 20
    assert len(shipped.about("shop").strategies) >= 5


@pytest.mark.parametrize(
    "tag",
    ["loyalty", "best", "personal", "win-back", "new-products", "one-time", "new", "growth", "basket", "discount",
     "free-delivery", "region", "stock", "timing", "referral", "stop"],
)  # fmt: skip
def test_the_shipped_playbook_covers_every_kind_of_play(tag: str) -> None:
    assert any(tag in strategy.tags for strategy in playbook.load().strategies)


def test_a_title_is_short_and_no_word_is_left_over() -> None:
    for strategy in playbook.load().strategies:
        assert len(strategy.title) <= 50, strategy.slug
        texts = [getattr(strategy, word) for word in WORDS]
        assert all(text[-1] in ".?!}" or text is strategy.title for text in texts), strategy.slug
        assert not any(word in " ".join(texts) for word in ("—", "cluster", "  ")), strategy.slug


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (when(measure="mood", above=1), "Strategy 'act', key 'when': asks for the unknown measure 'mood'"),
        (when(measure="monetary", above=1), "Strategy 'act', key 'when': asks for 'monetary', which is money"),
        (when(measure="home", above=1), "Strategy 'act', key 'when': asks for 'home', which is text"),
        (when(measure="share"), "Strategy 'act', key 'when': gives 'share' no usable bound"),
        (when(measure="share", over=1), "Strategy 'act', key 'when': gives 'share' no usable bound"),
        (when(measure="share", above="1"), "Strategy 'act', key 'when': gives 'share' no usable bound"),
        ({"when": ["share"]}, "Strategy 'act', key 'when': asks for the unknown measure None"),
        ({"when": "share"}, "Strategy 'act', key 'when': is not a list of conditions"),
        ({"reason": "{mood} is low."}, "Strategy 'act', key 'reason': the measure 'mood' is unknown"),
        ({"reason": "{share:loud} of all."}, "Strategy 'act', key 'reason': the format 'loud' of 'share' is unknown"),
        ({"timing": "{share of all."}, "Strategy 'act', key 'timing': "),
        ({"offer": None}, "Strategy 'act', key 'offer': is missing"),
        ({"title": " "}, "Strategy 'act', key 'title': is missing"),
        ({"rank": 101}, "Strategy 'act', key 'rank': is 101"),
        ({"rank": True}, "Strategy 'act', key 'rank': is True"),
        ({"scope": "staff"}, "Strategy 'act', key 'scope': is 'staff'"),
        ({"tags": "best"}, "Strategy 'act', key 'tags': is not a list of words"),
        ({"never_with": ["noise"]}, "Strategy 'act', key 'never_with': names the tag 'noise', which no strategy has"),
        ({"color": "red"}, "Strategy 'act', key 'color': is unknown"),
        ({"slug": "wait"}, "Strategy 'wait', key 'slug': is used twice"),
        ({"slug": None}, "Strategy number 2, key 'slug': is missing"),
        ({"when": None}, "The playbook has 2 fallbacks for customers: wait, act"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_refused_by_strategy_and_key(changes: dict, message: str) -> None:
    with pytest.raises(InputError) as refused:
        playbook.parse(book(**changes))
    assert refused.value.message.startswith(message)


def test_a_right_entry_is_read() -> None:
    strategy = playbook.parse(book()).strategies[1]
    assert strategy.when == (Condition("share", above=0.5),)
    assert strategy.reason == "Wait."


def test_a_playbook_without_strategies_is_refused() -> None:
    with pytest.raises(InputError, match="holds no strategy"):
        playbook.parse({})


def test_broken_toml_is_refused_with_the_file_and_the_line(tmp_path) -> None:
    (tmp_path / "own.toml").write_text("[[strategy]\n")
    with pytest.raises(InputError, match=r"own\.toml is not valid TOML.*line 1"):
        playbook.load(tmp_path / "own.toml")


@pytest.mark.parametrize(
    ("bounds", "inside"),
    [({"at_least": 0.5}, True), ({"at_most": 0.5}, True), ({"above": 0.5}, False), ({"below": 0.5}, False)],
)
def test_only_at_least_and_at_most_include_their_bound(bounds: dict, inside: bool) -> None:
    assert Condition("share", **bounds).holds({"share": 0.5}) is inside


def test_a_condition_on_an_unknown_figure_does_not_hold() -> None:
    assert not Condition("share", at_least=0).holds({})


def test_further_inside_the_range_fits_better() -> None:
    condition = Condition("recency_ratio", at_least=1.5)
    assert (
        condition.fit({"recency_ratio": 1.5})
        == 0
        < condition.fit({"recency_ratio": 2})
        < condition.fit({"recency_ratio": 3})
    )


def test_every_measure_can_be_shown() -> None:
    facts = {name: "May" if unit == "text" else 0.5 for name, unit in MEASURES.items()} | {"customers": 4.0}
    for name in MEASURES:
        assert render(f"{{{name}}}", facts)
        assert fields(f"{{{name}}}") == [(name, MEASURES[name])]


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{one_time:part} ordered once.", "257 of 837 ordered once."),
        ("{quiet:part} are late.", "None of the 837 are late."),
        ("They ordered {frequency:times}.", "They ordered once."),
        ("They spend {monetary}.", "They spend £12,691."),
        ("They pay {price}. {active} came.", "They pay £1.65. 837 came."),
        ("{recency_days} ago.", "1 day ago."),
    ],
)
def test_figures_read_as_a_person_would_write_them(template: str, text: str) -> None:
    facts = {
        "customers": 837.0, "one_time": 257.0, "quiet": 0.0, "active": 837.0, "frequency": 1.0, "monetary": 1269060.0,
        "price": 165.0, "recency_days": 1.2, "currency": "GBP",
    }  # fmt: skip
    assert render(template, facts) == text


def test_little_never_reads_as_nothing() -> None:
    assert [percent(share) for share in (0.0004, 0, 0.9996, 0.658)] == ["under 0.1 %", "0 %", "over 99.9 %", "65.8 %"]
    assert [money(cents, "USD") for cents in (9999, 10000, -50)] == ["$99.99", "$100", "−$0.50"]
    assert [days(number) for number in (0.3, 1, 1234)] == ["less than a day", "1 day", "1,234 days"]


def test_reading_changes_nothing_in_the_data() -> None:
    data = tomllib.loads(playbook.SHIPPED.read_text("utf-8"))
    before = copy.deepcopy(data)
    playbook.parse(data)
    assert data == before
