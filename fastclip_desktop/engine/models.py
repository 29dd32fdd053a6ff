"""The models on this machine: which there are, which one is used, and how others come in."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import psutil

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError, UsageError
from fastclip_desktop.domain.events import ModelAdvanced, ModelsChanged
from fastclip_desktop.domain.model import InstalledModel, KnownModel, Model, ModelFile, ModelOffer, ModelState
from fastclip_desktop.domain.model_catalogue import CATALOGUE, find_known, rank
from fastclip_desktop.domain.model_hub import HUB, ModelProgress
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.model_stages import CheckModel, FetchModel, ImportModel, LookUpModels, StagedModel
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import Finding
from fastclip_desktop.engine.event_bus import EventBus
from fastclip_desktop.engine.ports import StageRunner
from fastclip_desktop.engine.shared_work import SharedWork
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.settings.preferences import change_preferences, read_preferences
from fastclip_desktop.store.model_shelf import ModelShelf, checked_name

OnProgress = Callable[[ModelProgress], None]

_log = logging.getLogger(__name__)


class Models:
    """The shelf of models, and what fills it; may be called from several threads.

    Args:
        runner: where stages run.
        paths: the application's folders.
        bus: hears how far a model is that is being brought, and when there is another set of them.
    """

    def __init__(self, runner: StageRunner, paths: Paths, bus: EventBus | None = None) -> None:
        self._runner = runner
        self._bus = bus or EventBus()
        self._config = paths.config
        self._shelf = ModelShelf(paths.models)
        self._shared = SharedWork()

    def close(self) -> None:
        """Stop what is being fetched and wait for its end; the next try goes on from there."""
        self._shared.close()

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self._shelf.folder

    def catalogue(self) -> tuple[KnownModel, ...]:
        """All that can be fetched by name; of each kind the best first."""
        return CATALOGUE

    def list(self) -> tuple[InstalledModel, ...]:
        """Every model on this machine, by name, damaged ones too."""
        return self._shelf.all()

    def unfinished(self) -> dict[str, int]:
        """Bytes that broken-off fetches left, by the name of their model; the next try uses them."""
        return self._shelf.unfinished()

    def installed(self, kind: ModelKind) -> Model | None:
        """The model that is used for something: the chosen one, else the best that is whole; ``None`` if there is none.

        A chosen one that is missing or damaged is passed over, and the log says so.
        """
        chosen = dict(read_preferences(self._config)[0].models).get(kind, "")
        candidates = [each for each in self._shelf.all() if each.model.kind is kind]
        for candidate in sorted(candidates, key=lambda each: _preference(each, chosen)):
            model = self._found_whole(candidate)
            if model is not None:
                if chosen and model.name != chosen:
                    _log.warning("The chosen model %s is not there or damaged; %s is used", chosen, model.name)
                return model
        return None

    def _found_whole(self, candidate: InstalledModel) -> Model | None:
        if candidate.state is ModelState.WHOLE:
            return candidate.model
        name = candidate.model.name
        if candidate.state is ModelState.TOUCHED:
            try:
                self.check(name)
            except FastClipError as error:
                _log.warning("The model %s cannot be used: %s", name, error)
                return None
            return candidate.model
        _log.warning("The model %s is damaged: a file of it is missing or has another size", name)
        return None

    def check(self, name: str, cancel: CancelToken | None = None) -> None:
        """Read every byte of a model again.

        Raises:
            InputError: ``unknown_model``; ``bad_model`` where it is no longer what it was.
            Cancelled: the token was set.
        """
        installed = self._get(name)
        now = self._runner.run(CheckModel(installed.folder, installed.files), Reporter(cancel=cancel))
        if _content(now) != _content(installed.files):
            raise _changed(name)
        try:
            self._shelf.confirm(name, now)
        except InputError as error:
            _log.warning(
                "It cannot be noted that the model %s is whole, and it is read again next time: %s", name, error
            )

    def look_up(
        self, names: Iterable[str] | None = None, cancel: CancelToken | None = None
    ) -> dict[str, ModelOffer | str]:
        """What the hub offers under names of the catalogue, all of them if none are given.

        Returns:
            by name, the offer, or a sentence on why there is none.

        Raises:
            InputError: ``unknown_model``.
            UnavailableError: ``hub_unreachable``.
            Cancelled: the token was set.
        """
        known = CATALOGUE if names is None else tuple(find_known(name) for name in names)
        offers = self._runner.run(LookUpModels(known, self.hub), Reporter(cancel=cancel))
        return dict(zip((each.name for each in known), offers, strict=True))

    @property
    def hub(self) -> str:
        """Where models are fetched from: as preferred, else as ``HF_ENDPOINT`` says, else the public hub."""
        return read_preferences(self._config)[0].model_hub or os.environ.get("HF_ENDPOINT", "").strip() or HUB

    def fetch(
        self,
        wanted: str | ModelOffer,
        on_progress: OnProgress | None = None,
        cancel: CancelToken | None = None,
    ) -> Model:
        """Bring a model here and put it in its place once every byte was checked; the older one of its name goes then.

        One that is here already, at the same commit, is not fetched again.

        Two callers who want the same one share one fetch, and both get its progress.

        Args:
            wanted: a name of the catalogue, or what :meth:`look_up` gave for it.
            on_progress: called on this thread.
            cancel: stops this call; what has come stays for the next one.

        Raises:
            UnavailableError: ``hub_unreachable`` or ``model_busy``: another program is fetching it.
            InputError: ``unknown_model``, ``model_refused``, ``bad_model``, ``disk_full`` or ``output_not_writable``.
            Cancelled: the token was set.
        """
        offer = self._offer(wanted, cancel) if isinstance(wanted, str) else wanted
        there = self._shelf.get(offer.name)
        if there is not None and there.state is ModelState.WHOLE and there.model.revision == offer.revision:
            return there.model
        request = FetchModel(offer, self._shelf.staging(offer.name), self.hub)

        def work(deliver: OnProgress, token: CancelToken) -> Model:
            staged = self._runner.run_in_parts(request, self._telling(offer.name, deliver), Reporter(cancel=token))
            return self._put(offer.name, staged, offer)

        return self._shared.do(("fetch", offer.name, offer.revision), work, on_progress, cancel)

    def _offer(self, name: str, cancel: CancelToken | None) -> ModelOffer:
        offer = self.look_up([name], cancel)[name]
        if isinstance(offer, str):
            raise InputError(ErrorCode.MODEL_REFUSED, offer, "Choose another model, or import it from a file.")
        return offer

    def import_(
        self,
        path: Path,
        name: str = "",
        *,
        link: bool = False,
        on_progress: OnProgress | None = None,
        cancel: CancelToken | None = None,
    ) -> Model:
        """Take in a model of one's own; what it is for, its content tells.

        Args:
            path: a GGUF, ONNX or TensorFlow Lite file, or a folder in CTranslate2's format.
            name: what to call it; empty to take it from the file's name.
            link: leave the files where they are instead of copying them.
            on_progress: called on this thread.
            cancel: stops it.

        Raises:
            UsageError: ``bad_usage`` where there is a model of that name already.
            InputError: ``bad_model``, ``source_not_found``, ``disk_full`` or ``output_not_writable``.
            Cancelled: the token was set.
        """
        called = checked_name(name) if name else _name_of(path)
        if self._shelf.get(called) is not None:
            raise UsageError(
                ErrorCode.BAD_USAGE,
                f"There is a model called {called} already.",
                "Give this one another name, or remove that one first.",
            )
        request = ImportModel(path.absolute(), None if link else self._shelf.staging(called))

        def work(deliver: OnProgress, token: CancelToken) -> Model:
            staged = self._runner.run_in_parts(request, self._telling(called, deliver), Reporter(cancel=token))
            return self._put(called, staged)

        return self._shared.do(("import", called, request), work, on_progress, cancel)

    def remove(self, name: str) -> int:
        """Take a model away, and what a broken-off fetch left of it; linked files stay where they are.

        Returns:
            bytes of disk that are free again.

        Raises:
            InputError: ``unknown_model`` or ``output_not_writable``.
        """
        left = self._shelf.unfinished().get(name, 0)
        if left == 0:
            self._get(name)
        installed = self._shelf.get(name)
        self._shelf.remove(name)
        self._bus.publish(ModelsChanged())
        return left + (installed.model.size if installed is not None and not installed.linked else 0)

    def choose(self, name: str) -> Model:
        """Use this model from now on for what it is for.

        Raises:
            InputError: ``unknown_model`` or ``output_not_writable``.
        """
        model = self._get(name).model
        chosen = dict(read_preferences(self._config)[0].models) | {model.kind: name}
        change_preferences(self._config, models=tuple(chosen.items()))
        self._bus.publish(ModelsChanged())
        return model

    def findings(self) -> tuple[Finding, ...]:
        """For each kind, which model is used, or which one to fetch."""
        return tuple(self._finding(kind) for kind in ModelKind)

    def _finding(self, kind: ModelKind) -> Finding:
        subject = f"Model for {kind}"
        model = self.installed(kind)
        if model is None:
            name = next(known.name for known in CATALOGUE if known.kind is kind and known.recommended)
            return Finding(subject, ok=False, detail=f"none; `fastclip models fetch {name}`")
        return Finding(subject, ok=True, detail=f"{model.name}, {model.size / 1000**2:.0f} MB")

    def _telling(self, name: str, deliver: OnProgress) -> OnProgress:
        def tell(progress: ModelProgress) -> None:
            self._bus.publish(ModelAdvanced(name, progress))
            deliver(progress)

        return tell

    def _put(self, name: str, staged: StagedModel, offer: ModelOffer | None = None) -> Model:
        model = self._shelf.put(name, staged, offer).model
        self._bus.publish(ModelsChanged())
        return model

    def _get(self, name: str) -> InstalledModel:
        installed = self._shelf.get(name)
        if installed is None:
            raise InputError(
                ErrorCode.UNKNOWN_MODEL,
                f"There is no model called {name!r} on this machine.",
                "`fastclip models list` shows which there are.",
            )
        return installed


def _preference(candidate: InstalledModel, chosen: str) -> tuple[bool, bool, int, int]:
    """What is smallest is used: the chosen one, what there is memory for, the best of the catalogue, the largest."""
    model = candidate.model
    return model.name != chosen, model.size > psutil.virtual_memory().total, rank(model.name), -model.size


def _content(files: Iterable[ModelFile]) -> set[ModelFile]:
    return {replace(file, changed=0) for file in files}


def _changed(name: str) -> InputError:
    return InputError(
        ErrorCode.BAD_MODEL,
        f"The files of the model {name} are not what they were when it came.",
        "Fetch or import it again.",
    )


def _name_of(path: Path) -> str:
    stem = path.name if path.is_dir() else path.stem
    if path.parent.name == "snapshots":  # in huggingface_hub's cache: models--OWNER--NAME/snapshots/COMMIT
        stem = path.parent.parent.name.rpartition("--")[2]
    letters = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in stem.lower())
    name = "-".join(filter(None, letters.split("-")))[:60].strip("-")
    return name or "model"
