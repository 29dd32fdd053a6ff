"""A range of a source, opened and found: where the clip's zero lies, and the frames and samples that follow it."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import MediaInfo
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange, format_timecode
from fastclip_desktop.domain.timeline import OutputSpec, Timeline
from fastclip_desktop.media.clock import Clock, common_clock
from fastclip_desktop.media.container import reading
from fastclip_desktop.media.decoding import SourceTrack
from fastclip_desktop.media.picture import PictureCut, find_picture
from fastclip_desktop.media.probe import probe
from fastclip_desktop.media.sound import SoundCut, find_sound

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.video.stream import VideoStream

_SLACK = Fraction(1, 20)
"""Seconds by which a range may run over the end of the source without a word."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A clip's picture: the source's track, and what was found of it."""

    stream: VideoStream
    cut: PictureCut


@dataclass(frozen=True, slots=True)
class Sound:
    """A clip's sound: the source's track, and what was found of it."""

    stream: AudioStream
    cut: SoundCut


@dataclass(slots=True)
class Cut:
    """A clip that is ready to be read.

    Attributes:
        source: the file that messages name.
        clock: the source's zero.
        span: what was asked for, in seconds of the source.
        zero: the clip's zero in seconds of the source.
        picture: ``None`` where the clip shows nothing.
        sounds: none where it cannot be heard.
        has_subtitles: the file with the picture has subtitle tracks.
        notes: sentences for the receipt.
    """

    source: Path
    clock: Clock
    span: TimeRange
    zero: Fraction
    picture: Picture | None = None
    sounds: list[Sound] = field(default_factory=list)
    has_subtitles: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def sound(self) -> Sound | None:
        """The first sound, for formats that hold one; ``None`` where the clip cannot be heard."""
        return next(iter(self.sounds), None)

    def settle(self) -> TimeRange:
        """The seconds of the source that the clip came to hold, once both tracks are read; adds notes on the way."""
        ends: list[Fraction | None] = []
        errors = 0
        broken_off = False
        sounds = [(sound, self.clock.sound) for sound in self.sounds]
        for track, zero in ((self.picture, self.clock.picture), *sounds):
            if track is not None:
                ends.append(None if track.cut.source_end is None else track.cut.source_end - zero)
                errors += track.cut.log.errors
                broken_off = broken_off or track.cut.log.broken_off
        if errors:
            self.notes.append(f"{errors} damaged {'packet was' if errors == 1 else 'packets were'} passed over.")
        reached = [end for end in ends if end is not None]
        if len(reached) < len(ends) or not reached or max(reached) >= self.span.end - _SLACK:
            return self.span
        end = max(reached)
        broken = "breaks off" if broken_off else "ends"
        self.notes.append(f"The source {broken} at {format_timecode(end)}; the clip was shortened to that.")
        return TimeRange(self.span.start, end) if end > self.span.start else self.span


def open_cut(stack: ExitStack, media: FetchedMedia, timeline: Timeline, reporter: Reporter) -> Cut:
    """Open a source's files and find a range in them.

    Tracks are read through handles of their own, even from one file, so that none waits for another. With a picture
    come all sound tracks that are wanted; without one only the first of them, for formats of sound hold one.

    Args:
        stack: closes the files.
        media: local files with the streams.
        timeline: the seconds of the source, and what the clip holds of it.
        reporter: stops the work.

    Raises:
        InputError: everything that probing raises, ``no_audio``, ``range_outside_source``, ``encrypted_media``,
            ``unsupported_codec``, ``damaged_media``.
        Cancelled: if it was stopped.
    """
    span, output = timeline.span, timeline.output
    wants_picture = output.format.has_picture
    source = (media.picture or media.sound) if wants_picture else (media.sound or media.picture)
    if source is None:
        code = ErrorCode.NOT_MEDIA if wants_picture else ErrorCode.NO_AUDIO
        raise InputError(code, "The source has nothing that this format holds.", "Choose another format.")
    seen = _facts(media.picture, media.picture_info) if wants_picture else None
    heard = seen if media.sound == media.picture and seen is not None else _facts(media.sound, media.sound_info)
    if not wants_picture:
        if heard is None or heard.sound is None:
            raise InputError(ErrorCode.NO_AUDIO, f"{source.name} has no sound.", "Choose a format with a picture.")
        if not any(output.takes_sound(number) for number in range(len(heard.audio))):
            raise InputError(ErrorCode.NO_AUDIO, f"{source.name} has no such sound track.", "Choose another track.")
    clock = common_clock(seen, heard)
    cut = Cut(source, clock, span, span.start, has_subtitles=bool(seen and seen.subtitles))
    if any(info is not None and info.truncated for info in (seen, heard)):
        cut.notes.append(f"{source.name} is truncated: bytes are missing at its end.")
    if media.picture is not None and seen is not None and seen.picture is not None:
        _add_picture(cut, stack, media.picture, seen.picture.index, reporter)
    if media.sound is not None and heard is not None and heard.sound is not None:
        _add_sounds(cut, stack, media.sound, heard, reporter, output)
    if cut.picture is None and cut.sound is None:
        if span.start < clock.duration:
            raise InputError(
                ErrorCode.DAMAGED_MEDIA,
                f"{source.name} has nothing at {format_timecode(span.start)}, although it claims to last "
                f"{format_timecode(clock.duration)}.",
                "It may be cut off; get it again, or choose an earlier range.",
            )
        raise InputError(
            ErrorCode.RANGE_OUTSIDE_SOURCE,
            f"The range starts at {format_timecode(span.start)}, but {source.name} lasts only "
            f"{format_timecode(clock.duration)}.",
            "Choose a range that starts before that.",
        )
    return cut


def _facts(path: Path | None, known: MediaInfo | None) -> MediaInfo | None:
    return None if path is None else known or probe(path)


def _add_picture(cut: Cut, stack: ExitStack, path: Path, track: int, reporter: Reporter) -> None:
    reader: SourceTrack[VideoStream] = stack.enter_context(SourceTrack(path, track))
    start, end = cut.clock.picture + cut.span.start, cut.clock.picture + cut.span.end
    with reading(path):
        found = find_picture(reader, start, end, reporter.cancel.check)
    if found is None:
        cut.notes.append("The source shows no picture in this range.")
        return
    cut.picture = Picture(reader.stream, found)
    cut.zero = found.zero - cut.clock.picture
    if found.held_from_before:
        cut.notes.append("The picture stands still at the start; what is on screen there is shown from the beginning.")


def _add_sounds(
    cut: Cut, stack: ExitStack, path: Path, info: MediaInfo, reporter: Reporter, output: OutputSpec
) -> None:
    wanted = [track for number, track in enumerate(info.audio) if output.takes_sound(number)]
    if not wanted:
        return
    known = [track for track in wanted if track.codec != "unknown"] or wanted[:1]
    left_out = ["there is no decoder for its format."] * (len(wanted) - len(known))
    if not output.format.has_picture and len(wanted) > 1:
        cut.notes.append(f"The source has {len(info.audio)} sound tracks; the clip holds the first of them.")
        known, left_out = known[:1], []
    errors: list[InputError] = []
    for track in known:
        try:
            if not _add_sound(cut, stack, path, track.index, reporter):
                left_out.append("it has nothing in this range.")
        except InputError as error:
            errors.append(error)
            left_out.append(error.message)
    if errors and not cut.sounds:
        if cut.picture is None or errors[0].code is ErrorCode.ENCRYPTED_MEDIA:
            raise errors[0]
        cut.notes.append(f"The clip is silent: {errors[0].message}")
    elif cut.sounds:
        cut.notes.extend(f"A sound track was left out: {reason}" for reason in left_out)
    elif cut.picture is not None:
        cut.notes.append("The source has no sound in this range.")


def _add_sound(cut: Cut, stack: ExitStack, path: Path, track: int, reporter: Reporter) -> bool:
    reader: SourceTrack[AudioStream] = stack.enter_context(SourceTrack(path, track))
    zero, end = cut.clock.sound + cut.zero, cut.clock.sound + cut.span.end
    with reading(path):
        found = find_sound(reader, zero, end, reporter.cancel.check)
    if found is not None:
        cut.sounds.append(Sound(reader.stream, found))
    return found is not None
