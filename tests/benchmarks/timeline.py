"""Frames of an eight-hour timeline with 500 clips, while it is panned and zoomed; painted as a screen would be."""

from __future__ import annotations

import os
import random
import time
from fractions import Fraction

import numpy as np

from tests.benchmarks.measure import Row

HOURS = 8
CLIPS = 500
FRAMES = 400
SIZES = ((1280, 216, 1.0), (2560, 260, 2.0))
"""Width and height in device-independent pixels, and pixels of the screen to one of them."""

WANTED = 0.016

_SAID = "so what it costs you is not the microphone but the room you put it in and that nobody tells you"


def measure_timeline() -> list[Row]:
    """The table's rows for the timeline."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    rows = [_measure(*size) for size in SIZES]
    del application
    return rows


def _measure(width: int, height: int, ratio: float) -> Row:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QImage

    from fastclip_desktop.gui.timeline.timeline import Timeline

    chance = random.Random(1)
    timeline = Timeline()
    timeline.resize(width, height)
    timeline.show_source(_contents())
    timeline.set_cuts(_clips())
    screen = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    screen.setDevicePixelRatio(ratio)
    seconds, worked = [], []
    for number in range(FRAMES):
        if number % 3:
            timeline.scale = timeline.scale.panned(chance.uniform(-200, 200))
        else:
            timeline.zoom(1.15 if number < FRAMES // 2 else 1 / 1.15, chance.uniform(0, width))
        began, idle = time.perf_counter(), time.thread_time()
        timeline.render(screen, QPoint())
        seconds.append(time.perf_counter() - began)
        worked.append(time.thread_time() - idle)
    seconds.sort()
    worked.sort()
    middle, worst = seconds[FRAMES // 2], seconds[FRAMES * 95 // 100]
    return Row(
        f"{HOURS} h with {CLIPS} clips, {width}×{height} @{ratio:g}×",
        "",
        f"{middle * 1000:.1f} / {worst * 1000:.1f} ms",
        "p95 ≤ 16 ms",
        worst <= WANTED,
        f"{FRAMES} frames, panned and zoomed; p95 of the processor's time {worked[FRAMES * 95 // 100] * 1000:.1f} ms",
    )


def _clips() -> tuple[object, ...]:
    from fastclip_desktop.domain.cut import Cut
    from fastclip_desktop.domain.timecode import TimeRange

    return tuple(Cut(TimeRange(Fraction(each * 57), Fraction(each * 57 + 30)), str(each)) for each in range(CLIPS))


def _contents() -> object:
    """What is known of a talk of eight hours: film, sound, words, key frames, shots and moments."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QColor, QImage

    from fastclip_desktop.domain.moment import Moment
    from fastclip_desktop.domain.preview import Peaks, Thumbnail
    from fastclip_desktop.domain.timecode import TimeRange
    from fastclip_desktop.domain.transcript import Segment, Word
    from fastclip_desktop.editing.snapping import Mark
    from fastclip_desktop.gui.timeline.contents import Contents, spoken_of

    duration, count, chance = Fraction(HOURS * 3600), 400, np.random.default_rng(1)
    contents = Contents(duration=duration, picture_spacing=float(duration) / count)
    for bucket in (Fraction(1, 100), Fraction(1, 10), Fraction(1), Fraction(8)):
        number = int(duration / bucket)
        swell = np.abs(np.sin(np.arange(number) * float(bucket) / 7)) * 0.7 + 0.05
        loud = swell * (chance.random(number) * 0.6 + 0.4)
        low, high = (-loud * 18_000).astype("<i2"), (loud * 20_000).astype("<i2")
        contents.add_peaks(Peaks(bucket, 0, low.tobytes(), high.tobytes(), b""))
    for number in range(count):
        picture = QImage(160, 90, QImage.Format.Format_RGB32)
        picture.fill(QColor.fromHsv(number * 37 % 360, 120, 150 + number * 13 % 80))
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(buffer, "JPG")
        instant = Fraction(2 * number + 1, 2 * count) * duration
        contents.add_picture(Thumbnail(number, instant, instant, 160, 90, bytes(data.data())))
    words = _SAID.split()
    segments = []
    for begin in range(0, int(duration) - 9, 9):
        spans = [TimeRange(begin + Fraction(each * 2, 5), begin + Fraction(each * 2 + 2, 5)) for each in range(20)]
        spoken = tuple(Word(word, span) for word, span in zip(words, spans, strict=False))
        segments.append(Segment(" ".join(words), TimeRange(Fraction(begin), Fraction(begin + 8)), spoken))
    contents.set_spoken(spoken_of(segments))
    seconds = range(int(duration))
    contents.add_marks({Mark.KEY_FRAME: map(Fraction, seconds[::8]), Mark.SHOT: map(Fraction, seconds[::31])})
    contents.set_matches(
        Moment(TimeRange(Fraction(begin), Fraction(begin + 60)), "it costs", 0.2 + begin % 700 / 1000)
        for begin in seconds[::600]
    )
    return contents
