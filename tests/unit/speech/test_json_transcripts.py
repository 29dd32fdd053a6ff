from __future__ import annotations

import json

import pytest

from fastclip_desktop.speech.cues import CueWord
from fastclip_desktop.speech.json_transcripts import looks_like_json, read_json


def test_whispers_segments_have_words_language_and_speakers() -> None:
    words = [{"word": " Hello", "start": 1.0, "end": 1.5}, {"word": " there", "start": 1.5, "end": 2.0}]
    content = {
        "text": "Hello there",
        "language": "en",
        "segments": [{"start": 1.0, "end": 2.0, "text": " Hello there", "speaker": "SPEAKER_00", "words": words}],
    }
    (cue,), language = read_json(json.dumps(content))
    assert (cue.start, cue.end, cue.text, cue.speaker, language) == (1000, 2000, "Hello there", "SPEAKER_00", "en")
    assert cue.words == (CueWord("Hello", 1000, 1500), CueWord("there", 1500, 2000))


def test_words_that_do_not_make_up_the_text_are_left() -> None:
    content = {"segments": [{"start": 1, "end": 2, "text": "Hello", "words": [{"word": "Bye", "start": 1}]}]}
    (cue,), _ = read_json(json.dumps(content))
    assert (cue.text, cue.words) == ("Hello", ())


def test_a_list_of_texts_with_durations_is_read() -> None:
    (cue,), language = read_json('[{"text": "Hello", "start": 1.25, "duration": 2}]')
    assert (cue.start, cue.end, cue.text, language) == (1250, 3250, "Hello", "")


def test_offsets_are_milliseconds() -> None:
    (cue,), _ = read_json('{"transcription": [{"offsets": {"from": 100, "to": 900}, "text": " Hi"}]}')
    assert (cue.start, cue.end) == (100, 900)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"a": 1}',
        '{"segments": 5}',
        '{"segments": [5, null, {"start": "x", "text": "a"}, {"start": 1}, {"start": true, "text": "a"}]}',
        '{"segments": [{"start": 1e300, "text": "a"}, {"start": NaN, "text": "a"}]}',
        "[" * 100_000,
    ],
)
def test_what_is_no_transcript_gives_nothing(text: str) -> None:
    assert read_json(text) == ((), "")


def test_a_cue_in_brackets_is_no_json() -> None:
    assert not looks_like_json("[00:01] hello")
    assert looks_like_json(' [{"text": ""}]')
