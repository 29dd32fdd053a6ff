"""Brings the streams that an output needs from a site to this machine, each as a whole file of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia, FetchMedia
from fastclip_desktop.sources.download_room import download_room
from fastclip_desktop.sources.offers import Offer, choose
from fastclip_desktop.sources.site import check_watchable, downloads, offer_of
from fastclip_desktop.sources.site_fields import extension_of
from fastclip_desktop.sources.ytdlp import SiteSession

_TYPICAL_SHARES = {"picture": 0.9, "sound": 0.1}
"""Of the bytes, where the site doesn't say how large its files are."""


def fetch_media(request: FetchMedia, reporter: Reporter) -> FetchedMedia:
    """Download what the output needs; see :func:`~fastclip_desktop.sources.offers.choose` for what that is.

    The files are called ``picture`` and ``sound`` with the extension of their container. Nothing is left in the
    folder if the download fails or is stopped.

    Raises:
        InputError: all that :func:`~fastclip_desktop.sources.site_errors.explain` lists.
        Cancelled: if the reporter says so.
    """
    url = request.media.page_url
    with SiteSession(reporter, request.access) as session:
        info = session.extract(url)
        check_watchable(info, url)
        forms = downloads(info)
        choice = choose([offer_of(number, form) for number, form in enumerate(forms)], request.output)
        parts = _parts(forms, choice.picture, choice.sound)
        meter = _Meter(reporter, parts)
        with download_room(request.folder) as room:
            arrived = []
            for name, form in parts.items():
                path = room / f"{name}.{extension_of(form) or 'media'}"
                meter.begin(name)
                session.download({**info, **form}, path, meter.count)
                arrived.append(path)
            kept = {path.stem: path.replace(request.folder / path.name) for path in arrived}
    picture = kept.get("picture") if choice.picture else None
    sound = (kept.get("sound") or picture) if choice.sound else None
    return FetchedMedia(picture, sound, meter.moved)


def _parts(forms: Sequence[dict[str, Any]], picture: Offer | None, sound: Offer | None) -> dict[str, dict[str, Any]]:
    parts = {}
    if picture is not None:
        parts["picture"] = forms[picture.number]
    if sound is not None and sound != picture:
        parts["sound"] = forms[sound.number]
    return parts


class _Meter:
    """Counts the bytes of one download after the other and reports how much of all is done."""

    def __init__(self, reporter: Reporter, parts: Mapping[str, Mapping[str, Any]]) -> None:
        self._reporter = reporter
        self._shares = _shares(parts)
        self._done = 0.0
        self._share = 0.0
        self._on_disk = 0
        self.moved = 0

    def begin(self, name: str) -> None:
        self._done += self._share
        self._share = self._shares[name]
        self._on_disk = 0

    def count(self, on_disk: int, expected: int | None) -> None:
        # After a break that the server couldn't continue from, a file starts again from nothing.
        self.moved += on_disk if on_disk < self._on_disk else on_disk - self._on_disk
        self._on_disk = on_disk
        part = min(1.0, on_disk / expected) if expected else 0.0
        self._reporter.report(self._done + self._share * part)


def _shares(parts: Mapping[str, Mapping[str, Any]]) -> dict[str, float]:
    sizes = {name: form.get("filesize") or form.get("filesize_approx") for name, form in parts.items()}
    known = {name: float(size) for name, size in sizes.items() if isinstance(size, (int, float)) and size > 0}
    weights = known if len(known) == len(parts) else {name: _TYPICAL_SHARES[name] for name in parts}
    return {name: weight / sum(weights.values()) for name, weight in weights.items()}
