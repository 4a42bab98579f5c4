"""Which segment new customers would be in."""

from __future__ import annotations

from core.pipeline.sales import Sales


class Placing(Sales):
    """Questions about new customers."""
