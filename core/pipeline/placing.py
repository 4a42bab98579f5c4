"""Which segment new customers would be in: entered one by one, or brought as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from core.campaigns.advice import Advice
from core.errors import ExpiredError, ParameterError
from core.pipeline.newcomers import Newcomers
from core.segments.dividing import clusterer, placements
from core.segments.placing import entering, predicting
from core.segments.placing.entering import Note
from core.view import View

# What names a customer who is entered, where no field is called so.
NAMES = ("id", "customer_id", "customer")


@dataclass(frozen=True)
class Predicted:
    """Customers who were entered: ``rows`` as of :func:`core.segments.placing.predicting.predict`, with ``id`` where
    given.

    ``problems``: row -> field -> what cannot be understood there; the field's default was taken.
    """

    rows: pd.DataFrame
    notes: list[list[Note]]
    problems: dict[int, dict[str, ParameterError]]


@dataclass(frozen=True)
class Portrayed:
    """A segment that customers are placed in.

    ``share`` of all customers; ``averages``: field -> average in units as they are entered, of levels the share of
    each segment's most frequent one as (level, share); ``advice``: what to do, best first.
    """

    id: int
    name: str
    slug: str
    colour: int
    portrait: str
    customers: int
    share: float
    averages: dict[str, float | tuple[str, float] | None]
    advice: list[Advice]


class Placing(Newcomers):
    """Questions about new customers."""

    def predict(self, view: View, records: Sequence[Mapping[str, Any]]) -> Predicted:
        """Place customers.

        Parameters
        ----------
        records : sequence of mapping
            Of each customer, by slug or label of the fields: numbers, money in units of the currency, levels by name
            or place. What is left out stands at its default, and a note says so. ``id`` names the customer.

        Raises
        ------
        ParameterError
            If a field does not exist.
        """
        fields = self.prediction_fields(view)
        known = placements.spellings(fields)
        given = [{known.get(placements.bare(name), name): record[name] for name in record} for record in records]
        slugs = {field.slug for field in fields}
        for record, read in zip(records, given, strict=True):
            if unknown := sorted(name for name in read if name not in slugs and name.casefold() not in NAMES):
                there = ", ".join(field.slug for field in fields)
                raise ParameterError(f"There is no field “{unknown[0][:60]}”.", f"The fields are {there}, and id.")
            if len(read) < len(record):
                raise ParameterError("A customer has the same field twice.", "Give it once, by name or by label.")
        columns = {slug: [record.get(slug) for record in given] for slug in slugs}
        entries = entering.enter(fields, columns, len(records))
        rows, notes = predicting.predict(self.segmentation(view), entries)
        ids = [next((r[name] for name in r if name not in slugs), None) for r in given]
        return Predicted(rows.assign(id=pd.Series(ids, dtype=object)), notes, entries.problems)

    def placed_by(self, view: View) -> str:
        """How new customers are placed, in a sentence."""
        way = clusterer.of(self.segmentation(view).model.method)
        if way.places:
            return f"{way.label} places new customers itself."
        return f"{way.label} cannot place a new customer: the five known ones who are most alike vote."

    def saved_view(self, name: str) -> View:
        """The view of a saved segmentation, by its id or its name.

        Raises
        ------
        ExpiredError
            If there is none; it names those there are.
        """
        saved = {word: each for each in reversed(self.kept()) for word in (each.name, each.id)}
        if name not in saved:
            there = ", ".join(each.name for each in self.kept()[:12]) or "none is saved here"
            raise ExpiredError(f"There is no saved segmentation {name[:60]!r}.", f"Choose from: {there}.")
        return saved[name].view

    def portrayed(self, view: View) -> dict[int, Portrayed]:
        """The segments that customers are placed in, by id: who they are, their averages, and what to do."""
        found, averages = self.segmentation(view), self.prediction_sheet(view).averages
        advice = {each.id: each.advice for each in self.campaigns(view).segments}
        customers = int(found.segments["customers"].sum())
        return {
            int(row["id"]): Portrayed(
                int(row["id"]), row["name"], row["slug"], int(row["colour"]), row["portrait"], int(row["customers"]),
                row["customers"] / customers,
                {each["feature"]: _average(each) for each in averages[averages["id"] == row["id"]].to_dict("records")},
                advice.get(row["id"], []),
            )
            for row in found.segments.to_dict("records")
        }  # fmt: skip

    def prediction_averages(self, view: View) -> pd.DataFrame:
        """What is known of those in each segment, a row a segment and field: averages in units as they are entered."""
        found = self.portrayed(view)
        rows = [
            {
                "segment": each.name,
                "customers": each.customers,
                "field": slug,
                "average": None,
                "level": "",
                "share": None,
            }
            | ({"level": value[0], "share": value[1]} if isinstance(value, tuple) else {"average": value})
            for each in found.values()
            for slug, value in each.averages.items()
        ]
        return pd.DataFrame(rows)

    def template(self, view: View) -> pd.DataFrame:
        """A file to begin with: the fields by label, and one customer who is the median in each."""
        fields = self.prediction_fields(view)
        return pd.DataFrame([{"id": "first customer", **{each.label: each.default for each in fields}}])


def _average(row: Mapping[str, Any]) -> float | tuple[str, float] | None:
    if row["level"]:
        return row["level"], float(row["share"])
    they = float(row["they"]) / (100 if row["scale"] == "amount" else 1)
    return they if they == they else None
