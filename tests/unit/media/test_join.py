"""Parts joined in one file: every frame once and in order, at its time, in step with its sound."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError
from fastclip_desktop.domain.montage import Transition, TransitionKind
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec
from tests.exactness.second_decoders import ffmpeg_complaints, gstreamer_counts, gstreamer_decoder
from tests.media_factory import AudioSpec, SubtitleSpec, VideoSpec, make_media, read_sound
from tests.unit.media.exact_clips import assert_decodes_strictly
from tests.unit.media.joined_clips import assert_joined, between, loudest, make, shown

MediaMaker = Callable[..., Path]

F = Fraction
SIZE = (128, 96)
GAP = Transition(TransitionKind.GAP, F("0.8"))
CROSS_FADE = Transition(TransitionKind.CROSS_FADE, F("0.8"))
OVERLAP = Transition(TransitionKind.OVERLAP, F("0.3"))
TRANSITIONS = [Transition(), GAP, CROSS_FADE, OVERLAP]
NAMES = [str(each.kind) for each in TRANSITIONS]

SPANS = [(0, "0.43", "1.71"), (0, "3.1", "4.2"), (0, "2", "3")]

IRREGULAR = tuple(itertools.accumulate([F(1, 60), F(1, 24), F(1, 20)] * 50, initial=F(0)))

SOURCES = {
    "plain.mp4": VideoSpec(frames=150, size=SIZE),
    "no-b.mp4": VideoSpec(frames=150, size=SIZE, bframes=0),
    "intra.mp4": VideoSpec(frames=150, size=SIZE, bframes=0, gop=1),
    "film.mp4": VideoSpec(frames=150, size=SIZE, rate=F(24000, 1001), gop=20, bframes=3),
    "irregular.mp4": VideoSpec(pts=IRREGULAR, size=SIZE, gop=25, bframes=3),
    "late.mp4": VideoSpec(frames=150, size=SIZE, start=F(7, 2)),
    "plain.mkv": VideoSpec(frames=150, size=SIZE, bframes=3),
    "plain.ts": VideoSpec(frames=150, size=SIZE, bframes=3),
    "hevc.mp4": VideoSpec("libx265", frames=150, size=SIZE, bframes=3),
    "hevc-open.mp4": VideoSpec("libx265", frames=150, size=SIZE, bframes=3, open_gop=True),
    "deep.mp4": VideoSpec(frames=150, size=SIZE, pixel_format="yuv420p10le"),
    "vp9.mp4": VideoSpec("libvpx-vp9", frames=150, size=SIZE),
}


def all_with_one_each() -> Iterator[object]:
    """Each source with each transition; the usual run takes one transition for each source, in turn."""
    for number, name in enumerate(SOURCES):
        for turn, transition in enumerate(TRANSITIONS):
            marks = [] if turn == number % len(TRANSITIONS) else [pytest.mark.slow]
            yield pytest.param(name, transition, id=f"{name}-{transition.kind}", marks=marks)


@pytest.mark.sampled(4)
@pytest.mark.parametrize(("name", "transition"), tuple(all_with_one_each()))
def test_parts_of_one_source_are_passed_on(
    name: str, transition: Transition, made_media: MediaMaker, tmp_path: Path
) -> None:
    sound = AudioSpec("aac", sample_rate=44100, start=max(F(0), SOURCES[name].start))
    source = made_media(name, SOURCES[name], (sound,))
    made = make([source], SPANS, tmp_path / "a.mp4", transition)
    coarse = F(1, 1000) if name.endswith("mkv") else F(1, 12_000)
    assert_joined([source], SPANS, made, transition, tick=coarse)
    assert_decodes_strictly(made.path, made.receipt.frames)
    plain = name == "intra.mp4" and transition.kind is TransitionKind.CUT
    assert (made.receipt.method, made.receipt.notes) == ("copied" if plain else "smart", ())
    assert any(part.passed for part in made.receipt.parts)
    assert made.receipt.loudness == pytest.approx(-15.7, abs=1)


@pytest.mark.parametrize(
    ("name", "spans"),
    [
        ("irregular.mp4", [(0, "2.863", "4.184"), (0, "2.698", "3.702")]),
        ("hevc-open.mp4", [(0, "2.798", "3.119"), (0, "2.025", "3.357")]),
    ],
)
def test_a_group_of_one_picture_before_a_seam_is_found_again(
    name: str, spans: list[tuple[int, str, str]], made_media: MediaMaker, tmp_path: Path
) -> None:
    source = made_media(name, SOURCES[name], (AudioSpec("aac", sample_rate=44100),))
    made = make([source], spans, tmp_path / "a.mp4")
    assert_joined([source], spans, made, tick=F(1, 12_000))
    assert (made.receipt.method, made.receipt.notes) == ("smart", ())


@pytest.mark.sampled(4)
@pytest.mark.parametrize("transition", TRANSITIONS, ids=NAMES)
@pytest.mark.parametrize("name", ["plain.mp4", "hevc-open.mp4", "vp9.mp4", "irregular.mp4"])
def test_other_decoders_find_no_fault(
    name: str, transition: Transition, made_media: MediaMaker, tmp_path: Path
) -> None:
    source = made_media(name, SOURCES[name], (AudioSpec("aac", sample_rate=44100),))
    made = make([source], SPANS, tmp_path / "a.mp4", transition)
    assert ffmpeg_complaints([made.path]) == []
    if name == "plain.mp4" and gstreamer_decoder() is not None:
        assert gstreamer_counts([made.path], SIZE, tmp_path) == [made.receipt.frames]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("transition", TRANSITIONS, ids=NAMES)
def test_parts_of_different_kinds_are_encoded_anew(
    transition: Transition, made_media: MediaMaker, tmp_path: Path
) -> None:
    wide = made_media("wide.mp4", VideoSpec(frames=150, size=(192, 96)), (AudioSpec(),))
    tall_spec = VideoSpec("libx265", frames=100, size=(96, 192), rate=F(25), first_number=1000)
    tall = made_media("tall.mkv", tall_spec, (AudioSpec("libopus", voice=3),))
    spans = [(0, "0.43", "1.71"), (1, "1.1", "2.2"), (0, "2", "3")]
    made = make([wide, tall], spans, tmp_path / "a.mp4", transition)
    assert_joined([wide, tall], spans, made, transition, crop=(72, 120), tick=F(1, 1000))
    assert_decodes_strictly(made.path, made.receipt.frames)
    assert (made.width, made.height, made.receipt.method) == (192, 96, "reencoded")
    assert made.receipt.notes == (
        "Everything was encoded anew, because its parts are coded differently.",
        "Part 2 was fitted into the first part's frame, 192×96.",
    )


def test_files_that_are_coded_alike_are_passed_on_too(made_media: MediaMaker, tmp_path: Path) -> None:
    sources = [
        made_media("one.mp4", VideoSpec(frames=90, size=SIZE), (AudioSpec(),)),
        made_media("two.mp4", VideoSpec(frames=90, size=SIZE, first_number=500), (AudioSpec(voice=1),)),
    ]
    spans = [(1, "0.5", "2.3"), (0, "0.4", "2.9"), (1, "0", "1")]
    made = make(sources, spans, tmp_path / "a.mp4", GAP)
    assert_joined(sources, spans, made, GAP)
    assert made.receipt.method == "smart"
    assert [part.source for part in made.receipt.parts] == [1, 0, 1]


def test_whole_groups_are_joined_without_encoding_a_picture(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("plain.mp4", SOURCES["plain.mp4"], (AudioSpec(),))
    spans = [(0, "3", "4"), (0, "1", "2")]
    made = make([source], spans, tmp_path / "a.mp4")
    assert_joined([source], spans, made)
    assert (made.receipt.method, made.receipt.video_encoder) == ("copied", "")
    assert [part.passed for part in made.receipt.parts] == [(TimeRange(F(3), F(4)),), (TimeRange(F(1), F(2)),)]


@pytest.mark.parametrize("first", [True, False], ids=["first", "last"])
def test_a_part_without_a_key_frame_is_encoded_and_the_others_passed(
    first: bool, made_media: MediaMaker, tmp_path: Path
) -> None:
    source = made_media("plain.mp4", SOURCES["plain.mp4"], (AudioSpec(),))
    short, long = (0, "2.3", "2.7"), (0, "0.5", "2.5")
    spans = [short, long] if first else [long, short]
    made = make([source], spans, tmp_path / "a.mp4", CROSS_FADE)
    assert_joined([source], spans, made, CROSS_FADE)
    assert_decodes_strictly(made.path, made.receipt.frames)
    inside = made.receipt.parts[0 if first else 1]
    assert (inside.passed, inside.encoded) == ((), (TimeRange(F("2.3"), F("2.7")),))
    assert made.receipt.parts[1 if first else 0].passed


def test_a_gap_is_black_and_silent(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("plain.mp4", SOURCES["plain.mp4"], (AudioSpec(),))
    made = make([source], SPANS, tmp_path / "a.mp4", GAP)
    ((time, light),) = between(made.receipt.parts, shown(made.path))
    assert time == 0
    assert light < 20
    end = made.receipt.parts[0].place.end
    assert loudest(made.path, end + F("0.03"), end + F("0.77")) < 0.001
    assert loudest(made.path, end - F("0.1"), end - F("0.01")) > 0.05


def test_a_cross_fade_turns_the_last_picture_into_the_next_first(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("plain.mp4", SOURCES["plain.mp4"], (AudioSpec(),))
    made = make([source], [(0, "0.43", "1.71"), (0, "3.1", "4.2")], tmp_path / "a.mp4", CROSS_FADE)
    first, second = (part.place for part in made.receipt.parts)
    with av.open(str(made.path)) as clip:
        pictures = [
            (frame.pts * frame.time_base, frame.reformat(format="gray").to_ndarray().astype(float))
            for frame in clip.decode(video=0)
        ]
    before = [luma for time, luma in pictures if time < first.end - F(1, 5000)][-1]
    after = next(luma for time, luma in pictures if time >= second.start - F(1, 5000))
    fading = [(time, luma) for time, luma in pictures if first.end <= time + F(1, 5000) < second.start]
    assert [round(float(time - first.end), 3) for time, _ in fading] == [round(number / 30, 3) for number in range(24)]
    way = after - before
    shares = [float(((luma - before) * way).sum() / (way**2).sum()) for _, luma in fading]
    assert shares == pytest.approx([(number + 1) / 25 for number in range(24)], abs=0.03)


def test_sounds_that_overlap_are_heard_together(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("plain.mp4", SOURCES["plain.mp4"], (AudioSpec(),))
    made = make([source], [(0, "0.5", "2"), (0, "3", "4")], tmp_path / "a.mp4", OVERLAP)
    start, end = made.receipt.parts[1].place.start, made.receipt.parts[0].place.end
    assert end - start == OVERLAP.seconds
    sound, source_sound = read_sound(made.path), read_sound(source)
    rate = sound.sample_rate
    middle = (start + end) / 2
    at, length = round(middle * rate), rate // 20
    piece = sound.samples[at : at + length]
    for part in made.receipt.parts:
        there = round((middle - part.place.start + part.span.start) * rate)
        theirs = source_sound.samples[there : there + length]
        alike = float((piece * theirs).sum() / ((piece**2).sum() * (theirs**2).sum()) ** 0.5)
        assert 0.5 < alike < 0.9


def test_every_sound_track_that_all_parts_have_is_kept(made_media: MediaMaker, tmp_path: Path) -> None:
    sounds = (AudioSpec(language="eng"), AudioSpec(voice=1, language="deu"))
    source = made_media("a.mp4", VideoSpec(frames=90, size=SIZE), sounds)
    made = make([source], [(0, "0.5", "1.5"), (0, "2", "3")], tmp_path / "a.mp4")
    with av.open(str(made.path)) as clip:
        assert [sound.language for sound in clip.streams.audio] == ["eng", "deu"]
    assert abs(float(read_sound(made.path, 1).samples.std() / read_sound(source, 1).samples.std()) - 1) < 0.1


def test_tracks_that_are_left_out_are_named(made_media: MediaMaker, tmp_path: Path) -> None:
    words = SubtitleSpec("mov_text", ((F(0), F(2), "hello"),))
    rich = made_media("a.mp4", VideoSpec(frames=90, size=SIZE), (AudioSpec(), AudioSpec(voice=1)), subtitles=(words,))
    plain = made_media("one.mp4", VideoSpec(frames=90, size=SIZE), (AudioSpec(),))
    made = make([rich, plain], [(0, "0.5", "1.5"), (1, "2", "3")], tmp_path / "a.mp4")
    assert made.receipt.notes == (
        "Sound tracks that not every part has were left out.",
        "Subtitles were left out: a joined clip holds none.",
    )


def test_a_part_without_sound_is_silent_and_says_so(made_media: MediaMaker, tmp_path: Path) -> None:
    loud = made_media("one.mp4", VideoSpec(frames=90, size=SIZE), (AudioSpec(),))
    mute = made_media("mute.mp4", VideoSpec(frames=90, size=SIZE, first_number=200))
    spans = [(0, "0.5", "1.5"), (1, "0.5", "1.5"), (0, "2", "3")]
    made = make([loud, mute], spans, tmp_path / "a.mp4")
    assert_joined([loud, mute], spans, made)
    assert made.receipt.notes == ("Part 2 is silent: its source has no such sound track.",)
    assert loudest(made.path, F("1.03"), F("1.97")) < 0.001


@pytest.mark.parametrize("output", [OutputSpec(), OutputSpec(max_height=64)], ids=["passed", "encoded"])
def test_parts_behind_the_end_of_the_sound_are_joined_in_silence(
    output: OutputSpec, made_media: MediaMaker, tmp_path: Path
) -> None:
    source = made_media("short.mp4", VideoSpec(frames=90, size=SIZE), (AudioSpec(duration=F(1)),))
    spans = [(0, "1.5", "2.2"), (0, "2.4", "3")]
    made = make([source], spans, tmp_path / "a.mp4", output=output)
    assert (len(shown(made.path)), made.receipt.audio_encoder) == (39, "")


def test_pictures_alone_are_joined_without_sound(made_media: MediaMaker, tmp_path: Path) -> None:
    mute = made_media("mute.mp4", VideoSpec(frames=90, size=SIZE))
    spans = [(0, "0.5", "1.5"), (0, "2", "3")]
    made = make([mute], spans, tmp_path / "a.mp4", GAP)
    assert_joined([mute], spans, made, GAP)
    with av.open(str(made.path)) as clip:
        assert not clip.streams.audio


def test_a_part_that_runs_over_the_end_is_shortened_with_a_note(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("plain.mp4", SOURCES["plain.mp4"], (AudioSpec(),))
    made = make([source], [(0, "4.4", "9"), (0, "1", "2")], tmp_path / "a.mp4", GAP)
    assert made.receipt.parts[0].span == TimeRange(F("4.4"), F(5))
    assert made.receipt.parts[1].place == TimeRange(F("1.4"), F("2.4"))
    assert made.receipt.notes == ("Part 1: the source ends at 0:05.000; it was shortened to that.",)


def test_one_part_alone_is_a_clip(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("plain.mp4", SOURCES["plain.mp4"], (AudioSpec(),))
    made = make([source], SPANS[:1], tmp_path / "a.mp4", OVERLAP)
    assert_joined([source], SPANS[:1], made)


def test_a_smaller_size_is_encoded_anew(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("large.mp4", VideoSpec(frames=60, size=(256, 192)), (AudioSpec(),))
    spans = [(0, "0", "1"), (0, "1.2", "2")]
    made = make([source], spans, tmp_path / "a.mp4", output=OutputSpec(max_height=96))
    assert (made.width, made.height) == (128, 96)
    assert_joined([source], spans, made)


def test_everything_is_encoded_where_that_is_asked_for(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("plain.mp4", SOURCES["plain.mp4"], (AudioSpec(),))
    made = make([source], SPANS, tmp_path / "a.mp4", GAP, OutputSpec(compatible=True))
    assert_joined([source], SPANS, made, GAP)
    assert made.receipt.notes == ("Everything was encoded anew, because that was asked for.",)


def refusal(call: Callable[[], object]) -> FastClipError:
    with pytest.raises(FastClipError) as caught:
        call()
    return caught.value


def test_a_part_behind_the_end_of_its_source_is_refused_by_number(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("plain.mp4", SOURCES["plain.mp4"], (AudioSpec(),))
    error = refusal(lambda: make([source], [(0, "0", "1"), (0, "8", "9")], tmp_path / "a.mp4"))
    assert error.code is ErrorCode.RANGE_OUTSIDE_SOURCE
    assert error.message == "Part 2 starts at 0:08.000, but plain.mp4 lasts only 0:05.000."
    assert list(tmp_path.iterdir()) == []


def test_sound_alone_cannot_be_joined(made_media: MediaMaker, tmp_path: Path) -> None:
    picture = made_media("plain.mp4", SOURCES["plain.mp4"], (AudioSpec(),))
    sound = made_media("a.m4a", None, (AudioSpec(),))
    error = refusal(lambda: make([picture, sound], [(0, "0", "1"), (1, "0", "1")], tmp_path / "a.mp4"))
    assert error.code is ErrorCode.NO_VIDEO
    assert "a.m4a" in error.message


def test_an_overlap_that_the_shortened_part_cannot_take_is_refused(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("plain.mp4", SOURCES["plain.mp4"], (AudioSpec(),))
    spans = [(0, "4.5", "9"), (0, "1", "2")]
    error = refusal(lambda: make([source], spans, tmp_path / "a.mp4", OVERLAP))
    assert error.code is ErrorCode.BAD_TRANSITION
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("output", [OutputSpec(), OutputSpec(max_height=64)], ids=["passed", "encoded"])
def test_a_stop_leaves_nothing(output: OutputSpec, made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("plain.mp4", SOURCES["plain.mp4"], (AudioSpec(),))
    token = CancelToken()
    reporter = Reporter(lambda _: token.cancel(), token)
    with pytest.raises(Cancelled):
        make([source], SPANS, tmp_path / "a.mp4", GAP, output, reporter)
    assert list(tmp_path.iterdir()) == []


def test_a_truncated_source_is_joined_by_encoding(tmp_path: Path) -> None:
    whole = make_media(tmp_path / "whole.mkv", VideoSpec(frames=300, size=SIZE), (AudioSpec(),))
    source = tmp_path / "broken.mkv"
    source.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    spans = [(0, "0.5", "1.5"), (0, "2", "3")]
    made = make([source], spans, tmp_path / "a.mp4")
    assert made.receipt.notes == ("Everything was encoded anew, because a source is truncated.",)
    assert [number for number, _, _ in shown(made.path)] == [*range(15, 45), *range(60, 90)]
