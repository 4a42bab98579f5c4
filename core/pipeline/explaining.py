"""What makes a segment: rules, typical customers, favourites."""

from __future__ import annotations

from core.pipeline.sales import Sales


class Explaining(Sales):
    """Questions about one segment."""
