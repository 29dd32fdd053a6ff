"""What the command line says about sources on the web, and what it lets a person say."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from fastclip_desktop import __version__
from fastclip_desktop.cli.main import main
from fastclip_desktop.sources.newest_ytdlp import bundled_version
from tests.local_site import LocalSite, Route

COOKIE = "127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\tabc\n"
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\n{} are made of wax.\n"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any, str]:
    code = main([*words, "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out), err


def feed(local_site: LocalSite) -> str:
    items = "".join(
        f'<item><title>Part {n}</title><enclosure url="{local_site.url(f"/{n}.mp4")}"/></item>' for n in (1, 2)
    )
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Show</title>{items}</channel></rss>'
    return local_site.route("/feed", Route(body=body.encode(), headers={"Content-Type": "text/xml"}))


def test_a_list_is_printed_to_choose_from(local_site: LocalSite, capsys: pytest.CaptureFixture[str]) -> None:
    url = feed(local_site)
    code, answer, err = run(capsys, "clip", url, "--start", "0", "--end", "1")
    assert code == 3
    assert answer["error"]["code"] == "playlist_source"
    assert answer["error"]["entries"] == [
        {"title": f"Part {n}", "url": local_site.url(f"/{n}.mp4"), "duration": None} for n in (1, 2)
    ]
    assert "    2  Part 2\n" in err
    assert local_site.url("/2.mp4") in err
    assert {seen.path for seen in local_site.requests} == {"/feed"}


def test_other_faults_have_no_entries(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _, answer, _ = run(capsys, "info", str(tmp_path / "gone.mp4"))
    assert set(answer["error"]) == {"code", "message", "hint"}


def test_cookies_of_a_file_are_shown_to_the_site(
    local_site: LocalSite, plain_mp4: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = local_site.route("/talk.mp4", Route(file=plain_mp4))
    path = tmp_path / "cookies.txt"
    path.write_text(COOKIE)
    words = ["clip", url, "--start", "0", "--end", "1", "-o", str(tmp_path / "a.mp4"), "--cookies", str(path)]
    assert run(capsys, *words)[0] == 0
    assert {seen.headers.get("cookie") for seen in local_site.requests_for("/talk.mp4")} == {"session=abc"}


@pytest.mark.parametrize(
    "option", [("--cookies", "/nowhere/cookies.txt"), ("--cookies-from-browser", "mosaic"), ("--cookies", "")]
)
def test_cookies_that_are_none_are_one_sentence(
    local_site: LocalSite, plain_mp4: Path, capsys: pytest.CaptureFixture[str], option: tuple[str, str]
) -> None:
    url = local_site.route("/talk.mp4", Route(file=plain_mp4))
    code, answer, _ = run(capsys, "info", url, *option)
    assert (code, answer.get("error", {}).get("code")) == ((3, "bad_cookies") if option[1] else (0, None))


@pytest.mark.parametrize("command", ["info", "transcribe", "shorts"])
def test_a_cookies_file_that_is_not_there_is_named_for_files_too(
    plain_mp4: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    gone = tmp_path / "cokies.txt"
    code, answer, _ = run(capsys, command, str(plain_mp4), "--cookies", str(gone))
    assert (code, answer["error"]["code"]) == (3, "bad_cookies")
    assert str(gone) in answer["error"]["message"]


@pytest.mark.slow
def test_a_language_chooses_among_the_captions(local_site: LocalSite, capsys: pytest.CaptureFixture[str]) -> None:
    for language in ("en", "nl"):
        local_site.route(f"/{language}.vtt", Route(body=VTT.replace(b"{}", language.encode())))
    url = local_site.page("/talk", video="/talk.mp4", tracks=(("en", "/en.vtt"), ("nl", "/nl.vtt")))
    _, answer, _ = run(capsys, "analyze", url, "wax", "--language", "nl")
    assert answer["segments"][0]["excerpt"].startswith("nl ")
    code, answer, _ = run(capsys, "analyze", url, "wax", "--language", "fr")
    assert (code, answer["error"]["code"]) == (3, "no_transcript")
    assert "en, nl" in answer["error"]["hint"]


def test_a_clip_is_called_by_a_template(
    local_site: LocalSite, plain_mp4: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = local_site.route("/talk.mp4", Route(file=plain_mp4))
    words = ["clip", url, "--start", "0", "--end", "1", "-o", str(tmp_path)]
    _, answer, _ = run(capsys, *words, "--name", "{start} {title}")
    assert Path(answer["clips"][0]["path"]).name == "0-00 talk.mp4"
    code, answer, _ = run(capsys, *words, "--name", "{titel}")
    assert (code, answer["error"]["code"]) == (2, "bad_usage")


def test_sites_are_brought_up_to_date_from_a_registry(
    local_site: LocalSite, capsys: pytest.CaptureFixture[str], fastclip_home: Path
) -> None:
    name = f"yt_dlp-{bundled_version()}-py3-none-any.whl"
    entry = {"filename": name, "url": f"/{name}", "hashes": {"sha256": hashlib.sha256(b"").hexdigest()}}
    local_site.route("/simple/yt-dlp/", Route(body=json.dumps({"files": [entry]}).encode()))
    code, answer, _ = run(capsys, "update-sites", "--index", local_site.url("/simple/"))
    assert (code, answer) == (0, {"before": bundled_version(), "now": bundled_version()})
    assert list((fastclip_home / "data" / "sites").iterdir()) == []
    assert main(["update-sites", "--index", local_site.url("/simple/")]) == 0
    assert "is the newest there is" in capsys.readouterr().out
    code, answer, _ = run(capsys, "update-sites", "--index", local_site.url("/elsewhere/"))
    assert (code, answer["error"]["code"]) == (3, "source_not_found")


def test_a_newer_release_is_told_of(local_site: LocalSite, capsys) -> None:
    entry = {"filename": "fastclip_desktop-99.0-py3-none-any.whl", "url": "/x", "hashes": {"sha256": "0" * 64}}
    local_site.route("/simple/fastclip-desktop/", Route(body=json.dumps({"files": [entry]}).encode()))
    code, answer, _ = run(capsys, "update-check", "--index", local_site.url("/simple/"))
    assert (code, answer) == (0, {"installed": __version__, "newest": "99.0", "is_newer": True})
    assert main(["update-check", "--index", local_site.url("/simple/")]) == 0
    assert "FastClip 99.0 is there" in capsys.readouterr().out
