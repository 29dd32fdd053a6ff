"""Each graphics device that works here against the processor, in one run: decoding, encoding, recognising speech.

Whoever has a card of NVIDIA's runs ``python -m tests.benchmarks hardware --whisper FOLDER --recording FILE``.
"""

from __future__ import annotations

import functools
import statistics
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from fastclip_desktop.hardware.candidates import H264_ENCODERS, HARDWARE_DECODING
from fastclip_desktop.hardware.decoders import try_decoder
from fastclip_desktop.hardware.encoders import try_encoder
from fastclip_desktop.hardware.model_devices import try_model_device
from tests.benchmarks.hardware_job import RATE, SIZE
from tests.benchmarks.hear import an_hour_of_talk
from tests.benchmarks.measure import Row, run

RUNS = 3
SECONDS = 5
GRAIN = 12
"""Levels of noise, which an encoder has to work for."""
_CODECS = {"h264": ("libx264", {"preset": "veryfast", "crf": "20"}), "hevc": ("libx265", {"preset": "ultrafast"})}


def measure_hardware(model: Path | None, recording: Path | None, folder: Path) -> list[Row]:
    """The table's rows for devices; those that do not work here say why."""
    rows = []
    for codec in _CODECS:
        rows += _decoding(codec, folder)
    return [*rows, *_encoding(folder), *_hearing(model, recording, folder)]


def _decoding(codec: str, folder: Path) -> list[Row]:
    path = _source(codec, folder)
    job = f"decode {codec}, {SIZE[1]} lines"
    devices = {device: try_decoder(f"{codec} {device}") for device in HARDWARE_DECODING}
    working = [device for device, trial in devices.items() if trial.works]
    told = _measured(["software", *working], lambda device: ["decode", path, device], folder)
    rates = {device: statistics.median(float(words[0]) for words in each) for device, each in told.items()}
    digests = {device: each[0][1] for device, each in told.items()}
    rows = [Row(job, "software", f"{rates['software']:.0f}/s", "", None, "")]
    for device, trial in devices.items():
        if trial.is_of_another_system:
            continue
        if device not in rates:
            rows.append(Row("", device, "–", "", None, trial.detail))
            continue
        same = digests[device] == digests["software"]
        ratio = f"{rates[device] / rates['software']:.2f}×"
        detail = f"{rates[device]:.0f}/s, driver {trial.driver or 'unknown'}, {'same' if same else 'OTHER'} pictures"
        rows.append(Row("", device, ratio, "same pictures", same, detail))
    return rows


def _encoding(folder: Path) -> list[Row]:
    path = _source("h264", folder)
    trials = {name: try_encoder(name) for name in H264_ENCODERS}
    told = _measured(
        [name for name, trial in trials.items() if trial.works], lambda name: ["encode", path, name], folder
    )
    rates = {name: statistics.median(float(words[0]) for words in each) for name, each in told.items()}
    rows = []
    for name, trial in reversed(trials.items()):
        if trial.is_of_another_system:
            continue
        if name not in rates:
            rows.append(Row("", name, "–", "", None, trial.detail))
            continue
        ratio = f"{rates[name] / rates['libx264']:.2f}×"
        detail = f"{rates[name]:.0f}/s, {int(told[name][0][1]) * 8 / SECONDS / 1e6:.1f} Mbit/s"
        rows.append(Row("encode h264, as for clips" if name == "libx264" else "", name, ratio, "", None, detail))
    return rows


def _hearing(model: Path | None, recording: Path | None, folder: Path) -> list[Row]:
    if model is None:
        return [Row("recognise speech", "CTranslate2", "–", "", None, "pass --whisper FOLDER")]
    source = recording or an_hour_of_talk(folder)
    trial = try_model_device("ctranslate2 cuda")
    devices = ["cpu", "cuda"] if trial.works else ["cpu"]
    told = _measured(devices, lambda device: ["hear", source, model, device], folder)
    rates = {device: statistics.median(float(words[0]) for words in each) for device, each in told.items()}
    rows = [Row(f"recognise speech, {model.name}", "cpu", f"{rates['cpu']:.1f}×", "", None, "as fast as it is spoken")]
    if not trial.works:
        return [*rows, Row("", "cuda", "–", "", None, trial.detail)]
    detail = f"{rates['cuda']:.1f}× as fast as it is spoken, {told['cuda'][0][1]} words against {told['cpu'][0][1]}"
    return [*rows, Row("", "cuda", f"{rates['cuda'] / rates['cpu']:.2f}×", "", None, detail)]


def _measured(devices: list[str], words: Callable[[str], list[str | Path]], folder: Path) -> dict[str, list[list[str]]]:
    """What each device's runs printed; they take turns, so that a machine that warms up is fair to all."""
    log = folder / "hardware.log"
    told: dict[str, list[list[str]]] = {device: [] for device in devices}
    for _ in range(RUNS):
        for device in devices:
            run([sys.executable, "-m", "tests.benchmarks.hardware_job", *words(device)], log)
            told[device].append(log.read_text().split())
    return told


def _source(codec: str, folder: Path) -> Path:
    """Some seconds of moving light under grain, made once."""
    path = folder / f"hardware-{codec}.mp4"
    if path.exists():
        return path
    name, options = _CODECS[codec]
    with av.open(str(path), "w") as container:
        stream = container.add_stream(name, rate=RATE, options=options)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        for number in range(SECONDS * RATE):
            frame = _picture(number)
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _picture(number: int) -> av.VideoFrame:
    width, height = SIZE
    slope = np.add.outer(np.arange(height), np.arange(width)) // 8 + 4 * number
    grain = np.roll(_grain(), 7 * number, axis=1)
    light = ((slope % 220) + 16 + grain).astype(np.uint8)
    colour = np.stack([light, np.roll(light, 40, axis=0), 255 - light], axis=2)
    return av.VideoFrame.from_ndarray(colour, format="rgb24")


@functools.cache
def _grain() -> NDArray[np.int64]:
    return np.random.default_rng(0).integers(0, GRAIN, SIZE[::-1], dtype=np.int64)
