"""Clips of what an ordinary web server serves: from the command to the frames, with the server's own count of bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.cli.main import main
from tests.conftest import MediaMaker
from tests.media_factory import AudioSpec, VideoSpec, read_frame_numbers
from tests.nginx_site import NginxSite, find_nginx

NGINX = find_nginx()
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")

SPEC = VideoSpec(frames=600, size=(160, 90), rate=Fraction(10), gop=20)
HLS = {"hls_time": "2", "hls_list_size": "0", "hls_playlist_type": "vod"}
LAYOUTS: dict[str, tuple[str, dict[str, str]]] = {
    "index first": ("talk.mp4", {"movflags": "+faststart"}),
    "index last": ("talk.mp4", {}),
    "fragments with an index": ("talk.mp4", {"movflags": "+frag_keyframe+empty_moov+default_base_moof+global_sidx"}),
    "HLS in TS": ("talk.m3u8", HLS),
    "HLS in fMP4": ("talk.m3u8", HLS | {"hls_segment_type": "fmp4"}),
    "DASH": ("talk.mpd", {"seg_duration": "2", "use_template": "1", "use_timeline": "1"}),
}

Serve = Callable[..., NginxSite]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts nginx on a folder."""
    sites: list[NginxSite] = []

    def start(folder: Path, extra: str = "") -> NginxSite:
        assert NGINX is not None
        room = tmp_path / f"nginx-{len(sites)}"
        room.mkdir()
        site = NginxSite(NGINX, room, folder, extra).__enter__()
        sites.append(site)
        return site

    yield start
    for site in sites:
        site.__exit__(None, None, None)


def clip(site: NginxSite, name: str, start: str, end: str, path: Path, capsys: pytest.CaptureFixture[str]) -> list[int]:
    code = main(["clip", site.url(name), "--start", start, "--end", end, "-o", str(path), "--json"])
    said = json.loads(capsys.readouterr().out)
    assert code == 0, said
    return [frame.number for frame in read_frame_numbers(path)]


@pytest.mark.parametrize(
    "layout",
    [
        "index last",
        *(
            pytest.param(name, marks=pytest.mark.slow)
            for name in ("index first", "fragments with an index", "DASH", "HLS in fMP4", "HLS in TS")
        ),
    ],
)
def test_a_clip_is_exact_and_moves_little(
    layout: str, serve: Serve, made_media: MediaMaker, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, options = LAYOUTS[layout]
    source = made_media(name, SPEC, (AudioSpec("flac" if name == "talk.mp4" else "aac"),), options=options)
    site = serve(source.parent)
    numbers = clip(site, name, "31", "37", tmp_path / "one.mp4", capsys)
    # Without an edit list the pictures' delay of two frames is a part of the clock.
    first = 308 if layout == "fragments with an index" else 310
    assert numbers == list(range(first, first + 60))
    whole = sum(path.stat().st_size for path in source.parent.iterdir())
    moved = media_bytes(site, name)
    assert moved < 0.45 * whole, site.answers
    clip(site, name, "33", "36", tmp_path / "two.mp4", capsys)
    assert media_bytes(site, name) - moved < 0.5 * moved


def media_bytes(site: NginxSite, name: str) -> int:
    """Bytes of media that were asked for.

    To find out what a link is, it is opened without a range and hung up on; what nginx had handed to the system by then
    says more of the system's buffers than of the wire.
    """
    return sum(size for status, size, path in site.answers if status == 206 or path != f"/{name}")


def test_a_server_without_ranges_gives_the_same_clip(
    serve: Serve, made_media: MediaMaker, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = made_media("talk.mp4", SPEC, (AudioSpec("flac"),), options={"movflags": "+faststart"})
    site = serve(source.parent, "max_ranges 0;")
    assert clip(site, "talk.mp4", "31", "37", tmp_path / "one.mp4", capsys) == list(range(310, 370))
    assert {status for status, _, _ in site.answers} == {200}


@pytest.mark.slow
def test_a_file_that_was_replaced_is_fetched_anew(
    serve: Serve, made_media: MediaMaker, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = made_media("talk.mp4", SPEC, (AudioSpec("flac"),))
    site = serve(source.parent)
    assert clip(site, "talk.mp4", "31", "33", tmp_path / "one.mp4", capsys) == list(range(310, 330))
    other = made_media("other.mp4", VideoSpec(frames=600, size=(160, 90), rate=Fraction(10), gop=20, first_number=5000))
    other.replace(source)
    assert clip(site, "talk.mp4", "31", "33", tmp_path / "two.mp4", capsys) == list(range(5310, 5330))
