"""The stage that writes one short."""

from __future__ import annotations

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.short_stages import RenderShort
from fastclip_desktop.media.short_render import render_short


def perform(request: RenderShort, reporter: Reporter) -> RenderedFile:
    """Write and check one short.

    Raises:
        FastClipError: see :func:`fastclip_desktop.media.short_render.render_short`.
    """
    return render_short(request, reporter)
