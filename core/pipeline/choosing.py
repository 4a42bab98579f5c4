"""How many segments, how stable they are, and how customers split as their number grows."""

from __future__ import annotations

from core.pipeline.sales import Sales


class Choosing(Sales):
    """Questions about the number of segments."""
