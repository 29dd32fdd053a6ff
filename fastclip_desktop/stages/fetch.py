"""Local files with the streams that an output needs: whole ones that were here, or what a cut reads of a site's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import MediaInfo
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia, FetchMedia, Reach
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.media.clock import common_clock
from fastclip_desktop.media.probe import probe
from fastclip_desktop.media.rehearsal import Fetch, Rehearsal
from fastclip_desktop.sources.wording import host_of, shown

if TYPE_CHECKING:
    from fastclip_desktop.sources.fetch import Part, Streams

_WIDE = Fraction(60)
"""Seconds on either side of a span that are brought where the span alone was too little."""

_OF_MEDIA = (
    ErrorCode.NOT_MEDIA,
    ErrorCode.DAMAGED_MEDIA,
    ErrorCode.ENCRYPTED_MEDIA,
    ErrorCode.UNSUPPORTED_CODEC,
    ErrorCode.SOURCE_TOO_LARGE,
    ErrorCode.SOURCE_EMPTY,
)
"""What media is at fault for, rather than the way to it."""


def perform(request: FetchMedia, reporter: Reporter) -> FetchedMedia:
    """Bring the streams here, and look at what came: a site's own word for it is worth little.

    Raises:
        InputError: ``no_video`` or ``no_audio`` where the one stream that the output lives on isn't there, and all
            that :func:`~fastclip_desktop.sources.fetch.open_streams` and
            :func:`~fastclip_desktop.media.probe.probe` raise.
        Cancelled: if the reporter says so.
    """
    path = request.media.path
    fetched = _from_site(request, reporter) if path is None else _from_file(path, request)
    _check_streams(fetched, request)
    return fetched


def _from_file(path: Path, request: FetchMedia) -> FetchedMedia:
    info = request.media.info or probe(path)
    wanted = request.output.format
    return FetchedMedia(
        picture=path if wanted.has_picture and info.picture else None,
        sound=path if wanted.has_sound and info.sound else None,
        picture_info=info,
        sound_info=info,
    )


def _from_site(request: FetchMedia, reporter: Reporter) -> FetchedMedia:
    from fastclip_desktop.sources.fetch import open_streams  # only links need yt-dlp: 283 ms

    with open_streams(request, reporter) as streams:
        with _told_by_host(request.media.page_url), ExitStack() as stack:
            infos = _Visit(request, streams, stack).read()
        fetched = streams.keep(request.folder)
    seen = infos[streams.picture.name] if streams.picture else None
    heard = infos[streams.sound.name] if streams.sound else None
    return FetchedMedia(
        picture=fetched.picture if seen and seen.picture else None,
        sound=fetched.sound if heard and heard.sound else None,
        bytes_moved=fetched.bytes_moved,
        picture_info=seen,
        sound_info=heard,
    )


class _Visit:
    """Reads of a site's files what the cut will read."""

    def __init__(self, request: FetchMedia, streams: Streams, stack: ExitStack) -> None:
        self._request = request
        self._streams = streams
        self._to_come = 0  # spans, from the one that is read on
        self._rehearsals = {
            part.name: stack.enter_context(Rehearsal(part.path, part.remote.fill, self._counted(part)))
            for part in streams.parts
            if part.remote is not None
        }

    def read(self) -> dict[str, MediaInfo]:
        """Bring what is needed of each part; what each holds, by its name."""
        from fastclip_desktop.sources.fetch import bring_whole

        parts = self._streams.parts
        infos = {part.name: self._look(part) for part in parts}
        for part in parts:
            self._streams.meter.begin(Path(part.name).stem)
            if part.remote is None:
                continue
            try:
                if self._request.reach is not Reach.WHOLE:
                    self._rehearse(part, infos)
                    continue
            except InputError as error:
                # Damage is met by the cut with more patience than here: let it have everything.
                if error.code not in _OF_MEDIA:
                    raise
            bring_whole(part, self._streams.meter)
        return infos

    def _look(self, part: Part) -> MediaInfo:
        rehearsal = self._rehearsals.get(part.name)
        return probe(part.path) if rehearsal is None else rehearsal.look()

    def _rehearse(self, part: Part, infos: dict[str, MediaInfo]) -> None:
        seen = infos[self._streams.picture.name] if self._streams.picture else None
        heard = infos[self._streams.sound.name] if self._streams.sound else None
        clock = common_clock(seen, heard)
        is_picture = part is self._streams.picture
        zero = clock.picture if is_picture else clock.sound
        decoded = _is_decoded(self._request.output, seen)
        for count, span in enumerate(self._request.spans):
            self._to_come = len(self._request.spans) - count
            wide = _widened(span, self._request.reach)
            self._rehearsals[part.name].read(wide, zero, wants_picture=is_picture, decoded=decoded)

    def _counted(self, part: Part) -> Fetch:
        def fetch(spans: Iterable[tuple[int, int]]) -> None:
            wanted = list(spans)
            if part.remote is not None:
                self._streams.meter.expect(part.remote.missing(wanted) * self._to_come)
                part.remote.fetch(wanted)

        return fetch


def _is_decoded(output: OutputSpec, seen: MediaInfo | None) -> bool:
    """Whether a clip is sure to be encoded anew; if it turns out that it has to be, more is fetched then."""
    if output.format not in (OutputFormat.MP4, OutputFormat.M4A):
        return True
    picture = seen.picture if seen else None
    return picture is not None and output.max_height is not None and min(picture.display_size) > output.max_height


def _widened(span: TimeRange, reach: Reach) -> TimeRange:
    if reach is Reach.SPANS:
        return span
    return TimeRange(max(Fraction(0), span.start - _WIDE), span.end + _WIDE)


def _check_streams(fetched: FetchedMedia, request: FetchMedia) -> None:
    form = request.output.format
    if fetched.picture is None and not form.has_sound:
        raise InputError(
            ErrorCode.NO_VIDEO,
            f"{shown(request.media.source)} has no picture to make a {form} of.",
            "Choose the format mp3, or another source.",
        )
    if fetched.sound is None and not form.has_picture:
        raise InputError(
            ErrorCode.NO_AUDIO,
            f"{shown(request.media.source)} has no sound to make an {form} of.",
            "Choose the format mp4 or gif, or another source.",
        )


@contextmanager
def _told_by_host(page_url: str) -> Iterator[None]:
    try:
        yield
    except InputError as error:
        if error.code not in _OF_MEDIA:
            raise
        # The sentence would name a file of ours that the person has never heard of.
        raise InputError(
            error.code,
            f"What {host_of(page_url)} sent is no media that FastClip can read.",
            "Check in a browser what the link leads to.",
        ) from error
