"""Models, from the command line to the hub and back, with the engine's own processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fastclip_desktop.bootstrap import build_engine
from fastclip_desktop.cli.main import main
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.events import Event, ModelAdvanced, ModelsChanged
from fastclip_desktop.domain.model_hub import ModelProgress
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.engine.engine import Engine
from tests.local_site import LocalSite, unused_port
from tests.model_hub import ModelHub
from tests.tiny_gguf import write_embedder
from tests.tiny_whisper import make_tiny_whisper

pytestmark = pytest.mark.usefixtures("fastclip_home")

REPOSITORY = "second-state/All-MiniLM-L6-v2-Embedding-GGUF"
FILE = "all-MiniLM-L6-v2-Q8_0.gguf"
NAME = "all-minilm-l6-v2"


@pytest.fixture(scope="module")
def gguf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A whole model; what lies behind its tensors is nobody's, and makes it large enough to be broken off."""
    return write_embedder(tmp_path_factory.mktemp("gguf") / "tiny.gguf").read_bytes() + b"\0" * 3_000_000


@pytest.fixture
def hub(local_site: LocalSite, monkeypatch: pytest.MonkeyPatch, gguf: bytes) -> ModelHub:
    hub = ModelHub(local_site)
    hub.publish(REPOSITORY, {FILE: gguf, "README.md": b"about it"}, "apache-2.0")
    monkeypatch.setenv("HF_ENDPOINT", hub.address)
    return hub


@pytest.fixture
def engine() -> Iterator[Engine]:
    with build_engine() as engine:
        yield engine


def test_a_model_is_fetched_by_its_name_and_used(hub: ModelHub, engine: Engine, gguf: bytes) -> None:
    events: list[Event] = []
    engine.subscribe(events.append)
    seen: list[ModelProgress] = []

    model = engine.models.fetch(NAME, seen.append)

    assert model.path.read_bytes() == gguf
    assert (model.kind, model.licence) == (ModelKind.EMBEDDING, "apache-2.0")
    assert engine.models.installed(ModelKind.EMBEDDING) == model
    assert seen[-1].done == seen[-1].total == len(gguf)
    assert [event.progress for event in events if isinstance(event, ModelAdvanced)] == seen
    assert isinstance(events[-1], ModelsChanged)

    assert engine.models.fetch(NAME) == model
    assert hub.bytes_sent(gguf) == len(gguf)


def test_a_whisper_is_fetched_with_all_its_files(hub: ModelHub, engine: Engine, tmp_path: Path) -> None:
    files = {path.name: path.read_bytes() for path in make_tiny_whisper(tmp_path / "tiny").iterdir()}
    hub.publish("Systran/faster-whisper-tiny", files | {"README.md": b"about it"}, small=set(files) - {"model.bin"})

    model = engine.models.fetch("whisper-tiny")

    assert {path.name: path.read_bytes() for path in model.path.iterdir()} == files
    assert engine.models.installed(ModelKind.SPEECH) == model


def test_a_spoilt_whisper_is_not_used(hub: ModelHub, engine: Engine, tmp_path: Path) -> None:
    files = {path.name: path.read_bytes() for path in make_tiny_whisper(tmp_path / "tiny").iterdir()}
    hub.publish("Systran/faster-whisper-tiny", files | {"model.bin": files["model.bin"][:-100]})

    with pytest.raises(InputError) as refused:
        engine.models.fetch("whisper-tiny")
    assert refused.value.code is ErrorCode.BAD_MODEL
    assert engine.models.installed(ModelKind.SPEECH) is None
    assert engine.models.unfinished() == {}


def test_a_stopped_fetch_goes_on_where_it_ended(hub: ModelHub, engine: Engine, gguf: bytes) -> None:
    hub.spoil(gguf, bytes_per_second=3_000_000)
    cancel = CancelToken()

    def stop_soon(progress: ModelProgress) -> None:
        if progress.done:
            cancel.cancel()

    with pytest.raises(Cancelled):
        engine.models.fetch(NAME, stop_soon, cancel)
    left = engine.models.unfinished()[NAME]
    assert 0 < left < len(gguf)
    assert engine.models.installed(ModelKind.EMBEDDING) is None

    hub.spoil(gguf, bytes_per_second=None)
    assert engine.models.fetch(NAME).path.read_bytes() == gguf
    assert _first_byte(hub, gguf) >= left
    assert engine.models.unfinished() == {}


@pytest.mark.slow
def test_a_fetch_whose_process_was_killed_goes_on_where_it_ended(hub: ModelHub, gguf: bytes) -> None:
    hub.spoil(gguf, bytes_per_second=1_500_000)
    command = [sys.executable, "-m", "fastclip_desktop", "models", "fetch", NAME]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as program:
        assert program.stderr is not None
        for line in program.stderr:
            if "… 1" in line or "… 2" in line:
                break
        program.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        program.communicate()

    hub.spoil(gguf, bytes_per_second=None)
    with build_engine() as engine:
        left = engine.models.unfinished()[NAME]
        assert left > len(gguf) // 20
        assert engine.models.fetch(NAME).path.read_bytes() == gguf
    assert _first_byte(hub, gguf) >= left


def _first_byte(hub: ModelHub, data: bytes) -> int:
    """From which byte on a large file was asked for the last time."""
    *_, last = hub.site.requests_for(hub.storage(data))
    return int(last.headers["range"].removeprefix("bytes=").removesuffix("-"))


@pytest.mark.usefixtures("hub")
def test_the_command_line_shows_terms_before_it_fetches(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "fetch", NAME, "--json"]) == 0

    out, err = capsys.readouterr()
    (model,) = json.loads(out)["models"]
    assert (model["name"], model["kind"], model["licence"]) == (NAME, "embedding", "apache-2.0")
    terms, first, *_ = err.splitlines()
    assert terms.startswith(f"{NAME}: 3.2 MB, licence apache-2.0, from {REPOSITORY} at commit {model['revision'][:12]}")
    assert "0%" in first


@pytest.mark.usefixtures("hub")
def test_the_command_line_lists_uses_and_removes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = write_embedder(tmp_path / "Own model.gguf", seed=1)
    assert main(["models", "fetch", NAME]) == 0
    assert main(["models", "import", str(own), "--link"]) == 0
    assert main(["models", "use", "own-model"]) == 0
    capsys.readouterr()

    assert main(["models", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    used = {model["name"]: model["used"] for model in listed["models"]}
    assert used == {NAME: False, "own-model": True}
    assert listed["hub_fault"] is None
    known = {each["name"]: each for each in listed["catalogue"]}
    assert known[NAME]["licence"] == "apache-2.0"
    assert "Systran/faster-whisper-tiny" in known["whisper-tiny"]["fault"]

    assert main(["models", "list"]) == 0
    text = capsys.readouterr().out
    assert "own-model" in text
    assert "whisper-tiny" in text

    assert main(["models", "remove", "own-model"]) == 0
    assert main(["models", "remove", NAME]) == 0
    assert main(["models", "remove", NAME, "--json"]) == 3
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["error"]["code"] == "unknown_model"
    assert own.exists()


def test_the_list_is_there_without_the_hub(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with unused_port() as port:
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{port}")
        assert main(["models", "list", "--json"]) == 0
        assert main(["models", "list"]) == 0
        assert main(["models", "fetch", NAME]) == 3
    listed, *text = capsys.readouterr().out.splitlines()
    assert json.loads(listed)["hub_fault"]["code"] == "hub_unreachable"
    assert any("whisper-small" in line for line in text)


@pytest.mark.usefixtures("hub")
def test_a_model_that_changed_on_disk_is_not_used(engine: Engine, gguf: bytes) -> None:
    model = engine.models.fetch(NAME)
    os.utime(model.path, ns=(1, 1))
    assert engine.models.installed(ModelKind.EMBEDDING) == model

    data = bytearray(gguf)
    data[-1] ^= 1
    model.path.write_bytes(data)
    assert engine.models.installed(ModelKind.EMBEDDING) is None
    with pytest.raises(InputError) as changed:
        engine.models.check(NAME)
    assert changed.value.code is ErrorCode.BAD_MODEL


@pytest.mark.usefixtures("hub")
def test_the_doctor_says_which_models_there_are(engine: Engine) -> None:
    engine.models.fetch(NAME)

    findings = {finding.subject: finding for finding in engine.diagnose()}

    assert findings["Model for embedding"].ok
    assert NAME in findings["Model for embedding"].detail
    assert not findings["Model for speech"].ok
    assert "models fetch whisper-small" in findings["Model for speech"].detail


def test_two_programs_share_a_shelf(hub: ModelHub, engine: Engine) -> None:
    with build_engine() as other:
        model = engine.models.fetch(NAME)
        assert other.models.installed(ModelKind.EMBEDDING) == model
        assert other.models.fetch(NAME) == model
        other.models.remove(NAME)
    assert engine.models.list() == ()
    assert len(hub.site.requests_for(f"/api/models/{REPOSITORY}")) == 2
