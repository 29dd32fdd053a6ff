"""Makes the sample talk: ten minutes of slides that show their own time, a soft sound, and captions.

Nothing is downloaded and no media is shipped: slides come from the script, only what changes from one frame to the
next is painted, and sound is encoded on a thread of its own while the picture is. A frame is presented every tenth of
a second, key frames come up to 25 seconds apart, and frame ``n`` shows the time ``n / 10`` twice: on its clock, and in
the edge code below the speaker's name. The sound has a tick at every full second and another chord for each slide.
"""

from __future__ import annotations

import queue
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
from av.packet import Packet
from av.video.reformatter import ColorRange, Colorspace
from numpy.typing import NDArray
from PIL import Image

from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import SampleTalk
from fastclip_desktop.media.container import open_output, writing
from fastclip_desktop.media.sample_script import TITLE, TimedSlide, timed_slides
from fastclip_desktop.media.sample_slides import (
    SIZE,
    Patch,
    clock_patches,
    clock_text,
    edge_code,
    edge_patches,
    paint_slide,
    progress_patch,
)

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.video.stream import VideoStream

RATE = 10
"""Frames a second."""

SAMPLE_RATE = 48_000

_ENCODER = {
    "preset": "veryfast",
    "tune": "stillimage",
    "crf": "23",
    "g": "250",
    # Looking ahead, weighing and searching find nothing in a slide that stands still: half the time without them.
    "x264-params": "rc-lookahead=0:mbtree=0:b-adapt=0:weightp=0:ref=1:subme=1:me=dia:aq-mode=0",
}
_SOUND_ENCODER = {"aac_coder": "fast", "aac_pns": "0", "aac_tns": "0", "aac_is": "0", "aac_ms": "0"}
_BT709 = 1
_LIMITED = 1
_CHORDS = (
    (131, 196, 294, 330),
    (147, 220, 294, 349),
    (165, 247, 330, 392),
    (175, 262, 349, 440),
    (196, 294, 392, 494),
    (147, 220, 330, 440),
    (165, 196, 330, 494),
    (175, 220, 349, 523),
    (131, 262, 392, 494),
)
"""Whole hertz, so that a second of a chord can follow itself without a click."""


def make_sample_talk(folder: Path, reporter: Reporter, slides: tuple[TimedSlide, ...] | None = None) -> SampleTalk:
    """Write ``talk.mp4`` and ``talk.vtt``; whatever is unfinished when it fails or is stopped is removed.

    Args:
        folder: where to; made if it is not there.
        reporter: hears how much is done.
        slides: a shorter talk, for trials.

    Raises:
        InputError: ``output_not_writable`` or ``disk_full``.
        Cancelled: if the reporter's token asks for it.
    """
    talk = slides or timed_slides()
    made = SampleTalk(video=folder / "talk.mp4", captions=folder / "talk.vtt")
    drafts = (folder / "talk.mp4.part", folder / "talk.vtt.part")
    with writing(made.video):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            _write_video(drafts[0], talk, reporter)
            drafts[1].write_text(write_captions(talk), encoding="utf-8", newline="\n")
            drafts[0].replace(made.video)
            drafts[1].replace(made.captions)
        finally:
            for draft in drafts:
                draft.unlink(missing_ok=True)
    return made


def write_captions(talk: tuple[TimedSlide, ...]) -> str:
    """What is said, as a WebVTT file."""
    cues = [
        f"{_vtt_time(line.span.start)} --> {_vtt_time(line.span.end)}\n{line.text}\n"
        for timed in talk
        for line in timed.captions
    ]
    return "\n".join(["WEBVTT\n", *cues])


def _vtt_time(seconds: Fraction) -> str:
    milliseconds = round(seconds * 1000)
    return (
        f"{milliseconds // 3_600_000:02d}:{milliseconds // 60_000 % 60:02d}"
        f":{milliseconds // 1000 % 60:02d}.{milliseconds % 1000:03d}"
    )


def _write_video(path: Path, talk: tuple[TimedSlide, ...], reporter: Reporter) -> None:
    """Encode picture and sound side by side and mux them in step."""
    packets: queue.SimpleQueue[Packet[AudioStream] | None] = queue.SimpleQueue()
    stop = CancelToken()
    with open_output(path, "mp4", {"movflags": "+faststart"}) as container:
        container.metadata["title"] = TITLE
        picture = container.add_stream("libx264", rate=RATE, options=_ENCODER)
        picture.width, picture.height, picture.pix_fmt = *SIZE, "yuv420p"
        context = picture.codec_context
        context.color_range, context.colorspace = _LIMITED, _BT709
        context.color_primaries = context.color_trc = _BT709
        sound = container.add_stream("aac", rate=SAMPLE_RATE, layout="stereo", options=_SOUND_ENCODER)
        sound.bit_rate = 96_000
        container.start_encoding()
        with ThreadPoolExecutor(1, thread_name_prefix="sample-sound") as pool:
            encoded = pool.submit(_encode_sound, sound, talk, packets, stop)
            try:
                _mux(container, _encode_picture(picture, talk, reporter), packets)
            except BaseException:
                stop.cancel()
                raise
            encoded.result()
    reporter.report(1.0)


def _mux(
    container: OutputContainer,
    pictures: Iterator[Packet[VideoStream]],
    sounds: queue.SimpleQueue[Packet[AudioStream] | None],
) -> None:
    """Write both streams in the order of their decode times; ``None`` ends the sound."""
    sound = sounds.get()
    for picture in pictures:
        while sound is not None and _decode_time(sound) <= _decode_time(picture):
            container.mux_one(sound)
            sound = sounds.get()
        container.mux_one(picture)
    while sound is not None:
        container.mux_one(sound)
        sound = sounds.get()


def _decode_time(packet: Packet[VideoStream] | Packet[AudioStream]) -> Fraction:
    return (packet.dts or 0) * packet.time_base


class _Canvas:
    """One frame that is painted over and over; the encoder copies what it is given before it returns."""

    def __init__(self) -> None:
        self.frame = av.VideoFrame(*SIZE, "yuv420p")
        self._planes = [
            np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
            for plane in self.frame.planes
        ]
        self._shown: dict[tuple[int, int], Image.Image] = {}
        self._converted: dict[int, tuple[Image.Image, list[NDArray[np.uint8]]]] = {}

    def clear(self, slide: Image.Image) -> None:
        """Show a whole slide."""
        self._shown.clear()
        self._draw(0, 0, _planes_of(slide))

    def put(self, patch: Patch) -> None:
        """Show a patch, unless the same one is there already."""
        place = (patch.left, patch.top)
        if self._shown.get(place) is patch.image:
            return
        self._shown[place] = patch.image
        key = id(patch.image)
        if key not in self._converted:  # the image is kept beside its planes, so that no other gets its id
            self._converted[key] = (patch.image, _planes_of(patch.image))
        self._draw(patch.left, patch.top, self._converted[key][1])

    def _draw(self, left: int, top: int, planes: list[NDArray[np.uint8]]) -> None:
        for target, source, step in zip(self._planes, planes, (1, 2, 2), strict=True):
            height, width = source.shape
            target[top // step : top // step + height, left // step : left // step + width] = source


def _planes_of(image: Image.Image) -> list[NDArray[np.uint8]]:
    """A picture of even sides as brightness and two quarter-size colour planes, BT.709 in limited range."""
    frame = av.VideoFrame.from_ndarray(np.asarray(image), format="rgb24").reformat(
        format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG
    )
    return [
        np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width].copy()
        for plane in frame.planes
    ]


def _encode_picture(
    stream: VideoStream, talk: tuple[TimedSlide, ...], reporter: Reporter
) -> Iterator[Packet[VideoStream]]:
    """Paint and encode every frame.

    Raises:
        Cancelled: if the reporter's token asks for it.
    """
    canvas = _Canvas()
    canvas.frame.time_base = Fraction(1, RATE)
    end = talk[-1].span.end
    for index, timed in enumerate(talk):
        revealed = -1
        for number in range(int(timed.span.start * RATE), int(timed.span.end * RATE)):
            instant = Fraction(number, RATE)
            reporter.report(float(instant / end))
            reached = sum(reveal <= instant for reveal in timed.reveals)
            if reached != revealed:
                revealed = reached
                canvas.clear(paint_slide(timed.slide, index, len(talk), revealed))
            for patch in (*clock_patches(clock_text(instant)), *edge_patches(edge_code(instant))):
                canvas.put(patch)
            canvas.put(progress_patch(index, instant / end))
            canvas.frame.pts = number
            yield from stream.encode(canvas.frame)
    yield from stream.encode(None)


def _encode_sound(
    stream: AudioStream,
    talk: tuple[TimedSlide, ...],
    packets: queue.SimpleQueue[Packet[AudioStream] | None],
    stop: CancelToken,
) -> None:
    """Encode a second at a time; the last thing in the queue is ``None`` however this ends.

    Raises:
        Cancelled: if ``stop`` asks for it.
    """
    try:
        for index, timed in enumerate(talk):
            first, last = (int(instant * SAMPLE_RATE) for instant in (timed.span.start, timed.span.end))
            for begin in range(first, last, SAMPLE_RATE):
                stop.check()
                samples = sound_of(index, first, last, begin, min(begin + SAMPLE_RATE, last))
                frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="stereo")
                frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, begin, Fraction(1, SAMPLE_RATE)
                for packet in stream.encode(frame):
                    packets.put(packet)
        for packet in stream.encode(None):
            packets.put(packet)
    finally:
        packets.put(None)


def sound_of(index: int, first: int, last: int, begin: int, end: int) -> NDArray[np.float32]:
    """The sound of part of a slide.

    Args:
        index: which slide's chord.
        first: the slide's first sample in the talk.
        last: one past its last sample.
        begin: the first wanted sample.
        end: one past the last wanted one.

    Returns:
        Samples of shape (2, end - begin), well within -1..1.
    """
    chord, tick = _second_of_sound(index)
    samples = np.arange(begin, end)
    swell = 0.8 + 0.2 * np.sin(2 * np.pi / (8 * SAMPLE_RATE) * samples)
    edges = np.clip(np.minimum(samples - first, last - samples) / (0.4 * SAMPLE_RATE), 0, 1)
    place = samples % SAMPLE_RATE
    sound: NDArray[np.float64] = np.take(chord, place, axis=1) * (swell * edges) + tick[place]
    return sound.astype(np.float32)


@lru_cache(maxsize=2)
def _second_of_sound(index: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A slide's chord, shape (2, second), and the tick, shape (second,)."""
    seconds = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    voices = np.sin(2 * np.pi * np.outer(_CHORDS[index % len(_CHORDS)], seconds))
    chord = np.array([[0.05, 0.04, 0.03, 0.02], [0.05, 0.02, 0.04, 0.03]]) @ voices
    return chord, 0.22 * np.exp(-seconds / 0.006) * np.sin(2 * np.pi * 1760 * seconds)
