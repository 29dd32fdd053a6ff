"""Clips of remote files move the index and their own bytes, and are the clips that the whole file gives."""

from __future__ import annotations

import signal
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import BytesNotFetched
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.montage import Montage, Part, Transition, TransitionKind
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia, FetchMedia, Join, Reach, Render
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.media.container import open_media
from fastclip_desktop.media.probe import probe
from fastclip_desktop.stages import perform
from tests.conftest import MediaMaker
from tests.local_site import LocalSite, Route
from tests.media_factory import AudioSpec, VideoSpec, read_frame_numbers

SECONDS = 60
SPAN = TimeRange(Fraction(31), Fraction(39))
BESIDE = TimeRange(Fraction(39), Fraction(44))
PER_SECOND = 63_500
"""Bytes of the sources below, almost all of them of the sound."""

LAYOUTS = {
    "index first": ("talk.mp4", {"movflags": "+faststart"}),
    "index last": ("talk.mp4", {}),
    "fragments with an index": ("talk.mp4", {"movflags": "+frag_keyframe+empty_moov+default_base_moof+global_sidx"}),
    "fragments": ("talk.mp4", {"movflags": "+frag_keyframe+empty_moov+default_base_moof"}),
    "matroska": ("talk.mkv", {}),
    "quicktime": ("talk.mov", {"movflags": "+faststart"}),
}


@pytest.fixture(params=LAYOUTS)
def talk(request: pytest.FixtureRequest, made_media: MediaMaker) -> Path:
    name, options = LAYOUTS[request.param]
    spec = VideoSpec(frames=SECONDS * 10, size=(160, 90), rate=Fraction(10), gop=20)
    sound = AudioSpec(codec="aac" if name.endswith("mov") else "flac")
    path: Path = made_media(name, spec, (sound,), options=options)
    return path


def fetch(url: str, folder: Path, span: TimeRange, reach: Reach = Reach.SPANS, **output: object) -> FetchedMedia:
    media = MediaFile(source=url, title="Talk", path=None, page_url=url)
    room = folder / f"room-{len(list(folder.iterdir()))}"
    room.mkdir()
    spec = OutputSpec(**output)  # type: ignore[arg-type]  # a test's own words
    return perform(FetchMedia(media, (span,), spec, room, cache=folder / "cache", reach=reach), Reporter())  # type: ignore[return-value]  # one result a request


def render(media: FetchedMedia, span: TimeRange, path: Path, **output: object) -> Path:
    perform(Render(media, Timeline(span, OutputSpec(**output)), path), Reporter())  # type: ignore[arg-type]  # likewise
    return path


def serve(site: LocalSite, talk: Path, **how: object) -> str:
    return site.route(f"/{talk.name}", Route(file=talk, headers={"ETag": '"1"'}, **how))  # type: ignore[arg-type]  # likewise


@pytest.mark.sampled(3)
def test_a_clip_moves_its_own_bytes_and_is_the_clip_of_the_whole_file(
    local_site: LocalSite, talk: Path, tmp_path: Path
) -> None:
    fetched = fetch(serve(local_site, talk), tmp_path, SPAN)
    assert fetched.picture is not None
    assert fetched.picture.stat().st_size == talk.stat().st_size
    if talk.suffix != ".mov" and not is_fragmented_without_index(talk):
        # Groups of pictures last two seconds; the rest is what opening reads.
        assert fetched.bytes_moved < PER_SECOND * 12 + 350_000 < talk.stat().st_size / 3
    ours = render(fetched, SPAN, tmp_path / "ours.mp4")
    theirs = render(FetchedMedia(talk, talk), SPAN, tmp_path / "theirs.mp4")
    assert ours.read_bytes() == theirs.read_bytes()
    numbers = [frame.number for frame in read_frame_numbers(ours)]
    # Without an edit list the pictures' delay of two frames is a part of the clock.
    first = 308 if b"moof" in talk.read_bytes() else 310
    assert numbers == list(range(first, first + 80))


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "output",
    [{"format": OutputFormat.MP3}, {"format": OutputFormat.GIF}, {"max_height": 60}, {"format": OutputFormat.M4A}],
    ids=str,
)
@pytest.mark.parametrize("talk", ["index last", "matroska"], indirect=True)
def test_every_format_finds_the_bytes_that_it_reads(
    local_site: LocalSite, talk: Path, tmp_path: Path, output: dict[str, object]
) -> None:
    fetched = fetch(serve(local_site, talk), tmp_path, SPAN, **output)
    name = f"clip.{OutputSpec(**output).format}"  # type: ignore[arg-type]  # likewise
    ours = render(fetched, SPAN, tmp_path / f"ours-{name}", **output)
    whole = FetchedMedia(talk if fetched.picture else None, talk if fetched.sound else None)
    theirs = render(whole, SPAN, tmp_path / f"theirs-{name}", **output)
    if "max_height" in output:  # x264 with several threads decides as it goes
        assert read_frame_numbers(ours) == read_frame_numbers(theirs)
    else:
        assert ours.read_bytes() == theirs.read_bytes()


@pytest.mark.parametrize("talk", ["index first", "fragments with an index", "matroska"], indirect=True)
def test_a_clip_beside_the_first_moves_what_is_new(local_site: LocalSite, talk: Path, tmp_path: Path) -> None:
    url = serve(local_site, talk)
    fetch(url, tmp_path, SPAN)
    beside = fetch(url, tmp_path, BESIDE)
    assert beside.bytes_moved < PER_SECOND * 7 + 70_000
    assert fetch(url, tmp_path, BESIDE).bytes_moved == 1
    render(beside, BESIDE, tmp_path / "clip.mp4")


@pytest.mark.parametrize("talk", ["index first"], indirect=True)
def test_a_hole_is_never_read_as_zeros(local_site: LocalSite, talk: Path, tmp_path: Path) -> None:
    url = serve(local_site, talk)
    fetched = fetch(url, tmp_path, SPAN)
    early = TimeRange(Fraction(5), Fraction(8))
    with pytest.raises(BytesNotFetched):
        render(fetched, early, tmp_path / "clip.mp4")
    assert not (tmp_path / "clip.mp4").exists()
    whole = fetch(url, tmp_path, SPAN, Reach.WHOLE)
    assert whole.picture is not None
    assert whole.picture.read_bytes() == talk.read_bytes()
    render(whole, early, tmp_path / "clip.mp4")
    assert fetched.bytes_moved + whole.bytes_moved == pytest.approx(talk.stat().st_size, abs=2)


@pytest.mark.parametrize("talk", ["index first"], indirect=True)
def test_a_wider_fetch_brings_what_lies_around(local_site: LocalSite, talk: Path, tmp_path: Path) -> None:
    fetched = fetch(serve(local_site, talk), tmp_path, SPAN, Reach.WIDE)
    clip = render(fetched, TimeRange(Fraction(5), Fraction(8)), tmp_path / "clip.mp4")
    assert [frame.number for frame in read_frame_numbers(clip)] == list(range(50, 80))


@pytest.mark.parametrize("talk", ["index first", "index last"], indirect=True)
def test_a_server_without_parts_gives_the_same_clip(local_site: LocalSite, talk: Path, tmp_path: Path) -> None:
    fetched = fetch(serve(local_site, talk, ranges=False), tmp_path, TimeRange(Fraction(3), Fraction(6)))
    clip = render(fetched, TimeRange(Fraction(3), Fraction(6)), tmp_path / "clip.mp4")
    assert [frame.number for frame in read_frame_numbers(clip)] == list(range(30, 60))
    assert (fetched.bytes_moved < talk.stat().st_size / 3) == (is_index_first(talk))


def is_fragmented_without_index(path: Path) -> bool:
    data = path.read_bytes()
    return b"moof" in data and b"sidx" not in data


def is_index_first(path: Path) -> bool:
    return path.read_bytes()[:4096].find(b"moov") > 0


@pytest.mark.parametrize("talk", ["index first"], indirect=True)
def test_a_dropped_connection_costs_a_retry_and_not_the_clip(local_site: LocalSite, talk: Path, tmp_path: Path) -> None:
    url = serve(local_site, talk)
    calm = fetch(url, tmp_path, SPAN)
    requests = len(local_site.requests)
    (other := tmp_path / "other").mkdir()
    fetched = fetch(serve(local_site, talk, cut_after=60_000, cuts=1), other, SPAN)
    assert len(local_site.requests) - requests <= requests + 1
    assert fetched.bytes_moved == calm.bytes_moved


@pytest.mark.parametrize("talk", ["index first"], indirect=True)
def test_a_page_is_told_from_media_by_what_comes(local_site: LocalSite, talk: Path, tmp_path: Path) -> None:
    with open_media(talk) as container:
        assert container.format.name.startswith("mov")
    url = local_site.route("/talk.mp4", Route(file=talk))
    fetched = fetch(url, tmp_path, SPAN, format=OutputFormat.MP3)
    assert fetched.picture is None
    assert fetched.sound is not None


@pytest.mark.sampled(3)
@pytest.mark.parametrize("kind", [TransitionKind.CUT, TransitionKind.OVERLAP])
@pytest.mark.parametrize("talk", ["index first", "fragments with an index"], indirect=True)
def test_parts_are_joined_of_what_was_fetched_for_each(
    local_site: LocalSite, talk: Path, tmp_path: Path, kind: TransitionKind
) -> None:
    url = serve(local_site, talk)
    media = MediaFile(source=url, title="Talk", path=None, page_url=url)
    spans = (SPAN, TimeRange(Fraction(50), Fraction(53)), TimeRange(Fraction(2), Fraction(4)))
    request = FetchMedia(media, spans, OutputSpec(), tmp_path)
    fetched = perform(request, Reporter())
    assert isinstance(fetched, FetchedMedia)
    transition = Transition(kind, Fraction(0) if kind is TransitionKind.CUT else Fraction(1, 2))
    montage = Montage(tuple(Part(0, span) for span in spans), transition=transition)
    whole = FetchedMedia(talk, talk)
    for name, source in (("ours", fetched), ("theirs", whole)):
        perform(Join((source,), montage, tmp_path / f"{name}.mp4"), Reporter())
    if kind is TransitionKind.CUT:  # dissolving pictures have no number
        assert read_frame_numbers(tmp_path / "ours.mp4") == read_frame_numbers(tmp_path / "theirs.mp4")
    assert probe(tmp_path / "ours.mp4").duration == probe(tmp_path / "theirs.mp4").duration


_FETCHER = """
import sys
import signal
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.stages import perform
url, room, cache = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
media = MediaFile(source=url, title="Talk", path=None, page_url=url)
span = TimeRange(Fraction(45), Fraction(55))
perform(FetchMedia(media, (span,), OutputSpec(), room, cache=cache), Reporter())
"""


@pytest.mark.slow
@pytest.mark.parametrize("talk", ["index first"], indirect=True)
def test_a_fetch_that_is_killed_loses_nothing_that_was_here(local_site: LocalSite, talk: Path, tmp_path: Path) -> None:
    url = serve(local_site, talk)
    fetch(url, tmp_path, SPAN)
    serve(local_site, talk, bytes_per_second=200_000)
    (room := tmp_path / "killed").mkdir()
    halfway = local_site.bytes_sent("/talk.mp4") + 400_000
    words = [sys.executable, "-c", _FETCHER, url, str(room), str(tmp_path / "cache")]
    with subprocess.Popen(words) as fetcher:
        while local_site.bytes_sent("/talk.mp4", halfway) < halfway:
            assert fetcher.poll() is None
        fetcher.send_signal(signal.SIGKILL)
    serve(local_site, talk)
    again = fetch(url, tmp_path, SPAN)
    assert again.bytes_moved == 1
    render(again, SPAN, tmp_path / "clip.mp4")
    late = TimeRange(Fraction(45), Fraction(55))
    clip = render(fetch(url, tmp_path, late), late, tmp_path / "late.mp4")
    assert [frame.number for frame in read_frame_numbers(clip)] == list(range(450, 550))
