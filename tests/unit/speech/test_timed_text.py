from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.transcript import Transcript, TranscriptOrigin
from fastclip_desktop.speech.subtitles import read_subtitles
from fastclip_desktop.speech.timed_text import looks_like_timed_text, read_timed_text

SRV1 = """<?xml version="1.0" encoding="utf-8" ?><transcript>
<text start="0.5" dur="2.25">it&amp;#39;s a &amp;lt;b&amp;gt; &amp;amp; c</text>
<text start="3" dur="2">second
line</text><text start="6" dur="1"></text></transcript>"""

SRV2 = """<?xml version="1.0" encoding="utf-8" ?><timedtext>
<window t="0" id="1" op="define" rc="15"/><text t="500" d="2250" w="1">first</text>
<text t="3000" d="2000" w="1">second</text>
</timedtext>"""

SRV3 = """<?xml version="1.0" encoding="utf-8" ?><timedtext format="3"><head><ws id="0"/><wp id="1" ap="6"/></head>
<body><w t="0" id="1" wp="1" ws="1"/>{}</body></timedtext>"""

LINES = ["so today we talk", "about the weather", "and why it rains", "in the high mountains", "all the time"]


def read(tmp_path: Path, text: str, name: str = "talk.srv3") -> Transcript:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_subtitles(path, TranscriptOrigin.AUTOMATIC_CAPTIONS, "en")


def spans(transcript: Transcript) -> list[tuple[float, float, str]]:
    return [(float(each.span.start), float(each.span.end), each.text) for each in transcript.segments]


def test_srv1_counts_in_seconds_and_is_escaped_twice(tmp_path: Path) -> None:
    assert spans(read(tmp_path, SRV1)) == [(0.5, 2.75, "it's a & c"), (3, 5, "second line")]


def test_srv2_counts_in_milliseconds(tmp_path: Path) -> None:
    assert spans(read(tmp_path, SRV2)) == [(0.5, 2.75, "first"), (3, 5, "second")]


def test_srv3_of_a_person_is_lines(tmp_path: Path) -> None:
    body = '<p t="1000" d="2000">Hello &amp; welcome</p><p t="3500" d="500"><s>One</s></p><p t="x" d="1">bad</p>'
    transcript = read(tmp_path, SRV3.format(body))
    assert spans(transcript) == [(1, 3, "Hello & welcome"), (3.5, 4, "One")]
    assert transcript.segments[1].words == ()


def scrolling_srv3() -> str:
    """As YouTube writes it: each line stays for two, an empty line is appended, words count from their line."""
    body = ""
    for number, line in enumerate(LINES):
        words = "".join(
            f'<s t="{400 * n}" ac="0">{" " if n else ""}{word}</s>' if n else f'<s ac="0">{word}</s>'
            for n, word in enumerate(line.split())
        )
        body += f'<p t="{2000 * number}" d="4000" w="1">{words}</p>\n'
        body += f'<p t="{2000 * number + 1990}" d="2010" w="1" a="1">\n</p>'
    return SRV3.format(body)


def scrolling_json3() -> str:
    events: list[dict[str, object]] = [
        {"tStartMs": 0, "dDurationMs": 10000, "id": 1, "wpWinPosId": 1, "wsWinStyleId": 1}
    ]
    for number, line in enumerate(LINES):
        segs = [
            {"utf8": f" {word}", "tOffsetMs": 400 * n, "acAsrConf": 0} if n else {"utf8": word, "acAsrConf": 0}
            for n, word in enumerate(line.split())
        ]
        events.append({"tStartMs": 2000 * number, "dDurationMs": 4000, "wWinId": 1, "segs": segs})
        events.append(
            {"tStartMs": 2000 * number + 1990, "dDurationMs": 2010, "wWinId": 1, "aAppend": 1, "segs": [{"utf8": "\n"}]}
        )
    return json.dumps({"wireMagic": "pb3", "pens": [{}], "events": events})


@pytest.mark.parametrize("text", [scrolling_srv3(), scrolling_json3()], ids=["srv3", "json3"])
def test_scrolling_captions_become_lines_and_words_that_follow_each_other(tmp_path: Path, text: str) -> None:
    transcript = read(tmp_path, text)
    assert [segment.text for segment in transcript.segments] == LINES
    ends = [segment.span.end for segment in transcript.segments]
    starts = [segment.span.start for segment in transcript.segments]
    assert ends[:-1] == starts[1:] == [2, 4, 6, 8]
    second = transcript.segments[1]
    assert [(word.text, word.span.start, word.span.end) for word in second.words] == [
        ("about", 2, Fraction(24, 10)),
        ("the", Fraction(24, 10), Fraction(28, 10)),
        ("weather", Fraction(28, 10), 4),
    ]


def test_two_who_talk_at_once_now_and_then_keep_their_times(tmp_path: Path) -> None:
    body = "".join(f'<p t="{3000 * n}" d="{4000 if n == 3 else 2000}">line {n}</p>' for n in range(8))
    assert spans(read(tmp_path, SRV3.format(body)))[3] == (9, 13, "line 3")


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE t [<!ENTITY a "aaaa">]><transcript><text start="1" dur="1">&a;</text></transcript>',
        '<?xml version="1.0"?><!DOCTYPE t SYSTEM "file:///etc/hostname"><transcript></transcript>',
        "<html><transcript></html>",
        "",
    ],
)
def test_xml_that_declares_anything_is_not_read(text: str) -> None:
    assert not looks_like_timed_text(text)


@pytest.mark.parametrize(
    "text", ["<transcript><text start=", "<timedtext></transcript>", "<transcript>&nope;</transcript>"]
)
def test_broken_xml_gives_nothing(text: str) -> None:
    assert looks_like_timed_text(text)
    assert list(read_timed_text(text)) == []
