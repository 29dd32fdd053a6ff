from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError, InputError, UnavailableError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.sources import watched
from fastclip_desktop.sources.byte_cache import ByteCache
from fastclip_desktop.sources.remote import RemoteFile, open_remote
from fastclip_desktop.sources.remote_answer import Address
from fastclip_desktop.sources.ytdlp import SiteSession
from tests.local_site import LocalSite, Route

BODY = bytes(number * 7 % 251 for number in range(3_000_000))


class Visit:
    """Opens a remote file and remembers how many bytes came."""

    def __init__(self, folder: Path, url: str, reporter: Reporter | None = None, new_url: str = "") -> None:
        self.cache = ByteCache(folder / "cache", 10**9)
        self.url = url
        self.new_url = new_url
        self.reporter = reporter or Reporter()
        self.moved = 0
        self.renewals = 0

    @contextmanager
    def open(self) -> Iterator[RemoteFile | None]:
        with SiteSession(self.reporter, link=self.url) as session:
            remote = open_remote(
                session,
                Address(self.url, {"X-Own": "yes"}),
                self._renew,
                self.cache,
                "page",
                self.reporter,
                self._count,
            )
            if remote is None:
                yield None
            else:
                with remote:
                    yield remote

    def bring(self, *spans: tuple[int, int]) -> bytes:
        """Fetch spans and give the file as it lies there, zeros in its holes."""
        with self.open() as remote:
            assert remote is not None
            remote.fetch(spans)
            data = remote.path.read_bytes()
        for start, end in spans:
            assert data[start:end] == BODY[start:end]
        return data

    def _renew(self) -> Address:
        self.renewals += 1
        return Address(self.new_url, {})

    def _count(self, came: int) -> None:
        self.moved += came


def failure(visit: Visit, *spans: tuple[int, int]) -> FastClipError:
    with pytest.raises(FastClipError) as caught:
        visit.bring(*spans)
    assert "127.0.0.1" in caught.value.message
    return caught.value


def test_only_what_is_asked_for_comes(local_site: LocalSite, tmp_path: Path) -> None:
    visit = Visit(tmp_path, local_site.route("/a", Route(body=BODY)))
    data = visit.bring((1_000_000, 1_900_000), (2_999_000, 3_000_000))
    assert visit.moved == 65_536 + 900_000 + 1000 == local_site.bytes_sent("/a")
    assert len(data) == len(BODY)
    assert all(seen.headers["x-own"] == "yes" for seen in local_site.requests)
    assert all(seen.headers["accept-encoding"] == "identity" for seen in local_site.requests)


def test_nothing_comes_twice(local_site: LocalSite, tmp_path: Path) -> None:
    url = local_site.route("/a", Route(body=BODY))
    Visit(tmp_path, url).bring((1_000_000, 1_900_000))
    second = Visit(tmp_path, url)
    second.bring((1_500_000, 2_000_000))
    assert second.moved == 1 + 100_000


def test_no_request_is_larger_than_ten_mebibytes_and_four_share_a_span(local_site: LocalSite, tmp_path: Path) -> None:
    visit = Visit(tmp_path, local_site.route("/a", Route(body=BODY)))
    visit.bring((500_000, 2_500_000))
    asked = sorted(map(span_of, local_site.requests[1:]))
    assert asked == [(at, at + 499_999) for at in range(500_000, 2_500_000, 500_000)]


def test_reading_on_looks_further_ahead(local_site: LocalSite, tmp_path: Path) -> None:
    visit = Visit(tmp_path, local_site.route("/a", Route(body=BODY)))
    with visit.open() as remote:
        assert remote is not None
        at = 100_000
        while at < 2_900_000:
            remote.fill(at, at + 10_000)
            while at < len(BODY) and not remote.missing([(at, at + 1)]):
                at += 4
    sizes = [last - first + 1 for first, last in map(span_of, local_site.requests_for("/a")[1:])]
    assert sizes[0] == 65_536
    assert len(sizes) < 30  # instead of 43
    assert visit.moved < 1.3 * 2_900_000


def span_of(seen: object) -> tuple[int, int]:
    first, last = seen.headers["range"].removeprefix("bytes=").split("-")  # type: ignore[attr-defined]  # a Seen
    return int(first), int(last)


def test_a_dropped_connection_costs_one_request_for_the_rest(local_site: LocalSite, tmp_path: Path) -> None:
    visit = Visit(tmp_path, local_site.route("/a", Route(body=BODY, cut_after=200_000, cuts=1)))
    visit.bring((500_000, 2_500_000))
    assert len(local_site.requests_for("/a")) == 1 + 4 + 1
    assert visit.moved == 65_536 + 2_000_000


def test_a_connection_that_always_breaks_is_given_up_and_keeps_what_came(local_site: LocalSite, tmp_path: Path) -> None:
    url = local_site.route("/a", Route(body=BODY, cut_after=40_000))
    visit = Visit(tmp_path, url)
    local_site.route("/a", Route(body=BODY))
    visit.bring((0, 1))
    local_site.route("/a", Route(body=BODY, cut_after=40_000))
    error = failure(visit, (500_000, 700_000))
    assert isinstance(error, UnavailableError)
    local_site.route("/a", Route(body=BODY))
    moved = visit.moved
    visit.bring((500_000, 700_000))
    assert visit.moved - moved == 1 + 200_000 - 2 * 2 * 16_384


@pytest.mark.parametrize(("status", "code"), [(500, ErrorCode.SOURCE_UNREACHABLE), (404, ErrorCode.SOURCE_NOT_FOUND)])
def test_a_refusal_is_told(local_site: LocalSite, tmp_path: Path, status: int, code: ErrorCode) -> None:
    assert failure(Visit(tmp_path, local_site.route("/a", Route(status=status)))).code is code


def test_an_expired_address_is_renewed_once(local_site: LocalSite, tmp_path: Path) -> None:
    old = local_site.route("/old", Route(body=BODY))
    visit = Visit(tmp_path, old, new_url=local_site.route("/new", Route(body=BODY)))
    with visit.open() as remote:
        assert remote is not None
        local_site.route("/old", Route(status=403))
        remote.fetch([(500_000, 2_500_000)])
        assert remote.path.read_bytes()[500_000:2_500_000] == BODY[500_000:2_500_000]
        assert visit.renewals == 1
        local_site.route("/new", Route(status=403))
        with pytest.raises(FastClipError) as caught:
            remote.fetch([(100_000, 200_000)])
    assert caught.value.code is ErrorCode.SOURCE_REFUSED
    assert visit.renewals == 1


def test_a_file_that_changes_meanwhile_is_no_mixture(local_site: LocalSite, tmp_path: Path) -> None:
    visit = Visit(tmp_path, local_site.route("/a", Route(body=BODY, headers={"ETag": '"1"'})))
    with visit.open() as remote:
        assert remote is not None
        local_site.route("/a", Route(body=BODY[::-1], headers={"ETag": '"2"'}))
        with pytest.raises(UnavailableError) as caught:
            remote.fetch([(500_000, 600_000)])
    assert "changed" in caught.value.message
    assert local_site.requests[-1].headers["if-range"] == '"1"'


def test_servers_that_share_the_work_may_disagree_on_the_tag(local_site: LocalSite, tmp_path: Path) -> None:
    when = {"Last-Modified": "Sun, 22 Nov 2026 08:00:00 GMT"}
    visit = Visit(tmp_path, local_site.route("/a", Route(body=BODY, headers={"ETag": '"one"', **when})))
    with visit.open() as remote:
        assert remote is not None
        local_site.route("/a", Route(body=BODY, headers={"ETag": '"other"', **when}))
        remote.fetch([(500_000, 600_000)])
        assert remote.path.read_bytes()[500_000:600_000] == BODY[500_000:600_000]


def test_a_file_that_changed_since_is_read_anew(local_site: LocalSite, tmp_path: Path) -> None:
    url = local_site.route("/a", Route(body=BODY[::-1], headers={"ETag": '"1"'}))
    visit = Visit(tmp_path, url)
    with visit.open() as remote:
        assert remote is not None
        remote.fetch([(500_000, 600_000)])
    local_site.route("/a", Route(body=BODY, headers={"ETag": '"2"'}))
    data = Visit(tmp_path, url).bring((550_000, 560_000))
    assert data[:1024] == BODY[:1024]
    assert data[570_000:600_000] == bytes(30_000)


def test_a_server_without_parts_is_read_from_the_front_and_no_further(local_site: LocalSite, tmp_path: Path) -> None:
    visit = Visit(tmp_path, local_site.route("/a", Route(body=BODY * 4, ranges=False)))
    visit.bring((100_000, 400_000))
    assert visit.moved < 500_000
    assert local_site.bytes_sent("/a") < len(BODY) * 4
    assert [seen.headers.get("range") for seen in local_site.requests] == ["bytes=0-65535", None]


def test_from_the_front_a_break_costs_a_second_start(local_site: LocalSite, tmp_path: Path) -> None:
    visit = Visit(tmp_path, local_site.route("/a", Route(body=BODY, ranges=False, cut_after=700_000, cuts=2)))
    visit.bring((0, 1_000_000))
    assert len(local_site.requests_for("/a")) == 3


@pytest.mark.parametrize(
    "route",
    [
        Route(body=BODY, no_length=True, ranges=False),
        Route(body=b""),
        Route(body=BODY, ranges=False, headers={"Content-Encoding": "gzip"}),
    ],
)
def test_what_has_no_length_of_its_own_cannot_be_had_in_parts(
    local_site: LocalSite, tmp_path: Path, route: Route
) -> None:
    with Visit(tmp_path, local_site.route("/a", route)).open() as remote:
        assert remote is None


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Range": "bytes 0-99999/3000000"},
        {"Content-Range": "bytes 500000-599999/99"},
        {"Content-Range": "nonsense"},
        {"Content-Encoding": "gzip"},
    ],
)
def test_other_bytes_than_were_asked_for_are_refused(
    local_site: LocalSite, tmp_path: Path, headers: dict[str, str]
) -> None:
    visit = Visit(tmp_path, local_site.route("/a", Route(body=BODY)))
    with visit.open() as remote:
        assert remote is not None
        local_site.route("/a", Route(body=BODY, headers=headers))
        with pytest.raises(UnavailableError):
            remote.fetch([(500_000, 600_000)])


def test_a_length_that_is_too_great_is_a_broken_connection(local_site: LocalSite, tmp_path: Path) -> None:
    visit = Visit(tmp_path, local_site.route("/a", Route(body=BODY, claimed_length=len(BODY) * 2, ranges=False)))
    assert failure(visit, (0, 2 * len(BODY))).code is ErrorCode.SOURCE_UNREACHABLE


@pytest.mark.parametrize(
    "route", [Route(body=BODY, silent_after=0), Route(body=BODY, bytes_per_second=10), Route(body=BODY, latency=30)]
)
def test_a_stop_reaches_a_server_that_says_nothing(local_site: LocalSite, tmp_path: Path, route: Route) -> None:
    cancel = CancelToken()
    visit = Visit(tmp_path, local_site.route("/a", Route(body=BODY)), Reporter(cancel=cancel))
    stopped: list[float] = []

    def stop() -> None:
        while len(local_site.requests) < 2:
            threading.Event().wait(0.01)
        stopped.append(time.monotonic())
        cancel.cancel()

    stopper = threading.Thread(target=stop)
    with visit.open() as remote:
        assert remote is not None
        local_site.route("/a", route)
        stopper.start()
        with pytest.raises(Cancelled):
            remote.fetch([(500_000, 600_000)])
        assert time.monotonic() - stopped[0] < 1
    stopper.join()
    local_site.closing.set()


@pytest.mark.usefixtures("_short_wait")
def test_a_server_that_falls_silent_is_given_up(local_site: LocalSite, tmp_path: Path) -> None:
    visit = Visit(tmp_path, local_site.route("/a", Route(body=BODY, silent_after=1000)))
    assert failure(visit).code is ErrorCode.SOURCE_UNREACHABLE


def test_a_redirect_in_a_circle_is_told(local_site: LocalSite, tmp_path: Path) -> None:
    visit = Visit(tmp_path, local_site.route("/a", Route(redirect="/b")))
    local_site.route("/b", Route(redirect="/a"))
    assert "circle" in failure(visit).message


def test_a_server_that_drips_is_given_up(
    local_site: LocalSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = Visit(tmp_path, local_site.route("/a", Route(body=BODY)))
    with visit.open() as remote:
        assert remote is not None
        monkeypatch.setattr(watched, "SILENCE", 0.3)
        local_site.route("/a", Route(body=BODY, bytes_per_second=500))
        with pytest.raises(UnavailableError) as caught:
            remote.fetch([(500_000, 600_000)])
    assert "next to nothing" in caught.value.message


def test_a_full_disk_is_told_as_one(local_site: LocalSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = Visit(tmp_path, local_site.route("/a", Route(body=BODY)))
    with visit.open() as remote:
        assert remote is not None

        def refuse(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "fsync", refuse)
        with pytest.raises(InputError) as caught:
            remote.fill(500_000, 600_000)
    assert caught.value.code is ErrorCode.DISK_FULL
    assert str(tmp_path) in caught.value.message
