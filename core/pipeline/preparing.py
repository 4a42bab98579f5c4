"""What segments are learned from: features, how they are prepared, what is missing, and outliers."""

from __future__ import annotations

from core.pipeline.sales import Sales


class Preparing(Sales):
    """Questions about features."""
