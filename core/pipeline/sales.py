"""When, where and what customers buy, in the view's period and for whom its filters leave."""

from __future__ import annotations

import pandas as pd

from core.periods import Comparison, Span, compare, unfinished_month
from core.pipeline.segments import Segments
from core.sales import countries, overview, peaks, products, reach, seasonality, undone
from core.sales.countries import Countries, Country
from core.sales.products import Products, ProductSeasons
from core.view import View


class Sales(Segments):
    """Questions about sales."""

    def comparison(self, view: View) -> Comparison | None:
        """The two spans that the view sets against each other, or None."""
        return compare(view.period, view.compare, self.tables(view).meta.span)

    def unfinished(self, view: View) -> str:
        """Where the data stop inside the period's last month: "Dec, to 9th"; empty where the month is whole."""
        return unfinished_month(self.slice(view).span, self.span(view))

    def begins_inside_a_month(self, view: View) -> bool:
        """Whether the period holds only part of its first month."""
        return self.slice(view).span.start.day > 1

    def span(self, view: View) -> Span:
        """The days of the whole dataset."""
        return self.tables(view).meta.span

    def countries_left(self, view: View) -> list[tuple[str, int]]:
        """Country names and customers, the most customers first."""
        return [(name, count) for name, count in self._run(reach.countries, self.slice(view))]

    def overview(self, view: View) -> overview.Overview:
        return self._run(overview.overview, self.slice(view), self.comparison(view))

    def seasonality(self, view: View) -> seasonality.Seasonality:
        """Sales by the step of the view's option ``grain``: day, week, month (the default) or quarter."""
        grain = view.option("grain", "month")
        seasonality.check_grain(grain)
        return self._run(seasonality.seasonality, self.slice(view), grain)

    def hours(self, view: View) -> pd.DataFrame:
        return self._run(seasonality.hours, self.slice(view))

    def seasonal_index(self, view: View) -> peaks.SeasonalIndex:
        """The index over the whole history: one period cannot show a season."""
        return self._run(peaks.index, self.slice(view.but(period="all")))

    def peak(self, view: View) -> peaks.Peak | None:
        return self._run(peaks.peak, self.slice(view.but(period="all")))

    def countries(self, view: View) -> Countries:
        """All countries, also beside a filter that chooses one, so that it can be seen among the others."""
        return self._run(countries.countries, self.slice(view.but(countries=())), self.comparison(view))

    def country(self, view: View, name: str) -> Country:
        return self._run(countries.country, self.slice(view.but(countries=(name,))), self.comparison(view))

    def products(self, view: View) -> Products:
        return self._run(products.products, self.slice(view), self.comparison(view))

    def product_seasons(self, view: View, codes: tuple[str, ...] = ()) -> ProductSeasons:
        """Seasons of the named products, by default of the twelve best sellers."""
        codes = codes or tuple(self.products(view).rows["code"][:12])
        return self._run(products.product_seasons, self.slice(view), codes)

    def undone(self, view: View) -> undone.Undone | None:
        """The largest order that was taken back, whatever the view's rules say about returns."""
        return self._run(undone.largest, self.slice(view.whole().but(rules="net")))
