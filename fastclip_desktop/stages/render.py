"""The render stage: one clip from local files."""

from __future__ import annotations

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import Render
from fastclip_desktop.media.render import render


def perform(request: Render, reporter: Reporter) -> RenderedFile:
    """Write and check one clip.

    Raises:
        FastClipError: see :func:`fastclip_desktop.media.render.render`.
    """
    return render(request, reporter)
