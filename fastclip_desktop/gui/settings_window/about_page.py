"""What this program is, of what it is built, and how a fault is told of."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from fastclip_desktop import __version__
from fastclip_desktop.diagnostics.crashes import newest_text, watch
from fastclip_desktop.diagnostics.logs import last_lines, level_of
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.stage import Finding, Release
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.gui.icons import ICON_FOLDER, picture
from fastclip_desktop.gui.notice import Notice
from fastclip_desktop.gui.settings_window.folders import open_folder
from fastclip_desktop.gui.settings_window.page import Page, words
from fastclip_desktop.gui.settings_window.parts import Part, all_parts, notice_of
from fastclip_desktop.gui.settings_window.report import Report, scrubbed
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.switch import Switch
from fastclip_desktop.gui.tokens import Palette
from fastclip_desktop.settings.preferences import Preferences

_LIST_HEIGHT = 240


class AboutPage(Page):
    """Version, licence, parts with their notices, logs, and the report of a problem."""

    def __init__(
        self, bridge: EngineBridge, choices: Choices, logs: Path, crashes: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._choices = bridge, choices
        self._logs = logs
        self._crashes = crashes
        self._parts: tuple[Part, ...] = ()
        self.notice = Notice()
        self.add(self.notice)
        self._add_program()
        self._add_problem()
        self._add_parts()
        choices.changed.connect(self._show)
        self._show(choices.now)

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
                    "others only when you fetch a model or look for an update."
                ),
                "muted",
            )
        )

        self.newest = words(self.tr("Nothing is installed by looking."))
        self.look_button = QPushButton(self.tr("Look"))
        self.look_button.setAccessibleName(self.tr("Look for a newer FastClip"))
        self.look_button.setToolTip(self.tr("Asks pypi.org which version is the newest"))
        self.look_button.clicked.connect(self._look_for_release)
        section.add_row(self.tr("Newer version"), self.look_button, below=self.newest)
        self.daily = Switch(self.tr("Look once a day"))
        self.daily.clicked.connect(lambda on: self._choices.change(checks_for_updates=on))
        section.add_row(
            self.tr("Look once a day"),
            self.daily,
            explanation=self.tr("At the first start of a day, pypi.org is asked; otherwise only when you press Look."),
        )

    @Slot(object)
    def _show(self, preferences: Preferences) -> None:
        self.daily.setChecked(preferences.checks_for_updates)
        self.level.setCurrentIndex(self.level.findData(preferences.log_level))

    @Slot()
    def _keep_level(self) -> None:
        level = self.level.currentData()
        self._choices.change(log_level=level)
        watched = watch()
        if watched is not None and watched.log is not None:
            watched.log.keep_from(level_of(os.environ, level))

    @Slot()
    def _look_for_release(self) -> None:
        self.notice.clear()
        self.look_button.setEnabled(False)
        self.newest.setText(self.tr("Looking …"))

        def work(engine: EnginePort, cancel: CancelToken, _deliver: object) -> Release:
            return engine.newest_release(cancel=cancel)

        self._bridge.begin_reading(self, work, _ignore, self._tell_release, self._miss_release)

    def _tell_release(self, release: Release) -> None:
        self.look_button.setEnabled(True)
        self.newest.setText(
            self.tr("Version {0} is there. Get it the way that you got this one: it goes over the older one.").format(
                release.newest
            )
            if release.is_newer
            else self.tr("Version {0} is the newest.").format(release.installed)
        )

    def _miss_release(self, error: FastClipError | None) -> None:
        self.look_button.setEnabled(True)
        self.newest.setText(self.tr("Which version is the newest cannot be told just now."))
        if error is not None:
            self.notice.show_error(error)

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
        self.level = QComboBox()
        for name, key in (
            (self.tr("Errors"), "error"),
            (self.tr("Warnings and errors"), "warning"),
            (self.tr("What is done, too"), "info"),
            (self.tr("Everything"), "debug"),
        ):
            self.level.addItem(name, key)
        self.level.activated.connect(self._keep_level)
        section.add_row(
            self.tr("What is logged"),
            self.level,
            explanation=self.tr("Choose Everything, do again what went wrong, and copy a report then."),
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
            return engine.diagnose(), scrubbed(f"{newest_text(self._crashes)}\n\n{last_lines(self._logs)}".strip())

        def done(found: tuple[tuple[Finding, ...], str]) -> None:
            self._copy(Report.of_findings(program, found[0]), found[1])

        def failed(error: FastClipError | None) -> None:
            # Whoever reports that nothing works has to be able to.
            self._copy(program, "" if error is None else scrubbed(str(error)))

        self._bridge.begin_reading(self, work, _ignore, done, failed)

    def _copy(self, report: str, log: str) -> None:
        self.report_button.setEnabled(True)
        QGuiApplication.clipboard().setText(f"{scrubbed(report)}\n\n{log}".strip() + "\n")
        self.copied.setText(self.tr("Copied. Paste it below what you did and what happened then."))


def _ignore(_: object) -> None:
    pass
