"""The file of a joined clip whose pictures come as packets: one picture track, and the sound in step with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av

from fastclip_desktop.domain.timeline import OutputFormat
from fastclip_desktop.media.clip_file import ClipFile
from fastclip_desktop.media.container import open_media
from fastclip_desktop.media.gop import DecodeTimes
from fastclip_desktop.media.join_sources import JoinSource
from fastclip_desktop.media.joined_tracks import JoinedTrack, SoundPart, track_count
from fastclip_desktop.media.joints import JointWatch
from fastclip_desktop.media.probe import frame_rate_of
from fastclip_desktop.media.sound import sound_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from av.audio.stream import AudioStream
    from av.packet import Packet
    from av.stream import Stream
    from av.video.stream import VideoStream

    from fastclip_desktop.media.seam_encoders import CodedFrame
    from fastclip_desktop.media.seam_proof import Sight

_DEFAULT_RATE = Fraction(25)


class JoinFile:
    """Writes the tracks of a joined clip.

    Args:
        stack: closes the file, and a source that it looks at.
        path: the file to write.
        sources: of each part, in order.
        stream: a picture track of a part, like that of every other.
        extradata: the decoder record of the clip's picture track.
        tick: seconds a tick of that track.
        check: stops the work by raising.

    Attributes:
        tick: see above.
        rate: pictures a second in the first part.
        watch: what the finished clip has to show at its joints.
    """

    def __init__(
        self,
        stack: ExitStack,
        path: Path,
        sources: Sequence[JoinSource],
        stream: VideoStream,
        extradata: bytes,
        tick: Fraction,
        check: Callable[[], None],
    ) -> None:
        self.tick = tick
        self.rate = frame_rate_of(stream) or _DEFAULT_RATE
        self.watch = JointWatch(tick)
        self._times: DecodeTimes[Packet[Stream]]
        self._times = DecodeTimes(stream.codec_context.reorder_depth, round(1 / self.rate / tick))
        leader = next((source for source in sources if source.sound_tracks), None)
        facts = leader.sound_tracks[: track_count(sources)] if leader else ()
        settings = [sound_settings(OutputFormat.MP4, track.sample_rate, track.channels) for track in facts]
        clocks = [tick, *(Fraction(1, each.sample_rate) for each in settings)]
        self._clip = stack.enter_context(ClipFile(path, clocks))
        self._picture = self._clip.add_picture(stream, extradata, tick)
        self._sounds: list[tuple[JoinedTrack, AudioStream]] = []
        if leader is None or leader.sound is None:
            return
        model = stack.enter_context(open_media(leader.sound))
        tracks = {each.index: each for each in model.streams.audio}
        for place, (fact, setting) in enumerate(zip(facts, settings, strict=True)):
            track = self._clip.add_encoded_sound(tracks[fact.index], setting)
            self._sounds.append((JoinedTrack(place, setting, track, check), track))

    @property
    def has_sound(self) -> bool:
        """Whether anything is heard."""
        return any(sound.heard for sound, _ in self._sounds)

    @property
    def loudness(self) -> float | None:
        """LUFS of the first sound track as a whole, once it is finished."""
        return self._sounds[0][0].loudness if self._sounds else None

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about parts without sound."""
        return tuple(note for sound, _ in self._sounds for note in sound.notes)

    def begin_sound(self, part: SoundPart) -> None:
        """Go on to the sound of a part, from now on in step with its pictures."""
        for sound, _ in self._sounds:
            sound.begin(part)

    def end_sound(self) -> Fraction:
        """Write the rest of a part's sound; the second of the clip at which the last of it was heard."""
        for sound, track in self._sounds:
            self._clip.mux(sound.until(None), track)
        return max((sound.heard for sound, _ in self._sounds), default=Fraction(0))

    def write(self, packets: Iterable[Packet[Stream]], shift: int = 0) -> None:
        """Write pictures of a part, in order of decoding.

        Args:
            packets: with presentation times in ticks.
            shift: ticks of the clip at their zero.

        Raises:
            NotPassable: if pictures are reordered more deeply than their track says.
        """
        for packet in packets:
            packet.pts = (packet.pts or 0) + shift
            self.watch.add(packet.pts, key=packet.is_keyframe)
            self._mux(self._times.take(packet))

    def write_between(self, frames: Iterable[CodedFrame], sights: Mapping[int, Sight]) -> None:
        """Write the pictures between a part and the next, if there are any.

        Args:
            frames: in order of presentation, in ticks of the clip.
            sights: what each has to look like.
        """
        for packet in self.packets(frames):
            self._mux(self._times.take(packet))
        self.watch.next_part(sights)

    def packets(self, frames: Iterable[CodedFrame]) -> Iterator[Packet[Stream]]:
        """Newly encoded pictures as packets; each is shown until the next one comes."""
        for coded in frames:
            packet: Packet[Stream] = av.Packet(coded.data)
            packet.pts, packet.time_base, packet.is_keyframe = coded.pts, self.tick, coded.key
            yield packet

    def finish(self, end: int) -> None:
        """Write what is left.

        Args:
            end: until when the last picture is shown, in ticks of the clip.
        """
        self._mux(self._times.finish(end))
        for sound, track in self._sounds:
            self._clip.mux(sound.finish(), track)

    def _mux(self, packets: Sequence[Packet[Stream]]) -> None:
        self._clip.mux(packets, self._picture)
        if packets:
            reached = float((packets[-1].dts or 0) * self.tick)
            for sound, track in self._sounds:
                self._clip.mux(sound.until(reached), track)
