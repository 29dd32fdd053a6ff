"""Deno comes from a registry when yt-dlp first asks for it, and only where no other runtime is."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yt_dlp.globals
from packaging.tags import sys_tags

from fastclip_desktop import outside
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import UpdateSites
from fastclip_desktop.sources import newest_deno, ytdlp
from fastclip_desktop.sources.javascript import PROGRAM, runtime_here, runtimes
from fastclip_desktop.sources.newest_ytdlp import bundled_version, use_newest
from fastclip_desktop.sources.site_update import update_sites
from fastclip_desktop.sources.ytdlp import SiteSession
from tests.local_site import LocalSite, Route

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the program of these tests is a script of the shell")

NAME = f"deno-9.8.7-py3-none-{next(iter(sys_tags())).platform}.whl"
STARTS = b"#!/bin/sh\necho 'deno 9.8.7 (stable)'\n"


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A machine without any runtime, and where a fetched one would lie."""
    empty = tmp_path / "programs"
    empty.mkdir()
    monkeypatch.setenv("PATH", str(empty))
    monkeypatch.setattr("sysconfig.get_path", lambda *_: str(empty))
    before = list(sys.meta_path)
    use_newest(tmp_path / "sites")
    yield tmp_path / "sites"
    sys.meta_path[:] = before


def fetch_deno(folder: Path, cancel: CancelToken, index: str) -> None:
    with SiteSession(Reporter(cancel=cancel), link=index) as session:
        newest_deno.fetch_deno(folder, session, Reporter(cancel=cancel), index)


def put(folder: Path, name: str, says: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\necho '{says}'\n")
    program.chmod(0o755)


def wheel(program: bytes = STARTS, place: str = f"deno-9.8.7.data/scripts/{PROGRAM}") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("deno/__init__.py", "")
        archive.writestr(place, program)
    return buffer.getvalue()


def registry(site: LocalSite, data: bytes, name: str = NAME, **other: Any) -> str:
    url = site.route(f"/files/{name}", Route(body=data))
    file = {"filename": name, "url": url, "hashes": {"sha256": hashlib.sha256(data).hexdigest()}} | other
    site.route("/simple/deno/", Route(body=json.dumps({"files": [file]}).encode()))
    return site.url("/simple/")


def refused(folder: Path, index: str) -> InputError:
    with pytest.raises(InputError) as caught:
        fetch_deno(folder, CancelToken(), index)
    assert "Deno" in caught.value.message
    assert "Node.js" in caught.value.hint
    assert list(folder.iterdir()) == []
    return caught.value


def test_a_session_fetches_it_once_and_only_when_it_is_asked_for(
    local_site: LocalSite, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ytdlp, "REGISTRY", registry(local_site, wheel()))
    with SiteSession(Reporter()) as session:
        assert local_site.requests == []
        assert runtime_here() is None
        info = session._ydl._js_runtimes["deno"].info
        assert (info.version, info.path) == ("9.8.7", str(bare / PROGRAM))
    assert [path.name for path in bare.iterdir()] == [PROGRAM]
    asked = len(local_site.requests)
    with SiteSession(Reporter()) as later:
        assert later._ydl._js_runtimes["deno"].info.supported
    assert len(local_site.requests) == asked == 2
    assert runtime_here() == ("deno", "9.8.7", str(bare / PROGRAM))


def test_who_waits_hears_that_the_download_moves(
    local_site: LocalSite, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ytdlp, "REGISTRY", registry(local_site, wheel()))
    signs: list[float] = []
    with SiteSession(Reporter(signs.append)) as session:
        assert session._ydl._js_runtimes["deno"].info.path == str(bare / PROGRAM)
    assert signs == [0]


@pytest.mark.parametrize("is_there", [True, False])
def test_one_that_cannot_be_replaced_while_it_runs_is_used_as_it_is(
    local_site: LocalSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_there: bool
) -> None:
    def refuse(*_: object) -> Path:
        raise PermissionError(13, "Access is denied")

    folder = tmp_path / "sites"
    index = registry(local_site, wheel())
    if is_there:
        fetch_deno(folder, CancelToken(), index)
    monkeypatch.setattr(Path, "replace", refuse)
    if is_there:
        fetch_deno(folder, CancelToken(), index)
    else:
        with pytest.raises(InputError) as caught:
            fetch_deno(folder, CancelToken(), index)
        assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert [path.name for path in folder.iterdir()] == ([PROGRAM] if is_there else [])


def test_youtube_itself_asks_in_the_place_that_we_fill() -> None:
    with SiteSession(Reporter()) as session:
        session._ydl.run_scripts_by({})
        youtube = session._ydl.get_info_extractor("Youtube")
        youtube.initialize()
        assert not any(each.is_available() for each in youtube._jsc_director.providers.values())
        put_there = yt_dlp.globals.supported_js_runtimes.value["deno"](path="nowhere")
        put_there.info = type("Info", (), {"supported": True})()
        session._ydl.run_scripts_by({"deno": put_there})
        assert any(each.is_available() for each in youtube._jsc_director.providers.values())


@pytest.mark.parametrize(
    ("name", "says", "used"), [("deno", "deno 3.0.0", True), ("node", "v22.1.0", True), ("node", "v18.0.0", False)]
)
def test_what_is_on_the_machine_and_new_enough_is_used(bare: Path, name: str, says: str, used: bool) -> None:
    put(Path(os.environ["PATH"]), name, says)
    fetched: list[Path] = []
    found = runtimes(fetched.append)
    available = [each for each in found.values() if each.info and each.info.supported]
    assert [each.info.name for each in available] == ([name] if used else [])
    assert fetched == ([] if used else [bare])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        wheel()[:-30],
        wheel(place="deno/deno"),
        wheel(b"#!/bin/sh\nexit 1\n"),
        wheel(b"no program"),
    ],
    ids=["nothing", "cut off", "elsewhere", "fails", "does not start"],
)
def test_what_is_no_program_that_starts_is_refused(local_site: LocalSite, tmp_path: Path, data: bytes) -> None:
    assert refused(tmp_path / "sites", registry(local_site, data)).code is ErrorCode.BAD_UPDATE


def test_what_is_not_what_the_registry_promised_or_for_another_system_is_refused(
    local_site: LocalSite, tmp_path: Path
) -> None:
    promised = registry(local_site, wheel(), hashes={"sha256": "0" * 64})
    assert refused(tmp_path / "sites", promised).code is ErrorCode.BAD_UPDATE
    foreign = registry(local_site, wheel(), name="deno-9.8.7-py3-none-plan9_x86_64.whl")
    assert refused(tmp_path / "sites", foreign).code is ErrorCode.BAD_UPDATE


def test_a_registry_that_does_not_answer_says_what_it_was_asked_for(local_site: LocalSite, tmp_path: Path) -> None:
    local_site.route("/simple/deno/", Route(status=503))
    assert refused(tmp_path / "sites", local_site.url("/simple/")).code is ErrorCode.SOURCE_UNREACHABLE


def test_one_that_is_there_stays_where_no_newer_can_be_had(local_site: LocalSite, tmp_path: Path) -> None:
    folder = tmp_path / "sites"
    fetch_deno(folder, CancelToken(), registry(local_site, wheel()))
    with pytest.raises(InputError):
        fetch_deno(folder, CancelToken(), registry(local_site, wheel(b"#!/bin/sh\nexit 1\n")))
    assert (folder / PROGRAM).read_bytes() == STARTS
    assert [path.name for path in folder.iterdir()] == [PROGRAM]


@pytest.mark.parametrize(
    ("here", "there", "stays"),
    [("9.8.6", STARTS, False), ("9.8.7", STARTS, True), ("9.8.6", b"#!/bin/sh\nexit 1\n", True)],
    ids=["older", "as new", "newer one does not start"],
)
def test_an_update_of_the_sites_renews_one_that_was_fetched(
    local_site: LocalSite, tmp_path: Path, here: str, there: bytes, stays: bool
) -> None:
    index = registry(local_site, wheel(there))
    known = f"yt_dlp-{bundled_version()}-py3-none-any.whl"
    file = {"filename": known, "url": local_site.url("/none"), "hashes": {"sha256": "0" * 64}}
    local_site.route("/simple/yt-dlp/", Route(body=json.dumps({"files": [file]}).encode()))
    put(tmp_path, PROGRAM, f"deno {here}")
    before = (tmp_path / PROGRAM).read_bytes()
    update_sites(UpdateSites(tmp_path, index), Reporter())
    assert (tmp_path / PROGRAM).read_bytes() == (before if stays else there)
    assert [path.name for path in tmp_path.iterdir()] == [PROGRAM]


def test_what_killed_downloads_left_goes_before_it_is_fetched(local_site: LocalSite, tmp_path: Path) -> None:
    for name in ("download-old", "download-new", "mine"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "half.whl").write_bytes(b"half")
    os.utime(tmp_path / "download-old", (0, 0))
    os.utime(tmp_path / "mine", (0, 0))
    fetch_deno(tmp_path, CancelToken(), registry(local_site, wheel()))
    assert {path.name for path in tmp_path.iterdir()} == {PROGRAM, "download-new", "mine"}


def test_a_stop_leaves_nothing(local_site: LocalSite, tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        fetch_deno(tmp_path / "sites", cancel, registry(local_site, wheel()))
    assert list((tmp_path / "sites").iterdir()) == []


def test_nothing_is_asked_for_while_somebody_works_offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside._gate, "is_offline", lambda: True)
    with pytest.raises(InputError) as caught:
        fetch_deno(tmp_path / "sites", CancelToken(), "https://registry.example/simple/")
    assert caught.value.code is ErrorCode.OFFLINE
