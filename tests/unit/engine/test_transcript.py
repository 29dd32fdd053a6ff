"""The words of a source without clips."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.access import Access, Trust
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.policy import HOSTED
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.stage import ResolveSource, Transcribe
from tests.unit.engine.conftest import Build
from tests.unit.engine.small_jobs import HOSTED_URL, TALK, TRANSCRIPT, clip_request

STRANGER = Access(Trust.STRANGER)


def test_the_words_come_with_what_the_source_is(build: Build) -> None:
    engine, runner, _ = build()
    assert engine.transcript(HOSTED_URL, "de", HOSTED, STRANGER) == (TALK, TRANSCRIPT)
    resolve, transcribe = runner.requests
    assert resolve == ResolveSource(HOSTED_URL, STRANGER)
    assert isinstance(transcribe, Transcribe)
    assert (transcribe.media, transcribe.access, transcribe.language) == (TALK, STRANGER, "de")
    assert not transcribe.folder.exists()


def test_the_library_finds_clips_by_the_words_from_then_on(build: Build, tmp_path: Path) -> None:
    engine, _, _ = build()
    engine.run(clip_request(tmp_path))
    assert engine.library.find("hello").total == 0
    engine.transcript("talk.mp4")
    assert engine.library.find("hello").total == 1


@pytest.mark.parametrize("source", ["talk.mp4", "http://127.0.0.1/talk.mp4", "file:///etc/passwd"])
def test_a_stranger_reads_nothing_of_this_machine(build: Build, source: str) -> None:
    engine, runner, _ = build()
    with pytest.raises(InputError):
        engine.transcript(source, access=STRANGER)
    assert runner.requests == []


def test_a_source_may_be_too_long_to_be_read(build: Build) -> None:
    engine, runner, _ = build()
    with pytest.raises(InputError) as refused:
        engine.transcript(HOSTED_URL, policy=replace(HOSTED, max_source=Fraction(3600)))
    assert refused.value.code is ErrorCode.SOURCE_TOO_LONG
    assert len(runner.requests) == 1


def test_it_can_be_stopped(build: Build) -> None:
    engine, _, _ = build()
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        engine.transcript("talk.mp4", cancel=cancel)


def test_a_given_file_goes_before_all_else(build: Build, tmp_path: Path) -> None:
    engine, runner, _ = build()
    assert engine.read_words(TALK, tmp_path / "own.srt") == TRANSCRIPT
    (request,) = runner.requests
    assert isinstance(request, Transcribe)
    assert request.given == tmp_path / "own.srt"


def test_what_was_corrected_can_be_left_aside(build: Build) -> None:
    engine, _, _ = build()
    assert engine.read_words(TALK) == TRANSCRIPT
    corrected = engine.words.correct(TALK, replace(TRANSCRIPT, segments=TRANSCRIPT.segments[:1]))
    assert engine.transcript(HOSTED_URL)[1] == engine.read_words(TALK) == corrected
    assert engine.read_words(TALK, corrected=False) == TRANSCRIPT
