"""Brings of a site's streams what a cut reads: by reading it, or by choosing the pieces that hold it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import MediaInfo
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia, FetchMedia, Reach
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.media.clock import common_clock
from fastclip_desktop.media.probe import presented_end, probe
from fastclip_desktop.media.rehearsal import Fetch, Rehearsal
from fastclip_desktop.media.sound_packets import LEAD_IN
from fastclip_desktop.sources.fetch import Meter, Part, Streams, bring_whole, open_streams
from fastclip_desktop.sources.pieces import Pieces
from fastclip_desktop.sources.remote import RemoteFile
from fastclip_desktop.sources.wording import host_of

_OF_MEDIA = (
    ErrorCode.NOT_MEDIA,
    ErrorCode.DAMAGED_MEDIA,
    ErrorCode.ENCRYPTED_MEDIA,
    ErrorCode.UNSUPPORTED_CODEC,
    ErrorCode.SOURCE_TOO_LARGE,
    ErrorCode.SOURCE_EMPTY,
)
"""What media is at fault for, rather than the way to it."""

_WIDE = Fraction(60)
"""Seconds on either side of a span that are brought where the span alone was too little."""

_OVERLAP = Fraction(1, 10)
"""Seconds behind a span that a piece may hold of it: picture and sound of a piece don't end together."""

_TRIES = 4
"""Times that pieces are chosen anew where a playlist's seconds are not those of its media."""

_SHARED_CLOCK = Fraction(1)
"""Seconds by which two streams of one presentation may begin apart."""

_BARE_SOUND = ("aac", "ac3", "ac4", "eac3", "mp3", "flac")
"""Formats without a clock: of a piece alone nobody can tell which seconds it holds."""


def visit_site(request: FetchMedia, reporter: Reporter) -> FetchedMedia:
    """Bring what the spans of a request need, and say what it holds.

    Raises:
        InputError: all that :func:`~fastclip_desktop.sources.fetch.open_streams` and
            :func:`~fastclip_desktop.media.probe.probe` raise.
        Cancelled: if the reporter says so.
    """
    with open_streams(request, reporter) as streams:
        with ExitStack() as stack:
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
    """One look at each stream for the common zero, then one reading of each."""

    def __init__(self, request: FetchMedia, streams: Streams, stack: ExitStack) -> None:
        self._streams = streams
        self._page_url = request.media.page_url
        self._output = request.output
        self._reach = request.reach
        self._spans = [_widened(span, request.reach) for span in request.spans]
        self._to_come = 0  # spans, from the one that is read on
        self._rehearsals = {
            part.name: stack.enter_context(
                Rehearsal(part.source.path, part.source.fill, self._counted(part.source, streams.meter))
            )
            for part in streams.parts
            if isinstance(part.source, RemoteFile)
        }

    def read(self) -> dict[str, MediaInfo]:
        """Bring what is needed of each part; what each holds, by its name."""
        infos = {part.name: self._look(part) for part in self._streams.parts}
        shared = self._shared_zero(infos)
        return {part.name: self._bring(part, infos, shared) for part in self._streams.parts}

    def _look(self, part: Part) -> MediaInfo:
        match part.source:
            case RemoteFile():
                with _told_by_host(self._page_url):
                    return self._rehearsals[part.name].look()
            case Pieces() as pieces:
                return self._probe(pieces.front())
            case Path() as whole:
                return self._probe(whole)

    def _probe(self, path: Path) -> MediaInfo:
        with _told_by_host(self._page_url):
            return probe(path)

    def _shared_zero(self, infos: dict[str, MediaInfo]) -> Fraction | None:
        """The zero of streams that a playlist puts together: their clock is one, wherever it begins."""
        origins = [infos[part.name].origin for part in self._streams.parts if isinstance(part.source, Pieces)]
        if len(origins) < 2 or max(origins) - min(origins) >= _SHARED_CLOCK:
            return None
        return min(origins)

    def _bring(self, part: Part, infos: dict[str, MediaInfo], shared: Fraction | None) -> MediaInfo:
        info = infos[part.name]
        self._streams.meter.begin(Path(part.name).stem)
        match part.source:
            case RemoteFile():
                if self._reach is Reach.WHOLE or not self._rehearsed(part, infos):
                    bring_whole(part, self._streams.meter)
                return info
            case Pieces() as pieces:
                if self._reach is Reach.WHOLE or info.container in _BARE_SOUND:
                    whole = self._probe(pieces.whole())
                    return whole if shared is None else _from_zero(whole, shared)
                return self._section(pieces, info.origin, info.origin if shared is None else shared)
            case Path():
                return info

    def _rehearsed(self, part: Part, infos: dict[str, MediaInfo]) -> bool:
        """Read what the cut reads; whether that went well."""
        seen = infos[self._streams.picture.name] if self._streams.picture else None
        heard = infos[self._streams.sound.name] if self._streams.sound else None
        clock = common_clock(seen, heard)
        is_picture = part is self._streams.picture
        zero = clock.picture if is_picture else clock.sound
        decoded = _is_decoded(self._output, seen)
        try:
            for count, span in enumerate(self._spans):
                self._to_come = len(self._spans) - count
                self._rehearsals[part.name].read(span, zero, wants_picture=is_picture, decoded=decoded)
        except InputError as error:
            # Damage is met by the cut with more patience than here: let it have everything.
            if error.code not in _OF_MEDIA:
                raise
            return False
        return True

    def _counted(self, remote: RemoteFile, meter: Meter) -> Fetch:
        def fetch(spans: Iterable[tuple[int, int]]) -> None:
            wanted = list(spans)
            meter.expect(remote.missing(wanted) * self._to_come)
            remote.fetch(wanted)

        return fetch

    def _section(self, pieces: Pieces, origin: Fraction, zero: Fraction) -> MediaInfo:
        """Bring the pieces that hold the spans.

        Args:
            pieces: the stream.
            origin: where its first piece begins on its clock, which is second 0 of its playlist.
            zero: the source's zero on that clock.
        """
        wanted = [(zero + span.start - LEAD_IN, zero + span.end + _OVERLAP) for span in self._spans]
        early = late = Fraction(0)
        with _told_by_host(self._page_url):
            for low, high in wanted:
                early, late = _true_edges(pieces, low, high, origin, (early, late))
        path = pieces.assemble([(low - early - origin, high + late - origin) for low, high in wanted])
        info = self._probe(path)
        return _from_zero(dataclasses.replace(info, duration=presented_end(path) - info.origin), zero)


def _true_edges(
    pieces: Pieces, low: Fraction, high: Fraction, origin: Fraction, slack: tuple[Fraction, Fraction]
) -> tuple[Fraction, Fraction]:
    """How many seconds too early and too late pieces have to be asked for, so that they hold what they should.

    Playlists round, and what they round adds up; older ones name whole seconds.
    """
    early, late = slack
    for _ in range(_TRIES):
        begin, end = low - early - origin, high + late - origin
        path = pieces.assemble([(begin, end)])
        info = probe(path)
        shown = info.picture.start if info.picture else None
        lacking_before = (info.origin if shown is None else shown) - low if begin > 0 else Fraction(0)
        lacking_behind = high - presented_end(path) if end < pieces.duration else Fraction(0)
        if lacking_before <= 0 and lacking_behind <= 0:
            break
        early += max(Fraction(0), lacking_before)
        late += max(Fraction(0), lacking_behind)
    return early, late


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


def _from_zero(info: MediaInfo, zero: Fraction) -> MediaInfo:
    """The facts of a file that begins in the middle of its presentation."""
    return dataclasses.replace(info, duration=info.origin + info.duration - zero, origin=zero)


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
