"""One kind of work on the page about hardware: what does it, what is to do it, and how it went when it was tried."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fastclip_desktop.domain.device_choices import AUTO, CHIPS, CHOICES, GRAPHICS, PROCESSOR
from fastclip_desktop.domain.machine import Device, DeviceUse
from fastclip_desktop.domain.work import Work
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.settings_window.page import words
from fastclip_desktop.gui.style import of_kind

CHIP_NAMES = {"nvenc": "NVENC", "qsv": "Quick Sync", "amf": "AMF", "videotoolbox": "VideoToolbox"}


class WorkRow(QWidget):
    """A kind of work.

    Signals:
        wished: one of :data:`~fastclip_desktop.domain.device_choices.CHOICES`.

    Attributes:
        name: of the work.
        choice: what is to do it; hidden where there is nothing to choose from.
        device: what does it.
        note: why that is not what was wished for.
        result: how it went when it was tried.
    """

    wished = Signal(str)

    def __init__(self, work: Work, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.name = QLabel(name)
        self.name.setWordWrap(True)
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("{0}: what is to do it").format(name))
        self.choice.setToolTip(self.tr("What does not work here is left to the processor"))
        for key in (AUTO, PROCESSOR, GRAPHICS):
            self.choice.addItem(self._called(key), key)
        keeps = self.choice.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.choice.setSizePolicy(keeps)
        self.choice.setVisible(work in CHOICES)
        self.choice.activated.connect(lambda _: self.wished.emit(self.choice.currentData()))
        self.name.setBuddy(self.choice)
        self.device = words(self.tr("…"), "muted")
        self.note = words("", "note")
        self.note.hide()
        self.result = words("", "note")
        self.result.setAccessibleName(self.tr("{0}: result of the test").format(name))
        for label in (self.name, self.device):  # on one line with what is chosen
            label.setMinimumHeight(self.choice.sizeHint().height())
        told = QVBoxLayout()
        told.setSpacing(0)
        for label in (self.device, self.note, self.result):
            told.addWidget(label)
        told.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.MEDIUM)
        row.addWidget(self.name, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(told, 1)
        row.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignTop)
        self.say("")

    def show_wish(self, wish: str) -> None:
        """Show what is wished for, a single chip too."""
        if self.choice.findData(wish) < 0:
            self.choice.addItem(self._called(wish), wish)
        self.choice.setCurrentIndex(self.choice.findData(wish))

    def show_use(self, use: DeviceUse) -> None:
        """Show what does the work."""
        device = self.tr("Graphics card") if use.device is Device.GRAPHICS else self.tr("Processor")
        self.device.setText(f"{device} · {use.detail}" if use.detail else device)
        self.note.setText(use.note.replace("_", "_\N{ZERO WIDTH SPACE}"))  # names of drivers' errors are long words
        self.note.setVisible(bool(use.note))

    def say(self, result: str, *, is_fault: bool = False) -> None:
        """Say what came of the trial; nothing said takes no room."""
        of_kind(self.result, "fault" if is_fault else "note").setText(result)
        self.result.setVisible(bool(result))

    def _called(self, wish: str) -> str:
        match wish:
            case "auto":
                return self.tr("Automatic")
            case "processor":
                return self.tr("Processor")
            case "graphics":
                return self.tr("Graphics card")
        return CHIP_NAMES[wish] if wish in CHIPS else wish
