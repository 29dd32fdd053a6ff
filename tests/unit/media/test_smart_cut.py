"""The smart cut is exact to the frame and the sample on everything that it does not refuse."""

from __future__ import annotations

import itertools
import random
import shutil
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import pytest
from av.sidedata.sidedata import Type as SideDataType
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.media import avc, hevc
from fastclip_desktop.media.nal import sized_units
from fastclip_desktop.media.smart_cut import NotPassable
from tests.media_factory import AudioSpec, SubtitleSpec, VideoSpec, make_media, read_frame_numbers, read_sound_shift
from tests.unit.media.exact_clips import SAMPLE, assert_exact, cut

MediaMaker = Callable[..., Path]

F = Fraction
MILLISECOND = F(1, 1000)


def irregular(frames: int) -> tuple[Fraction, ...]:
    """Times of a screen recording: from 60 frames a second to 10."""
    picker = random.Random(4)
    gaps = [F(picker.choice([17, 33, 33, 34, 50, 100]), 1000) for _ in range(frames - 1)]
    return tuple(itertools.accumulate(gaps, initial=F(0)))


def x264(**options: str) -> VideoSpec:
    """H.264 with encoder settings of one's own; key frames stay a second apart."""
    params = {"keyint": "30", "scenecut": "0", "bframes": "3"} | options
    profile = params.pop("profile", None)
    text = ":".join(f"{key.replace('_', '-')}={value}" for key, value in params.items())
    return VideoSpec(options={"x264-params": text} | ({"profile": profile} if profile else {}))


X265_PYRAMID = (
    "rc-lookahead=20:keyint=30:min-keyint=30:scenecut=0:bframes=7:b-adapt=0:log-level=none:pools=1:frame-threads=1"
)

SOURCES = {
    "plain.mp4": VideoSpec(),
    "no-b.mp4": VideoSpec(bframes=0),
    "pyramid.mp4": x264(bframes="5", b_adapt="0", b_pyramid="normal", ref="4"),
    "strict-pyramid.mp4": x264(bframes="3", b_adapt="0", b_pyramid="strict"),
    "intra.mp4": VideoSpec(gop=1, bframes=0),
    "cavlc.mp4": x264(cabac="0"),
    "baseline.mp4": x264(profile="baseline", bframes="0"),
    "main.mp4": x264(profile="main"),
    "one-reference.mp4": x264(ref="1", weightp="2"),
    "sliced.mp4": x264(slices="3"),
    "own-lists.mp4": x264(cqm="jvt"),
    "deep.mp4": VideoSpec(pixel_format="yuv420p10le"),
    "422.mov": VideoSpec(pixel_format="yuv422p"),
    "odd.mp4": VideoSpec(size=(322, 182)),
    "film.mp4": VideoSpec(rate=F(24000, 1001), gop=24),
    "negative.mp4": VideoSpec(start=F(-1, 4)),
    "late.mp4": VideoSpec(start=F(7, 2)),
    "irregular.mp4": VideoSpec(pts=irregular(70), gop=25, bframes=3),
    "plain.mkv": VideoSpec(bframes=3),
    "irregular.mkv": VideoSpec(pts=irregular(70), gop=25, bframes=3),
    "plain.ts": VideoSpec(bframes=3),
    "plain.flv": VideoSpec(rate=F(25)),
    "hevc.mp4": VideoSpec("libx265", bframes=3),
    "hevc-open.mp4": VideoSpec("libx265", bframes=3, open_gop=True),
    "hevc-pyramid.mp4": VideoSpec("libx265", open_gop=True, options={"x265-params": X265_PYRAMID}),
    "hevc-deep.mkv": VideoSpec("libx265", open_gop=True, pixel_format="yuv420p10le"),
    "hevc.ts": VideoSpec("libx265", open_gop=True),
    "vp9.webm": VideoSpec("libvpx-vp9"),
    "vp9.mp4": VideoSpec("libvpx-vp9"),
}

RANGES = [("0", "1.1"), ("0.4", "2.5"), ("1", "2"), ("0.99", "2.21"), ("0.21", "2.3")]


@pytest.mark.sampled(4)
@pytest.mark.parametrize("name", SOURCES)
def test_a_clip_shows_the_frames_of_its_range_and_no_other(name: str, made_media: MediaMaker, tmp_path: Path) -> None:
    spec = SOURCES[name]
    codec = {"webm": "libopus", "mkv": "libmp3lame"}.get(name.rsplit(".", 1)[1], "aac")
    late = spec.start if spec.start > 0 else F(0)
    source = made_media(name, spec, (AudioSpec(codec, sample_rate=44100 if codec == "aac" else 48000, start=late),))
    for number, (start, end) in enumerate(RANGES):
        made = cut(source, start, end, tmp_path / f"{number}.mp4")
        assert_exact(source, made, sound_within=SAMPLE if name.endswith(("mp4", "mov", "ts")) else MILLISECOND)


@pytest.mark.sampled(3)
@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="there is no ffmpeg here")
@pytest.mark.parametrize("name", ["plain.mp4", "pyramid.mp4", "cavlc.mp4", "hevc-open.mp4", "plain.ts", "vp9.webm"])
def test_another_decoder_finds_no_fault(name: str, made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media(name, SOURCES[name])
    made = cut(source, "0.4", "2.47", tmp_path / "a.mp4")
    command = ["ffmpeg", "-v", "error", "-xerror", "-i", str(made.path), "-f", "null", "-"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


def test_the_whole_track_refers_to_the_parameter_sets_of_the_source(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("pyramid.mp4", SOURCES["pyramid.mp4"])
    made = cut(source, "0.4", "2.47", tmp_path / "a.mp4")
    assert len(made.receipt.encoded) == 2
    with av.open(str(source)) as before, av.open(str(made.path)) as after:
        theirs, ours = (
            avc.read_record(file.streams.video[0].codec_context.extradata or b"") for file in (before, after)
        )
    assert ours.sequences == theirs.sequences
    assert [avc.picture_set_ids(unit) for unit in ours.pictures] == [(0, 0), (1, 0)]


def test_where_leading_pictures_are_gone_the_link_is_marked_broken(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("hevc-open.mp4", SOURCES["hevc-open.mp4"])
    made = cut(source, "0.4", "2.9", tmp_path / "a.mp4")
    with av.open(str(made.path)) as clip:
        kinds = [
            hevc.unit_type(unit)
            for packet in clip.demux(video=0)
            for unit in sized_units(memoryview(packet), 4)
            if packet.is_keyframe and hevc.unit_type(unit) < hevc.Unit.VPS
        ]
    # The encoded head, the first passed key frame, the next one, and what is encoded at the end.
    assert [kind for kind, _ in itertools.groupby(kinds)] == [
        hevc.Unit.IDR_N_LP, hevc.Unit.BLA_N_LP, hevc.Unit.CRA, hevc.Unit.IDR_N_LP,
    ]  # fmt: skip


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("codec", "container"),
    [
        ("aac", "mp4"),
        ("libmp3lame", "mp4"),
        ("ac3", "mp4"),
        ("eac3", "ts"),
        ("libopus", "mp4"),
        ("flac", "mp4"),
        ("alac", "mov"),
        ("aac", "ts"),
        ("libopus", "mkv"),
    ],
)
def test_sound_is_passed_on_in_step_and_to_the_sample(
    codec: str, container: str, made_media: MediaMaker, tmp_path: Path
) -> None:
    source = made_media(f"a.{container}", VideoSpec(), (AudioSpec(codec),))
    made = cut(source, "0.43", "2.51", tmp_path / "a.mp4")
    assert_exact(source, made, sound_within=MILLISECOND if container == "mkv" else SAMPLE)
    assert made.receipt.audio_encoder == ""
    with av.open(str(made.path)) as clip:
        sound = clip.streams.audio[0]
        length = sound.duration * sound.time_base
    assert abs(length - made.duration) <= F(1, 48000)


@pytest.mark.parametrize("codec", ["pcm_s16le", "mp2"])
def test_sound_that_mp4_does_not_take_is_encoded_beside_passed_pictures(
    codec: str, made_media: MediaMaker, tmp_path: Path
) -> None:
    source = made_media("a.mkv", VideoSpec(), (AudioSpec(codec),))
    made = cut(source, "0.43", "2.51", tmp_path / "a.mp4")
    assert_exact(source, made, sound_within=MILLISECOND)
    assert (made.receipt.method, made.receipt.audio_encoder) == ("smart", "aac")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    name=st.sampled_from(["plain.mp4", "pyramid.mp4", "irregular.mp4", "hevc-open.mp4", "negative.mp4", "cavlc.mp4"]),
    start=st.integers(0, 1900),
    length=st.integers(30, 1100),
)
def test_any_range_that_is_cut_is_exact(
    name: str, start: int, length: int, made_media: MediaMaker, tmp_path: Path
) -> None:
    source = made_media(name, SOURCES[name], (AudioSpec(),))
    try:
        made = cut(source, F(start, 1000), F(start + length, 1000), tmp_path / "a.mp4")
    except NotPassable as reason:
        assert reason.reason == "no key frame lies inside the clip"  # noqa: PT017 - one way of two to be right
    else:
        assert_exact(source, made)


def test_the_receipt_says_what_was_passed_and_what_was_encoded(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", x264(bframes="3", b_adapt="0", b_pyramid="none"), (AudioSpec(),))
    made = cut(source, "0.5", "2.4", tmp_path / "a.mp4")
    receipt = made.receipt
    assert receipt.method == "smart"
    assert receipt.video_encoder == "libx264"
    # At 2.4 s ends a group of I B B B P: 2.4 is shown by the P that the three pictures before it lean on.
    assert receipt.encoded == (TimeRange(F(1, 2), F(1)), TimeRange(F(7, 3) - F(1, 30), F("2.4")))
    assert receipt.passed == (TimeRange(F(1), F(7, 3) - F(1, 30)),)
    assert made.duration == F("1.9")
    assert 0 < receipt.bytes_read < source.stat().st_size


def test_a_cut_on_key_frames_encodes_nothing(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", VideoSpec(), (AudioSpec(),))
    made = cut(source, "1", "2", tmp_path / "a.mp4")
    assert (made.receipt.method, made.receipt.video_encoder, made.receipt.encoded) == ("copied", "", ())
    assert_exact(source, made)


def test_edges_between_two_ticks_count(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", VideoSpec(), (AudioSpec(),))
    hair = F(1, 1_000_000)
    made = cut(source, F(1, 2) + hair, F(71, 30) + hair, tmp_path / "a.mp4")
    assert [frame.number for frame in read_frame_numbers(made.path)] == list(range(16, 72))
    made = cut(source, F(1, 2) - hair, F(71, 30) - hair, tmp_path / "b.mp4")
    assert [frame.number for frame in read_frame_numbers(made.path)] == list(range(15, 71))


def test_a_seam_that_comes_out_unlike_the_source_is_refused(
    made_media: MediaMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fastclip_desktop.media.seam_encoders._X264_QUANTISER", "51")
    source = made_media("a.mp4", VideoSpec(), (AudioSpec(),))
    with pytest.raises(NotPassable, match="came out wrong"):
        cut(source, "0.5", "2.5", tmp_path / "a.mp4")


@pytest.mark.parametrize("codec", ["libx264", "libx265"])
def test_long_heads_get_a_key_frame_for_the_check_and_stay_exact(
    codec: str, made_media: MediaMaker, tmp_path: Path
) -> None:
    source = made_media("a.mp4", VideoSpec(codec, frames=130, gop=100, bframes=3), (AudioSpec(),))
    made = cut(source, "0.1", "3.9", tmp_path / "a.mp4")
    assert_exact(source, made)
    keys = [frame.pts for frame in read_frame_numbers(made.path) if frame.key]
    assert keys[:3] == [0, F(93, 30), F(97, 30)]


def test_turned_pictures_colours_and_tracks_are_passed_on(made_media: MediaMaker, tmp_path: Path) -> None:
    video = VideoSpec(rotation=90, sample_aspect_ratio=F(4, 3), color=(1, 9, 16, 9))
    sounds = (AudioSpec(language="eng"), AudioSpec("ac3", voice=1, language="deu"))
    source = made_media("a.mp4", video, sounds)
    made = cut(source, "0.4", "2.4", tmp_path / "a.mp4")
    assert (made.width, made.height) == (180, 427)
    with av.open(str(made.path)) as clip:
        picture = clip.streams.video[0]
        context = picture.codec_context
        assert picture.sample_aspect_ratio == F(4, 3)
        assert (context.color_range, context.color_primaries, context.color_trc, context.colorspace) == (1, 9, 16, 9)
        assert next(clip.decode(picture)).rotation == -90
        assert [(sound.codec_context.name, sound.language) for sound in clip.streams.audio] == [
            ("aac", "eng"),
            ("ac3", "deu"),
        ]
    zero = made.receipt.first_frame
    assert zero is not None
    for track in (0, 1):
        assert read_sound_shift(made.path, source, zero, tracks=(track, track)) == zero


def test_what_hdr_needs_is_said_from_the_first_picture_on(made_media: MediaMaker, tmp_path: Path) -> None:
    light = "master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1):max-cll=1000,400"
    options = {"x265-params": f"keyint=30:min-keyint=30:log-level=none:pools=1:hdr10=1:{light}"}
    spec = VideoSpec("libx265", pixel_format="yuv420p10le", color=(1, 9, 16, 9), options=options)
    made = cut(made_media("hdr.mp4", spec), "0.4", "2.4", tmp_path / "a.mp4")
    assert made.receipt.encoded[0].start == F("0.4")
    with av.open(str(made.path)) as clip:
        for frame in itertools.islice(clip.decode(video=0), 30):
            kinds = {data.type for data in frame.side_data}
            if frame.key_frame:
                assert kinds >= {SideDataType.MASTERING_DISPLAY_METADATA, SideDataType.CONTENT_LIGHT_LEVEL}


@pytest.mark.parametrize(("codec", "container"), [("subrip", "mkv"), ("mov_text", "mp4"), ("webvtt", "mkv")])
def test_cues_are_cut_and_retimed(codec: str, container: str, made_media: MediaMaker, tmp_path: Path) -> None:
    cues = ((F("0.1"), F("0.3"), "before"), (F("0.4"), F("0.9"), "cut off"), (F("1.5"), F(2), "whole"))
    cues += ((F("2.3"), F("2.9"), "runs over"), (F("2.95"), F(3), "after"))
    source = made_media(f"a.{container}", VideoSpec(), (AudioSpec(),), subtitles=(SubtitleSpec(codec, cues, "fra"),))
    made = cut(source, "0.5", "2.5", tmp_path / "a.mp4")
    with av.open(str(made.path)) as clip:
        stream = clip.streams.subtitles[0]
        assert (stream.codec_context.name, stream.language) == ("mov_text", "fra")
        shown = [
            (bytes(packet)[2:].decode(), packet.pts * packet.time_base, packet.duration * packet.time_base)
            for packet in clip.demux(stream)
            if packet.size > 2
        ]
    assert shown == [("cut off", F(0), F("0.4")), ("whole", F(1), F("0.5")), ("runs over", F("1.8"), F("0.2"))]


def test_picture_and_sound_may_lie_in_two_files_with_one_clock(made_media: MediaMaker, tmp_path: Path) -> None:
    picture = made_media("v.mp4", VideoSpec(start=F(67, 1000)))
    sound = made_media("a.m4a", None, (AudioSpec(duration=F(3)),))
    made = cut(FetchedMedia(picture, sound), "0.5", "2.5", tmp_path / "a.mp4")
    shown = [frame for frame in read_frame_numbers(picture) if F("0.5") <= frame.pts < F("2.5")]
    assert [frame.number for frame in read_frame_numbers(made.path)] == [frame.number for frame in shown]
    zero = shown[0].pts
    assert zero % F(1, 30) != 0
    assert made.receipt.first_frame == zero
    assert abs(read_sound_shift(made.path, sound, zero) - zero) < SAMPLE


def test_a_picture_that_stands_still_is_shown_from_zero(made_media: MediaMaker, tmp_path: Path) -> None:
    times = (*(F(n, 30) for n in range(10)), F(1), F("1.5"), F("1.6"), F("1.7"), F("2.5"))
    source = made_media("a.mp4", VideoSpec(pts=times, gop=11, bframes=0, last_duration=F(1, 2)), (AudioSpec(),))
    made = cut(source, "1.025", "2.8", tmp_path / "a.mp4")
    assert [(frame.number, frame.pts) for frame in read_frame_numbers(made.path)] == [
        (10, F(0)), (11, F("0.475")), (12, F("0.575")), (13, F("0.675")), (14, F("1.475")),
    ]  # fmt: skip
    assert made.receipt.first_frame == F(1)
    assert "stands still" in made.receipt.notes[0]
    assert read_sound_shift(made.path, source, F("1.025")) == F("1.025")


def test_a_picture_that_begins_late_begins_late_in_the_clip(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", VideoSpec(start=F(1)), (AudioSpec(duration=F(4)),))
    made = cut(source, "0.5", "2.5", tmp_path / "a.mp4")
    frames = read_frame_numbers(made.path)
    assert (frames[0].number, frames[0].pts, frames[-1].number) == (0, F(1, 2), 44)
    assert read_sound_shift(made.path, source, F(1, 2)) == F(1, 2)


def test_a_range_over_the_end_is_shortened_with_a_note(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", VideoSpec(), (AudioSpec(duration=F(3)),))
    made = cut(source, "0.5", "9", tmp_path / "a.mp4")
    assert made.span == TimeRange(F("0.5"), F(3))
    assert made.duration == F("2.5")
    assert made.receipt.notes == ("The source ends at 0:03.000; the clip was shortened to that.",)
    assert_exact(source, made)


@pytest.mark.parametrize(
    ("name", "spec", "reason"),
    [
        ("a.mp4", VideoSpec(interlaced=True), "coded as fields"),
        ("a.mp4", VideoSpec(open_gop=True, bframes=3), "no key frame lies inside"),
        ("a.mp4", VideoSpec(gop=250), "no key frame lies inside"),
        ("a.mp4", VideoSpec(pixel_format="yuv444p"), "not subsampled"),
        ("a.mp4", VideoSpec("mpeg4"), "mpeg4 cannot be cut"),
        ("a.ts", VideoSpec("mpeg2video", gop=15), "mpeg2video cannot be cut"),
        ("a.mp4", VideoSpec("libsvtav1"), "on its key frames"),
    ],
)
def test_what_cannot_be_passed_is_refused_with_a_reason(
    name: str, spec: VideoSpec, reason: str, made_media: MediaMaker, tmp_path: Path
) -> None:
    source = made_media(name, spec, (AudioSpec(),))
    with pytest.raises(NotPassable, match=reason):
        cut(source, "0.5", "2.5", tmp_path / "a.mp4")


def test_av1_is_cut_on_its_key_frames(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", VideoSpec("libsvtav1"), (AudioSpec(),))
    assert_exact(source, cut(source, "1", "2.4", tmp_path / "a.mp4"))


def test_encrypted_sources_are_refused(tmp_path: Path) -> None:
    key = {"encryption_scheme": "cenc-aes-ctr", "encryption_key": "76" * 16, "encryption_kid": "a7" * 16}
    source = make_media(tmp_path / "source.mp4", VideoSpec(), options=key)
    with pytest.raises(NotPassable, match="encrypted"):
        cut(source, "0.5", "2.5", tmp_path / "a.mp4")


def test_a_damaged_packet_in_the_middle_is_refused(tmp_path: Path) -> None:
    source = make_media(tmp_path / "source.mp4", VideoSpec())
    with av.open(str(source)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
    content = bytearray(source.read_bytes())
    content[packets[45].pos : packets[45].pos + 4] = b"\x7f\xff\xff\xff"
    source.write_bytes(content)
    with pytest.raises(NotPassable, match="damaged"):
        cut(source, "0.5", "2.5", tmp_path / "a.mp4")


@pytest.mark.parametrize(
    ("output", "reason"),
    [(OutputSpec(OutputFormat.MP3), "mp3 is not mp4"), (OutputSpec(max_height=90), "made smaller")],
)
def test_a_clip_that_looks_different_is_refused(
    output: OutputSpec, reason: str, made_media: MediaMaker, tmp_path: Path
) -> None:
    source = made_media("a.mp4", VideoSpec(), (AudioSpec(),))
    with pytest.raises(NotPassable, match=reason):
        cut(source, "0.5", "2.5", tmp_path / "a.mp4", output)


def test_sound_alone_is_refused(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.m4a", None, (AudioSpec(duration=F(3)),))
    with pytest.raises(NotPassable, match="no picture"):
        cut(source, "0.5", "2.5", tmp_path / "a.mp4")


def test_a_stop_ends_the_cut(made_media: MediaMaker, tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    source = made_media("a.mp4", VideoSpec(), (AudioSpec(),))
    with pytest.raises(Cancelled):
        cut(source, "0.5", "2.5", tmp_path / "a.mp4", reporter=Reporter(cancel=token))


def test_progress_rises_to_the_end(made_media: MediaMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fastclip_desktop.domain.progress.MIN_INTERVAL", 0)
    seen: list[float] = []
    source = made_media("a.mp4", VideoSpec(), (AudioSpec(),))
    cut(source, "0.5", "2.5", tmp_path / "a.mp4", reporter=Reporter(seen.append))
    assert seen == sorted(seen)
    assert seen[0] < 0.2
    assert seen[-1] > 0.9


def test_a_folder_that_is_not_there_is_named(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", VideoSpec(), (AudioSpec(),))
    with pytest.raises(InputError) as caught:
        cut(source, "0.5", "2.5", tmp_path / "nowhere" / "a.mp4")
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
