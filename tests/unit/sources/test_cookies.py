from __future__ import annotations

from pathlib import Path

import pytest

from fastclip_desktop.domain.access import Access
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.sources.site import resolve_site
from tests.local_site import LocalSite, Route

COOKIE = "127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\tabc"
HIDDEN = "#HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t4102444800\ttoken\tdef"


def cookies(tmp_path: Path, text: str | bytes) -> Access:
    path = tmp_path / "cookies.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Access(cookies=path)


def sent(local_site: LocalSite, plain_mp4: Path, access: Access) -> str:
    url = local_site.route("/talk.mp4", Route(file=plain_mp4, headers={"Set-Cookie": "visited=yes; Path=/"}))
    resolve_site(url, Reporter(), access)
    return local_site.requests_for("/talk.mp4")[0].headers.get("cookie", "")


@pytest.mark.parametrize("head", ["# Netscape HTTP Cookie File\n", "", "# HTTP Cookie File\n\n"])
def test_the_cookies_of_a_file_are_shown_to_their_site(
    local_site: LocalSite, plain_mp4: Path, tmp_path: Path, head: str
) -> None:
    access = cookies(tmp_path, f"{head}{COOKIE}\r\n{HIDDEN}\n.example.org\tTRUE\t/\tFALSE\t0\tother\tx\n")
    assert set(sent(local_site, plain_mp4, access).split("; ")) == {"session=abc", "token=def"}


def test_the_file_stays_as_it_is(local_site: LocalSite, plain_mp4: Path, tmp_path: Path) -> None:
    access = cookies(tmp_path, f"{COOKIE}\n")
    sent(local_site, plain_mp4, access)
    assert access.cookies is not None
    assert access.cookies.read_text() == f"{COOKIE}\n"


def test_lines_that_are_no_cookies_are_left_out_quietly(
    local_site: LocalSite, plain_mp4: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lines = ["half a line", "127.0.0.1\tFALSE\t/\tFALSE\tsoon\ta\tb", "\t\t\t\t\t\t", COOKIE]
    assert sent(local_site, plain_mp4, cookies(tmp_path, "\n".join(lines))) == "session=abc"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "text", ["", "[{'name': 'session'}]", "session=abc; token=def", b"\x00\xff\xfe\x89PNG" * 500, "<html></html>"]
)
def test_a_file_of_the_wrong_shape_is_one_sentence(tmp_path: Path, text: str | bytes) -> None:
    with pytest.raises(InputError) as caught:
        resolve_site("http://127.0.0.1/", Reporter(), cookies(tmp_path, text))
    assert caught.value.code is ErrorCode.BAD_COOKIES
    assert "cookies.txt" in caught.value.message


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(InputError) as caught:
            resolve_site("http://127.0.0.1/", Reporter(), Access(cookies=path))
        assert caught.value.code is ErrorCode.BAD_COOKIES


def test_a_browser_that_nobody_knows_is_one_sentence() -> None:
    with pytest.raises(InputError) as caught:
        resolve_site("http://127.0.0.1/", Reporter(), Access(browser="mosaic"))
    assert caught.value.code is ErrorCode.BAD_COOKIES
    assert "firefox" in caught.value.hint


def test_a_browser_that_is_not_here_is_one_sentence(
    local_site: LocalSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    for browser in ("firefox", "chrome:Nobody"):
        with pytest.raises(InputError) as caught:
            resolve_site(local_site.url("/talk.mp4"), Reporter(), Access(browser=browser))
        assert caught.value.code is ErrorCode.BAD_COOKIES
        assert browser in caught.value.message
    assert local_site.requests == []
