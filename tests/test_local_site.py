"""The test server keeps its promises, good and bad."""

from __future__ import annotations

import http.client
import socket
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.local_site import LocalSite, Route


def fetch(url: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.read(), dict(answer.headers)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read(), dict(refusal.headers)


@pytest.fixture
def site(local_site: LocalSite) -> LocalSite:
    assert local_site.folder is not None
    (local_site.folder / "ten.bin").write_bytes(b"0123456789")
    return local_site


def test_a_file_comes_whole_and_is_counted(site: LocalSite) -> None:
    status, body, headers = fetch(site.url("/ten.bin"))
    assert (status, body, headers["Accept-Ranges"]) == (200, b"0123456789", "bytes")
    assert site.bytes_sent("/ten.bin") == 10
    assert [seen.method for seen in site.requests_for("/ten.bin")] == ["GET"]


@pytest.mark.parametrize(
    ("asked", "body", "told"),
    [
        ("bytes=2-4", b"234", "bytes 2-4/10"),
        ("bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=-2", b"89", "bytes 8-9/10"),
        ("bytes=8-99", b"89", "bytes 8-9/10"),
    ],
)
def test_a_range_gives_its_bytes_alone(site: LocalSite, asked: str, body: bytes, told: str) -> None:
    status, got, headers = fetch(site.url("/ten.bin"), Range=asked)
    assert (status, got, headers["Content-Range"]) == (206, body, told)
    assert site.bytes_sent("/ten.bin") == len(body)


def test_a_range_outside_is_refused(site: LocalSite) -> None:
    status, _, headers = fetch(site.url("/ten.bin"), Range="bytes=10-")
    assert (status, headers["Content-Range"]) == (416, "bytes */10")


def test_a_server_without_ranges_ignores_them(site: LocalSite) -> None:
    site.route("/plain.bin", Route(body=b"abc", ranges=False))
    assert fetch(site.url("/plain.bin"), Range="bytes=1-")[:2] == (200, b"abc")


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_a_status_can_be_scripted(site: LocalSite, status: int) -> None:
    assert fetch(site.route("/x", Route(status=status)))[0] == status


def test_nothing_outside_the_folder_is_served(site: LocalSite) -> None:
    assert site.folder is not None
    (site.folder.parent / "secret").write_bytes(b"s")
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=5)
    connection.request("GET", "/../secret")
    assert connection.getresponse().status == 404
    connection.close()


def test_a_redirect_leads_on(site: LocalSite) -> None:
    site.route("/old", Route(redirect="/ten.bin"))
    assert fetch(site.url("/old"))[:2] == (200, b"0123456789")


def test_a_cut_connection_gives_the_first_bytes_and_no_more(site: LocalSite) -> None:
    site.route("/cut", Route(body=b"x" * 1000, cut_after=300))
    with pytest.raises(http.client.IncompleteRead) as caught:
        fetch(site.url("/cut"))
    assert len(caught.value.partial) == 300


@pytest.mark.parametrize(("claimed", "got"), [(5, b"01234"), (10, b"0123456789")])
def test_a_claimed_length_is_sent_as_it_is(site: LocalSite, claimed: int, got: bytes) -> None:
    site.route("/lie", Route(body=b"0123456789", claimed_length=claimed))
    assert fetch(site.url("/lie"))[1] == got


def test_too_great_a_claim_ends_early(site: LocalSite) -> None:
    site.route("/lie", Route(body=b"0123456789", claimed_length=20))
    with pytest.raises(http.client.IncompleteRead):
        fetch(site.url("/lie"))


def test_a_body_without_a_length_ends_with_the_connection(site: LocalSite) -> None:
    status, body, headers = fetch(site.route("/open", Route(body=b"abc", no_length=True)))
    assert (status, body) == (200, b"abc")
    assert "Content-Length" not in headers


def test_a_page_embeds_its_video_and_tracks(site: LocalSite) -> None:
    _, body, headers = fetch(site.page("/talk", video="/talk.mp4", tracks=(("en", "/talk.vtt"),)))
    assert headers["Content-Type"].startswith("text/html")
    assert b'<source src="/talk.mp4" type="video/mp4">' in body
    assert b'<track kind="subtitles" srclang="en" src="/talk.vtt">' in body


def test_closing_ends_a_drip_and_an_idle_connection_at_once(tmp_path: Path) -> None:
    with LocalSite(tmp_path) as site:
        site.route("/slow", Route(body=b"x" * 100_000, bytes_per_second=20))
        idle = socket.create_connection(("127.0.0.1", site.port), timeout=5)
        slow = http.client.HTTPConnection("127.0.0.1", site.port, timeout=5)
        slow.request("GET", "/slow")
        answer = slow.getresponse()
        assert answer.read(1) == b"x"
    assert not [thread for thread in threading.enumerate() if "process_request" in thread.name]
    with pytest.raises(http.client.IncompleteRead):
        answer.read()
    slow.close()
    idle.close()


def test_ipv6_loopback_is_served() -> None:
    with LocalSite(host="::1") as site:
        assert fetch(site.route("/x", Route(body=b"six")))[1] == b"six"


def test_nobody_answers_at_an_unused_port(unused_port: int) -> None:
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", unused_port), timeout=5)
