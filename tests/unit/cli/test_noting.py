"""A command that nobody watches says once what became of the one before it."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from fastclip_desktop.cli.noting import noted
from fastclip_desktop.diagnostics.crashes import begin_watch, reports
from fastclip_desktop.settings.paths import find_paths

LEFT_BEHIND = "FastClip Desktop 0.1.0, serve, process 7\n\nFatal Python error: Segmentation fault\n"


@pytest.fixture
def crashes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FASTCLIP_HOME", str(tmp_path))
    folder = find_paths({"FASTCLIP_HOME": str(tmp_path)}).crashes
    folder.mkdir(parents=True)
    return folder


def said(capsys: pytest.CaptureFixture[str], command: str) -> str:
    with noted(Namespace(command=command, verbose=False)):
        pass
    out, err = capsys.readouterr()
    assert out == ""
    return err


def test_a_service_that_died_is_told_of_once_by_the_next_one(crashes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (crashes / "serve-20260101-000000-7.alive").write_text(LEFT_BEHIND)
    assert said(capsys, "clip") == ""
    assert said(capsys, "mcp") == ""
    assert said(capsys, "serve").startswith("FastClip ended unexpectedly last time;")
    assert said(capsys, "serve") == ""
    assert len(reports(crashes)) == 1


def test_one_that_went_on_after_a_fault_is_not_said_to_have_ended(
    crashes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    watch = begin_watch(crashes, tmp_path / "logs", "serve")
    watch.write("The thread 'webhooks' ended", "Traceback")
    watch.end()
    assert said(capsys, "serve").startswith("Something in FastClip failed last time;")
