"""A clip holds the sound tracks that were chosen, and text only where it is wanted."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import pytest

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia, Render
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.media.render import render
from tests.media_factory import AudioSpec, SubtitleSpec, VideoSpec, make_media

SOUNDS = (AudioSpec(language="eng"), AudioSpec(voice=1, language="deu"), AudioSpec(voice=2, language="fra"))
SPAN = TimeRange(Fraction(1), Fraction(2))


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    cue = (Fraction("1.2"), Fraction("1.8"), "Good evening.")
    path = tmp_path_factory.mktemp("tracks") / "film.mkv"
    return make_media(path, VideoSpec(size=(128, 96)), SOUNDS, subtitles=(SubtitleSpec("subrip", (cue,)),))


def cut(film: Path, path: Path, output: OutputSpec) -> RenderedFile:
    return render(Render(FetchedMedia(film, film), Timeline(SPAN, output), path), Reporter())


def languages(path: Path) -> list[str]:
    with av.open(str(path)) as clip:
        return [stream.metadata.get("language", "") for stream in clip.streams.audio]


def texts(path: Path) -> int:
    with av.open(str(path)) as clip:
        return len(clip.streams.subtitles)


WAYS: list[Callable[[tuple[int, ...] | None, bool], OutputSpec]] = [
    lambda sounds, text: OutputSpec(sound_tracks=sounds, subtitles=text),
    lambda sounds, text: OutputSpec(sound_tracks=sounds, subtitles=text, compatible=True),
    lambda sounds, text: OutputSpec(sound_tracks=sounds, subtitles=text, passthrough=True),
    lambda sounds, text: OutputSpec(OutputFormat.WEBM, sound_tracks=sounds, subtitles=text),
    lambda sounds, text: OutputSpec(sound_tracks=sounds, subtitles=text, max_bytes=50_000),
]


@pytest.mark.sampled(4)
@pytest.mark.parametrize("way", WAYS, ids=["exact", "compatible", "copied", "webm", "limited"])
@pytest.mark.parametrize(
    ("sounds", "expected"), [(None, ["eng", "deu", "fra"]), ((1,), ["deu"]), ((2, 0), ["eng", "fra"]), ((), [])]
)
def test_only_the_chosen_sounds_are_in_the_clip(
    way: Callable[[tuple[int, ...] | None, bool], OutputSpec],
    sounds: tuple[int, ...] | None,
    expected: list[str],
    film: Path,
    tmp_path: Path,
) -> None:
    output = way(sounds, True)
    clip = tmp_path / f"clip.{output.format}"
    cut(film, clip, output)
    assert languages(clip) == expected
    assert texts(clip) == 1


@pytest.mark.parametrize("way", WAYS, ids=["exact", "compatible", "copied", "webm", "limited"])
def test_text_stays_behind_where_it_is_not_wanted(
    way: Callable[[tuple[int, ...] | None, bool], OutputSpec], film: Path, tmp_path: Path
) -> None:
    output = way(None, False)
    clip = tmp_path / f"clip.{output.format}"
    cut(film, clip, output)
    assert texts(clip) == 0
    assert len(languages(clip)) == 3


@pytest.mark.parametrize("form", [OutputFormat.MP3, OutputFormat.M4A, OutputFormat.WAV])
def test_a_chosen_track_alone_says_nothing_of_the_others(form: OutputFormat, film: Path, tmp_path: Path) -> None:
    first = cut(film, tmp_path / f"first.{form}", OutputSpec(form, sound_tracks=(0,)))
    second = cut(film, tmp_path / f"second.{form}", OutputSpec(form, sound_tracks=(1,)))
    assert not any("sound tracks" in note for note in (*first.receipt.notes, *second.receipt.notes))
    assert first.path.read_bytes() != second.path.read_bytes()
    without_choice = cut(film, tmp_path / f"any.{form}", OutputSpec(form))
    assert any("3 sound tracks" in note for note in without_choice.receipt.notes)


def test_a_track_that_is_not_there_is_named_as_that(film: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        cut(film, tmp_path / "clip.mp3", OutputSpec(OutputFormat.MP3, sound_tracks=(7,)))
    assert caught.value.code is ErrorCode.NO_AUDIO
    assert "film.mkv has no such sound track" in caught.value.message
