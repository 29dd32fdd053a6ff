"""What came of trying each decoder, encoder and model library: a line for all that share an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from fastclip_desktop.domain.device_trial import DeviceTrial, Part
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.settings_window.page import words
from fastclip_desktop.gui.style import of_kind


@dataclass(frozen=True, slots=True)
class TrialLine:
    """What a line says.

    Attributes:
        works: which of two marks it has.
        names: what was tried.
        told: what came of it.
    """

    works: bool
    names: str
    told: str


class TrialLines(QWidget):
    """Lines with marks; those of an earlier look give way to the next.

    Attributes:
        shown: what they say.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: tuple[TrialLine, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(tokens.SMALL)
        self._grid.setVerticalSpacing(tokens.TIGHT)
        self._grid.setColumnStretch(1, 1)

    def show_trials(self, trials: Iterable[DeviceTrial]) -> None:
        """Show these; what there is on other systems alone is left out."""
        self.shown = tuple(_lines(trials))
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for row, line in enumerate(self.shown):
            mark = of_kind(QLabel("✓" if line.works else "–"), "note")
            label = words(f"{line.names}: {line.told}", "note")
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setAccessibleName(f"{mark.text()} {label.text()}")
            self._grid.addWidget(mark, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label, row, 1)


def _lines(trials: Iterable[DeviceTrial]) -> Iterable[TrialLine]:
    alike: dict[tuple[Part, bool, str], list[DeviceTrial]] = {}
    for trial in trials:
        if not trial.is_of_another_system:
            why = "" if trial.works else " ".join(filter(None, (trial.detail, _driver(trial), trial.remedy)))
            alike.setdefault((trial.candidate.part, trial.works, why), []).append(trial)
    for part in Part:
        for (whose, works, why), those in alike.items():
            if whose is part:
                names = ", ".join(trial.candidate.name for trial in those)
                yield TrialLine(works, f"{_called(part)} {names}", _took(those) if works else why)


def _took(trials: list[DeviceTrial]) -> str:
    """How long the quickest and the slowest of some trials took."""
    locale = QLocale()
    times = sorted(trial.milliseconds for trial in trials)
    least, most = (locale.toString(time, "f", 1) for time in (times[0], times[-1]))
    driver = _driver(trials[0])
    if len(trials) == 1:
        told = QCoreApplication.translate("TrialLines", "works, {0} ms").format(most)
    else:
        told = QCoreApplication.translate("TrialLines", "work, {0} to {1} ms").format(least, most)
    return f"{told} · {driver}" if driver else told


def _driver(trial: DeviceTrial) -> str:
    if not trial.driver:
        return ""
    return QCoreApplication.translate("TrialLines", "Driver {0}.").format(trial.driver)


def _called(part: Part) -> str:
    match part:
        case Part.DECODER:
            return QCoreApplication.translate("TrialLines", "Decoder")
        case Part.ENCODER:
            return QCoreApplication.translate("TrialLines", "Encoder")
        case Part.MODEL:
            return QCoreApplication.translate("TrialLines", "Models with")
