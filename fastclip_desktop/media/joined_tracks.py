"""The sound tracks of a joined clip, encoded as one piece beside pictures that are written as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from fastclip_desktop.domain.errors import InputError
from fastclip_desktop.media.container import reading
from fastclip_desktop.media.decoding import SourceTrack
from fastclip_desktop.media.join_sources import JoinSource
from fastclip_desktop.media.joined_sound import JoinedSound, Window
from fastclip_desktop.media.loudness import LoudnessMeter
from fastclip_desktop.media.sound import SoundCut, SoundSettings, find_sound

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.packet import Packet
    from av.stream import Stream


@dataclass(frozen=True, slots=True)
class SoundPart:
    """One part as far as it is heard.

    Attributes:
        number: which part of the clip, counting from 1, for notes.
        source: where it comes from.
        zero: seconds of the source that stand at the part's start.
        end: seconds of the source at its end.
        window: where it belongs in the clip.
    """

    number: int
    source: JoinSource
    zero: Fraction
    end: Fraction
    window: Window


def track_count(sources: Sequence[JoinSource]) -> int:
    """How many sound tracks the clip has: as many as every source that can be heard has."""
    return min((len(source.sound_tracks) for source in sources if source.sound_tracks), default=0)


class JoinedTrack:
    """One sound track of the clip; parts are begun in order, and drawn on as the pictures get on.

    Args:
        place: which of the sources' sound tracks, counting from 0.
        settings: what the encoder gets.
        track: the clip's.
        check: called for each packet; stops the work by raising.

    Attributes:
        notes: sentences about parts without sound.
    """

    def __init__(self, place: int, settings: SoundSettings, track: AudioStream, check: Callable[[], None]) -> None:
        self.notes: list[str] = []
        self._place = place
        self._rate = settings.sample_rate
        self._track = track
        self._check = check
        self._mixer = JoinedSound(settings)
        self._meter = LoudnessMeter() if place == 0 else None
        self._packets: Iterator[Packet[Stream]] = iter(())
        self._next: Packet[Stream] | None = None

    @property
    def heard(self) -> Fraction:
        """Seconds from the clip's zero to the end of what was heard last."""
        return Fraction(self._mixer.heard, self._rate)

    @property
    def loudness(self) -> float | None:
        """LUFS of the first track as a whole; ``None`` for others, and for silence."""
        return self._meter.integrated if self._meter else None

    def begin(self, part: SoundPart) -> None:
        """Go on to a part; the one before has to be drawn to its end."""
        self._packets = self._encoded(self._frames(part))
        self._next = next(self._packets, None)

    def until(self, time: float | None) -> Iterator[Packet[Stream]]:
        """Packets that begin before a time in seconds from the clip's zero; all that the part still gives for ``None``.

        Raises:
            InputError: if the sound cannot be read any more.
        """
        while self._next is not None and (time is None or (self._next.pts or 0) < time * self._rate):
            yield self._next
            self._next = next(self._packets, None)

    def finish(self) -> Iterator[Packet[Stream]]:
        """What is left after the last part."""
        yield from self._encoded(self._mixer.rest())
        yield from self._track.encode(None)

    def _encoded(self, frames: Iterator[AudioFrame]) -> Iterator[Packet[Stream]]:
        for frame in frames:
            if self._meter is not None:
                self._meter.hear(frame)
            yield from self._track.encode(frame)

    def _frames(self, part: SoundPart) -> Iterator[AudioFrame]:
        with ExitStack() as stack:
            cut = self._find(stack, part)
            if cut is not None and part.source.sound is not None:
                with reading(part.source.sound):
                    yield from self._mixer.part(cut, part.window)

    def _find(self, stack: ExitStack, part: SoundPart) -> SoundCut | None:
        tracks, path = part.source.sound_tracks, part.source.sound
        if path is None or self._place >= len(tracks):
            self._say_silent(part.number, "its source has no such sound track.")
            return None
        source: SourceTrack[AudioStream] = stack.enter_context(SourceTrack(path, tracks[self._place].index))
        zero = part.source.clock.sound
        try:
            with reading(path):
                return find_sound(source, zero + part.zero, zero + part.end, self._check)
        except InputError as error:
            self._say_silent(part.number, error.message)
            return None

    def _say_silent(self, number: int, reason: str) -> None:
        self.notes.append(f"Part {number} is silent: {reason}")
