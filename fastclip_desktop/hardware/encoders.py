"""Which encoders work here, found by encoding some pictures and decoding them again.

An encoder counts only when it has turned pictures into packets that show them: drivers, cards and libraries disagree in
more ways than any list of names foresees.
"""

from __future__ import annotations

import functools
import time

import av
import av.error

from fastclip_desktop.domain.device_trial import Candidate, DeviceTrial, Part
from fastclip_desktop.hardware.codecs import listening, open_decoder, open_encoder, packets
from fastclip_desktop.hardware.drivers import look_at_drivers
from fastclip_desktop.hardware.remedies import Reason, no, not_built, why_not

_LIKE = 8.0
"""Steps of 256 by which a picture may differ on average from the one that was encoded."""


@functools.cache
def try_encoder(name: str) -> DeviceTrial:
    """Encode a few pictures and look at them again; remembered for the life of the process."""
    candidate = Candidate(Part.ENCODER, name)
    driver = look_at_drivers().nvidia if "nvenc" in name else ""
    if name not in av.codecs_available:
        reason = not_built(name)
        return no(candidate, reason)
    pixel_format = "yuv420p" if name.startswith("lib") else "nv12"
    fault = ""
    with listening() as said:
        try:
            encoder = open_encoder(name, pixel_format)
            # Where nothing opens, as mostly, nobody waits for NumPy.
            from fastclip_desktop.hardware.pictures import COUNT, decoded, distance, pictures

            shown = pictures(pixel_format)
            began = time.perf_counter()
            coded = packets(encoder, shown)
            took = 1000 * (time.perf_counter() - began)
            back = decoded(open_decoder(encoder.codec.canonical_name), coded)
        except (av.error.FFmpegError, ValueError, RuntimeError, TypeError) as error:
            fault = str(error)
    if fault:
        reason = why_not(name, " ".join((*said, fault)), look_at_drivers())
        return no(candidate, reason, driver)
    if len(back) != COUNT:
        return _wrong(candidate, driver, f"Of {COUNT} pictures it gave {len(back)} back.")
    if distance(shown, back) > _LIKE:
        return _wrong(candidate, driver, "The pictures that it gave back are not those that it got.")
    return DeviceTrial(candidate, works=True, milliseconds=took, driver=driver, detail=f"Encoded {COUNT} pictures.")


def _wrong(candidate: Candidate, driver: str, detail: str) -> DeviceTrial:
    remedy = "Update the driver of the graphics card." if candidate.is_hardware else "Install FastClip again."
    return no(candidate, Reason(detail, remedy), driver)
