from __future__ import annotations

import contextlib
import gc
import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import yt_dlp
import yt_dlp.extractor.openload
from yt_dlp.networking.exceptions import HTTPError, RequestError

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.sources import guarded_network
from fastclip_desktop.sources.ytdlp import Patience, SiteSession
from tests.local_site import LocalSite, Route

PLUGIN = """
import pathlib
pathlib.Path({mark!r}).touch()
from yt_dlp.extractor.common import InfoExtractor
class EvilIE(InfoExtractor):
    _VALID_URL = r'https?://.*'
"""
OURS = """
import sys
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.sources import guarded_network
from fastclip_desktop.sources.ytdlp import SiteSession
with SiteSession(Reporter()) as session:
    try:
        session.extract(sys.argv[1])
    except FastClipError as error:
        print(error.code)
"""
THEIRS = "import yt_dlp; yt_dlp.YoutubeDL({'quiet': True}).close()"


def run(script: str, url: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, url], capture_output=True, text=True, check=True, env=os.environ | environment
    )
    return done.stdout + done.stderr


def test_a_plugin_that_lies_about_is_not_loaded(local_site: LocalSite, tmp_path: Path) -> None:
    mark = tmp_path / "plugin-ran"
    folder = tmp_path / "path" / "yt_dlp_plugins" / "extractor"
    folder.mkdir(parents=True)
    (folder / "evil.py").write_text(PLUGIN.format(mark=str(mark)))
    environment = {"PYTHONPATH": os.pathsep.join([str(tmp_path / "path"), str(Path.cwd())])}
    url = local_site.route("/words", Route(body=b"<html><p>words</p></html>"))
    assert run(OURS, url, environment).strip() == "unsupported_site"
    assert not mark.exists()
    run(THEIRS, url, environment)
    assert mark.exists()  # or the plugin would not have run for anybody


def test_nothing_is_printed_and_no_configuration_is_read(local_site: LocalSite, tmp_path: Path) -> None:
    for folder in (tmp_path / "config", tmp_path / "config" / "yt-dlp", tmp_path / ".config" / "yt-dlp"):
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("config", "yt-dlp.conf"):
            (folder / name).write_text("--verbose\n--print-to-file title stolen.txt\n")
    environment = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config"), "PYTHONPATH": str(Path.cwd())}
    url = local_site.route("/gone", Route(status=404))
    assert run(OURS, url, environment).strip() == "source_not_found"
    assert not list(tmp_path.rglob("stolen.txt"))


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ytsearch:cats", "ftp://127.0.0.1/a", "data:text/html,<video>"])
def test_other_links_than_http_give_nothing(url: str) -> None:
    with SiteSession(Reporter()) as session, pytest.raises(InputError):
        session.extract(url)


def test_a_page_cannot_make_it_read_a_file_of_this_machine(room: Path) -> None:
    secret = room / "secret.mp4"
    secret.write_bytes(b"secret")
    with SiteSession(Reporter()) as session, pytest.raises(InputError):
        session.download({"url": secret.as_uri(), "ext": "mp4"}, room / "copy.mp4", lambda _done, _all: None)
    assert not (room / "copy.mp4").exists()


def test_an_encrypted_playlist_starts_no_other_program(
    local_site: LocalSite, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = room / "bin"
    programs.mkdir()
    mark = room / "program-ran"
    for name in ("ffmpeg", "ffprobe"):
        (programs / name).write_text(
            f'#!/bin/sh\ncase "$*" in *http*) touch "{mark}";; esac\necho ffmpeg version 8.0\n'
        )
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    text = '#EXTM3U\n#EXT-X-KEY:METHOD=SAMPLE-AES,URI="/key"\n#EXTINF:2,\n/a.ts\n#EXT-X-ENDLIST\n'
    url = local_site.route("/talk.m3u8", Route(body=text.encode()))
    form = {"url": url, "ext": "mp4", "protocol": "m3u8_native", "id": "talk"}
    with SiteSession(Reporter(), link=url) as session, pytest.raises(InputError) as caught:
        session.download(form, room / "talk.mp4", lambda _done, _all: None)
    assert caught.value.code is ErrorCode.SOURCE_REFUSED
    assert not mark.exists()


def connections(port: int) -> list[object]:
    return [each for each in psutil.Process().net_connections("tcp") if each.raddr and each.raddr.port == port]


@pytest.fixture
def _no_collector() -> Iterator[None]:
    """What is closed now was closed by somebody and not swept up by chance."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_no_collector")
@pytest.mark.parametrize("status", [200, 404, 503])
def test_no_connection_is_left_open(local_site: LocalSite, room: Path, status: int) -> None:
    url = local_site.route("/a.mp4", Route(status=status, body=bytes(3_000_000)))
    with SiteSession(Reporter()) as session:
        with contextlib.suppress(InputError):
            session.extract(url)
        with contextlib.suppress(InputError):
            session.download({"url": url, "ext": "mp4"}, room / "a.mp4", lambda _done, _all: None)
    assert connections(local_site.port) == []


@pytest.mark.usefixtures("_no_collector")
def test_no_file_is_left_open_where_a_download_was_stopped_between_pieces(local_site: LocalSite, room: Path) -> None:
    text = "#EXTM3U\n#EXTINF:2,\n/a.ts\n#EXTINF:2,\n/a.ts\n#EXT-X-ENDLIST\n"
    local_site.route("/a.ts", Route(body=bytes(1000)))
    form = {"url": local_site.route("/talk.m3u8", Route(body=text.encode())), "ext": "mp4"}

    def stop(done: int, _expected: int | None) -> None:
        if done:
            raise Cancelled

    with SiteSession(Reporter(), link=form["url"]) as session:
        with pytest.raises(Cancelled):
            session.download(form, room / "talk.mp4", stop)
        assert [each.path for each in psutil.Process().open_files() if each.path.startswith(str(room))] == []


def test_pauses_grow_up_to_the_longest() -> None:
    patience = Patience(first_pause=0.5, longest_pause=2)
    assert [patience.pause(n) for n in range(4)] == [0.5, 1, 2, 2]


def test_no_browser_runs_the_scripts_of_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "phantomjs"
    program.write_text(f'#!/bin/sh\ntouch "{tmp_path / "ran"}"\necho 2.1\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with SiteSession(Reporter()), pytest.raises(yt_dlp.utils.ExtractorError, match="not found"):
        yt_dlp.extractor.openload.PhantomJSwrapper(None)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_without_end_is_refused(local_site: LocalSite, monkeypatch: pytest.MonkeyPatch, packed: bool) -> None:
    monkeypatch.setattr(guarded_network, "MOST_PAGE_BYTES", 3_000_000)
    body = b"<html><body>" + b"<p>words</p>" * 1_000_000
    headers = {"Content-Type": "text/html"} | ({"Content-Encoding": "gzip"} if packed else {})
    url = local_site.route("/page", Route(body=gzip.compress(body) if packed else body, headers=headers, ranges=False))
    with SiteSession(Reporter()) as session, pytest.raises(InputError) as caught:
        session.extract(url)
    assert caught.value.code is ErrorCode.SOURCE_TOO_LARGE
    assert connections(local_site.port) == []


def test_an_error_page_without_end_is_refused_too(local_site: LocalSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded_network, "MOST_PAGE_BYTES", 1_000_000)
    url = local_site.route("/page", Route(status=404, body=bytes(5_000_000)))
    with SiteSession(Reporter(), link=url) as session:
        with pytest.raises(HTTPError) as caught:
            session.open(url, {})
        with pytest.raises(RequestError) as refused:
            caught.value.response.read()
    assert isinstance(refused.value.cause, InputError)


def test_what_is_asked_for_in_blocks_has_no_limit(local_site: LocalSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded_network, "MOST_PAGE_BYTES", 1_000_000)
    url = local_site.route("/big", Route(body=bytes(5_000_000)))
    with SiteSession(Reporter(), link=url) as session, session.open(url, {}) as answer:
        assert sum(len(block) for block in iter(lambda: answer.read(100_000), b"")) == 5_000_000
        assert answer.closed
