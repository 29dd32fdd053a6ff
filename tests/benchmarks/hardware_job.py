"""One run of decoding, encoding or recognising speech on one device, in a process of its own."""

from __future__ import annotations

import hashlib
import sys
import time
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
from av.codec.hwaccel import HWAccel

from fastclip_desktop.domain.finding_stages import RecogniseSpeech
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.media.encoders import _SETTINGS
from fastclip_desktop.media.speech_sound import SpeechSound

SIZE = (1920, 1080)
RATE = 30


def main() -> None:
    job, *rest = sys.argv[1:]
    print(*{"decode": decode, "encode": encode, "hear": hear}[job](*rest))


def decode(path: str, device: str) -> tuple[float, str]:
    """Pictures a second into ordinary memory, and a digest of them all, taken in a second pass."""
    options: dict[str, Any] = {}
    if device != "software":
        options["hwaccel"] = HWAccel(device, allow_software_fallback=False)
    count = sum(1 for _ in _frames(path, options))
    began = time.perf_counter()
    count = sum(1 for _ in _frames(path, options))
    rate = count / (time.perf_counter() - began)
    digest = hashlib.blake2b()
    for frame in _frames(path, options):
        digest.update(frame.reformat(format="yuv420p").to_ndarray().tobytes())
    return rate, digest.hexdigest()


def _frames(path: str, options: dict[str, Any]) -> Any:
    with av.open(path, **options) as container:
        container.streams.video[0].thread_type = "AUTO"
        yield from container.decode(video=0)


def encode(path: str, name: str) -> tuple[float, int]:
    """Pictures a second, without their decoding, and bytes."""
    settings = _SETTINGS[name]
    frames = [frame.reformat(format=settings.pixel_format) for frame in _frames(path, {})]
    encoder = cast("av.VideoCodecContext", av.CodecContext.create(name, "w"))
    encoder.width, encoder.height, encoder.pix_fmt = *SIZE, settings.pixel_format
    encoder.time_base, encoder.framerate = Fraction(1, RATE), Fraction(RATE)
    encoder.options, encoder.thread_type = settings.options, "AUTO"
    encoder.open()
    began, size = time.perf_counter(), 0
    for number, frame in enumerate(frames):
        frame.pts, frame.time_base, frame.pict_type = number, Fraction(1, RATE), 0
        size += sum(packet.size for packet in encoder.encode(frame))
    size += sum(packet.size for packet in encoder.encode(None))
    return len(frames) / (time.perf_counter() - began), size


def hear(source: str, folder: str, device: str) -> tuple[float, int]:
    """Seconds of sound heard in one, the loading of the model not counted, and how many words."""
    from fastclip_desktop.stages.recognise import perform

    media = FetchedMedia(None, Path(source))
    place = Path(folder)
    model = Model(place.name, ModelKind.SPEECH, place, sum(file.stat().st_size for file in place.iterdir()), "")
    perform(RecogniseSpeech(media, model, device=device), Reporter(), lambda _: None)  # loads it
    began = time.perf_counter()
    found = perform(RecogniseSpeech(media, model, device=device), Reporter(), lambda _: None)
    took = time.perf_counter() - began
    if device == "cuda" and found.notes:
        sys.exit(" ".join(found.notes))
    return float(SpeechSound(media).duration) / took, sum(len(each.text.split()) for each in found.segments)


if __name__ == "__main__":
    main()
