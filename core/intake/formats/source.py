"""A file as it is read: what was found in its first bytes, with the evidence, and its first rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.errors import InputError

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", "blanks": "runs of blanks"}
Fact = tuple[str, str, str]


@dataclass(frozen=True)
class Source:
    r"""How the bytes of a file are a table.

    Parameters
    ----------
    path, name : path and str
        Where it is, and what its user calls it.
    compression : str
        ``none``, ``gzip`` or ``zip``; ``entry`` is the file inside a zip, or empty.
    delimiter : str
        One character or ``blanks``; empty where the format has none.
    newline, escape : str
        How the lines of a text end, and what stands before a quotation mark inside quotes.
    blank : int
        Lines above the header, or above the first row, that are skipped; a line end inside quotes does not count.
    columns, sample
        The names, unique and without blanks around them, and up to 1,000 first rows as text, as wide as the names.
    encoding, codec : str
        In words, and as Python calls it; no codec where the first bytes only tell that it is not UTF-8.
    format : str
        In words, such as ``CSV inside gzip``.
    form : str
        ``text``, ``workbook``, ``parquet``, ``json lines``, ``json array`` or ``json object``; ``keys`` are the names
        of JSON's fields as they are written.
    header : bool
        Whether the names come from the file.
    width : int
        Fields that a row has in the file; more than there are columns where all further ones are empty.
    zeros : bool
        Whether there are zero bytes in a text, which are left out.
    sheet, sheets : str and tuple
        The sheet, or the file inside a zip, that is read, and all that can be chosen.
    facts : tuple of (label, found, evidence)
        Whatever else is worth a line, such as rows that two sheets share.
    evidence : tuple of (slug, words)
        Why, for ``format``, ``encoding``, ``delimiter``, ``header`` and ``sheet``.
    """

    path: Path
    name: str
    compression: str = "none"
    delimiter: str = ","
    newline: str = "\n"
    escape: str = '"'
    blank: int = 0
    columns: tuple[str, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()
    encoding: str = "UTF-8"
    codec: str = "utf-8"
    format: str = "CSV"
    form: str = "text"
    header: bool = True
    width: int = 0
    zeros: bool = False
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    entry: str = ""
    keys: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()

    @property
    def separator(self) -> str:
        """The delimiter in words."""
        return separator(self.delimiter)

    def why(self, slug: str) -> str:
        """The evidence for a setting; empty where there is none to give."""
        return dict(self.evidence).get(slug, "")


def separator(delimiter: str) -> str:
    """A delimiter in words.

    Examples
    --------
    >>> separator(";"), separator("^")
    ('semicolon', '^')
    """
    return DELIMITERS.get(delimiter, delimiter if delimiter.isprintable() else f"character {ord(delimiter)}")


def quote(text: str) -> str:
    """Text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def damaged(name: str, error: Exception | str) -> InputError:
    """A file that ends too early or does not unpack."""
    return InputError(f"{name} is cut off or damaged ({error}).", "Copy or export it again.")
