"""A link is played and looked at through the cache of fetched bytes, over a real server and real child processes."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from fractions import Fraction
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import psutil
import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError, InputError, UnavailableError
from fastclip_desktop.domain.job import ClipRequest, Destination
from fastclip_desktop.domain.media import MediaFile, MediaInfo
from fastclip_desktop.domain.preview import Still
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.stream_stages import BytesWanted, LocalStream
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.media.probe import probe
from fastclip_desktop.runners.processes import ProcessRunner
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.store.database import Database
from tests.conftest import MediaMaker
from tests.local_site import LocalSite, Route
from tests.media_factory import AudioSpec, VideoSpec, read_number

FRAMES, RATE = 750, 25
WHOLE = (640, 360)

MANIFEST = """<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT2S" minBufferTime="PT1S"
    profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period>
<AdaptationSet mimeType="video/mp4">
<Representation id="v" bandwidth="90000" codecs="avc1.64000d" width="320" height="180">
    <BaseURL>{}</BaseURL></Representation></AdaptationSet>
<AdaptationSet mimeType="audio/mp4"><Representation id="a" bandwidth="60000" codecs="mp4a.40.2">
    <BaseURL>{}</BaseURL></Representation></AdaptationSet>
</Period></MPD>"""


@pytest.fixture(scope="module")
def film(made_media: MediaMaker) -> Path:
    """Half a minute with a key frame every five seconds, large enough that nobody brings it by accident."""
    sound = (AudioSpec(duration=Fraction(FRAMES, RATE)),)
    return made_media("film.mp4", VideoSpec(frames=FRAMES, rate=Fraction(RATE), gop=125, size=(640, 360)), sound)


@pytest.fixture
def site() -> Iterator[LocalSite]:
    with LocalSite() as site:
        yield site


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    paths = Paths(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    with Engine(ProcessRunner(paths.sites), paths, Database.in_memory()) as engine:
        yield engine


class Holder:
    """Somebody who has a link open."""

    def __init__(self, engine: Engine, media: MediaFile) -> None:
        self.cancel = CancelToken()
        self.ready: list[LocalStream] = []
        self.error: FastClipError | None = None
        self._engine, self._media = engine, media
        self._told = threading.Event()
        self._thread = threading.Thread(target=self._hold)
        self._thread.start()
        self._told.wait(30)

    def _hold(self) -> None:
        try:
            self._engine.streams.hold(self._media, self._take, self.cancel)
        except FastClipError as error:
            self.error = error
        self._told.set()

    def _take(self, stream: LocalStream) -> None:
        self.ready.append(stream)
        self._told.set()

    def end(self) -> FastClipError | None:
        self.cancel.cancel()
        self._thread.join()
        return self.error


@contextmanager
def held(engine: Engine, source: str) -> Iterator[LocalStream]:
    holder = Holder(engine, engine.info(source))
    assert holder.ready, holder.error
    yield holder.ready[0]
    assert isinstance(holder.end(), Cancelled)


def asked(
    stream: LocalStream, span: str = "", method: str = "GET", path: str = "", host: str = ""
) -> tuple[int, dict[str, str], bytes]:
    address = urlsplit(stream.url)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=30)
    headers = {name: value for name, value in (("Range", span), ("Host", host)) if value}
    with closing(connection):
        connection.request(method, path or address.path, headers=headers)
        with connection.getresponse() as answer:
            data = answer.read()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, data


def test_a_player_reads_any_part_of_it(engine: Engine, site: LocalSite, film: Path) -> None:
    site.route("/film.mp4", Route(file=film))
    whole = film.read_bytes()
    with held(engine, site.url("/film.mp4")) as stream:
        assert stream.size == len(whole)
        status, headers, data = asked(stream, "bytes=1000-1999")
        assert (status, data) == (206, whole[1000:2000])
        assert headers["content-range"] == f"bytes 1000-1999/{len(whole)}"
        assert asked(stream, "bytes=-500")[2] == whole[-500:]
        assert asked(stream, f"bytes={len(whole) - 10}-")[2] == whole[-10:]
        assert asked(stream, f"bytes={len(whole)}-")[:1] == (416,)
        assert asked(stream, method="HEAD")[1]["content-length"] == str(len(whole))
        status, _, data = asked(stream)
        assert (status, data) == (200, whole)


def test_only_who_was_told_the_address_gets_in(engine: Engine, site: LocalSite, film: Path) -> None:
    site.route("/film.mp4", Route(file=film))
    with held(engine, site.url("/film.mp4")) as stream:
        assert urlsplit(stream.url).hostname == "127.0.0.1"
        assert asked(stream, path="/")[0] == 404
        assert asked(stream, host="evil.example")[0] == 404


def test_a_picture_is_exact_and_little_is_fetched_for_it(engine: Engine, site: LocalSite, film: Path) -> None:
    site.route("/film.mp4", Route(file=film))
    with held(engine, site.url("/film.mp4")) as stream:
        still = engine.previews.still(stream.path, Fraction(634, RATE), box=WHOLE)
        assert number_in(still) == 634
        engine.previews.prepare_still(stream.path, Fraction(600, RATE))
        assert number_in(engine.previews.still(stream.path, Fraction(600, RATE), box=WHOLE)) == 600
    assert 0 < site.bytes_sent("/film.mp4") < film.stat().st_size


def test_what_was_looked_at_is_not_fetched_again_for_a_clip(
    engine: Engine, site: LocalSite, film: Path, tmp_path: Path
) -> None:
    site.route("/film.mp4", Route(file=film))
    source = site.url("/film.mp4")
    with held(engine, source) as stream:
        asked(stream)
    sent = site.bytes_sent("/film.mp4")
    span = TimeRange(Fraction(20), Fraction(22))
    result = engine.run(ClipRequest(source, span, OutputSpec(), Destination(tmp_path)))
    assert result.clips[0].path.is_file()
    assert site.bytes_sent("/film.mp4") - sent < 2000  # a look whether it is still the same


def test_closing_leaves_neither_a_port_nor_bytes_on_their_way(engine: Engine, site: LocalSite, film: Path) -> None:
    site.route("/film.mp4", Route(file=film))
    with held(engine, site.url("/film.mp4")) as stream:
        pass
    port = urlsplit(stream.url).port
    children = psutil.Process().children(recursive=True)
    assert not any(each.laddr.port == port for child in children for each in child.net_connections("tcp"))
    with pytest.raises(UnavailableError):
        engine.streams.bring(stream.path, BytesWanted(0, 10), CancelToken())


def test_a_source_that_vanishes_says_so(engine: Engine, site: LocalSite, film: Path) -> None:
    site.route("/film.mp4", Route(file=film))
    holder = Holder(engine, engine.info(site.url("/film.mp4")))
    site.route("/film.mp4", Route(status=404))
    with pytest.raises(http.client.HTTPException):
        asked(holder.ready[0], f"bytes={film.stat().st_size // 2}-")
    holder._thread.join()
    assert holder.error is not None
    assert holder.error.code is ErrorCode.SOURCE_NOT_FOUND


@pytest.mark.slow
def test_two_who_look_at_the_same_link_do_not_part_when_one_leaves(engine: Engine, site: LocalSite, film: Path) -> None:
    site.route("/film.mp4", Route(file=film))
    whole = film.read_bytes()
    with held(engine, site.url("/film.mp4")) as first:
        with held(engine, site.url("/film.mp4")) as second:
            assert second.path == first.path
            assert asked(first, "bytes=-5000")[2] == whole[-5000:]
            assert asked(second)[2] == whole
        assert asked(first)[2] == whole
        assert number_in(engine.previews.still(first.path, Fraction(300, RATE), box=WHOLE)) == 300


def test_pictures_end_with_their_source(engine: Engine, site: LocalSite, film: Path) -> None:
    site.route("/film.mp4", Route(file=film))
    with held(engine, site.url("/film.mp4")) as stream:
        pass
    with pytest.raises(InputError):
        engine.previews.still(stream.path, Fraction(28))


def test_a_source_in_pieces_is_not_played_as_it_comes(engine: Engine, site: LocalSite) -> None:
    playlist = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\na.ts\n#EXTINF:2,\nb.ts\n#EXT-X-ENDLIST\n"
    site.route("/film.m3u8", Route(body=playlist.encode(), headers={"Content-Type": "application/vnd.apple.mpegurl"}))
    holder = Holder(engine, engine.info(site.url("/film.m3u8")))
    assert not holder.ready
    holder.end()
    assert holder.error is not None
    assert holder.error.code is ErrorCode.NOT_STREAMABLE


def test_picture_and_sound_that_come_apart_are_put_together(
    engine: Engine, site: LocalSite, made_media: MediaMaker
) -> None:
    picture = made_media("picture.mp4", VideoSpec(frames=50, rate=Fraction(RATE)))
    sound = made_media("sound.m4a", None, (AudioSpec(duration=Fraction(2)),))
    manifest = MANIFEST.format(site.url("/picture.mp4"), site.url("/sound.m4a"))
    site.route("/picture.mp4", Route(file=picture))
    site.route("/sound.m4a", Route(file=sound))
    site.route("/film.mpd", Route(body=manifest.encode(), headers={"Content-Type": "application/dash+xml"}))
    media = engine.info(site.url("/film.mpd"))
    cancel = CancelToken()
    seen: list[MediaInfo | float] = []

    def look(path: Path) -> None:
        seen.append(probe(path))
        cancel.cancel()

    with pytest.raises(Cancelled):
        engine.streams.hold_whole(media, seen.append, look, cancel)
    info = seen[-1]
    assert isinstance(info, MediaInfo)
    assert info.picture is not None
    assert info.sound is not None
    assert abs(info.duration - 2) < Fraction(1, 10)


def number_in(still: Still) -> int:
    pixels = np.frombuffer(still.pixels, np.uint8).reshape(still.height, still.width, 4)
    return read_number(pixels[:, :, 1])
