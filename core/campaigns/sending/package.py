"""All that belongs to one export: the file, whom it leaves out, the record, the removals, and what is said of them."""

from __future__ import annotations

import datetime as dt
import json
import os
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from core.campaigns.sending import manifest, removal, writing
from core.campaigns.sending.addresses import fields
from core.campaigns.sending.deciding import COUNTED, decide
from core.campaigns.sending.destination import Audience
from core.campaigns.sending.manifest import Counts
from core.campaigns.sending.task import Sending
from core.errors import NotEnoughDataError, ParameterError
from core.intake.formats.reading import quote
from core.warehouse import engine

RECORD, REJECTED, MANIFEST = "record.csv", "rejected.csv", "manifest.json"
SHORTEST = 10


@dataclass(frozen=True)
class Package:
    """What was written: ``files`` in the order in which they matter, the last is the manifest."""

    counts: Counts
    manifest: dict[str, Any]
    files: list[Path]


def preview(members: pa.Table, sending: Sending, home: Path) -> Counts:
    """Count who would be sent, without a file and without a statement; ``home`` is where it may write meanwhile.

    It decides as :func:`save` does, so a funnel of :attr:`Counts.steps` and the file of the same ``sending`` cannot
    disagree. Where no column has the addresses that are needed nobody can be reached, and that is counted.
    """
    return weigh(members, sending, home)[0]


def weigh(members: pa.Table, sending: Sending, home: Path) -> tuple[Counts, pa.ChunkedArray]:
    """What :func:`preview` counts, and the ids of those who are left to be sent or held back."""
    with tempfile.TemporaryDirectory(dir=home) as aside, engine.open_cursor() as cursor:
        rows = Path(aside) / "rows"
        counts = manifest.count(cursor, rows, decide(cursor, members, sending, rows, (*COUNTED, "customer_id")))
        files = quote(f"{rows}/*.parquet")
        left = cursor.sql(f"select customer_id from read_parquet({files}) where outcome <> 'rejected'")
        return counts, left.to_arrow_table()["customer_id"]


def save(members: pa.Table, sending: Sending, folder: Path) -> Package:
    """Write a package into a folder; nothing is in it before all is done.

    Parameters
    ----------
    members : Table
        ``customer_id``, ``segment`` (name), ``cents`` (what they spent).
    sending : Sending
    folder : Path
        Made where it is not there.

    Returns
    -------
    Package

    Raises
    ------
    NotEnoughDataError
        If nobody is in the audience, or nobody of it can be sent.
    ParameterError
        If nothing says that they may be written to: neither a column nor a statement; or if the destination needs an
        address of which there is no column.
    """
    if not members.num_rows:
        raise NotEnoughDataError("Nobody is in this audience.", "Loosen its filters.")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as aside, engine.open_cursor() as cursor:
        to, rows = sending.destination, Path(aside) / "rows"
        _check_addresses(fields(cursor, sending.contacts), to)
        consent = decide(cursor, members, sending, rows)
        _check_statement(consent, sending.statement)
        counts = manifest.count(cursor, rows, consent)
        if not counts.sent:
            raise NotEnoughDataError(*_nobody(counts))
        made = [Path(aside) / name for name in (to.file(), REJECTED, RECORD)]
        writing.write(cursor, rows, to, made[0])
        writing.write_rejected(cursor, rows, made[1])
        writing.write_record(cursor, rows, made[2])
        if sending.earlier:
            gone = Path(aside) / to.file("removal")
            if removal.write(cursor, sending, gone, Path(aside)):
                made.append(gone)
        said = manifest.manifest(counts, sending, made, dt.datetime.now(dt.UTC))
        made.append(Path(aside) / MANIFEST)
        made[-1].write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
        for path in made:
            os.replace(path, folder / path.name)
    return Package(counts, said, [folder / path.name for path in made])


def pack(members: pa.Table, sending: Sending, path: Path) -> Package:
    """The same as one zip; the paths of its files are their names in it."""
    with tempfile.TemporaryDirectory(dir=path.parent) as aside:
        package = save(members, sending, Path(aside))
        # Hashes hardly shrink, and trying takes longer than all the rest.
        how = zipfile.ZIP_STORED if sending.destination.hashed else zipfile.ZIP_DEFLATED
        with zipfile.ZipFile(path, "w", how, compresslevel=1) as archive:
            for file in package.files:
                archive.write(file, file.name)
    return Package(package.counts, package.manifest, [Path(file.name) for file in package.files])


def _check_addresses(has: tuple[str, ...], to: Audience) -> None:
    if to.reach and not set(has).intersection(to.reach):
        kinds = "e-mail addresses or telephones" if "phone" in to.reach else "e-mail addresses"
        raise ParameterError(
            f"The list for {to.label} needs {kinds}, and this data has no such column.",
            "Join a customer table with contacts, or take the plain CSV.",
        )


def _check_statement(consent: bool, statement: str) -> None:
    if not consent and len(statement.strip()) < SHORTEST:
        raise ParameterError(
            "No column of this data says who agreed to be written to.",
            "Bring contacts with consent, or state why these people may be written to, such as “All agreed in the "
            "shop, list of May”; the statement is kept with the file.",
        )


def _nobody(counts: Counts) -> tuple[str, str]:
    if not counts.rejected:
        return "All of the audience fell into the holdout.", "Lower the holdout or widen the audience."
    why = ", ".join(f"{number:,} {reason}" for _, reason, number in counts.reasons)
    return f"Nobody of the {counts.members:,} can be sent: {why}.", "Widen the audience, or bring later contacts."
