"""Bytes of a source that is held open, for somebody who may go elsewhere meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, UnavailableError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stream_stages import BytesWanted, LocalStream
from fastclip_desktop.engine.ports import StageRunner
from fastclip_desktop.engine.streams import Streams
from fastclip_desktop.sources.stream_server import StreamServer, WholeFile

LINK = MediaFile("https://site.example/film", "A film", None)
SIZE = 1024 * 1024
HERE = SIZE // 2


class Stalled(WholeFile):
    """A file of which the second half comes when the gate opens."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.gate = threading.Event()
        self.is_asked = threading.Event()

    def missing(self, spans: list[tuple[int, int]]) -> int:
        return 0 if self.gate.is_set() else sum(max(0, end - max(HERE, start)) for start, end in spans)

    def fetch(self, spans: list[tuple[int, int]]) -> None:
        del spans
        self.is_asked.set()
        self.gate.wait()


@dataclass
class Holding:
    """Runs the stage that holds a file open."""

    file: Stalled

    def run_in_parts(self, _: object, deliver: Callable[[object], None], reporter: Reporter) -> None:
        with StreamServer(self.file) as server:
            deliver(LocalStream(server.url, self.file.path, SIZE))
            while not reporter.cancel.wait(0.01):
                pass
            self.file.gate.set()
        raise Cancelled


@pytest.fixture
def file(tmp_path: Path) -> Stalled:
    path = tmp_path / "data"
    path.write_bytes(bytes(SIZE))
    return Stalled(path)


@pytest.fixture
def streams(file: Stalled, tmp_path: Path) -> Iterator[Streams]:
    streams = Streams(cast("StageRunner", Holding(file)), tmp_path)
    ready, cancel = threading.Event(), CancelToken()

    def hold() -> None:
        with suppress(Cancelled):
            streams.hold(LINK, lambda _: ready.set(), cancel)

    thread = threading.Thread(target=hold)
    thread.start()
    ready.wait()
    yield streams
    cancel.cancel()
    thread.join()


def test_whoever_goes_elsewhere_waits_for_no_bytes(streams: Streams, file: Stalled) -> None:
    token, ends = CancelToken(), []

    def bring() -> None:
        try:
            streams.bring(file.path, BytesWanted(HERE, SIZE), token)
        except Cancelled:
            ends.append("stopped")

    thread = threading.Thread(target=bring)
    thread.start()
    assert file.is_asked.wait(5)
    token.cancel()
    thread.join(5)
    assert ends == ["stopped"]
    assert not file.gate.is_set()


def test_the_first_bytes_are_enough_to_go_on(streams: Streams, file: Stalled) -> None:
    streams.bring(file.path, BytesWanted(0, SIZE), CancelToken())
    assert not file.gate.is_set()


def test_a_source_that_is_closed_has_no_bytes(streams: Streams, tmp_path: Path) -> None:
    with pytest.raises(UnavailableError) as refused:
        streams.bring(tmp_path / "another", BytesWanted(0, SIZE), CancelToken())
    assert refused.value.code is ErrorCode.SOURCE_UNREACHABLE
