"""A later export added to a dataset: what both hold is counted once, as the later one has it."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from core.errors import InputError
from core.intake import arrival
from core.intake.answers import Answers
from core.intake.formats.reading import quote
from core.intake.kinds import customers
from core.intake.logs import duplicates
from core.intake.logs.lines import KEPT
from core.warehouse import engine
from core.warehouse.store import Dataset, Store

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class _Came:
    """What the later file brought: orders or customers that were not there, and those that were."""

    new: int
    again: int
    rows: int


def append(
    store: Store,
    fingerprint: str,
    path: Path,
    *,
    file: str = "",
    answers: Answers | None = None,
    limit: int = 0,
    progress: Progress | None = None,
) -> Dataset:
    """Store a new version of a dataset: what it held, and what a later file holds.

    Parameters
    ----------
    store : Store
    fingerprint : str
        The dataset that is added to; it stays as it is.
    path : path
        A file of the same kind.
    file, answers, limit, progress
        See :func:`core.intake.arrival.receive`.

    Returns
    -------
    Dataset
        ``previous`` is the version before, ``parts`` all files, ``facts["came"]`` sentences on what came.

    Raises
    ------
    InputError
        If the file cannot be read, is of another kind, or lacks columns of the dataset. Nothing is stored then.

    Notes
    -----
    An order that stands in both is taken from the later file alone: it may have been refunded since. Without order
    numbers a row that stands in both, with all its columns, is one row. A customer who stands in two customer tables
    is taken from the later one. Categories and channels may be in either file alone: they are not known of the rest.
    """
    base = store.get(fingerprint)
    answers = answers or Answers()
    tell = progress or (lambda words, share: None)
    with store.workspace() as folder:
        # Read as any file is, in a store of its own: nothing of it is seen before the version is whole.
        aside = Store(folder / "aside")
        if (store.home / "shapes").exists():
            shutil.copytree(store.home / "shapes", aside.home / "shapes")
        part = arrival.receive(
            path, aside, file=file, answers=answers, usual_currency=base.currency, limit=limit,
            progress=lambda words, share: tell(words, 0.8 * share),
        )  # fmt: skip
        _check(base, part)
        tell("Putting both together", 0.8)
        came = _unite(base, store.raw(fingerprint), aside.raw(part.fingerprint), folder)
        columns, country = base.columns_found, Answers.from_json(base.answers).country
        if base.kind == "transactions":
            _contacts(store.raw(fingerprint).parent, aside.raw(part.fingerprint).parent, folder)
        else:
            columns, _ = customers.settle(columns, country, folder / "raw.parquet")
        made = hashlib.blake2b(f"{fingerprint} {part.fingerprint}".encode(), digest_size=8).hexdigest()
        rows = engine.scan(folder / "raw.parquet").to_native().shape[0]
        dataset = replace(
            base,
            fingerprint=made,
            rows=rows + base.misfit + part.misfit,
            misfit=base.misfit + part.misfit,
            bytes=base.bytes + part.bytes,
            added=dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"),
            notes=_notes(base, part, rows, came),
            columns_found=columns,
            facts={**base.facts, "came": _said(base, part, came), "news": []},
            previous=fingerprint,
            parts=(*_parts(base), part.file),
        )
        if all(stored.fingerprint != made for stored in store.all()):
            shutil.rmtree(folder / "aside")
            store.add(dataset, folder)
    tell("Stored", 1.0)
    return store.get(made)


def _check(base: Dataset, part: Dataset) -> None:
    if base.kind != part.kind:
        raise InputError(
            f"{part.file} was read as another kind of table than {base.name}.",
            "Bring it as a dataset of its own, or say what kind it is.",
        )
    if base.kind == "transactions" and base.currency != part.currency:
        raise InputError(
            f"{part.file} is in {part.currency}, {base.name} in {base.currency}: they are never added.",
            "Bring it as a dataset of its own, or give a rate.",
        )


def _unite(base: Dataset, old: Path, new: Path, folder: Path) -> _Came:
    """Write raw.parquet, and duplicates.parquet for order logs, to the folder."""
    before, after = engine.scan(old).to_native(), engine.scan(new).to_native()
    optional = KEPT if base.kind == "transactions" else ()
    if lacking := [name for name in before.columns if name not in (*after.columns, *optional)]:
        raise InputError(
            f"The later file lacks the column{'s' * (len(lacking) > 1)} {', '.join(lacking[:8])} of {base.name}.",
            "Export it with the same columns, or bring it as a dataset of its own.",
        )
    keys = _keys(base, before.columns)
    told, tells = before.project(keys).distinct(), after.project(keys).distinct()
    again = tells.intersect(told).shape[0]
    came = _Came(tells.shape[0] - again, again, after.shape[0])
    kinds = {name: kind for name, kind in zip(before.columns, before.types, strict=True) if name != "row"}
    kinds |= {name: "varchar" for name in optional if name in after.columns}
    earlier = [f'"{name}"' if name in before.columns else f'null::varchar as "{name}"' for name in kinds]
    # A column may have been read as something else in the later file.
    cells = {name: f'"{name}"' if name in after.columns else "null" for name in kinds}
    later = [f'try_cast({cells[name]} as {kind}) as "{name}"' for name, kind in kinds.items()]
    numbered = ", row_number() over () - 1 as row" if "row" in before.columns else ""
    with engine.open_cursor() as cursor:
        same = " and ".join(f"n.{key} is not distinct from o.{key}" for key in keys.split(", "))
        cursor.execute(
            f"""copy (select *{numbered} from (
                select {", ".join(earlier)} from {_parquet(old)} o
                where not exists (select 1 from (select distinct {keys} from {_parquet(new)}) n where {same})
                union all select {", ".join(later)} from {_parquet(new)}))
            to {quote(str(folder / "raw.parquet"))} (format parquet, compression snappy)"""
        )
    if base.kind == "transactions":
        engine.write(engine.lift(duplicates.find(folder / "raw.parquet")), folder / "duplicates.parquet")
    return came


def _keys(base: Dataset, columns: list[str]) -> str:
    """What tells an order, a row or a customer from another."""
    if base.facts.get("key") == "row":
        # Nothing names those who answered: who answered alike throughout is the same.
        return ", ".join(f'"{name}"' for name in columns if name != "customer_id")
    if base.kind != "transactions":
        return "customer_id"
    if base.facts.get("orders") == "row":
        # Numbered by us, differently in each file.
        return "customer_id, ts, cents"
    return "order_id, customer_id"


def _contacts(old: Path, new: Path, folder: Path) -> None:
    """The contacts of both, of a customer in both those of the later file."""
    before, after = old / "contacts.parquet", new / "contacts.parquet"
    if not before.exists() and not after.exists():
        return
    if not (before.exists() and after.exists()):
        shutil.copyfile(before if before.exists() else after, folder / "contacts.parquet")
        return
    with engine.open_cursor() as cursor:
        cursor.execute(
            f"""copy (select * from {_parquet(after)} union all by name
                select * from {_parquet(before)} o anti join {_parquet(after)} n using (customer_id))
            to {quote(str(folder / "contacts.parquet"))} (format parquet, compression snappy)"""
        )


def _parquet(path: Path) -> str:
    return f"read_parquet({quote(str(path))})"


def _parts(base: Dataset) -> tuple[str, ...]:
    return base.parts or (base.file,)


def _notes(base: Dataset, part: Dataset, rows: int, came: _Came) -> tuple[tuple[str, str, str], ...]:
    files = (*_parts(base), part.file)
    return (
        *(note for note in base.notes if note[0] not in ("Rows", "Parts")),
        ("Rows", f"{rows:,}", f"{came.rows:,} of them from {part.file}"),
        ("Parts", f"{len(files)}", ", ".join(files)),
    )


def _said(base: Dataset, part: Dataset, came: _Came) -> list[str]:
    things = "customers" if base.kind != "transactions" else "orders"
    if base.facts.get("orders") == "row":
        things = "purchases"
    said = [f"{part.file} brought {came.new:,} {things} that were not there."]
    if came.again:
        said.append(f"{came.again:,} {things} were there already: they count once, as {part.file} has them.")
    return said
