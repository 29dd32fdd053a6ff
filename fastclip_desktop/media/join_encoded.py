"""Joins parts of any kind by decoding and encoding everything, each part fitted into the first one's frame."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

from fastclip_desktop.domain.clip import Receipt, RenderedFile
from fastclip_desktop.domain.montage import Montage, Part, PlacedPart, TransitionKind
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat
from fastclip_desktop.media.clip_file import describe
from fastclip_desktop.media.container import new_file, open_media
from fastclip_desktop.media.crew import Crew
from fastclip_desktop.media.dissolve import black_like
from fastclip_desktop.media.encode import FRAMES_WAITING, MUXERS, PACKETS_WAITING, encoded, mux_in_order
from fastclip_desktop.media.encoder_door import add_track, begin, encoding
from fastclip_desktop.media.encoders import choose_h264_encoder, device_of
from fastclip_desktop.media.fitting import Frame, plan_fitted
from fastclip_desktop.media.gop import DecodeTimes
from fastclip_desktop.media.graph import PicturePlan, filtered, plan_picture, shape_of
from fastclip_desktop.media.join_sources import JoinSource
from fastclip_desktop.media.joined_sound import window_of
from fastclip_desktop.media.joined_tracks import JoinedTrack, SoundPart, track_count
from fastclip_desktop.media.orientation import Orientation, orientation_of
from fastclip_desktop.media.part_pictures import found_picture
from fastclip_desktop.media.sound import sound_settings
from fastclip_desktop.media.transition_pictures import OnScreen, TimedPicture, dissolve, overlapped

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_CLOCK = Fraction(1, 90_000)
"""Seconds a tick: parts of any rate come out right to six microseconds."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was found of a part before the work begins.

    Attributes:
        number: which part, counting from 0.
        zero: seconds of the source that stand at the part's start.
        orientation: how its pictures have to be turned.
        own_plan: what they would be in a clip of their own.
        rate: pictures a second.
    """

    number: int
    part: Part
    source: JoinSource
    zero: Fraction
    orientation: Orientation
    own_plan: PicturePlan
    rate: Fraction


def join_encoded(sources: Sequence[JoinSource], montage: Montage, path: Path, reporter: Reporter) -> RenderedFile:
    """Join parts with every frame and sample encoded anew.

    Args:
        sources: what the parts name.
        montage: no part of it reaches beyond the end of its source.
        path: the file to write.
        reporter: gets progress by presentation time; a stop reaches all threads within a frame or two.

    Raises:
        InputError: what probing and decoding raise, ``output_not_writable``, ``disk_full``.
        UsageError: ``bad_transition`` if a part is too short.
        InternalError: an encoder failed.
        Cancelled: if it was stopped.
    """
    seen = [_look_at(number, montage, sources, reporter) for number in range(len(montage.parts))]
    lengths = [each.part.span.end - each.zero for each in seen]
    montage.check_lengths(lengths)
    work = _EncodedJoin(seen, montage, montage.places(lengths), reporter)
    with new_file(path, *MUXERS[OutputFormat.MP4]) as container, Crew() as crew:
        picture = work.add_picture(container)
        sounds = work.add_sounds(container)
        container.start_encoding()
        frames = crew.run("decode pictures", work.frames(), FRAMES_WAITING)
        tracks = [crew.run("encode pictures", work.packets(picture, frames), PACKETS_WAITING)]
        tracks += [crew.run("sound", work.sound_packets(sound), PACKETS_WAITING) for sound in sounds]
        mux_in_order(container, tracks, work.end, reporter)
    return work.rendered(path, sounds)


def _look_at(number: int, montage: Montage, sources: Sequence[JoinSource], reporter: Reporter) -> _Seen:
    part = montage.parts[number]
    source = sources[part.source]
    ratio = source.picture_track.sample_aspect_ratio
    with found_picture(source, part.span.start, part.span.end, reporter.cancel.check) as found:
        orientation = orientation_of(found.first)
        own = plan_picture(
            shape_of(found.first),
            orientation=orientation,
            sample_aspect_ratio=ratio,
            max_short_side=montage.output.max_height,
        )
        return _Seen(number, part, source, found.zero - source.clock.picture, orientation, own, found.rate)


class _EncodedJoin:
    """One join on its way.

    Attributes:
        end: seconds that the clip lasts.
    """

    def __init__(
        self, seen: Sequence[_Seen], montage: Montage, places: Sequence[TimeRange], reporter: Reporter
    ) -> None:
        self._seen = seen
        self._montage = montage
        self._places = places
        self._check = reporter.cancel.check
        self.end = places[-1].end
        first = seen[0].own_plan
        self._encoder = choose_h264_encoder(first.width, first.height)
        self._frame = Frame(
            first.width, first.height, first.sample_aspect_ratio, self._encoder.pixel_format, first.color
        )
        self._count = 0
        self._errors = 0

    def add_picture(self, container: OutputContainer) -> VideoStream:
        """The picture track, in the first part's frame."""
        frame = self._frame
        stream = add_track(container, self._encoder, self._seen[0].rate)
        stream.width, stream.height, stream.pix_fmt = frame.width, frame.height, frame.pixel_format
        context = stream.codec_context
        context.time_base = _CLOCK
        context.thread_type = "AUTO"  # PyAV's default, slices, costs a sixth of the speed and some quality
        context.sample_aspect_ratio = frame.sample_aspect_ratio
        context.color_range, context.color_primaries = frame.color.range, frame.color.primaries
        context.color_trc, context.colorspace = frame.color.transfer, frame.color.matrix
        begin(stream, self._encoder)
        return stream

    def add_sounds(self, container: OutputContainer) -> list[JoinedTrack]:
        """As many sound tracks as every part with sound has, like those of the first of them."""
        sources = [each.source for each in self._seen]
        leader = next((source for source in sources if source.sound_tracks), None)
        if leader is None or leader.sound is None:
            return []
        tracks = []
        with open_media(leader.sound) as model:
            for place, facts in enumerate(leader.sound_tracks[: track_count(sources)]):
                settings = sound_settings(OutputFormat.MP4, facts.sample_rate, facts.channels)
                added = container.add_stream(settings.encoder, rate=settings.sample_rate, layout=settings.layout)
                track = cast("AudioStream", added)
                track.codec_context.format = settings.sample_format
                track.codec_context.bit_rate = settings.bit_rate
                track.codec_context.time_base = Fraction(1, settings.sample_rate)
                describe(track, model.streams[facts.index])
                tracks.append(JoinedTrack(place, settings, track, self._check))
        return tracks

    def sound_packets(self, track: JoinedTrack) -> Iterator[Packet[Stream]]:
        """One sound track of the clip."""
        for seen, place in zip(self._seen, self._places, strict=True):
            window = window_of(self._montage, seen.number, place)
            track.begin(SoundPart(seen.number + 1, seen.source, seen.zero, seen.part.span.end, window))
            yield from track.until(None)
        yield from track.finish()

    def packets(self, stream: VideoStream, frames: Iterable[VideoFrame]) -> Iterator[Packet[Stream]]:
        """The picture track of the clip."""
        times: DecodeTimes[Packet[Stream]]
        times = DecodeTimes(stream.codec_context.reorder_depth, round(1 / self._seen[0].rate / _CLOCK))
        for packet in encoded(encoding(stream, self._encoder), frames):
            yield from times.take(packet)
        yield from times.finish(round(self.end / _CLOCK))

    def frames(self) -> Iterator[VideoFrame]:
        """All pictures of the clip, for the encoder."""
        latest = -1
        for picture in self._joined():
            pts = round(picture.time / _CLOCK)
            if pts <= latest:
                continue  # two within a tick, at a joint of a source with a finer clock
            latest = picture.frame.pts = pts
            picture.frame.time_base = _CLOCK
            picture.frame.pict_type = 0
            self._count += 1
            yield picture.frame

    def _joined(self) -> Iterator[TimedPicture]:
        transition = self._montage.transition
        pictures: Iterable[TimedPicture] = self._pictures(0)
        for number in range(len(self._seen)):
            end, following = self._places[number].end, number + 1
            if following == len(self._seen):
                yield from pictures
                return
            if transition.kind is TransitionKind.OVERLAP:
                begin = end - transition.seconds
                pictures = iter(pictures)
                both: list[TimedPicture] = []
                for picture in pictures:
                    if picture.time >= begin:
                        both.append(picture)
                        break
                    yield picture
                after = OnScreen(self._pictures(following))
                yield from overlapped(itertools.chain(both, pictures), after, begin, transition.seconds)
                pictures = after.rest(end)
                continue
            last: TimedPicture | None = None
            for last in pictures:
                yield last
            pictures = self._pictures(following)
            if last is not None and transition.kind is TransitionKind.GAP:
                yield TimedPicture(end, black_like(last.frame))
            elif last is not None and transition.kind is TransitionKind.CROSS_FADE:
                pictures = iter(pictures)
                first = next(pictures)
                yield from dissolve(last.frame, first.frame, end, transition.seconds, self._seen[0].rate)
                pictures = itertools.chain([first], pictures)

    def _pictures(self, number: int) -> Iterator[TimedPicture]:
        """A part's pictures in the clip's frame."""
        seen, place = self._seen[number], self._places[number]
        plan_for = functools.partial(
            plan_fitted,
            orientation=seen.orientation,
            sample_aspect_ratio=seen.source.picture_track.sample_aspect_ratio,
            frame=self._frame,
        )
        with found_picture(seen.source, seen.part.span.start, seen.part.span.end, self._check) as found:
            frames = (timed.frame for timed in found.frames())
            plan = plan_for(shape_of(found.first))
            for frame in filtered(frames, plan, plan_for, found.time_base):
                base = Fraction(frame.time_base or found.time_base)
                yield TimedPicture(place.start + (frame.pts or 0) * base, frame)
            self._errors += found.log.errors

    def rendered(self, path: Path, sounds: Sequence[JoinedTrack]) -> RenderedFile:
        """The file with its receipt."""
        placed = tuple(
            PlacedPart(seen.part.source, span := TimeRange(seen.zero, seen.part.span.end), place, (), (span,))
            for seen, place in zip(self._seen, self._places, strict=True)
        )
        receipt = Receipt(
            method="reencoded",
            video_encoder=self._encoder.name,
            audio_encoder="aac" if any(sound.heard for sound in sounds) else "",
            frames=self._count,
            notes=(*self._notes(), *(note for sound in sounds for note in sound.notes)),
            parts=placed,
            loudness=sounds[0].loudness if sounds else None,
            device=device_of(self._encoder.name),
        )
        ratio = self._frame.sample_aspect_ratio
        width = round(self._frame.width * max(ratio, Fraction(1)))
        height = round(self._frame.height / min(ratio, Fraction(1)))
        return RenderedFile(path, OutputFormat.MP4, TimeRange(Fraction(0), self.end), self.end, width, height, receipt)

    def _notes(self) -> Iterator[str]:
        own = [(each.own_plan.width, each.own_plan.height, each.own_plan.sample_aspect_ratio) for each in self._seen]
        fitted = [str(number) for number, shape in enumerate(own, start=1) if shape != own[0]]
        if fitted:
            which = f"Part {fitted[0]} was" if len(fitted) == 1 else f"Parts {', '.join(fitted)} were"
            yield f"{which} fitted into the first part's frame, {self._frame.width}×{self._frame.height}."
        yield from dict.fromkeys(note for each in self._seen for note in each.own_plan.notes)
        yield from self._encoder.notes
        if self._errors:
            yield f"{self._errors} damaged {'packet was' if self._errors == 1 else 'packets were'} passed over."
