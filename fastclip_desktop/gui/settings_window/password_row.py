"""The spending password: set, changed and removed, never shown."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.focus import holds_focus
from fastclip_desktop.gui.lane import Lane
from fastclip_desktop.gui.settings_window.page import words
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.settings.preferences import Preferences
from fastclip_desktop.settings.spending_password import LEAST, MOST, protect


class PasswordRow(QWidget):
    """A field that opens when the person wants to type a password.

    Attributes:
        state: whether there is one.
        change_button: opens the field.
        remove_button: does away with the password.
    """

    def __init__(self, choices: Choices, lane: Lane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._lane = lane
        self.state = words("")
        self.change_button = QPushButton()
        self.change_button.clicked.connect(self._unfold)
        self.remove_button = of_kind(QPushButton(self.tr("Remove")), "quiet")
        self.remove_button.setAccessibleName(self.tr("Remove the spending password"))
        self.remove_button.clicked.connect(lambda: choices.change(spending_password=""))
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setMaxLength(MOST)
        self.field.setAccessibleName(self.tr("New spending password"))
        self.field.setPlaceholderText(self.tr("at least {0} characters").format(LEAST))
        self.show_button = QPushButton(self.tr("Show"))
        self.show_button.setCheckable(True)
        self.show_button.setAccessibleName(self.tr("Show what is typed"))
        self.show_button.toggled.connect(self._reveal)
        self.set_button = of_kind(QPushButton(self.tr("Set")), "small main")
        self.set_button.setAccessibleName(self.tr("Set the spending password"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.field.textChanged.connect(self._judge)
        self.field.returnPressed.connect(self._set)
        self.set_button.clicked.connect(self._set)
        self.cancel_button.clicked.connect(self.fold)
        self.verdict: QLabel = words(
            self.tr(
                "Scripts have to send it as reload_password. After ten wrong tries in an hour, reloads rest until it "
                "is over."
            )
        )
        line = QHBoxLayout()
        line.setSpacing(tokens.SMALL)
        line.addWidget(self.field, 1)
        for button in (self.show_button, self.set_button, self.cancel_button):
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(line)
        column.addWidget(self.verdict)
        choices.changed.connect(self._show)
        self._show(choices.now)
        self._judge()
        self.hide()

    def fold(self) -> None:
        """Forget what was typed, and close the field."""
        had_focus = holds_focus(self)
        self.field.clear()
        self.show_button.setChecked(False)
        self.hide()
        if had_focus:
            self.change_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape closes the field and not the window."""
        if event.key() == Qt.Key.Key_Escape:
            self.fold()
            return
        super().keyPressEvent(event)

    @Slot(object)
    def _show(self, preferences: Preferences) -> None:
        is_set = bool(preferences.spending_password)
        self.state.setText(
            self.tr("Set: a reload without it is refused.")
            if is_set
            else self.tr("None: whoever has a full key may ask.")
        )
        self.change_button.setText(self.tr("Change …") if is_set else self.tr("Set …"))
        self.change_button.setAccessibleName(
            self.tr("Change the spending password") if is_set else self.tr("Set a spending password")
        )
        self.remove_button.setVisible(is_set)

    @Slot()
    def _unfold(self) -> None:
        self.show()
        self.field.setFocus()

    @Slot(bool)
    def _reveal(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    @Slot()
    def _judge(self) -> None:
        self.set_button.setEnabled(len(self.field.text()) >= LEAST)

    @Slot()
    def _set(self) -> None:
        if not self.set_button.isEnabled():
            return
        password = self.field.text()
        self.fold()
        self.change_button.setFocus()
        # What makes guessing slow takes a moment here too.
        self._lane.do(
            self, lambda: protect(password), lambda protected: self._choices.change(spending_password=protected)
        )
