"""The player: the picture, and the row of buttons under it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fastclip_desktop.domain.errors import ErrorCode, FastClipError
from fastclip_desktop.domain.preview import Still
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.engine_words import fault_words
from fastclip_desktop.gui.notice import Remedy
from fastclip_desktop.gui.player.playback import Playback
from fastclip_desktop.gui.player.screen import Screen
from fastclip_desktop.gui.player.scrubbing import AskForStill, Prepare, Scrubbing
from fastclip_desktop.gui.player.transport import Transport
from fastclip_desktop.gui.tokens import Palette

_AFTER_RESIZE = 150
"""Milliseconds of rest after which a picture of the new size is asked for."""

_HALF = Fraction(1, 2)

_JUST_BEFORE = Fraction(1, 1_000_000)
"""Seconds before a picture at which the one before it is shown, however short that is."""

_BEFORE_END = Fraction(1, 10)
"""Seconds before the end of the source at which what is repeated begins again."""


@dataclass(frozen=True, slots=True)
class _Preview:
    """A stretch that is played once, and where it comes back to."""

    span: TimeRange
    back: Fraction


class Player(QWidget):
    """One source: exact pictures at rest, picture and sound while it plays.

    Signals:
        moved: the instant that is shown now.
        skip_wanted: what cannot be shown is to be left behind.
    """

    moved = Signal(object)
    skip_wanted = Signal()

    def __init__(self, ask: AskForStill, prepare: Prepare | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = Screen()
        self.transport = Transport()
        self.playback = Playback(self)
        self.scrubbing = Scrubbing(ask, prepare, self)
        self._at = Fraction(0)
        self._duration = Fraction(0)
        self._frame = Fraction(0)
        self._speed = Fraction(1)
        self._wish = Fraction(0)
        self._picture: Still | None = None
        self._is_stepping = False
        self._can_play = False
        self._loop: TimeRange | None = None
        self._preview: _Preview | None = None
        self._caption_at: Callable[[Fraction], str] = lambda _: ""
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(_AFTER_RESIZE)
        self._resized.timeout.connect(self._show_again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SMALL)
        self._pictures = QHBoxLayout()
        self._pictures.setSpacing(tokens.SMALL)
        self._pictures.addWidget(self.view, 1)
        column.addLayout(self._pictures, 1)
        column.addWidget(self.transport)
        self._connect()

    @property
    def at(self) -> Fraction:
        """Seconds of the source."""
        return self._at

    @property
    def is_busy(self) -> bool:
        """Whether a picture is on its way."""
        return self.scrubbing.is_waiting

    def open(self, path: Path | None, duration: Fraction, frame: Fraction, *, message: str = "", url: str = "") -> None:
        """Take another source.

        Args:
            path: a local file, or what is here of a stream; ``None`` where there is none to play.
            duration: seconds; 0 where nobody knows.
            frame: seconds that a picture is shown; 0 without a picture.
            message: what stands where the picture would be.
            url: where a stream is read.
        """
        self._at, self._duration, self._frame = Fraction(0), duration, frame
        self._picture = self._loop = self._preview = None
        self._can_play = path is not None
        self.view.clear()
        self.view.show_note("")
        self.view.show_message(message)
        self.playback.open(path, url)
        self.scrubbing.open(path if frame else None)
        self.transport.setEnabled(path is not None)
        self.transport.show_length(duration)
        self.transport.time.setModified(False)
        self.transport.show_time(self._at)
        self._ask(self._at)

    def close_source(self) -> None:
        """Show nothing, and play nothing."""
        self.open(None, Fraction(0), Fraction(0))

    @Slot(object)
    def expect(self, instant: Fraction) -> None:
        """Have what is there made ready to be shown, as long as nothing else is to be done."""
        if not self.playback.is_playing:
            self.scrubbing.expect(instant)

    def glance(self, instants: Iterable[Fraction], box: tuple[int, int], take: Callable[[Still], object]) -> None:
        """Have small exact pictures made while nobody waits for a large one."""
        self.scrubbing.glance(instants, box, take)

    @Slot(object)
    def seek(self, instant: Fraction) -> None:
        """Go somewhere in the source."""
        self._is_stepping = False
        if self._preview is not None:
            self.pause()  # nobody but the pointer began it
        self._go(instant)

    def step(self, pictures: int) -> None:
        """Go on by so many pictures, or back, from the one that is shown."""
        self.pause()
        if not self._frame:
            self.seek(self._at + Fraction(pictures, 10))
            return
        known = self._picture
        settled = known is not None and known.is_exact and known.instant == self._wish
        begin = known.source if known is not None and settled else self._at
        goal = begin + pictures * self._frame
        shown = goal + self._frame * _HALF  # where the rate only guesses
        if known is not None and settled and pictures == 1 and known.until is not None:
            goal = shown = known.until
        elif settled and pictures == -1:
            shown = begin - _JUST_BEFORE
        self._is_stepping = True
        self._go(goal, shown)

    def play(self) -> None:
        """Go forwards from where it is; from the beginning if that is the end, or outside of what is repeated."""
        self._preview = None
        self.view.show_note("")
        if self._loop is not None and not self._loop.contains(self._at):
            self.seek(self._loop.start)
        elif self._duration and self._at >= self._duration - self._frame:
            self.seek(Fraction(0))
        self.playback.play(self._speed)

    def pause(self) -> None:
        """Rest where it is."""
        self._preview = None
        self.playback.pause()

    @property
    def loop(self) -> TimeRange | None:
        """What is played again and again; ``None`` for nothing."""
        return self._loop

    def repeat(self, span: TimeRange | None) -> None:
        """Play a stretch again and again from now on whenever the source plays; ``None`` to go on to the end."""
        self._loop = span

    @Slot(object)
    def preview(self, span: TimeRange | None) -> None:
        """Play a stretch once and come back to where it was; ``None`` comes back now.

        Whatever else is done meanwhile, such as to go elsewhere, ends it, and nothing comes back.
        """
        before = self._preview
        if span is None:
            if before is not None:
                self._come_back(before)
            return
        if before is None and (self.playback.is_playing or not self._can_play):
            return  # somebody watches it
        self._preview = None
        back = before.back if before is not None else self._at
        self._go(span.start)
        self.playback.play(Fraction(1))
        self._preview = _Preview(span, back)

    def show_captions(self, at: Callable[[Fraction], str]) -> None:
        """Show over the picture what this gives for the instant that is shown, from now on."""
        self._caption_at = at
        self.view.show_caption(at(self._at))

    def choose_track(self, number: int) -> None:
        """Play another of the sound tracks, counted from 0."""
        self.playback.choose_track(number)

    def toggle(self) -> None:
        """Play what rests, rest what plays; a preview that is watched goes on as if it had been begun here."""
        if self._preview is not None:
            self._preview = None
        elif self.playback.is_playing:
            self.pause()
        else:
            self.play()

    def shuttle(self, direction: int) -> None:
        """Play in a direction, faster each time."""
        self._preview = None
        self.playback.shuttle(direction)

    def toggle_sound(self) -> None:
        """Nothing is to be heard any more, or everything again."""
        self.playback.set_muted(not self.playback.is_muted)
        self.transport.show_muted(muted=self.playback.is_muted)

    def stand_beside(self, picture: QWidget) -> None:
        """Have another picture stand beside the source's from now on, as long as it is visible."""
        self._pictures.addWidget(picture)

    def wear(self, palette: Palette) -> None:
        """Put on the colours of a theme."""
        self.transport.wear(palette)

    def _connect(self) -> None:
        self.scrubbing.shown.connect(self._show_still)
        self.scrubbing.failed.connect(self._show_fault)
        self.playback.sink.videoFrameChanged.connect(self._show_frame)
        self.playback.moved.connect(self._follow)
        self.playback.step_wanted.connect(self._ask)
        self.playback.state_changed.connect(self._show_state)
        self.playback.failed.connect(self._show_silence)
        self.view.resized.connect(self._resized.start)
        row = self.transport
        row.start_wanted.connect(lambda: self.seek(Fraction(0)))
        row.end_wanted.connect(lambda: self.seek(self._duration))
        row.step_wanted.connect(self.step)
        row.play_wanted.connect(self.toggle)
        row.seek_wanted.connect(self.seek)
        row.speed_chosen.connect(self._take_speed)
        row.mute_wanted.connect(self.toggle_sound)
        row.volume_chosen.connect(self.playback.set_volume)
        row.track_chosen.connect(self.choose_track)

    def _go(self, instant: Fraction, shown: Fraction | None = None) -> None:
        """Show the picture at an instant, or that at another where its own time is not known exactly."""
        instant = max(Fraction(0), instant)
        if self._duration:
            instant = min(instant, self._duration)
        self._at = instant
        self.playback.seek(instant)
        if not self.playback.is_playing:
            self._ask(instant if shown is None else max(Fraction(0), shown))
        self.transport.time.setModified(False)
        self._tell_place()

    def _tell_place(self) -> None:
        self.transport.show_time(self._at)
        self.view.show_caption(self._caption_at(self._at))
        self.moved.emit(self._at)

    def _come_back(self, preview: _Preview) -> None:
        self._preview = None
        self.playback.pause()
        self._go(preview.back)

    @Slot(object)
    def _ask(self, instant: Fraction) -> None:
        if self._duration and self._frame:
            # At the very end nothing is on screen any more.
            instant = min(instant, max(Fraction(0), self._duration - self._frame * _HALF))
        self._wish = instant
        self.scrubbing.seek(instant, self.view.box)

    @Slot(object)
    def _show_still(self, still: Still) -> None:
        if self.playback.is_playing and self.playback.speed > 0:
            return
        self._picture = still
        self.view.show_still(still)
        if self._is_stepping and still.is_exact and still.instant == self._wish:
            self._is_stepping = False
            self._at = still.source  # the picture's own time, which the rate only guesses
            self.playback.seek(self._at)
            self._tell_place()

    @Slot(object)
    def _show_frame(self) -> None:
        if self.playback.is_playing and self.playback.speed > 0:
            self.view.show_frame(self.playback.sink.videoFrame())

    @Slot(object)
    def _follow(self, instant: Fraction) -> None:
        self._at = min(instant, self._duration) if self._duration else instant
        self._tell_place()
        is_forwards = self.playback.speed > 0
        if self._preview is not None and self._at >= self._preview.span.end:
            self._come_back(self._preview)
        elif self._loop is not None and is_forwards and self._at >= self._end_of(self._loop):
            self.playback.seek(self._loop.start)

    def _end_of(self, loop: TimeRange) -> Fraction:
        """Where it begins again: a little before the source's own end, at which Qt's player stops."""
        return min(loop.end, self._duration - _BEFORE_END) if self._duration else loop.end

    @Slot(bool)
    def _show_state(self, playing: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.transport.show_playing(playing=playing)
        if not playing:
            self._ask(self._at)

    @Slot(object)
    def _show_fault(self, error: FastClipError) -> None:
        self.view.clear()
        if error.code is ErrorCode.DAMAGED_MEDIA:
            remedy = Remedy(self.tr("Go on to what can be shown"), self.skip_wanted.emit)
        else:
            remedy = Remedy(self.tr("Look again"), lambda: self._ask(self._at))
        self.view.show_message(" ".join(filter(None, fault_words(error))), remedy)

    @Slot(str)
    def _show_silence(self, sentence: str) -> None:
        reason = sentence.rstrip(". ")
        self.view.show_note(
            self.tr("It cannot be played here: {0}. It can be looked at picture by picture, and cut.").format(reason)
        )

    @Slot(object)
    def _take_speed(self, speed: Fraction) -> None:
        self._speed = speed
        if self.playback.is_playing and self.playback.speed > 0:
            self.playback.play(speed)

    @Slot()
    def _show_again(self) -> None:
        if self._can_play and not self.playback.is_playing:
            self._ask(self._at)
