"""Moves the edges of cuts by the words and sentences of the source that is open, and tells what a cut holds."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from PySide6.QtCore import QObject, Signal

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.editing.cuts import SHORTEST, Side
from fastclip_desktop.editing.nudging import Spoken, said_in, words_of
from fastclip_desktop.gui.engine_bridge import EngineBridge


class Unit(StrEnum):
    """What an edge goes on by."""

    WORD = "word"
    SENTENCE = "sentence"


class Nudges(QObject):
    """Goes by one transcript at a time, which it takes apart off the GUI thread.

    Signals:
        changed: edges can be nudged from now on, or no more.
    """

    changed = Signal()

    def __init__(self, bridge: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._transcript: Transcript | None = None
        self._spoken: dict[Unit, Spoken] = {}

    @property
    def is_ready(self) -> bool:
        """Whether the words are known."""
        return bool(self._spoken)

    def go_by(self, transcript: Transcript | None) -> None:
        """Go by other words from now on."""
        if transcript is self._transcript:
            return
        self._transcript = transcript
        self._spoken = {}
        self.changed.emit()
        if transcript is None or not transcript.segments:
            return
        known = transcript

        def take(spoken: dict[Unit, Spoken]) -> None:
            if known is self._transcript:
                self._spoken = spoken
                self.changed.emit()

        self._bridge.begin_reading(
            self,
            lambda engine, _, __: {
                Unit.WORD: Spoken(words_of(known)),
                Unit.SENTENCE: Spoken(engine.sentences(known)),
            },
            lambda _: None,
            take,
            lambda _: None,
        )

    def moved(self, cut: Cut, side: Side, unit: Unit, by: int) -> Fraction | None:
        """Where an edge of a cut comes to lie; ``None`` where nothing more is said, or the cut would be none."""
        spoken = self._spoken.get(unit)
        edge = cut.span.start if side is Side.START else cut.span.end
        to = None if spoken is None else spoken.nudge(edge, side, by)
        if to is None or to == edge:
            return None
        leaves = cut.span.end - to if side is Side.START else to - cut.span.start
        return to if leaves >= SHORTEST else None

    def said(self, span: TimeRange) -> str:
        """What is said in a span; empty where nobody knows."""
        return "" if self._transcript is None else said_in(self._transcript, span)
