"""A file as it was understood, before anything is stored: what was found, assumed and cannot be decided."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.errors import InputError
from core.intake.answers import Answers
from core.intake.formats.source import Source
from core.warehouse.columns import Column


@dataclass(frozen=True)
class Note:
    """Something found about the file as a whole.

    ``slug`` is the field of :class:`Answers` that changes it, or a plain name where nothing does; ``choices`` are the
    (value, words) it may be changed to, and ``value`` is what of them was found.
    """

    slug: str
    label: str
    found: str
    evidence: str
    choices: tuple[tuple[str, str], ...] = ()
    value: str = ""


@dataclass(frozen=True)
class Question:
    """What the file does not decide. ``slug`` is the field of :class:`Answers` that answers it, or ``role:x``."""

    slug: str
    words: str
    why: str
    choices: tuple[tuple[str, str], ...]


class QuestionError(InputError):
    """A question that has to be answered before the file can be read."""

    def __init__(self, question: Question) -> None:
        self.question = question
        super().__init__(question.words, question.why)


@dataclass(frozen=True)
class Understanding:
    """Everything that is known of a file from its first rows and what was said about it.

    Parameters
    ----------
    source : Source
        How its bytes are a table.
    kind : str
        ``transactions``, ``customers`` or ``survey``.
    columns : tuple of Column
        One for each column of the file, in its order.
    notes, questions
        What was found, and what has to be answered first.
    answers : Answers
        What was said, completed by what was found: enough to read the next file of this shape alike.
    shape : str
        A hash of the header: files of one shape are read alike.
    remembered : bool
        Whether answers come from an earlier file of this shape.
    said : Answers
        What somebody said, of this file or of an earlier one of its shape.
    """

    source: Source
    kind: str
    columns: tuple[Column, ...]
    notes: tuple[Note, ...]
    questions: tuple[Question, ...]
    answers: Answers
    shape: str
    remembered: bool = False
    said: Answers = field(default_factory=Answers)

    def position(self, role: str) -> int:
        """Where the first column with a role stands; −1 where there is none."""
        return next((place for place, column in enumerate(self.columns) if column.role == role), -1)

    def positions(self, role: str) -> list[int]:
        """Where all columns with a role stand."""
        return [place for place, column in enumerate(self.columns) if column.role == role]
