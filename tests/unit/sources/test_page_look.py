from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.sources import ytdlp
from fastclip_desktop.sources.page_look import FIRST_BYTES
from fastclip_desktop.sources.site import resolve_site
from fastclip_desktop.sources.ytdlp import SiteSession
from tests.local_site import LocalSite, Route

PAGE = b'<!doctype html><html><head><title>A talk</title></head><body><video src="/talk.mp4"></video>'
LONG = PAGE + b"<p>words</p>" * 10_000 + b"</body></html>"
HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each wait was meant to be; none of them takes any time."""
    found: list[float] = []
    monkeypatch.setattr(
        "fastclip_desktop.sources.page_look.PageLook._wait", lambda _look, seconds: found.append(seconds)
    )
    return found


def looked(url: str) -> tuple[list[str], int]:
    """The addresses that a look at a link found, and the bytes that it read."""
    with SiteSession(Reporter()) as session:
        info = session.extract(url)
        forms = info.get("formats") or [info]
        return [str(form["url"]) for form in forms], session.looked


@pytest.mark.parametrize("ranges", [True, False])
@pytest.mark.parametrize("body", [PAGE, LONG, PAGE.ljust(FIRST_BYTES), PAGE.ljust(FIRST_BYTES + 1)], ids=len)
def test_a_page_is_read_to_its_end(local_site: LocalSite, body: bytes, ranges: bool) -> None:
    url = local_site.route("/talk", Route(body=body, headers=HTML | {"ETag": '"1"'}, ranges=ranges))
    assert looked(url) == ([local_site.url("/talk.mp4")], len(body))
    assert local_site.bytes_sent("/talk") == len(body)


def test_a_page_that_changed_in_between_is_read_as_it_is_now(
    local_site: LocalSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    editions = iter(
        [Route(body=LONG, headers=HTML | {"ETag": '"1"'}), Route(body=LONG, headers=HTML | {"ETag": '"2"'})]
    )
    monkeypatch.setattr(local_site, "route_for", lambda _path: next(editions))
    assert looked(local_site.url("/talk"))[0] == [local_site.url("/talk.mp4")]
    assert [seen.headers.get("if-range") for seen in local_site.requests] == [None, '"1"']


@pytest.mark.parametrize("kind", ["video/mp4", "application/octet-stream"])
def test_of_a_film_no_more_is_asked_for_than_tells_it_from_a_page(local_site: LocalSite, kind: str) -> None:
    film = b"\x00\x00\x00\x18ftypmp42" + bytes(5_000_000)
    url = local_site.route("/talk.mp4", Route(body=film, headers={"Content-Type": kind}))
    media = resolve_site(url, Reporter())
    assert [form.extension for form in media.formats] == ["mp4"]
    assert local_site.bytes_sent("/talk.mp4", FIRST_BYTES) == FIRST_BYTES


def test_what_is_empty_is_asked_for_without_a_range(local_site: LocalSite) -> None:
    url = local_site.route("/talk.mp4", Route(body=b"", headers={"Content-Type": "application/octet-stream"}))
    assert looked(url) == ([url], 0)
    assert ["range" in seen.headers for seen in local_site.requests] == [True, False]


def test_a_length_that_nobody_tells_asks_for_all(local_site: LocalSite, monkeypatch: pytest.MonkeyPatch) -> None:
    unsaid = {"Content-Range": f"bytes 0-{FIRST_BYTES - 1}/*"}
    first = Route(status=206, body=LONG[:FIRST_BYTES], headers=HTML | unsaid, ranges=False)
    answers = iter([first, Route(body=LONG, headers=HTML)])
    monkeypatch.setattr(local_site, "route_for", lambda _path: next(answers))
    assert looked(local_site.url("/talk"))[0] == [local_site.url("/talk.mp4")]
    assert "range" not in local_site.requests[1].headers


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_busy_server_is_asked_again(
    local_site: LocalSite, monkeypatch: pytest.MonkeyPatch, waits: list[float], status: int
) -> None:
    answers = iter([Route(status=status), Route(body=PAGE, headers=HTML)])
    monkeypatch.setattr(local_site, "route_for", lambda _path: next(answers))
    monkeypatch.setattr(ytdlp, "PATIENCE", ytdlp.Patience())
    assert looked(local_site.url("/talk"))[0] == [local_site.url("/talk.mp4")]
    assert waits == [0.5]


def test_a_server_that_stays_busy_is_told_of_after_a_few_tries(
    local_site: LocalSite, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    monkeypatch.setattr(ytdlp, "PATIENCE", ytdlp.Patience())
    url = local_site.route("/talk", Route(status=503))
    with pytest.raises(InputError) as caught:
        resolve_site(url, Reporter())
    assert caught.value.code is ErrorCode.SOURCE_UNREACHABLE
    assert "503" in caught.value.message
    assert waits == [0.5, 1, 2]
    assert len(local_site.requests) == 4


@pytest.mark.parametrize("status", [403, 404, 429, 500])
def test_other_refusals_stand(local_site: LocalSite, waits: list[float], status: int) -> None:
    url = local_site.route("/talk", Route(status=status))
    with pytest.raises(InputError):
        resolve_site(url, Reporter())
    assert waits == []
    assert len(local_site.requests) == 1


@pytest.mark.parametrize(
    ("said", "waited"),
    [
        ("7", [7.0]),
        (" 1 ", [1.0]),
        ("0", [0.0]),
        ("-5", [0.0]),
        ("soon", [0.0]),
        ("11", []),
        ("9" * 400, []),
        ("², 3", [0.0]),
    ],
)
def test_a_server_says_how_long_to_wait(
    local_site: LocalSite, waits: list[float], said: str, waited: list[float]
) -> None:
    url = local_site.route("/talk", Route(status=503, headers={"Retry-After": said.encode().decode("latin-1")}))
    with pytest.raises(InputError):
        resolve_site(url, Reporter())
    assert waits == waited


@pytest.mark.parametrize(("seconds", "waited"), [(8, True), (3600, False), (-3600, True)])
def test_a_server_may_say_it_as_a_date(local_site: LocalSite, waits: list[float], seconds: int, waited: bool) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)
    url = local_site.route("/talk", Route(status=503, headers={"Retry-After": date}))
    with pytest.raises(InputError):
        resolve_site(url, Reporter())
    assert [0 <= each <= 8 for each in waits] == [True] * waited


def test_waiting_for_a_busy_server_can_be_stopped(local_site: LocalSite, monkeypatch: pytest.MonkeyPatch) -> None:
    cancel = CancelToken()
    url = local_site.route("/talk", Route(status=503, headers={"Retry-After": "10"}))
    usual = local_site.route_for

    def stop_soon(path: str) -> Route:
        threading.Timer(0.2, cancel.cancel).start()
        return usual(path)

    monkeypatch.setattr(local_site, "route_for", stop_soon)
    with pytest.raises(Cancelled):
        resolve_site(url, Reporter(cancel=cancel))
    assert len(local_site.requests) == 1
