"""Whether a segmentation still fits: stability, drift, customers far from all."""

from __future__ import annotations

from core.pipeline.sales import Sales


class Watching(Sales):
    """Questions about the health of segments."""
