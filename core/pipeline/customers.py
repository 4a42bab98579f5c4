"""One customer: why they are where they are, and what would move them."""

from __future__ import annotations

from core.pipeline.sales import Sales


class Customers(Sales):
    """Questions about one customer."""
