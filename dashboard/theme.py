"""Colours of the two themes and of segments; the same figures stand in assets/tokens.css."""

from __future__ import annotations

from dataclasses import dataclass

# By identity: teal, amber, violet, rose, blue, green, clay, slate, plum, moss; the eleventh is for "lost".
SEGMENT_COLOURS = (
    "#1A8279", "#B98415", "#8546CE", "#D03C7B", "#0593E6",
    "#507308", "#875E4C", "#808E9A", "#9B6AAB", "#8A8E5C", "#7A7F87",
)  # fmt: skip
SHAPES = ("circle", "diamond", "triangle-up", "square")
FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'


@dataclass(frozen=True)
class Theme:
    """One set of tokens."""

    name: str
    page: str
    surface: str
    sunk: str
    ink: str
    ink2: str
    ink3: str
    line: str
    grid: str
    axis: str
    accent: str
    accent_soft: str
    warning: str
    mark: str
    mark_strong: str
    mark_soft: str
    below: str
    middle: str
    above: str
    amounts: tuple[str, ...]


LIGHT = Theme(
    "light", "#F6F7F9", "#FFFFFF", "#F0F2F5", "#14171C", "#48505E", "#636C7B", "#E3E6EB", "#ECEEF2", "#B4BBC7",
    "#2A46C8", "#ECF0FF", "#B42318", "#7183AE", "#2B3D6E", "#D5DBE9", "#A9C8E8", "#F0F2F5", "#F2C48D",
    ("#B3BED8", "#8F9EC2", "#6B7DAB", "#475A8C", "#22315E"),
)  # fmt: skip
DARK = Theme(
    "dark", "#0E1116", "#151920", "#1B2029", "#E9ECF1", "#AEB6C2", "#8A94A3", "#272D37", "#222831", "#434C5A",
    "#9DB2FF", "#1E2745", "#FF9182", "#7688B5", "#B9C6EA", "#333D55", "#18548A", "#1B2029", "#8C5410",
    ("#3A4668", "#566691", "#7688B5", "#98A8D2", "#C3CFF0"),
)  # fmt: skip
THEMES = {"light": LIGHT, "dark": DARK}


def segment_colour(slot: int) -> str:
    """The colour of a palette slot; slots past the last start again."""
    return SEGMENT_COLOURS[slot % len(SEGMENT_COLOURS)]


def shape(slot: int) -> str:
    """The marker that goes with a colour, so that colour is never the only sign."""
    return SHAPES[slot % len(SHAPES)]
