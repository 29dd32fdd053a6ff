"""The cards that a person names, and a line to name another."""

from __future__ import annotations

import secrets
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from fastclip_desktop.domain.card import Card
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.settings.preferences import Preferences

_YEARS = 12


class Cards(QWidget):
    """What scripts see, each with a way to remove it."""

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self.lines: list[QWidget] = []
        self.remove_buttons: list[QPushButton] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(tokens.TIGHT)
        self.none = of_kind(QLabel(self.tr("No card is named.")), "muted")
        self.brand = QLineEdit()
        self.brand.setPlaceholderText(self.tr("visa"))
        self.brand.setMaxLength(40)
        self.brand.setAccessibleName(self.tr("Name of the card"))
        self.last4 = QLineEdit()
        self.last4.setPlaceholderText("4242")
        self.last4.setMaxLength(4)
        self.last4.setFixedWidth(72)
        self.last4.setValidator(QRegularExpressionValidator("[0-9]{0,4}", self))
        self.last4.setAccessibleName(self.tr("Last four digits"))
        self.month = QComboBox()
        self.month.setAccessibleName(self.tr("Month in which it expires"))
        for month in range(1, 13):
            self.month.addItem(f"{month:02d}", month)
        self.year = QComboBox()
        self.year.setAccessibleName(self.tr("Year in which it expires"))
        this_year = date.today().year  # noqa: DTZ011 - the person's own calendar
        for year in range(this_year, this_year + _YEARS):
            self.year.addItem(str(year), year)
        for box in (self.month, self.year):
            box.setFixedWidth(84)
        self.month.setCurrentIndex(11)
        self.year.setCurrentIndex(1)
        self.add_button = QPushButton(self.tr("Add the card"))
        self.add_button.clicked.connect(self._add)
        for field in (self.brand, self.last4):
            field.textChanged.connect(self._judge)
            field.returnPressed.connect(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.MEDIUM)
        column.addWidget(self.none)
        column.addLayout(self._list)
        column.addLayout(self._form())
        choices.changed.connect(self._show)
        self._shown: tuple[Card, ...] = ()
        self._show(choices.now)
        self._judge()

    def _form(self) -> QVBoxLayout:
        names, dates = QHBoxLayout(), QHBoxLayout()
        names.addWidget(self.brand, 1)
        names.addWidget(of_kind(QLabel(self.tr("last four digits")), "muted"))
        names.addWidget(self.last4)
        dates.addWidget(of_kind(QLabel(self.tr("expires")), "muted"))
        dates.addWidget(self.month)
        dates.addWidget(self.year)
        dates.addStretch()
        dates.addWidget(self.add_button)
        form = QVBoxLayout()
        for line in (form, names, dates):
            line.setSpacing(tokens.SMALL)
        form.addLayout(names)
        form.addLayout(dates)
        return form

    @Slot(object)
    def _show(self, preferences: Preferences) -> None:
        self.none.setVisible(not preferences.cards)
        if preferences.cards == self._shown:
            return
        self._shown = preferences.cards
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines, self.remove_buttons = [], []
        for card in preferences.cards:
            self._list.addWidget(self._line(card))

    def _line(self, card: Card) -> QWidget:
        line = QWidget()
        text = self.tr("{0} •••• {1}, expires {2}").format(
            card.brand, card.last4, f"{card.exp_month:02d}/{card.exp_year}"
        )
        button = of_kind(QPushButton(self.tr("Remove")), "quiet")
        button.setAccessibleName(self.tr("Remove {0} {1}").format(card.brand, card.last4))
        button.clicked.connect(lambda: self._remove(card))
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(ElidedLabel(text), 1)
        row.addWidget(button)
        self.lines.append(line)
        self.remove_buttons.append(button)
        return line

    @Slot()
    def _judge(self) -> None:
        self.add_button.setEnabled(bool(self.brand.text().strip()) and len(self.last4.text()) == 4)

    @Slot()
    def _add(self) -> None:
        if not self.add_button.isEnabled():
            return
        try:
            card = Card(
                f"card_{secrets.token_hex(8)}",
                self.brand.text().strip(),
                self.last4.text(),
                self.month.currentData(),
                self.year.currentData(),
            )
        except ValueError:  # a name that cannot be printed
            self.brand.clear()
            return
        self.brand.clear()
        self.last4.clear()
        self._choices.change(cards=(*self._choices.now.cards, card))

    def _remove(self, card: Card) -> None:
        self._choices.change(cards=tuple(each for each in self._choices.now.cards if each != card))
        self.brand.setFocus()
