"""What was said is written in every language, whatever the system's encoding."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from fastclip_desktop.cli.main import main

CUES = "1\n00:00:01,000 --> 00:00:02,000\nマイク 🎤 microphones → Köln\n"


class Terminal(io.TextIOWrapper):
    """One that understands only its code page."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    path = tmp_path / "talk.srt"
    path.write_text(CUES, encoding="utf-8")
    return ["analyze", "--transcript", str(path), "microphones"]


def written(stream: io.TextIOWrapper, words: list[str], monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.setattr(sys, "stdout", stream)
    assert main(words) == 0
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue()


def test_a_program_that_reads_along_gets_utf_8(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    text = written(io.TextIOWrapper(io.BytesIO(), encoding="cp1252"), words, monkeypatch).decode("utf-8")
    assert "マイク 🎤 microphones → Köln" in text


def test_a_terminal_gets_what_it_understands(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    text = written(Terminal(io.BytesIO(), encoding="cp1252"), words, monkeypatch).decode("cp1252")
    assert r"microphones \u2192 Köln" in text


def test_json_is_whole_in_an_encoding_that_was_asked_for(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    data = written(io.TextIOWrapper(io.BytesIO(), encoding="cp1252"), [*words, "--json"], monkeypatch)
    assert json.loads(data.decode("cp1252"))["segments"][0]["excerpt"].startswith("マイク 🎤 microphones → Köln")
