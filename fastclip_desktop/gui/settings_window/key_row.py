"""One key: what it opens, when it was used, and the way to take it back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fastclip_desktop.domain.api_key import ApiKey, Scope
from fastclip_desktop.domain.money import Money
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.moments import when
from fastclip_desktop.gui.settings_window.page import words
from fastclip_desktop.gui.settings_window.question import Question
from fastclip_desktop.gui.style import of_kind


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A key as it stands.

    Attributes:
        key: itself.
        is_live: whether it opens anything now.
        spent: of its budget, if it has one.
    """

    key: ApiKey
    is_live: bool
    spent: Money


class KeyRow(QFrame):
    """A card with a key on it.

    Signals:
        revoked: the ``ApiKey`` that the person takes back, and was asked whether they are sure.
    """

    revoked = Signal(object)

    def __init__(self, known: KnownKey, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "card")
        self.known = known
        self.key = known.key
        self.setAccessibleName(self.key.name)
        self.name = of_kind(ElidedLabel(self.key.name), "name" if known.is_live else "muted")
        self.state = of_kind(QLabel(self._state()), "badge")
        self.state.setVisible(not known.is_live)
        self.limits = words(self._limits(), "note")
        self.dates = words(self._dates(), "caption")
        self.revoke_button = of_kind(QPushButton(self.tr("Revoke …")), "danger")
        self.revoke_button.setAccessibleName(self.tr("Revoke {0}").format(self.key.name))
        self.revoke_button.clicked.connect(self.ask)
        self.revoke_button.setVisible(known.is_live)
        self.question = Question()
        self.question.answered.connect(self._decide)
        head = QHBoxLayout()
        head.setSpacing(tokens.SMALL)
        head.addWidget(self.name, 1)
        head.addWidget(self.state)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addLayout(head)
        left.addWidget(self.limits)
        left.addWidget(self.dates)
        row = QHBoxLayout()
        row.setSpacing(tokens.MEDIUM)
        row.addLayout(left, 1)
        row.addWidget(self.revoke_button, alignment=Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.LARGE, tokens.MEDIUM, tokens.MEDIUM, tokens.MEDIUM)
        column.setSpacing(tokens.SMALL)
        column.addLayout(row)
        column.addWidget(self.question)

    def ask(self) -> None:
        """Ask whether the key is to be taken back."""
        self.revoke_button.setEnabled(False)
        self.question.ask(
            self.tr("Revoke “{0}”?").format(self.key.name),
            self.tr("Whoever shows it is turned away from now on. It cannot be given back."),
            yes=self.tr("Revoke"),
            no=self.tr("Keep it"),
        )

    def take_focus(self) -> None:
        """Have the keyboard where it was when this row took another's place."""
        (self.question.no_button if self.question.isVisibleTo(self) else self.revoke_button).setFocus()

    def _decide(self, _: object, agreed: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.revoke_button.setEnabled(not agreed)
        if agreed:
            self.revoked.emit(self.key)
        else:
            self.revoke_button.setFocus()

    def _state(self) -> str:
        return self.tr("Revoked") if self.key.revoked is not None else self.tr("Expired")

    def _limits(self) -> str:
        key = self.key
        facts = [self.tr("Opens everything") if key.scope is Scope.ALL else self.tr("Opens clips and their jobs only")]
        if key.budget is not None:
            facts.append(self.tr("{0} of {1} spent").format(self.known.spent, key.budget))
        if key.expires is not None and key.revoked is None:
            text = self.tr("until {0}") if self.known.is_live else self.tr("expired {0}")
            facts.append(text.format(when(key.expires)))
        return " · ".join(facts)

    def _dates(self) -> str:
        key = self.key
        facts = [self.tr("Made {0}").format(when(key.created))]
        facts.append(self.tr("never used") if key.used is None else self.tr("last used {0}").format(when(key.used)))
        if key.revoked is not None:
            facts.append(self.tr("revoked {0}").format(when(key.revoked)))
        return " · ".join(facts)
