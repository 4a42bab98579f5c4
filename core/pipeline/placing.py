"""Which segment new customers would be in: entered one by one, or brought as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from core.campaigns.advice import Advice
from core.errors import ParameterError
from core.pipeline.newcomers import Newcomers
from core.segments import entering, placements, predicting
from core.segments.entering import Note
from core.view import View

# What names a customer who is entered, where no field is called so.
NAMES = ("id", "customer_id", "customer")


@dataclass(frozen=True)
class Predicted:
    """Customers who were entered: ``rows`` as of :func:`core.segments.predicting.predict`, with ``id`` where given.

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
        names = {name for record in records for name in record}
        found = placements.match(fields, sorted(names), {})
        unknown = sorted(names - set(found.values()) - {name for name in names if name.casefold() in NAMES})
        if unknown:
            there = ", ".join(field.slug for field in fields)
            raise ParameterError(f"There is no field “{unknown[0][:60]}”.", f"The fields are {there}, and id.")
        columns = {field.slug: [record.get(found.get(field.slug, "")) for record in records] for field in fields}
        entries = entering.enter(fields, columns, len(records))
        rows, notes = predicting.predict(self.segmentation(view), entries)
        named = next((name for name in names if name.casefold() in NAMES and name not in found.values()), "")
        ids = pd.Series([record.get(named) for record in records], dtype=object)
        return Predicted(rows.assign(id=ids), notes, entries.problems)

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

    def template(self, view: View) -> pd.DataFrame:
        """A file to begin with: the fields by label, and one customer who is the median in each."""
        fields = self.prediction_fields(view)
        return pd.DataFrame([{"id": "first customer", **{each.label: each.default for each in fields}}])


def _average(row: Mapping[str, Any]) -> float | tuple[str, float] | None:
    if row["level"]:
        return row["level"], float(row["share"])
    they = float(row["they"]) / (100 if row["scale"] == "amount" else 1)
    return they if they == they else None
