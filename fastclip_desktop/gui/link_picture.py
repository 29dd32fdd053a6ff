"""The picture with which a site shows a source, fetched beside everything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.gui.readings import Reading

if TYPE_CHECKING:
    from fastclip_desktop.domain.preview import Thumbnail

LINK_PICTURE_BOX = (384, 216)
"""Pixels: crisp in the largest place where one is shown, on a fine screen."""


def read_link_picture(
    bridge: EngineBridge, owner: QObject, media: MediaFile, show: Callable[[Thumbnail], object]
) -> Reading | None:
    """Have the picture of a link shown; that there is none, or that it cannot be had, is nobody's trouble.

    Returns:
        What stops it; ``None`` where the site shows no picture.
    """
    if not media.thumbnail:
        return None
    access = bridge.host.access

    def read(engine: EnginePort, cancel: CancelToken, _: Callable[[object], None]) -> Thumbnail:
        return engine.previews.link_picture(media.thumbnail, media.page_url, access, cancel, LINK_PICTURE_BOX)

    return bridge.begin_reading(owner, read, lambda _: None, show, lambda _: None)
