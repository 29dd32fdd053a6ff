"""The stages that show pictures of a source before anything is cut."""

from __future__ import annotations

from collections.abc import Callable

from fastclip_desktop.domain.preview import SpriteSheet, Thumbnail
from fastclip_desktop.domain.preview_stages import MakePoster, MakeSpriteSheet, MakeThumbnails
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.media.thumbnails import make_even_thumbnails, make_poster, make_thumbnails

Stills = tuple[Thumbnail, ...] | Thumbnail | SpriteSheet


def perform(
    request: MakeThumbnails | MakePoster | MakeSpriteSheet, reporter: Reporter, deliver: Callable[[object], None]
) -> Stills:
    """Make thumbnails, each of which ``deliver`` gets, a poster or a sheet.

    Raises:
        InputError: see :func:`~fastclip_desktop.media.thumbnails.make_thumbnails`.
        Cancelled: if the reporter says so.
    """
    reporter.report(0)
    made = _make(request, reporter, deliver)
    reporter.report(1)
    return made


def _make(
    request: MakeThumbnails | MakePoster | MakeSpriteSheet, reporter: Reporter, deliver: Callable[[object], None]
) -> Stills:
    match request:
        case MakePoster(path, box):
            return make_poster(path, reporter, box)
        case MakeSpriteSheet(thumbnails, columns):
            from fastclip_desktop.media.sprite_sheet import make_sprite_sheet  # Pillow: 50 ms

            return make_sprite_sheet(thumbnails, columns)
        case MakeThumbnails(path, places, box):
            if isinstance(places, int):
                return make_even_thumbnails(path, places, deliver, reporter, box)
            return make_thumbnails(path, places, deliver, reporter, box)
