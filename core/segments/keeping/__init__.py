"""Saved segmentations: their archive, who keeps which name after a refit, and whether they still fit."""
