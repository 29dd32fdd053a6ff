"""The stage that joins several ranges of local files into one."""

from __future__ import annotations

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import Join
from fastclip_desktop.media.join import join


def perform(request: Join, reporter: Reporter) -> RenderedFile:
    """Write and check one joined clip.

    Raises:
        FastClipError: see :func:`fastclip_desktop.media.join.join`.
    """
    return join(request, reporter)
