"""What a script is told on the way, in the contract's words and order."""

from __future__ import annotations

import json
import re
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.finding_stages import FetchSpeech, RecogniseSpeech
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.stage import FetchedMedia
from tests.api_site import AUTO, CLIP, ApiSite, api_site, wait_for
from tests.unit.engine.small_jobs import SCRIPT, TRANSCRIPT
from tests.unit.engine.small_models import FixedShelf, model

ORDER = ["pending", "analyzing", "downloading", "processing", "uploading", "complete"]


def statuses(site: ApiSite, path: str, body: dict[str, Any]) -> list[str]:
    """Each status that a job was told to have, once, in order, but for the moment of its publication.

    That one is there to be seen by whoever asks then, and often too short to be told of.
    """
    lines: list[str] = []
    ready = threading.Event()

    def listen() -> None:
        with httpx.stream("GET", f"{site.server.address}/v1/events", headers=site.http.headers, timeout=20) as answer:
            for line in answer.iter_lines():
                ready.set()
                lines.append(line)
                if line == "event: job.complete":
                    return

    before = len(site.engine._bus._handlers)
    thread = threading.Thread(target=listen)
    thread.start()
    wait_for(lambda: len(site.engine._bus._handlers) > before)
    assert ready.wait(20)
    done = site.made(body, path)
    thread.join()
    told = [json.loads(line.removeprefix("data: "))["status"] for line in lines if line.startswith("data: ")]
    assert [_rank(each) for each in told] == sorted(_rank(each) for each in told), "it goes back"
    return [each for each in dict.fromkeys([*told, done["status"]]) if each != "uploading"]


def _rank(status: str) -> tuple[int, int]:
    segment = re.fullmatch(r"(processing) segment (\d)/(\d)", status)
    return (ORDER.index(segment[1]), int(segment[2])) if segment else (ORDER.index(status), 0)


def test_a_clip_by_times(tmp_path: Path) -> None:
    with api_site(tmp_path) as site:
        told = statuses(site, "/v1/clip", CLIP)
    assert told == ["pending", "downloading", "processing", "complete"]


@pytest.mark.parametrize("heard", [False, True])
def test_clips_by_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, heard: bool) -> None:
    changes: dict[str, object] = {}
    if heard:
        monkeypatch.setitem(SCRIPT, FetchSpeech, FetchedMedia(None, None))
        monkeypatch.setitem(SCRIPT, RecogniseSpeech, TRANSCRIPT)
        changes["Transcribe"] = InputError(ErrorCode.NO_TRANSCRIPT, "It has no captions.")
    with api_site(tmp_path, **changes) as site:
        if heard:
            site.engine.words._models = FixedShelf(model(ModelKind.SPEECH))
        told = statuses(site, "/v1/clip/auto", AUTO)
    segments = ["processing segment 1/2", "processing segment 2/2"]
    assert told == ["pending", "analyzing", "downloading", "processing", *segments, "complete"]
