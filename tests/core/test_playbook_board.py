"""The playbook as it stands: conditions in words, whom each strategy fits, and what another playbook would change."""

from pathlib import Path

import pytest

from core.__main__ import main
from core.campaigns.binder import Binder
from core.campaigns.board import SHOP, Member, board, changes, frame
from core.campaigns.conditions import applies_when, sentence
from core.campaigns.measures import measures
from core.campaigns.playbook import shipped
from core.campaigns.strategies import Condition
from core.campaigns.words import KNOWN
from tests.core.profiles import ALL, GONE, STEADY
from tests.core.test_playbook_own import entry


@pytest.fixture
def members() -> list[Member]:
    return [
        Member(SHOP, "The shop as a whole", "shop", -1, 4338, measures(ALL, ALL)),
        Member(1, "Steady", "steady", 0, 3054, measures(STEADY, ALL)),
        Member(2, "Gone", "gone", 1, 1067, measures(GONE, ALL)),
    ]


@pytest.mark.parametrize("kind", KNOWN)
def test_every_condition_that_is_shipped_has_words_of_its_own(kind: str) -> None:
    said = [text for strategy in shipped(kind).strategies for text in applies_when(strategy, kind)]
    assert said
    assert not [text for text in said if "_" in text or "ratio" in text or "lean" in text or "  " in text]


@pytest.mark.parametrize("kind", KNOWN)
def test_any_measure_that_a_condition_may_ask_for_makes_a_sentence(kind: str) -> None:
    for name, unit in KNOWN[kind].items():
        if unit not in ("money", "text"):
            text = sentence(Condition(name, at_least=0.5, below=3), kind)
            assert text[0].isupper()
            assert text.endswith(".")
            assert "_" not in text


@pytest.mark.parametrize(
    ("condition", "kind", "text"),
    [
        (Condition("recency_ratio", at_least=2), "transactions",
         "The time since the last order is at least twice that of all customers."),
        (Condition("frequency_ratio", at_most=1), "transactions",
         "The number of orders each is at most that of all customers."),
        (Condition("price_ratio", at_least=0.9), "transactions",
         "What they pay for a piece is at least 0.9 times that of all customers."),
        (Condition("price_ratio", at_least=0.9), "survey",
         "The share who name the price is at least 0.9 times that of all customers."),
        (Condition("satisfaction_lean", at_most=-0.05), "survey",
         "Satisfaction is at least 0.05 below that of all customers, on a scale from 0 to 1."),
        (Condition("gap_days", above=30, below=60), "transactions",
         "The time between two orders is more than 30 days and less than 60 days."),
    ],
)  # fmt: skip
def test_conditions_read_as_sentences(condition: Condition, kind: str, text: str) -> None:
    assert sentence(condition, kind) == text


def test_the_board_says_whose_each_strategy_is_and_whom_it_fits(tmp_path: Path, members: list[Member]) -> None:
    binder = Binder(tmp_path)
    text = 'without = ["nudge"]\n' + entry("ring-them") + entry("sunset", when="recency_ratio", title="Let them go")
    entries = {each.strategy.slug: each for each in board(binder.save("transactions", text),
                                                          shipped("transactions"), members)}  # fmt: skip
    assert {each.origin for each in entries.values()} == {"shipped", "own", "replaces", "off"}
    assert (entries["nudge"].origin, entries["sunset"].origin) == ("off", "replaces")
    assert [one.name for one in entries["ring-them"].now] == ["Gone"]
    assert [one.name for one in entries["ring-them"].advised] == ["Gone"]
    assert [one.id for one in entries["keep-a-calendar"].advised] == [SHOP]
    rows = frame(list(entries.values())).set_index("strategy")
    assert rows.loc["stay-in-touch", "applies_when"] == "Where nothing else applies."
    assert len(rows) == len(shipped("transactions").strategies) + 1


def test_a_preview_changes_only_those_whom_the_new_strategy_fits(tmp_path: Path, members: list[Member]) -> None:
    after = Binder(tmp_path).check("transactions", entry("ring-them"))
    found = {each.member.name: each for each in changes(shipped("transactions"), after, members)}
    assert found["Steady"].same
    assert found["The shop as a whole"].same
    assert not found["Gone"].same
    assert found["Gone"].after[0].strategy == "ring-them"


def test_the_command_line_checks_installs_and_takes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLIENTELE_HOME", str(tmp_path / "home"))
    file = tmp_path / "ours.toml"
    file.write_text('kind = "survey"\nwithout = ["make-it-good"]\n' + entry("ask-them", when="satisfaction_low"))
    assert main(["playbook", "--check", str(file)]) == 0
    said = capsys.readouterr().out
    assert "added     ask-them" in said
    assert "gone      make-it-good" in said
    assert Binder(tmp_path / "home").serving("survey") is shipped("survey")
    assert main(["playbook", "--install", str(file)]) == 0
    assert main(["playbook", "--kind", "survey"]) == 0
    assert "own          99  title of ask-them." in capsys.readouterr().out
    assert main(["playbook", "--kind", "survey", "--undo"]) == 0
    assert Binder(tmp_path / "home").serving("survey") is shipped("survey")
    file.write_text(entry("x").replace("customers", "nobody"))
    assert main(["playbook", "--check", str(file)]) == 2
    assert "line 3: Strategy 'x', key 'scope'" in capsys.readouterr().err
    assert main(["playbook", "--check", str(tmp_path / "none.toml")]) == 2
