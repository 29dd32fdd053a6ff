"""The models on this machine as the window knows them: which there are, which come, which could be fetched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.events import Event, ModelsChanged
from fastclip_desktop.domain.machine import MachineFacts
from fastclip_desktop.domain.model import InstalledModel, KnownModel, Model, ModelOffer
from fastclip_desktop.domain.model_hub import ModelProgress
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.gui.readings import Reading

Deliver = Callable[[ModelProgress], None]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is here.

    Attributes:
        catalogue: what can be fetched by name; of each kind the best first.
        installed: every model on this machine, by name.
        used: the name of the one that is used, by its kind.
        unfinished: bytes that broken-off fetches left, by the name of their model.
        hub: where models are fetched from.
        folder: where they lie.
        facts: what this machine has to offer them.
    """

    catalogue: tuple[KnownModel, ...] = ()
    installed: tuple[InstalledModel, ...] = ()
    used: tuple[tuple[ModelKind, str], ...] = ()
    unfinished: tuple[tuple[str, int], ...] = ()
    hub: str = ""
    folder: Path = Path()
    facts: MachineFacts | None = None


@dataclass(frozen=True, slots=True)
class ModelLine:
    """All that is known of one model.

    Attributes:
        name: what people call it.
        kind: what it is for.
        known: its line of the catalogue; ``None`` for one's own.
        offer: what the hub offers, or why it does not; ``None`` while nobody asked.
        installed: the one on this machine.
        left: bytes of it that a broken-off fetch left.
        is_used: it is what its kind of work is done with.
        progress: how far its bringing is; ``None`` while it is not brought or nothing has come.
        is_coming: it is being brought.
        fault: why it did not come, or could not be changed.
    """

    name: str
    kind: ModelKind
    known: KnownModel | None = None
    offer: ModelOffer | str | None = None
    installed: InstalledModel | None = None
    left: int = 0
    is_used: bool = False
    progress: ModelProgress | None = None
    is_coming: bool = False
    fault: FastClipError | None = None

    @property
    def size(self) -> int | None:
        """Bytes, as they are here, else as the hub states them."""
        if self.installed is not None:
            return self.installed.model.size
        return self.offer.size if isinstance(self.offer, ModelOffer) else None

    @property
    def licence(self) -> str | None:
        """As it came with it, else as the hub states it; empty where nobody does, ``None`` while nobody was asked."""
        if self.installed is not None:
            return self.installed.model.licence
        return self.offer.licence if isinstance(self.offer, ModelOffer) else None


class ModelDesk(QObject):
    """Knows the models and brings them; there is one for the settings and the first steps together.

    Signals:
        changed: something about the shelf is other than before.
        advanced: the name of a model of which more has come.
        imported: the ``Model`` that was taken in.
        failed: the ``FastClipError`` of something that is about no model in the list.

    Attributes:
        shelf: what is here; ``None`` before it was first looked at.
        hub_fault: why the hub could not be asked.
        is_asking_hub: it is being asked.
        importing: how far the import under way is; ``None`` without one.
    """

    changed = Signal()
    advanced = Signal(str)
    imported = Signal(object)
    failed = Signal(object)

    def __init__(self, bridge: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.shelf: Shelf | None = None
        self.hub_fault: FastClipError | None = None
        self.is_asking_hub = False
        self.importing: ModelProgress | None = None
        self._import: Reading | None = None
        self._offers: dict[str, ModelOffer | str] = {}
        self._coming: dict[str, Reading] = {}
        self._progress: dict[str, ModelProgress] = {}
        self._faults: dict[str, FastClipError] = {}
        self._unwanted: set[str] = set()
        self._looks = 0
        bridge.heard.connect(self._hear)

    @property
    def lines(self) -> tuple[ModelLine, ...]:
        """The catalogue in its order, and one's own models behind it."""
        shelf = self.shelf
        if shelf is None:
            return ()
        own = {each.model.name: each for each in shelf.installed}
        lines = [
            self._line(shelf, known.name, known.kind, known, own.pop(known.name, None)) for known in shelf.catalogue
        ]
        lines += [self._line(shelf, name, each.model.kind, None, each) for name, each in own.items()]
        return tuple(lines)

    @property
    def is_importing(self) -> bool:
        """Whether a model of one's own is being taken in."""
        return self._import is not None

    @Slot()
    def refresh(self) -> None:
        """Look again what is here."""
        self._looks += 1
        look = self._looks

        def take(shelf: Shelf) -> None:
            if look == self._looks:  # else a younger look is under way
                self.shelf = shelf
                self.changed.emit()

        def failed(error: FastClipError | None) -> None:
            if error is not None:
                self.failed.emit(error)

        known = self.shelf.facts if self.shelf is not None else None
        self._bridge.begin_reading(
            self,
            lambda engine, _cancel, _deliver: _look(engine, known),
            _ignore,
            take,
            failed,
        )

    @Slot()
    def ask_hub(self) -> None:
        """Ask what can be fetched, how large it is, and under which licence; once is enough while it answers."""
        if self.is_asking_hub or (self._offers and self.hub_fault is None):
            return
        self.is_asking_hub = True

        def work(engine: EnginePort, cancel: CancelToken, _deliver: Deliver) -> dict[str, ModelOffer | str]:
            return engine.models.look_up(cancel=cancel)

        def done(offers: dict[str, ModelOffer | str]) -> None:
            self._offers, self.hub_fault, self.is_asking_hub = offers, None, False
            self.changed.emit()

        def failed(error: FastClipError | None) -> None:
            self.hub_fault, self.is_asking_hub = error, False
            self.changed.emit()

        self._bridge.begin_reading(self, work, _ignore, done, failed)
        self.changed.emit()

    def ask_another_hub(self) -> None:
        """Forget what the hub said, and ask the one that was chosen in this moment, once that is written down."""

        def ask(_: object) -> None:
            self._offers, self.hub_fault = {}, None
            self.refresh()
            self.ask_hub()

        self._bridge.ask(self, lambda _engine: None, ask)

    def fetch(self, name: str) -> None:
        """Bring a model of the catalogue; what has come of it before is not brought again."""
        if name in self._coming:
            return
        self._faults.pop(name, None)
        offer = self._offers.get(name)
        wanted = offer if isinstance(offer, ModelOffer) else name

        def work(engine: EnginePort, cancel: CancelToken, deliver: Deliver) -> Model:
            return engine.models.fetch(wanted, deliver, cancel)

        def advance(progress: ModelProgress) -> None:
            self._progress[name] = progress
            self.advanced.emit(name)

        self._coming[name] = self._bridge.begin_reading(
            self, work, advance, lambda _model: self._end(name, None), lambda error: self._end(name, error)
        )
        self.changed.emit()

    def pause(self, name: str) -> None:
        """Stop bringing it; what has come stays for the next time."""
        if name in self._coming:
            self._coming[name].stop()

    def discard(self, name: str) -> None:
        """Stop bringing it, and throw away what has come."""
        if name in self._coming:
            self._unwanted.add(name)
            self._coming[name].stop()
        else:
            self.remove(name)

    def remove(self, name: str) -> None:
        """Take a model away."""
        self._faults.pop(name, None)
        self._bridge.ask(self, lambda engine: engine.models.remove(name), self._look_again, self._fault_of(name))

    def choose(self, name: str) -> None:
        """Use a model for what it is for."""
        self._faults.pop(name, None)
        self._bridge.ask(self, lambda engine: engine.models.choose(name), self._look_again, self._fault_of(name))

    def take_in(self, path: Path, *, link: bool) -> None:
        """Import a model of one's own.

        Args:
            path: its file or folder.
            link: leave the files where they are.
        """
        if self._import is not None:
            return
        self.importing = None

        def work(engine: EnginePort, cancel: CancelToken, deliver: Deliver) -> Model:
            return engine.models.import_(path, link=link, on_progress=deliver, cancel=cancel)

        def advance(progress: ModelProgress) -> None:
            self.importing = progress
            self.changed.emit()

        def done(model: Model) -> None:
            self._import = self.importing = None
            self.imported.emit(model)
            self.refresh()

        def failed(error: FastClipError | None) -> None:
            self._import = self.importing = None
            if error is not None:
                self.failed.emit(error)
            self.changed.emit()

        self._import = self._bridge.begin_reading(self, work, advance, done, failed)
        self.changed.emit()

    def stop_import(self) -> None:
        """Give the import up."""
        if self._import is not None:
            self._import.stop()

    def _line(
        self, shelf: Shelf, name: str, kind: ModelKind, known: KnownModel | None, installed: InstalledModel | None
    ) -> ModelLine:
        line = ModelLine(name, kind, known, self._offers.get(name), installed)
        return replace(
            line,
            left=dict(shelf.unfinished).get(name, 0),
            is_used=dict(shelf.used).get(kind) == name,
            progress=self._progress.get(name),
            is_coming=name in self._coming,
            fault=self._faults.get(name),
        )

    def _end(self, name: str, error: FastClipError | None) -> None:
        del self._coming[name]
        self._progress.pop(name, None)
        if error is not None:
            self._faults[name] = error
        if name in self._unwanted:
            self._unwanted.discard(name)
            # Nothing may have come yet, so that there is nothing to remove.
            self._bridge.ask(self, lambda engine: engine.models.remove(name), self._look_again, self._look_again)
        self.changed.emit()
        self.refresh()

    def _fault_of(self, name: str) -> Callable[[FastClipError], None]:
        def keep(error: FastClipError) -> None:
            self._faults[name] = error
            self.changed.emit()

        return keep

    def _look_again(self, _: object) -> None:
        self.refresh()

    @Slot(object)
    def _hear(self, event: Event) -> None:
        if isinstance(event, ModelsChanged) and self.shelf is not None:
            self.refresh()


def _look(engine: EnginePort, known: MachineFacts | None) -> Shelf:
    models = engine.models
    used = [(kind, model.name) for kind in ModelKind if (model := models.installed(kind)) is not None]
    return Shelf(
        models.catalogue(),
        models.list(),
        tuple(used),
        tuple(models.unfinished().items()),
        models.hub,
        models.folder,
        known or engine.machine.look(),
    )


def _ignore(_: object) -> None:
    pass
