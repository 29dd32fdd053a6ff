"""Which decoders work here, found by decoding a little stream and comparing the pictures bit by bit.

H.264, HEVC, AV1 and VP9 say of each stream exactly what its pictures are, so that a chip which decodes rightly gives
what software gives, to the bit. One that does not is told of, however fast it is.
"""

from __future__ import annotations

import functools
import time

import av
import av.error
import numpy as np
from av.codec.hwaccel import HWAccel, hwdevices_available
from av.packet import Packet
from av.video.stream import VideoStream

from fastclip_desktop.domain.device_trial import Candidate, DeviceTrial, Part
from fastclip_desktop.hardware.candidates import CODECS
from fastclip_desktop.hardware.codecs import listening, open_decoder, open_encoder, packets
from fastclip_desktop.hardware.drivers import look_at_drivers
from fastclip_desktop.hardware.pictures import COUNT, Planes, decoded, pictures
from fastclip_desktop.hardware.remedies import Reason, no, not_built, why_not

_FAULTS = (av.error.FFmpegError, ValueError, RuntimeError, TypeError, NotImplementedError)


def try_decoder(name: str) -> DeviceTrial:
    """Decode a few pictures.

    Args:
        name: the codec and what decodes it, such as ``h264 software`` or ``hevc cuda``.
    """
    candidate = Candidate(Part.DECODER, name)
    codec, _, device = name.partition(" ")
    driver = look_at_drivers().nvidia if device == "cuda" else ""

    if device != "software" and device not in hwdevices_available():
        return no(candidate, not_built(name), driver)
    try:
        coded, known = _stream(codec)
    except _FAULTS as error:
        return no(candidate, Reason(f"There is no stream to try it with: {error}."))
    fault = ""
    with listening() as said:
        try:
            decoder = _open(codec, device)
            began = time.perf_counter()
            found = decoded(decoder, list(coded))
            took = 1000 * (time.perf_counter() - began)
            if device != "software" and not decoder.is_hwaccel:
                fault = "FFmpeg decoded it in software all the same"
        except _FAULTS as error:
            fault = str(error)
    if fault:
        return no(candidate, why_not(name, " ".join((*said, fault)), look_at_drivers()), driver)
    if len(found) != COUNT:
        return no(
            candidate, Reason(f"Of {COUNT} pictures it gave {len(found)}.", "Update the driver of the graphics card.")
        )
    if not all(np.array_equal(one, other) for one, other in zip(found, known, strict=True)):
        return no(
            candidate, Reason("Its pictures are not exactly those of the stream.", "Update the driver of the card.")
        )
    exact = "Decoded" if device == "software" else "Bit by bit like software:"
    return DeviceTrial(candidate, works=True, milliseconds=took, driver=driver, detail=f"{exact} {COUNT} pictures.")


def _open(codec: str, device: str) -> av.VideoCodecContext:
    if device == "software":
        return open_decoder(codec)
    # Intel's has decoders of its own; the others take a part in FFmpeg's.
    named = f"{codec}_qsv" if device == "qsv" else codec
    decoder = av.CodecContext.create(named, "r", hwaccel=HWAccel(device, allow_software_fallback=False))
    if not isinstance(decoder, av.VideoCodecContext):
        raise TypeError(f"{codec} shows no pictures")
    return decoder


@functools.cache
def _stream(codec: str) -> tuple[tuple[Packet[VideoStream], ...], tuple[Planes, ...]]:
    """A little stream and its pictures as FFmpeg's software decoder shows them."""
    with listening():
        encoder = open_encoder(CODECS[codec], "yuv420p")
        coded = tuple(packets(encoder, pictures("yuv420p")))
        return coded, tuple(decoded(open_decoder(codec), list(coded)))
