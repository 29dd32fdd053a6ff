"""What a player on this machine gets of a file that is only partly here."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, IncompleteRead
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from fastclip_desktop.domain.errors import ErrorCode, UnavailableError
from fastclip_desktop.sources import stream_server
from fastclip_desktop.sources.stream_server import StreamServer, WholeFile

SIZE = 12 * 1024 * 1024
"""More than the sockets of both sides hold."""

PATIENCE = 5.0


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(bytes(range(256)) * (SIZE // 256))
    return path


class Torn(WholeFile):
    """A file whose bytes come no more."""

    def missing(self, spans: list[tuple[int, int]]) -> int:
        return sum(end - start for start, end in spans)

    def fetch(self, spans: list[tuple[int, int]]) -> None:
        raise UnavailableError(ErrorCode.SOURCE_UNREACHABLE, f"{spans} do not come.", "Try again.")


class Far(WholeFile):
    """A file whose bytes come as they are read, and what was asked for."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.asked: list[tuple[int, int]] = []

    def missing(self, spans: list[tuple[int, int]]) -> int:
        return sum(end - start for start, end in spans)

    def fetch(self, spans: list[tuple[int, int]]) -> None:
        self.asked += spans


@contextmanager
def asking(server: StreamServer) -> Iterator[HTTPConnection]:
    place = urlsplit(server.url)
    connection = HTTPConnection(str(place.hostname), place.port, timeout=PATIENCE)
    try:
        yield connection
    finally:
        connection.close()


def begin(server: StreamServer) -> socket.socket:
    """Ask for all of it and read nothing yet."""
    place = urlsplit(server.url)
    player = socket.create_connection((str(place.hostname), place.port), timeout=PATIENCE)
    player.sendall(f"GET {place.path} HTTP/1.1\r\nHost: {place.netloc}\r\n\r\n".encode())
    player.recv(1, socket.MSG_PEEK)
    return player


def rest_of(player: socket.socket) -> int:
    got = 0
    with suppress(ConnectionError):
        while got < SIZE and (data := player.recv(1 << 20)):
            got += len(data)
    return got


@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [
        ("bytes=5-9", 206, 5, 9),
        ("bytes=-4", 206, SIZE - 4, SIZE - 1),
        (f"bytes={SIZE - 2}-", 206, SIZE - 2, SIZE - 1),
        (f"bytes={SIZE - 2}-{SIZE + 50}", 206, SIZE - 2, SIZE - 1),
    ],
)
def test_a_part_is_given(film: Path, asked: str, status: int, first: int, last: int) -> None:
    with StreamServer(WholeFile(film)) as server, asking(server) as connection:
        connection.request("GET", urlsplit(server.url).path, headers={"Range": asked})
        answer = connection.getresponse()
        assert answer.status == status
        assert answer.getheader("Content-Range") == f"bytes {first}-{last}/{SIZE}"
        assert answer.read() == film.read_bytes()[first : last + 1]


def test_what_lies_behind_the_end_is_refused_and_the_connection_goes_on(film: Path) -> None:
    with StreamServer(WholeFile(film)) as server, asking(server) as connection:
        path = urlsplit(server.url).path
        connection.request("GET", path, headers={"Range": f"bytes={SIZE}-"})
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("Content-Range"), answer.read()) == (416, f"bytes */{SIZE}", b"")
        connection.request("HEAD", path)
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("Content-Length"), answer.read()) == (200, str(SIZE), b"")


def test_nobody_is_served_who_was_not_told_the_address(film: Path) -> None:
    with StreamServer(WholeFile(film)) as server:
        path = urlsplit(server.url).path
        for wrong, headers in ((f"{path}x", {}), ("/", {}), (path, {"Host": "example.org"})):
            with asking(server) as connection:
                connection.request("GET", wrong, headers=headers)
                assert connection.getresponse().status == 404


def test_a_player_that_rests_for_long_reads_on(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_server._Handler, "timeout", 0.2)
    with StreamServer(WholeFile(film)) as server, begin(server) as player:
        # Whoever asks for nothing is given up after the quiet time; by then the player has rested for as long.
        with socket.create_connection(player.getpeername(), timeout=PATIENCE) as idle:
            assert idle.recv(1) == b""
        assert rest_of(player) >= SIZE


def test_a_player_that_rests_is_cut_off_when_the_source_is_let_go(film: Path) -> None:
    with StreamServer(WholeFile(film)) as server:
        player = begin(server)
    with player:
        assert rest_of(player) < SIZE


def test_whoever_reads_on_gets_more_at_once_and_never_waits_for_what_comes_long_after(film: Path) -> None:
    far = Far(film)
    with StreamServer(far) as server, asking(server) as connection:
        for _ in range(2):
            connection.request("GET", urlsplit(server.url).path)
            assert len(connection.getresponse().read()) == SIZE
    lengths = [end - start for start, end in far.asked]
    again = far.asked.index((0, lengths[0]), 1)
    assert lengths[:again] == lengths[again:] == sorted(lengths[: again - 1]) + lengths[again - 1 : again]
    assert (lengths[0], max(lengths)) == (256 * 1024, 1024 * 1024)
    assert [end for _, end in far.asked[: again - 1]] == [start for start, _ in far.asked[1:again]]


def test_bytes_that_do_not_come_end_the_answer_and_say_why(film: Path) -> None:
    with StreamServer(Torn(film)) as server, asking(server) as connection:
        connection.request("GET", urlsplit(server.url).path)
        answer = connection.getresponse()
        with pytest.raises(IncompleteRead):
            answer.read()
        assert server.failed.wait(PATIENCE)
        assert isinstance(server.error, UnavailableError)
