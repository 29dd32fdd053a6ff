"""Models that nobody loads, on a shelf, and stages for whoever asks a question without a job."""

from __future__ import annotations

from pathlib import Path

from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.engine.job_stages import PlainStages
from fastclip_desktop.engine.slots import Slots
from tests.scripted_runner import ScriptedRunner


def model(kind: ModelKind, name: str = "small") -> Model:
    return Model(f"{name}-{kind}", kind, Path(name), 1000, f"digest of {name} {kind}")


class FixedShelf:
    """Has what it was given."""

    def __init__(self, *models: Model) -> None:
        self._models = {each.kind: each for each in models}

    def installed(self, kind: ModelKind) -> Model | None:
        return self._models.get(kind)


def stages_of(runner: ScriptedRunner) -> PlainStages:
    return PlainStages(runner, Slots({}), CancelToken())
