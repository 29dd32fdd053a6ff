"""What this machine works with, found by asking each library what it was built for, and by trying."""

from __future__ import annotations

import logging
import os

import psutil

from fastclip_desktop.domain.device_choices import CHIPS, GRAPHICS, PROCESSOR
from fastclip_desktop.domain.devices import CUDA, LLAMA
from fastclip_desktop.domain.machine import TRIAL_SIZE, Device, DeviceUse, MachineFacts, MediaTrial
from fastclip_desktop.domain.machine_stages import LookAtMachine, TryMedia
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.work import Work
from fastclip_desktop.hardware import standing

_log = logging.getLogger(__name__)


def perform(request: LookAtMachine | TryMedia, reporter: Reporter) -> MachineFacts | MediaTrial:
    """Look, or try.

    Raises:
        InternalError: pictures that were encoded could not be read again.
        Cancelled: if the reporter says so.
    """
    if isinstance(request, TryMedia):
        from fastclip_desktop.media.trial import try_media

        return try_media(request.folder, reporter)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    decoding = DeviceUse(Work.DECODE, Device.PROCESSOR, "FFmpeg")
    faces = DeviceUse(Work.FACES, Device.PROCESSOR, "ONNX Runtime")
    uses = (decoding, _encoding(), _hearing(), *_reading(), faces)
    return MachineFacts(cores, psutil.virtual_memory().total, uses)


def _encoding() -> DeviceUse:
    from fastclip_desktop.media.encoders import choose_h264_encoder, device_of

    encoder = choose_h264_encoder(*TRIAL_SIZE)
    gone = next((each for each in standing.rules().failures if each.device in CHIPS.values()), None)
    if encoder.is_hardware:
        return DeviceUse(Work.ENCODE, Device.GRAPHICS, device_of(encoder.name))
    note = " ".join(encoder.notes)
    if gone is not None and not note:
        note = f"{device_of(gone.device)} gave up ({gone.reason})."
    return DeviceUse(Work.ENCODE, Device.PROCESSOR, encoder.name, note)


def _hearing() -> DeviceUse:
    try:
        from fastclip_desktop.speech.whisper_devices import device_for, possible_plans

        asked = device_for("auto")
        plan = possible_plans(asked)[0]
    except (ImportError, OSError) as error:  # a wheel that does not fit this machine
        _log.warning("Nothing says what speech is heard with: %s", error)
        return DeviceUse(Work.HEAR, Device.PROCESSOR)
    if plan.device == "cuda":
        return DeviceUse(Work.HEAR, Device.GRAPHICS, plan.compute_type)
    note = "There is no graphics card that CTranslate2 can use." if asked == "cuda" else _gone(CUDA)
    return DeviceUse(Work.HEAR, Device.PROCESSOR, plan.compute_type, note)


def _reading() -> tuple[DeviceUse, DeviceUse]:
    try:
        from fastclip_desktop.inference.llama import has_graphics

        built_for_cards = has_graphics()
    except (ImportError, OSError, RuntimeError) as error:
        _log.warning("Nothing says what language models are computed with: %s", error)
        built_for_cards = False
    return _computing(Work.COMPARE, built_for_cards), _computing(Work.JUDGE, built_for_cards)


def _computing(work: Work, built_for_cards: bool) -> DeviceUse:  # noqa: FBT001 - filled in above
    wish = standing.rules().wish(work)
    gone = _gone(LLAMA)
    if built_for_cards and not gone and wish != PROCESSOR:
        return DeviceUse(work, Device.GRAPHICS)
    if wish == GRAPHICS and not built_for_cards:
        gone = "llama.cpp was built without support for graphics cards."
    return DeviceUse(work, Device.PROCESSOR, note=gone)


def _gone(device: str) -> str:
    failure = standing.failure_of(device)
    return f"The graphics card gave up ({failure.reason})." if failure else ""
