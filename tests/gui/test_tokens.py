from __future__ import annotations

import dataclasses
import re

import pytest

from fastclip_desktop.gui.style import style_sheet
from fastclip_desktop.gui.timeline.cut_painting import UNCHOSEN
from fastclip_desktop.gui.tokens import DARK, LIGHT, TEXT_PAIRS, Palette

both_palettes = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


def luminance(color: str) -> float:
    """Relative luminance as in WCAG 2.2."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_of_contrast_knows_black_white_and_the_border_case() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.sampled(4)
@both_palettes
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_reads_on_its_ground(palette: Palette, text: str, ground: str) -> None:
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5


@both_palettes
@pytest.mark.parametrize("ground", ["window", "surface", "track"])
def test_the_focus_ring_stands_out(palette: Palette, ground: str) -> None:
    assert contrast(palette.accent, getattr(palette, ground)) >= 3


@both_palettes
def test_the_style_sheet_uses_no_other_colour(palette: Palette) -> None:
    own = {color[1:] for color in dataclasses.astuple(palette)}
    used = {color[-6:] for color in re.findall(r"#([0-9a-f]{6,8})\b", style_sheet(palette))}
    assert used <= own
    assert used >= {palette.text[1:], palette.accent[1:], palette.danger[1:]}


@both_palettes
@pytest.mark.parametrize("ground", ["accent", "muted"])
def test_the_name_of_a_cut_reads_on_it_though_it_is_not_chosen(palette: Palette, ground: str) -> None:
    paint, below = (
        [int(color[at : at + 2], 16) for at in (1, 3, 5)] for color in (getattr(palette, ground), palette.track)
    )
    mixed = (round(over * UNCHOSEN + under * (1 - UNCHOSEN)) for over, under in zip(paint, below, strict=True))
    assert contrast(palette.on_accent, "#" + "".join(f"{part:02x}" for part in mixed)) >= 4.5
