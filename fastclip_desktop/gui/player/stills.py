"""Asks the engine for exact pictures."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QObject

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.preview import Still
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.player.scrubbing import AskForStill, Asking, Prepare


def stills_of(bridge: EngineBridge, owner: QObject) -> AskForStill:
    """What :class:`~fastclip_desktop.gui.player.scrubbing.Scrubbing` asks; ``owner`` is told as long as it lives."""

    def ask(
        path: Path,
        instant: Fraction,
        box: tuple[int, int],
        small_will_do: bool,  # noqa: FBT001 - as all that is asked
        part: Callable[[Still], None],
        done: Callable[[Still], None],
        failed: Callable[[FastClipError | None], None],
    ) -> Asking:
        return bridge.begin_reading(
            owner,
            lambda engine, cancel, deliver: engine.previews.still(
                path, instant, deliver, cancel, box, small_will_do=small_will_do
            ),
            part,
            done,
            failed,
        )

    return ask


def preparing_of(bridge: EngineBridge, owner: QObject) -> Prepare:
    """What has pictures decoded ahead; ``owner`` is told as long as it lives."""

    def prepare(path: Path, instant: Fraction, ended: Callable[[], None]) -> Asking:
        return bridge.begin_reading(
            owner,
            lambda engine, cancel, _: engine.previews.prepare_still(path, instant, cancel),
            lambda _: None,
            lambda _: ended(),
            lambda _: ended(),  # whoever goes there is told what is wrong
        )

    return prepare
