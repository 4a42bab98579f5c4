"""Maps of RFM groups: every code of every map has exactly one group."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import ParameterError
from core.segments.scores import rfm_maps
from core.segments.scores.rfm import group_of, rfm
from core.segments.scores.rfm_maps import LETTERS, Group, Map, read, shipped, usual
from tests.core.shops import Source, crowd

CODES = [np.array(column) for column in zip(*product(range(1, 6), repeat=3), strict=True)]
OWN = "own:BBAAABBAAABBAAABBAAABBBBB;Keep~A;Let go~K"
NAMES = st.lists(
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12), min_size=1, max_size=11,
    unique_by=rfm_maps._slug,
)  # fmt: skip


def every_code_has_one_group(drawn):
    """Each of 25 cells and 125 codes has one group, and it is one of the map's."""
    slugs = [group.slug for group in drawn.groups]
    assert len(set(slugs)) == len(slugs)
    assert set(drawn.cells) == set(product(range(1, 6), repeat=2))
    assert set(drawn.cells.values()) <= set(slugs)
    fm, group = group_of(*CODES, drawn)
    assert len(group) == 125
    for r, f, m, both, name in zip(*CODES, fm, group, strict=True):
        assert both == int((f + m) / 2 + 0.5)
        assert name == drawn.cells[r, both]


@pytest.mark.parametrize("slug", shipped())
def test_every_code_of_every_shipped_map_has_exactly_one_group(slug):
    drawn = read(slug)
    every_code_has_one_group(drawn)
    assert set(drawn.cells.values()) == {group.slug for group in drawn.groups}, "each group is reached"
    assert drawn.idle == ()
    standard = {group.slug for group in usual().groups}
    assert all((group.like or group.slug) in standard for group in drawn.groups)
    assert len({group.colour for group in drawn.groups}) == len(drawn.groups)


@settings(max_examples=25, deadline=None)
@given(NAMES, st.data())
def test_every_code_of_any_own_map_has_exactly_one_group(names, data):
    letters = LETTERS[: len(names)]
    grid = "".join(data.draw(st.lists(st.sampled_from(letters), min_size=25, max_size=25)))
    likes = data.draw(st.lists(st.sampled_from(LETTERS), min_size=len(names), max_size=len(names)))
    text = ";".join([f"own:{grid}", *(f"{name}~{like}" for name, like in zip(names, likes, strict=True))])
    drawn = read(text)
    every_code_has_one_group(drawn)
    assert drawn.text == text
    assert len({group.colour for group in drawn.groups}) == len(names)


def test_an_own_map_is_read_from_the_top_left_cell_on():
    drawn = read("own:AAAAAAAAAAAAAAAAAAAAAAAAB;Most~B;Gone large~I")
    assert drawn.cells[1, 5] == "gone-large"
    assert drawn.cells[5, 1] == "most"
    assert drawn.group("gone-large").like == "cant-lose"


def test_a_cell_is_painted_and_nothing_else_changes():
    before, after = usual(), read(usual().paint(3, 2, "champions"))
    assert after.slug == "own"
    assert {cell for cell in before.cells if before.cells[cell] != after.cells[cell]} == {(3, 2)}
    assert after.cells[3, 2] == "champions"
    assert [group.colour for group in after.groups] == [group.colour for group in before.groups]


def test_groups_are_renamed_added_and_dropped():
    renamed = read(read(OWN).change("keep", label="Darlings"))
    assert [group.slug for group in renamed.groups] == ["darlings", "let-go"]
    assert renamed.cells[5, 5] == "darlings"
    more = read(read(OWN).add("New ones"))
    assert [group.slug for group in more.idle] == ["new-ones"]
    assert read(more.drop("new-ones")).text == OWN
    assert read(read(OWN).change("keep", like="loyal")).group("keep").like == "loyal"
    assert usual().add("A twelfth") == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nine", "no RFM map 'nine'"),
        ("own:AAA;All~A", "3 cells"),
        ("own:" + 24 * "A" + "B;All~A", "A cell of the map says 'B'"),
        ("own:" + 25 * "A" + ";All~A;all~B", "Two groups of the map are called"),
        ("own:" + 25 * "A", "0 groups"),
        ("own:" + 25 * "A" + "".join(f";G{n}~A" for n in range(12)), "12 groups"),
        ("own:" + 25 * "A" + ";All", "does not say what it is like"),
        ("own:" + 25 * "A" + ";All~Z", "does not say what it is like"),
        ("own:" + 25 * "A" + ";--~A", "cannot be the name"),
        ("own:" + 25 * "A" + f";{41 * 'x'}~A", "cannot be the name"),
        ("own:" + 25 * "a" + ";All~A", "A cell of the map says 'a'"),
    ],
)
def test_a_map_that_does_not_fit_says_why(text, words):
    with pytest.raises(ParameterError, match=words) as error:
        read(text)
    assert error.value.hint


def test_a_shipped_map_with_an_idle_group_is_refused(monkeypatch, tmp_path):
    one = '[[map]]\nslug="x"\nlabel="X"\nsays=""\ngrid=["AAAAA","AAAAA","AAAAA","AAAAA","AAAAA"]\n'
    groups = 'groups=[{slug="a",label="A",colour=0,meaning=""},{slug="b",label="B",colour=1,meaning=""}]\n'
    (tmp_path / "maps.toml").write_text(one + groups)
    monkeypatch.setattr(rfm_maps, "FILE", tmp_path / "maps.toml")
    with pytest.raises(ParameterError, match="No code of the map 'x' leads to 'B'"):
        shipped.__wrapped__()


def test_groups_of_equal_slugs_make_no_map():
    with pytest.raises(ParameterError, match="called 'A'"):
        Map("x", "", "", (Group("a", "A", 0, ""), Group("a", "A", 1, "")), 25 * "A")


def test_the_scores_stay_the_same_on_another_map_and_everybody_has_a_group():
    source = Source(crowd(200))
    usual_, own = rfm(source), rfm(source, OWN)
    assert usual_.scores[["r", "f", "m", "fm"]].equals(own.scores[["r", "f", "m", "fm"]])
    assert own.edges == usual_.edges
    assert set(own.scores["group"]) == {"keep", "let-go"}
