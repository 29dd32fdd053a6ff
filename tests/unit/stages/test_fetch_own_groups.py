"""A clip of a remote file moves little more than the file's index and the clip's own groups of pictures."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import pytest

from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia, FetchMedia, Render
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec, Timeline
from fastclip_desktop.media.mp4_layout import read_layout
from fastclip_desktop.media.probe import probe
from fastclip_desktop.stages import perform
from tests.local_site import LocalSite, Route
from tests.media_factory import AudioSpec, VideoSpec, make_media

pytestmark = pytest.mark.slow

GROUP = 4
"""Seconds."""

LENGTH = Fraction(60)
SECONDS = 84
BIT_RATE = "nal-hrd=cbr:bitrate=2500:vbv-maxrate=2500:vbv-bufsize=2500"
"""Of a talk in 1080p, though most of it is filling here."""

FRAGMENTS = "+frag_keyframe+empty_moov+default_base_moof+global_sidx"
BOTH = ("video", "audio")
LAYOUTS = {
    "index first": ((BOTH, {"movflags": "+faststart"}),),
    "index last": ((BOTH, {}),),
    "one track with a segment index": ((("video",), {"movflags": FRAGMENTS}),),
    "two tracks with a segment index": ((BOTH, {"movflags": FRAGMENTS}),),
    "segments of three groups": ((BOTH, {"movflags": FRAGMENTS, "min_frag_duration": "10000000"}),),
    "picture and sound apart": (
        (("video",), {"movflags": FRAGMENTS}),
        (("audio",), {"movflags": "+empty_moov+default_base_moof+dash+global_sidx", "frag_duration": "5000000"}),
    ),
}
STARTS = [Fraction(12), Fraction("12.1"), Fraction("12.3"), Fraction(14), Fraction("15.9"), Fraction("0.1")]


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    video = VideoSpec(
        frames=SECONDS * 25,
        size=(160, 90),
        rate=Fraction(25),
        gop=GROUP * 25,
        options={"x264-params": BIT_RATE},
    )
    return make_media(tmp_path_factory.mktemp("talk") / "talk.mp4", video, (AudioSpec(),))


@pytest.fixture(scope="module", params=LAYOUTS)
def files(request: pytest.FixtureRequest, talk: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The talk in one of the layouts, in one file or two."""
    folder = tmp_path_factory.mktemp("layout")
    made = []
    for kinds, options in LAYOUTS[request.param]:
        made.append(folder / f"{'-'.join(kinds)}.mp4")
        with av.open(str(talk)) as source, av.open(str(made[-1]), "w", options=options) as out:
            tracks = {
                stream.index: out.add_stream_from_template(stream) for stream in source.streams if stream.type in kinds
            }
            for packet in source.demux([source.streams[index] for index in tracks]):
                if packet.size:
                    packet.stream = tracks[packet.stream_index]
                    out.mux_one(packet)
    return made


def serve(site: LocalSite, files: list[Path]) -> str:
    """The address of the file, or of a list of both."""
    for file in files:
        url = site.route(f"/{file.name}", Route(file=file, headers={"ETag": '"1"'}))
    if len(files) == 1:
        return url
    sets = "".join(
        f'<AdaptationSet contentType="{kind}" mimeType="{kind}/mp4"><Representation id="{kind}" codecs="{codecs}" '
        f'bandwidth="{rate}"><BaseURL>{kind}.mp4</BaseURL><SegmentBase indexRange="0-1"/></Representation>'
        f"</AdaptationSet>"
        for kind, codecs, rate in (("video", "avc1.64000c", 2_500_000), ("audio", "mp4a.40.2", 128_000))
    )
    text = (
        f'<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT{SECONDS}S">'
        f"<Period>{sets}</Period></MPD>"
    )
    return site.route("/talk.mpd", Route(body=text.encode(), headers={"Content-Type": "application/dash+xml"}))


def needed(files: list[Path], span: TimeRange) -> int:
    """Bytes of the indexes, and of the packets in the groups of pictures that hold a span."""
    infos = [probe(file) for file in files]
    zero = min(info.origin for info in infos)
    packets = []
    keys = []
    size = 0
    for file in files:
        with file.open("rb") as raw:
            layout = read_layout(raw, file.stat().st_size)
        assert layout is not None
        size += sum(end - start for start, end in layout.index)
        with av.open(str(file)) as container:
            for packet in container.demux():
                if packet.size and packet.pts is not None and packet.time_base:
                    time = packet.pts * packet.time_base - zero
                    packets.append((time, packet.size))
                    if packet.stream.type == "video" and packet.is_keyframe:
                        keys.append(time)
    begin = max(key for key in [*keys, min(keys)] if key <= max(span.start, min(keys)))
    end = min((key for key in keys if key >= span.end), default=Fraction(SECONDS + 1))
    return size + sum(length for time, length in packets if begin <= time < end)


def media_of(url: str) -> MediaFile:
    return MediaFile(source=url, title="Talk", path=None, page_url=url)


@pytest.mark.parametrize("start", STARTS, ids=str)
def test_a_clip_moves_the_index_and_its_own_groups_of_pictures(
    local_site: LocalSite, files: list[Path], tmp_path: Path, start: Fraction
) -> None:
    url = serve(local_site, files)
    span = TimeRange(start, start + LENGTH)
    (room := tmp_path / "room").mkdir()
    fetched = perform(FetchMedia(media_of(url), (span,), OutputSpec(), room, cache=tmp_path / "cache"), Reporter())
    assert isinstance(fetched, FetchedMedia)
    sent = sum(local_site.bytes_sent(f"/{file.name}") for file in files)
    # What is counted for the receipt has the list of both files in it, and not all that a look at a link sends.
    moved = max(fetched.bytes_moved, sent)
    assert moved <= 1.05 * needed(files, span)
    whole = FetchedMedia(files[0], files[-1] if "audio" in files[-1].stem else None)
    for name, media in (("ours", fetched), ("theirs", whole)):
        perform(Render(media, Timeline(span, OutputSpec()), tmp_path / f"{name}.mp4"), Reporter())
    assert (tmp_path / "ours.mp4").read_bytes() == (tmp_path / "theirs.mp4").read_bytes()
