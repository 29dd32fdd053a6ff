"""What a style of captions may say: beyond it nothing could be read, or painted at all."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from fastclip_desktop.domain.short_look import CaptionStyle

_RANGES: dict[str, tuple[float, float]] = {
    "size": (0.01, 0.5),
    "weight": (100, 900),
    "outline": (0, 0.5),
    "shadow": (-0.5, 0.5),
    "shadow_blur": (0, 1),
    "box_padding": (0, 1),
    "box_radius": (0, 1),
    "position": (0, 1),
    "width": (0.2, 1),
    "line_length": (4, 100),
    "lines": (1, 6),
}

_COLORS = ("color", "spoken_color", "outline_color", "shadow_color", "box_color")
_COLOR = re.compile(r"(#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?)?", re.ASCII)
_MOST_FAMILIES = 16
_LONGEST_NAME = 200


def mistake_in(style: CaptionStyle) -> str:
    """The first thing in a style that cannot be so, as the rest of a sentence; empty where all can."""
    for name, (least, most) in _RANGES.items():
        if not least <= getattr(style, name) <= most:
            return f"{name} has to be between {least:g} and {most:g}"
    for name in _COLORS:
        if not _COLOR.fullmatch(getattr(style, name)):
            return f"{name} has to be a colour such as #ffd84d, or #ffd84d80 for half of it"
    if not style.color:
        return "color has to be a colour such as #ffd84d"
    if len(style.families) > _MOST_FAMILIES or any(len(name) > _LONGEST_NAME for name in style.families):
        return f"families has to be a list of at most {_MOST_FAMILIES} names of fonts"
    return ""


def sensible(style: CaptionStyle) -> CaptionStyle:
    """The nearest style that can be so; the same one where nothing is wrong with it."""
    if not mistake_in(style):
        return style
    plain = CaptionStyle()
    changed: dict[str, object] = {}
    for name, (least, most) in _RANGES.items():
        value = getattr(style, name)
        kind = type(getattr(plain, name))
        changed[name] = getattr(plain, name) if math.isnan(value) else kind(min(max(value, least), most))
    for name in _COLORS:
        if not _COLOR.fullmatch(getattr(style, name)):
            changed[name] = getattr(plain, name)
    changed["color"] = changed.get("color", style.color) or plain.color
    changed["families"] = tuple(name[:_LONGEST_NAME] for name in style.families[:_MOST_FAMILIES])
    return replace(style, **changed)  # type: ignore[arg-type]  # names and kinds are those of the fields above
