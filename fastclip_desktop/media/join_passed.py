"""Joins parts of alike pictures at nearly the speed of copying: packets pass, seams and transitions are encoded.

Each part goes through :class:`~fastclip_desktop.media.picture_splice.PictureSplice`, as in a smart cut; all share one
seam encoder, so that the parts, their seams and the pictures between them make one track. The sound is encoded anew as
one piece. The clip is decoded around every joint and seam before it is given away.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from av.video.frame import VideoFrame

from fastclip_desktop.domain.clip import Receipt, RenderedFile
from fastclip_desktop.domain.montage import Montage, Part, PlacedPart, TransitionKind
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat
from fastclip_desktop.media.coded_pictures import PictureReader, picture_reader
from fastclip_desktop.media.container import open_media, time_base_of, writing
from fastclip_desktop.media.dissolve import black_like, can_dissolve
from fastclip_desktop.media.gop import NotPassable
from fastclip_desktop.media.join_file import JoinFile
from fastclip_desktop.media.join_sources import JoinSource
from fastclip_desktop.media.joined_sound import window_of
from fastclip_desktop.media.joined_tracks import SoundPart
from fastclip_desktop.media.part_pictures import found_picture
from fastclip_desktop.media.picture_splice import PictureSplice
from fastclip_desktop.media.probe import first_picture
from fastclip_desktop.media.seam_encoders import CodedFrame, SeamEncoder, seam_encoder
from fastclip_desktop.media.seam_proof import Sight, look_at
from fastclip_desktop.media.track_reader import Line, TrackReader
from fastclip_desktop.media.transition_pictures import OnScreen, TimedPicture, dissolve, overlapped

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.stream import VideoStream

    from fastclip_desktop.media.picture import PictureCut

_DIFFERENT = "its parts are coded differently"
_AUDIBLE = Fraction(1, 1000)
"""Seconds by which sound has to outlast the picture of a part to make the part longer."""


def join_passed(sources: Sequence[JoinSource], montage: Montage, path: Path, reporter: Reporter) -> RenderedFile:
    """Join parts whose pictures are coded alike.

    Args:
        sources: what the parts name.
        montage: no part of it reaches beyond the end of its source.
        path: the file to write.
        reporter: gets how much of all parts is done.

    Raises:
        NotPassable: if everything has to be encoded; ``path`` may hold a part of a clip then.
        InputError: if a source cannot be opened or the clip not be written.
        Cancelled: if it was stopped; ``path`` may hold a part of a clip then.
    """
    used = [sources[part.source] for part in montage.parts]
    if montage.output.compatible:
        raise NotPassable("that was asked for")
    limit = montage.output.max_height
    if limit is not None and min(used[0].picture_track.display_size) > limit:
        raise NotPassable("the picture is made smaller")
    if any(source.seen.truncated for source in used):
        raise NotPassable("a source is truncated")
    if any(_facts(source) != _facts(used[0]) for source in used):
        raise NotPassable(_DIFFERENT)
    with ExitStack() as stack:
        return _Join(stack, used, montage, path, reporter).write()


@dataclass(slots=True)
class _Shown:
    """A part that is being written, or was.

    Attributes:
        part: what was asked for.
        source: where it comes from.
        zero: seconds of the source that stand at the part's start.
        start: ticks of the clip at the part's start.
        end: ticks of the clip at its end.
        first: ticks of the clip at its first picture that is shown alone.
        last: seconds of the source at which its last picture is shown.
        encoded: seconds of the source whose pictures were encoded anew.
    """

    part: Part
    source: JoinSource
    zero: Fraction
    start: int
    end: int
    first: int
    last: Fraction = Fraction(0)
    encoded: tuple[TimeRange, ...] = ()


class _Join:
    def __init__(
        self, stack: ExitStack, sources: Sequence[JoinSource], montage: Montage, path: Path, reporter: Reporter
    ) -> None:
        self._stack = stack
        self._sources = sources
        self._montage = montage
        self._path = path
        self._reporter = reporter
        self._overlap = montage.transition.seconds if montage.transition.kind is TransitionKind.OVERLAP else Fraction(0)
        self._kind: tuple[object, ...] | None = None
        self._encoder: SeamEncoder | None = None
        self._file: JoinFile | None = None
        self._shown: list[_Shown] = []
        self._picture_end = Fraction(0)  # of the present part, in seconds of its source
        self._zero = Fraction(0)  # of the part that is about to begin, where it overlaps with the one before
        self._done = Fraction(0)
        self._total = sum((part.span.duration for part in montage.parts), Fraction(0))
        self._bytes_read = 0

    def write(self) -> RenderedFile:
        with writing(self._path), ExitStack() as closing:
            for number in range(len(self._montage.parts)):
                with ExitStack() as own:
                    file = self._write_part(number, own, closing)
                if number + 1 < len(self._montage.parts):
                    self._write_transition(number, file)
            file.finish(self._shown[-1].end)
        file.watch.finish().check(self._path)
        return self._rendered(file)

    def _write_part(self, number: int, own: ExitStack, closing: ExitStack) -> JoinFile:
        part, source = self._montage.parts[number], self._sources[number]
        # The encoder that all share looks at the first part's track again for each seam.
        handles = own if number else self._stack
        reader = TrackReader(handles.enter_context(open_media(source.picture)), source.picture, part.span)
        reader.origin = source.clock.picture
        stream = first_picture(reader.container)
        if stream is None:
            raise NotPassable("there is no picture")
        self._check_kind(stream)
        tick = time_base_of(stream)
        begin, end = self._own_range(number)
        low, high = (math.ceil((time + reader.origin) / tick) for time in (begin, end))
        splice = PictureSplice(stream, low, high, self._reporter.cancel.check, encoders=self._shared_encoder)
        reader.lines.append(Line(stream, splice))
        file: JoinFile | None = None
        for _, packet in reader.packets():
            if packet.pts is not None:
                self._report(max(Fraction(0), (packet.pts - low) * tick))
            ready = splice.take(packet)
            if splice.zero is not None:
                file = file or self._begin_splice(number, splice, stream, closing)
                file.write(ready, self._shown[-1].first)
        if splice.has_entry:
            ready = splice.finish()
            file = file or self._begin_splice(number, splice, stream, closing)
            file.write(ready, self._shown[-1].first)
            self._end_splice(splice, file)
        else:
            file = self._write_encoded(number, TimeRange(begin, end), splice.clip_tick, closing)
        self._end(number, file)
        self._done += part.span.duration
        self._bytes_read += reader.bytes_read
        return file

    def _begin_splice(self, number: int, splice: PictureSplice, stream: VideoStream, closing: ExitStack) -> JoinFile:
        first = (splice.zero or 0) * time_base_of(stream) - self._sources[number].clock.picture
        file = self._open(stream, splice.extradata, splice.clip_tick, closing)
        self._begin(number, first, file)
        return file

    def _end_splice(self, splice: PictureSplice, file: JoinFile) -> None:
        shown, report = self._shown[-1], splice.report
        tick, origin = shown.source.picture_track.time_base, shown.source.clock.picture
        file.watch.add_seams(splice.proof, shown.first)
        shown.last = (report.last if report.held is None or report.pictures > 1 else report.held) * tick - origin
        shown.encoded = tuple(
            TimeRange(max(Fraction(0), first * tick - origin), end * tick - origin) for first, end in report.encoded
        )
        self._picture_end = report.end * tick - origin

    def _write_encoded(self, number: int, span: TimeRange, clip_tick: Fraction, closing: ExitStack) -> JoinFile:
        """Encode a part without a key frame to pass from."""
        source = self._sources[number]
        container = closing.enter_context(open_media(source.picture))
        stream = first_picture(container)
        if stream is None:
            raise NotPassable("there is no picture")
        encoder = self._encoder = self._encoder or _encoder_for(container, stream)
        file = self._open(stream, encoder.extradata, clip_tick, closing)
        with found_picture(source, span.start, span.end, self._reporter.cancel.check) as found:
            zero = found.zero - source.clock.picture
            self._begin(number, zero, file)
            frames = self._part_frames(found, file)
            file.write(file.packets(encoder.encode(frames, ())))
        self._shown[-1].encoded = (TimeRange(zero, max(self._picture_end, zero + clip_tick)),)
        return file

    def _part_frames(self, found: PictureCut, file: JoinFile) -> Iterator[VideoFrame]:
        """All pictures of the present part, timed for the clip."""
        shown = self._shown[-1]
        origin = shown.source.clock.picture
        for timed in found.frames():
            frame, time = timed.frame, (timed.frame.pts or 0) * found.time_base
            self._report(time)
            shown.last = timed.source_pts - origin
            self._picture_end = found.zero - origin + time + (frame.duration or 0) * found.time_base
            frame.pts = shown.first + round(time / file.tick)
            file.watch.know(frame.pts, look_at(frame, exact=False))
            yield frame

    def _own_range(self, number: int) -> tuple[Fraction, Fraction]:
        """The seconds of the source in which a part is shown alone."""
        part = self._montage.parts[number]
        begin, end = part.span.start, part.span.end
        if self._overlap and number:
            with found_picture(self._sources[number], begin, end, self._reporter.cancel.check) as found:
                self._zero = found.zero - self._sources[number].clock.picture
            begin = self._zero + self._overlap
        if self._overlap and number + 1 < len(self._montage.parts):
            end -= self._overlap
        return begin, end

    def _check_kind(self, stream: VideoStream) -> None:
        """Refuse a part that needs another decoder than the first one."""
        context = stream.codec_context
        kind = (
            context.extradata, context.reorder_depth, context.color_range, context.color_primaries, context.color_trc,
            context.colorspace,
        )  # fmt: skip
        self._kind = self._kind or kind
        if kind != self._kind:
            raise NotPassable(_DIFFERENT)

    def _shared_encoder(self, stream: VideoStream, reader: PictureReader) -> SeamEncoder:
        self._encoder = self._encoder or seam_encoder(stream, reader)
        return self._encoder

    def _open(self, stream: VideoStream, extradata: bytes, tick: Fraction, closing: ExitStack) -> JoinFile:
        """The clip's file; only the first part opens it."""
        if self._file is None:
            context = stream.codec_context
            self._model = VideoFrame(context.width, context.height, context.pix_fmt or "yuv420p")
            self._model.color_range = context.color_range
            if self._montage.transition.kind is not TransitionKind.CUT and not can_dissolve(self._model):
                raise NotPassable("its colours cannot be mixed as they are coded")
            check = self._reporter.cancel.check
            self._file = JoinFile(closing, self._path, self._sources, stream, extradata, tick, check)
        return self._file

    def _begin(self, number: int, first: Fraction, file: JoinFile) -> None:
        """Settle where a part begins, now that its first picture is known.

        Args:
            number: which part.
            first: seconds of the source that stand at the beginning of what is shown of it alone.
            file: the clip.
        """
        part, source, tick = self._montage.parts[number], self._sources[number], file.tick
        zero, start = first, 0
        if number:
            start = self._shown[-1].end + round(self._montage.transition.distance / tick)
            zero = self._zero if self._overlap else first
        end = start + round((part.span.end - zero) / tick)
        self._shown.append(_Shown(part, source, zero, start, end, start + round((first - zero) / tick)))
        window = window_of(self._montage, number, TimeRange(start * tick, end * tick))
        file.begin_sound(SoundPart(number + 1, source, zero, part.span.end, window))

    def _end(self, number: int, file: JoinFile) -> None:
        """Settle where a part ends, now that its last picture is known, and write the rest of its sound."""
        shown = self._shown[-1]
        heard = file.end_sound()
        if self._overlap and number + 1 < len(self._montage.parts):
            return
        end = shown.start + round((self._picture_end - shown.zero) / file.tick)
        if heard > end * file.tick + _AUDIBLE:
            end = math.ceil(heard / file.tick)
        shown.end = min(shown.end, end)

    def _write_transition(self, number: int, file: JoinFile) -> None:
        """Encode the pictures between a part and the next."""
        sights: dict[int, Sight] = {}
        coded: Sequence[CodedFrame] = ()
        if self._montage.transition.kind is not TransitionKind.CUT and self._encoder is not None:
            coded = self._encoder.encode(self._transition_frames(number, file, sights), ())
        file.write_between(coded, sights)

    def _transition_frames(self, number: int, file: JoinFile, sights: dict[int, Sight]) -> Iterator[VideoFrame]:
        """One at a time, for a long overlap has many: the frames of a transition, and what each looks like."""
        for picture in self._transition_pictures(number, file):
            self._reporter.cancel.check()
            picture.frame.pts = round(picture.time / file.tick)
            sights[picture.frame.pts] = look_at(picture.frame, exact=False)
            yield picture.frame

    def _transition_pictures(self, number: int, file: JoinFile) -> Iterator[TimedPicture]:
        kind, check = self._montage.transition.kind, self._reporter.cancel.check
        before, after = self._shown[number], self._montage.parts[number + 1]
        end, seconds = before.end * file.tick, self._montage.transition.seconds
        if kind is TransitionKind.GAP:
            yield TimedPicture(end, black_like(self._model))
            return
        with ExitStack() as stack:
            begin = before.part.span.end - self._overlap if self._overlap else before.last
            one = stack.enter_context(found_picture(before.source, begin, before.part.span.end, check))
            other = stack.enter_context(
                found_picture(self._sources[number + 1], after.span.start, after.span.end, check)
            )
            if kind is TransitionKind.CROSS_FADE:
                yield from dissolve(one.first, other.first, end, seconds, file.rate)
                return
            start = end - seconds
            first = before.start * file.tick - before.zero + one.zero - before.source.clock.picture
            yield from overlapped(_timed(one, first), OnScreen(_timed(other, start)), start, seconds)

    def _report(self, done: Fraction) -> None:
        self._reporter.report(min(1.0, float((self._done + done) / self._total)))

    def _rendered(self, file: JoinFile) -> RenderedFile:
        placed = tuple(_placed(shown, file.tick) for shown in self._shown)
        length = placed[-1].place.end
        encoded = any(part.encoded for part in placed) or self._montage.transition.kind is not TransitionKind.CUT
        receipt = Receipt(
            method="smart" if encoded else "copied",
            video_encoder=self._encoder.name if encoded and self._encoder else "",
            audio_encoder="aac" if file.has_sound else "",
            frames=file.watch.proof.pictures,
            notes=file.notes,
            parts=placed,
            loudness=file.loudness,
            device="CPU" if encoded else "",
            bytes_read=self._bytes_read,
        )
        size = self._sources[0].picture_track.display_size
        return RenderedFile(self._path, OutputFormat.MP4, TimeRange(Fraction(0), length), length, *size, receipt)


def _placed(shown: _Shown, tick: Fraction) -> PlacedPart:
    place = TimeRange(shown.start * tick, shown.end * tick)
    span = TimeRange(shown.zero, shown.zero + place.duration)
    return PlacedPart(shown.part.source, span, place, _between(shown.encoded, span), shown.encoded)


def _encoder_for(container: InputContainer, stream: VideoStream) -> SeamEncoder:
    """A seam encoder for a track of which nothing was read yet."""
    reader = picture_reader(stream)
    packets: Iterator[Packet[Stream]] = iter(container.demux([stream]))
    for packet in packets:
        if packet.size and reader.look(packet).entry:
            return seam_encoder(stream, reader)
    raise NotPassable("it has no key frame to begin from")


def _facts(source: JoinSource) -> tuple[object, ...]:
    """What has to be the same in all parts, as far as the container says it."""
    track = source.picture_track
    return (
        track.codec, track.width, track.height, track.pixel_format, track.time_base, track.sample_aspect_ratio,
        track.rotation, track.mirrored, track.transfer,
    )  # fmt: skip


def _timed(found: PictureCut, start: Fraction) -> Iterable[TimedPicture]:
    """Pictures of a range at their seconds of the clip, of which ``start`` stands at the first of them."""
    for timed in found.frames():
        yield TimedPicture(start + (timed.frame.pts or 0) * found.time_base, timed.frame)


def _between(encoded: Sequence[TimeRange], span: TimeRange) -> tuple[TimeRange, ...]:
    """What of a span lies between others, which are in order and inside of it."""
    edges = [span.start, *(edge for part in encoded for edge in (part.start, part.end)), span.end]
    return tuple(TimeRange(begin, end) for begin, end in zip(edges[::2], edges[1::2], strict=True) if begin < end)
