"""m4a out of AAC is passed on bit by bit, and begins and ends on its sample all the same."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import pytest

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.errors import Cancelled, InputError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import FetchedMedia, Render
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.media.render import render
from tests.media_factory import AudioSpec, VideoSpec, make_media, read_sound, read_sound_shift

MediaMaker = Callable[..., Path]

F = Fraction
SMALL = VideoSpec(size=(128, 96))


def clip(
    source: Path, path: Path, start: str = "0.7", end: str = "2.2", reporter: Reporter | None = None
) -> RenderedFile:
    span = TimeRange(F(start), F(end))
    timeline = Timeline(span, OutputSpec(OutputFormat.M4A))
    return render(Render(FetchedMedia(source, source), timeline, path), reporter or Reporter())


def payloads(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(audio=0) if packet.size]


@pytest.mark.sampled(4)
@pytest.mark.parametrize(("start", "end"), [("0", "1"), ("0.7", "2.2"), ("0.777", "0.999"), ("1.23456", "3")])
@pytest.mark.parametrize("name", ["a.mp4", "a.m4a", "a.ts", "a.mkv", "slow.mp4"])
def test_the_sound_is_passed_on_to_the_sample(
    name: str, start: str, end: str, made_media: MediaMaker, tmp_path: Path
) -> None:
    picture = None if name == "a.m4a" else SMALL
    rate = 22050 if name == "slow.mp4" else 48000
    source = made_media(name, picture, (AudioSpec(sample_rate=rate, duration=F(3)),))
    made = clip(source, tmp_path / "clip.m4a", start, end)
    assert made.receipt.method == "copied"
    assert made.receipt.audio_encoder == ""
    assert read_sound(made.path).start == 0
    with av.open(str(made.path)) as container:
        track = container.streams.audio[0]
        assert abs(track.duration * track.time_base - (F(end) - F(start))) <= F(1, rate)
    origin = min(read_sound(source).start, F(0)) if name == "a.mkv" else F(0)
    if name == "a.ts":
        with av.open(str(source)) as container:
            origin = F(container.start_time, 1_000_000)
    within = F(1, 1000) if name == "a.mkv" else F(1, 20_000)
    assert abs(read_sound_shift(made.path, source, F(start) + origin) - F(start) - origin) <= within


def test_every_packet_is_one_of_the_source(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", SMALL, (AudioSpec(),))
    theirs, ours = payloads(source), payloads(clip(source, tmp_path / "clip.m4a").path)
    first = theirs.index(ours[0])
    assert theirs[first : first + len(ours)] == ours


def test_the_file_is_marked_as_sound(made_media: MediaMaker, tmp_path: Path) -> None:
    made = clip(made_media("a.mp4", SMALL, (AudioSpec(language="deu"),)), tmp_path / "clip.m4a")
    assert made.path.read_bytes()[4:12] == b"ftypM4A "
    with av.open(str(made.path)) as container:
        assert container.streams.audio[0].language == "deu"
        assert not container.streams.video


def test_loudness_is_measured_all_the_same(made_media: MediaMaker, tmp_path: Path) -> None:
    made = clip(made_media("a.mp4", SMALL, (AudioSpec(),)), tmp_path / "clip.m4a")
    assert made.receipt.loudness == pytest.approx(-15, abs=1)


def test_sound_that_m4a_does_not_hold_is_encoded(made_media: MediaMaker, tmp_path: Path) -> None:
    made = clip(made_media("opus.mkv", SMALL, (AudioSpec("libopus"),)), tmp_path / "clip.m4a")
    assert (made.receipt.method, made.receipt.audio_encoder) == ("reencoded", "aac")


def test_a_range_over_the_end_is_shortened_with_a_note(made_media: MediaMaker, tmp_path: Path) -> None:
    made = clip(made_media("a.mp4", SMALL, (AudioSpec(),)), tmp_path / "clip.m4a", "2", "9")
    assert made.receipt.method == "copied"
    assert abs(made.span.end - 3) <= F(1, 40)
    assert any("ends at 0:03.0" in note for note in made.receipt.notes)


def test_sound_that_begins_late_begins_late(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.mp4", SMALL, (AudioSpec(start=F(1), duration=F(2)),))
    made = clip(source, tmp_path / "clip.m4a", "0.9", "2.5")
    assert read_sound(made.path).start == 0
    assert abs(read_sound_shift(made.path, source, F("0.9")) - F("0.9")) <= F(1, 20_000)


def test_other_sound_tracks_are_named(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("two.mp4", SMALL, (AudioSpec(), AudioSpec(voice=1)))
    made = clip(source, tmp_path / "clip.m4a")
    assert made.receipt.notes == ("The source has 2 sound tracks; the clip holds the first of them.",)


def test_a_range_behind_the_end_is_refused_and_leaves_nothing(made_media: MediaMaker, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        clip(made_media("a.mp4", SMALL, (AudioSpec(),)), tmp_path / "clip.m4a", "8", "9")
    assert caught.value.code == "range_outside_source"
    assert list(tmp_path.iterdir()) == []


def test_a_stop_leaves_nothing(made_media: MediaMaker, tmp_path: Path) -> None:
    token = CancelToken()
    with pytest.raises(Cancelled):
        clip(
            made_media("a.mp4", SMALL, (AudioSpec(),)),
            tmp_path / "clip.m4a",
            reporter=Reporter(lambda _: token.cancel(), token),
        )
    assert list(tmp_path.iterdir()) == []
