"""Whenever a program that fetches a model is killed, there is no model or a whole one, and the rest comes later."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from fastclip_desktop.bootstrap import build_engine
from fastclip_desktop.domain.model import ModelState
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.store.model_shelf import ModelShelf
from tests.local_site import LocalSite
from tests.model_hub import ModelHub
from tests.tiny_gguf import write_embedder

NAME = "all-minilm-l6-v2"
REPOSITORY = "second-state/All-MiniLM-L6-v2-Embedding-GGUF"
FILE = "all-MiniLM-L6-v2-Q8_0.gguf"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="children of a killed program live on for a moment")


def fetch_and_kill(seconds: float) -> bool:
    """Let a program fetch the model and kill it so long after its first word; whether it was done by then."""
    command = [sys.executable, "-m", "fastclip_desktop", "models", "fetch", NAME]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as program:
        assert program.stderr is not None
        program.stderr.readline()
        try:
            program.wait(seconds)
        except subprocess.TimeoutExpired:
            program.kill()
        program.communicate()
        return program.returncode == 0


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_fetch_survives_any_number_of_kills(
    local_site: LocalSite, fastclip_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = write_embedder(tmp_path / "tiny.gguf").read_bytes() + b"\0" * 3_000_000
    hub = ModelHub(local_site)
    monkeypatch.setenv("HF_ENDPOINT", hub.address)
    shelf = ModelShelf(Paths(fastclip_home / "data", fastclip_home / "cache", fastclip_home / "config").models)
    chance = random.Random(7)
    done = 0
    for trial in range(40):
        if trial % 10 == 0:  # a new commit with another file, to be put in the place of the one that is there
            data = data[:-1] + bytes([trial])
            hub.publish(REPOSITORY, {FILE: data})
            hub.spoil(data, bytes_per_second=6_000_000)
        done += fetch_and_kill(chance.uniform(0.0, 1.2))
        for model in shelf.all():
            assert model.state is ModelState.WHOLE
            assert model.model.path.stat().st_size == len(data)
    assert 0 < done < 40
    with build_engine() as engine:
        assert engine.models.fetch(NAME).path.read_bytes() == data
        assert engine.models.unfinished() == {}
