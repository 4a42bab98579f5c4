"""The first rows of a file as they will be stored, read exactly as the whole file would be, in a store of their own."""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd

from core import masking
from core.errors import ClienteleError
from core.intake import arrival
from core.intake.answers import Answers
from core.intake.logs import waterfall
from core.intake.tables import switches
from core.intake.understanding import Understanding
from core.warehouse import engine
from core.warehouse.columns import Column
from core.warehouse.receipt import Receipt
from core.warehouse.store import Dataset, Store

SHOWN = 8
# Column of the canonical order log -> what the page calls it.
_LINES = {
    "order_id": "Order", "customer_id": "Customer", "ts": "Date", "code": "Code", "description": "Product",
    "quantity": "Quantity", "price": "Price", "cents": "Amount", "country": "Country",
}  # fmt: skip
_MONEY = ("price", "cents")


@dataclass(frozen=True)
class Preview:
    """The first rows as stored, and the receipt of them.

    ``rows`` counts the rows of the file that were read for it, ``head`` and ``lines`` are text. An order log has a
    ``receipt`` with its ``steps``, other tables ``switches``. ``problem`` says why there is nothing to show.
    """

    rows: int
    head: tuple[str, ...] = ()
    numeric: frozenset[int] = frozenset()
    lines: tuple[tuple[str, ...], ...] = ()
    receipt: Receipt | None = None
    steps: tuple[waterfall.Step, ...] = ()
    switches: tuple[switches.Switch, ...] = ()
    kept: int = 0
    problem: str = ""


def preview(understood: Understanding, store: Store) -> Preview:
    """Read the sample that the understanding rests on as a whole file would be read; nothing of it stays.

    Parameters
    ----------
    understood : Understanding
        Without open questions.
    store : Store
        Whose disk is used meanwhile.
    """
    rows = understood.source.sample
    with store.workspace() as folder:
        path = folder / "sample.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([[column.name for column in understood.columns], *rows])
        aside = Store(folder / "home")
        try:
            dataset = arrival.receive(path, aside, file=understood.source.name, answers=_said(understood))
            return _of(dataset, aside, len(rows))
        except ClienteleError as error:
            return Preview(len(rows), problem=str(error))


def _said(understood: Understanding) -> Answers:
    """What was understood of the file, of a plain copy of its first rows."""
    roles = tuple((column.role, column.name) for column in understood.columns if column.role)
    taken = {role for role, _ in roles}
    off = tuple((role, name) for role, name in understood.answers.roles if not name and role not in taken)
    return replace(
        understood.answers,
        kind=understood.kind,
        encoding="",
        delimiter=",",
        header="yes",
        sheet="",
        roles=(*roles, *off),
    )


def _of(dataset: Dataset, store: Store, rows: int) -> Preview:
    if dataset.kind != "transactions":
        people = arrival.people(store, dataset.fingerprint, "net")
        frame = people.frame().head(SHOWN)
        by_slug = {column.slug: column for column in people.columns}
        shown = ["customer_id", *(slug for slug in by_slug if slug in frame and slug != "customer_id")]
        cells = {slug: frame[slug].map(partial(_level, by_slug[slug].levels)) for slug in shown
                 if slug in by_slug and by_slug[slug].scale == "ordinal" and frame[slug].dtype.kind == "f"}  # fmt: skip
        head = tuple(by_slug[slug].name if slug in by_slug else "Customer" for slug in shown)
        frame = frame.assign(**cells)
        personal = {i for i, slug in enumerate(shown) if slug in by_slug and _is_personal(by_slug[slug])}
        return Preview(
            rows, head, _numeric(frame, shown), _text(frame, shown, personal),
            switches=tuple(switches.switches(people.meta)), kept=people.meta.customers,
        )  # fmt: skip
    raw = engine.collect(engine.scan(store.raw(dataset.fingerprint)).head(SHOWN))
    shown = [name for name in _LINES if name in raw and raw[name].notna().any()]
    money = {name: (raw[name] / (100 if name == "cents" else 1)).map(_money) for name in _MONEY if name in raw}
    numeric = _numeric(raw, shown)
    made = Preview(rows, tuple(_LINES[name] for name in shown), numeric, _text(raw.assign(**money), shown))
    try:
        meta = arrival.tables(store, dataset.fingerprint, "net").meta
    except ClienteleError as error:
        return replace(made, problem=str(error))
    return replace(
        made, receipt=meta.receipt, steps=tuple(waterfall.steps(meta.receipt)), kept=meta.receipt.rows
    )  # fmt: skip


def _numeric(frame: pd.DataFrame, shown: list[str]) -> frozenset[int]:
    return frozenset(i for i, name in enumerate(shown) if pd.api.types.is_numeric_dtype(frame[name]))


def _text(frame: pd.DataFrame, shown: list[str], personal: Collection[int] = ()) -> tuple[tuple[str, ...], ...]:
    """Cells as text; of personal columns, and of ids that tell a person, masked."""
    show = [
        masking.mask if place in personal else masking.label if name == "customer_id" else masking.shown
        for place, name in enumerate(shown)
    ]
    rows = frame[shown].itertuples(index=False)
    return tuple(tuple(face(_cell(value)) for face, value in zip(show, row, strict=True)) for row in rows)


def _is_personal(column: Column) -> bool:
    return masking.is_personal(column.role, column.scale)


def _level(levels: tuple[str, ...], value: float) -> str:
    return levels[int(value)] if value == value and 0 <= value < len(levels) else ""


def _money(value: float) -> str:
    return "" if value != value else f"{value:,.2f}"


def _cell(value: object) -> str:
    if value is None or value is pd.NaT or value != value:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value == round(value) and abs(value) < 1e15 else f"{value:.2f}"
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}" if value == value.normalize() else f"{value:%Y-%m-%d %H:%M}"
    return str(value)
