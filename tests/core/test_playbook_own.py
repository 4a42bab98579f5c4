"""Own strategies beside the shipped ones: added, replaced, switched off, kept and taken back."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.campaigns.advice import MOST, advise
from core.campaigns.binder import Binder
from core.campaigns.measures import measures
from core.campaigns.own import LARGEST
from core.campaigns.playbook import shipped
from core.campaigns.strategies import WORDS
from core.campaigns.words import KNOWN
from core.errors import ExpiredError, InputError, ParameterError
from tests.core.profiles import ALL, GONE, grid


def entry(slug: str, scope: str = "customers", when: str = "recency_ratio", **other: str) -> str:
    words = {word: f"{word} of {slug}." for word in WORDS} | other
    lines = [f'{word} = "{text}"' for word, text in words.items()]
    condition = [f'when = [{{ measure = "{when}", at_least = 1.5 }}]'] if when else []
    return "\n".join(["[[strategy]]", f'slug = "{slug}"', f'scope = "{scope}"', "rank = 99", *condition, *lines, ""])


@pytest.fixture
def binder(tmp_path: Path) -> Binder:
    return Binder(tmp_path)


def slugs(binder: Binder, kind: str = "transactions") -> list[str]:
    return [each.slug for each in binder.serving(kind).strategies]


@pytest.mark.parametrize("kind", KNOWN)
def test_without_own_files_the_shipped_playbook_serves(binder: Binder, kind: str) -> None:
    assert binder.serving(kind) is shipped(kind)


@pytest.mark.parametrize("kind", KNOWN)
def test_an_own_strategy_is_added_and_proposed_where_it_applies(binder: Binder, kind: str) -> None:
    measure = {"transactions": "recency_ratio"}.get(kind, "spend_ratio")
    binder.save(kind, f'kind = "{kind}"\n' + entry("ring-them", when=measure))
    assert slugs(binder, kind) == [*(each.slug for each in shipped(kind).strategies), "ring-them"]
    facts = {"customers": 9.0, "share": 0.1, measure: 2.0}
    assert advise(facts, binder.serving(kind).about("customers"), MOST)[0].strategy == "ring-them"


def test_one_with_a_shipped_slug_takes_its_place(binder: Binder) -> None:
    binder.save("transactions", entry("sunset", title="Let them go"))
    assert slugs(binder) == [each.slug for each in shipped("transactions").strategies]
    assert next(each.title for each in binder.serving("transactions").strategies if each.slug == "sunset") == (
        "Let them go"
    )


@pytest.mark.parametrize("text", ['without = ["sunset"]', '[[strategy]]\nslug = "sunset"\noff = true',
                                  entry("sunset") + "off = true"])  # fmt: skip
def test_a_shipped_strategy_can_be_switched_off(binder: Binder, text: str) -> None:
    binder.save("transactions", text)
    assert "sunset" not in slugs(binder)
    assert len(slugs(binder)) == len(shipped("transactions").strategies) - 1


def test_an_own_fallback_replaces_the_shipped_one_and_there_is_always_one(binder: Binder) -> None:
    binder.save("transactions", entry("just-watch", when=""))
    assert "just-watch" in slugs(binder)
    assert "stay-in-touch" not in slugs(binder)
    assert "keep-a-calendar" in slugs(binder)
    (found,) = advise({"customers": 9.0, "share": 0.1}, binder.serving("transactions").about("customers"))
    assert found.strategy == "just-watch"
    for refused in ('without = ["stay-in-touch"]', entry("stay-in-touch"),
                    entry("a", when="") + entry("b", when="")):  # fmt: skip
        with pytest.raises(InputError, match=r"transactions.toml: .*fallback"):
            binder.save("transactions", refused)
    everything = [each.slug for each in shipped("transactions").strategies]
    with pytest.raises(InputError, match="no fallback for"):
        binder.save("transactions", f"without = {everything}")


def test_a_file_of_any_name_serves_the_kind_that_it_names(binder: Binder) -> None:
    binder.folder.mkdir(parents=True)
    (binder.folder / "spring.toml").write_text('kind = "survey"\n' + entry("ask-them", when="satisfaction_low"))
    assert "ask-them" in slugs(binder, "survey")
    assert binder.serving("customers") == shipped("customers")
    with pytest.raises(InputError, match="'ask-them' stands in another file too"):
        binder.save("survey", entry("ask-them", when="satisfaction_low"))


def test_a_change_of_a_file_is_noticed_at_once_and_makes_another_edition(binder: Binder) -> None:
    before = binder.serving("transactions").edition
    binder.folder.mkdir(parents=True)
    file = binder.folder / "transactions.toml"
    file.write_text(entry("one"))
    one = binder.serving("transactions").edition
    file.write_text(entry("two"))
    assert len({before, one, binder.serving("transactions").edition}) == 3
    file.unlink()
    assert binder.serving("transactions").edition == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (entry("x").replace("customers", "nobody"), r"transactions.toml, line 3: Strategy 'x', key 'scope': is 'n"),
        (entry("ok") + entry("x", when="weather"), r"line 18: Strategy 'x', key 'when': .* unknown measure 'weather'"),
        (entry("x", reason="{sun} a day"), r"line 13: Strategy 'x', key 'reason': the measure 'sun' is unknown"),
        (entry("x", reason="{share.real}"), r"the measure 'share.real' is unknown"),
        (entry("x", reason="{share:{share}}"), r"the format '\{share\}' of 'share' is unknown"),
        (entry("x", reason="{top_country:percent}"), r"'top_country' is a text"),
        (entry("x", reason="{share"), r"key 'reason'"),
        (entry("x", offer="a" * 700), r"key 'offer': has 700 characters"),
        (entry("x").replace("rank = 99", "rank = nan"), r"key 'rank': is nan"),
        (entry("x").replace("at_least = 1.5", "at_least = inf"), r"key 'when'"),
        (entry("x").replace("at_least = 1.5", f"at_least = {10**400}"), r"key 'when'"),
        (entry("x").replace("at_least = 1.5", "at_least = 2, below = 2"), r"above and below at once"),
        (entry("x") + "colour = 3", r"line 14: Strategy 'x', key 'colour': is unknown"),
        (entry("X y"), r"key 'slug': is no short name"),
        (entry("x") + entry("x"), r"key 'slug': is used twice"),
        (entry("x") + 'off = "yes"', r"key 'off': is 'yes'"),
        (entry("x") + 'never_with = ["moon"]', r"names the tag 'moon'"),
        ('[[strategy]]\nslug = "unheard-of"\noff = true', r"'unheard-of', which is no shipped strategy"),
        ('without = ["unheard-of"]', r"'unheard-of', which is no shipped strategy"),
        ('without = "sunset"', r"'without' is no list"),
        ('kind = "survey"', r"transactions.toml says it serves survey"),
        ('colours = "red"', r"transactions.toml: the key 'colours' is unknown"),
        ("strategy = 5", r"'strategy' is no list"),
        ("strategy = [5]", r"Strategy number 1, key 'slug': is missing"),
        ("slug = \n", r"transactions.toml is not valid TOML: .*line 1"),
        ("x = " + "[" * 5000, r"not valid TOML"),
        ("x = " + "9" * 5000, r"not valid TOML|unknown"),
        ("# \ud800", r"transactions.toml holds a character that is none"),
        ("#" * (LARGEST + 1), r"more than 64 KB"),
    ],
)  # fmt: skip
def test_what_would_not_work_is_refused_by_file_line_strategy_and_key(binder: Binder, text: str, said: str) -> None:
    binder.save("transactions", entry("good"))
    with pytest.raises(InputError, match=said):
        binder.save("transactions", text)
    assert "good" in slugs(binder)
    assert len(binder.versions("transactions")) == 1


def test_a_file_that_is_broken_by_hand_is_named_and_other_kinds_still_serve(binder: Binder) -> None:
    binder.folder.mkdir(parents=True)
    (binder.folder / "survey.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match=r"survey.toml is not UTF-8"):
        binder.serving("survey")


def test_every_earlier_text_is_kept_and_comes_back_step_by_step(binder: Binder) -> None:
    first, second = f"# ours\n{entry('one')}", entry("two")
    binder.save("transactions", first)
    binder.save("transactions", second)
    binder.save("transactions", second)
    assert len(binder.versions("transactions")) == 2
    binder.undo("transactions")
    assert binder.text("transactions") == first
    binder.undo("transactions")
    assert binder.text("transactions") == ""
    assert binder.serving("transactions") is shipped("transactions")
    kept = [path.read_text() for path in (binder.folder / "history" / "transactions").glob("*.undone.toml")]
    assert sorted(kept) == sorted([first, second])
    with pytest.raises(ParameterError, match="no change to take back"):
        binder.undo("transactions")


def test_nobody_saves_over_what_somebody_else_saved_meanwhile(binder: Binder) -> None:
    seen = binder.seen("transactions")
    binder.save("transactions", entry("theirs"), seen)
    with pytest.raises(ParameterError, match="Somebody else"):
        binder.save("transactions", entry("mine"), seen)
    assert "theirs" in slugs(binder)


@pytest.mark.parametrize("text", ["", "# [[strategy]] comes later\nkind = \"transactions\" # ours\n" + entry("mine"),
                                  'without = [\n  "nudge",\n]\n\n' + entry("mine")])  # fmt: skip
def test_switching_off_and_on_leaves_the_rest_of_the_text_alone(binder: Binder, text: str) -> None:
    binder.save("transactions", text)
    before = slugs(binder)
    binder.switch("transactions", "sunset", on=False)
    assert slugs(binder) == [slug for slug in before if slug != "sunset"]
    binder.switch("transactions", "sunset", on=True)
    assert slugs(binder) == before
    assert entry("mine") in binder.text("transactions") or not text


def test_only_what_can_be_switched_is_switched(binder: Binder) -> None:
    binder.save("transactions", '[[strategy]]\nslug = "sunset"\noff = true\n')
    with pytest.raises(ParameterError, match="switched off by hand"):
        binder.switch("transactions", "sunset", on=True)
    with pytest.raises(ParameterError, match="No shipped strategy"):
        binder.switch("transactions", "../../etc", on=False)
    with pytest.raises(InputError, match="fallback"):
        binder.switch("transactions", "stay-in-touch", on=False)


def test_a_draft_is_checked_kept_aside_and_serves_nobody(binder: Binder) -> None:
    token = binder.draft("transactions", entry("mine"))
    assert binder.drafted("transactions", token) == entry("mine")
    assert "mine" not in slugs(binder)
    for kind, wrong in (("survey", token), ("transactions", "../../x"), ("..", token)):
        with pytest.raises((ExpiredError, ParameterError)):
            binder.drafted(kind, wrong)
    with pytest.raises(InputError):
        binder.draft("transactions", "slug =")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_either_a_playbook_or_refused_in_words(text: str) -> None:
    said = ""
    try:
        book = Binder(Path("nowhere")).check("transactions", text)
    except InputError as error:
        said = error.message
    assert "transactions.toml" in said or len(book.strategies) >= 1


def test_with_half_of_the_shipped_strategies_off_every_profile_still_gets_advice(binder: Binder) -> None:
    off = [each.slug for each in shipped("transactions").strategies if not each.fallback][::2]
    book = binder.save("transactions", f"without = {off}".replace("'", '"')).about("customers")
    for row in [GONE, *list(grid())[::50]]:
        found = [each.strategy for each in advise(measures(row, ALL), book, MOST)]
        assert 1 <= len(found) <= MOST
        assert not {*found} & {*off}
