"""What scripts ask the person to agree to, as notices that stay until they are answered."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.focus import holds_focus
from fastclip_desktop.gui.moments import when
from fastclip_desktop.gui.reload_desk import ReloadDesk, WaitingReload
from fastclip_desktop.gui.style import of_kind


class Approvals(QWidget):
    """A notice for each reload that waits; hidden while none does.

    Args:
        desk: knows what waits.
        most: how many are shown at once; further ones are counted, and come up when these are answered.
    """

    def __init__(self, desk: ReloadDesk, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self._desk = desk
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.SMALL)
        self.notices: list[Approval] = []
        self.further = of_kind(QLabel(), "caption")
        self._column.addWidget(self.further)
        desk.changed.connect(self._show)
        desk.failed.connect(self._offer_again)
        self._show(desk.waiting)

    @Slot(object)
    def _show(self, waiting: tuple[WaitingReload, ...]) -> None:
        shown = waiting[: self._most]
        kept = [notice for notice in self.notices if notice.reload in shown]
        had_focus = any(holds_focus(notice) for notice in self.notices)
        for notice in self.notices:
            if notice not in kept:
                notice.hide()
                notice.deleteLater()
        known = [notice.reload for notice in kept]
        for reload in shown:
            if reload not in known:
                notice = Approval(reload, self._desk)
                self._column.insertWidget(self._column.count() - 1, notice)
                kept.append(notice)
        self.notices = kept
        further = len(waiting) - len(shown)
        self.further.setText(self.tr("Further reloads that wait: {0}").format(further))
        self.further.setVisible(further > 0)
        self.setVisible(bool(kept))
        if had_focus and kept:
            kept[0].refuse_button.setFocus()

    @Slot()
    def _offer_again(self) -> None:
        for notice in self.notices:
            notice.offer()


class Approval(QFrame):
    """Who asks for how much, and the two answers."""

    def __init__(self, reload: WaitingReload, desk: ReloadDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "answer")
        self.reload = reload
        sentence = self.tr("The script with the key “{0}” asks for {1} more to spend.").format(
            reload.key_name, reload.amount
        )
        self.setAccessibleName(sentence)
        self.message = of_kind(QLabel(sentence), "name")
        meaning = of_kind(
            QLabel(
                self.tr("Asked {0}. It was told to wait, and sees the answer in its balance. No money moves.").format(
                    when(reload.asked)
                )
            ),
            "note",
        )
        for label in (self.message, meaning):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)  # the name of a key is anybody's text
        self.approve_button = of_kind(QPushButton(self.tr("Approve")), "small main")
        self.approve_button.setAccessibleName(self.tr("Approve {0} for {1}").format(reload.amount, reload.key_name))
        self.refuse_button = QPushButton(self.tr("Refuse"))
        self.refuse_button.setAccessibleName(self.tr("Refuse {0} for {1}").format(reload.amount, reload.key_name))
        self.approve_button.clicked.connect(lambda: self._answer(desk, agreed=True))
        self.refuse_button.clicked.connect(lambda: self._answer(desk, agreed=False))
        words = QVBoxLayout()
        words.setSpacing(tokens.TIGHT)
        words.addWidget(self.message)
        words.addWidget(meaning)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.MEDIUM, tokens.SMALL, tokens.MEDIUM, tokens.SMALL)
        row.setSpacing(tokens.SMALL)
        row.addLayout(words, 1)
        row.addWidget(self.refuse_button, alignment=Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.approve_button, alignment=Qt.AlignmentFlag.AlignVCenter)

    def offer(self) -> None:
        """Let the person answer, perhaps again."""
        for button in (self.approve_button, self.refuse_button):
            button.setEnabled(True)

    def _answer(self, desk: ReloadDesk, *, agreed: bool) -> None:
        for button in (self.approve_button, self.refuse_button):
            button.setEnabled(False)
        desk.answer(self.reload.id, agreed=agreed)
