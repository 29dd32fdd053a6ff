"""The form for a new key, and the one moment in which a key is shown."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from fastclip_desktop.domain.api_key import Scope
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.money import Money
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.money_edit import MoneyEdit
from fastclip_desktop.gui.notice import Notice
from fastclip_desktop.gui.segments import Segments
from fastclip_desktop.gui.settings_window.page import Section, words
from fastclip_desktop.gui.style import of_kind

_DAY = 24 * 3600.0
_SCOPES = (Scope.ALL, Scope.CLIPS)


@dataclass(frozen=True, slots=True)
class KeyWish:
    """The key that a person wants.

    Attributes:
        name: what they call it.
        scope: what it opens.
        budget: what it may spend in all; ``None`` for as much as there is.
        lifetime: seconds; ``None`` for ever.
    """

    name: str
    scope: Scope
    budget: Money | None
    lifetime: float | None


class NewKeyForm(Section):
    """Name, what it opens, budget, expiry.

    Signals:
        wanted: the ``KeyWish``.
        closed: the person thought better of it.
    """

    wanted = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.set_name(self.tr("New key"))
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("my-script"))
        self.name.setMinimumWidth(220)
        self.name.setMaxLength(100)
        self.name.textChanged.connect(self._judge)
        self.scope = Segments(
            self.tr("What it opens"),
            (
                (self.tr("Everything"), self.tr("Clips, jobs, the balance, storage and webhooks")),
                (self.tr("Clips only"), self.tr("Makes clips and sees its own jobs; opens nothing else")),
            ),
        )
        self.scope.setMinimumWidth(220)
        self.budget = MoneyEdit(self.tr("Budget"))
        self.budget.setPlaceholderText(self.tr("no limit"))
        self.budget.textChanged.connect(self._judge)
        self.expires = QComboBox()
        for text, days in (
            (self.tr("Never"), None),
            (self.tr("In a day"), 1),
            (self.tr("In a week"), 7),
            (self.tr("In 30 days"), 30),
            (self.tr("In 90 days"), 90),
            (self.tr("In a year"), 365),
        ):
            self.expires.addItem(text, days)
        self.expires.setMinimumWidth(140)
        self.add_row(self.tr("Name"), self.name, explanation=self.tr("So that you know it again."))
        self.add_row(self.tr("What it opens"), self.scope)
        self.add_row(
            self.tr("Budget"),
            self.budget,
            explanation=self.tr("What it may spend in all, in dollars. Under the local policy nothing costs anything."),
        )
        self.verdict = words("", "fault")
        self.add(self.verdict)
        self.add_row(self.tr("Expires"), self.expires)
        self.notice = Notice()
        self.add(self.notice)
        self.make_button = of_kind(QPushButton(self.tr("Make the key")), "small main")
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.make_button.clicked.connect(self._submit)
        self.name.returnPressed.connect(self._submit)
        self.budget.returnPressed.connect(self._submit)
        self.cancel_button.clicked.connect(self.closed)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SMALL)
        row.addWidget(self.make_button)
        row.addWidget(self.cancel_button)
        row.addStretch()
        self.add(buttons)
        self._judge()

    def begin(self) -> None:
        """Start with an empty form."""
        self.name.clear()
        self.budget.clear()
        self.scope.take(0)
        self.expires.setCurrentIndex(0)
        self.notice.clear()
        self.show()
        self.name.setFocus()
        self._judge()

    def refuse(self, error: FastClipError) -> None:
        """Say why there is no such key."""
        self.notice.show_error(error)
        self._judge()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape closes the form and not the window."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    @Slot()
    def _judge(self) -> None:
        is_named = bool(self.name.text().strip())
        self.verdict.setText("" if self.budget.is_valid else self.tr("The budget is no amount, such as 12.50."))
        self.verdict.setVisible(not self.budget.is_valid)
        self.make_button.setEnabled(is_named and self.budget.is_valid)
        self.make_button.setToolTip("" if is_named else self.tr("Give it a name first"))

    @Slot()
    def _submit(self) -> None:
        if not self.make_button.isEnabled():
            return
        self.make_button.setEnabled(False)  # once is enough; the answer closes the form or opens it again
        self.notice.clear()
        days: int | None = self.expires.currentData()
        lifetime = None if days is None else days * _DAY
        self.wanted.emit(KeyWish(self.name.text().strip(), _SCOPES[self.scope.index], self.budget.amount, lifetime))


class ShownKey(QFrame):
    """A new key, this once.

    Signals:
        closed: the person has it.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "answer")
        self.message = words("", "name")
        meaning = words(self.tr("Copy it now: it is not shown again. Only its fingerprint is kept."), "note")
        self.field = of_kind(QLineEdit(), "secret")
        self.field.setReadOnly(True)
        self.field.setAccessibleName(self.tr("The new key"))
        self.copy_button = of_kind(QPushButton(self.tr("Copy")), "small main")
        self.copy_button.setAccessibleName(self.tr("Copy the new key"))
        self.copy_button.clicked.connect(self._copy)
        self.done_button = QPushButton(self.tr("Done"))
        self.done_button.clicked.connect(self._put_away)
        row = QHBoxLayout()
        row.setSpacing(tokens.SMALL)
        row.addWidget(self.field, 1)
        row.addWidget(self.copy_button)
        row.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.MEDIUM, tokens.SMALL, tokens.MEDIUM, tokens.MEDIUM)
        column.setSpacing(tokens.TIGHT)
        column.addWidget(self.message)
        column.addWidget(meaning)
        column.addSpacing(tokens.TIGHT)
        column.addLayout(row)

    def show_key(self, name: str, secret: str) -> None:
        """Show it."""
        self.message.setText(self.tr("This is the key “{0}”.").format(name))
        self.field.setText(secret)
        self.field.setCursorPosition(0)
        self.copy_button.setText(self.tr("Copy"))
        self.show()
        self.copy_button.setFocus()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.field.text())
        self.copy_button.setText(self.tr("Copied"))

    def forget(self) -> None:
        """Show it no more."""
        self.field.clear()
        self.hide()

    @Slot()
    def _put_away(self) -> None:
        self.forget()
        self.closed.emit()
