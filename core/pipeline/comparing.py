"""Algorithms side by side on the same customers."""

from __future__ import annotations

from core.pipeline.sales import Sales


class Comparing(Sales):
    """Questions about which way of dividing suits the customers."""
