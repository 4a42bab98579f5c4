"""What to offer to the customers whom a view looks at."""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.campaigns.offers import next_product, pairs, price_band, sending
from core.campaigns.offers.next_product import Likeness, NextProducts
from core.campaigns.offers.pairs import Pairs
from core.campaigns.offers.price_band import PriceBand
from core.campaigns.offers.sending import Sending
from core.errors import ParameterError
from core.pipeline.customers import Customers
from core.segments.customers import searching
from core.view import View
from core.warehouse.tables import Slice


class Offering(Customers):
    """Questions about offers; all follow the view's period, countries, segments and groups."""

    def bought_together(self, view: View) -> Pairs:
        """Pairs of products in the same order."""
        return self._run(pairs.pairs, self.slice(view))

    def next_products(self, view: View) -> NextProducts:
        """The products that are next for most of the customers, after what all customers buy."""
        everybody = self._all_of(view)
        return self._run(
            next_product.next_products, self.slice(view), everybody.key,
            later=lambda: {"like": self._likeness(everybody)},
        )  # fmt: skip

    def next_for(self, view: View, key: str) -> pd.DataFrame:
        """The products that are next for one customer, of an id or a key as in links.

        Raises
        ------
        ParameterError
            If there is no such customer.
        """
        if not key:
            raise ParameterError("No customer is chosen.", "Choose one on the page.")
        known = self._listed(view)
        if key.startswith(searching.MARK):
            rows = searching.of_token(known, key)
        else:
            found = searching.find(known, key, most=1)
            rows = found.rows if found.how == "id" else found.rows.head(0)
        if rows.empty:
            raise ParameterError(f"There is no customer {key[:40]!r}.", "Give the id as it is in the file.")
        everybody, number = self._all_of(view), int(np.asarray(rows["customer"])[0])
        return self._run(
            next_product.next_for, everybody, number, everybody.key,
            later=lambda: {"like": self._likeness(everybody)},
        )  # fmt: skip

    def price_band(self, view: View) -> pd.DataFrame:
        """what, number, low, middle, high in cents of the customers looked at, and of all of the period as all_…."""
        they: PriceBand = self._run(price_band.price_band, self.slice(view))
        everybody: PriceBand = self._run(price_band.price_band, self._all_of(view))
        return they.rows.merge(everybody.rows.add_prefix("all_").rename(columns={"all_what": "what"}), on="what")

    def sending(self, view: View) -> Sending:
        """Weekdays and hours of the orders."""
        return self._run(sending.sending, self.slice(view))

    def best_months(self, view: View) -> tuple[pd.DataFrame, str]:
        """Months by the customers' own seasonal index over the whole history; and why not, where it cannot be told."""
        return sending.best_months(self.seasonal_index(view))

    def _likeness(self, everybody: Slice) -> Likeness:
        return self._run(next_product.likeness, everybody)

    def _all_of(self, view: View) -> Slice:
        """Everybody of the period and countries."""
        return self.slice(view.but(segments=(), groups=()))
