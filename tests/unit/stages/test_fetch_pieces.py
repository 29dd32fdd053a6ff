"""Clips of HLS and DASH streams bring the pieces that hold them, and are the clips of the whole stream."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from yt_dlp.dependencies import Cryptodome

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia, FetchMedia, Reach, Render
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.stages import perform
from tests.conftest import MediaMaker
from tests.local_site import LocalSite, Route
from tests.media_factory import AudioSpec, VideoSpec, read_frame_numbers, read_sound_shift

SPAN = TimeRange(Fraction(11), Fraction(15))
WANTED = {0, 5, 6, 7}
"""Pieces of two seconds: the first for the zero, and those from half a second before the span to its end."""

HLS = {"hls_time": "2", "hls_list_size": "0", "hls_playlist_type": "vod"}
KINDS = {
    "TS": ("talk.m3u8", HLS),
    "fMP4": ("talk.m3u8", HLS | {"hls_segment_type": "fmp4"}),
    "TS in one file": ("talk.m3u8", HLS | {"hls_flags": "single_file"}),
    "DASH": ("talk.mpd", {"seg_duration": "2", "use_template": "1", "use_timeline": "1"}),
}


@pytest.fixture(params=KINDS)
def stream(request: pytest.FixtureRequest, made_media: MediaMaker) -> Path:
    """The playlist of half a minute in pieces of two seconds; the pieces lie beside it."""
    name, options = KINDS[request.param]
    spec = VideoSpec(frames=300, size=(160, 90), rate=Fraction(10), gop=20)
    path: Path = made_media(name, spec, (AudioSpec(),), options=options)
    return path


@pytest.fixture
def whole(made_media: MediaMaker) -> Path:
    """The same pictures and sound in one file."""
    spec = VideoSpec(frames=300, size=(160, 90), rate=Fraction(10), gop=20)
    path: Path = made_media("talk.mp4", spec, (AudioSpec(),))
    return path


def serve(site: LocalSite, stream: Path) -> str:
    for path in stream.parent.iterdir():
        site.route(f"/{path.name}", Route(file=path))
    return site.url(f"/{stream.name}")


def fetch(
    url: str, folder: Path, span: TimeRange = SPAN, reach: Reach = Reach.SPANS, output: OutputSpec | None = None
) -> FetchedMedia:
    media = MediaFile(source=url, title="Talk", path=None, page_url=url)
    room = folder / f"room-{len(list(folder.iterdir()))}"
    room.mkdir()
    request = FetchMedia(media, (span,), output or OutputSpec(), room, cache=folder / "cache", reach=reach)
    return perform(request, Reporter())  # type: ignore[return-value]  # one result a request


def render(media: FetchedMedia, span: TimeRange, path: Path, output: OutputSpec | None = None) -> Path:
    perform(Render(media, Timeline(span, output or OutputSpec()), path), Reporter())
    return path


def numbers_of(clip: Path) -> list[int]:
    return [frame.number for frame in read_frame_numbers(clip)]


def pieces_asked_for(site: LocalSite) -> set[int]:
    """The numbers of the pieces, counted from 0, whichever track they are of."""
    found = set()
    for seen in site.requests:
        hls, dash = re.fullmatch(r"/talk(\d+)\.(?:ts|m4s)", seen.path), re.search(r"-(\d{5})\.m4s$", seen.path)
        if hls:
            found.add(int(hls[1]))
        elif dash:
            found.add(int(dash[1]) - 1)
    return found


@pytest.mark.sampled(2)
def test_a_clip_brings_its_own_pieces_and_is_the_clip_of_the_whole_stream(
    local_site: LocalSite, stream: Path, whole: Path, tmp_path: Path
) -> None:
    url = serve(local_site, stream)
    fetched = fetch(url, tmp_path)
    if stream.suffix == ".mpd" or len(list(stream.parent.iterdir())) > 2:
        assert pieces_asked_for(local_site) == WANTED
    else:
        assert fetched.bytes_moved < 0.5 * (stream.parent / "talk.ts").stat().st_size
    clip = render(fetched, SPAN, tmp_path / "clip.mp4")
    assert numbers_of(clip) == list(range(110, 150))
    everything = fetch(url, tmp_path, reach=Reach.WHOLE)
    assert numbers_of(render(everything, SPAN, tmp_path / "whole.mp4")) == list(range(110, 150))
    off = read_sound_shift(clip, whole, Fraction(11)) - 11
    same = read_sound_shift(tmp_path / "whole.mp4", whole, Fraction(11)) - 11
    assert off == same


@pytest.mark.sampled(3)
@pytest.mark.parametrize("stream", ["TS", "fMP4", "DASH"], indirect=True)
def test_a_clip_beside_the_first_brings_new_pieces_alone(local_site: LocalSite, stream: Path, tmp_path: Path) -> None:
    url = serve(local_site, stream)
    fetch(url, tmp_path)
    local_site.requests.clear()
    beside = fetch(url, tmp_path, TimeRange(Fraction(15), Fraction(17)))
    assert pieces_asked_for(local_site) == {8}
    assert numbers_of(render(beside, TimeRange(Fraction(15), Fraction(17)), tmp_path / "clip.mp4")) == list(
        range(150, 170)
    )


@pytest.mark.sampled(3)
@pytest.mark.parametrize("stream", ["TS", "fMP4", "DASH"], indirect=True)
@pytest.mark.parametrize(
    ("span", "first"), [(TimeRange(Fraction(0), Fraction(2)), 0), (TimeRange(Fraction(28), Fraction(30)), 280)]
)
def test_the_ends_of_a_stream_are_in_reach(
    local_site: LocalSite, stream: Path, tmp_path: Path, span: TimeRange, first: int
) -> None:
    clip = render(fetch(serve(local_site, stream), tmp_path, span), span, tmp_path / "clip.mp4")
    assert numbers_of(clip) == list(range(first, first + 20))


@pytest.mark.parametrize("stream", ["TS", "DASH"], indirect=True)
def test_sound_alone_comes_without_pictures_where_the_site_has_it_so(
    local_site: LocalSite, stream: Path, tmp_path: Path
) -> None:
    output = OutputSpec(OutputFormat.M4A)
    fetched = fetch(serve(local_site, stream), tmp_path, output=output)
    assert fetched.picture is None
    render(fetched, SPAN, tmp_path / "clip.m4a", output)
    if stream.suffix == ".mpd":
        assert not [seen for seen in local_site.requests if "stream0" in seen.path]


@pytest.mark.parametrize("stream", ["TS"], indirect=True)
def test_a_playlist_that_counts_in_whole_seconds_is_not_believed(
    local_site: LocalSite, stream: Path, tmp_path: Path
) -> None:
    url = serve(local_site, stream)
    text = stream.read_text()
    for said in ("3", "1"):
        local_site.route("/talk.m3u8", Route(body=re.sub(r"#EXTINF:[\d.]+", f"#EXTINF:{said}", text).encode()))
        (folder := tmp_path / said).mkdir()
        fetched = fetch(url, folder)
        assert numbers_of(render(fetched, SPAN, folder / "clip.mp4")) == list(range(110, 150))


@pytest.mark.parametrize(
    ("stream", "vector"),
    [
        ("TS", None),
        ("fMP4", bytes(range(16))),
        pytest.param("TS", bytes(range(16)), marks=pytest.mark.slow),
        pytest.param("fMP4", None, marks=pytest.mark.slow),
    ],
    indirect=["stream"],
    ids=["TS", "fMP4 with a vector", "TS with a vector", "fMP4"],
)
def test_locked_pieces_are_unlocked(local_site: LocalSite, stream: Path, tmp_path: Path, vector: bytes | None) -> None:
    secret = b"sixteen bytes ok"
    url = serve(local_site, stream)
    local_site.route("/key", Route(body=secret))
    said = f",IV=0x{vector.hex()}" if vector else ""
    lines = []
    number = 0
    for line in stream.read_text().splitlines():
        if line.startswith("#EXTINF") and number == 0:
            lines.append(f'#EXT-X-KEY:METHOD=AES-128,URI="/key"{said}')
        if line and not line.startswith("#"):
            data = (stream.parent / line).read_bytes()
            padding = 16 - len(data) % 16
            iv = vector or number.to_bytes(16, "big")
            lock = Cryptodome.AES.new(secret, Cryptodome.AES.MODE_CBC, iv)
            local_site.route(f"/{line}", Route(body=lock.encrypt(data + bytes([padding]) * padding)))
            number += 1
        lines.append(line)
    local_site.route("/talk.m3u8", Route(body="\n".join(lines).encode()))
    fetched = fetch(url, tmp_path)
    assert pieces_asked_for(local_site) == WANTED
    assert numbers_of(render(fetched, SPAN, tmp_path / "clip.mp4")) == list(range(110, 150))
    assert len(local_site.requests_for("/key")) == 1


@pytest.mark.parametrize("stream", ["TS", "DASH"], indirect=True)
def test_a_piece_that_is_gone_is_an_error_and_not_a_hole(local_site: LocalSite, stream: Path, tmp_path: Path) -> None:
    url = serve(local_site, stream)
    for name in ("/talk6.ts", "/chunk-stream0-00007.m4s"):
        local_site.route(name, Route(status=404))
    with pytest.raises(InputError) as caught:
        fetch(url, tmp_path)
    assert caught.value.code is ErrorCode.SOURCE_NOT_FOUND


@pytest.mark.parametrize("stream", ["TS"], indirect=True)
def test_a_dropped_connection_costs_one_request(local_site: LocalSite, stream: Path, tmp_path: Path) -> None:
    url = serve(local_site, stream)
    local_site.route("/talk6.ts", Route(file=stream.parent / "talk6.ts", cut_after=20_000, cuts=1))
    fetched = fetch(url, tmp_path)
    assert len(local_site.requests_for("/talk6.ts")) == 2
    assert local_site.requests_for("/talk6.ts")[1].headers["range"] == "bytes=16384-"
    assert numbers_of(render(fetched, SPAN, tmp_path / "clip.mp4")) == list(range(110, 150))


@pytest.mark.parametrize("stream", ["TS"], indirect=True)
def test_a_break_in_the_clock_is_left_to_the_whole(local_site: LocalSite, stream: Path, tmp_path: Path) -> None:
    url = serve(local_site, stream)
    text = stream.read_text().replace("#EXTINF", "#EXT-X-DISCONTINUITY\n#EXTINF")
    local_site.route("/talk.m3u8", Route(body=text.encode()))
    fetch(url, tmp_path)
    assert pieces_asked_for(local_site) == set(range(15))


@pytest.mark.parametrize("stream", ["TS", "TS in one file", "fMP4"], indirect=True)
def test_a_server_without_parts_gives_the_same_clip(local_site: LocalSite, stream: Path, tmp_path: Path) -> None:
    url = serve(local_site, stream)
    for path in stream.parent.iterdir():
        local_site.route(f"/{path.name}", Route(file=path, ranges=False))
    assert numbers_of(render(fetch(url, tmp_path), SPAN, tmp_path / "clip.mp4")) == list(range(110, 150))


@pytest.mark.parametrize("stream", ["TS"], indirect=True)
def test_addresses_count_from_where_a_playlist_was_found(local_site: LocalSite, stream: Path, tmp_path: Path) -> None:
    for path in stream.parent.iterdir():
        local_site.route(f"/far/away/{path.name}", Route(file=path))
    url = local_site.route("/talk.m3u8", Route(redirect="/far/away/talk.m3u8"))
    fetched = fetch(url, tmp_path)
    assert not local_site.requests_for("/far/away/talk9.ts")
    assert numbers_of(render(fetched, SPAN, tmp_path / "clip.mp4")) == list(range(110, 150))


LATE = ("talk6.ts", "talk6.m4s", "init.mp4", "chunk-stream0-00007.m4s")
"""Files that a clip from the middle needs and a look at the beginning doesn't, and a head."""


class Signed:
    """A stream whose playlist names other addresses each time that it is read, each good until the next reading.

    Attributes:
        readings: of the playlist, so far.
        late_from: the reading before which some of the files are refused.
        cut_otherwise_from: the reading from which on the playlist tells other seconds.
    """

    def __init__(self, site: LocalSite, stream: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._files = {file.name: file for file in stream.parent.iterdir()}
        self._text = stream.read_text()
        self._name = f"/{stream.name}"
        self.readings = 0
        self.late_from = 0
        self.cut_otherwise_from = 1000
        self.url = site.url(self._name)
        usual = site.route_for
        monkeypatch.setattr(site, "route_for", lambda path: self._route(path) or usual(path))

    def _route(self, path: str) -> Route | None:
        if path == self._name:
            self.readings += 1
            sign = rf"\g<1>s{self.readings}/"
            places = re.compile(r'(^(?=talk)|media="|initialization="|URI=")', re.MULTILINE)
            text = self._text
            if self.readings >= self.cut_otherwise_from:
                text = text.replace("#EXTINF:2.", "#EXTINF:3.")
            return Route(body=places.sub(sign, text).encode())
        match = re.fullmatch(r"/s(\d+)/(.+)", path)
        if match is None:
            return None
        is_late = match[2] in LATE and self.readings < self.late_from
        return Route(status=403) if is_late or int(match[1]) < self.readings else Route(file=self._files[match[2]])


@pytest.mark.sampled(3)
@pytest.mark.parametrize("stream", ["TS", "fMP4", "DASH"], indirect=True)
def test_pieces_whose_addresses_have_expired_are_asked_for_anew_once(
    local_site: LocalSite, stream: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = Signed(local_site, stream, monkeypatch)
    fetch(signed.url, tmp_path)
    calm, signed.readings = signed.readings, 0
    signed.late_from = calm + 1
    (other := tmp_path / "other").mkdir()
    fetched = fetch(signed.url, other)
    # Of two streams the second's addresses expire when the first's are renewed.
    assert signed.readings == (3 if stream.suffix == ".mpd" else 2) * calm
    assert numbers_of(render(fetched, SPAN, tmp_path / "clip.mp4")) == list(range(110, 150))


@pytest.mark.parametrize("stream", ["TS", "DASH"], indirect=True)
def test_a_new_address_that_is_refused_too_is_told(
    local_site: LocalSite, stream: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = Signed(local_site, stream, monkeypatch)
    fetch(signed.url, tmp_path)
    calm, signed.readings = signed.readings, 0
    signed.late_from = 1000
    (other := tmp_path / "other").mkdir()
    with pytest.raises(InputError) as caught:
        fetch(signed.url, other)
    assert caught.value.code is ErrorCode.SOURCE_REFUSED
    assert "403" in caught.value.message
    assert signed.readings == 2 * calm


@pytest.mark.parametrize("stream", ["TS"], indirect=True)
def test_a_stream_that_is_cut_otherwise_by_now_is_not_mixed_with_the_old_one(
    local_site: LocalSite, stream: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = Signed(local_site, stream, monkeypatch)
    fetch(signed.url, tmp_path)
    calm, signed.readings, signed.late_from = signed.readings, 0, 1000
    signed.cut_otherwise_from = calm + 1
    (other := tmp_path / "other").mkdir()
    with pytest.raises(InputError) as caught:
        fetch(signed.url, other)
    assert caught.value.code is ErrorCode.SOURCE_NOT_FOUND
    assert "no longer offers" in caught.value.message
