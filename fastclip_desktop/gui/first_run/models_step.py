"""What this machine can do, and which models would help it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.first_run.step import Step
from fastclip_desktop.gui.model_desk import ModelDesk, ModelLine
from fastclip_desktop.gui.model_words import name_of_kind, size_of
from fastclip_desktop.gui.settings_window.model_row import ModelRow
from fastclip_desktop.gui.settings_window.page import words
from fastclip_desktop.gui.style import of_kind

_KINDS = (ModelKind.SPEECH, ModelKind.EMBEDDING, ModelKind.TEXT)
"""Those that finding moments gets better by."""


class ModelsStep(Step):
    """The recommended model of each kind, with its size and licence; none comes before it is asked for.

    Signals:
        all_wanted: the person wants to see the others as well.
        grown: it may be taller or shorter than before.

    Attributes:
        rows: by the names of their models.
    """

    all_wanted = Signal()
    grown = Signal()

    def __init__(self, desk: ModelDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.say(
            self.tr("What this machine can do"),
            self.tr(
                "Cutting by hand needs nothing more. These models make finding moments better; they come only when you "
                "press Get, and go on coming while you work."
            ),
        )
        self._desk = desk
        self.facts = words(self.tr("Looking …"))
        self.all_button = of_kind(QPushButton(self.tr("All models …")), "quiet")
        self.all_button.clicked.connect(self.all_wanted)
        head = QHBoxLayout()
        head.addWidget(self.facts, 1)
        head.addWidget(self.all_button)
        self.column.addLayout(head)
        self.unknown = words(
            self.tr(
                "How large they are is not known now, for the hub cannot be reached. You can go on, and get models "
                "later in the settings."
            )
        )
        self.unknown.hide()
        self.column.addWidget(self.unknown)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(tokens.SMALL)
        self.column.addLayout(self._rows)
        self.column.addStretch()
        self.rows: dict[str, ModelRow] = {}
        desk.changed.connect(self._show)
        desk.advanced.connect(self._show_one)
        self._show()

    def enter(self) -> None:
        """Look what is here, and ask the hub for sizes and licences; that it is asked is all that it learns."""
        self._desk.refresh()
        self._desk.ask_hub()

    @Slot()
    def _show(self) -> None:
        shelf = self._desk.shelf
        if shelf is not None and shelf.facts is not None:
            facts = shelf.facts
            told = [self.tr("%n core(s)", "", facts.cores), self.tr("{0} of memory").format(size_of(facts.memory))]
            told.append(self.tr("a graphics card") if facts.has_graphics else self.tr("no graphics card in use"))
            self.facts.setText(" · ".join(told))
        for line in self._desk.lines:
            if line.known is not None and line.known.recommended and line.kind in _KINDS:
                self._show_line(line)
        self.unknown.setVisible(self._desk.hub_fault is not None)
        self.grown.emit()

    @Slot(str)
    def _show_one(self, name: str) -> None:
        for line in self._desk.lines:
            if line.name == name and name in self.rows:
                self._show_line(line)

    def _show_line(self, line: ModelLine) -> None:
        if line.name not in self.rows:
            row = ModelRow(self._desk, line)
            row.remove_button.setEnabled(False)
            heading: QLabel = of_kind(QLabel(name_of_kind(line.kind)), "lead")
            if self.rows:
                self._rows.addSpacing(tokens.SMALL)
            self._rows.addWidget(heading)
            self._rows.addWidget(row)
            self.rows[line.name] = row
        shelf = self._desk.shelf
        row = self.rows[line.name]
        row.show_line(line, shelf.facts if shelf is not None else None, is_asking=self._desk.is_asking_hub)
        row.remove_button.hide()  # the settings ask before they do it
