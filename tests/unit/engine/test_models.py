from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError, UsageError
from fastclip_desktop.domain.model import Model, ModelFile, ModelOffer, OfferedFile
from fastclip_desktop.domain.model_catalogue import CATALOGUE
from fastclip_desktop.domain.model_hub import HUB, ModelProgress
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.model_stages import CheckModel, FetchModel, ImportModel, LookUpModels, StagedModel
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.engine.models import Models
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.settings.preferences import Preferences, write_preferences
from fastclip_desktop.store.model_shelf import ModelShelf
from tests.scripted_runner import InParts, ScriptedRunner

OFFER = ModelOffer(
    "whisper-tiny", ModelKind.SPEECH, "Systran/faster-whisper-tiny", "c0ffee", "mit", (OfferedFile("model.bin", 7),)
)


def staged(folder: Path, kind: ModelKind, data: bytes = b"weights") -> StagedModel:
    folder.mkdir(parents=True)
    path = folder / "model.gguf"
    path.write_bytes(data)
    file = ModelFile(path.name, len(data), sha256(data).hexdigest(), path.stat().st_mtime_ns)
    return StagedModel(kind, folder, path.name, (file,))


class Home:
    """Folders of an application, with models put into them and a service over them."""

    def __init__(self, folder: Path, script: dict[type, object]) -> None:
        self.paths = Paths(folder / "data", folder / "cache", folder / "config")
        self.shelf = ModelShelf(self.paths.models)
        self.runner = ScriptedRunner(script)
        self.models = Models(self.runner, self.paths)

    def put(self, name: str, kind: ModelKind, data: bytes = b"weights") -> Model:
        return self.shelf.put(name, staged(self.shelf.staging(name) / "whole", kind, data)).model

    def prefer(self, **fields: object) -> None:
        write_preferences(self.paths.config, replace(Preferences(), **fields))  # type: ignore[arg-type]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path, {})
    yield home
    home.models.close()


def test_without_models_none_is_used(home: Home) -> None:
    assert home.models.list() == ()
    assert [home.models.installed(kind) for kind in ModelKind] == [None] * len(ModelKind)


def test_the_best_of_the_catalogue_is_used(home: Home) -> None:
    home.put("whisper-tiny", ModelKind.SPEECH)
    home.put("of-my-own", ModelKind.SPEECH, b"much larger weights")
    best = home.put("whisper-small", ModelKind.SPEECH)
    home.put("all-minilm-l6-v2", ModelKind.EMBEDDING)

    assert home.models.installed(ModelKind.SPEECH) == best


def test_the_largest_of_ones_own_is_used(home: Home) -> None:
    home.put("a", ModelKind.TEXT, b"small")
    largest = home.put("b", ModelKind.TEXT, b"larger")

    assert home.models.installed(ModelKind.TEXT) == largest


def test_the_chosen_one_is_used(home: Home) -> None:
    home.put("whisper-small", ModelKind.SPEECH)
    chosen = home.put("whisper-tiny", ModelKind.SPEECH)
    home.prefer(models=((ModelKind.SPEECH, "whisper-tiny"),))

    assert home.models.installed(ModelKind.SPEECH) == chosen


def test_a_chosen_one_that_is_gone_is_passed_over_and_the_log_says_so(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    left = home.put("whisper-small", ModelKind.SPEECH)
    home.prefer(models=((ModelKind.SPEECH, "whisper-tiny"),))

    with caplog.at_level(logging.WARNING):
        assert home.models.installed(ModelKind.SPEECH) == left
    assert "whisper-tiny" in caplog.text


def test_a_chosen_model_of_another_kind_is_not_used_for_this_one(home: Home) -> None:
    home.put("all-minilm-l6-v2", ModelKind.EMBEDDING)
    home.prefer(models=((ModelKind.TEXT, "all-minilm-l6-v2"),))

    assert home.models.installed(ModelKind.TEXT) is None


def test_a_damaged_one_is_passed_over(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    home.put("whisper-small", ModelKind.SPEECH).path.write_bytes(b"ha")
    left = home.put("whisper-tiny", ModelKind.SPEECH)

    with caplog.at_level(logging.WARNING):
        assert home.models.installed(ModelKind.SPEECH) == left
    assert "whisper-small is damaged" in caplog.text


def looked_at(request: CheckModel, _: Reporter) -> tuple[ModelFile, ...]:
    """What the stage makes of files, for these small ones."""
    found = []
    for file in request.files:
        path = request.folder / file.name
        data = path.read_bytes()
        found.append(ModelFile(file.name, len(data), sha256(data).hexdigest(), path.stat().st_mtime_ns))
    return tuple(found)


def test_a_touched_one_is_read_again_once(tmp_path: Path) -> None:
    home = Home(tmp_path, {CheckModel: looked_at})
    model = home.put("whisper-tiny", ModelKind.SPEECH)
    os.utime(model.path, ns=(5, 5))

    assert home.models.installed(ModelKind.SPEECH) == model
    assert home.models.installed(ModelKind.SPEECH) == model
    assert len(home.runner.requests) == 1
    home.models.close()


def test_a_touched_one_is_used_where_nothing_can_be_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    home = Home(tmp_path, {CheckModel: looked_at})
    model = home.put("whisper-tiny", ModelKind.SPEECH)
    os.utime(model.path, ns=(5, 5))

    def refuse(*_: object, **__: object) -> tuple[int, str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    assert home.models.installed(ModelKind.SPEECH) == model
    assert "cannot be noted" in caplog.text
    home.models.close()


def test_one_with_other_content_of_the_same_size_is_not_used(tmp_path: Path) -> None:
    home = Home(tmp_path, {CheckModel: looked_at})
    model = home.put("whisper-tiny", ModelKind.SPEECH, b"weights")
    model.path.write_bytes(b"WEIGHTS")
    os.utime(model.path, ns=(5, 5))

    assert home.models.installed(ModelKind.SPEECH) is None
    with pytest.raises(InputError, match="not what they were") as changed:
        home.models.check("whisper-tiny")
    assert changed.value.code is ErrorCode.BAD_MODEL
    home.models.close()


def test_what_was_shown_is_what_is_fetched(tmp_path: Path) -> None:
    home = Home(tmp_path, {})
    folder = home.shelf.staging("whisper-tiny") / "whole"
    parts = [ModelProgress(0, 7), ModelProgress(7, 7, 0.0)]
    home.runner._script[FetchModel] = lambda *_: InParts(parts, staged(folder, ModelKind.SPEECH))
    seen: list[ModelProgress] = []

    model = home.models.fetch(OFFER, seen.append)

    assert home.runner.requests == [FetchModel(OFFER, home.shelf.staging("whisper-tiny"), HUB)]
    assert seen == parts
    assert home.models.installed(ModelKind.SPEECH) == model
    assert (model.revision, model.licence) == ("c0ffee", "mit")
    home.models.close()


def test_fetching_by_name_asks_the_hub_first(tmp_path: Path) -> None:
    home = Home(tmp_path, {LookUpModels: (OFFER,)})
    folder = home.shelf.staging("whisper-tiny") / "whole"
    home.runner._script[FetchModel] = lambda *_: staged(folder, ModelKind.SPEECH)

    assert home.models.fetch("whisper-tiny").name == "whisper-tiny"
    assert [type(request) for request in home.runner.requests] == [LookUpModels, FetchModel]
    home.models.close()


def test_what_the_hub_does_not_offer_is_not_fetched(tmp_path: Path) -> None:
    home = Home(tmp_path, {LookUpModels: ("The hub has no Systran/faster-whisper-tiny.",)})

    with pytest.raises(InputError, match="has no") as refused:
        home.models.fetch("whisper-tiny")
    assert refused.value.code is ErrorCode.MODEL_REFUSED
    home.models.close()


def test_an_unknown_name_asks_nobody(home: Home) -> None:
    for call in (home.models.fetch, home.models.remove, home.models.check):
        with pytest.raises(InputError) as unknown:
            call("gpt-9")
        assert unknown.value.code is ErrorCode.UNKNOWN_MODEL
    assert home.runner.requests == []


def test_looking_up_asks_for_the_whole_catalogue(tmp_path: Path) -> None:
    home = Home(tmp_path, {LookUpModels: tuple(f"No {known.name}." for known in CATALOGUE)})

    assert home.models.look_up()["yunet"] == "No yunet."
    assert home.runner.requests == [LookUpModels(CATALOGUE, HUB)]
    home.models.close()


def test_a_preferred_mirror_is_asked_before_that_of_the_environment(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://elsewhere.example")
    assert home.models.hub == "https://elsewhere.example"
    home.prefer(model_hub="https://mirror.example")
    assert home.models.hub == "https://mirror.example"


def test_an_imported_model_is_called_as_its_file(tmp_path: Path) -> None:
    home = Home(tmp_path, {})
    folder = home.shelf.staging("my-model-q4") / "whole"
    home.runner._script[ImportModel] = lambda *_: staged(folder, ModelKind.TEXT)

    model = home.models.import_(tmp_path / "My Model (Q4).gguf")

    assert model.name == "my-model-q4"
    assert home.runner.requests == [ImportModel(tmp_path / "My Model (Q4).gguf", folder.parent)]
    assert model.licence == ""
    home.models.close()


def test_a_model_in_the_cache_of_the_hubs_own_tools_is_called_as_its_repository(tmp_path: Path) -> None:
    home = Home(tmp_path, {})
    folder = home.shelf.staging("faster-whisper-tiny") / "whole"
    home.runner._script[ImportModel] = lambda *_: staged(folder, ModelKind.SPEECH)
    snapshot = tmp_path / "models--Systran--faster-whisper-tiny" / "snapshots" / "c0ffee"
    snapshot.mkdir(parents=True)

    assert home.models.import_(snapshot).name == "faster-whisper-tiny"
    home.models.close()


def test_a_linked_model_is_not_copied(tmp_path: Path) -> None:
    home = Home(tmp_path, {})
    own = tmp_path / "own"
    home.runner._script[ImportModel] = lambda *_: staged(own, ModelKind.TEXT)

    model = home.models.import_(own / "model.gguf", "mine", link=True)

    assert model.path == own / "model.gguf"
    assert home.runner.requests == [ImportModel(own / "model.gguf", None)]
    assert home.models.remove("mine") == 0
    assert model.path.exists()
    home.models.close()


def test_a_name_that_is_taken_is_not_imported_over(home: Home) -> None:
    home.put("mine", ModelKind.TEXT)

    with pytest.raises(UsageError, match="already"):
        home.models.import_(Path("model.gguf"), "mine")
    assert home.runner.requests == []


def test_removing_says_what_room_that_makes(home: Home) -> None:
    home.put("mine", ModelKind.TEXT, b"12345")

    assert home.models.remove("mine") == 5
    assert home.models.list() == ()


def test_what_a_broken_off_fetch_left_can_be_removed(home: Home) -> None:
    partial = home.shelf.staging("whisper-tiny") / "model.bin.part"
    partial.parent.mkdir(parents=True)
    partial.write_bytes(b"123")

    assert home.models.unfinished() == {"whisper-tiny": 3}
    assert home.models.remove("whisper-tiny") == 3
    assert home.models.unfinished() == {}
