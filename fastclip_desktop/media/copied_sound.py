"""The sound of a range as m4a without encoding it: packets pass, an edit list makes both edges exact to the sample."""

from __future__ import annotations

from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

from fastclip_desktop.domain.clip import Receipt, RenderedFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange, format_timecode
from fastclip_desktop.domain.timeline import OutputFormat, Timeline
from fastclip_desktop.media.clip_file import ClipFile
from fastclip_desktop.media.clock import common_clock
from fastclip_desktop.media.container import open_media, writing
from fastclip_desktop.media.crew import Crew
from fastclip_desktop.media.gop import NotPassable
from fastclip_desktop.media.loudness import ClipLoudness
from fastclip_desktop.media.probe import probe_container
from fastclip_desktop.media.sound_packets import PassedSound
from fastclip_desktop.media.track_reader import Line, TrackReader

if TYPE_CHECKING:
    from av.audio.stream import AudioStream

_HELD_BY_M4A = frozenset({"aac", "alac"})
_SLACK = Fraction(1, 20)
"""Seconds by which a range may run over the end of the source without a word."""


def copy_sound(media: FetchedMedia, timeline: Timeline, path: Path, reporter: Reporter) -> RenderedFile:
    """Write the first sound track of a range as m4a, bit by bit.

    Args:
        media: the local files.
        timeline: what to cut.
        path: the file to write.
        reporter: gets how much of the range is done.

    Raises:
        NotPassable: if the sound has to be encoded; ``path`` may hold a part of a clip then.
        InputError: if the source cannot be opened or the clip not be written.
        Cancelled: if it was stopped; ``path`` may hold a part of a clip then.
    """
    if media.sound is None:
        raise NotPassable("there is no sound")
    with ExitStack() as stack:
        container = stack.enter_context(open_media(media.sound))
        info = media.sound_info or probe_container(container, media.sound)
        wanted = [track for number, track in enumerate(info.audio) if timeline.output.takes_sound(number)]
        track_info = next((track for track in wanted if track.codec != "unknown"), None)
        if track_info is None or track_info.codec not in _HELD_BY_M4A:
            raise NotPassable("m4a does not hold its sound")
        if info.truncated:
            raise NotPassable("the source is truncated")
        clock, span = common_clock(None, info), timeline.span
        stream = cast("AudioStream", container.streams[track_info.index])
        sound = PassedSound(stream, clock.sound)
        sound.begin(span.start, span.end)
        reader = TrackReader(container, media.sound, span, clock.sound, [Line(stream, sound)])
        loudness = ClipLoudness(stream.codec_context.decode, stack.enter_context(Crew()))
        stack.callback(loudness.close)  # its thread waits for more until then, whatever goes wrong here
        with writing(path), ClipFile(path, [Fraction(1, sound.rate)], "ipod") as clip:
            track = clip.add_sound(stream)
            sound_began = False
            for line, packet in reader.packets():
                ready = line.sink.take(packet)
                if ready and not sound_began and (ready[0].pts or 0) > 0:
                    raise NotPassable("it begins later than the range")  # a file of nothing else should begin at once
                sound_began = sound_began or bool(ready)
                loudness.hear(ready)
                clip.mux(ready, track)
                reporter.report(min(1.0, float(sound.length / span.duration)))
            if not sound.length:
                raise NotPassable("nothing of it is heard there")
        loudness.close()
        notes = []
        if len(wanted) > 1:
            notes.append(f"The source has {len(info.audio)} sound tracks; the clip holds the first of them.")
        held = min(span.duration, sound.length)
        if held < span.duration - _SLACK:
            notes.append(f"The source ends at {format_timecode(span.start + held)}; the clip was shortened to that.")
            span = TimeRange(span.start, span.start + held)
        receipt = Receipt(
            method="copied",
            bytes_moved=media.bytes_moved,
            notes=tuple(notes),
            sound_offset=abs(sound.offset),
            bytes_read=reader.bytes_read,
            loudness=loudness.integrated,
        )
        return RenderedFile(path, OutputFormat.M4A, span, span.duration, 0, 0, receipt)
