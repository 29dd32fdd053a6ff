"""What FastClip keeps on the disk, and how it goes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fastclip_desktop.domain.disk_use import DiskUse, Store
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.model_words import size_of
from fastclip_desktop.gui.notice import Notice
from fastclip_desktop.gui.settings_window.folders import open_folder
from fastclip_desktop.gui.settings_window.page import Page, words
from fastclip_desktop.gui.settings_window.question import Question
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import Palette

_SIZE_WIDTH, _BUTTON_WIDTH = 76, 96


class StoreRow(QFrame):
    """One kind of things, how much there is of it, and the button that clears it."""

    def __init__(self, name: str, meaning: str, button: QPushButton | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = words(name, "")
        self.meaning = words(meaning)
        self.amount = of_kind(QLabel("…"), "name")
        self.amount.setMinimumWidth(_SIZE_WIDTH)
        self.amount.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self.amount.setAccessibleName(self.tr("{0}: space on the disk").format(name))
        self.button = button
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(self.name)
        left.addWidget(self.meaning)
        row = QHBoxLayout()
        row.setSpacing(tokens.SMALL)
        row.addLayout(left, 1)
        row.addWidget(self.amount)
        place = QWidget()  # as wide in rows without a button, so that the amounts stand in one column
        place.setFixedWidth(_BUTTON_WIDTH)
        within = QHBoxLayout(place)
        within.setContentsMargins(0, 0, 0, 0)
        if button is not None:
            within.addWidget(button)
        row.addWidget(place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.MEDIUM)
        column.addWidget(of_kind(QFrame(), "divider"))
        column.addLayout(row)


class StoragePage(Page):
    """A row for each store, a question before one is cleared, and the folders.

    Signals:
        models_wanted: the person wants to see the models.

    Attributes:
        rows: by their stores.
    """

    models_wanted = Signal()

    def __init__(self, bridge: EngineBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._use: DiskUse | None = None
        self._is_looking = False
        self.notice = Notice()
        self.add(self.notice)
        section = self.add_section(self.tr("On the disk"))
        self.summary = words(self.tr("Counting …"), "muted")
        section.add(self.summary)
        self.question = Question()
        self.question.answered.connect(self._decide)
        section.add(self.question)
        self.rows = {store: self._row(store) for store in Store}
        for row in self.rows.values():
            section.add(row)
        self._add_folders()

    def refresh(self) -> None:
        """Count again."""
        if self._is_looking:
            return
        self._is_looking = True

        def failed(error: FastClipError | None) -> None:
            self._is_looking = False
            if self._use is None:
                self.summary.setText(self.tr("What is kept cannot be told just now."))
                for row in self.rows.values():
                    row.amount.setText("–")
            if error is not None:
                self.notice.show_error(error)

        self._bridge.begin_reading(
            self, lambda engine, _cancel, _deliver: engine.disk.look(), _ignore, self._show, failed
        )

    def leave(self) -> None:
        """Forget what was asked."""
        self.question.clear()

    def wear(self, palette: Palette) -> None:
        """Repaint the cross of the notice."""
        self.notice.wear(palette)

    def _row(self, store: Store) -> StoreRow:
        name = self._name(store)
        button: QPushButton | None = None
        if store is Store.MODELS:
            button = QPushButton(self.tr("Models …"))
            button.clicked.connect(self.models_wanted)
        elif store.is_clearable:
            button = QPushButton(self.tr("Clear …"))
            button.setAccessibleName(self.tr("Clear: {0}").format(name))
            button.setEnabled(False)
            button.clicked.connect(lambda: self._ask(store))
        return StoreRow(name, self._meaning(store), button)

    def _add_folders(self) -> None:
        section = self.add_section(
            self.tr("Folders"),
            self.tr("The variable FASTCLIP_HOME names one folder for all of it, for a portable FastClip."),
        )
        self.data, self.cache = of_kind(ElidedLabel(), "caption"), of_kind(ElidedLabel(), "caption")
        self.data_button, self.cache_button = QPushButton(self.tr("Open")), QPushButton(self.tr("Open"))
        self.data_button.setAccessibleName(self.tr("Open the folder of what is kept"))
        self.cache_button.setAccessibleName(self.tr("Open the folder of what can be had again"))
        self.data_button.clicked.connect(lambda: self._use and open_folder(self._use.data))
        self.cache_button.clicked.connect(lambda: self._use and open_folder(self._use.cache))
        section.add_row(self.tr("What is kept"), self.data_button, below=self.data)
        section.add_row(self.tr("What can be had again"), self.cache_button, below=self.cache)

    def _show(self, use: DiskUse) -> None:
        self._is_looking = False
        self._use = use
        for kept in use.kept:
            row = self.rows[kept.store]
            row.amount.setText(size_of(kept.size))
            if kept.store.is_clearable and row.button is not None:
                row.button.setEnabled(kept.size > 0)
            if kept.limit is not None:
                limit = self.tr("At most {0} stay; what was used longest ago goes by itself.").format(
                    size_of(kept.limit)
                )
                row.meaning.setText(f"{self._meaning(kept.store)} {limit}")
        total = sum(kept.size for kept in use.kept)
        self.summary.setText(self.tr("{0} in all; the disk has {1} free.").format(size_of(total), size_of(use.free)))
        self.data.set_whole(str(use.data))
        self.cache.set_whole(str(use.cache))

    def _ask(self, store: Store) -> None:
        self.question.ask(
            self.tr("Clear this: {0}?").format(self._name(store)),
            self._consequence(store),
            yes=self.tr("Clear"),
            no=self.tr("Keep"),
            subject=store,
        )
        self.ensureWidgetVisible(self.question)

    @Slot(object, bool)
    def _decide(self, store: Store, agreed: bool) -> None:  # noqa: FBT001 - Qt's signal
        if not agreed:
            return
        self.notice.clear()
        self.rows[store].amount.setText("…")
        self._bridge.begin_reading(
            self,
            lambda engine, _cancel, _deliver: engine.disk.clear(store),
            _ignore,
            self._tell_freed,
            self._tell_failed,
        )

    def _tell_freed(self, freed: int) -> None:
        self.notice.show_answer(self.tr("{0} are free again.").format(size_of(freed)), "")
        self.refresh()

    def _tell_failed(self, error: FastClipError | None) -> None:
        if error is not None:
            self.notice.show_error(error)
        self.refresh()

    def _name(self, store: Store) -> str:
        return {
            Store.CLIPS: self.tr("Clips"),
            Store.MODELS: self.tr("AI models"),
            Store.FETCHED: self.tr("Fetched video and sound"),
            Store.PREVIEWS: self.tr("Film strips and waveforms"),
            Store.STAND_INS: self.tr("Small pictures for quick scrubbing"),
            Store.INSIGHTS: self.tr("What was heard and understood"),
            Store.WORK: self.tr("Jobs under way"),
            Store.UPLOADS: self.tr("Files that scripts sent"),
            Store.DATABASE: self.tr("Queue, library and transcripts"),
            Store.LOGS: self.tr("Logs"),
        }[store]

    def _meaning(self, store: Store) -> str:
        return {
            Store.CLIPS: self.tr("All in the library, wherever they lie. They are yours: delete them there."),
            Store.MODELS: self.tr("What hears, compares, judges and looks."),
            Store.FETCHED: self.tr("Of links, for the next clip of the same video."),
            Store.PREVIEWS: self.tr("So that a source is there at once when it is opened again."),
            Store.STAND_INS: self.tr("So that the exact picture is there at once wherever you go in a source."),
            Store.INSIGHTS: self.tr("So that nothing is listened to twice."),
            Store.WORK: self.tr("Each job's folder goes when the job ends."),
            Store.UPLOADS: self.tr("Each goes after a day."),
            Store.DATABASE: self.tr("With its backups. What you corrected by hand is in here."),
            Store.LOGS: self.tr("For whoever looks for a fault."),
        }[store]

    def _consequence(self, store: Store) -> str:
        match store:
            case Store.FETCHED:
                return self.tr("The next clip of a link fetches its part again. Clips stay.")
            case Store.PREVIEWS:
                return self.tr("They are made again when a source is opened, which takes some seconds.")
            case Store.STAND_INS:
                return self.tr("They are made again while a source is open and nothing else is to be done.")
            case Store.INSIGHTS:
                return self.tr(
                    "A source without captions is listened to again, which may take minutes. What you corrected "
                    "by hand stays."
                )
            case Store.WORK:
                return self.tr("What ended jobs left goes; jobs under way keep theirs.")
            case _:
                return self.tr("Nothing else needs them.")


def _ignore(_: object) -> None:
    pass
