"""How shorts look by the names of the contract."""

from __future__ import annotations

from dataclasses import replace

from fastclip_desktop.domain.short_look import Aspect, ShortLook
from fastclip_desktop.domain.short_presets import BOLD, DEFAULT, look_of

_ASPECTS = {"portrait": Aspect.PORTRAIT, "square": Aspect.SQUARE}


def look_by_names(preset: str | None, aspect: str | None, own: ShortLook | None, *, captions: bool | None) -> ShortLook:
    """The look of a preset in a shape.

    Args:
        preset: its name; ``None`` for the first.
        aspect: the shape's; ``None`` for portrait.
        own: what whoever owns this machine has saved as theirs.
        captions: whether captions are painted; ``None`` for what the preset does.
    """
    look = look_of(preset or DEFAULT, own)
    style = None if captions is False else look.captions or (BOLD if captions else None)
    return replace(look, aspect=_ASPECTS[aspect or "portrait"], captions=style, holds=())
