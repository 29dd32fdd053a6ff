"""Clips of HLS and DASH streams move at most a twentieth more than their own pieces, whatever else is looked at."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import pytest

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia, FetchMedia, Reach, Render, ResolveSource
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.media.probe import probe
from fastclip_desktop.stages import perform
from tests.conftest import MediaMaker
from tests.local_site import LocalSite, Route
from tests.media_factory import AudioSpec, VideoSpec, read_frame_numbers

LENGTH = Fraction(30)
MOST = 1.05
HLS = {"hls_time": "5", "hls_list_size": "0", "hls_playlist_type": "vod"}
KINDS = {
    "TS": ("talk.m3u8", HLS),
    "TS in one file": ("talk.m3u8", HLS | {"hls_flags": "single_file"}),
    "fMP4": ("talk.m3u8", HLS | {"hls_segment_type": "fmp4"}),
    "fMP4 in one file": ("talk.m3u8", HLS | {"hls_segment_type": "fmp4", "hls_flags": "single_file"}),
    "DASH": ("talk.mpd", {"seg_duration": "5", "use_template": "1", "use_timeline": "1"}),
}
STEADY = "nal-hrd=cbr:bitrate=480:vbv-maxrate=480:vbv-bufsize=480:filler=1"
"""480 kbit/s, a fifth of a 1080p stream's: whatever is fetched besides weighs five times as much as there."""


@pytest.fixture(params=KINDS)
def stream(request: pytest.FixtureRequest, made_media: MediaMaker) -> Path:
    """The playlist of fifty seconds in pieces of five, each one group of pictures."""
    name, options = KINDS[request.param]
    spec = VideoSpec(frames=500, size=(160, 90), rate=Fraction(10), gop=50, options={"x264-params": STEADY})
    path: Path = made_media(name, spec, (AudioSpec(channels=1, bit_rate=64_000),), options=options)
    return path


def serve(site: LocalSite, stream: Path) -> str:
    for path in stream.parent.iterdir():
        site.route(f"/{path.name}", Route(file=path))
    return site.url(f"/{stream.name}")


def fetch(
    url: str, folder: Path, span: TimeRange, reach: Reach = Reach.SPANS, output: OutputSpec | None = None
) -> FetchedMedia:
    media = perform(ResolveSource(url), Reporter())
    (room := folder / f"room-{len(list(folder.iterdir()))}").mkdir()
    fetched = perform(FetchMedia(media, (span,), output or OutputSpec(), room, reach=reach), Reporter())
    assert isinstance(fetched, FetchedMedia)
    return fetched


@dataclass(frozen=True)
class Segment:
    """One piece: its bytes, and when each of its tracks begins and ends on the stream's clock."""

    size: int
    tracks: tuple[tuple[Fraction, Fraction], ...]

    def holds_any_of(self, span: TimeRange) -> bool:
        return any(start < span.end and end > span.start for start, end in self.tracks)


def segment(head: bytes, media: bytes) -> Segment:
    seconds: dict[int, list[Fraction]] = defaultdict(list)
    with av.open(io.BytesIO(head + media)) as container:
        for packet in container.demux():
            if packet.size and packet.pts is not None:
                start = packet.pts * packet.time_base
                seconds[packet.stream_index] += [start, start + packet.duration * packet.time_base]
    return Segment(len(media), tuple((min(times), max(times)) for times in seconds.values()))


def index_and_segments(stream: Path) -> tuple[int, list[Segment]]:
    """The bytes of playlist and heads, and the pieces of all tracks."""
    folder, text = stream.parent, stream.read_text()
    if stream.suffix == ".mpd":
        heads = {name: (folder / f"init-{name}.m4s").read_bytes() for name in ("stream0", "stream1")}
        places = [(head, each.read_bytes()) for name, head in heads.items() for each in folder.glob(f"chunk-{name}-*")]
        return len(text) + sum(map(len, heads.values())), [segment(*place) for place in places]
    head = b""
    if said := re.search(r'URI="(.+?)"(?:,BYTERANGE="(\d+)@0")?', text):
        head = (folder / said[1]).read_bytes()[: int(said[2]) if said[2] else None]
    found = []
    for size, first, name in re.findall(r"#EXTINF.*\n(?:#EXT-X-BYTERANGE:(\d+)@(\d+)\n)?(.+)", text):
        data = (folder / name).read_bytes()
        found.append(segment(head, data[int(first) : int(first) + int(size)] if size else data))
    return len(text) + len(head), found


def sent(site: LocalSite, stream: Path) -> int:
    return sum(site.bytes_sent(f"/{path.name}") for path in stream.parent.iterdir())


def beginning_of_third(segments: list[Segment]) -> Fraction:
    """When the first picture of the third piece is shown, on the stream's clock."""
    return sorted(max(start for start, _ in each.tracks) for each in segments[:10])[2]


@pytest.mark.sampled(5)
@pytest.mark.parametrize(
    "later",
    [
        *(pytest.param(later, marks=pytest.mark.slow) for later in (Fraction(0), Fraction(2))),
        *(Fraction(1, 10), Fraction(49, 10)),
    ],
    ids=float,
)
def test_a_clip_moves_little_more_than_its_own_pieces(
    local_site: LocalSite, stream: Path, tmp_path: Path, later: Fraction
) -> None:
    index, segments = index_and_segments(stream)
    zero = zero_of(stream)
    start = beginning_of_third(segments) + later
    fetched = fetch(serve(local_site, stream), tmp_path, TimeRange(start - zero, start - zero + LENGTH))
    assert fetched.picture_info is not None
    assert fetched.picture_info.origin == zero
    own = sum(each.size for each in segments if each.holds_any_of(TimeRange(start, start + LENGTH)))
    assert sent(local_site, stream) <= MOST * (index + own)


def zero_of(stream: Path) -> Fraction:
    """The first instant of the whole stream on its clock."""
    folder = stream.parent
    if stream.suffix == ".mpd":
        names = [[f"init-stream{n}.m4s", f"chunk-stream{n}-00001.m4s"] for n in (0, 1)]
    else:
        names = [
            [name for name in ("init.mp4",) if (folder / name).exists()]
            + re.findall(r"^talk.+$", stream.read_text(), re.MULTILINE)[:1]
        ]
    zeros = []
    for group in names:
        whole = folder.parent / f"whole-{group[-1]}"
        whole.write_bytes(b"".join((folder / name).read_bytes() for name in group))
        zeros.append(probe(whole).origin)
    return min(zeros)


def sound_of(clip: Path) -> bytes:
    with av.open(str(clip)) as container:
        return b"".join(frame.to_ndarray().tobytes() for frame in container.decode(audio=0))


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    "later",
    [Fraction(0), *(pytest.param(later, marks=pytest.mark.slow) for later in (Fraction(1, 10), Fraction(49, 10)))],
    ids=float,
)
@pytest.mark.parametrize(
    "output",
    [OutputSpec(), OutputSpec(passthrough=True), OutputSpec(OutputFormat.M4A)],
    ids=["exact", "passed on", "sound alone"],
)
@pytest.mark.parametrize("stream", ["TS", "fMP4", "DASH"], indirect=True)
def test_a_clip_at_the_seam_of_pieces_is_the_clip_of_the_whole_stream(
    local_site: LocalSite, stream: Path, tmp_path: Path, output: OutputSpec, later: Fraction
) -> None:
    start = beginning_of_third(index_and_segments(stream)[1]) + later - zero_of(stream)
    span = TimeRange(start, start + Fraction(51, 10))
    clips = []
    for reach in (Reach.SPANS, Reach.WHOLE):
        media = fetch(serve(local_site, stream), tmp_path, span, reach, output)
        clips.append(tmp_path / f"{reach}.{output.format}")
        made = perform(Render(media, Timeline(span, output), clips[-1]), Reporter())
        assert isinstance(made, RenderedFile)
        assert made.receipt.notes == () or output.passthrough
    ours, theirs = clips
    assert sound_of(ours) == sound_of(theirs)
    if output.format is OutputFormat.MP4:
        assert read_frame_numbers(ours) == read_frame_numbers(theirs)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("later", [Fraction(0), Fraction(1, 20), Fraction(1, 10)], ids=float)
@pytest.mark.parametrize("stream", ["DASH"], indirect=True)
def test_sound_that_needs_packets_of_the_piece_before_gets_them(
    local_site: LocalSite, stream: Path, tmp_path: Path, later: Fraction
) -> None:
    heard = stream.parent / "init-stream1.m4s", stream.parent / "chunk-stream1-00004.m4s"
    start = segment(*(part.read_bytes() for part in heard)).tracks[0][0] + later
    span, output = TimeRange(start, start + 3), OutputSpec(OutputFormat.M4A)
    clips = []
    for reach in (Reach.SPANS, Reach.WHOLE):
        if reach is Reach.WHOLE:  # three packets of 21 ms are what it takes
            assert (local_site.bytes_sent("/chunk-stream1-00003.m4s") > 0) == (later < Fraction(3 * 1024, 48_000))
        media = fetch(serve(local_site, stream), tmp_path, span, reach, output)
        clips.append(tmp_path / f"{reach}.m4a")
        perform(Render(media, Timeline(span, output), clips[-1]), Reporter())
    assert sound_of(clips[0]) == sound_of(clips[1])
