"""What everything is measured on: an hour of 1080p30 H.264/AAC at about 2.5 Mbit/s with 250-frame GOPs, and variants.

A base of 100 s is encoded once and copied 36 times by remuxing its packets, so that the hour costs a minute to make.
The variants are ten minutes of other codecs, containers and clocks, from bases of 20 s. Every frame carries its number
modulo the base.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate, count, cycle, islice, takewhile
from pathlib import Path

import av
import numpy as np

from tests.media_factory import AudioSpec, make_media, paint_frame

SIZE = (1920, 1080)
RATE = 30
BASE_FRAMES = 3000
LOOPS = 36
VARIANT_FRAMES = 600
VARIANT_LOOPS = 30
GOP = 250
GRAIN = 5
"""Half the height of the noise in levels: x264 veryfast needs about 2.5 Mbit/s for it at crf 22, as for a real talk."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a benchmark's medium is coded.

    Attributes:
        name: of the file, and in the table.
        encoder: FFmpeg's.
        options: of the encoder.
        frames: numbered pictures of the base.
        loops: how many times the base follows itself.
        steps: distances of the frames in 1/600 s, again and again.
        sound: FFmpeg's encoder.
        suffix: of the file.
        muxer: FFmpeg's options for the container.
        clock: seconds that the container's time stamps count in.
        begins: seconds at which the container shows the first frame.
    """

    name: str
    encoder: str
    options: dict[str, str]
    frames: int = VARIANT_FRAMES
    loops: int = VARIANT_LOOPS
    steps: tuple[int, ...] = (20,)
    sound: str = "aac"
    suffix: str = "mp4"
    muxer: dict[str, str] = field(default_factory=lambda: {"movflags": "+faststart"})
    clock: Fraction = Fraction(1, 600)
    begins: Fraction = Fraction(0)

    @property
    def length(self) -> Fraction:
        """Seconds of the base."""
        return Fraction(sum(islice(cycle(self.steps), self.frames)), 600)

    def times(self) -> Iterator[tuple[int, Fraction]]:
        """The number that each frame carries and its presentation time in seconds, without end."""
        ticks = accumulate(cycle(self.steps), initial=0)
        stamped = (round(Fraction(tick, 600) / self.clock) * self.clock for tick in ticks)
        return ((index % self.frames, time) for index, time in zip(count(), stamped, strict=False))

    def numbers(self, start: Fraction, end: Fraction) -> list[int]:
        """The numbers that ``start <= p < end`` has to show."""
        shown = ((number, time + self.begins) for number, time in self.times())
        return [number for number, time in takewhile(lambda each: each[1] < end, shown) if time >= start]


_X264 = {
    "preset": "veryfast", "b": "2400k", "maxrate": "4M", "bufsize": "8M",
    "x264-params": f"keyint={GOP}:min-keyint={GOP}:scenecut=0:bframes=3:open-gop=0",
}  # fmt: skip
_X265 = {"preset": "ultrafast", "crf": "28", "x265-params": f"keyint={GOP}:min-keyint={GOP}:scenecut=0:log-level=none"}
_VP9 = {"deadline": "realtime", "cpu-used": "8", "row-mt": "1", "b": "2400k", "g": str(GOP)}
_FRAGMENTS = {"movflags": "+frag_keyframe+empty_moov+default_base_moof"}

HOUR = Kind("hour", "libx264", _X264, BASE_FRAMES, LOOPS)
VARIANTS = (
    Kind("H.265", "libx265", _X265),
    Kind("VP9", "libvpx-vp9", _VP9, sound="libopus", suffix="webm", muxer={}, clock=Fraction(1, 1000)),
    Kind("variable rate", "libx264", _X264, steps=(20, 30, 10, 20)),
    # Without an edit list the delay of the reordering, two frames, stays.
    Kind("fragmented", "libx264", _X264, muxer=_FRAGMENTS, begins=Fraction(1, 15)),
)


def hour(folder: Path) -> Path:
    """The hour, made on first use."""
    return medium(HOUR, folder)


def medium(kind: Kind, folder: Path) -> Path:
    """A medium, made on first use."""
    path = folder / f"{kind.name.replace(' ', '-').replace('.', '')}.{kind.suffix}"
    if not path.exists():
        part, base = folder / f"part.{kind.suffix}", folder / "base.mp4"
        _write_base(kind, base, folder)
        _loop(kind, base, part)
        part.rename(path)
        base.unlink()
    return path


def _write_base(kind: Kind, path: Path, folder: Path) -> None:
    noise = AudioSpec(kind.sound, duration=kind.length, bit_rate=128_000)
    sound = make_media(folder / "sound.mp4", None, audio=(noise,))
    grain = np.random.default_rng(7).integers(-GRAIN, GRAIN, (SIZE[1], SIZE[0] + 512), dtype=np.int16)
    with av.open(str(path), "w") as container, av.open(str(sound)) as heard:
        stream = container.add_stream(kind.encoder, rate=RATE, options=kind.options)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        stream.codec_context.thread_type = "AUTO"
        stream.codec_context.time_base = Fraction(1, 600)
        track = container.add_stream_from_template(heard.streams.audio[0])
        for packet in heard.demux(audio=0):
            if packet.dts is not None:
                packet.stream = track
                container.mux_one(packet)
        for number, time in islice(kind.times(), kind.frames):
            picture = paint_frame(number, SIZE)
            lower = round(SIZE[1] * 0.6)
            drift = number // 2 % 512
            moving = picture[0, lower:].astype(np.int16) + grain[lower:, drift : drift + SIZE[0]]
            picture[0, lower:] = moving.clip(16, 235)
            frame = av.VideoFrame.from_ndarray(picture, format="yuv444p").reformat(format="yuv420p")
            frame.pts, frame.time_base = int(time * 600), Fraction(1, 600)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    sound.unlink()


def _loop(kind: Kind, base: Path, path: Path) -> None:
    with av.open(str(path), "w", options=kind.muxer) as container, ExitStack() as stack:
        first = stack.enter_context(av.open(str(base)))
        tracks = {stream.index: container.add_stream_from_template(stream) for stream in first.streams}
        for index in range(kind.loops):
            with av.open(str(base)) as source:
                for packet in source.demux():
                    if packet.dts is None or packet.pts * packet.time_base >= kind.length:
                        continue
                    if index and packet.pts < 0:
                        continue  # the sound's priming belongs to the very beginning alone
                    shift = round(index * kind.length / packet.time_base)
                    packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
                    packet.stream = tracks[packet.stream.index]
                    container.mux(packet)
