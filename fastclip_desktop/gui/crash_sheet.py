"""The report of a crash: to read, to copy or save for whoever helps, or to throw away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fastclip_desktop.diagnostics.crashes import CrashReport
from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.lane import Lane
from fastclip_desktop.gui.settings_window.folders import open_folder
from fastclip_desktop.gui.style import of_kind

_SIZE = (720, 560)


class CrashSheet(QDialog):
    """A text and what can be done with it; Esc closes it and leaves the report where it is.

    Args:
        lane: does what reads and writes files.
        report: where it lies.
        text: what it says.
        parent: the window that it is about.
    """

    def __init__(self, lane: Lane, report: CrashReport, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._lane = lane
        self._report = report
        self.setWindowTitle(self.tr("Report of a crash – FastClip"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        lead = self.tr("FastClip ended unexpectedly") if report.ended else self.tr("Something in FastClip failed")
        head = of_kind(QLabel(lead), "lead")
        self.told = of_kind(
            QLabel(
                self.tr(
                    "This text was written on this machine, and nothing is sent. Passwords, keys and signed links are "
                    "left out; read it through before you pass it on to whoever helps you."
                )
            ),
            "muted",
        )
        self.told.setWordWrap(True)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(self.tr("Report of the crash"))
        # A traceback is read from left to right in every language.
        self.text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.discard_button = of_kind(QPushButton(self.tr("Discard")), "danger")
        self.folder_button = QPushButton(self.tr("Show folder"))
        self.save_button = QPushButton(self.tr("Save …"))
        self.copy_button = of_kind(QPushButton(self.tr("Copy")), "small main")
        self.discard_button.setToolTip(self.tr("Take the report away from this machine"))
        self.folder_button.setToolTip(self.tr("Show the folder in which reports lie"))
        self.save_button.setToolTip(self.tr("Save the report as a file of your own"))
        self.copy_button.setToolTip(self.tr("Copy the report, to paste it somewhere"))
        for button, act in (
            (self.discard_button, self._discard),
            (self.folder_button, self._show_folder),
            (self.save_button, self._choose),
            (self.copy_button, self._copy),
        ):
            button.setAutoDefault(False)
            button.setAccessibleDescription(button.toolTip())
            button.clicked.connect(act)
        row = QHBoxLayout()
        row.setSpacing(tokens.SMALL)
        row.addWidget(self.discard_button)
        row.addStretch()
        row.addWidget(self.folder_button)
        row.addWidget(self.save_button)
        row.addWidget(self.copy_button)
        around = QVBoxLayout(self)
        around.setContentsMargins(tokens.WIDE, tokens.LARGE, tokens.WIDE, tokens.LARGE)
        around.setSpacing(tokens.MEDIUM)
        around.addWidget(head)
        around.addWidget(self.told)
        around.addWidget(self.text, 1)
        around.addLayout(row)
        self.resize(*_SIZE)
        self.copy_button.setFocus()

    def save(self, path: Path) -> None:
        """Write the text to a file, and say so here."""
        text = self.text.toPlainText()

        def write() -> None:
            try:
                path.write_text(text + "\n", encoding="utf-8")
            except OSError as error:
                raise InputError(
                    ErrorCode.OUTPUT_NOT_WRITABLE,
                    f"The report cannot be written to {path}: {error.strerror or error}.",
                    "Choose another folder.",
                ) from error

        def failed(error: FastClipError) -> None:
            self.told.setText(f"{error.message} {error.hint}")

        self._lane.do(self, write, lambda _: self.told.setText(self.tr("Saved as {0}.").format(path.name)), failed)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.told.setText(self.tr("Copied. Paste it below what you did and what happened then."))

    @Slot()
    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.selectFile("fastclip-report.txt")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.open()

    @Slot()
    def _show_folder(self) -> None:
        open_folder(self._report.path.parent)

    @Slot()
    def _discard(self) -> None:
        # Done by whoever opened it, not by what is about to go.
        self._lane.do(self._lane, self._report.discard)
        self.accept()
