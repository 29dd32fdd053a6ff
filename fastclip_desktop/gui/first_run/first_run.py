"""Three short steps in the place of the start page; each can be passed over, and they never come again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.first_run.models_step import ModelsStep
from fastclip_desktop.gui.first_run.place_step import PlaceStep
from fastclip_desktop.gui.first_run.step import Step
from fastclip_desktop.gui.first_run.try_step import TryStep
from fastclip_desktop.gui.icons import icon
from fastclip_desktop.gui.model_desk import ModelDesk
from fastclip_desktop.gui.steady_scroll import SteadyScroll
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import Palette

_WIDEST, _NARROWEST, _LOWEST = 640, 320, 120


class _Pages(SteadyScroll):
    """The steps, as tall as the one that is shown as long as there is room for it.

    It reaches to the edge of the card, and its bar lies in the card's margin.
    """

    def __init__(self, first: Step) -> None:
        super().__init__(tokens.WIDE)
        self._step = first
        self.setWidget(first)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def turn_to(self, step: Step, owner: QWidget) -> None:
        """Show a step; the one that was shown belongs to the owner again."""
        before = self.takeWidget()
        before.setParent(owner)
        before.hide()
        self._step = step
        self.setWidget(step)
        step.show()
        self.verticalScrollBar().setValue(0)
        self.updateGeometry()

    def fit(self) -> None:
        """The step that is shown has become taller or shorter."""
        self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the step when its layout is another, which is only told of after its texts are."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """All of the step, at the width that there is."""
        return QSize(_WIDEST, self._step.heightForWidth(max(self.width() - tokens.WIDE, _NARROWEST)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A few lines; the rest can be scrolled to."""
        return QSize(_NARROWEST, min(_LOWEST, self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width makes it taller or shorter."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()


class FirstRun(QWidget):
    """A card with one step at a time.

    Signals:
        sample_wanted: the words to look for in the sample talk, which is to be opened.
        models_wanted: the person wants to see all models.
        ended: the steps are over, however.

    Attributes:
        steps: all three.
    """

    sample_wanted = Signal(str)
    models_wanted = Signal()
    ended = Signal()

    def __init__(self, choices: Choices, models: ModelDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        models_step = ModelsStep(models)
        try_step = TryStep()
        self.steps: tuple[Step, ...] = (PlaceStep(choices), models_step, try_step)
        models_step.all_wanted.connect(self.models_wanted)
        try_step.sample_wanted.connect(self._try_sample)
        for step in self.steps[1:]:
            step.setParent(self)
            step.hide()
        self._pages = _Pages(self.steps[0])
        self._index = 0
        models_step.grown.connect(self._pages.fit)
        self.count = of_kind(QLabel(), "badge")
        self.close_button = QToolButton()
        self.close_button.setToolTip(self.tr("Skip all steps (Esc)"))
        self.close_button.setAccessibleName(self.tr("Skip all steps"))
        self.close_button.clicked.connect(self.end)
        self.back_button = QPushButton(self.tr("Back"))
        self.back_button.clicked.connect(lambda: self.turn_to(self.index - 1))
        self.skip_button = of_kind(QPushButton(self.tr("Skip")), "quiet")
        self.skip_button.clicked.connect(self._skip)
        self.next_button = of_kind(QPushButton(), "small main")
        self.next_button.clicked.connect(self._next)
        self._lay_out()
        self.turn_to(0)

    @property
    def index(self) -> int:
        """The step that is shown, from 0."""
        return self._index

    def turn_to(self, index: int) -> None:
        """Show a step."""
        step = self.steps[index]
        if index != self._index:
            self._pages.turn_to(step, self)
            self._index = index
        step.enter()
        of = len(self.steps)
        self.count.setText(self.tr("{0} of {1}").format(index + 1, of))
        self.count.setAccessibleName(self.tr("Step {0} of {1}").format(index + 1, of))
        is_last = index == of - 1
        self.back_button.setVisible(index > 0)
        self.skip_button.setVisible(not is_last)
        self.next_button.setText(self.tr("Start") if is_last else self.tr("Next"))
        of_kind(self.next_button, "" if is_last else "small main")  # the last step has a main button of its own
        self.setAccessibleName(step.title.text())
        self.next_button.setFocus()

    @Slot()
    def end(self) -> None:
        """Be done with them."""
        self.ended.emit()

    def wear(self, palette: Palette) -> None:
        """Repaint the icons."""
        self.close_button.setIcon(icon("close", palette.muted, 14))
        for step in self.steps:
            step.wear(palette)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape skips all."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        card = of_kind(QFrame(), "card")
        card.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(card)
        column.setContentsMargins(0, tokens.LARGE, 0, tokens.LARGE)
        column.setSpacing(tokens.MEDIUM)
        column.addLayout(_row([self.count], [self.close_button]))
        pages = QHBoxLayout()
        pages.addSpacing(tokens.WIDE)
        pages.addWidget(self._pages)
        column.addLayout(pages)
        column.addLayout(_row([self.back_button], [self.skip_button, self.next_button]))
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        middle = QVBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        around = QHBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addStretch(1)
        around.addLayout(middle, 100)
        around.addStretch(1)

    @Slot()
    def _next(self) -> None:
        self.steps[self.index].take()
        self._on()

    @Slot()
    def _skip(self) -> None:
        self._on()

    def _on(self) -> None:
        if self.index + 1 < len(self.steps):
            self.turn_to(self.index + 1)
        else:
            self.end()

    @Slot(str)
    def _try_sample(self, words: str) -> None:
        self.sample_wanted.emit(words)
        self.end()


def _row(leading: Sequence[QWidget], trailing: Sequence[QWidget]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(tokens.WIDE, 0, tokens.WIDE, 0)
    row.setSpacing(tokens.SMALL)
    for widget in leading:
        row.addWidget(widget)
    row.addStretch()
    for widget in trailing:
        row.addWidget(widget)
    return row
