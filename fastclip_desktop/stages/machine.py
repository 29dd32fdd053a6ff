"""What this machine works with, found by asking each library what it was built for, and by trying."""

from __future__ import annotations

import logging
import os

import psutil

from fastclip_desktop.domain.machine import TRIAL_SIZE, Device, DeviceUse, MachineFacts, MediaTrial, Work
from fastclip_desktop.domain.machine_stages import LookAtMachine, TryMedia
from fastclip_desktop.domain.progress import Reporter

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
    uses = (DeviceUse(Work.DECODE, Device.PROCESSOR, "FFmpeg"), _encoding(), _hearing(), *_reading())
    return MachineFacts(cores, psutil.virtual_memory().total, uses)


def _encoding() -> DeviceUse:
    from fastclip_desktop.media.encoders import choose_h264_encoder, device_of

    name = choose_h264_encoder(*TRIAL_SIZE).name
    chip = device_of(name)
    if chip == "CPU":
        return DeviceUse(Work.ENCODE, Device.PROCESSOR, name)
    return DeviceUse(Work.ENCODE, Device.GRAPHICS, chip)


def _hearing() -> DeviceUse:
    try:
        from fastclip_desktop.speech.whisper_devices import possible_plans

        plan = possible_plans("auto")[0]
    except (ImportError, OSError) as error:  # a wheel that does not fit this machine
        _log.warning("Nothing says what speech is heard with: %s", error)
        return DeviceUse(Work.HEAR, Device.PROCESSOR)
    return DeviceUse(Work.HEAR, Device.GRAPHICS if plan.device == "cuda" else Device.PROCESSOR, plan.compute_type)


def _reading() -> tuple[DeviceUse, DeviceUse]:
    try:
        from fastclip_desktop.inference.llama import has_graphics

        device = Device.GRAPHICS if has_graphics() else Device.PROCESSOR
    except (ImportError, OSError, RuntimeError) as error:
        _log.warning("Nothing says what language models are computed with: %s", error)
        device = Device.PROCESSOR
    return DeviceUse(Work.COMPARE, device), DeviceUse(Work.JUDGE, device)
