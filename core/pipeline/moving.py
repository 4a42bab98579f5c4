"""Who went from one segment to another between two dates."""

from __future__ import annotations

from core.pipeline.sales import Sales


class Moving(Sales):
    """Questions about movement."""
