"""Whom a campaign is for: what an audience can be made of, how many it holds part by part, and how it is called."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core.campaigns.audience import Filters
from core.campaigns.planning import crowds
from core.campaigns.planning.crowds import Crowds
from core.campaigns.targeting import catalogue, choices, members, words
from core.campaigns.targeting import who as audiences
from core.campaigns.targeting.catalogue import Products
from core.campaigns.targeting.choices import Choices
from core.campaigns.targeting.who import Part, Who
from core.errors import ParameterError
from core.pipeline.campaigns import Acts
from core.view import View


class Targeting(Acts):
    """Questions about an audience while it is built."""

    def who(self, view: View) -> Who:
        """Whom the view's option ``who`` asks for: everybody where it says nothing.

        Raises
        ------
        ParameterError
            If it cannot be read.
        """
        return audiences.read(view.option("who"))

    def audience_parts(self, view: View, who: Who | None = None) -> Crowds:
        """How many customers an audience holds, by itself, part by part and by segment, within the view's filters."""
        who = self.who(view) if who is None else who
        asked = any(part.consent for part in (*who.include, *who.exclude))
        contacts, known = (self._contact_files(view), self._contact_stamps(view)) if asked else ((), ())
        if people := self._roster(view):
            learned = str(self._learned(view)) if people.learned else ""
            about = Filters.of(view), learned, who, known
            return self._run(crowds.table_crowds, people.source, *about, people=people, contacts=contacts)
        return self._run(
            crowds.crowds, self._unmarked(view), Filters.of(view), self._marked_by(view), who, known,
            later=lambda: {"marks": self._marks(view)}, contacts=contacts,
        )  # fmt: skip

    def audience_choices(self, view: View) -> Choices:
        """What an audience can be made of, each with its customers within the view's filters."""
        contacts, known = self._contact_files(view), self._contact_stamps(view)
        if people := self._roster(view):
            learned = str(self._learned(view)) if people.learned else ""
            about = Filters.of(view), learned, known
            return self._run(choices.table_choices, people.source, *about, people=people, contacts=contacts)
        return self._run(
            choices.choices, self._unmarked(view), Filters.of(view), self._marked_by(view), known,
            later=lambda: {"marks": self._marks(view), "everywhere": self.countries_left(view.whole())},
            contacts=contacts,
        )  # fmt: skip

    def find_products(self, view: View, text: str) -> Products:
        """The products of an order log whose code or name holds a text, with the customers who bought them."""
        return self._run(catalogue.find, self.slice(view.whole()), " ".join(text.lower().split()))

    def sells_products(self, view: View) -> bool:
        """Whether it is known which products customers bought."""
        return not self.has_people(view) and self.tables(view).meta.has_products

    def who_conditions(self, view: View, who: Who) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
        """The conditions of each part in words, by field: of the parts that are included, and of those left out."""
        names = self._names(view, who)
        return (
            [words.conditions(part, names) for part in who.include],
            [words.conditions(part, names) for part in who.exclude],
        )

    def who_in_words(self, view: View, who: Who) -> str:
        """An audience as a part of a sentence: "in Germany, but not bought TEA SET", and what the filters leave."""
        said = words.sentence(who, self._names(view, who))
        filters = [text for text in self.audience_conditions(view).values() if text]
        if view.period != "all" and not self.has_people(view):
            span = self.slice(view).span
            filters.insert(0, f"with an order from {span.start} to {span.end}")
        return f"{said}; of these only {', '.join(filters)}" if filters else said

    def check_who(self, view: View) -> Who:
        """The audience of a view's option ``who``.

        Raises
        ------
        ParameterError
            If it cannot be read, or asks for what the dataset does not hold; the message names it.
        """
        who = self.who(view)
        parts = (*who.include, *who.exclude)
        if not parts:
            return who
        _known("segment", {segment.id for segment in self.segment_names(view)}, _all(parts, "segments"))
        if any(part.consent for part in parts) and not members.tells_consent(self._contact_files(view)):
            raise ParameterError(
                "The audience asks for consent, and nothing says who agreed to be written to.",
                "Join a table with a column of consent on the Data page.",
            )
        if not self.has_people(view):
            _known("RFM group", {group.slug for group in self.rfm_map(view).groups}, _all(parts, "groups"))
            if wanted := _all(parts, "countries"):
                _known("country", {name for name, _ in self.countries_left(view.whole())}, wanted)
            _known("product", self._called(view, parts).keys(), _all(parts, "products"))
        elif any(part.countries or part.groups or part.products for part in parts):
            raise ParameterError(
                "The audience asks for countries, RFM groups or products, and this table has no orders.",
                "Choose segments, or a range.",
            )
        return who

    def _names(self, view: View, who: Who) -> words.Names:
        parts = (*who.include, *who.exclude)
        groups = {} if self.has_people(view) else {group.slug: group.label for group in self.rfm_map(view).groups}
        segments = {one.id: one.name for one in self.segment_names(view)} if _all(parts, "segments") else {}
        return words.Names(segments, groups, self._called(view, parts), self.dataset(view).currency)

    def _called(self, view: View, parts: Iterable[Part]) -> dict[str, str]:
        codes = _all(parts, "products")
        return catalogue.names(self.slice(view.whole()), codes) if codes and not self.has_people(view) else {}


def _all(parts: Iterable[Part], field: str) -> list[Any]:
    return [value for part in parts for value in getattr(part, field)]


def _known(what: str, known: Any, asked: list[Any]) -> None:
    if unknown := [value for value in asked if value not in known]:
        raise ParameterError(
            f"There is no {what} {str(unknown[0])[:60]!r}, which the audience asks for.", "Build the audience anew."
        )
