"""Requests that are answered when their work is done, which may take as long as somebody speaks."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from fastclip_desktop.api import late_answer
from fastclip_desktop.api.app import create_app
from fastclip_desktop.api.server import ApiServer
from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.job import JobState
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED
from fastclip_desktop.domain.stage import Resource
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.runners.processes import ProcessRunner
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.store.database import Database
from tests import slow_words
from tests.api_site import URL, ApiSite, api_site, wait_for
from tests.unit.engine.small_jobs import MOMENTS, TRANSCRIPT, Gate
from tests.unit.engine.small_models import FixedShelf, model

pytestmark = pytest.mark.slow

ANALYZE = ("/v1/clip/analyze", {"url": URL, "query": "pricing"}, "segments")
TRANSCRIBE = ("/v1/transcript", {"url": URL}, "segments")
BOTH = pytest.mark.parametrize(("path", "body", "field"), [ANALYZE, TRANSCRIBE], ids=["analyze", "transcript"])

GATES = {"/v1/clip/analyze": ("SelectMoments", (MOMENTS,)), "/v1/transcript": ("Transcribe", TRANSCRIPT)}


def held_up(path: str) -> tuple[Gate, dict[str, Any]]:
    """A gate before the last stage of a route, and the script that has it."""
    stage, answer = GATES[path]
    gate = Gate(answer)
    return gate, {stage: gate}


def begun(site: ApiSite, path: str, body: dict[str, Any], **headers: str) -> http.client.HTTPConnection:
    """A connection on which the request was sent and no answer has been read."""
    client = http.client.HTTPConnection("127.0.0.1", site.server.port, timeout=20)
    shown = {"Authorization": f"Bearer {site.key}", "Content-Type": "application/json", **headers}
    client.request("POST", path, json.dumps(body), shown)
    return client


@BOTH
def test_silence_is_broken_by_spaces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, body: dict[str, Any], field: str
) -> None:
    monkeypatch.setattr(late_answer, "SILENCE", 0.05)
    gate, script = held_up(path)
    with api_site(tmp_path, **script) as site, site.http.stream("POST", path, json=body) as answer:
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
        assert "x-ratelimit-remaining" in answer.headers
        blocks = answer.iter_raw()
        assert [next(blocks), next(blocks)] == [b" ", b" "]
        gate.open()
        assert json.loads(b"".join(blocks))[field]


@BOTH
def test_what_fails_late_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, body: dict[str, Any], field: str
) -> None:
    del field
    monkeypatch.setattr(late_answer, "SILENCE", 0.05)
    gate = Gate(InputError(ErrorCode.NO_TRANSCRIPT, "Nobody says anything."))
    with api_site(tmp_path, Transcribe=gate) as site, site.http.stream("POST", path, json=body) as answer:
        blocks = answer.iter_raw()
        next(blocks)
        gate.open()
        assert json.loads(b"".join(blocks)) == {"detail": "Nobody says anything."}


def test_our_own_fault_is_told_late_without_its_insides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(late_answer, "SILENCE", 0.05)
    gate, script = held_up("/v1/transcript")
    with api_site(tmp_path, **script) as site:

        def fail(*_: object) -> None:
            raise ZeroDivisionError("secret")

        monkeypatch.setattr(site.engine.accounts, "pay_once", fail)
        with site.http.stream("POST", *TRANSCRIBE[:1], json=TRANSCRIBE[1]) as answer:
            blocks = answer.iter_raw()
            next(blocks)
            gate.open()
            assert json.loads(b"".join(blocks)) == {"detail": late_answer.OUR_FAULT}
    assert "ZeroDivisionError" in caplog.text


@BOTH
@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (InputError(ErrorCode.NO_TRANSCRIPT, "Nobody says anything."), 400),
        (InputError(ErrorCode.UNSUPPORTED_SITE, "Nobody knows that site."), 422),
    ],
)
def test_what_fails_soon_has_the_status_of_its_error(
    tmp_path: Path, path: str, body: dict[str, Any], field: str, fault: InputError, status: int
) -> None:
    del field
    with api_site(tmp_path, ResolveSource=fault) as site:
        answer = site.http.post(path, json=body)
        assert (answer.status_code, answer.json()) == (status, {"detail": fault.message})


@pytest.mark.parametrize("named", [False, True])
def test_who_leaves_stops_the_analysis_unless_it_has_a_name(tmp_path: Path, *, named: bool) -> None:
    path, body, _ = ANALYZE
    gate, script = held_up(path)
    with api_site(tmp_path, **script) as site:
        headers = {"Idempotency-Key": "mine"} if named else {}
        client = begun(site, path, body, **headers)
        gate.wait()
        client.close()
        if named:
            wait_for(lambda: not site.server.is_answering)
            gate.open()
            answer = site.http.post(path, json=body, headers=headers)
            assert len(answer.json()["segments"]) == 2
            assert len(site.states()) == 1
        else:
            wait_for(lambda: site.states() == [JobState.CANCELLED])


def test_who_leaves_stops_the_transcript_and_pays_nothing(tmp_path: Path) -> None:
    path, body, _ = TRANSCRIBE
    gate, script = held_up(path)
    with api_site(tmp_path, ServerSettings(HOSTED), balance=100, **script) as site:
        client = begun(site, path, body, **{"Idempotency-Key": "mine"})
        gate.wait()
        client.close()
        wait_for(lambda: not site.server.is_answering)
        assert site.engine.accounts.balance() == Money(100)
        gate.open()
        assert site.http.post(path, json=body, headers={"Idempotency-Key": "mine"}).status_code == 200
        assert site.engine.accounts.balance() == Money(98)


@BOTH
def test_the_server_closes_in_the_middle_of_an_answer(
    tmp_path: Path, path: str, body: dict[str, Any], field: str
) -> None:
    del field
    gate, script = held_up(path)
    with api_site(tmp_path, **script) as site:
        client = begun(site, path, body)
        gate.wait()
        site.server.close()
        assert site.states() == ([JobState.CANCELLED] if path == ANALYZE[0] else [])
        client.close()


def test_those_that_take_long_keep_nobody_else_out(tmp_path: Path) -> None:
    path, body, _ = TRANSCRIBE
    gate, script = held_up(path)
    with api_site(tmp_path, **script) as site:
        waiting = [begun(site, path, body) for _ in range(60)]  # more than there are threads for all other requests
        gate.wait()
        assert site.http.get("/v1/clips").status_code == 200
        gate.open()
        for client in waiting:
            assert client.getresponse().status == 200
            client.close()


@contextmanager
def real_site(folder: Path) -> Iterator[tuple[Engine, httpx.Client, ApiServer]]:
    """A server whose stages run in children, over a talk that a model has to hear."""
    paths = Paths(folder / "data", folder / "cache", folder / "config")
    runner = ProcessRunner(paths.sites, slow_words.PERFORM)
    with Engine(runner, paths, Database.in_memory()) as engine:
        engine.words._models = FixedShelf(model(ModelKind.SPEECH))
        _, secret = engine.keys.create("test")
        headers = {"Authorization": f"Bearer {secret}"}
        with (
            ApiServer(create_app(engine, ServerSettings())) as server,
            httpx.Client(base_url=server.address, headers=headers, timeout=60) as http,
        ):
            yield engine, http, server


@BOTH
def test_words_that_have_to_be_heard_are_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, body: dict[str, Any], field: str
) -> None:
    monkeypatch.setattr(late_answer, "SILENCE", 0.2)
    monkeypatch.setenv(slow_words.SECONDS, "2")
    with real_site(tmp_path) as (_, http, _), http.stream("POST", path, json=body) as answer:
        came = b"".join(answer.iter_raw())
    assert len(came) - len(came.lstrip(b" ")) >= 5
    assert json.loads(came)[field]


@BOTH
def test_who_leaves_stops_the_hearing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, body: dict[str, Any], field: str
) -> None:
    del field
    monkeypatch.setattr(late_answer, "SILENCE", 0.2)
    monkeypatch.setenv(slow_words.SECONDS, "1000")
    with real_site(tmp_path) as (engine, http, server):
        with http.stream("POST", path, json=body) as answer:
            blocks = answer.iter_raw()
            assert next(blocks) == b" "
            wait_for(lambda: _is_heard(engine))
        wait_for(lambda: not server.is_answering and not _is_heard(engine))
        assert [job.state for job in engine.jobs.newest(9)] == ([JobState.CANCELLED] if path == ANALYZE[0] else [])
        monkeypatch.setenv(slow_words.SECONDS, "0")
        assert http.get("/v1/balance").status_code == 200


def _is_heard(engine: Engine) -> bool:
    """Whether the one model is being used."""
    return bool(engine._slots._holders[Resource.MODEL])
