from __future__ import annotations

import json

import pytest

from fastclip_desktop.speech.cues import CueWord
from fastclip_desktop.speech.other_formats import looks_like_json3, read_json3, read_with_library

TTML = """<tt xmlns="{namespace}" xml:lang="en"><body><div>
<p begin="0.76s" end="3.45s">It seems a<br/>paradox, does it not &amp; how</p>
<p begin="00:00:05.000" end="00:00:10.000">that the <span>image</span> formed</p>
</div></body></tt>"""


@pytest.mark.parametrize("namespace", ["http://www.w3.org/ns/ttml", "http://www.w3.org/2006/10/ttaf1"])
def test_ttml_is_read_in_its_old_and_new_namespace(namespace: str) -> None:
    cues = read_with_library(TTML.format(namespace=namespace))
    assert [(cue.start, cue.end, cue.text) for cue in cues] == [
        (760, 3450, "It seems a paradox, does it not & how"),
        (5000, 10000, "that the image formed"),
    ]


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
        '<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="x"/></div></body></tt>',
        '<tt xmlns="http://www.w3.org/ns/ttml"><body>',
        '<tt xmlns="http://www.w3.org/ns/ttml">' + "<div>" * 5000,
        '<!DOCTYPE t [<!ENTITY a "aaaa">]>'
        + TTML.format(namespace="http://www.w3.org/ns/ttml").replace("image", "&a;"),
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
