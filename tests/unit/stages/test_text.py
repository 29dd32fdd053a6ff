"""Painting what is written into a short."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from fastclip_desktop.domain.caption import Banner, Cue, OverlayTrack, PaintedText
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.short_look import CaptionStyle, Spoken
from fastclip_desktop.domain.short_presets import look_of
from fastclip_desktop.domain.short_stages import PaintText
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Word
from fastclip_desktop.stages import perform

pytestmark = pytest.mark.usefixtures("qapp")


def words(text: str, start: Fraction = Fraction(0)) -> tuple[Word, ...]:
    """Half a second each."""
    half = Fraction(1, 2)
    return tuple(
        Word(word, TimeRange(start + number * half, start + (number + 1) * half))
        for number, word in enumerate(text.split())
    )


def cue(text: str, start: int = 0) -> Cue:
    line = words(text, Fraction(start))
    return Cue(TimeRange(Fraction(start), line[-1].span.end), (line,))


def paint(folder: Path, *cues: Cue, style: CaptionStyle | None = None, banners: tuple[Banner, ...] = ()) -> PaintedText:
    request = PaintText(360, 640, cues, style or CaptionStyle(), banners, folder)
    painted = perform(request, Reporter())
    assert isinstance(painted, PaintedText)
    return painted


def pixels(track: OverlayTrack) -> list[np.ndarray]:
    """Height, width and the four channels of each picture."""
    read = []
    for picture in track.pictures:
        if picture.path is not None:
            with Image.open(picture.path) as image:
                assert image.mode == "RGBA"
                read.append(np.asarray(image))
    return read


def test_every_picture_is_as_large_as_its_track(tmp_path: Path) -> None:
    (track,) = paint(tmp_path, cue("one two"), cue("three", start=1)).tracks

    assert {picture.shape for picture in pixels(track)} == {(track.height, track.width, 4)}


def test_pictures_have_straight_alpha(tmp_path: Path) -> None:
    bare = CaptionStyle(spoken=Spoken.PLAIN, outline_color="", shadow_color="", color="#ffffff")
    (track,) = paint(tmp_path, cue("one"), style=bare).tracks

    (picture,) = pixels(track)
    edge = (picture[..., 3] > 8) & (picture[..., 3] < 247)
    assert edge.any()
    assert picture[edge][:, :3].min() > 230


def test_there_is_one_picture_for_each_word_and_nothing_after_the_last(tmp_path: Path) -> None:
    (track,) = paint(tmp_path, cue("one two three"), style=CaptionStyle(spoken=Spoken.HIGHLIGHT)).tracks

    assert [picture.start for picture in track.pictures] == [0, Fraction(1, 2), 1, Fraction(3, 2)]
    assert track.pictures[-1].path is None
    assert len({picture.path for picture in track.pictures}) == 4


def test_cues_that_follow_without_a_gap_have_no_empty_picture_between_them(tmp_path: Path) -> None:
    (track,) = paint(tmp_path, cue("one two"), cue("three", start=1), cue("four", start=3)).tracks

    assert [picture.start for picture in track.pictures if picture.path is None] == [Fraction(3, 2), Fraction(7, 2)]


def test_equal_pictures_share_a_file(tmp_path: Path) -> None:
    (track,) = paint(tmp_path, cue("yes"), cue("yes", start=1), style=CaptionStyle(spoken=Spoken.PLAIN)).tracks

    assert track.pictures[0].path == track.pictures[2].path
    assert len(list(tmp_path.iterdir())) == 1


def test_a_track_is_smaller_than_the_frame_and_lies_in_it(tmp_path: Path) -> None:
    (track,) = paint(tmp_path, cue("every single word")).tracks

    assert track.width * track.height < 360 * 640 / 4
    assert track.x >= 0
    assert track.y >= 0
    assert track.x + track.width <= 360
    assert track.y + track.height <= 640
    assert all(number % 2 == 0 for number in (track.x, track.y, track.width, track.height))


def test_hook_and_call_have_tracks_of_their_own_after_the_captions(tmp_path: Path) -> None:
    look = look_of("default")
    hook = Banner("Watch this", TimeRange(Fraction(0), Fraction(3)), look.hook)
    call = Banner("Follow for more", TimeRange(Fraction(8), Fraction(10)), look.call_to_action)

    captions, first, last = paint(tmp_path, cue("one"), banners=(hook, call)).tracks

    assert captions.y > first.y
    assert first.pictures[0].start == 0
    assert first.pictures[-1].path is None
    assert first.pictures[-1].start == 3
    assert last.pictures[0].start == 8
    assert last.pictures[-1].start == 10


def test_nothing_to_say_gives_no_track(tmp_path: Path) -> None:
    assert paint(tmp_path).tracks == ()


def test_characters_that_no_font_has_are_told_of_and_the_rest_is_painted(tmp_path: Path) -> None:
    painted = paint(tmp_path, cue("one \U0001e900\U0001e901 two"))

    assert len(painted.tracks) == 1
    (note,) = painted.notes
    assert "\U0001e900" in note


def test_a_folder_that_is_gone_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError) as fault:
        paint(tmp_path / "gone", cue("one"))

    assert fault.value.code is ErrorCode.OUTPUT_NOT_WRITABLE


def test_it_stops_when_asked_to(tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()

    with pytest.raises(Cancelled):
        perform(PaintText(360, 640, (cue("one"),), CaptionStyle(), (), tmp_path), Reporter(cancel=token))


def test_a_clip_of_very_many_words_gets_fewer_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fastclip_desktop.typography.tracks.MOST_PICTURES", 12)
    counts = []
    for spoken, text in ((Spoken.POP, "one two three"), (Spoken.POP, "a b c d"), (Spoken.HIGHLIGHT, "a b c " * 5)):
        folder = tmp_path / text.replace(" ", "")
        folder.mkdir()
        (track,) = paint(folder, cue(text), style=CaptionStyle(spoken=spoken)).tracks
        counts.append(sum(picture.path is not None for picture in track.pictures))

    assert counts == [12, 4, 1]


def test_pictures_that_are_nonsense_by_their_style_are_painted_in_the_nearest_one(tmp_path: Path) -> None:
    odd = CaptionStyle(size=-3, width=0, lines=0, position=9, weight=-1, color="red", line_length=0, outline=1e9)

    (track,) = paint(tmp_path, cue("one two"), style=odd).tracks

    assert track.y + track.height <= 640
