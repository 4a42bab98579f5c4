"""JSON: one object a line, a list of objects, or such a list inside one object; what is nested stays JSON text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.errors import InputError
from core.intake.formats import layout, packed, remarks
from core.intake.formats.source import Source, quote

# One object with a list in it has to be read whole.
MOST_WHOLE = 64 * 1024**2
_SPOTS, _SPOT = 16, 64 * 1024
_MOST_LINES = 5_000
_BETWEEN = re.compile(r"[\s,]*")
_decoder = json.JSONDecoder()


def inspect(source: Source, text: str, whole: bool) -> Source | None:
    """The fields of JSON and its first rows; None where the text is no JSON.

    Parameters
    ----------
    source : Source
    text : str
        The first characters of the file.
    whole : bool
        Whether they are all of it.

    Raises
    ------
    InputError
        If it is JSON that holds no table.
    """
    text = text.lstrip()
    if text[:1] == "[" and text[1:].lstrip()[:1] == "{":
        form, words, rows = "json array", "JSON list", _array(text)
    elif text[:1] == "{" and len(rows := _lines(text.splitlines(), whole)) > 1:
        form, words = "json lines", "JSON lines"
    elif text[:1] == "{" and text[1:].lstrip()[:1] in ('"', "}"):
        form, words = "json object", "JSON object"
        rows = largest(_whole(source), source.name)
    else:
        return None
    if not rows:
        raise InputError(f"{source.name} is JSON without rows.", "Bring one object a line, or a list of objects.")
    keys = list(dict.fromkeys(key for row in (*rows, *_further(source, form, whole)) for key in row))
    if len(keys) > layout.MOST_COLUMNS:
        raise InputError(f"{source.name} has {len(keys):,} fields.", f"It may have {layout.MOST_COLUMNS:,} at most.")
    columns = layout.unique([key.strip() for key in keys])
    sample = tuple(tuple(_text(row.get(key)) for key in keys) for row in rows[: layout.SAMPLE])
    return replace(
        source,
        form=form,
        format=words,
        delimiter="",
        columns=columns,
        keys=tuple(keys),
        width=len(keys),
        sample=sample,
        facts=tuple(remarks.headers(columns)),
        evidence=(("header", "the fields have names"),),
    )


def convert(source: Source, target: Path, tell: Callable[[float], None]) -> Source:
    """Write the list inside one object as lines."""
    tell(0.0)
    with target.open("w", encoding="utf-8", errors="replace") as out:
        for row in largest(source.path.read_bytes(), source.name):
            out.write(json.dumps(row) + "\n")
    return replace(source, path=target, form="json lines")


def relation(source: Source) -> str:
    """SQL of the rows as text."""
    pointers = ", ".join(quote("/" + key.replace("~", "~0").replace("/", "~1")) for key in source.keys)
    texts = ", ".join(f"nullif(found[{place + 1}], '') as c{place}" for place in range(len(source.keys)))
    columns = ", ".join(f"c{place}" for place in range(len(source.keys)))
    cells = f"select json_extract_string(json, [{pointers}]) as found from {_objects(source)}"
    return f"(select * from (select {texts} from ({cells})) where coalesce({columns}) is not null)"


def beyond(source: Source) -> str:
    """SQL that counts the lines that are no object."""
    return f"select count(*) from {_objects(source)} where coalesce(json_type(json), '') <> 'OBJECT'"


def _objects(source: Source) -> str:
    """Lines that are no JSON come as null; a list is read whole or not at all."""
    form = "format='array'" if source.form == "json array" else "format='newline_delimited', ignore_errors=true"
    return f"read_json_objects({quote(str(source.path))}, {form}, compression='none')"


def largest(content: bytes, name: str) -> list[dict[str, Any]]:
    """The longest list of objects inside one object, at most two levels down."""
    try:
        tree = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name} is not valid JSON: {error}.", "Export it again.") from None
    level = [tree]
    lists: list[list[dict[str, Any]]] = []
    for _ in range(3):
        level = [value for node in level if isinstance(node, dict) for value in node.values()]
        lists += [v for v in level if isinstance(v, list) and v and all(isinstance(row, dict) for row in v)]
    return max(lists, key=len, default=[])


def _lines(lines: Iterable[str], whole: bool) -> list[dict[str, Any]]:
    lines = [line for line in lines if line.strip()]
    rows = []
    for line in (lines if whole else lines[:-1])[:_MOST_LINES]:
        try:
            rows.append(json.loads(line))
        except (ValueError, RecursionError):
            break
    return rows if all(isinstance(row, dict) for row in rows) else []


def _array(text: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    place = 1
    while len(rows) < layout.SAMPLE:
        if between := _BETWEEN.match(text, place):
            place = between.end()
        try:
            row, place = _decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            break
        if not isinstance(row, dict):
            return []
        rows.append(row)
    return rows


def _whole(source: Source) -> bytes:
    with packed.opened(source) as (file, _):
        content = file.read(MOST_WHOLE + 1)
    if len(content) > MOST_WHOLE:
        raise InputError(
            f"{source.name} is one JSON object of more than {MOST_WHOLE >> 20} MiB.",
            "Bring the list of rows in it, as JSON lines or CSV.",
        )
    return content


def _further(source: Source, form: str, whole: bool) -> list[dict[str, Any]]:
    """Rows from places all over a large file: fields may be missing from the first ones."""
    if whole or form != "json lines" or source.compression != "none":
        return []
    size, rows = source.path.stat().st_size, []
    with source.path.open("rb") as file:
        for spot in range(1, _SPOTS + 1):
            file.seek(max(size * spot // _SPOTS - _SPOT, 0))
            rows += _lines(file.read(_SPOT).decode("utf-8", errors="replace").splitlines()[1:], False)
    return rows


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
