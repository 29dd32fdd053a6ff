"""A chip that encodes by itself until it fails: libx264 under the name of NVENC, behind the door to all encoders.

Runners import the ``perform`` functions by name, so that the chip is in their children.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, Self
from unittest import mock

import av.error

from fastclip_desktop.domain.device_trial import DeviceTrial
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import StageRequest
from fastclip_desktop.hardware import encoders as trial_of_encoder
from fastclip_desktop.media import encoder_door, encoders
from fastclip_desktop.stages import perform

NAME = "h264_nvenc"
FAULT = "CUDA_ERROR_OUT_OF_MEMORY: out of memory"


def _give_up() -> None:
    raise av.error.ExternalError(0x4C58454E, FAULT, None, None)


@dataclass
class Chip:
    """Replaces what reaches FFmpeg, while it is used in ``with``.

    Attributes:
        fails_at: ``open``, ``flush``, the number of a picture from 0 on, or ``never``.
        how: what it does then.
        opened: how often it was.
        pictures: that it was given.
    """

    fails_at: str | int = "never"
    how: Callable[[], None] = _give_up
    opened: int = 0
    pictures: int = 0
    _stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        real_add = encoder_door._add

        def add(container: Any, encoder: encoders.VideoEncoder, rate: Any) -> Any:
            if not encoder.is_hardware:
                return real_add(container, encoder, rate)
            return container.add_stream("libx264", rate=rate, options={"preset": "ultrafast", "bf": "0"})

        def open_stream(stream: Any) -> None:
            self.opened += 1
            self._reach("open")
            stream.codec_context.open()

        def encode(stream: Any, frame: Any) -> Any:
            self._reach("flush" if frame is None else self.pictures)
            self.pictures += frame is not None
            return stream.encode(frame)

        works = {NAME: ""}
        self._stack.enter_context(mock.patch.object(encoders, "_trial", lambda name: works.get(name, "it is not here")))
        self._stack.enter_context(mock.patch.object(encoder_door, "_add", add))
        self._stack.enter_context(mock.patch.object(encoder_door, "_open", open_stream))
        self._stack.enter_context(mock.patch.object(encoder_door, "_encode", encode))
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _reach(self, place: str | int) -> None:
        if place == self.fails_at:
            self.how()


def _crash() -> None:
    os.kill(os.getpid(), signal.SIGTERM if sys.platform == "win32" else signal.SIGSEGV)


def perform_on_a_chip_that_crashes(
    request: StageRequest[object], reporter: Reporter, deliver: Callable[[object], None] = lambda _: None
) -> object:
    """Carry out a stage whose encoder's driver takes the process along at its fifth picture."""
    with Chip(5, _crash):
        return perform(request, reporter, deliver)


def perform_on_a_chip_that_gives_up(
    request: StageRequest[object], reporter: Reporter, deliver: Callable[[object], None] = lambda _: None
) -> object:
    """Carry out a stage whose encoder gives up at its fifth picture."""
    with Chip(5):
        return perform(request, reporter, deliver)


def perform_on_a_chip(
    request: StageRequest[object], reporter: Reporter, deliver: Callable[[object], None] = lambda _: None
) -> object:
    """Carry out a stage with an encoder that works."""
    with Chip():
        return perform(request, reporter, deliver)


CRASHING = ("h264_nvenc", "h264_qsv")


def perform_trials_of_which_two_crash(
    request: StageRequest[object], reporter: Reporter, deliver: Callable[[object], None] = lambda _: None
) -> object:
    """Try devices, among them two whose drivers take the process along."""
    real = trial_of_encoder.try_encoder

    def crashing(name: str) -> DeviceTrial:
        if name in CRASHING:
            _crash()
        return real(name)

    with mock.patch.object(trial_of_encoder, "try_encoder", crashing):
        return perform(request, reporter, deliver)
