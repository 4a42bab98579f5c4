"""The palette: told apart by everybody, seen on both backgrounds, the same in figures and style sheets."""

import itertools
import re
from pathlib import Path

import numpy as np
import pytest

from dashboard.theme import DARK, LIGHT, SEGMENT_COLOURS

TOKENS = (Path(__file__).parents[2] / "assets" / "tokens.css").read_text().lower()
PALETTE = SEGMENT_COLOURS[:10]
# Machado, Oliveira and Fernandes 2009, full deficiency, on linear RGB.
SIGHT = {
    "normal": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def linear(colour):
    rgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    high, low = sorted((linear(c) @ [0.2126, 0.7152, 0.0722] + 0.05 for c in (one, other)), reverse=True)
    return high / low


def lab(rgb):
    xyz = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                    [0.0193339, 0.1191920, 0.9503041]]) @ np.clip(rgb, 0, 1) / [0.95047, 1, 1.08883]  # fmt: skip
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def ciede2000(one, other):
    """Sharma, Wu and Dalal 2005."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    c = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = 0.5 * (1 - np.sqrt(c**7 / (c**7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    turn = (h2 - h1 + 180) % 360 - 180
    dh = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    hm, lm, cm = (h1 + turn / 2) % 360, (l1 + l2) / 2, (c1 + c2) / 2
    t = (1 - 0.17 * np.cos(np.radians(hm - 30)) + 0.24 * np.cos(np.radians(2 * hm))
         + 0.32 * np.cos(np.radians(3 * hm + 6)) - 0.20 * np.cos(np.radians(4 * hm - 63)))  # fmt: skip
    sl = 1 + 0.015 * (lm - 50) ** 2 / np.sqrt(20 + (lm - 50) ** 2)
    sc, sh = 1 + 0.045 * cm, 1 + 0.015 * cm * t
    rt = -2 * np.sqrt(cm**7 / (cm**7 + 25**7)) * np.sin(np.radians(60 * np.exp(-(((hm - 275) / 25) ** 2))))
    dl, dc, dh = (l2 - l1) / sl, (c2 - c1) / sc, dh / sh
    return np.sqrt(dl**2 + dc**2 + dh**2 + rt * dc * dh)


def test_the_measure_itself_agrees_with_its_paper():
    # The first and the twentieth pair of the table in Sharma, Wu and Dalal.
    assert ciede2000((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert ciede2000((50, 2.5, 0), (58, 24, 15)) == pytest.approx(19.4535, abs=1e-4)


@pytest.mark.parametrize("sight", SIGHT)
def test_ten_colours_are_told_apart_with_any_sight(sight):
    seen = [lab(np.array(SIGHT[sight]) @ linear(colour)) for colour in PALETTE]
    assert min(ciede2000(a, b) for a, b in itertools.combinations(seen, 2)) >= 10


@pytest.mark.parametrize("colour", PALETTE)
def test_a_colour_stands_out_from_both_backgrounds(colour):
    for background in (LIGHT.surface, LIGHT.page, DARK.surface, DARK.page):
        assert contrast(colour, background) >= 3


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_text_is_readable(theme):
    for ink in (theme.ink, theme.ink2, theme.ink3, theme.accent, theme.warning):
        assert contrast(ink, theme.surface) >= 4.5
        assert contrast(ink, theme.page) >= 4.5
    for ground in (theme.below, theme.middle, theme.above):
        assert contrast(theme.ink, ground) >= 4.5


def test_the_style_sheet_has_the_same_segment_colours():
    assert [re.search(rf"--s{i}: (#\w+)", TOKENS)[1] for i in range(11)] == [c.lower() for c in SEGMENT_COLOURS]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_style_sheet_has_the_same_tokens(theme):
    block = TOKENS.split(f'[data-bs-theme="{theme.name}"]')[1].split("}")[0]
    css = dict(re.findall(r"--([\w-]+): (#\w+)", block))
    css = {
        name: f"#{value[1] * 2}{value[2] * 2}{value[3] * 2}" if len(value) == 4 else value
        for name, value in css.items()
    }
    pairs = {"ink-2": "ink2", "ink-3": "ink3", "accent-soft": "accent_soft", "mark-strong": "mark_strong",
             "mark-soft": "mark_soft"}  # fmt: skip
    plain = ("page", "surface", "sunk", "ink", "line", "accent", "warning", "mark", "below", "middle", "above")
    for name in (*plain, *pairs):
        assert css[name] == getattr(theme, pairs.get(name, name)).lower(), name
