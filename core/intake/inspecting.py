"""A first look at a file: what it is, what its columns stand for, and what it leaves open."""

from __future__ import annotations

import hashlib
from pathlib import Path

from core.errors import InputError
from core.intake import reading
from core.intake.answers import Answers
from core.intake.reading import Source
from core.intake.understanding import Understanding
from core.warehouse.columns import Column

HEADERS = {
    "order": ("invoiceno", "invoice"), "code": ("stockcode",), "product": ("description",), "quantity": ("quantity",),
    "date": ("invoicedate",), "price": ("unitprice", "price"), "customer": ("customerid",), "country": ("country",),
}  # fmt: skip


def understand(path: Path, name: str = "", answers: Answers | None = None, home: Path | None = None) -> Understanding:
    """Look at the first rows of a file."""
    source = reading.inspect(path, name or path.name)
    columns = tuple(
        Column(header.strip(), role, "", next((row[i] for row in source.sample), ""), "")
        for i, (header, role) in enumerate(zip(source.columns, _roles(source), strict=True))
    )
    shape = hashlib.blake2b("\n".join(source.columns).encode(), digest_size=8).hexdigest()
    return Understanding(source, "transactions", columns, (), (), answers or Answers(), shape)


def _roles(source: Source) -> list[str]:
    plain = {"".join(c for c in name.lower() if c.isalnum()): i for i, name in reversed([*enumerate(source.columns)])}
    found = {role: next((plain[h] for h in headers if h in plain), -1) for role, headers in HEADERS.items()}
    if missing := [HEADERS[role][0] for role, position in found.items() if position < 0]:
        have = ", ".join(name.strip()[:40] or "(blank)" for name in source.columns[:12])
        more = f" and {len(source.columns) - 12} more" if len(source.columns) > 12 else ""
        raise InputError(
            f"{source.name} lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}.",
            f"Its first line was read with {source.separator} as separator and has: {have}{more}.",
        )
    at = {position: role for role, position in found.items()}
    return [at.get(place, "") for place in range(len(source.columns))]
