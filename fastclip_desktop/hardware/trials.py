"""Trying one thing after another, in a process that nobody else needs."""

from __future__ import annotations

from collections.abc import Callable

from fastclip_desktop.domain.device_trial import Candidate, DeviceTrial, Part
from fastclip_desktop.domain.progress import Reporter


def try_all(
    wanted: tuple[Candidate, ...], deliver: Callable[[DeviceTrial], None], reporter: Reporter
) -> tuple[DeviceTrial, ...]:
    """Try each of these, in order.

    Args:
        wanted: what to try.
        deliver: gets each trial as it is there.
        reporter: stops it between two of them.

    Raises:
        Cancelled: if the reporter says so.
    """
    trials = []
    for number, candidate in enumerate(wanted):
        reporter.report(number / len(wanted))
        trials.append(_tried(candidate))
        deliver(trials[-1])
    return tuple(trials)


def _tried(candidate: Candidate) -> DeviceTrial:
    # Each is imported where it is tried: a library that cannot be loaded takes no other trial along.
    match candidate.part:
        case Part.DECODER:
            from fastclip_desktop.hardware.decoders import try_decoder

            return try_decoder(candidate.name)
        case Part.ENCODER:
            from fastclip_desktop.hardware.encoders import try_encoder

            return try_encoder(candidate.name)
        case Part.MODEL:
            from fastclip_desktop.hardware.model_devices import try_model_device

            return try_model_device(candidate.name)
