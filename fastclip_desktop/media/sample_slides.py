"""Draws the sample talk's slides: paper, ink, one colour a subject, and a clock that can be read off any frame.

Everything is painted at twice its size and scaled down once, since Pillow smooths letters but not shapes. Pillow's
built-in font knows hardly more than ASCII, so marks and ornaments are drawn.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from fastclip_desktop.media.sample_script import Slide

SIZE = (1280, 720)
"""Width and height of a slide in pixels."""

PAPER = (250, 247, 241)
_INK = (36, 40, 48)
_FAINT = (190, 186, 178)
_ACCENTS = (
    (38, 84, 124),
    (196, 85, 60),
    (47, 122, 104),
    (122, 79, 140),
    (186, 126, 28),
    (54, 113, 163),
    (170, 62, 82),
    (88, 116, 58),
    (38, 84, 124),
)

_SCALE = 2
_LEFT = 96
_RIGHT = 1184

DIGIT_WIDTH, MARK_WIDTH, CLOCK_HEIGHT = 42, 18, 72
_CLOCK_TOP = 596

EDGE_CELL = 8
"""Side of one cell of the edge code in pixels."""

EDGE_BITS = 24
EDGE_LEFT, EDGE_TOP = _LEFT, 664
"""The edge code's upper left corner: a row of cells below the speaker's name, highest bit first, dark for 1."""

PROGRESS_HEIGHT = 6


@dataclass(frozen=True, slots=True)
class Patch:
    """A piece of a picture and where its upper left corner goes, in pixels; sizes and places are even."""

    left: int
    top: int
    image: Image.Image


def paint_slide(slide: Slide, index: int, count: int, revealed: int) -> Image.Image:
    """A slide without clock, edge code and progress.

    Args:
        slide: what it says.
        index: its place in the talk from 0; the first is the title slide.
        count: how many slides there are.
        revealed: how many points were spoken of; the later ones are faint.
    """
    image = Image.new("RGB", (SIZE[0] * _SCALE, SIZE[1] * _SCALE), PAPER)
    draw = ImageDraw.Draw(image)
    accent = _accent(index)
    _ornament(draw, index, accent)
    if index == 0:
        _text(draw, (_LEFT, 244), slide.title, 64, _INK, bold=True)
        _text(draw, (_LEFT, 332), "Six years of a weekly show about lighthouses", 30, accent)
    else:
        _text(draw, (_LEFT, 84), f"PART {index} OF {count - 1}", 21, accent, spacing=3)
        _text(draw, (_LEFT, 120), slide.title, 56, _INK, bold=True)
        draw.rounded_rectangle(_box(_LEFT, 204, _LEFT + 72, 210), 3 * _SCALE, fill=accent)
        for row, point in enumerate(slide.points):
            _point(draw, 268 + 84 * row, point.text, accent if row < revealed else None, current=row == revealed - 1)
    _text(draw, (_LEFT, 618), "Mara Lindqvist", 24, _INK if index == 0 else (120, 118, 112))
    _text(draw, (_RIGHT - 108, 568), "TALK TIME", 18, _FAINT, spacing=2)
    return image.reduce(_SCALE)


def clock_text(instant: Fraction) -> str:
    """What the clock shows at an instant of the talk: minutes, seconds and tenths, such as ``2:05.4``."""
    tenths = math.floor(instant * 10)
    return f"{tenths // 600}:{tenths // 10 % 60:02d}.{tenths % 10}"


def clock_patches(text: str) -> list[Patch]:
    """The clock's glyphs, right-aligned, each in a cell of its own so that they stand still as they change."""
    patches = []
    right = _RIGHT
    for glyph in reversed(text.rjust(7)):
        image = _glyph(glyph)
        right -= image.width
        patches.append(Patch(right, _CLOCK_TOP, image))
    return patches


def edge_patches(code: int) -> list[Patch]:
    """The cells of a 24-bit edge code: the same instant as the clock's, for machines."""
    return [
        Patch(EDGE_LEFT + EDGE_CELL * place, EDGE_TOP, _cell(dark=bool(code >> (EDGE_BITS - 1 - place) & 1)))
        for place in range(EDGE_BITS)
    ]


def progress_patch(index: int, done: Fraction) -> Patch:
    """The line along the lower edge, as far as the talk has come, 0..1; at least two pixels."""
    return Patch(0, SIZE[1] - PROGRESS_HEIGHT, _line(max(2, math.floor(done * SIZE[0] / 2) * 2), _accent(index)))


def edge_code(instant: Fraction) -> int:
    """The edge code at an instant of the talk: 16 bits of tenths of a second, then 8 that check them.

    The check is CRC-8, polynomial x⁸+x²+x+1, starting from 0xFF so that a blank edge is no code.
    """
    tenths = math.floor(instant * 10)
    crc = 0xFF
    for byte in tenths.to_bytes(2, "big"):
        crc ^= byte
        for _ in range(8):
            crc = ((crc << 1) ^ 0x07 if crc & 0x80 else crc << 1) & 0xFF
    return tenths << 8 | crc


def _accent(index: int) -> tuple[int, int, int]:
    return _ACCENTS[index % len(_ACCENTS)]


def _tint(color: tuple[int, int, int], strength: float) -> tuple[int, int, int]:
    """A colour thinned with paper; 1 is the colour itself."""
    red, green, blue = (round(paper + (ink - paper) * strength) for paper, ink in zip(PAPER, color, strict=True))
    return red, green, blue


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size * _SCALE)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("this Pillow was built without FreeType")
    return font


def _box(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
    return left * _SCALE, top * _SCALE, right * _SCALE - 1, bottom * _SCALE - 1


def _text(
    draw: ImageDraw.ImageDraw,
    place: tuple[int, int],
    text: str,
    size: int,
    color: tuple[int, int, int],
    *,
    bold: bool = False,
    spacing: int = 0,
) -> None:
    """Write a line from its upper left corner; ``spacing`` is extra room between letters in pixels."""
    font = _font(size)
    x, y = place[0] * _SCALE, place[1] * _SCALE
    stroke = size * _SCALE / 56 if bold else 0  # the font has one weight; a thin outline makes the other
    for piece in text if spacing else (text,):
        draw.text((x, y), piece, font=font, fill=color, stroke_width=stroke)
        x += round(font.getlength(piece)) + spacing * _SCALE


def _point(
    draw: ImageDraw.ImageDraw, top: int, text: str, accent: tuple[int, int, int] | None, *, current: bool
) -> None:
    """One line of a slide: faint until it is spoken of, its mark filled while it is."""
    middle = top + 21
    ring = _box(_LEFT + 2, middle - 9, _LEFT + 20, middle + 9)
    if accent is None:
        draw.ellipse(ring, outline=_FAINT, width=2 * _SCALE)
    elif current:
        draw.ellipse(ring, fill=accent)
    else:
        draw.ellipse(ring, outline=accent, width=3 * _SCALE)
    _text(draw, (_LEFT + 44, top), text, 33, _FAINT if accent is None else _INK)


def _ornament(draw: ImageDraw.ImageDraw, index: int, accent: tuple[int, int, int]) -> None:
    """A wave of rounded bars on the right, another one for each slide."""
    for bar in range(13):
        phase = bar * 0.9 + index * 1.7
        swell = math.exp(-(((bar - 6) / 4.5) ** 2))
        height = 26 + 250 * swell * (0.35 + 0.65 * abs(math.sin(phase) * math.cos(phase * 0.37 + index)))
        left = 900 + bar * 22
        strength = 0.16 + 0.5 * swell if bar % 3 else 0.9 * swell + 0.1
        draw.rounded_rectangle(
            _box(left, 330 - height / 2, left + 11, 330 + height / 2), 5.5 * _SCALE, fill=_tint(accent, strength)
        )


@lru_cache(maxsize=16)
def _glyph(glyph: str) -> Image.Image:
    width = MARK_WIDTH if glyph in ":." else DIGIT_WIDTH
    image = Image.new("RGB", (width * _SCALE, CLOCK_HEIGHT * _SCALE), PAPER)
    draw = ImageDraw.Draw(image)
    font = _font(68)
    left = (width * _SCALE - font.getlength(glyph)) / 2
    draw.text((left, CLOCK_HEIGHT * _SCALE * 0.86), glyph, font=font, fill=_INK, anchor="ls", stroke_width=1)
    return image.reduce(_SCALE)


@lru_cache(maxsize=2)
def _cell(*, dark: bool) -> Image.Image:
    return Image.new("RGB", (EDGE_CELL, EDGE_CELL), (166, 163, 157) if dark else (239, 236, 230))


@lru_cache(maxsize=2)
def _line(width: int, color: tuple[int, int, int]) -> Image.Image:
    return Image.new("RGB", (width, PROGRESS_HEIGHT), color)
