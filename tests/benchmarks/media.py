"""The hour that everything is measured on: 1080p30 H.264/AAC at about 2.5 Mbit/s with 250-frame GOPs.

A base of 100 s is encoded once and copied 36 times by remuxing its packets, so that the hour costs a minute to make.
Every frame carries its number modulo the base.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from tests.media_factory import AudioSpec, make_media, paint_frame

SIZE = (1920, 1080)
RATE = 30
BASE_FRAMES = 3000
LOOPS = 36
GOP = 250
GRAIN = 5
"""Half the height of the noise in levels: x264 veryfast needs about 2.5 Mbit/s for it at crf 22, as for a real talk."""


def hour(folder: Path) -> Path:
    """The hour, made on first use."""
    path = folder / "hour.mp4"
    if not path.exists():
        base = folder / "base.mp4"
        _write_base(base, folder)
        _loop(base, path.with_suffix(".part"), LOOPS)
        path.with_suffix(".part").rename(path)
        base.unlink()
    return path


def _write_base(path: Path, folder: Path) -> None:
    seconds = Fraction(BASE_FRAMES, RATE)
    sound = make_media(folder / "base.m4a", None, audio=(AudioSpec(duration=seconds, bit_rate=128_000),))
    grain = np.random.default_rng(7).integers(-GRAIN, GRAIN, (SIZE[1], SIZE[0] + 512), dtype=np.int16)
    with av.open(str(path), "w") as container, av.open(str(sound)) as heard:
        params = f"keyint={GOP}:min-keyint={GOP}:scenecut=0:bframes=3:open-gop=0"
        options = {"preset": "veryfast", "b": "2400k", "maxrate": "4M", "bufsize": "8M", "x264-params": params}
        stream = container.add_stream("libx264", rate=RATE, options=options)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        stream.codec_context.thread_type = "AUTO"
        track = container.add_stream_from_template(heard.streams.audio[0])
        for packet in heard.demux(audio=0):
            if packet.dts is not None:
                packet.stream = track
                container.mux_one(packet)
        for number in range(BASE_FRAMES):
            picture = paint_frame(number, SIZE)
            lower = round(SIZE[1] * 0.6)
            drift = number // 2 % 512
            moving = picture[0, lower:].astype(np.int16) + grain[lower:, drift : drift + SIZE[0]]
            picture[0, lower:] = moving.clip(16, 235)
            frame = av.VideoFrame.from_ndarray(picture, format="yuv444p").reformat(format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    sound.unlink()


def _loop(base: Path, path: Path, times: int) -> None:
    length = Fraction(BASE_FRAMES, RATE)
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        with av.open(str(base)) as first:
            tracks = {stream.index: container.add_stream_from_template(stream) for stream in first.streams}
        for index in range(times):
            with av.open(str(base)) as source:
                for packet in source.demux():
                    if packet.dts is None or packet.pts * packet.time_base >= length:
                        continue
                    if index and packet.pts < 0:
                        continue  # the sound's priming belongs to the very beginning alone
                    shift = round(index * length / packet.time_base)
                    packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
                    packet.stream = tracks[packet.stream.index]
                    container.mux(packet)
