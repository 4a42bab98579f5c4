"""One customer: why they are where they are, and what would move them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from core import masking
from core.errors import NotEnoughDataError
from core.pipeline.sales import Sales
from core.segments.customers import examples, moves, reasons, searching, standing, timeline
from core.segments.customers.examples import Examples
from core.segments.customers.moves import Moves
from core.segments.customers.reasons import Why
from core.segments.customers.timeline import Timeline
from core.segments.dividing.segmentation import Segmentation, SegmentName
from core.segments.inputs import features
from core.segments.scores.rfm_maps import Group
from core.view import View
from core.warehouse import engine


@dataclass(frozen=True)
class Candidate:
    """A customer in a list: ``key`` for links, ``label`` as it may be shown, the segment if they are in one."""

    key: str
    label: str
    segment: SegmentName | None


@dataclass(frozen=True)
class Candidates:
    """Who was found; see :class:`core.segments.customers.searching.Found`. ``aside``: rows of the file that cleaning
    took."""

    rows: list[Candidate]
    total: int
    how: str
    aside: int = 0


@dataclass(frozen=True)
class Customer:
    """Everything about one customer.

    ``why`` is None of somebody who is in no segment, because of the features in ``lacking`` or because there are no
    segments; ``would`` is the segment that fits them best all the same, and ``known`` what a table knows of them,
    in the columns of the reasons. Of a log there are also ``scores``, r, f and m
    from 1 to 5, and the ``group`` that they make.
    """

    key: str
    label: str
    segment: SegmentName | None = None
    why: Why | None = None
    moves: Moves | None = None
    lacking: list[str] = field(default_factory=list)
    known: pd.DataFrame | None = None
    would: SegmentName | None = None
    timeline: Timeline | None = None
    scores: dict[Any, Any] | None = None
    group: Group | None = None


class Customers(Sales):
    """Questions about one customer."""

    def find_customers(self, view: View, text: str) -> Candidates:
        """Look customers up by id or its beginning, in any case; by e-mail, telephone or name where given in full.

        Raises
        ------
        ParameterError
            If the text is longer than an id can be.
        """
        found = searching.find(self._listed(view), text, self._address_files(view))
        there = found.how in ("id", "contact", "start")
        aside = 0 if there or not text.strip() else self._left_out(view, searching.plain(text))
        learned = self._divided(view)
        names = {name.id: name for name in learned.names} if learned else {}
        rows = []
        for place, name in zip(self._places(view, found.rows), found.rows["customer_id"].astype(str), strict=True):
            segment = names.get(int(learned.labels[place])) if learned and place is not None else None
            rows.append(Candidate(self.customer_key(name), self.customer_label(name), segment))
        return Candidates(rows, found.total, found.how, aside)

    def customer(self, view: View, key: str) -> Customer | None:
        """All about the customer of a key, of :class:`Candidate` or an id; None where there is no such customer."""
        known = self._listed(view)
        if key.startswith(searching.MARK):
            rows = searching.of_token(known, key)
        else:
            found = searching.find(known, key, most=1)
            rows = found.rows if found.how == "id" else found.rows.head(0)
        if rows.empty:
            return None
        number, name = int(rows["customer"].iloc[0]), str(rows["customer_id"].iloc[0])
        about = Customer(self.customer_key(name), self.customer_label(name))
        if not self.has_people(view):
            scores, group = self._scores(view, number)
            past = timeline.timeline(self.slice(view.whole()), number)
            about = replace(about, timeline=past, scores=scores, group=group)
        learned, place = self._divided(view), self._places(view, rows)[0]
        if learned is None:
            return about
        if place is None:
            return replace(about, **self._lacking(view, name, learned))
        return self._explained(view, about, learned, place)

    def _explained(self, view: View, about: Customer, learned: Segmentation, place: int) -> Customer:
        """With segment, reasons and moves."""
        source, model = self._everybody(view), learned.model
        frame, used = features.frame(source), {each.slug for each in model.encoding.features}
        others = [each for each in features.known(source) if each.slug not in used]
        why = reasons.why(frame, learned, place, view.seed, others)
        target = why.nearest if why.sureness == "apart" else why.runner_up
        way = moves.moves(source, frame, model, place, target) if target else None
        segment = {name.id: name for name in learned.names}[why.segment]
        return replace(about, segment=segment, why=why, moves=way)

    def customer_examples(self, view: View) -> tuple[Examples, dict[int, SegmentName]]:
        """Customers to begin with, and the segments by id."""
        found = self.segmentation(view)
        rows = self._run(examples.examples, self._everybody(view), *self._learned(view), found=found)
        return rows, {name.id: name for name in found.names}

    def customer_label(self, id: str) -> str:
        """An id as it may be shown: of an address no more than what it takes to recognise it."""
        return masking.label(id)

    def customer_key(self, id: str) -> str:
        """An id as it may stand in a link."""
        return searching.token(id) if masking.tells_who(id) else id

    def _listed(self, view: View) -> Any:
        """Number and id of everybody, also of those who are in no segment."""
        if self.has_people(view):
            return engine.scan(self.people(view).folder / "people.parquet")
        return self.slice(view.whole()).customers()

    def _divided(self, view: View) -> Segmentation | None:
        """The segments; None where the customers are too few for any."""
        try:
            return self.segmentation(view)
        except NotEnoughDataError:
            return None

    def _scores(self, view: View, number: int) -> tuple[dict[Any, Any], Group | None]:
        one = self.rfm(view).scores.iloc[number]
        group = next((each for each in self.rfm_map(view).groups if each.slug == one["group"]), None)
        return one[["r", "f", "m"]].to_dict(), group

    def _places(self, view: View, rows: pd.DataFrame) -> list[int | None]:
        """The row of each among those whom segments are learned from; None of somebody who is not."""
        if not self.has_people(view):
            return [int(each) for each in rows["customer"]]
        known = examples.ids(self._everybody(view))
        found = known[known.isin(rows["customer_id"].astype(str))].drop_duplicates()
        at = dict(zip(found, found.index.tolist(), strict=True))
        return [at.get(name) for name in rows["customer_id"].astype(str)]

    def _lacking(self, view: View, name: str, found: Segmentation) -> dict[str, Any]:
        """What is not known of somebody in a table, and the segment that fits best with the middle in its place."""
        people = self.people(view)
        frame = people.frame()
        place = int(np.flatnonzero(frame["customer_id"].astype(str) == name)[0])
        row, everybody = frame.iloc[[place]], np.ones(len(frame), dtype=bool)
        learned = found.model.encoding.features
        placed = int(found.model.place(found.model.values(row)).segment[0])
        return {
            "lacking": [each.label for each in learned if bool(row[each.slug].isna().iloc[0])],
            "would": {each.id: each for each in found.names}.get(placed),
            "known": standing.beside(frame, features.known(people), place, (everybody, everybody)),
        }

    def _left_out(self, view: View, wanted: str) -> int:
        """Rows of the file with an id that cleaning left nothing of."""
        path = self.store.raw(view.dataset)
        if self.has_people(view) or not path.exists():
            return 0
        rows = engine.scan(path)
        same = nw.col("customer_id").cast(nw.String).str.to_lowercase() == wanted
        return int(engine.collect(rows.filter(same).select(nw.len().alias("n")))["n"].iloc[0])

    def _address_files(self, view: View) -> tuple[Path, ...]:
        """Where contacts are kept: of the dataset, and of the table that it was joined with."""
        joined = self.dataset(view).facts.get("joined")
        files = [self.store.raw(name).with_name("contacts.parquet") for name in (view.dataset, joined) if name]
        return tuple(file for file in files if file.exists())
