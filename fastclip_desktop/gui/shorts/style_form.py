"""The details of captions: how large, where, in which colours, and how the spoken word stands out."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QCheckBox, QColorDialog, QComboBox, QGridLayout, QLabel, QPushButton, QSlider, QWidget

from fastclip_desktop.domain.short_look import CaptionStyle, Spoken
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.style import of_kind

_FINE = 1000
_SIZES, _POSITIONS = (0.035, 0.14), (0.1, 0.9)
"""What the two sliders go through; shares, see :class:`~fastclip_desktop.domain.short_look.CaptionStyle`."""

_SWATCH, _RING = 16, 4
_RIM = QColor(128, 128, 128)


class StyleForm(QWidget):
    """Changes one style.

    Signals:
        chosen: the ``CaptionStyle`` after a change by hand.
        keep_wanted: it is to be kept as the person's own.
    """

    chosen = Signal(object)
    keep_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style: CaptionStyle | None = None
        self.letters = _slider(self.tr("Size of the letters"))
        self.position = _slider(self.tr("Place of captions, from top to bottom"))
        self.spoken = QComboBox()
        self.spoken.setAccessibleName(self.tr("The word that is said"))
        for kind, name in (
            (Spoken.HIGHLIGHT, self.tr("In its own colour")),
            (Spoken.POP, self.tr("Springs up")),
            (Spoken.KARAOKE, self.tr("Fills up as it is sung")),
            (Spoken.GLOW, self.tr("Glows")),
            (Spoken.BOX, self.tr("On a box")),
            (Spoken.PLAIN, self.tr("Like the others")),
        ):
            self.spoken.addItem(name, str(kind))
        self.color = QPushButton(self.tr("Letters"))
        self.spoken_color = QPushButton(self.tr("Spoken word"))
        self.outline_color = QPushButton(self.tr("Outline"))
        self.uppercase = QCheckBox(self.tr("Capital letters"))
        self.keep_button = QPushButton(self.tr("Keep as my style"))
        self.keep_button.setToolTip(self.tr("The preset “My style” looks like this from now on"))
        self._lay_out()
        self.letters.valueChanged.connect(lambda value: self._change(size=_share(value, _SIZES)))
        self.position.valueChanged.connect(lambda value: self._change(position=_share(value, _POSITIONS)))
        self.spoken.activated.connect(lambda _: self._change(spoken=Spoken(self.spoken.currentData())))
        self.uppercase.toggled.connect(lambda on: self._change(uppercase=on))
        self.color.clicked.connect(lambda: self._choose("color", self.tr("Colour of the letters")))
        self.spoken_color.clicked.connect(lambda: self._choose("spoken_color", self.tr("Colour of the spoken word")))
        self.outline_color.clicked.connect(lambda: self._choose("outline_color", self.tr("Colour of the outline")))
        self.keep_button.clicked.connect(self.keep_wanted)

    def show_style(self, style: CaptionStyle | None) -> None:
        """Show a style; without one there is nothing to change."""
        self._style = None  # what is shown is no change
        self.setEnabled(style is not None)
        if style is None:
            return
        self.letters.setValue(_place(style.size, _SIZES))
        self.position.setValue(_place(style.position, _POSITIONS))
        self.spoken.setCurrentIndex(self.spoken.findData(str(style.spoken)))
        self.uppercase.setChecked(style.uppercase)
        for button, color, is_ring in (
            (self.color, style.color, False),
            (self.spoken_color, style.spoken_color, False),
            (self.outline_color, style.outline_color, True),
        ):
            button.setIcon(_swatch(color, is_ring=is_ring))
            button.setIconSize(QSize(_SWATCH + tokens.TIGHT, _SWATCH))
            button.setAccessibleDescription(color)
        self._style = style

    @property
    def widest_name(self) -> int:
        """Pixels that the names of its fields need."""
        labels = (self._grid.itemAtPosition(row, 0) for row in range(3))
        return max(label.sizeHint().width() for label in labels if label is not None)

    def give_names(self, width: int) -> None:
        """Let the fields begin after so many pixels, in line with those of others."""
        self._grid.setColumnMinimumWidth(0, width)

    def _change(self, **changes: object) -> None:
        if self._style is None:
            return
        changed = replace(self._style, **changes)  # type: ignore[arg-type]  # each has the type of its field
        if changed != self._style:
            self._style = changed
            self.chosen.emit(changed)

    def _choose(self, field: str, title: str) -> None:
        if self._style is None:
            return
        color = QColorDialog.getColor(QColor(_qt_color(getattr(self._style, field))), self, title)
        if color.isValid():
            self._change(**{field: color.name()})

    def _lay_out(self) -> None:
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(tokens.SMALL)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Size"), self.letters),
            (self.tr("Place"), self.position),
            (self.tr("Spoken"), self.spoken),
        )
        for row, (name, field) in enumerate(rows):
            label = of_kind(QLabel(name), "muted")
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        colors = QGridLayout()
        colors.setSpacing(tokens.SMALL)
        colors.addWidget(self.color, 0, 0)
        colors.addWidget(self.spoken_color, 0, 1)
        colors.addWidget(self.outline_color, 1, 0)
        colors.addWidget(self.uppercase, 1, 1)
        grid.addLayout(colors, 3, 0, 1, 2)
        grid.addWidget(self.keep_button, 4, 0, 1, 2)


def _slider(name: str) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(0, _FINE)
    slider.setPageStep(_FINE // 10)
    slider.setSingleStep(_FINE // 50)
    slider.setAccessibleName(name)
    slider.setToolTip(name)
    return slider


def _share(value: int, within: tuple[float, float]) -> float:
    return within[0] + value / _FINE * (within[1] - within[0])


def _place(share: float, within: tuple[float, float]) -> int:
    return round((share - within[0]) / (within[1] - within[0]) * _FINE)


def _swatch(color: str, *, is_ring: bool) -> QIcon:
    """A colour as a round spot or a ring, with some space behind it; no colour at all is a spot that is crossed out."""
    picture = QPixmap((_SWATCH + tokens.TIGHT) * 3, _SWATCH * 3)
    picture.setDevicePixelRatio(3)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint, around = QColor(_qt_color(color)), QRectF(1, 1, _SWATCH - 2, _SWATCH - 2)
    painter.setPen(QPen(_RIM, 1))
    painter.setBrush(paint)
    painter.drawEllipse(around)
    if not paint.alpha():
        painter.drawLine(around.bottomLeft() + QPointF(3, -3), around.topRight() + QPointF(-3, 3))
    elif is_ring:
        inner = around.adjusted(_RING, _RING, -_RING, -_RING)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        painter.drawEllipse(inner)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(inner)
    painter.end()
    return QIcon(picture)


def _qt_color(color: str) -> str:
    """``#rrggbbaa`` as Qt reads it, with the transparency first."""
    return f"#{color[7:9]}{color[1:7]}" if len(color) == len("#rrggbbaa") else color or "#00000000"
