"""Saved segmentations: kept with their names, numbers and colours, whatever is refitted."""

from __future__ import annotations

from core.pipeline.datasets import Datasets
from core.segments.segmentation import Segmentation
from core.view import View


class Keeping(Datasets):
    """Questions about what was saved."""

    def _holds(self, view: View) -> str:
        """The saved segmentation, and its version, whose names the view holds on to; empty for none."""
        return ""

    def _held(self, view: View, found: Segmentation) -> Segmentation:
        """A segmentation under the numbers, names and colours of the saved one."""
        return found
