"""Which segment the customers of a file would be in: a table of them, or the orders of new customers."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from core.errors import InputError
from core.intake import arrival, inspecting, newcomers
from core.intake.answers import Answers
from core.intake.logs import rules
from core.intake.tables import people_rules
from core.intake.understanding import Understanding
from core.pipeline.campaigns import Acts
from core.segments.dividing import placements
from core.segments.dividing.placements import Placements
from core.segments.inputs import features
from core.segments.placing import entering, predicting
from core.segments.placing.fields import Field
from core.segments.placing.predicting import Sheet
from core.view import View
from core.warehouse import engine
from core.warehouse.store import Store
from core.warehouse.tables import Slice, Tables


class Newcomers(Acts):
    """Questions about files of new customers."""

    def prediction_sheet(self, view: View) -> Sheet:
        """What has to be known of a customer, and the averages of those in each segment."""
        found = self.segmentation(view)
        return self._run(
            predicting.sheet, self._everybody(view), *self._learned(view),
            labels=found.labels, encoding=found.model.encoding,
        )  # fmt: skip

    def prediction_fields(self, view: View) -> tuple[Field, ...]:
        """The fields of the features that segments were learned from."""
        return self.prediction_sheet(view).fields

    def predict_file(
        self, view: View, path: Path, *, name: str = "", answers: Answers | None = None, limit: int = 0
    ) -> Placements:
        """Place the customers of a file, in any format that a dataset can have.

        Parameters
        ----------
        path : path
            A table with a row a customer and columns named like the features, or the columns that they were derived
            from; of an order log also the orders of new customers, counted as the log's own were.
        name : str
            What its user calls it.
        answers : Answers, optional
            What the file does not say.
        limit : int
            Most bytes that it may have; 0 for no limit.

        Raises
        ------
        InputError
            If the file cannot be read, or none of its columns is known.
        """
        name = name or path.name
        understood = inspecting.understand(path, name, answers or Answers(), self.store.home)
        if limit and path.stat().st_size > limit:
            raise InputError(
                f"{name} has {path.stat().st_size / 1e6:,.1f} MB; at most {limit / 1e6:,.1f} MB are read here.",
                "Bring a part of it, or use the command line: python -m core predict.",
            )
        fields = self.prediction_fields(view)
        headers = understood.source.columns
        found = placements.match(fields, headers, {})
        if self.kind(view) == "transactions" and understood.kind == "transactions" and len(found) < len(fields):
            return self._of_orders(view, path, name, answers, fields)
        return self._of_table(view, understood, fields)

    def _of_table(self, view: View, understood: Understanding, fields: tuple[Field, ...]) -> Placements:
        source = understood.source
        people = self.people(view) if self.has_people(view) else None
        known = self.dataset(view).columns_found if people else ()
        slugs = people_rules.active(view.rules) if people else ()
        roles = {c.name: c.role for c in understood.columns if c.role}
        made = [column.slug for column in people.columns if column.derived] if people else []
        matched = placements.match(fields, source.columns, roles, made)
        numbers = {matched[field.slug] for field in fields if field.numeric and field.slug in matched}
        with tempfile.TemporaryDirectory(dir=self.store.aside) as folder:
            as_of = people.meta.as_of if people else None
            read = newcomers.read(source, numbers, known, slugs, as_of, Path(folder))
        columns: dict[str, Any] = {slug: read.column(header) for slug, header in matched.items()}
        for field in fields:
            if field.slug not in columns and field.slug in read.derived:
                values = read.derived[field.slug].astype(object)
                columns[field.slug] = values.where(values.notna(), None).tolist()
        if not columns:
            there = ", ".join(field.label for field in fields)
            raise InputError(
                f"No column of {source.name} is one that the segments were learned from.",
                f"Name the columns like these: {there}. Or begin with the template of the page “Place a customer”.",
            )
        told = placements.lacking(fields, columns)
        if read.misfit:
            told.append(f"{read.misfit:,} rows do not have as many fields as the header, and could not be read.")
        entries = entering.enter(fields, columns, len(read.frame))
        return placements.place(self.segmentation(view), fields, entries, read.frame, told)

    def _of_orders(
        self, view: View, path: Path, name: str, answers: Answers | None, fields: tuple[Field, ...]
    ) -> Placements:
        with tempfile.TemporaryDirectory(dir=self.store.aside) as folder:
            store = Store(Path(folder))
            dataset = self.dataset(view)
            got = arrival.receive(path, store, file=name, answers=answers, usual_currency=dataset.currency)
            tables = self._counted(view, store, got.fingerprint)
            whole = Slice(tables, f"newcomers {got.fingerprint}", tables.meta.span)
            frame, people = features.frame(whole), features.customers(whole)
            left = _left_out(store, got.fingerprint, set(people["customer_id"]))
            labels = {rule.slug: rule.label for rule in rules.RULES}
            told = [
                f"{labels[entry.rule]}: {entry.rows:,} of {tables.meta.receipt.rows_in:,} lines were left out."
                for entry in tables.meta.receipt.entries
                if entry.on and entry.rows
            ]
        told.insert(0, f"Their orders are counted to {tables.meta.as_of:%d %B %Y}.")
        if got.currency != dataset.currency:
            told.append(f"Their orders are in {got.currency}, the segments were learned from {dataset.currency}.")
        shown = {field.slug: frame[field.slug] for field in fields if field.slug in frame}
        columns = {slug: values.astype(object).where(values.notna(), None).tolist() for slug, values in shown.items()}
        told += placements.lacking(fields, columns)
        entries = entering.enter(fields, columns, len(frame))
        original = pd.DataFrame({"customer_id": people["customer_id"].tolist(), **shown})
        placed = placements.place(self.segmentation(view), fields, entries, original, told)
        if left:
            why = "Not placed: nothing is left of their orders after cleaning."
            rest = pd.DataFrame({"customer_id": left}).assign(note=why)
            refused = [(len(placed.frame) + number, why) for number in range(1, len(left) + 1)]
            whole_frame = pd.concat([placed.frame, rest], ignore_index=True)
            placed = replace(placed, frame=whole_frame, refused=[*placed.refused, *refused])
        return placed

    def _counted(self, view: View, store: Store, fingerprint: str) -> Tables:
        """Cleaned as the view's log; recency to its day, or where the new orders end later, to theirs."""
        day = self.tables(view).meta.as_of.date()
        tables = arrival.tables(store, fingerprint, view.rules, view.as_of)
        if view.as_of or tables.meta.as_of.date() >= day:
            return tables
        return arrival.tables(store, fingerprint, view.rules, day.isoformat())


def _left_out(store: Store, fingerprint: str, kept: set[str]) -> list[str]:
    """Customers of the file of whom cleaning left nothing."""
    raw = engine.collect(engine.scan(store.raw(fingerprint)).select("customer_id").unique())
    return sorted({str(each) for each in raw["customer_id"].dropna()} - kept)
