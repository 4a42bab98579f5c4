"""What makes a segment: rules, typical customers, favourites."""

from __future__ import annotations

import pandas as pd

from core.errors import ParameterError
from core.pipeline.sales import Sales
from core.segments.explaining import categories, channels, favourites, habits, thresholds, typical
from core.segments.explaining.channels import Channels
from core.segments.explaining.favourites import Favourites
from core.segments.explaining.habits import Habits
from core.segments.explaining.thresholds import Thresholds
from core.segments.explaining.typical import Typical
from core.segments.inputs.features import Source
from core.view import View

CHANNELS = ("web_purchases", "store_purchases", "catalog_purchases")


class Explaining(Sales):
    """Questions about one segment."""

    def thresholds(self, view: View) -> Thresholds:
        """Up to three rules for each segment, with what they cover and how often they are right."""
        return self._explain(thresholds.thresholds, view)

    def typical(self, view: View) -> Typical:
        """The customers nearest to the centre of each segment."""
        return self._explain(typical.typical, view)

    def favourites(self, view: View) -> Favourites:
        """What each segment buys, or of a table chooses, more than others do, in the view's period and countries."""
        return self._explain(favourites.favourites, view, source=self._seen(view))

    def habits(self, view: View) -> Habits:
        """When and where each segment of an order log orders in the view's period and countries.

        Raises
        ------
        ParameterError
            If the dataset is no order log.
        """
        return self._explain(habits.habits, view, source=self.slice(view.but(segments=(), groups=())))

    def categories(self, view: View) -> Favourites:
        """The categories of products that each segment of an order log buys more from than others do.

        Raises
        ------
        ParameterError
            If the dataset is no order log.
        """
        return self._explain(categories.categories, view, source=self.slice(view.but(segments=(), groups=())))

    def order_channels(self, view: View) -> Channels:
        """Through which channels each segment of an order log orders in the view's period and countries.

        Raises
        ------
        ParameterError
            If the dataset is no order log.
        """
        return self._explain(channels.channels, view, source=self.slice(view.but(segments=(), groups=())))

    def channels(self, view: View) -> pd.DataFrame:
        """How each segment of a table divides its purchases by channel."""
        return habits.mix(self.portraits(view).rows, CHANNELS)

    def spend_categories(self, view: View) -> pd.DataFrame:
        """How each segment of a table divides its spend by category."""
        return habits.mix(self.portraits(view).rows, ("spend",))

    def close_up(self, view: View) -> int:
        """The segment of the view's option ``one``, else the first that it filters by, else that with most revenue."""
        rows = self.outline(view).segments
        known = [int(each) for each in rows["id"]]
        if asked := view.option("one"):
            if not (asked.isascii() and asked.isdigit() and int(asked) in known):
                there = ", ".join(f"{number} ({name})" for number, name in zip(known, rows["name"], strict=True))
                raise ParameterError(f"There is no segment {asked[:20]!r}.", f"Choose one of {there}.")
            return int(asked)
        if view.segments:
            return view.segments[0]
        return int(rows.sort_values(["cents", "customers"], ascending=False, kind="stable")["id"].iloc[0])

    def _seen(self, view: View) -> Source:
        """Everybody in the view's period and countries, whatever segments and groups it filters by."""
        return self._everybody(view) if self.has_people(view) else self.slice(view.but(segments=(), groups=()))
