"""Writes a file from specs."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import OutputContainer
from av.packet import Packet

from tests.media_factory.barcode import paint_frame
from tests.media_factory.noise import noise
from tests.media_factory.specs import AudioSpec, SubtitleSpec, VideoSpec

_FAST: dict[str, dict[str, str]] = {
    "libx264": {"preset": "veryfast", "threads": "1"},
    "libx265": {"preset": "ultrafast"},
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8", "crf": "24", "b": "0"},
    "libsvtav1": {"preset": "9", "crf": "20"},
    "mpeg2video": {"q": "4"},
    "mpeg4": {"q": "4"},
}

_PLAIN = VideoSpec()


def make_media(
    path: Path,
    video: VideoSpec | None = _PLAIN,
    audio: tuple[AudioSpec, ...] = (),
    *,
    subtitles: tuple[SubtitleSpec, ...] = (),
    cover_art: bool = False,
    options: dict[str, str] | None = None,
) -> Path:
    """Write a file; the container goes by the path's extension.

    Args:
        path: where; its folder exists.
        video: the picture track, or ``None`` for sound alone.
        audio: the sound tracks.
        subtitles: the text tracks.
        cover_art: add a still picture as an attached one (mp4, mp3, flac, mkv's is an attachment and not made here).
        options: muxer options such as ``{"movflags": "+faststart"}``.

    Returns:
        The path.
    """
    length = video.duration if video else Fraction(3)
    with _usual_scheduling(), av.open(str(path), "w", options=options or {}) as container:
        tracks = [_video_track(container, video)] if video else []
        tracks += [_audio_track(container, spec, length) for spec in audio]
        tracks += [_subtitle_track(container, spec) for spec in subtitles]
        if cover_art:
            tracks.append(_cover_track(container))
        packets = sorted((packet for track in tracks for packet in track), key=_decode_time)
        for packet in packets:
            container.mux_one(packet)
    return path


@contextmanager
def _usual_scheduling() -> Iterator[None]:
    """Undo what SVT-AV1 does to a thread of root's that calls it: real-time scheduling, for all that it starts, too."""
    try:
        yield
    finally:
        if sys.platform == "linux" and os.sched_getscheduler(0) == os.SCHED_FIFO:
            os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def _decode_time(packet: Packet) -> Fraction:
    stamp = packet.dts if packet.dts is not None else packet.pts
    return (stamp or 0) * packet.time_base


def _shifted(packets: list[Packet], start: Fraction) -> list[Packet]:
    """The packets with their times moved, on a time base fine enough to say so."""
    for packet in packets if start else ():
        base = packet.time_base
        fine = Fraction(1, math.lcm(base.denominator, start.denominator))
        scale, shift = int(base / fine), int(start / fine)
        packet.pts = packet.pts * scale + shift if packet.pts is not None else None
        packet.dts = packet.dts * scale + shift if packet.dts is not None else None
        packet.duration = (packet.duration or 0) * scale
        packet.time_base = fine
    return packets


def _codec_options(spec: VideoSpec) -> dict[str, str]:
    options = dict(_FAST.get(spec.codec, {}))
    if spec.codec == "libx264":
        options["x264-params"] = (
            f"keyint={spec.gop}:min-keyint={spec.gop}:scenecut=0:bframes={spec.bframes}"
            f":open-gop={int(spec.open_gop)}:interlaced={int(spec.interlaced)}"
        )
    elif spec.codec == "libx265":
        options["x265-params"] = (
            f"keyint={spec.gop}:min-keyint={spec.gop}:scenecut=0:bframes={spec.bframes}"
            f":open-gop={int(spec.open_gop)}:log-level=none:pools=1:frame-threads=1"
        )
    elif spec.codec == "libsvtav1":
        options["svtav1-params"] = "lp=1"
    elif spec.codec in {"mpeg2video", "mpeg4"}:
        flags = ("+ilme+ildct" if spec.interlaced else "") + ("" if spec.open_gop else "+cgop")
        options |= {"bf": str(spec.bframes), "sc_threshold": "1000000000"} | ({"flags": flags} if flags else {})
    return options | {name: _merged(name, options.get(name), value) for name, value in spec.options.items()}


def _merged(name: str, ours: str | None, theirs: str) -> str:
    """An option's value; lists of an encoder's own parameters are joined, of which the later ones count."""
    return f"{ours}:{theirs}" if ours and name.endswith("-params") else theirs


def _video_track(container: OutputContainer, spec: VideoSpec) -> list[Packet]:
    stream = container.add_stream(spec.codec, rate=spec.rate, options=_codec_options(spec))
    context = stream.codec_context
    stream.width, stream.height = spec.size
    stream.pix_fmt = spec.pixel_format
    context.gop_size = spec.gop
    if spec.sample_aspect_ratio != 1:
        context.sample_aspect_ratio = spec.sample_aspect_ratio
    if spec.color:
        context.color_range, context.color_primaries, context.color_trc, context.colorspace = spec.color
    if spec.codec == "libx265" and container.format.name in {"mp4", "mov"}:
        context.codec_tag = "hvc1"
    times = spec.times
    base = 1 / spec.rate
    if spec.pts is not None:
        base = Fraction(1, math.lcm(*(time.denominator for time in (*times, *spec.durations))))
        context.time_base = base
    if spec.rotation:
        stream.set_display_rotation(-spec.rotation)  # PyAV counts counter-clockwise
    packets: list[Packet] = []
    for index, (time, duration) in enumerate(zip(times, spec.durations, strict=True)):
        picture = av.VideoFrame.from_ndarray(paint_frame(spec.first_number + index, spec.size), format="yuv444p")
        frame = picture.reformat(format=spec.pixel_format)
        if spec.color:
            frame.color_range, frame.color_primaries, frame.color_trc, frame.colorspace = spec.color
        frame.pts, frame.time_base, frame.duration = int(time / base), base, int(duration / base)
        packets += stream.encode(frame)
    packets += stream.encode(None)
    shown = dict(zip(times, spec.durations, strict=True))
    for packet in packets:  # encoders forget how long a frame is shown
        packet.duration = round(shown[packet.pts * packet.time_base] / packet.time_base)
    return _shifted(packets, spec.start)


def _audio_track(container: OutputContainer, spec: AudioSpec, length: Fraction) -> list[Packet]:
    layout = "stereo" if spec.channels == 2 else "mono"
    stream = container.add_stream(spec.codec, rate=spec.sample_rate, layout=layout)
    if not spec.codec.startswith(("pcm", "flac")):
        stream.bit_rate = spec.bit_rate
    if spec.language:
        stream.metadata["language"] = spec.language
    samples = round((spec.duration if spec.duration is not None else length) * spec.sample_rate)
    wave = noise(samples, spec.sample_rate, spec.voice)
    planes = np.stack([wave * level for level in (1.0, 0.8)[: spec.channels]]).astype(np.float32)
    frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout=layout)
    frame.sample_rate, frame.pts, frame.time_base = spec.sample_rate, 0, Fraction(1, spec.sample_rate)
    return _shifted([*stream.encode(frame), *stream.encode(None)], spec.start)


def _subtitle_track(container: OutputContainer, spec: SubtitleSpec) -> list[Packet]:
    stream = container.add_mux_stream(spec.codec)
    if spec.language:
        stream.metadata["language"] = spec.language
    packets = []
    for start, end, text in spec.cues:
        data = text.encode()
        packet = Packet(len(data).to_bytes(2, "big") + data if spec.codec == "mov_text" else data)
        packet.stream, packet.time_base = stream, Fraction(1, 1000)
        packet.pts = packet.dts = round(start * 1000)
        packet.duration = round((end - start) * 1000)
        packets.append(packet)
    return packets


def _cover_track(container: OutputContainer) -> list[Packet]:
    stream = container.add_stream("mjpeg", rate=1)
    stream.width, stream.height, stream.pix_fmt = 160, 160, "yuvj420p"
    stream.disposition = av.stream.Disposition.attached_pic
    frame = av.VideoFrame.from_ndarray(paint_frame(65535, (160, 160)), format="yuv444p").reformat(format="yuvj420p")
    frame.pts, frame.time_base = 0, Fraction(1)
    return [*stream.encode(frame), *stream.encode(None)]
