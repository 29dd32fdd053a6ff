"""The keys of scripts: made here, shown once, taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fastclip_desktop.domain.api_key import ApiKey
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.money import Money
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.gui.focus import holds_focus
from fastclip_desktop.gui.notice import Notice
from fastclip_desktop.gui.settings_window.key_row import KeyRow, KnownKey
from fastclip_desktop.gui.settings_window.new_key import KeyWish, NewKeyForm, ShownKey
from fastclip_desktop.gui.settings_window.page import Page, words
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import Palette


class KeysPage(Page):
    """Every key there ever was, those that open something first, and a form for another."""

    def __init__(self, bridge: EngineBridge, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._choices = choices
        self.add(
            words(
                self.tr(
                    "A script shows its key with every request. Give each its own, so that you can take back one alone."
                ),
                "muted",
            )
        )
        self.notice = Notice()
        self.add(self.notice)
        self.new_button = of_kind(QPushButton(self.tr("New key …")), "small main")
        self.new_button.clicked.connect(self._open_form)
        self.add(_left(self.new_button))
        self.form = NewKeyForm()
        self.form.wanted.connect(self._make)
        self.form.closed.connect(self._close_form)
        self.form.hide()
        self.add(self.form)
        self.shown = ShownKey()
        self.shown.closed.connect(self.new_button.setFocus)
        self.shown.hide()
        self.add(self.shown)
        self._known: tuple[KnownKey, ...] | None = None
        self.rows: list[KeyRow] = []
        self._list = QWidget()
        self._list.setAccessibleName(self.tr("Keys"))
        self._rows_column = QVBoxLayout(self._list)
        self._rows_column.setContentsMargins(0, 0, 0, 0)
        self._rows_column.setSpacing(tokens.SMALL)
        self.add(self._list)
        self.empty = words(self.tr("Looking for keys …"), "muted")
        self.add(self.empty)
        self.keep_looking()

    def refresh(self) -> None:
        """Look again which keys there are, and when they were used."""
        self._bridge.ask(self, _look, self._show, self._tell)

    def leave(self) -> None:
        """A new key is shown this once."""
        self.shown.forget()

    def wear(self, palette: Palette) -> None:
        """Repaint the crosses of the notices."""
        self.notice.wear(palette)
        self.form.notice.wear(palette)

    def _open_form(self) -> None:
        self.shown.forget()
        self.new_button.setEnabled(False)
        self.form.begin()

    def _close_form(self) -> None:
        self.form.hide()
        self.new_button.setEnabled(True)
        self.new_button.setFocus()

    @Slot(object)
    def _make(self, wish: KeyWish) -> None:
        policy = self._choices.now.policy
        self._bridge.ask(
            self,
            lambda engine: engine.keys.create(
                wish.name,
                scope=wish.scope,
                budget=wish.budget,
                expires=None if wish.lifetime is None else engine.clock.now() + wish.lifetime,
                policy=policy,
            ),
            self._show_new,
            self.form.refuse,
        )

    def _show_new(self, made: tuple[ApiKey, str]) -> None:
        key, secret = made
        self._close_form()
        self.shown.show_key(key.name, secret)
        self.ensureWidgetVisible(self.shown)
        self.refresh()

    def _revoke(self, key: ApiKey) -> None:
        self._bridge.ask(self, lambda engine: engine.keys.revoke(key.id), failed=self._tell)
        self.refresh()

    def _show(self, known: tuple[KnownKey, ...]) -> None:
        self.notice.clear()
        self.empty.setText(self.tr("There are no keys yet."))
        self.empty.setVisible(not known)
        if known == self._known:
            return
        self._known = known
        focused = next((row.key.id for row in self.rows if holds_focus(row)), "")
        asked = {row.key.id for row in self.rows if row.question.isVisible()}
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [KeyRow(each) for each in sorted(known, key=lambda each: not each.is_live)]
        for row in self.rows:
            row.revoked.connect(self._revoke)
            self._rows_column.addWidget(row)
            if row.key.id in asked and row.known.is_live:
                row.ask()
            if row.key.id == focused:
                row.take_focus()

    def _tell(self, error: FastClipError) -> None:
        self.empty.hide()
        self.notice.show_error(error)


def _look(engine: EnginePort) -> tuple[KnownKey, ...]:
    now = engine.clock.latest()
    return tuple(
        KnownKey(key, key.is_live(now), Money(0) if key.budget is None else engine.accounts.spent_by(key.id))
        for key in engine.keys.all()
    )


def _left(widget: QWidget) -> QWidget:
    """A widget at the left of its line, no wider than it has to be."""
    line = QWidget()
    column = QVBoxLayout(line)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(widget)
    column.setAlignment(widget, Qt.AlignmentFlag.AlignLeft)
    return line
