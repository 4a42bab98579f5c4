"""Results to bytes and back: JSON for structure, Arrow for frames, npy for arrays. Never pickle.

Only dataclasses that were declared with :func:`cacheable` are rebuilt, so bytes that somebody planted
in the cache folder can at worst be a wrong number, not a program.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
import struct
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa

MAGIC = b"CLT1"
_types: dict[str, type] = {}
C = TypeVar("C", bound=type)


def cacheable(cls: C) -> C:
    """Declare a dataclass as a result that may be stored."""
    _types[f"{cls.__module__}:{cls.__qualname__}"] = cls
    return cls


def dumps(value: Any) -> bytes:
    """Encode a result.

    Raises
    ------
    TypeError
        If the value holds anything but scalars, text, lists, dicts, dates, arrays, frames and cacheable dataclasses.

    Examples
    --------
    >>> loads(dumps({"k": 4, "why": None}))
    {'k': 4, 'why': None}
    """
    blobs: list[bytes] = []
    text = json.dumps(_pack(value, blobs)).encode()
    head = struct.pack(f"<4sII{len(blobs)}Q", MAGIC, len(text), len(blobs), *map(len, blobs))
    return b"".join([head, text, *blobs])


def loads(data: bytes) -> Any:
    """Decode what :func:`dumps` wrote.

    Raises
    ------
    ValueError
        If the bytes are not such an encoding.
    """
    try:
        magic, length, count = struct.unpack_from("<4sII", data)
        if magic != MAGIC:
            raise ValueError("not an encoded result")
        sizes = struct.unpack_from(f"<{count}Q", data, 12)
        start = 12 + 8 * count + length
        blobs = []
        for size in sizes:
            blobs.append(data[start : start + size])
            start += size
        return _unpack(json.loads(data[12 + 8 * count : 12 + 8 * count + length]), blobs)
    except (struct.error, KeyError, IndexError, TypeError, pa.ArrowInvalid) as error:
        raise ValueError("not an encoded result") from error


def _pack(value: Any, blobs: list[bytes]) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case np.generic():
            return _pack(value.item(), blobs)
        case float():
            return value if np.isfinite(value) else {"!": "float", "v": repr(value)}
        case list():
            return [_pack(item, blobs) for item in value]
        case tuple():
            return {"!": "tuple", "v": [_pack(item, blobs) for item in value]}
        case dict():
            return {"!": "dict", "v": [[_pack(k, blobs), _pack(v, blobs)] for k, v in value.items()]}
        case dt.datetime():
            return {"!": "datetime", "v": value.isoformat()}
        case dt.date():
            return {"!": "date", "v": value.isoformat()}
        case pd.DataFrame():
            blobs.append(_frame_bytes(value))
            return {"!": "frame", "v": len(blobs) - 1}
        case np.ndarray():
            buffer = io.BytesIO()
            np.save(buffer, value, allow_pickle=False)
            blobs.append(buffer.getvalue())
            return {"!": "array", "v": len(blobs) - 1}
    name = f"{type(value).__module__}:{type(value).__qualname__}"
    if name not in _types:
        raise TypeError(f"{name} cannot be stored: declare it with @cacheable")
    fields = {f.name: _pack(getattr(value, f.name), blobs) for f in dataclasses.fields(value)}
    return {"!": name, "v": fields}


def _unpack(value: Any, blobs: list[bytes]) -> Any:
    if isinstance(value, list):
        return [_unpack(item, blobs) for item in value]
    if not isinstance(value, dict):
        return value
    kind, body = value["!"], value["v"]
    match kind:
        case "float":
            return float(body)
        case "tuple":
            return tuple(_unpack(item, blobs) for item in body)
        case "dict":
            return {_unpack(k, blobs): _unpack(v, blobs) for k, v in body}
        case "datetime":
            return dt.datetime.fromisoformat(body)
        case "date":
            return dt.date.fromisoformat(body)
        case "frame":
            return pa.ipc.open_stream(blobs[body]).read_all().to_pandas()
        case "array":
            return np.load(io.BytesIO(blobs[body]), allow_pickle=False)
    return _types[kind](**{name: _unpack(item, blobs) for name, item in body.items()})


def _frame_bytes(frame: pd.DataFrame) -> bytes:
    table = pa.Table.from_pandas(frame)
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()
