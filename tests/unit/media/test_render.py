"""A clip is checked before anybody sees it, and nothing stays behind when it fails."""

from __future__ import annotations

import dataclasses
import pickle
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError, InternalError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import FetchedMedia, Render
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.media.container import MAX_PIXELS
from fastclip_desktop.media.render import check_rendered, render
from fastclip_desktop.stages import perform
from tests.media_factory import AudioSpec, VideoSpec, make_media, read_frame_numbers


def request(source: Path, path: Path, start: str = "1", end: str = "2", output: OutputSpec | None = None) -> Render:
    span = TimeRange(Fraction(start), Fraction(end))
    return Render(FetchedMedia(source, source), Timeline(span, output or OutputSpec()), path)


def refusal(asked: Render) -> FastClipError:
    with pytest.raises(FastClipError) as caught:
        render(asked, Reporter())
    assert not asked.path.exists()
    return caught.value


def test_a_compatible_clip_passes_nothing_on(plain_mp4: Path, tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    rendered = render(request(plain_mp4, clip, output=OutputSpec(compatible=True)), Reporter())
    assert [read.number for read in read_frame_numbers(clip)] == list(range(30, 60))
    assert rendered.receipt.method == "reencoded"
    assert not rendered.receipt.passed


@pytest.mark.parametrize("height", [None, 90])
def test_an_mp4_holds_its_frames(height: int | None, plain_mp4: Path, tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    rendered = render(request(plain_mp4, clip, output=OutputSpec(max_height=height)), Reporter())
    assert [read.number for read in read_frame_numbers(clip)] == list(range(30, 60))
    assert (rendered.path, rendered.format, rendered.duration) == (clip, OutputFormat.MP4, 1)
    assert rendered.height == (height or 180)


def test_the_stage_renders_and_its_result_crosses_processes(plain_mp4: Path, tmp_path: Path) -> None:
    asked = request(plain_mp4, tmp_path / "clip.mp3", output=OutputSpec(OutputFormat.MP3))
    rendered = perform(pickle.loads(pickle.dumps(asked)), Reporter())
    assert pickle.loads(pickle.dumps(rendered)) == rendered
    assert asked.path.stat().st_size > 1000


def test_the_last_report_says_that_all_is_done(plain_mp4: Path, tmp_path: Path) -> None:
    seen: list[float] = []
    reporter = Reporter(seen.append)
    render(request(plain_mp4, tmp_path / "clip.mp4", output=OutputSpec(max_height=90)), reporter)
    assert seen == sorted(seen)
    assert max(seen) <= 1


def test_no_sound_for_mp3(tmp_path: Path) -> None:
    silent = make_media(tmp_path / "silent.mp4", VideoSpec(frames=60))
    error = refusal(request(silent, tmp_path / "clip.mp3", output=OutputSpec(OutputFormat.MP3)))
    assert error.code == "no_audio"
    assert "silent.mp4" in error.message


def test_a_range_behind_the_end(plain_mp4: Path, tmp_path: Path) -> None:
    error = refusal(request(plain_mp4, tmp_path / "clip.mp4", "60", "70"))
    assert error.code == "range_outside_source"
    assert "plain.mp4 lasts only 0:03.000" in error.message


def test_a_range_over_the_end_is_clamped_with_a_note(plain_mp4: Path, tmp_path: Path) -> None:
    rendered = render(request(plain_mp4, tmp_path / "clip.mp4", "2", "9"), Reporter())
    assert [read.number for read in read_frame_numbers(rendered.path)] == list(range(60, 90))
    assert abs(rendered.span.end - 3) <= Fraction(1, 20)
    assert any("end" in note for note in rendered.receipt.notes)


def test_a_truncated_source_gives_what_is_there_and_says_so(tmp_path: Path) -> None:
    whole = make_media(tmp_path / "whole.mkv", VideoSpec(frames=300), (AudioSpec(),))
    source = tmp_path / "broken.mkv"
    source.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    rendered = render(request(source, tmp_path / "clip.mp4", output=OutputSpec(max_height=90)), Reporter())
    assert [read.number for read in read_frame_numbers(rendered.path)] == list(range(30, 60))
    assert any("truncated" in note for note in rendered.receipt.notes)


def test_the_missing_part_of_a_truncated_source_is_refused(tmp_path: Path) -> None:
    whole = make_media(tmp_path / "whole.mkv", VideoSpec(frames=300), (AudioSpec(),))
    source = tmp_path / "broken.mkv"
    source.write_bytes(whole.read_bytes()[: whole.stat().st_size // 3])
    error = refusal(request(source, tmp_path / "clip.mp4", "9", "9.5"))
    assert error.code == "damaged_media"
    assert "broken.mkv" in error.message


def test_a_stop_leaves_nothing(plain_mp4: Path, tmp_path: Path) -> None:
    token = CancelToken()
    asked = request(plain_mp4, tmp_path / "clip.mp4", output=OutputSpec(max_height=90))
    with pytest.raises(Cancelled):
        render(asked, Reporter(lambda _: token.cancel(), token))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone(plain_mp4: Path, tmp_path: Path) -> None:
    error = refusal(request(plain_mp4, tmp_path / "gone" / "clip.mp4", output=OutputSpec(max_height=90)))
    assert error.code == "output_not_writable"


def test_a_file_of_the_wrong_length_is_our_fault(plain_mp4: Path, tmp_path: Path) -> None:
    rendered = render(request(plain_mp4, tmp_path / "clip.mp4", output=OutputSpec(max_height=90)), Reporter())
    with pytest.raises(InternalError):
        check_rendered(dataclasses.replace(rendered, duration=Fraction(2)))


def test_a_file_without_its_sound_is_our_fault(tmp_path: Path) -> None:
    silent = make_media(tmp_path / "silent.mp4", VideoSpec(frames=90))
    rendered = render(request(silent, tmp_path / "clip.mp4", output=OutputSpec(max_height=90)), Reporter())
    claimed = dataclasses.replace(rendered, receipt=dataclasses.replace(rendered.receipt, audio_encoder="aac"))
    with pytest.raises(InternalError) as caught:
        check_rendered(claimed)
    assert caught.value.code is ErrorCode.INTERNAL


def test_the_largest_picture_is_8k_and_more() -> None:
    assert 7680 * 4320 < MAX_PIXELS < 16384 * 8192


@pytest.mark.parametrize("form", [OutputFormat.MP3, OutputFormat.M4A, OutputFormat.WAV, OutputFormat.MP4])
def test_the_sound_of_a_telephone_is_as_long_as_it_should_be(form: OutputFormat, tmp_path: Path) -> None:
    source = make_media(tmp_path / "call.mp4", VideoSpec(frames=90), (AudioSpec(sample_rate=8000, channels=1),))
    rendered = render(request(source, tmp_path / f"clip.{form}", output=OutputSpec(form)), Reporter())
    assert rendered.duration == 1
