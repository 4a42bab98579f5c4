"""Which character stands between the fields of a text: the one by which its rows agree best."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterable, Iterator

from core.errors import InputError
from core.intake.formats import layout
from core.intake.formats.source import DELIMITERS

# Looked at only where none of the usual ones makes a table; letters, and what dates and numbers hold, never.
OTHERS = "^~§¦¬\x01\x02\x1f#!*:"
# These may divide a single column of text or times by accident: no line may lie above the table then.
_CASUAL = ("#", "!", "*", ":", "blanks")
BLANKS = "blanks"
_LOOKED_AT = 200
_CONSISTENT = 0.9
_WORDS = {word: mark for mark, word in DELIMITERS.items()} | {"\\t": "\t", "blank": BLANKS, " ": BLANKS}
_BACKSLASH = re.compile(r"""\\"[^\s,;|"]""")
_DOUBLED = re.compile(r"""[^\s,;|"]""[^\s,;|"]""")
# A cell may be as long as a line may be.
csv.field_size_limit(1 << 28)


def escape(text: str) -> str:
    r"""What stands before a quotation mark inside quotes: another one, or a backslash as databases write it.

    Examples
    --------
    >>> escape('"a ""b"" c"'), escape(r'"a \"b\" c"')
    ('"', '\\')
    """
    return "\\" if _BACKSLASH.search(text) and not _DOUBLED.search(text) else '"'


def rows(text: str, mark: str, most: int) -> list[list[str]]:
    """The first rows of a text; a blank line is an empty row.

    Examples
    --------
    >>> rows('a;"b;c"', ";", 9), rows("  1   2.50", "blanks", 9)
    ([['a', 'b;c']], [['1', '2.50']])
    """
    return list(itertools.islice(split(io.StringIO(text, newline=""), mark, escape(text)), most))


def split(lines: Iterable[str], mark: str, before_quote: str = '"') -> Iterator[list[str]]:
    """Lines to rows."""
    if before_quote != '"' and mark != BLANKS:
        return csv.reader(lines, delimiter=mark, escapechar=before_quote)
    if mark == BLANKS:
        return csv.reader((line.replace("\t", " ").strip() for line in lines), delimiter=" ", skipinitialspace=True)
    return csv.reader(lines, delimiter=mark)


def choose(text: str, whole: bool, said: str = "", name: str = "The file") -> tuple[str, str]:
    """The delimiter of a text and the evidence for it.

    Parameters
    ----------
    text : str
        The first lines.
    whole : bool
        Whether they are the whole text; if not, the last line may be cut.
    said : str
        The delimiter where it is known: a character, or ``blanks``, ``tab`` and other words for one.
    name : str
        What the user calls the file.

    Raises
    ------
    InputError
        If what was said is no delimiter.
    """
    if said:
        mark = _WORDS.get(said, said)
        if mark != BLANKS and (len(mark) != 1 or mark in '"\r\n\0'):
            raise InputError(
                f"{name}: {said!r} cannot stand between fields.", "Say one character, or tab, comma, semicolon, blanks."
            )
        return mark, "you chose it"
    if text[:4].lower() == "sep=" and text[5:6] in ("\r", "\n"):
        return text[4], "the first line says so"
    usual = [(score, mark) for mark in DELIMITERS if mark != BLANKS and (score := _score(text, whole, mark))]
    best = max(usual, default=None)
    if best is None or not best[0][0]:
        others = [mark for mark in OTHERS if mark in text] + [BLANKS]
        strict = [(s, m) for m in others if (s := _score(text, whole, m)) and s[0] and (m not in _CASUAL or not s[1])]
        best = max(strict, default=best)
    if best is None:
        spare = next((mark for mark in DELIMITERS if mark not in text), ",")
        return spare, "no character divides the rows alike: there is one column"
    score, mark = best
    return mark, f"{score[4]} fields in {score[3]:.0%} of the first rows" if score[
        0
    ] else "the best of those that occur, though rows differ"


def _score(text: str, whole: bool, mark: str) -> tuple[bool, int, float, float, int] | None:
    """Whether rows agree, less what would be titles, the share of plain cells, of rows that agree, and their fields."""
    if mark not in text and mark != BLANKS:
        return None
    found = rows(text, mark, _LOOKED_AT + layout.MOST_TITLES)
    if not whole and len(found) < _LOOKED_AT + layout.MOST_TITLES and len(found) > 1:
        found.pop()
    some = [row for row in found if layout.filled(row)]
    width = layout.common(some)
    if width < 2:
        return None
    body = [row for row in some if len(row) == width]
    begin = layout.start(found)
    titles = sum(1 for row in found[:begin] if layout.filled(row))
    below = some[titles + 1 :]
    share = sum(len(row) == width for row in below) / len(below) if below else 1.0
    cells = [cell for row in body[:50] for cell in row]
    plain = sum(layout.is_value(cell) or not any(m in cell for m in DELIMITERS if m != BLANKS) for cell in cells)
    fit = share >= _CONSISTENT and (len(found[begin]) in (width, width - 1) or mark not in OTHERS + BLANKS)
    return fit, -titles, plain / len(cells), share, width
