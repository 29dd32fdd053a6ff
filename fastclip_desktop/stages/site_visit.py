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
from fastclip_desktop.media.piece_times import held_by, shows_beginning
from fastclip_desktop.media.probe import presented_end, probe
from fastclip_desktop.media.rehearsal import Fetch, Rehearsal
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

_ROUNDING = Fraction(1, 20)
"""Seconds by which a playlist is not believed: a piece that holds no more than that of a span is looked for last."""

_TRIES = 8
"""Times that pieces are chosen anew where a playlist's seconds are not those of its media."""

_LEAD_PACKETS = {"mp3": 10, "opus": 4}
_FEW_PACKETS = 2
"""Of sound before the one that holds the first sample, from which it can be decoded; two for most codecs."""

_SAME_INSTANT = Fraction(1)
"""Seconds by which the tracks of a piece may begin or end apart; a track that is farther away has a gap there."""

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
        self._shown_from: dict[int, Fraction] = {}  # by the place of a span: sound that is passed on begins with it
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
                return self._probe(pieces.front(shows_beginning))
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
        numbers: set[int] = set()
        with _told_by_host(self._page_url):
            for place, span in enumerate(self._spans):
                start = min(span.start, self._shown_from.get(place, span.start))
                held = _holding(pieces, TimeRange(start + zero, span.end + zero), origin)
                numbers.update(held)
                if self._output.passthrough:
                    picture = probe(pieces.assemble(held)).picture
                    if picture is not None and picture.start is not None:
                        self._shown_from[place] = picture.start - zero
        path = pieces.assemble(numbers)
        info = self._probe(path)
        return _from_zero(dataclasses.replace(info, duration=presented_end(path) - info.origin), zero)


def _holding(pieces: Pieces, span: TimeRange, origin: Fraction) -> range:
    """The numbers of the pieces that hold a span, as far as the stream does.

    The playlist says where to begin, and what comes says the rest: playlists round, and what they round adds up; older
    ones name whole seconds; and the tracks of a piece neither begin nor end together.

    Args:
        pieces: the stream.
        span: seconds on the stream's clock.
        origin: where its first piece begins on that clock.
    """
    inside = min(_ROUNDING, span.duration / 4)
    numbers = pieces.numbers(span.start + inside - origin, span.end - inside - origin)
    for _ in range(_TRIES):
        before, behind = _lacking(pieces.assemble(numbers), span)
        wider = pieces.widened(numbers, before, behind)
        if wider == numbers:
            break
        numbers = wider
    return numbers


def _lacking(path: Path, span: TimeRange) -> tuple[Fraction, Fraction]:
    """How many seconds a file begins too late and ends too early to cut a span out of it."""
    info, held = probe(path), held_by(path)
    before, behind = [Fraction(0)], [Fraction(0)]
    if info.picture is not None:
        before.append((info.origin if info.picture.start is None else info.picture.start) - span.start)
        if held.picture_end is not None:
            behind.append(span.end - held.picture_end)
    if info.sound is not None and held.sound is not None:
        lead = held.sound.packet * (1 + _LEAD_PACKETS.get(info.sound.codec, _FEW_PACKETS))
        late, early = held.sound.start + lead - span.start, span.end - held.sound.end
        before += [late] if info.picture is None or late < _SAME_INSTANT else []
        behind += [early] if info.picture is None or early < _SAME_INSTANT else []
    return max(before), max(behind)


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
