"""How files come in: those that wait to be checked, and the folder where other programs put them."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

from core.inbox import DONE, Found, Inbox
from core.intake import checking, inspecting, previewing
from core.intake.answers import Answers
from core.intake.arrivals import Arrivals, Waiting
from core.intake.checking import Checked
from core.intake.columns import shapes
from core.intake.previewing import Preview
from core.intake.understanding import Understanding
from core.pipeline.datasets import Datasets
from core.warehouse import engine

_KEPT = 32


class Door(Datasets):
    """What happens between a file and a dataset."""

    @cached_property
    def arrivals(self) -> Arrivals:
        return Arrivals(self.store)

    @cached_property
    def inbox(self) -> Inbox:
        return Inbox(self.settings.inbox, self.settings.home)

    @cached_property
    def _looked(self) -> dict[tuple[str, int], tuple[Checked, Preview | None]]:
        return {}

    def check_arrival(self, id: str) -> tuple[Checked, Preview | None]:
        """A waiting file as it was understood, and its first rows as they will be stored unless a question is open.

        Raises
        ------
        ExpiredError
            If it no longer waits.
        """
        waiting = self.arrivals.get(id)
        key = (id, waiting.version)
        if key not in self._looked:
            understood = self.arrivals.understand(waiting)
            checked = checking.check(waiting, understood, self.settings.currency)
            preview = None if checked.questions else previewing.preview(understood, self.store)
            while len(self._looked) >= _KEPT:
                self._looked.pop(next(iter(self._looked)), None)
            self._looked[key] = checked, preview
        checked, preview = self._looked[key]
        return checking.renewed(checked, waiting), preview

    def answer_arrival(self, id: str, slug: str, value: str) -> Waiting:
        """Say something about a waiting file.

        Raises
        ------
        ExpiredError, InputError, ParameterError
            If it is gone, or cannot be read so; nothing is changed then.
        """
        if slug == "append_to":
            return self.arrivals.change(id, append_to=value)
        checked, _ = self.check_arrival(id)
        question = checked.waiting.question
        open_still = question if question and question.slug != slug else None
        return self.arrivals.change(id, answers=checking.answered(checked, slug, value), question=open_still)

    def bring_from_inbox(self, name: str) -> tuple[Waiting, Understanding]:
        """Let a file of the inbox wait to be checked; it stays where it is."""
        found = self.inbox.get(name)
        with self.arrivals.place() as folder:
            return self.arrivals.add(folder, found.path, found.name)

    def inbox_knows(self, found: Found) -> bool:
        """Whether a file of the inbox has a shape that was read before and leaves nothing to ask."""
        understood = inspecting.understand(found.path, found.name, Answers(), self.store.home)
        return understood.remembered and not understood.questions

    def arrived(self, id: str) -> None:
        """A waiting file has become a dataset: it waits no longer, and its shape is remembered."""
        waiting = self.arrivals.get(id)
        shapes.remember(self.store.home, self.arrivals.understand(waiting))
        self.arrivals.discard(id)
        for found in self.inbox.files():
            if found.path == waiting.path:
                self.inbox.note(found, DONE)

    def period_held(self, fingerprint: str) -> tuple[dt.date, dt.date] | None:
        """First and last day of an order log as it was read, whatever is cleaned away; None where there is no day."""
        if fingerprint not in self._periods:
            raw = engine.scan(self.store.raw(fingerprint)).to_native()
            self._periods[fingerprint] = None
            if "ts" in raw.columns:
                first, last = raw.aggregate("min(ts)::date, max(ts)::date").fetchall()[0]
                self._periods[fingerprint] = (first, last) if first else None
        return self._periods[fingerprint]

    @cached_property
    def _periods(self) -> dict[str, tuple[dt.date, dt.date] | None]:
        return {}

    def inbox_files(self) -> list[Found]:
        """What stands in the inbox and does not wait to be checked already."""
        waiting = {each.path for each in self.arrivals.all()}
        return [found for found in self.inbox.files() if found.path not in waiting]
