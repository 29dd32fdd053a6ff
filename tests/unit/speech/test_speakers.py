from __future__ import annotations

import pytest

from fastclip_desktop.speech.cues import Cue, make_cue
from fastclip_desktop.speech.script_events import read_script
from fastclip_desktop.speech.speakers import name_speakers


def cues(*texts: str) -> list[Cue]:
    return [Cue(number * 1000, number * 1000 + 900, (text,)) for number, text in enumerate(texts)]


def test_a_speaker_goes_on_until_another_is_named() -> None:
    said = cues("Hm.", "ANNA: Good evening.", "How are you?", "TOM: Fine.", "ANNA: Good.", "- TOM: Yes.")
    assert [cue.speaker for cue in name_speakers(said)] == ["", "ANNA", "ANNA", "TOM", "ANNA", "TOM"]
    assert [cue.text for cue in name_speakers(said)] == [cue.text for cue in said]


@pytest.mark.parametrize(
    "texts",
    [
        ("Note: this is it.", "And on it goes."),
        ("the answer: five", "the answer: six"),
        ("It is 5:30 now", "It is 6:30 now"),
        ("https://site.example", "https://site.example"),
        ("One two three four five six: a", "One two three four five six: b"),
    ],
)
def test_a_colon_alone_makes_no_speaker(texts: tuple[str, ...]) -> None:
    assert not any(cue.speaker for cue in name_speakers(cues(*texts)))


def test_speakers_that_a_file_names_are_kept() -> None:
    said = [Cue(0, 1, ("Anna: a",), (), "Tom"), *cues("Anna: b")]
    assert name_speakers(said) == said


def test_voices_of_webvtt_and_names_of_scripts_are_speakers() -> None:
    voiced = make_cue(0, 1, ["<v.loud Anna &amp; Tom>Good <i>evening</i></v>"])
    assert voiced is not None
    assert (voiced.text, voiced.speaker) == ("Good evening", "Anna & Tom")
    (line,) = read_script("Dialogue: 0,0:00:01.00,0:00:02.00,Default, Anna ,0,0,0,,Good evening")
    assert line.speaker == "Anna"
