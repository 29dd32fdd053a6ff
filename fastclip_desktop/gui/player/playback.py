"""Plays a source with sound, forwards at several speeds and backwards, and says where it is.

Qt's player cannot go backwards; there a timer steps through exact pictures, without sound.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, QUrl, Signal, SignalInstance, Slot
from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer, QVideoSink

SPEEDS = (Fraction(1), Fraction(2), Fraction(4), Fraction(8))
"""What pressing the same direction again leads to."""

_OPEN = (
    QMediaPlayer.MediaStatus.LoadedMedia,
    QMediaPlayer.MediaStatus.BufferingMedia,
    QMediaPlayer.MediaStatus.BufferedMedia,
    QMediaPlayer.MediaStatus.EndOfMedia,
)

_REVERSE_STEP = 40
"""Milliseconds between two pictures of a source that plays backwards."""


class Playback(QObject):
    """One source, playing or not.

    Signals:
        moved: the instant that is played now.
        state_changed: whether it plays.
        step_wanted: an instant whose picture is to be shown, while it plays backwards.
        failed: a sentence about what keeps it from playing.
    """

    moved = Signal(object)
    state_changed = Signal(bool)
    step_wanted = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sink = QVideoSink(self)
        self._sound = QAudioOutput(self)
        self._player = QMediaPlayer(self)
        for signal in (self.sink.videoSizeChanged, self._sound.mutedChanged, self._player.tracksChanged):
            _ask_once(signal, self._tell_state)
        self._player.setVideoSink(self.sink)
        self._player.setAudioOutput(self._sound)
        self._player.positionChanged.connect(self._tell)
        self._player.playbackStateChanged.connect(self._tell_state)
        self._player.mediaStatusChanged.connect(self._begin)
        self._player.errorOccurred.connect(lambda _, text: self.failed.emit(text))
        self._reverse = QTimer(self)
        self._reverse.setInterval(_REVERSE_STEP)
        self._reverse.timeout.connect(self._step_back)
        self._since = QElapsedTimer()
        self._source = QUrl()
        self._at = Fraction(0)
        self._speed = Fraction(1)
        self._is_wanted = False
        self._track = 0

    @property
    def is_playing(self) -> bool:
        """Whether it goes forwards or backwards."""
        return self._reverse.isActive() or self._player.playbackState() is QMediaPlayer.PlaybackState.PlayingState

    @property
    def speed(self) -> Fraction:
        """Seconds of the source a second; negative for backwards."""
        return -self._speed if self._reverse.isActive() else self._speed

    @property
    def volume(self) -> float:
        """0..1."""
        return self._sound.volume()

    @property
    def is_muted(self) -> bool:
        """Whether nothing is to be heard."""
        return self._sound.isMuted()

    def open(self, path: Path | None, url: str = "") -> None:
        """Take another source, or none, and rest at its beginning.

        Args:
            path: a file.
            url: where it is read instead, if it is not all here.
        """
        self.pause()
        self._source = QUrl(url) if url or path is None else QUrl.fromLocalFile(str(path))
        self._at = Fraction(0)
        self._track = 0
        self._player.setSource(QUrl())  # what it needs is loaded when it is to play for the first time

    def seek(self, instant: Fraction) -> None:
        """Go somewhere; a source that plays goes on from there."""
        self._at = instant
        if self._player.playbackState() is QMediaPlayer.PlaybackState.PlayingState:
            self._player.setPosition(round(instant * 1000))

    def play(self, speed: Fraction = Fraction(1)) -> None:
        """Go forwards from where it is."""
        if self._source.isEmpty():
            return
        self._stop_reverse()
        self._speed = speed
        self._player.setPlaybackRate(float(speed))
        if self._player.source().isEmpty():
            self._is_wanted = True
            self._player.setSource(self._source)
        elif self._player.playbackState() is not QMediaPlayer.PlaybackState.PlayingState:
            self._is_wanted = True
            self._begin(self._player.mediaStatus())

    def reverse(self, speed: Fraction = Fraction(1)) -> None:
        """Go backwards from where it is."""
        if self._source.isEmpty():
            return
        self._is_wanted = False
        self._player.pause()
        self._speed = speed
        self._since.start()
        if not self._reverse.isActive():
            self._reverse.start()
            self.state_changed.emit(self.is_playing)

    def pause(self) -> None:
        """Stop where it is."""
        self._stop_reverse()
        self._is_wanted = False
        if self._player.playbackState() is QMediaPlayer.PlaybackState.PlayingState:
            self._player.pause()
        self._speed = Fraction(1)

    def shuttle(self, direction: int) -> None:
        """As J and L do: the same direction again is faster, the other one begins anew."""
        faster = next((speed for speed in SPEEDS if speed > self._speed), SPEEDS[-1])
        if direction > 0:
            self.play(faster if self.is_playing and self.speed > 0 else SPEEDS[0])
        else:
            self.reverse(faster if self.is_playing and self.speed < 0 else SPEEDS[0])

    @property
    def track(self) -> int:
        """Which of the sound tracks is heard, from 0."""
        return self._track

    def choose_track(self, number: int) -> None:
        """Let another of the sound tracks be heard; one that is not there changes nothing."""
        self._track = number
        self._hear_track()

    def set_volume(self, volume: float) -> None:
        """How loud, 0..1."""
        self._sound.setVolume(volume)

    def set_muted(self, muted: bool) -> None:  # noqa: FBT001 - the state itself
        """Whether nothing is to be heard."""
        self._sound.setMuted(muted)

    @Slot(QMediaPlayer.MediaStatus)
    def _begin(self, status: QMediaPlayer.MediaStatus) -> None:
        """Play once the source is open: before, Qt forgets where it was to begin."""
        if self._is_wanted and status in _OPEN:
            self._is_wanted = False
            self._hear_track()
            self._player.setPosition(round(self._at * 1000))
            self._player.play()

    def _hear_track(self) -> None:
        """Of a source that is not open yet Qt knows no tracks; they come with it."""
        if self._track < len(self._player.audioTracks()) and self._player.activeAudioTrack() != self._track:
            self._player.setActiveAudioTrack(self._track)

    @Slot(int)
    def _tell(self, milliseconds: int) -> None:
        if self._player.playbackState() is not QMediaPlayer.PlaybackState.PlayingState:
            return
        self._at = Fraction(milliseconds, 1000)
        self.moved.emit(self._at)

    @Slot()
    def _tell_state(self) -> None:
        self.state_changed.emit(self.is_playing)

    def _step_back(self) -> None:
        passed = Fraction(self._since.restart(), 1000)
        self._at = max(Fraction(0), self._at - passed * self._speed)
        self.moved.emit(self._at)
        self.step_wanted.emit(self._at)
        if self._at == 0:
            self.pause()

    def _stop_reverse(self) -> None:
        if self._reverse.isActive():
            self._reverse.stop()
            self.state_changed.emit(self.is_playing)


def _ask_once(signal: SignalInstance, slot: Callable[[], None]) -> None:
    """Let PySide find out that nobody in Python wants to hear of connections to an object of Qt's player.

    It asks Python at the first one that is made and the first that ends, and remembers the answer. The player's own
    threads end connections too, holding a lock of Qt's for which this thread may wait with Python's in its hands, as
    when another sound track is chosen; were Python asked only then, neither would ever go on.
    """
    signal.connect(slot)
    signal.disconnect(slot)
