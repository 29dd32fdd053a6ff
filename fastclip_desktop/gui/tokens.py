"""The design language as values: space, corners, type, two palettes. The style sheet is made from these alone."""

from __future__ import annotations

from dataclasses import dataclass

TIGHT, SMALL, MEDIUM, LARGE, WIDE, HUGE = 4, 8, 12, 16, 24, 32
"""The spacing scale in device-independent pixels."""

CORNER, CARD_CORNER = 6, 10
"""Corner radii of controls and of cards, in device-independent pixels."""

CAPTION_TYPE, BODY_TYPE, LEAD_TYPE, TITLE_TYPE = 12, 13, 15, 20
"""The type scale in device-independent pixels."""

FOCUS_RING = 2
"""Width of the focus ring in device-independent pixels."""

CONTROL_HEIGHT, BAR_HEIGHT, SIDE_WIDTH = 34, 60, 372
"""Heights of a control and of the two bars, and the width of the side panel, in device-independent pixels."""


QUICK, CALM, SLOW = 90, 160, 240
"""How long something moves, in milliseconds; see :meth:`~fastclip_desktop.gui.style.Theme.lasting`."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one theme as ``#rrggbb``.

    Attributes:
        window: the ground behind everything.
        surface: cards and fields.
        hover: a surface under the pointer.
        track: the ground that segments lie in.
        raised: the chosen segment.
        line: the hairline around fields and cards; never carries meaning alone.
        text: what is read.
        muted: what is read second.
        accent: the selection, the focus ring and the one main action.
        accent_hover: the main action under the pointer.
        on_accent: text on the accent.
        soft: the ground of a chosen or invited place.
        selected: the ground of words that a person chose.
        mark: the ground of words that were searched for.
        danger: text and edge of an error.
        danger_ground: the ground of an error.
    """

    window: str
    surface: str
    hover: str
    track: str
    raised: str
    line: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    soft: str
    selected: str
    mark: str
    danger: str
    danger_ground: str


LIGHT = Palette(
    window="#f4f5f8",
    surface="#ffffff",
    hover="#eceef3",
    track="#eceef3",
    raised="#ffffff",
    line="#d6dae2",
    text="#1a1d24",
    muted="#586072",
    accent="#3f51d1",
    accent_hover="#3443b4",
    on_accent="#ffffff",
    soft="#e8ebfd",
    selected="#c9cff5",
    mark="#ffe7a3",
    danger="#a8201a",
    danger_ground="#fdeeec",
)

DARK = Palette(
    window="#14161a",
    surface="#1d2026",
    hover="#282c34",
    track="#14161a",
    raised="#343a46",
    line="#363b45",
    text="#eceef3",
    muted="#a2aab9",
    accent="#93a2ff",
    accent_hover="#aab6ff",
    on_accent="#11131d",
    soft="#262b45",
    selected="#414a7c",
    mark="#5c4b14",
    danger="#ffb1a8",
    danger_ground="#3a1f1d",
)

TEXT_PAIRS = (
    ("text", "window"),
    ("text", "surface"),
    ("text", "hover"),
    ("text", "raised"),
    ("text", "soft"),
    ("text", "selected"),
    ("text", "mark"),
    ("text", "danger_ground"),
    ("muted", "window"),
    ("muted", "surface"),
    ("muted", "hover"),
    ("muted", "track"),
    ("muted", "soft"),
    ("accent", "window"),
    ("accent", "surface"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("danger", "window"),
    ("danger", "surface"),
    ("danger", "danger_ground"),
)
"""Every (text, ground) that the window paints; each reads at 4.5 : 1 or better in both palettes."""
