"""The models that hear, compare, judge and look: what there is, what could be, and how it comes here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QProgressBar, QPushButton, QWidget

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_hub import HUB, is_hub_address
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.model_desk import ModelDesk, ModelLine
from fastclip_desktop.gui.model_words import name_of_kind, size_of, use_of_kind
from fastclip_desktop.gui.notice import Notice, Remedy
from fastclip_desktop.gui.settings_window.folders import open_folder
from fastclip_desktop.gui.settings_window.model_row import ModelRow
from fastclip_desktop.gui.settings_window.page import Page, words
from fastclip_desktop.gui.settings_window.question import Question
from fastclip_desktop.gui.style import of_kind, restyle
from fastclip_desktop.gui.switch import Switch
from fastclip_desktop.gui.tokens import Palette


class ModelsPage(Page):
    """A card for each kind of work, one's own models, and the hub.

    Attributes:
        rows: by the names of their models.
    """

    def __init__(self, desk: ModelDesk, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._choices = choices
        self.rows: dict[str, ModelRow] = {}
        self.notice = Notice()
        self.add(self.notice)
        self.summary = words(self.tr("Looking what is here …"), "muted")
        self.add(self.summary)
        self.hub_notice = Notice()
        self.add(self.hub_notice)
        self._sections = {kind: self.add_section(name_of_kind(kind), use_of_kind(kind)) for kind in ModelKind}
        self._questions: dict[ModelKind, Question] = {}
        for kind, section in self._sections.items():
            question = Question()
            question.answered.connect(self._decide)
            section.add(question)
            self._questions[kind] = question
        self._add_own()
        self._add_hub()
        desk.changed.connect(self._show)
        desk.advanced.connect(self._show_one)
        desk.failed.connect(self._show_fault)
        desk.imported.connect(self._show_imported)
        self._show()

    def refresh(self) -> None:
        """Look what is here, and ask the hub what there would be."""
        self._desk.refresh()
        self._desk.ask_hub()

    def leave(self) -> None:
        """Forget what was asked."""
        for question in self._questions.values():
            question.clear()

    def wear(self, palette: Palette) -> None:
        """Repaint the crosses of the notices."""
        self.notice.wear(palette)
        self.hub_notice.wear(palette)

    def _add_own(self) -> None:
        section = self.add_section(
            self.tr("A model of your own"),
            self.tr("A GGUF, ONNX or TensorFlow Lite file, or a Whisper folder in CTranslate2's format."),
        )
        self.file_button = QPushButton(self.tr("A file …"))
        self.file_button.setAccessibleName(self.tr("Take in a model from a file"))
        self.file_button.clicked.connect(self._choose_file)
        self.folder_button = QPushButton(self.tr("A folder …"))
        self.folder_button.setAccessibleName(self.tr("Take in a model from a folder"))
        self.folder_button.clicked.connect(self._choose_folder)
        self.link = Switch(self.tr("Leave it where it is"))
        section.add_row(
            self.tr("Take in"),
            self.file_button,
            self.folder_button,
            explanation=self.tr("What it is for, its content tells. Nothing of it is run."),
        )
        section.add_row(
            self.tr("Leave it where it is"),
            self.link,
            explanation=self.tr("On: it is used from there. Off: it is copied to the other models."),
        )
        self.import_bar = QProgressBar()
        self.import_bar.setRange(0, 1000)
        self.import_bar.setTextVisible(False)
        self.import_bar.setAccessibleName(self.tr("How much of the model was taken in"))
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.setAccessibleName(self.tr("Stop taking in the model"))
        self.stop_button.clicked.connect(self._desk.stop_import)
        self._importing = QWidget()
        row = QHBoxLayout(self._importing)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SMALL)
        row.addWidget(self.import_bar, 1)
        row.addWidget(self.stop_button)
        section.add(self._importing)

    def _add_hub(self) -> None:
        section = self.add_section(self.tr("Where models come from"))
        self.hub = QLineEdit(self._choices.now.model_hub)
        self.hub.setPlaceholderText(HUB)
        self.hub.setClearButtonEnabled(True)
        self.hub.setAccessibleName(self.tr("Address of the model hub"))
        self.hub.textChanged.connect(self._judge_hub)
        self.hub.editingFinished.connect(self._keep_hub)
        self.hub_verdict = words("")
        section.add(words(self.tr("A company's mirror goes here; empty for the public hub."), "muted"))
        section.add(self.hub)
        section.add(self.hub_verdict)
        self.folder = of_kind(ElidedLabel(), "caption")
        self.folder_open = QPushButton(self.tr("Open"))
        self.folder_open.setAccessibleName(self.tr("Open the folder of models"))
        self.folder_open.clicked.connect(lambda: _show_folder(self._desk))
        section.add_row(self.tr("Kept in"), self.folder_open, below=self.folder)
        self.offline_button = QPushButton(self.tr("How"))
        self.offline_button.setAccessibleName(self.tr("How models come to a machine without internet"))
        self.offline_button.setCheckable(True)
        self.offline = words("", "muted")
        self.offline.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.offline.hide()
        self.offline_button.toggled.connect(self.offline.setVisible)
        section.add_row(self.tr("A machine without internet"), self.offline_button)
        section.add(self.offline)
        self._judge_hub()

    @Slot()
    def _show(self) -> None:
        shelf = self._desk.shelf
        facts = shelf.facts if shelf is not None else None
        for line in self._desk.lines:
            row = self.rows.get(line.name) or self._add_line(line)
            row.show_line(line, facts, is_asking=self._desk.is_asking_hub)
        gone = set(self.rows) - {line.name for line in self._desk.lines}
        for name in gone if shelf is not None else ():
            self.rows.pop(name).deleteLater()
        if shelf is not None:
            held = sum(each.model.size for each in shelf.installed if not each.linked)
            held += sum(left for _, left in shelf.unfinished)
            self.summary.setText(
                self.tr("Models take {0} of the disk. Nothing is fetched before you press Get.").format(size_of(held))
            )
            self.folder.set_whole(str(shelf.folder))
            self.offline.setText(self._offline_words(shelf.hub))
        fault = self._desk.hub_fault
        if fault is None:
            self.hub_notice.clear()
        else:
            self.hub_notice.show_error(fault, Remedy(self.tr("Try again"), self._desk.ask_hub))
        self._importing.setVisible(self._desk.is_importing)
        for button in (self.file_button, self.folder_button):
            button.setEnabled(not self._desk.is_importing)
        part = self._desk.importing
        self.import_bar.setValue(round(1000 * part.done / part.total) if part is not None and part.total else 0)

    @Slot(str)
    def _show_one(self, name: str) -> None:
        shelf = self._desk.shelf
        for line in self._desk.lines:
            if line.name == name and name in self.rows:
                facts = shelf.facts if shelf is not None else None
                self.rows[name].show_line(line, facts, is_asking=self._desk.is_asking_hub)

    def _add_line(self, line: ModelLine) -> ModelRow:
        row = ModelRow(self._desk, line)
        row.removal_wanted.connect(self._ask_removal)
        self._sections[line.kind].add(row)
        self.rows[line.name] = row
        return row

    @Slot(object)
    def _ask_removal(self, line: ModelLine) -> None:
        linked = line.installed is not None and line.installed.linked
        meaning = self.tr("Its files stay where they are.") if linked else ""
        if not linked and line.size is not None:
            again = self.tr("It can be fetched again.") if line.known is not None else self.tr("It was your own copy.")
            meaning = self.tr("{0} are free again. {1}").format(size_of(line.size), again)
        self._questions[line.kind].ask(
            self.tr("Remove {0}?").format(line.name),
            meaning,
            yes=self.tr("Remove"),
            no=self.tr("Keep"),
            subject=line.name,
        )

    @Slot(object, bool)
    def _decide(self, name: str, agreed: bool) -> None:  # noqa: FBT001 - Qt's signal
        if agreed:
            self._desk.remove(name)

    @Slot()
    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Model"), "", self.tr("Models (*.gguf *.onnx *.tflite);;All files (*)")
        )
        if name:
            self._take_in(Path(name))

    @Slot()
    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Folder of a model"))
        if name:
            self._take_in(Path(name))

    def _take_in(self, path: Path) -> None:
        self.notice.clear()
        self._desk.take_in(path, link=self.link.isChecked())

    @Slot(object)
    def _show_fault(self, error: FastClipError) -> None:
        if self._desk.shelf is None:
            self.summary.setText(self.tr("What is here cannot be told just now."))
        self.notice.show_error(error)
        self.ensureWidgetVisible(self.notice)

    @Slot(object)
    def _show_imported(self, model: Model) -> None:
        self.notice.show_answer(
            self.tr("{0} is here, for this: {1}.").format(model.name, name_of_kind(model.kind)),
            self.tr("Licence {0}").format(model.licence) if model.licence else self.tr("Its licence is not stated."),
        )

    @Slot()
    def _judge_hub(self) -> None:
        text = self.hub.text().strip()
        is_good = not text or is_hub_address(text)
        self.hub.setProperty("invalid", not is_good)
        restyle(self.hub)
        self.hub_verdict.setText("" if is_good else self.tr("It has to be a whole address that starts with https://."))
        of_kind(self.hub_verdict, "fault")
        self.hub_verdict.setVisible(not is_good)

    @Slot()
    def _keep_hub(self) -> None:
        text = self.hub.text().strip().rstrip("/")
        if self.hub.property("invalid") or text == self._choices.now.model_hub:
            return
        self._choices.change(model_hub=text)
        self._desk.ask_another_hub()

    def _offline_words(self, hub: str) -> str:
        return self.tr(
            "1. On a machine with internet, open {0} and find the repository of a model, such as "
            "{1} for whisper-small.\n"
            "2. Download its files into one folder: config.json, model.bin, tokenizer.json and vocabulary.txt for "
            "Whisper; for the other models the one file is enough.\n"
            "3. Bring the folder or file here, and press “A folder …” or “A file …” above."
        ).format(hub, "Systran/faster-whisper-small")


def _show_folder(desk: ModelDesk) -> None:
    """Show the folder of models, if it is known by now."""
    if desk.shelf is not None:
        open_folder(desk.shelf.folder)
