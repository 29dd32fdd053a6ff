"""Look-ups by whoever asks: one at a time, in bounded time, and each source once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.api import info_desk
from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import MediaFile, RemoteFormat
from fastclip_desktop.domain.policy import HOSTED
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import StageRequest
from tests.api_site import URL, api_site
from tests.unit.engine.small_jobs import TALK, Gate

OTHER = "https://youtu.be/zyxwvutsrqp"


def ask(site, url: str):
    with site.stranger as stranger:
        return stranger.post("/v1/clip/info", json={"url": url})


def test_all_that_is_known_of_a_source_is_told(tmp_path: Path) -> None:
    media = MediaFile(
        URL,
        "A talk",
        None,
        page_url=URL,
        duration=Fraction(36005, 10),
        thumbnail="https://i.example/1.jpg",
        formats=(RemoteFormat("1", "mp4", 720, "avc1", ""), RemoteFormat("2", "webm", 1080, "vp9", "")),
    )
    with api_site(tmp_path, ResolveSource=media) as site:
        assert ask(site, URL).json() == {
            "title": "A talk",
            "duration": 3600.5,
            "thumbnail": "https://i.example/1.jpg",
            "preview_url": None,
            "preview_embed_url": "https://www.youtube-nocookie.com/embed/abcdefghijk",
            "max_height": 1080,
        }


def test_a_link_to_a_file_that_browsers_play_is_its_own_preview(tmp_path: Path) -> None:
    link = "https://media.example/talk.mp4?x=1"
    with api_site(tmp_path, ResolveSource=MediaFile(link, "talk", None, page_url=link)) as site:
        answer = ask(site, link).json()
        assert (answer["preview_url"], answer["preview_embed_url"], answer["duration"]) == (link, None, None)


def test_what_a_page_plays_is_the_preview(tmp_path: Path) -> None:
    media = MediaFile(
        "https://a.example/p", "A talk", None, page_url="https://a.example/p", preview="https://b.example/1"
    )
    with api_site(tmp_path, ResolveSource=media) as site:
        assert ask(site, "https://a.example/p").json()["preview_url"] == "https://b.example/1"


def test_one_source_is_looked_up_at_a_time(tmp_path: Path) -> None:
    at_once, most = [0], [0]
    lock = threading.Lock()
    gate = Gate(TALK)

    def look_up(request: StageRequest[object], reporter: Reporter) -> object:
        with lock:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        answer = gate(request, reporter)
        with lock:
            at_once[0] -= 1
        return answer

    with api_site(tmp_path, ResolveSource=look_up) as site, ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(ask, site, url) for url in (URL, OTHER, URL, OTHER)]
        gate.wait()
        gate.open()
        assert [each.result().status_code for each in asked] == [200] * 4
        assert (most[0], len(site.runner.requests)) == (1, 2)


def test_other_settings_hold_at_once_and_keep_the_turn(tmp_path: Path) -> None:
    gate = Gate(TALK)
    with api_site(tmp_path, ResolveSource=gate) as site, ThreadPoolExecutor(2) as pool:
        first = pool.submit(ask, site, URL)
        gate.wait()
        site.app.change(ServerSettings(HOSTED))
        assert ask(site, "https://vimeo.com/1").status_code == 422
        second = pool.submit(ask, site, OTHER)
        assert not gate.entered.acquire(timeout=0.5)  # it has come by then, and does not get in
        gate.open()
        assert (first.result().status_code, second.result().status_code) == (200, 200)


def test_a_source_that_does_not_answer_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(info_desk, "LONGEST", 0.2)
    with api_site(tmp_path, ResolveSource=Gate(TALK)) as site:
        for _ in range(2):  # the first one's turn is over
            answer = ask(site, URL)
            assert (answer.status_code, list(answer.json())) == (400, ["detail"])


def test_who_waits_too_long_for_a_turn_may_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Gate(TALK)
    with api_site(tmp_path, ResolveSource=gate) as site, ThreadPoolExecutor(1) as pool:
        first = pool.submit(ask, site, URL)
        gate.wait()
        monkeypatch.setattr(info_desk, "LONGEST", 0.2)
        answer = ask(site, OTHER)
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
        gate.open()
        assert first.result().status_code == 200


def test_a_source_that_is_none_is_said_so_each_time(tmp_path: Path) -> None:
    fault = InputError(ErrorCode.UNSUPPORTED_SITE, "Nobody knows that site.")
    with api_site(tmp_path, ResolveSource=fault) as site:
        for number in (1, 2):
            assert ask(site, URL).status_code == 422
            assert len(site.runner.requests) == number
