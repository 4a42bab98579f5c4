"""A stranger's export is understood: what it is, what its columns stand for, what has to be asked."""

from pathlib import Path

import pytest

from core.intake.inspecting import understand
from core.intake.understanding import Understanding
from tests.core.exports import EXPORTS, Export
from tests.core.logs import write

every = pytest.mark.parametrize("export", EXPORTS.values(), ids=list(EXPORTS))


def look(folder: Path, export: Export) -> Understanding:
    return understand(write(folder, export.text, "export.csv"))


@every
def test_every_column_stands_for_what_it_is_and_no_other_for_anything(tmp_path, export):
    found = look(tmp_path, export)
    roles = {column.name: column.role for column in found.columns if column.role}
    assert roles == {name: role for name, role in export.roles.items() if role}


@every
def test_the_kind_of_table_is_told(tmp_path, export):
    assert look(tmp_path, export).kind == export.kind


@every
def test_only_what_cannot_be_decided_is_asked(tmp_path, export):
    assert tuple(question.slug for question in look(tmp_path, export).questions) == export.questions


@every
def test_what_is_said_of_the_whole_file_holds(tmp_path, export):
    notes = {note.slug: note for note in look(tmp_path, export).notes}
    assert {slug: notes[slug].found for slug in export.notes} == export.notes
    assert not export.money or notes["money"].value == export.money


@every
def test_every_decision_comes_with_evidence(tmp_path, export):
    found = look(tmp_path, export)
    assert all(column.evidence for column in found.columns)
    assert all(note.evidence for note in found.notes if note.slug)
    assert all(0 < column.confidence <= 1 for column in found.columns)
    assert len({column.slug for column in found.columns}) == len(found.columns)
