"""What this machine does its work with, a test that shows it, and what else was found."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from fastclip_desktop.domain.device_choices import AUTO
from fastclip_desktop.domain.device_trial import DeviceTrial
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.machine import MachineFacts, Outcome, Trial
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.stage import Finding
from fastclip_desktop.domain.work import Work
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.gui.model_words import size_of
from fastclip_desktop.gui.notice import Notice
from fastclip_desktop.gui.readings import Reading
from fastclip_desktop.gui.settings_window.page import Page, words
from fastclip_desktop.gui.settings_window.report import Report, scrubbed
from fastclip_desktop.gui.settings_window.trial_lines import TrialLines
from fastclip_desktop.gui.settings_window.work_row import WorkRow
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import Palette
from fastclip_desktop.settings.preferences import Preferences

_NAME_WIDTH = 150
_NUMBERED = re.compile(r"^\[Errno -?\d+\].*?; ")


class HardwarePage(Page):
    """Devices, self-test and findings.

    Signals:
        models_wanted: the person wants to get models.

    Attributes:
        rows: by the kind of work.
        tried: what came of trying each device.
        findings: a label for each line of the diagnosis.
        marks: beside each whether it is as it should be.
    """

    models_wanted = Signal()

    def __init__(self, bridge: EngineBridge, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._choices = bridge, choices
        self._facts: MachineFacts | None = None
        self._found: tuple[Finding, ...] = ()
        self._tried: tuple[DeviceTrial, ...] = ()
        self._trials: dict[Work, Trial] = {}
        self._is_looking = False
        self._test: Reading | None = None
        self._look: Reading | None = None
        self.notice = Notice()
        self.add(self.notice)
        section = self.add_section(
            self.tr("What does the work"),
            self.tr("Automatic is the fastest that works here; where it fails, the processor takes over."),
        )
        self.facts = words(self.tr("Looking …"), "muted")
        section.add(self.facts)
        self.rows = {work: WorkRow(work, self._name(work)) for work in Work}
        for work, row in self.rows.items():
            row.name.setFixedWidth(_NAME_WIDTH)
            row.wished.connect(functools.partial(self._wish, work))
            section.add(row)
        self.models_button = QPushButton(self.tr("Get models …"))
        self.models_button.clicked.connect(self.models_wanted)
        self.test_button = QPushButton(self.tr("Test now"))
        self.test_button.setToolTip(self.tr("Encodes and decodes some pictures and asks each model something"))
        self.test_button.clicked.connect(self._test_or_stop)
        self.verdict = words(self.tr("Takes some seconds; nothing leaves this machine."))
        section.add_row(self.tr("Self-test"), self.models_button, self.test_button, below=self.verdict)
        self._add_findings()
        choices.changed.connect(self._show_wishes)
        self._show_wishes(choices.now)

    def refresh(self) -> None:
        """Look what the devices are and what a diagnosis finds, unless that is under way."""
        if self._is_looking:
            return
        self._is_looking = True

        def work(
            engine: EnginePort, cancel: CancelToken, deliver: Callable[[MachineFacts], None]
        ) -> tuple[tuple[Finding, ...], tuple[DeviceTrial, ...]]:
            deliver(engine.machine.look())
            return engine.diagnose(), engine.machine.try_devices(cancel=cancel)

        def done(found: tuple[tuple[Finding, ...], tuple[DeviceTrial, ...]]) -> None:
            self._is_looking = False
            self._show_found(found[0])
            self._show_tried(found[1])

        def failed(error: FastClipError | None) -> None:
            self._is_looking = False
            self._say("")
            if self._facts is None:
                self.facts.setText(self.tr("What this machine has cannot be told just now."))
                for row in self.rows.values():
                    row.device.setText("–")
            if error is not None:
                self.notice.show_error(error)

        self._bridge.begin_reading(self, work, self._show_facts, done, failed)

    def leave(self) -> None:
        """Nobody watches the test any more."""
        if self._test is not None:
            self._test.stop()

    def wear(self, palette: Palette) -> None:
        """Repaint the cross of the notice."""
        self.notice.wear(palette)

    def _add_findings(self) -> None:
        section = self.add_section(self.tr("What was found"))
        self.findings: list[QLabel] = []
        self.marks: list[QLabel] = []
        self.copy_button = QPushButton(self.tr("Copy report"))
        self.copy_button.setToolTip(self.tr("Puts all of this on the clipboard, without your name and folders"))
        self.copy_button.clicked.connect(self._copy)
        self.copied = words(self.tr("Looking …"))
        section.add_row(self.tr("For whoever helps you"), self.copy_button, below=self.copied)
        lines = QWidget()
        self._lines = QGridLayout(lines)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setHorizontalSpacing(tokens.SMALL)
        self._lines.setVerticalSpacing(tokens.TIGHT)
        self._lines.setColumnStretch(1, 1)
        section.add(lines)
        tried = self.add_section(
            self.tr("What was tried"),
            self.tr("Each one had to do some real work, in a process of its own that it may break."),
        )
        self.tried = TrialLines()
        tried.add(self.tried)

    @Slot(object)
    def _show_wishes(self, preferences: Preferences) -> None:
        wishes = dict(preferences.devices)
        for work, row in self.rows.items():
            row.show_wish(wishes.get(work, AUTO))

    def _wish(self, work: Work, wish: str) -> None:
        """Keep what is wished for, and look what comes of it once it is written down."""
        wishes = {**dict(self._choices.now.devices), work: wish}
        self._choices.change(devices=tuple((each, wish) for each, wish in wishes.items() if wish != AUTO))
        self._choices.lane.do(self, lambda: None, lambda _: self._look_at_devices())

    def _look_at_devices(self) -> None:
        def work(engine: EnginePort, _cancel: CancelToken, deliver: Callable[[MachineFacts], None]) -> None:
            deliver(engine.machine.look())

        if self._look is not None:
            self._look.stop()  # or what was wished for before could be told last
        self._look = self._bridge.begin_reading(self, work, self._show_facts, lambda _: None, lambda _: None)

    def _show_tried(self, tried: tuple[DeviceTrial, ...]) -> None:
        self._tried = tried
        self.tried.show_trials(tried)

    def _show_facts(self, facts: MachineFacts) -> None:
        self._facts = facts
        self.facts.setText(self.tr("%n core(s)", "", facts.cores) + " · " + self._memory(facts))
        for use in facts.uses:
            self.rows[use.work].show_use(use)

    def _memory(self, facts: MachineFacts) -> str:
        return self.tr("{0} of memory").format(size_of(facts.memory))

    def _show_found(self, found: tuple[Finding, ...]) -> None:
        self._found = found
        self._say("")
        while len(self.findings) < len(found):
            label = words("", "note")
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            mark = QLabel()
            self.findings.append(label)
            self.marks.append(mark)
            self._lines.addWidget(mark, len(self.marks), 0, Qt.AlignmentFlag.AlignTop)
            self._lines.addWidget(label, len(self.marks), 1)
        for mark, label, finding in zip(self.marks, self.findings, found, strict=False):
            mark.setText("✓" if finding.ok else ("✕" if finding.needed else "–"))
            label.setText(f"{finding.subject}: {_for_window(finding.detail)}")
            label.setAccessibleName(f"{mark.text()} {label.text()}")
            for each in (mark, label):
                of_kind(each, "fault" if finding.needed and not finding.ok else "note").show()
        for each in (*self.marks[len(found) :], *self.findings[len(found) :]):
            each.hide()

    @Slot()
    def _test_or_stop(self) -> None:
        if self._test is not None:
            self._test.stop()
            return
        self._trials.clear()
        for row in self.rows.values():
            row.say(self.tr("Waiting …"))
        self.rows[Work.DECODE].say(self.tr("Trying …"))
        self.verdict.setText(self.tr("Under way …"))
        self.test_button.setText(self.tr("Stop"))

        def work(engine: EnginePort, cancel: CancelToken, deliver: Callable[[Trial], None]) -> tuple[Trial, ...]:
            return engine.machine.test(deliver, cancel)

        self._test = self._bridge.begin_reading(
            self, work, self._show_trial, lambda _: self._end_test(None, stopped=False), self._fail_test
        )

    def _show_trial(self, trial: Trial) -> None:
        self._trials[trial.work] = trial
        self.rows[trial.work].say(self._result(trial), is_fault=trial.outcome is Outcome.FAILED)
        later = [work for work in Work if work not in self._trials]
        if later:
            self.rows[later[0]].say(self.tr("Trying …"))

    def _fail_test(self, error: FastClipError | None) -> None:
        self._end_test(error, stopped=error is None)

    def _end_test(self, error: FastClipError | None, *, stopped: bool) -> None:
        self._test = None
        self.test_button.setText(self.tr("Test again"))
        for work in Work:
            if work not in self._trials:
                self.rows[work].say("")
        if error is not None:
            self.notice.show_error(error)
        failed = any(trial.outcome is Outcome.FAILED for trial in self._trials.values())
        if stopped:
            self.verdict.setText(self.tr("Stopped."))
        elif failed or error is not None:
            self.verdict.setText(self.tr("Not all of it works here."))
        else:
            self.verdict.setText(self.tr("All that is here works."))

    @Slot()
    def _copy(self) -> None:
        lines = [f"{use.work}: {use.device} {use.detail}".rstrip() for use in self._facts.uses] if self._facts else []
        for trial in self._trials.values():
            told = f"{trial.work}: {trial.outcome}"
            told += f", {trial.rate:.0f} pictures a second" if trial.rate else ""
            told += f", {trial.seconds:.1f} s" if trial.seconds else ""
            lines.append(" ".join(filter(None, (told, trial.tool, trial.fault))))
        for tried in self._tried:
            told = f"{tried.milliseconds:.1f} ms" if tried.works else f"no: {tried.detail}"
            lines.append(" ".join(filter(None, (str(tried.candidate.part), tried.candidate.name, told, tried.driver))))
        QGuiApplication.clipboard().setText(scrubbed(Report.of_machine(self._facts, self._found, tuple(lines))))
        self._say(self.tr("Copied, without your name and folders."))

    def _say(self, sentence: str) -> None:
        """Say what became of the report; nothing said takes no room."""
        self.copied.setText(sentence)
        self.copied.setVisible(bool(sentence))

    def _name(self, work: Work) -> str:
        match work:
            case Work.DECODE:
                return self.tr("Reading pictures")
            case Work.ENCODE:
                return self.tr("Making pictures")
            case Work.HEAR:
                return self.tr("Hearing words")
            case Work.COMPARE:
                return self.tr("Comparing meanings")
            case Work.JUDGE:
                return self.tr("Judging moments")
            case Work.FACES:
                return self.tr("Finding faces")

    def _result(self, trial: Trial) -> str:
        match trial.outcome:
            case Outcome.NO_MODEL:
                return self.tr("No model is here for it.")
            case Outcome.FAILED:
                return f"{trial.fault} {trial.hint}".strip()
            case Outcome.WELL if trial.rate:
                rate = QLocale().toString(round(trial.rate))
                return self.tr("{0} pictures of 1280 × 720 a second").format(rate)
            case _:
                seconds = QLocale().toString(trial.seconds, "f", 1)
                return self.tr("{0} answered in {1} s, loading included").format(trial.tool, seconds)


def _for_window(detail: str) -> str:
    """What a finding says to a person: no commands of a terminal and no numbers of errors; the report has all of it."""
    plain = _NUMBERED.sub(QCoreApplication.translate("HardwarePage", "does not work here; "), detail)
    return plain.partition("; `fastclip")[0]
