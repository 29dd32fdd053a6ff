"""The looks to choose from: styles of captions, and presets of whole shorts."""

from __future__ import annotations

from dataclasses import replace

from fastclip_desktop.domain.short_look import CaptionStyle, Framing, ShortLook, Spoken

DEFAULT, FACE_TRACK, CUSTOMISED, AURA = "default", "face_track", "customised", "aura"

PRESETS = (DEFAULT, FACE_TRACK, AURA, CUSTOMISED)
"""The names of all presets, which are those of the HTTP contract, in the order in which they are offered."""

_SANS, _NARROW = ("Montserrat",), ("Anton", "Montserrat")
"""Families that come with the program."""

BOLD = CaptionStyle(name="bold", families=_SANS)

_POP = CaptionStyle(
    name="pop",
    families=_SANS,
    size=0.066,
    uppercase=True,
    spoken=Spoken.POP,
    spoken_color="#5dff7f",
    outline=0.14,
    shadow=0.08,
    shadow_blur=0.0,
    shadow_color="#000000",
    line_length=14,
)

_KARAOKE = CaptionStyle(
    name="karaoke",
    families=_SANS,
    spoken=Spoken.KARAOKE,
    spoken_color="#41d9ff",
    outline_color="#0b1f3a",
)

_GLOW = CaptionStyle(
    name="glow",
    families=_SANS,
    weight=600,
    spoken=Spoken.GLOW,
    spoken_color="#c77dff",
    outline_color="",
    shadow_color="#000000b3",
    shadow=0.03,
    shadow_blur=0.22,
)

_BOXED = CaptionStyle(
    name="boxed",
    families=_SANS,
    spoken=Spoken.BOX,
    spoken_color="#e8265e",
    outline_color="",
    shadow_color="#000000cc",
    shadow=0.03,
    shadow_blur=0.16,
)

_PLAIN = CaptionStyle(
    name="plain",
    families=_SANS,
    size=0.058,
    weight=600,
    spoken=Spoken.PLAIN,
    outline_color="",
    shadow_color="#000000d9",
    shadow=0.04,
    shadow_blur=0.18,
    line_length=22,
)

_SUBTITLE = CaptionStyle(
    name="subtitle",
    families=_SANS,
    size=0.045,
    weight=600,
    spoken=Spoken.PLAIN,
    outline_color="",
    shadow_color="",
    box_color="#000000b3",
    box_padding=0.35,
    box_radius=0.22,
    line_length=30,
)

_HEADLINE = CaptionStyle(
    name="headline",
    families=_NARROW,
    size=0.098,
    weight=400,
    uppercase=True,
    spoken=Spoken.HIGHLIGHT,
    spoken_color="#ffde21",
    outline=0.07,
    shadow=0.06,
    shadow_blur=0.0,
    shadow_color="#000000",
    line_length=18,
)

CAPTION_STYLES = (BOLD, _POP, _KARAOKE, _GLOW, _BOXED, _PLAIN, _SUBTITLE, _HEADLINE)
"""The styles of captions that are offered, each known by its name."""

_CARD = CaptionStyle(
    name="card",
    families=_SANS,
    size=0.056,
    color="#101014",
    spoken=Spoken.PLAIN,
    outline_color="",
    shadow_color="#00000066",
    shadow=0.06,
    shadow_blur=0.3,
    box_color="#ffffff",
    box_padding=0.38,
    box_radius=0.3,
    position=0.21,
    lines=3,
)
"""Dark on white, above the picture: a hook stands where the eye begins."""

_CARD_CALL = replace(_CARD, name="card_call", color="#101014", box_color="#ffd84d", size=0.052)

_POSTER = replace(_HEADLINE, name="poster", size=0.105, spoken=Spoken.PLAIN, color="#ffde21", position=0.16, lines=3)
_POSTER_CALL = replace(_POSTER, name="poster_call", size=0.085, color="#ffffff")

_VEIL = replace(_CARD, name="veil", color="#ffffff", box_color="#2a1458cc", shadow_color="#b26bff99", box_radius=0.5)
_VEIL_CALL = replace(_VEIL, name="veil_call", color="#2a1458", box_color="#ffffffe6", size=0.052)

_LOOKS = {
    DEFAULT: ShortLook(DEFAULT, framing=Framing.BLUR, captions=BOLD, hook=_CARD, call_to_action=_CARD_CALL),
    FACE_TRACK: ShortLook(FACE_TRACK, framing=Framing.FACES, captions=_POP, hook=_POSTER, call_to_action=_POSTER_CALL),
    AURA: ShortLook(AURA, framing=Framing.AURA, captions=_GLOW, hook=_VEIL, call_to_action=_VEIL_CALL),
}


def look_of(preset: str, own: ShortLook | None = None) -> ShortLook:
    """How shorts of a preset look.

    Args:
        preset: one of :data:`PRESETS`; any other name is taken for the first.
        own: what a person saved as their own look; where there is none, theirs is the first one's.
    """
    if preset == CUSTOMISED:
        return replace(own or _LOOKS[DEFAULT], preset=CUSTOMISED)
    return _LOOKS.get(preset, _LOOKS[DEFAULT])


def caption_style(name: str) -> CaptionStyle | None:
    """The style that is offered under a name; ``None`` where there is none."""
    return next((style for style in CAPTION_STYLES if style.name == name), None)
