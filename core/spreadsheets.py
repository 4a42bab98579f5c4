"""Frames for people who open them in a spreadsheet: no cell may become a formula."""

from __future__ import annotations

import io

import pandas as pd

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def guard(text: object) -> object:
    """Put ``'`` before text that a spreadsheet would run; numbers that are numbers stay.

    >>> guard("=1+1"), guard(-3), guard("-3"), guard("=cmd|' /C calc'!A0")[0]
    ("'=1+1", -3, "'-3", "'")
    """
    return f"'{text}" if isinstance(text, str) and text.startswith(DANGEROUS) else text


def guard_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with every text cell and every header made safe."""
    safe = frame.copy()
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]) and not pd.api.types.is_datetime64_any_dtype(
            safe[column]
        ):
            safe[column] = safe[column].map(guard)
    return safe.rename(columns={name: guard(name) for name in safe.columns})


def to_csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with a BOM, so that spreadsheets read accents right."""
    text = io.StringIO()
    guard_frame(frame).to_csv(text, index=False)
    return text.getvalue().encode("utf-8-sig")
