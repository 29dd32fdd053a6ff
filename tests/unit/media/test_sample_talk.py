from __future__ import annotations

import itertools
import re
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pysubs2
import pytest

from fastclip_desktop.domain import progress
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import MakeSampleTalk, SampleTalk
from fastclip_desktop.media.sample_script import Point, Slide, timed_slides
from fastclip_desktop.media.sample_slides import SIZE, clock_text, edge_code
from fastclip_desktop.media.sample_talk import SAMPLE_RATE, make_sample_talk, sound_of
from fastclip_desktop.stages import sample
from tests.media_factory import read_sound
from tests.sample_talk_reader import read_clock, read_edge, upright_luma

SHORT = timed_slides(
    (
        Slide("One", ("This is the first line.",), ()),
        Slide("Two", (), (Point("A point", ("And this is the second line.",)),)),
    )
)
FULL = timed_slides()
LINES = [line for timed in FULL for line in timed.captions]


@pytest.fixture(scope="module")
def short_talk(tmp_path_factory: pytest.TempPathFactory) -> SampleTalk:
    return make_sample_talk(tmp_path_factory.mktemp("talk"), Reporter(), SHORT)


def test_every_frame_shows_its_own_time_on_its_clock_and_its_edge(short_talk: SampleTalk) -> None:
    with av.open(str(short_talk.video)) as container:
        stream = container.streams.video[0]
        for number, frame in enumerate(container.decode(stream)):
            luma = upright_luma(frame)
            instant = frame.pts * frame.time_base
            assert instant == Fraction(number, 10)
            assert read_clock(luma) == clock_text(instant)
            assert read_edge(luma) == instant
    assert number + 1 == SHORT[-1].span.end * 10


def test_the_clock_is_read_off_a_small_copy_too(short_talk: SampleTalk) -> None:
    with av.open(str(short_talk.video)) as container:
        frame = next(frame for frame in container.decode(video=0) if frame.time == pytest.approx(5.3))
    luma = upright_luma(frame.reformat(width=640, height=360))
    assert (read_clock(luma), read_edge(luma)) == ("0:05.3", Fraction(53, 10))


def test_the_file_is_a_common_mp4_that_starts_before_it_is_whole(short_talk: SampleTalk) -> None:
    head = short_talk.video.read_bytes()
    assert head.index(b"moov") < head.index(b"mdat")
    with av.open(str(short_talk.video)) as container:
        picture, sound = container.streams.video[0], container.streams.audio[0]
        assert (picture.codec_context.name, picture.width, picture.height) == ("h264", *SIZE)
        assert (sound.codec_context.name, sound.sample_rate, sound.channels) == ("aac", 48000, 2)
        for stream in (picture, sound):
            assert abs(stream.duration * stream.time_base - SHORT[-1].span.end) < Fraction(1, 40)
        context = picture.codec_context
        assert (context.colorspace, context.color_primaries, context.color_trc, context.color_range) == (1, 1, 1, 1)
        assert container.metadata["title"] == "Running a small podcast"


def test_a_tick_sounds_at_every_full_second(short_talk: SampleTalk) -> None:
    sound = read_sound(short_talk.video)
    high = np.abs(np.diff(sound.samples, 2))  # the tick is far higher than any chord
    for second in range(1, int(SHORT[-1].span.end)):
        around = high[round((second - 0.5 - sound.start) * SAMPLE_RATE) : round((second + 0.5) * SAMPLE_RATE)]
        at = second - 0.5 + int(np.argmax(around)) / SAMPLE_RATE
        assert at == pytest.approx(second, abs=0.004)


def test_each_slide_has_a_chord_of_its_own() -> None:
    heard = [sound_of(index, 0, 10**7, SAMPLE_RATE * 5, SAMPLE_RATE * 6)[0] for index in range(len(FULL))]
    for index, one in enumerate(heard):
        assert 0.05 < np.abs(one).max() < 0.5
        for other in heard[:index]:
            assert np.abs(one - other).max() > 0.02


def test_captions_are_the_script_with_its_times(short_talk: SampleTalk) -> None:
    read = pysubs2.SSAFile.load(str(short_talk.captions), format_="vtt")
    spoken = [line for timed in SHORT for line in timed.captions]
    assert [(event.start, event.end, event.text) for event in read] == [
        (line.span.start * 1000, line.span.end * 1000, line.text) for line in spoken
    ]


def test_the_talk_lasts_some_ten_minutes() -> None:
    assert 570 <= FULL[-1].span.end <= 660
    assert len(FULL) == 9
    assert len(LINES) >= 100


def test_lines_are_short_natural_and_one_after_another() -> None:
    for line in LINES:
        assert 3 <= line.span.duration <= 6
        assert line.text.isascii()
        assert "-->" not in line.text
    for earlier, later in itertools.pairwise(LINES):
        assert earlier.span.end < later.span.start
    assert len({line.text for line in LINES}) == len(LINES)


def test_slides_follow_each_other_and_points_light_up_with_their_first_line() -> None:
    assert FULL[0].span.start == 0
    for earlier, later in itertools.pairwise(FULL):
        assert earlier.span.end == later.span.start
    for timed in FULL:
        for point, reveal in zip(timed.slide.points, timed.reveals, strict=True):
            assert timed.span.contains(reveal)
            assert next(line.text for line in timed.captions if line.span.start == reveal) == point.lines[0]


def test_every_time_is_a_whole_tenth() -> None:
    times = [time for timed in FULL for time in (timed.span.end, *timed.reveals)]
    times += [time for line in LINES for time in (line.span.start, line.span.end)]
    assert [time for time in times if (time * 10).denominator != 1] == []


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (r"price a sponsor slot", "Sponsors, and what to charge"),
        (r"dynamic microphone", "Choosing a microphone"),
        (r"memory card", "Mistakes we made for you"),
        (r"LUFS", "Editing without losing the weekend"),
        (r"umbrella", "Questions from the room"),
    ],
)
def test_each_subject_has_one_place_in_the_talk(words: str, title: str) -> None:
    found = {timed.slide.title for timed in FULL for line in timed.captions if re.search(words, line.text)}
    assert found == {title}


def test_clock_and_edge_change_with_the_tenth() -> None:
    assert clock_text(Fraction(1254, 10)) == clock_text(Fraction(12549, 100)) == "2:05.4"
    assert clock_text(Fraction(600)) == "10:00.0"
    assert len({edge_code(Fraction(tenth, 10)) for tenth in range(6144)}) == 6144
    assert edge_code(Fraction(0)) not in {0, 2**24 - 1}


def test_progress_runs_to_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "MIN_INTERVAL", 0.0)
    sent: list[float] = []
    make_sample_talk(tmp_path, Reporter(sent.append), SHORT)
    assert sent == sorted(sent)
    assert len(sent) > 50
    assert sent[-1] == 1.0


@pytest.mark.parametrize("at", [0.0, 0.5, 0.98])
def test_a_stop_leaves_what_was_there_and_nothing_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: float
) -> None:
    monkeypatch.setattr(progress, "MIN_INTERVAL", 0.0)
    (tmp_path / "talk.mp4").write_bytes(b"older")
    token = CancelToken()

    def stop(fraction: float) -> None:
        if fraction >= at:
            token.cancel()

    with pytest.raises(Cancelled):
        make_sample_talk(tmp_path, Reporter(stop, token), SHORT)
    assert [path.name for path in tmp_path.iterdir()] == ["talk.mp4"]
    assert (tmp_path / "talk.mp4").read_bytes() == b"older"


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_bytes(b"")
    with pytest.raises(InputError) as caught:
        make_sample_talk(place, Reporter(), SHORT)
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert place.read_bytes() == b""


def test_a_fault_in_the_sound_comes_out_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("fastclip_desktop.media.sample_talk.sound_of", break_down)
    with pytest.raises(InputError) as caught:
        make_sample_talk(tmp_path, Reporter(), SHORT)
    assert caught.value.code is ErrorCode.DISK_FULL
    assert list(tmp_path.iterdir()) == []


def test_the_stage_makes_the_folder_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []

    def make(folder: Path, _: Reporter) -> SampleTalk:
        asked.append(folder)
        return SampleTalk(folder / "talk.mp4", folder / "talk.vtt")

    monkeypatch.setattr(sample, "make_sample_talk", make)
    made = sample.perform(MakeSampleTalk(tmp_path / "new"), Reporter())
    assert asked == [tmp_path / "new"]
    assert made.video == tmp_path / "new" / "talk.mp4"


@pytest.mark.slow
def test_the_whole_talk_shows_its_time_wherever_one_looks(tmp_path: Path) -> None:
    talk = sample.perform(MakeSampleTalk(tmp_path), Reporter())
    with av.open(str(talk.video)) as container:
        stream = container.streams.video[0]
        assert stream.frames == FULL[-1].span.end * 10
        for tenth in (0, 1, 249, 250, 1254, 2741, 6000, 6143):
            container.seek(int(Fraction(tenth, 10) / stream.time_base), stream=stream)
            frame = next(
                frame for frame in container.decode(stream) if frame.pts * frame.time_base >= Fraction(tenth, 10)
            )
            luma = upright_luma(frame)
            assert (read_clock(luma), read_edge(luma)) == (clock_text(Fraction(tenth, 10)), Fraction(tenth, 10))
