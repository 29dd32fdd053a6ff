"""What this program is, of what it is built, and how a fault is told of."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from fastclip_desktop import __version__
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.stage import Finding
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.gui.icons import ICON_FOLDER, picture
from fastclip_desktop.gui.log_file import last_lines
from fastclip_desktop.gui.notice import Notice
from fastclip_desktop.gui.settings_window.folders import open_folder
from fastclip_desktop.gui.settings_window.page import Page, words
from fastclip_desktop.gui.settings_window.parts import Part, all_parts, notice_of
from fastclip_desktop.gui.settings_window.report import Report, scrubbed
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import Palette

_LIST_HEIGHT = 240


class AboutPage(Page):
    """Version, licence, parts with their notices, logs, and the report of a problem."""

    def __init__(self, bridge: EngineBridge, logs: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._logs = logs
        self._parts: tuple[Part, ...] = ()
        self.notice = Notice()
        self.add(self.notice)
        self._add_program()
        self._add_problem()
        self._add_parts()

    def refresh(self) -> None:
        """Read the parts, once; what is installed stays as it is while the program runs."""
        if not self._parts:
            self._bridge.lane.do(self, all_parts, self._show_parts)

    def wear(self, palette: Palette) -> None:
        """Repaint the cross of the notice."""
        self.notice.wear(palette)

    def _add_program(self) -> None:
        section = self.add_section(self.tr("FastClip Desktop"))
        icon = QLabel()
        if (ICON_FOLDER / "fastclip.svg").exists():
            icon.setPixmap(picture("fastclip", "", 48, self.devicePixelRatioF()))
        self.version = words(self.tr("Version {0}").format(__version__), "name")
        told = QWidget()
        row = QHBoxLayout(told)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.MEDIUM)
        row.addWidget(icon)
        row.addWidget(self.version, 1)
        section.add(told)
        section.add(
            words(
                self.tr(
                    "Free software under the GNU General Public License, version 3: use it, look into it, change it "
                    "and pass it on. It comes without any warranty. What you make with it is yours."
                ),
                "muted",
            )
        )
        section.add(
            words(
                self.tr(
                    "Everything is done on this machine. It speaks to the sites whose links you open, and to "
                    "others only when you fetch a model or an update."
                ),
                "muted",
            )
        )

    def _add_problem(self) -> None:
        section = self.add_section(self.tr("When something goes wrong"))
        self.report_button = QPushButton(self.tr("Copy report"))
        self.report_button.setAccessibleName(self.tr("Copy a report of a problem"))
        self.report_button.clicked.connect(self._copy_report)
        self.copied = words(
            self.tr("What this machine is and what was noted last, without your name, folders and links.")
        )
        section.add_row(self.tr("Report a problem"), self.report_button, below=self.copied)
        self.logs_button = QPushButton(self.tr("Open"))
        self.logs_button.setAccessibleName(self.tr("Open the folder of logs"))
        self.logs_button.clicked.connect(lambda: open_folder(self._logs))
        section.add_row(
            self.tr("Logs"),
            self.logs_button,
            explanation=self.tr("They stay on this machine, three megabytes at most."),
        )

    def _add_parts(self) -> None:
        section = self.add_section(
            self.tr("Built of"), self.tr("With thanks to those who made these, each under its own licence.")
        )
        self.parts = QListWidget()
        self.parts.setAccessibleName(self.tr("Parts and their licences"))
        self.parts.setFixedHeight(_LIST_HEIGHT)
        self.parts.currentRowChanged.connect(self._show_notice)
        of_kind(self.parts, "parts")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(_LIST_HEIGHT)
        self.text.setAccessibleName(self.tr("Licence of the part"))
        self.text.setPlaceholderText(self.tr("Choose a part to read its licence."))
        section.add(self.parts)
        section.add(self.text)

    def _show_parts(self, parts: tuple[Part, ...]) -> None:
        self._parts = parts
        self.parts.clear()
        for part in parts:
            licence = part.licence or self.tr("licence as in its text")
            item = QListWidgetItem(f"{part.name} {part.version} · {licence}", self.parts)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, item.text())

    @Slot(int)
    def _show_notice(self, row: int) -> None:
        if 0 <= row < len(self._parts):
            name = self._parts[row].name
            self._bridge.lane.do(self, lambda: notice_of(name), lambda text: self._read_out(name, text))

    def _read_out(self, name: str, text: str) -> None:
        row = self.parts.currentRow()
        if 0 <= row < len(self._parts) and self._parts[row].name == name:  # else another one was chosen meanwhile
            self.text.setPlainText(text or self.tr("{0} brings no text along.").format(name))

    @Slot()
    def _copy_report(self) -> None:
        self.report_button.setEnabled(False)
        self.copied.setText(self.tr("Looking at the machine …"))
        program = Report.of_program()

        def work(engine: EnginePort, _cancel: CancelToken, _deliver: object) -> tuple[tuple[Finding, ...], str]:
            return engine.diagnose(), last_lines(self._logs)

        def done(found: tuple[tuple[Finding, ...], str]) -> None:
            self._copy(Report.of_findings(program, found[0]), found[1])

        def failed(error: FastClipError | None) -> None:
            # Whoever reports that nothing works has to be able to.
            self._copy(program, "" if error is None else str(error))

        self._bridge.begin_reading(self, work, _ignore, done, failed)

    def _copy(self, report: str, log: str) -> None:
        self.report_button.setEnabled(True)
        QGuiApplication.clipboard().setText(scrubbed(f"{report}\n\n{log}".strip() + "\n"))
        self.copied.setText(self.tr("Copied. Paste it below what you did and what happened then."))


def _ignore(_: object) -> None:
    pass
