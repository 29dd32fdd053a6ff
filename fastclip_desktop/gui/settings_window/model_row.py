"""One model: what it is, how it does here, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from fastclip_desktop.domain.machine import MachineFacts
from fastclip_desktop.domain.model import ModelOffer, ModelState
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.fact_lines import FactLines
from fastclip_desktop.gui.model_desk import ModelDesk, ModelLine
from fastclip_desktop.gui.model_words import about_model, fitness, fits, size_of
from fastclip_desktop.gui.settings_window.page import words
from fastclip_desktop.gui.style import of_kind


class ModelRow(QFrame):
    """A model of the catalogue or of one's own.

    Signals:
        removal_wanted: the ``ModelLine`` that is to go; somebody asks first.
    """

    removal_wanted = Signal(object)

    def __init__(self, desk: ModelDesk, line: ModelLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.line = line
        self.name = of_kind(QLabel(line.name), "name")
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.badge = of_kind(QLabel(), "badge")
        self.about = words("", "muted")
        self.facts = of_kind(FactLines(), "caption")
        self.fit = words("")
        self.fault = words("", "fault")
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How much of {0} has come").format(line.name))
        self.get_button = self._button("", lambda: desk.fetch(line.name))
        self.pause_button = self._button(self.tr("Pause"), lambda: desk.pause(line.name))
        self.cancel_button = self._button(self.tr("Cancel"), lambda: desk.discard(line.name))
        self.use_button = self._button(self.tr("Use"), lambda: desk.choose(line.name))
        self.remove_button = self._button(self.tr("Remove"), lambda: self.removal_wanted.emit(self.line))
        self.pause_button.setToolTip(self.tr("What has come stays, and the rest comes later"))
        self.cancel_button.setToolTip(self.tr("Throw away what has come"))
        of_kind(self.cancel_button, "quiet")
        of_kind(self.remove_button, "quiet")
        head = QHBoxLayout()
        head.setSpacing(tokens.SMALL)
        head.addWidget(self.name)
        head.addWidget(self.badge)
        head.addStretch()
        left = QVBoxLayout()
        left.setSpacing(tokens.TIGHT)
        left.addLayout(head)
        for widget in (self.about, self.facts, self.fit, self.bar, self.fault):
            left.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(tokens.SMALL)
        row.addLayout(left, 1)
        for button in (
            self.get_button,
            self.pause_button,
            self.use_button,
            self.cancel_button,
            self.remove_button,
        ):
            row.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.MEDIUM)
        column.addWidget(of_kind(QFrame(), "divider"))
        column.addLayout(row)

    def show_line(self, line: ModelLine, facts: MachineFacts | None, *, is_asking: bool) -> None:
        """Say how it stands now."""
        self.line = line
        here = line.installed
        is_damaged = here is not None and here.state is ModelState.DAMAGED
        is_waiting = not line.is_coming and here is None and line.left > 0
        self.badge.setText(self._state())
        self.badge.setVisible(bool(self.badge.text()))
        self.about.setText(about_model(line.known) if line.known is not None else self.tr("Your own."))
        self.facts.show_facts(self._facts(is_asking=is_asking))
        self.facts.setVisible(bool(self.facts.whole))
        self._show_fit(facts)
        self.fault.setText(self._fault(is_damaged=is_damaged))
        self.fault.setVisible(bool(self.fault.text()))
        self._show_progress()
        self.get_button.setVisible(line.known is not None and not line.is_coming and (here is None or is_damaged))
        self.get_button.setText(self.tr("Go on") if is_waiting else self.tr("Get"))
        self.get_button.setAccessibleName(
            self.tr("Go on fetching {0}").format(line.name) if is_waiting else self.tr("Get {0}").format(line.name)
        )
        is_best = line.known is not None and line.known.recommended
        of_kind(self.get_button, "small main" if is_best else "")
        self.get_button.setMinimumWidth(_width_of(self.get_button))
        self.get_button.setEnabled(not isinstance(line.offer, str))
        self.pause_button.setVisible(line.is_coming)
        self.cancel_button.setVisible(line.is_coming or is_waiting)
        self.use_button.setVisible(here is not None and not is_damaged and not line.is_used)
        self.remove_button.setVisible(here is not None and not line.is_coming)

    def _state(self) -> str:
        line = self.line
        if line.is_coming:
            return self.tr("Coming")
        if line.is_used:
            return self.tr("In use")
        if line.installed is not None:
            return self.tr("Damaged") if line.installed.state is ModelState.DAMAGED else self.tr("Here")
        if line.left:
            return self.tr("Paused")
        return self.tr("Recommended") if line.known is not None and line.known.recommended else ""

    def _show_fit(self, facts: MachineFacts | None) -> None:
        known = self.line.known
        is_open = known is not None and facts is not None and self.line.installed is None and not self.line.is_coming
        self.fit.setVisible(is_open)
        if known is not None and facts is not None:
            self.fit.setText(fitness(known, facts))
            of_kind(self.fit, "caption" if fits(known, facts) else "fault")

    def _facts(self, *, is_asking: bool) -> list[str]:
        line = self.line
        if line.size is not None:
            told = [size_of(line.size), self._licence()]
        else:
            told = [self.tr("Asking how large it is …") if is_asking else ""]
        if line.left and line.size and line.installed is None:
            told[0] = self.tr("{0} of {1} are here").format(size_of(line.left), size_of(line.size))
        if line.installed is not None and line.installed.linked:
            told.append(self.tr("Lies in {0}").format(line.installed.folder))
        return told

    def _licence(self) -> str:
        line = self.line
        if not line.licence:
            return self.tr("Licence not stated")
        if isinstance(line.offer, ModelOffer) and line.installed is None:
            owner = line.offer.repository.partition("/")[0]
            return self.tr("Licence {0}, as published by {1}").format(line.licence, owner)
        return self.tr("Licence {0}").format(line.licence)

    def _fault(self, *, is_damaged: bool) -> str:
        line = self.line
        if line.fault is not None:
            return str(line.fault)
        if is_damaged:
            return self.tr("A file of it is missing or has another size. Get it again, or remove it.")
        return line.offer if isinstance(line.offer, str) and line.installed is None else ""

    def _show_progress(self) -> None:
        line = self.line
        self.bar.setVisible(line.is_coming or (line.left > 0 and line.installed is None))
        done, total, seconds = line.left, line.size or 0, None
        if line.progress is not None:
            done, total, seconds = line.progress.done, line.progress.total, line.progress.seconds_left
        self.bar.setValue(round(1000 * done / total) if total else 0)
        if line.is_coming and line.progress is not None:
            self.facts.show()
            told = [self.tr("{0} of {1}").format(size_of(done), size_of(total)), self._time_left(seconds)]
            self.facts.show_facts([each for each in told if each])
        elif line.is_coming:
            self.facts.show()
            self.facts.setText(self.tr("Beginning …"))

    def _time_left(self, seconds: float | None) -> str:
        if seconds is None:
            return ""
        if seconds >= 90:
            return self.tr("about {0} minutes left").format(round(seconds / 60))
        return self.tr("about {0} seconds left").format(max(1, round(seconds)))

    def _button(self, text: str, act: object) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(self.tr("{0}: {1}").format(self.line.name, text))
        button.clicked.connect(act)
        button.hide()
        return button


def _width_of(button: QPushButton) -> int:
    """As wide as it is in bold, so that all of them are alike whichever is recommended."""
    button.ensurePolished()
    font = QFont(button.font())
    font.setWeight(QFont.Weight.DemiBold)
    return QFontMetrics(font).horizontalAdvance(button.text()) + 2 * (tokens.MEDIUM + 1)
