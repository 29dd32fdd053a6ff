"""The row under the picture: play and step, where it is, how fast, how loud."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QIcon, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLayout, QPushButton, QSlider, QToolButton, QWidget

from fastclip_desktop.domain.errors import UsageError
from fastclip_desktop.domain.timecode import format_timecode
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.finding.lengths import percent_words
from fastclip_desktop.gui.icons import icon
from fastclip_desktop.gui.player.choice_button import ChoiceButton
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.timecode_edit import TimecodeEdit
from fastclip_desktop.gui.tokens import Palette

SPEEDS = tuple(Fraction(quarters, 4) for quarters in (1, 2, 3, 4, 5, 6, 8))
"""Seconds of the source a second."""

_ICON = 20
_WIDEST = "0:00:00.000"
_SLIDER_WIDTH = 64
_LEAST_WIDTH = 510
_ROOM_FOR_VOLUME, _ROOM_FOR_LENGTH, _ROOM_FOR_ENDS = 780, 700, 620
"""Pixels of width."""


class Transport(QWidget):
    """Buttons that a mouse presses without taking the keyboard from where it is.

    Signals:
        start_wanted: to the beginning.
        end_wanted: to the end.
        step_wanted: so many pictures on; negative for back.
        play_wanted: play, or stop.
        seek_wanted: an instant that was typed.
        speed_chosen: seconds of the source a second.
        mute_wanted: silence, or sound again.
        volume_chosen: 0..1.
        in_wanted: a clip starts here.
        out_wanted: a clip ends here.
        keys_wanted: the list of all keys.
        loop_wanted: the chosen clip again and again, or no more.
        track_chosen: which of the sound tracks, from 0.
        captions_chosen: which of the captions that are offered, from 0; -1 for none.
    """

    start_wanted = Signal()
    end_wanted = Signal()
    step_wanted = Signal(int)
    play_wanted = Signal()
    seek_wanted = Signal(object)
    speed_chosen = Signal(object)
    mute_wanted = Signal()
    volume_chosen = Signal(float)
    in_wanted = Signal()
    out_wanted = Signal()
    keys_wanted = Signal()
    loop_wanted = Signal()
    track_chosen = Signal(int)
    captions_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = tokens.LIGHT
        self._is_playing = self._is_muted = False
        self.start_button = _button(self.tr("To the beginning"), "Home")
        self.back_button = _button(self.tr("One picture back"), ",")
        self.play_button = _button(self.tr("Play"), self.tr("Space"))
        self.forward_button = _button(self.tr("One picture on"), ".")
        self.end_button = _button(self.tr("To the end"), "End")
        self.time = of_kind(TimecodeEdit(), "time")
        self.time.setAccessibleName(self.tr("Where it is"))
        self.time.setToolTip(self.tr("Type a time and press Enter to go there (G)"))
        self.length = of_kind(QLabel(), "muted")
        self.length.setAccessibleName(self.tr("Length"))
        self.speed = QComboBox()
        for speed in SPEEDS:
            self.speed.addItem(f"{float(speed):g}×", speed)
        self.speed.setCurrentIndex(SPEEDS.index(Fraction(1)))
        self.speed.setAccessibleName(self.tr("Speed"))
        self.speed.setToolTip(self.tr("How fast it plays"))
        self.speed.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.loop_button = _button(self.tr("Repeat the chosen clip"), "R")
        self.loop_button.setCheckable(True)
        self.tracks = ChoiceButton(self.tr("Sound track"))
        self.captions = ChoiceButton(self.tr("Captions"), "Shift+C")
        self.mute_button = _button(self.tr("Sound off"), "M")
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, 100)
        self.volume.setValue(100)
        self.volume.setFixedWidth(_SLIDER_WIDTH)
        self.volume.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.volume.setAccessibleName(self.tr("Volume"))
        self.volume.setToolTip(self.tr("Volume"))
        self.in_button = _worded(self.tr("In"), self.tr("A clip starts here (I)"))
        self.out_button = _worded(self.tr("Out"), self.tr("The clip ends here (O)"))
        self.keys_button = _button(self.tr("All keys"), "?")
        self._lay_out()
        self.start_button.clicked.connect(self.start_wanted)
        self.back_button.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.play_button.clicked.connect(self.play_wanted)
        self.forward_button.clicked.connect(lambda: self.step_wanted.emit(1))
        self.end_button.clicked.connect(self.end_wanted)
        self.in_button.clicked.connect(self.in_wanted)
        self.out_button.clicked.connect(self.out_wanted)
        self.keys_button.clicked.connect(self.keys_wanted)
        self.loop_button.clicked.connect(self._want_loop)
        self.tracks.chosen.connect(self.track_chosen)
        self.captions.chosen.connect(lambda index: self.captions_chosen.emit(index - 1))
        self.time.returnPressed.connect(self._go)
        self.speed.currentIndexChanged.connect(lambda: self.speed_chosen.emit(self.speed.currentData()))
        self.mute_button.clicked.connect(self.mute_wanted)
        self.volume.valueChanged.connect(lambda value: self.volume_chosen.emit(value / 100))

    def show_time(self, instant: Fraction) -> None:
        """Say where it is, unless somebody is typing where it should be."""
        if not (self.time.hasFocus() and self.time.isModified()):
            self.time.set_seconds(instant)

    def show_length(self, duration: Fraction) -> None:
        """Say how long the source is."""
        self.length.setText(f"/ {format_timecode(duration)}")

    def show_prepared(self, share: float) -> None:
        """Say how much of the source is ready for quick scrubbing, 0..1."""
        tip = self.tr("{0} of this source are ready for quick scrubbing.").format(percent_words(share)) if share else ""
        self.length.setToolTip(tip)

    def show_playing(self, *, playing: bool) -> None:
        """Offer to stop what plays."""
        self._is_playing = playing
        name = self.tr("Stop") if playing else self.tr("Play")
        self.play_button.setAccessibleName(name)
        self.play_button.setToolTip(f"{name} ({self.tr('Space')})")
        self._paint_states()

    def show_muted(self, *, muted: bool) -> None:
        """Offer the sound again."""
        self._is_muted = muted
        name = self.tr("Sound on") if muted else self.tr("Sound off")
        self.mute_button.setAccessibleName(name)
        self.mute_button.setToolTip(f"{name} (M)")
        self._paint_states()

    def show_tracks(self, names: Sequence[str], chosen: int) -> None:
        """Offer sound tracks by their names; one alone is no choice."""
        self.tracks.offer(names if len(names) > 1 else (), chosen)
        self._make_room()

    def show_captions(self, names: Sequence[str], chosen: int) -> None:
        """Offer captions by their names; ``chosen`` is -1 where none are shown."""
        self.captions.offer((self.tr("No captions"), *names) if names else (), chosen + 1)
        self.captions.show_on(on=chosen >= 0)
        self._make_room()

    def show_loop(self, *, on: bool) -> None:
        """Say whether the chosen clip is played again and again."""
        self.loop_button.setChecked(on)

    def go_to_time(self) -> None:
        """Let the person type a time."""
        self.time.setFocus()
        self.time.selectAll()

    def wear(self, palette: Palette) -> None:
        """Repaint the icons in a palette's colours."""
        self._palette = palette
        for name, button in (
            ("start", self.start_button),
            ("back", self.back_button),
            ("forward", self.forward_button),
            ("end", self.end_button),
            ("keys", self.keys_button),
            ("loop", self.loop_button),
            ("tracks", self.tracks),
            ("captions", self.captions),
        ):
            button.setIcon(_two_coloured(name, palette))
        self._paint_states()

    def _paint_states(self) -> None:
        self.play_button.setIcon(_two_coloured("pause" if self._is_playing else "play", self._palette))
        self.mute_button.setIcon(_two_coloured("muted" if self._is_muted else "sound", self._palette))

    @Slot()
    def _want_loop(self) -> None:
        self.loop_wanted.emit()

    @Slot()
    def _go(self) -> None:
        try:
            instant = self.time.seconds()
        except UsageError:
            return
        self.time.setModified(False)
        self.seek_wanted.emit(instant)

    def _lay_out(self) -> None:
        margins = 2 * (tokens.SMALL + tokens.TIGHT)
        self.time.setFixedWidth(round(QFontMetricsF(self.time.font()).horizontalAdvance(_WIDEST)) + margins)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # time runs so wherever it is read
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.TIGHT)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for button in (self.start_button, self.back_button, self.play_button, self.forward_button, self.end_button):
            row.addWidget(button)
        row.addSpacing(tokens.SMALL)
        row.addWidget(self.time)
        row.addWidget(self.length)
        row.addStretch()
        row.addWidget(self.in_button)
        row.addWidget(self.out_button)
        row.addStretch()
        row.addWidget(self.loop_button)
        row.addWidget(self.speed)
        row.addWidget(self.tracks)
        row.addWidget(self.captions)
        row.addWidget(self.mute_button)
        row.addWidget(self.volume)
        row.addWidget(self.keys_button)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """What is needed when all is left out that can be; else nothing would ever be left out."""
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave out in a narrow window what the keys do as well."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        self.volume.setVisible(self.width() >= _ROOM_FOR_VOLUME)
        self.length.setVisible(self.width() >= _ROOM_FOR_LENGTH)
        for button in (self.start_button, self.end_button, self.keys_button):
            button.setVisible(self.width() >= _ROOM_FOR_ENDS)


def _button(name: str, keys: str) -> QToolButton:
    button = QToolButton()
    button.setAccessibleName(name)
    button.setToolTip(f"{name} ({keys})")
    button.setIconSize(QSize(_ICON, _ICON))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _worded(word: str, tip: str) -> QPushButton:
    button = QPushButton(word)
    button.setToolTip(tip)
    button.setAccessibleDescription(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _two_coloured(name: str, palette: Palette) -> QIcon:
    """An icon that is paler where its button is of no use now."""
    both = icon(name, palette.text, _ICON)
    for scale_of in icon(name, palette.line, _ICON).availableSizes():
        both.addPixmap(icon(name, palette.line, _ICON).pixmap(scale_of), QIcon.Mode.Disabled)
    return both
