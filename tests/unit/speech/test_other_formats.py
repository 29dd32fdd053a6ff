from __future__ import annotations

import json

import pytest

from fastclip_desktop.speech.cues import CueWord
from fastclip_desktop.speech.other_formats import looks_like_json3, read_json3, read_with_library


def test_microdvd_and_mpl2_are_read() -> None:
    (cue,) = read_with_library("[10][25]One|two\n")
    assert (cue.start, cue.end, cue.text) == (1000, 2500, "One two")
    assert [cue.text for cue in read_with_library("{25}{50}One|two\n{75}{100}Three\n")] == ["One two", "Three"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain words",
        "<html><body>404</body></html>",
        '<!DOCTYPE t [<!ENTITY a "aaaa">]><sami><p>&a;</p></sami>',
    ],
)
def test_what_the_library_cannot_read_gives_nothing(text: str) -> None:
    assert read_with_library(text) == ()


def test_json3_gives_every_word_its_time() -> None:
    events = [
        {"tStartMs": 0, "dDurationMs": 5000, "id": 1},
        {
            "tStartMs": 1000,
            "dDurationMs": 3000,
            "segs": [{"utf8": "so"}, {"utf8": " we", "tOffsetMs": 500}, {"utf8": " begin", "tOffsetMs": 900}],
        },
        {"tStartMs": 4000, "dDurationMs": 10, "aAppend": 1, "segs": [{"utf8": "\n"}]},
        {"tStartMs": 4000, "dDurationMs": 1000, "segs": [{"utf8": "a < b & c"}]},
    ]
    first, second = read_json3(json.dumps({"events": events}))
    assert first.words == (CueWord("so", 1000, 1500), CueWord("we", 1500, 1900), CueWord("begin", 1900, 4000))
    assert (second.start, second.end, second.text, second.words) == (4000, 5000, "a < b & c", ())


@pytest.mark.parametrize(
    "text",
    [
        "{",
        '{"events": 5}',
        '{"events": [5, null, {"segs": 3, "tStartMs": 1}, {"tStartMs": "x", "segs": []}]}',
        '{"events": [{"tStartMs": 1, "dDurationMs": 1, "segs": [null, {"utf8": null}]}]}',
        "[" * 100_000,
    ],
)
def test_malformed_json3_gives_no_failure(text: str) -> None:
    assert [cue.text for cue in read_json3(text)] in ([], ["None"])


def test_json3_is_told_by_its_events() -> None:
    assert looks_like_json3(' {"wireMagic": "pb3", "events": []}')
    assert not looks_like_json3("{1}{2}MicroDVD")
