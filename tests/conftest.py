"""The rules for every test: no network but loopback, a home of its own, no screen, and nothing left running."""

from __future__ import annotations

import ipaddress
import logging
import math
import os
import socket
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import pytest_socket
from httpx._config import DEFAULT_TIMEOUT_CONFIG

from fastclip_desktop.domain.devices import NO_RULES
from fastclip_desktop.hardware import standing
from tests import dask_cluster as clusters
from tests import local_site as sites
from tests.leaks import Footprint, StartedInQt, leaked_since
from tests.media_factory import AudioSpec, VideoSpec, make_media

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["SVT_LOG"] = "1"  # SVT-AV1 writes its banner past every log handler otherwise

# Where Python may keep nothing that it compiled, as in many containers, every child process would compile it all anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# On a build machine the same change gets the same answer; at home every run looks somewhere new.
hypothesis.settings.register_profile("build", derandomize=True, deadline=None)
hypothesis.settings.register_profile("home", deadline=None)
hypothesis.settings.load_profile("build" if os.environ.get("CI") else "home")

# Five seconds, httpx's own patience, are too few for an answer while everything else runs beside it.
for _patience in ("connect", "read", "write", "pool"):
    setattr(DEFAULT_TIMEOUT_CONFIG, _patience, 60.0)

_LOOPBACK = ["127.0.0.0/8", "127.0.0.1", "::1", "localhost"]
_resolve = socket.getaddrinfo

MediaMaker = Callable[..., Path]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave all rows but one in N of a test that is marked ``sampled(N)`` to ``make test-all``.

    Which ones stay goes by a checksum of their names, so they lie anywhere in the table, and are the same everywhere.
    """
    tables: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("sampled") and not item.get_closest_marker("slow"):
            tables.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for rows in tables.values():
        (one_in,) = rows[0].get_closest_marker("sampled").args
        rows.sort(key=lambda item: zlib.crc32(item.nodeid.encode()))
        for item in rows[math.ceil(len(rows) / one_in) :]:
            item.add_marker("slow")


@pytest.fixture(autouse=True)
def _nothing_left_running() -> Iterator[None]:
    """Fail the test that leaves a thread, a child process, a Qt timer or a window behind.

    Fixtures of a wider scope are set up before this one and live on; those of the test are torn down before it looks.
    """
    before = Footprint.take()
    with StartedInQt() as started:
        yield
    leaked = [*started.leaked(), *leaked_since(before)]
    if leaked:
        pytest.fail("left behind: " + "; ".join(leaked), pytrace=False)


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let sockets connect to this machine alone and let no other name resolve."""
    pytest_socket.socket_allow_hosts(_LOOPBACK, allow_unix_socket=True)

    def resolve_loopback(host: str | bytes | None, *arguments: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if not name or name == "localhost" or _is_address(name):
            return _resolve(host, *arguments, **options)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve_loopback)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True


@pytest.fixture(autouse=True)
def _log_as_before() -> Iterator[None]:
    """Undo what a command line run inside the test did to the process's log."""
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    yield
    root.setLevel(level)
    for handler in root.handlers[:]:
        if handler not in handlers and type(handler) is logging.StreamHandler:
            root.removeHandler(handler)


@pytest.fixture(autouse=True)
def _no_device_gave_up() -> Iterator[None]:
    """Forget what a stage that ran in this process learnt of devices."""
    yield
    standing.obey(NO_RULES)


@pytest.fixture(autouse=True)
def fastclip_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that holds this test's data, cache and settings; its name has a space and an accent on purpose."""
    home = tmp_path_factory.mktemp("home") / "fast clíp"
    monkeypatch.setenv("FASTCLIP_HOME", str(home))
    return home


@pytest.fixture
def local_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sites.LocalSite]:
    """A web server on a port of its own that serves an empty folder, ``local_site.folder``."""
    with sites.LocalSite(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def unused_port() -> Iterator[int]:
    """A port of this machine at which nobody answers."""
    with sites.unused_port() as port:
        yield port


@pytest.fixture(scope="session")
def dask_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[clusters.DaskCluster]:
    """A Dask scheduler with two workers; what Dask and fsspec start once and keep is there already."""
    with (
        clusters.dask_cluster(tmp_path_factory.mktemp("dask")) as site,
        site.worker(*clusters.TWO_EACH),
        site.worker(*clusters.TWO_EACH),
    ):
        clusters.prepare_this_process(site, tmp_path_factory.mktemp("shared"))
        yield site


@pytest.fixture(scope="session")
def made_media(tmp_path_factory: pytest.TempPathFactory) -> MediaMaker:
    """``made_media(name, video, audio, …)``: as :func:`make_media`, made once for the same arguments; to read only."""
    folder = tmp_path_factory.mktemp("media")
    shelf: dict[str, Path] = {}

    def make(name: str, *arguments: Any, **options: Any) -> Path:
        key = repr((name, arguments, options))
        if key not in shelf:
            own = folder / str(len(shelf))
            own.mkdir(exist_ok=True)  # it is there after a file could not be made
            shelf[key] = make_media(own / name, *arguments, **options)
        return shelf[key]

    return make


@pytest.fixture(scope="session")
def plain_mp4(made_media: MediaMaker) -> Path:
    """Three seconds of H.264 and AAC, 90 numbered frames at 30 a second, 320×180."""
    return made_media("plain.mp4", VideoSpec(), (AudioSpec(),))
