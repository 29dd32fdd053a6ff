"""Fetching from servers that fail, lie, or want to be led elsewhere: one sentence, and nothing half-written."""

from __future__ import annotations

import gzip
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from fastclip_desktop.domain.access import Access, Trust
from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError, UnavailableError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia, FetchMedia, ResolveSource
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.sources import guarded_network, watched, ytdlp
from fastclip_desktop.sources.fragments import MOST_FRAGMENTS
from fastclip_desktop.stages import perform
from tests.conftest import MediaMaker
from tests.local_site import LocalSite, Route
from tests.media_factory import AudioSpec, VideoSpec
from tests.unit.sources.small_internet import SmallInternet

SPAN = TimeRange(Fraction(5), Fraction(7))
STREAMS = {
    "mp4": ("talk.mp4", {"movflags": "faststart"}, "/talk.mp4"),
    "HLS": ("talk.m3u8", {"hls_time": "2", "hls_list_size": "0", "hls_playlist_type": "vod"}, "/talk2.ts"),
    "DASH": ("talk.mpd", {"seg_duration": "2", "use_template": "1", "use_timeline": "1"}, "/chunk-stream0-00003.m4s"),
}


class Stream:
    """A short video on a server, and the path of which a clip needs bytes from the middle."""

    def __init__(self, site: LocalSite, playlist: Path, path: str) -> None:
        self.site = site
        self.path = path
        self.file = playlist.parent / path.lstrip("/")
        self.name = f"/{playlist.name}"
        for file in playlist.parent.iterdir():
            site.route(f"/{file.name}", Route(file=file))
        # A page, lest it be its look at a direct link that meets the fault.
        self.url = site.url(self.name) if path != self.name else site.page("/page", video=path)

    def spoil(self, **how: object) -> None:
        """Have the path in the middle answer otherwise."""
        self.site.route(self.path, Route(file=self.file, **how))  # type: ignore[arg-type]  # fields of a Route


@pytest.fixture(params=STREAMS)
def stream(request: pytest.FixtureRequest, local_site: LocalSite, made_media: MediaMaker) -> Stream:
    name, options, path = STREAMS[request.param]
    spec = VideoSpec(frames=100, size=(320, 180), rate=Fraction(10), gop=20)
    return Stream(local_site, made_media(name, spec, (AudioSpec(),), options=options), path)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ytdlp, "PATIENCE", ytdlp.Patience(timeout=0.5, retries=1, first_pause=0))


def fetch(url: str, folder: Path, access: Access | None = None) -> FetchedMedia:
    media = MediaFile(source=url, title="Talk", path=None, page_url=url)
    (room := folder / "room").mkdir(exist_ok=True)
    request = FetchMedia(media, (SPAN,), OutputSpec(), room, access or Access(), folder / "cache")
    return perform(request, Reporter())  # type: ignore[return-value]  # one result a request


def failure(url: str, folder: Path, host: str = "127.0.0.1", access: Access | None = None) -> FastClipError:
    """How a fetch ends; it leaves nothing in its room and nothing half-written in the cache."""
    with pytest.raises(FastClipError) as caught:
        fetch(url, folder, access)
    assert list((folder / "room").iterdir()) == []
    assert [path for path in folder.rglob("*") if path.name.startswith(("new-", "tmp")) or path.suffix == ".new"] == []
    error = caught.value
    assert host in error.message
    assert error.message.endswith(".")
    assert error.message.isprintable()
    assert error.hint
    return error


@pytest.mark.sampled(3)
def test_trouble_that_passes_costs_a_request(stream: Stream, tmp_path: Path) -> None:
    stream.spoil(troubles=1)
    assert fetch(stream.url, tmp_path).picture is not None


def test_a_reset_in_the_middle_costs_a_request(stream: Stream, tmp_path: Path) -> None:
    stream.spoil(cut_after=20_000, cuts=1, resets=True)
    assert fetch(stream.url, tmp_path).picture is not None


@pytest.mark.sampled(3)
@pytest.mark.parametrize("stream", ["HLS", "DASH"], indirect=True)
@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"troubles": 100}, "503"),
        ({"cut_after": 1000, "resets": True}, "broke"),
        ({"claimed_length": 10_000_000, "ranges": False}, "broke"),
        ({"silent_after": 0}, "in time"),
        ({"headers": {"Content-Encoding": "gzip"}}, "other bytes"),
    ],
)
def test_a_piece_that_never_comes_is_told(stream: Stream, tmp_path: Path, how: dict[str, object], words: str) -> None:
    stream.spoil(**how)
    error = failure(stream.url, tmp_path)
    assert error.code is ErrorCode.SOURCE_UNREACHABLE
    assert isinstance(error, UnavailableError)
    assert words in error.message


@pytest.mark.parametrize("stream", ["HLS"], indirect=True)
def test_a_piece_that_redirects_in_a_circle_is_told(stream: Stream, tmp_path: Path) -> None:
    stream.spoil(redirect=stream.path)
    assert "circle" in failure(stream.url, tmp_path).message


@pytest.mark.parametrize("stream", ["HLS"], indirect=True)
def test_pieces_that_drip_are_given_up(stream: Stream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched, "SILENCE", 0.3)
    stream.spoil(bytes_per_second=500)
    assert "next to nothing" in failure(stream.url, tmp_path).message


@pytest.mark.parametrize("stream", ["HLS"], indirect=True)
def test_a_piece_shorter_than_its_playlist_says_is_a_broken_connection(stream: Stream, tmp_path: Path) -> None:
    playlist = (stream.file.parent / "talk.m3u8").read_text()
    size = stream.file.stat().st_size
    said = playlist.replace("talk2.ts", f"#EXT-X-BYTERANGE:{size * 2}@0\ntalk2.ts")
    stream.site.route(stream.name, Route(body=said.encode()))
    assert failure(stream.url, tmp_path).code is ErrorCode.SOURCE_UNREACHABLE


@pytest.mark.parametrize("stream", ["mp4"], indirect=True)
@pytest.mark.parametrize(("claimed", "ranges"), [(1000, True), (10_000_000, False)])
def test_a_length_that_is_a_lie_is_told(stream: Stream, tmp_path: Path, claimed: int, ranges: bool) -> None:
    stream.spoil(claimed_length=claimed, ranges=ranges)
    assert failure(stream.url, tmp_path).code is ErrorCode.SOURCE_UNREACHABLE


@pytest.mark.parametrize("stream", ["mp4"], indirect=True)
def test_a_length_that_is_too_great_hurts_nobody_who_has_what_was_asked_for(stream: Stream, tmp_path: Path) -> None:
    stream.spoil(claimed_length=10_000_000)
    assert fetch(stream.url, tmp_path).picture is not None


def test_a_bomb_named_mp4_is_not_unpacked(
    local_site: LocalSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarded_network, "MOST_UNPACKED", 1_000_000)
    bomb = gzip.compress(bytes(30_000_000))
    headers = {"Content-Encoding": "gzip", "Content-Type": "video/mp4"}
    url = local_site.route("/talk.mp4", Route(body=bomb, headers=headers, ranges=False))
    assert failure(url, tmp_path).code is ErrorCode.SOURCE_TOO_LARGE


@pytest.mark.parametrize("stream", ["mp4"], indirect=True)
def test_media_that_a_server_packs_is_unpacked(stream: Stream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded_network, "MOST_UNPACKED", 1000)
    packed = gzip.compress(stream.file.read_bytes())
    headers = {"Content-Encoding": "gzip", "Content-Type": "video/mp4"}
    url = stream.site.route(stream.path, Route(body=packed, headers=headers, ranges=False))
    fetched = fetch(url, tmp_path)
    assert fetched.picture is not None
    assert fetched.picture.read_bytes() == stream.file.read_bytes()


@pytest.fixture
def internet(local_site: LocalSite, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallInternet]:
    """``public.example`` is the local site; everything that is not public is the canary."""
    with LocalSite() as canary:
        net = SmallInternet(canary, monkeypatch)
        net.host("public.example", local_site)
        yield net


@pytest.mark.sampled(3)
@pytest.mark.parametrize("target", ["http://127.0.0.1/a.ts", "http://169.254.169.254/a.ts", "http://[::1]/a.ts"])
def test_a_piece_that_redirects_inside_is_refused(
    internet: SmallInternet, stream: Stream, tmp_path: Path, target: str
) -> None:
    stream.site.route(stream.path, Route(redirect=target))
    host = target.split("/")[2].strip("[]")
    error = failure(f"http://public.example{urlsplit(stream.url).path}", tmp_path, host)
    assert error.code is ErrorCode.PRIVATE_ADDRESS
    assert internet.inside == []


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("#EXTINF:2,\nhttp://127.0.0.1/a.ts", ErrorCode.PRIVATE_ADDRESS),
        ("#EXTINF:2,\nhttp://inside.example/a.ts", ErrorCode.PRIVATE_ADDRESS),
        ("#EXTINF:2,\nfile:///etc/hostname", ErrorCode.SOURCE_REFUSED),
        ('#EXT-X-MAP:URI="http://169.254.169.254/a"\n#EXTINF:2,\n/a.ts', ErrorCode.PRIVATE_ADDRESS),
        ('#EXT-X-MAP:URI="file:///etc/hostname"\n#EXTINF:2,\n/a.ts', ErrorCode.SOURCE_REFUSED),
        ('#EXT-X-KEY:METHOD=AES-128,URI="http://10.0.0.1/key"\n#EXTINF:2,\n/a.ts', ErrorCode.PRIVATE_ADDRESS),
        ('#EXT-X-KEY:METHOD=AES-128,URI="file:///etc/hostname"\n#EXTINF:2,\n/a.ts', ErrorCode.SOURCE_REFUSED),
    ],
)
@pytest.mark.parametrize("trust", list(Trust))
def test_a_playlist_leads_neither_inside_nor_to_files(
    internet: SmallInternet, local_site: LocalSite, tmp_path: Path, lines: str, code: ErrorCode, trust: Trust
) -> None:
    internet.name("inside.example", ["192.168.0.1"])
    local_site.route("/a.ts", Route(body=bytes(188 * 16)))
    text = f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n{lines}\n#EXT-X-ENDLIST\n"
    local_site.route("/talk.m3u8", Route(body=text.encode()))
    assert failure("http://public.example/talk.m3u8", tmp_path, "", Access(trust)).code is code
    assert internet.inside == []


@pytest.mark.parametrize("stream", ["mp4"], indirect=True)
def test_a_name_is_not_looked_up_again_in_the_middle(internet: SmallInternet, stream: Stream, tmp_path: Path) -> None:
    internet.name("turncoat.example", ["93.184.216.1"], ["127.0.0.1"])
    url = f"http://turncoat.example{stream.name}"
    assert fetch(url, tmp_path).picture is not None
    assert internet.asked.count("turncoat.example") == 1
    error = failure(url, tmp_path / "room", "turncoat.example", Access(Trust.STRANGER))
    assert error.code is ErrorCode.PRIVATE_ADDRESS
    assert internet.inside == []


@contextmanager
def memory_below(most: int) -> Iterator[None]:
    """Fail if Python's objects take more bytes than this at any moment."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < most
    finally:
        tracemalloc.stop()


SMALL_MPD = """<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"
 mediaPresentationDuration="PT{seconds}S"><Period><AdaptationSet mimeType="video/mp4">{group}
 <Representation id="1" bandwidth="1000" codecs="avc1.42001e" width="320" height="180">{order}</Representation>
</AdaptationSet></Period></MPD>"""
TEMPLATE = '<SegmentTemplate media="{media}" timescale="1" {more}</SegmentTemplate>'
STEPS = '><SegmentTimeline><S d="1" r="{}"/></SegmentTimeline>'


def manifest(seconds: str = "9", media: str = "$Number$.m4s", more: str = 'duration="1">', inner: bool = True) -> str:
    order = TEMPLATE.format(media=media, more=more)
    return SMALL_MPD.format(seconds=seconds, group="" if inner else order, order=order if inner else "")


@pytest.mark.parametrize(
    "text",
    [
        manifest(more=STEPS.format(10**6)),
        manifest(more=STEPS.format(10**12)),
        manifest(more=STEPS.format(10**12), inner=False),
        manifest(media="$Time$.m4s", more=STEPS.format(10**12)),
        manifest(seconds="1000000000000"),
        manifest(more='duration="0.000001">'),
        manifest(media="$Number%0999999999d$.m4s"),
    ],
)
def test_a_manifest_that_promises_millions_of_pieces_is_refused_before_they_are_written_down(
    local_site: LocalSite, tmp_path: Path, text: str
) -> None:
    url = local_site.route("/talk.mpd", Route(body=text.encode()))
    with memory_below(20_000_000):
        assert failure(url, tmp_path).code is ErrorCode.SOURCE_TOO_LARGE
    with pytest.raises(InputError) as caught:
        perform(ResolveSource(url), Reporter())
    assert caught.value.code is ErrorCode.SOURCE_TOO_LARGE


@pytest.mark.parametrize(
    "line", ["#EXTINF:2,\na.ts\n", "#EXT-X-STREAM-INF:BANDWIDTH=1\nlow.m3u8\n", "#EXT-X-DISCONTINUITY\n#EXTINF:2,\na\n"]
)
def test_a_playlist_of_a_million_lines_is_refused(local_site: LocalSite, tmp_path: Path, line: str) -> None:
    target = "" if "STREAM-INF" in line else "#EXT-X-TARGETDURATION:2\n"
    text = f"#EXTM3U\n{target}{line * 1_000_000}#EXT-X-ENDLIST\n"
    url = local_site.route("/talk.m3u8", Route(body=text.encode()))
    with memory_below(10 * len(text)):
        assert failure(url, tmp_path).code is ErrorCode.SOURCE_TOO_LARGE


@pytest.mark.parametrize("stream", ["DASH"], indirect=True)
def test_as_many_pieces_as_a_recording_may_have_are_read(stream: Stream, tmp_path: Path) -> None:
    text = (stream.file.parent / "talk.mpd").read_text()
    assert MOST_FRAGMENTS > 50_000
    last = text.rindex("</SegmentTimeline>")
    longer = f'{text[:last]}<S d="20480" r="50000" />{text[last:]}'
    stream.site.route(stream.name, Route(body=longer.encode()))
    assert fetch(stream.url, tmp_path).picture is not None


@pytest.mark.parametrize("text", ["", "session=abc", '[{"name": "session"}]', "a\tb\tc\n"])
def test_cookies_of_the_wrong_shape_stop_a_fetch_before_it_begins(
    local_site: LocalSite, tmp_path: Path, text: str
) -> None:
    url = local_site.route("/talk.mp4", Route(body=b""))
    (cookies := tmp_path / "cookies.txt").write_text(text)
    assert failure(url, tmp_path, "cookies.txt", Access(cookies=cookies)).code is ErrorCode.BAD_COOKIES
    assert local_site.requests == []
