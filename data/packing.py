"""Frames to CSV.GZ of which only the rows decide the bytes."""

import gzip
import io
from pathlib import Path

import pandas as pd


def csv(frame: pd.DataFrame) -> bytes:
    """A frame as CSV."""
    return frame.to_csv(index=False, lineterminator="\n").encode()


def pack(text: bytes, path: str | Path) -> Path:
    """Write text as GZ; its header has no time and no name."""
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, compresslevel=9, mtime=0) as file:
        file.write(text)
    Path(path).write_bytes(packed.getvalue())
    return Path(path)
