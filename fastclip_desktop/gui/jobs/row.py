"""One thing that is being done, waits or has ended, with what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.engine_words import fault_words
from fastclip_desktop.gui.finding.lengths import under_way
from fastclip_desktop.gui.jobs.groups import JobGroup, Standing
from fastclip_desktop.gui.jobs.mending import Mend, mend_of
from fastclip_desktop.gui.jobs.words import JobWords, clock
from fastclip_desktop.gui.moments import when
from fastclip_desktop.gui.style import of_kind


class Act(Enum):
    """What a person wants of a group of jobs."""

    PAUSE = auto()
    RESUME = auto()
    HASTEN = auto()
    CANCEL = auto()
    MEND = auto()
    RETRY = auto()
    OPEN = auto()
    REVEAL = auto()


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of a group besides its jobs.

    Attributes:
        left: seconds until all is done; ``None`` where nobody knows.
        speed: seconds of source for each second of work, likewise.
        waits_behind: others have their turn first.
    """

    left: float | None = None
    speed: float | None = None
    waits_behind: bool = False


class JobRow(QFrame):
    """A group of jobs.

    Signals:
        wanted: an :class:`Act`, and the group's id.
    """

    wanted = Signal(object, str)

    def __init__(self, words: JobWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "cut")
        self.group: JobGroup | None = None
        self._words = words
        self.title = of_kind(ElidedLabel(), "name")
        self.badge = of_kind(QLabel(self.tr("API")), "badge")
        self.badge.setToolTip(self.tr("A script asked for it"))
        self.standing = _wrapped(QLabel())
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.figures = of_kind(_wrapped(QLabel()), "caption")
        self.fault = of_kind(_wrapped(QLabel()), "note")
        self.buttons = {
            Act.PAUSE: QPushButton(self.tr("Pause")),
            Act.RESUME: QPushButton(self.tr("Go on")),
            Act.HASTEN: QPushButton(self.tr("Do it next")),
            Act.CANCEL: QPushButton(self.tr("Cancel")),
            Act.MEND: of_kind(QPushButton(), "small main"),
            Act.RETRY: QPushButton(self.tr("Try again")),
            Act.OPEN: QPushButton(self.tr("Open")),
            Act.REVEAL: QPushButton(self.tr("Show in folder")),
        }
        for act, button in self.buttons.items():
            button.clicked.connect(lambda _=False, act=act: self._want(act))
        self._lay_out()

    def show_group(self, group: JobGroup, figures: Figures) -> None:
        """Show it as it stands."""
        self.group = group
        title = self._words.title(group)
        self.title.set_whole(title)
        self.setAccessibleName(title)
        self.badge.setVisible(group.by_script)
        standing = self._words.standing(group)
        self.standing.setText(standing)
        self.setAccessibleDescription(standing)
        self.progress.setVisible(group.is_open and (group.standing is Standing.RUNNING or group.fraction > 0))
        self.progress.setAccessibleName(self.tr("Progress of {0}").format(title))
        self.progress.setValue(max(self.progress.value(), round(group.fraction * 1000)))
        self.figures.setText(" · ".join(filter(None, self._figures(group, figures))))
        self.figures.setVisible(bool(self.figures.text()))
        self._show_fault(group)
        self._offer(group, figures, title)

    def _figures(self, group: JobGroup, figures: Figures) -> list[str]:
        speed = self._words.speed(figures.speed)
        if group.is_open:
            percent = under_way(self.progress.value() / 1000) if group.fraction else ""
            return [percent, self._words.left(figures.left), speed]
        began = min(job.created for job in group.jobs)
        took = group.ended - began
        lasted = self.tr("{0} from start to end").format(clock(took)) if began and took >= 1 else ""
        return [when(group.ended) if group.ended else "", lasted, speed]

    def _show_fault(self, group: JobGroup) -> None:
        error = group.error
        self.fault.setVisible(error is not None)
        if error is not None:
            self.fault.setText(" ".join(filter(None, fault_words(error))))

    def _offer(self, group: JobGroup, figures: Figures, title: str) -> None:
        """Show the buttons that do something now."""
        standing = group.standing
        mend = mend_of(group.error) if group.error is not None else None
        own = not group.by_script
        # A search is begun anew where its answer is shown.
        again = own and group.makes_clips and not group.is_open and standing is not Standing.COMPLETE
        shown = {
            Act.PAUSE: standing in (Standing.RUNNING, Standing.WAITING),
            Act.RESUME: standing is Standing.PAUSED,
            Act.HASTEN: standing is Standing.WAITING and figures.waits_behind,
            Act.CANCEL: group.is_open,
            Act.MEND: mend is not None and own and not group.is_open and mend is not Mend.TRY_AGAIN,
            Act.RETRY: again,
            Act.OPEN: len(group.clips) == 1,
            Act.REVEAL: bool(group.clips),
        }
        if mend is not None:
            self.buttons[Act.MEND].setText(self._words.mend(mend))
        for act, button in self.buttons.items():
            button.setVisible(shown[act])
            button.setAccessibleName(self.tr("{0}: {1}").format(button.text(), title))
        self._actions.setVisible(any(shown.values()))

    def _want(self, act: Act) -> None:
        if self.group is not None:
            self.wanted.emit(act, self.group.id)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(tokens.SMALL)
        head.addWidget(self.title, 1)
        head.addWidget(self.badge)
        self._actions = QWidget()
        buttons = QHBoxLayout(self._actions)
        buttons.setContentsMargins(0, tokens.TIGHT, 0, 0)
        buttons.setSpacing(tokens.SMALL)
        for button in self.buttons.values():
            buttons.addWidget(button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.MEDIUM, tokens.SMALL, tokens.MEDIUM, tokens.MEDIUM)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(head)
        for widget in (self.standing, self.progress, self.figures, self.fault, self._actions):
            column.addWidget(widget)


def _wrapped(label: QLabel) -> QLabel:
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)  # titles and messages are anybody's text
    return label
