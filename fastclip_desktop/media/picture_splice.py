"""Cuts one picture track packet by packet: encodes up to the first entry, passes on, encodes what is left at the end.

Packets come in as the demuxer gives them and go out as the clip holds them. One group of pictures is in memory at a
time, however long the clip is.

At the end, the longest run of packets is passed that is complete both in order of decoding and of display; the
pictures after it, none to three as a rule, lean on later ones and are encoded as a group of their own. To get them the
last group has to be decoded; nothing else of the middle is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, cast

import av
import av.error

from fastclip_desktop.media.coded_pictures import PictureReader, picture_reader
from fastclip_desktop.media.container import MAX_PIXELS, time_base_of
from fastclip_desktop.media.cores import decode_on_all_cores
from fastclip_desktop.media.crew import Crew
from fastclip_desktop.media.gop import (
    MAX_REORDER,
    DecodeTimes,
    NotPassable,
    Picture,
    last_anchor,
    lengths,
    passed_prefix,
    shown_times,
    worth_decoding,
)
from fastclip_desktop.media.probe import frame_rate_of
from fastclip_desktop.media.seam_encoders import CodedFrame, SeamEncoder, seam_encoder
from fastclip_desktop.media.seam_proof import SeamProof, Sight, look_at
from fastclip_desktop.media.splice_report import SpliceReport

if TYPE_CHECKING:
    from av.packet import Packet
    from av.stream import Stream
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_MAX_GROUP = 192 * 1024 * 1024
"""Bytes of packets between two entries that are kept; a source with fewer entries is encoded in full."""

_STILL = Fraction(1, 5)
"""Seconds without a new frame after which a picture counts as standing still; two frames where that is longer."""

_FINEST_TICK = Fraction(1, 1_000_000)
"""mp4 counts a picture's length in 32 bits: on Matroska's finest clock, nanoseconds, that is four seconds."""

_DEFAULT_RATE = Fraction(25)
_LONG_HEAD = 40
"""Encoded pictures from which on not all of them are looked at again."""

_LOOKED_AT = 9
"""Then the first so many are: one more than the shortest picture order count, 16 by steps of 2, can tell apart."""

_LAST_GROUP = 4
"""And the last so many."""

_FRAMES_WAITING = 4
"""Decoded pictures between the two threads of a seam."""

_NOT_DECODED = "a picture at a seam could not be decoded"


@dataclass(frozen=True, slots=True)
class _Coded:
    picture: Picture
    packet: Packet[Stream]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pictures of the clip to look at, by their ticks in the source, and the key frame to decode them from."""

    begin: int
    looks: set[int]


class PictureSplice:
    """One picture track on its way from the source into the clip.

    Args:
        stream: the source's track.
        low: the first wanted tick of its clock.
        high: the first tick that is not wanted any more.
        check: called for each decoded picture; stops the work by raising.
        encoders: gives the encoder where this is one of several parts in one track of a clip, which share it.

    Attributes:
        zero: the tick that is the clip's zero; ``None`` until the first entry was found.
        clip_tick: seconds a tick of the clip's track.
        extradata: the decoder record for the clip's track, known together with ``zero``.
        is_done: whether no further packet is needed.
        report: what was done.
        proof: what the finished clip has to show around the seams.

    Raises:
        NotPassable: if no such track can be passed on.
    """

    def __init__(
        self,
        stream: VideoStream,
        low: int,
        high: int,
        check: Callable[[], None],
        encoders: Callable[[VideoStream, PictureReader], SeamEncoder] | None = None,
    ) -> None:
        self.zero: int | None = None
        self.extradata = b""
        self.is_done = False
        self.report = SpliceReport()
        self._stream = stream
        self._low, self._high = low, high
        self._check = check
        self._tick = time_base_of(stream)
        self.clip_tick = max(self._tick, _FINEST_TICK)
        self.proof = SeamProof(self.clip_tick)
        self._reader = picture_reader(stream)
        self._depth = stream.codec_context.reorder_depth
        rate = frame_rate_of(stream) or _DEFAULT_RATE
        self._step = max(1, round(1 / rate / self._tick))
        self._still = int(max(2 / rate, _STILL) / self._tick)
        self._times: DecodeTimes[Packet[Stream]] = DecodeTimes(self._depth, round(1 / rate / self.clip_tick))
        self._encoder: SeamEncoder | None = None
        self._encoders = encoders
        self._group: list[_Coded] = []
        self._bytes = 0
        self._beyond = 0
        self._entry: int | None = None  # in the group: an entry whose leading pictures may still come
        self._entry_beyond: int | None = None
        self._spliced: int | None = None

    @property
    def has_entry(self) -> bool:
        """Whether a key frame to pass from lies among the pictures so far."""
        return self._entry is not None or self.zero is not None

    def take(self, packet: Packet[Stream]) -> list[Packet[Stream]]:
        """Packets of the clip that became ready, in ticks of the clip's track from ``zero``.

        Raises:
            NotPassable: if this source cannot be cut so.
        """
        if self.is_done:
            return []
        picture = self._reader.look(packet)
        ready = self._settle(picture)
        if picture.entry and self._entry is None and self._low <= picture.pts < self._high:
            self._entry = len(self._group)
        self._group.append(_Coded(picture, packet))
        self._bytes += packet.size
        if self._bytes > _MAX_GROUP:
            raise NotPassable("its key frames are too far apart")
        self._watch_end(picture)
        return ready

    def _settle(self, picture: Picture) -> list[Packet[Stream]]:
        """Let go what is complete once a picture is shown after an entry: no leading pictures follow then."""
        if self._entry is None or picture.pts < self._group[self._entry].picture.pts:
            return []
        entry, self._entry = self._entry, None
        if self.zero is None:
            return self._close_head(entry)
        before, after = self._group[:entry], self._group[entry:]
        following = min(coded.picture.pts for coded in after)
        if max(coded.picture.pts for coded in before) >= following:
            return []  # pictures around the entry are interleaved: keep both groups together
        self._keep(after)
        return self._pass(before, following)

    def _keep(self, group: list[_Coded]) -> None:
        self._group = group
        self._bytes = sum(coded.packet.size for coded in group)

    def _watch_end(self, picture: Picture) -> None:
        if picture.pts < self._high:
            return
        self._beyond += 1
        after_entry = self._entry_beyond is not None and picture.pts > self._entry_beyond
        if after_entry or self._beyond > MAX_REORDER:
            self.is_done = True
        if picture.entry:
            self._entry_beyond = picture.pts

    def finish(self) -> list[Packet[Stream]]:
        """The rest of the clip's packets, when all wanted ones were taken.

        Raises:
            NotPassable: if there was no entry to pass from, or the end cannot be encoded.
        """
        ready = [] if self._entry is None or self.zero is not None else self._close_head(self._entry)
        if self.zero is None:
            raise NotPassable("no key frame lies inside the clip")
        end = self._end_of_clip()
        count = passed_prefix([coded.picture.pts for coded in self._group], self._high)
        passed, rest = self._group[:count], self._group[count:]
        left = shown_times((coded.picture for coded in rest), self._group[0].picture.pts, self._high)
        frames: list[CodedFrame] = []
        if left:
            # Its packets have to be decoded before they are stamped for the clip.
            frames = self._encode_tail(left)
        ready += self._pass(passed, left[0] if left else end)
        ready += self._join(frames, end)
        ready += self._times.finish(self._in_clip(end))
        self.report.end = end
        self.proof.pictures = self.report.pictures
        self._group = []
        return ready

    def _end_of_clip(self) -> int:
        """Until when the last picture is shown: the clip's end, or its own where the source ends before."""
        if any(coded.picture.pts >= self._high for coded in self._group):
            return self._high
        last = max(self._group, key=lambda coded: coded.picture.pts)
        own = last.packet.duration or 0
        # Matroska says 1 ms where it does not know; nobody means hours.
        known = 2 * own >= self._step and own * self._tick <= 60
        return min(self._high, last.picture.pts + (own if known else self._step))

    def _close_head(self, entry: int) -> list[Packet[Stream]]:
        """Encode up to the first entry, now that everything shown before it is here."""
        before, after = self._group[:entry], self._group[entry:]
        first = after[0].picture.pts
        leading = [coded for coded in after[1:] if coded.picture.pts < first]
        if any(coded.picture.pts >= first for coded in before):
            raise NotPassable("pictures around a key frame are interleaved")
        head = [*before, after[0], *leading]
        times = shown_times((coded.picture for coded in head), self._low, first)
        self.zero = self._choose_zero(before, times[0] if times else first)
        if self.report.held is not None:
            times.insert(0, self._low)
        if self._encoders is not None:
            self._encoder = self._encoders(self._stream, self._reader)
        elif times or self._depth:  # with reordering nobody knows yet whether the end needs it
            self._encoder = seam_encoder(self._stream, self._reader)
        self.extradata = self._encoder.extradata if self._encoder else self._reader.extradata
        ready = self._join(self._encode_head(head, times, first), first) if times else []
        if times or leading or self._encoders is not None:
            self._spliced = first  # what stood before this entry in the source does not stand before it here
        self._keep([coded for coded in after if coded.picture.pts >= first])
        return ready

    def _choose_zero(self, before: Sequence[_Coded], first: int) -> int:
        earlier = [coded.picture.pts for coded in before if coded.picture.pts < self._low and not coded.picture.hidden]
        if first > self._low and not earlier:
            return self._low  # the track itself begins later than the clip
        if first - self._low > self._still:
            self.report.held = max(earlier)
            return self._low
        return first

    def _encode_head(self, head: Sequence[_Coded], times: Sequence[int], first: int) -> list[CodedFrame]:
        begin = last_anchor([coded.picture for coded in head], self._low)
        if begin is None:
            raise NotPassable("no key frame lies before the clip")
        if len(times) < _LONG_HEAD:
            return self._encode(head[begin:], times, first, (Stretch(times[0], {first, *times}),))
        # To see how the last pictures join what follows without decoding all, they get a key frame of their own.
        early, late = times[:_LOOKED_AT], times[-_LAST_GROUP:]
        stretches = (Stretch(times[0], set(early)), Stretch(late[0], {first, *late}))
        return self._encode(head[begin:], times, first, stretches)

    def _encode_tail(self, times: Sequence[int]) -> list[CodedFrame]:
        begin = self._group[0].picture.pts
        group = [coded for coded in self._group if coded.picture.pts >= begin]  # no leading ones
        earlier = shown_times((coded.picture for coded in group), begin, times[0])
        return self._encode(group, times, self._high, (Stretch(begin, {*earlier[-2:], *times}),))

    def _encode(
        self, group: Sequence[_Coded], times: Sequence[int], high: int, stretches: Sequence[Stretch]
    ) -> list[CodedFrame]:
        """Decode a group and encode anew what is shown at ``times``.

        Args:
            group: packets to decode.
            times: ticks, rising; all that is shown from the first of them until ``high``.
            high: the first tick that is not encoded.
            stretches: where to look at the clip afterwards; also at pictures that are passed on.
        """
        if self._encoder is None:
            raise NotPassable("its pictures are reordered though it says that none are")
        pictures = [coded.picture for coded in group]
        looks = set[int]().union(*(stretch.looks for stretch in stretches))
        lowest = min(looks) if self.report.held is None else min(self.report.held, *looks)
        wanted = worth_decoding(pictures, lowest, max(high, *looks))
        packets = [coded.packet for coded, worth in zip(group, wanted, strict=True) if worth]
        sights: dict[int, Sight] = {}
        keys = {stretch.begin for stretch in stretches}
        with Crew() as crew:
            decoded = crew.run("decode seam", self._decode(packets, times[0], high, looks, sights), _FRAMES_WAITING)
            frames = self._encoder.encode(decoded, keys)
        if [frame.pts for frame in frames] != list(times) or not frames[0].key or len(sights) != len(looks):
            raise NotPassable(_NOT_DECODED)
        for stretch in stretches:
            seen = {self._in_clip(time): sights[time] for time in stretch.looks}
            self.proof.seams.append((self._in_clip(stretch.begin), seen))
        self.report.encoded.append((times[0], high))
        self.report.encoder = self._encoder.name
        return frames

    def _decode(
        self, packets: Sequence[Packet[Stream]], low: int, high: int, looks: set[int], sights: dict[int, Sight]
    ) -> Iterator[VideoFrame]:
        """The pictures to encode, ``low <= pts < high``; one that is held from before comes first."""
        held = self.report.held if low == self._low else None
        for frame in self._decoded(packets):
            self._check()
            if frame.pts is not None and frame.pts == held:
                frame.pts = low
            time = frame.pts
            if time is None:
                continue
            encoded = low <= time < high
            if time in looks:
                sights[time] = look_at(frame, exact=not encoded)
            if encoded:
                yield frame

    def _decoded(self, packets: Sequence[Packet[Stream]]) -> Iterator[VideoFrame]:
        try:
            context = self._decoder()
            for packet in packets:
                yield from context.decode(packet)
            yield from context.decode(None)
        except av.error.FFmpegError as error:
            raise NotPassable(_NOT_DECODED) from error

    def _decoder(self) -> VideoCodecContext:
        """A decoder of our own: one that was used and flushed forgets how deeply it has to reorder."""
        source = self._stream.codec_context
        context = cast("VideoCodecContext", av.CodecContext.create(source.codec.name, "r"))
        context.extradata = source.extradata
        context.reorder_depth = self._depth
        context.options = {"max_pixels": str(MAX_PIXELS)}
        decode_on_all_cores(context)
        return context

    def _join(self, frames: Sequence[CodedFrame], following: int) -> list[Packet[Stream]]:
        """Newly encoded pictures as packets of the clip."""
        until = lengths([frame.pts for frame in frames], following)
        packets: list[Packet[Stream]] = []
        for frame in frames:
            packet: Packet[Stream] = av.Packet(frame.data)
            packet.is_keyframe = frame.key
            packets += self._place(packet, frame.pts, until[frame.pts])
        return packets

    def _pass(self, group: Sequence[_Coded], following: int) -> list[Packet[Stream]]:
        """Packets of the source as packets of the clip."""
        if any(coded.picture.hidden for coded in group):
            raise NotPassable("an edit list hides pictures in its middle")
        until = lengths([coded.picture.pts for coded in group], following)
        packets: list[Packet[Stream]] = []
        for coded in group:
            data = self._reader.payload(coded.packet, splice=coded.picture.pts == self._spliced)
            packet = coded.packet if data is None else _packet(data, coded.packet)
            packets += self._place(packet, coded.picture.pts, until[coded.picture.pts])
        return packets

    def _place(self, packet: Packet[Stream], pts: int, duration: int) -> list[Packet[Stream]]:
        """Time a packet for the clip, and give away those whose place among the others became clear with it."""
        packet.pts = self._in_clip(pts)
        packet.duration = self._in_clip(pts + duration) - packet.pts
        packet.time_base = self.clip_tick
        self.report.count(pts)
        return self._times.take(packet)

    def _in_clip(self, time: int) -> int:
        """A tick of the source's clock on the clip's."""
        since_zero = time - (self.zero or 0)
        return since_zero if self._tick == self.clip_tick else round(since_zero * self._tick / self.clip_tick)


def _packet(data: bytes, model: Packet[Stream]) -> Packet[Stream]:
    packet: Packet[Stream] = av.Packet(data)
    packet.pts, packet.dts, packet.duration = model.pts, model.dts, model.duration
    packet.time_base, packet.is_keyframe = model.time_base, model.is_keyframe
    return packet
