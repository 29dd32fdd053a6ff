from __future__ import annotations

from pathlib import Path

import pytest

from fastclip_desktop.sources import ytdlp


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try only once more and at once: the local server is as bad the second time."""
    monkeypatch.setattr(ytdlp, "PATIENCE", ytdlp.Patience(retries=1, first_pause=0))


@pytest.fixture
def _short_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a third of a second for a server that falls silent."""
    monkeypatch.setattr(ytdlp, "PATIENCE", ytdlp.Patience(timeout=0.3, retries=1, first_pause=0))


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """An empty folder to download into."""
    folder = tmp_path / "room"
    folder.mkdir()
    return folder
