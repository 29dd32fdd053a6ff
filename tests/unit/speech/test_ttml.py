from __future__ import annotations

import pytest

from fastclip_desktop.speech.cues import Cue, CueWord
from fastclip_desktop.speech.ttml import looks_like_ttml, read_ttml, ttml_language

NAMESPACE = "http://www.w3.org/ns/ttml"


def document(body: str, attributes: str = "", head: str = "", namespace: str = NAMESPACE) -> str:
    return (
        f'<tt xmlns="{namespace}" xmlns:ttp="{namespace}#parameter" xmlns:ttm="{namespace}#metadata" '
        f'xmlns:tts="{namespace}#styling" xml:lang="en" {attributes}><head>{head}</head><body>{body}</body></tt>'
    )


def paragraphs(text: str) -> list[tuple[int, int, str]]:
    assert looks_like_ttml(text)
    return [(cue.start, cue.end, cue.text) for cue in read_ttml(text)]


@pytest.mark.parametrize("namespace", [NAMESPACE, "http://www.w3.org/2006/10/ttaf1"])
def test_paragraphs_are_read_in_the_old_and_the_new_namespace(namespace: str) -> None:
    body = """<div><p begin="0.76s" end="3.45s">It seems a<br/>paradox, does it not &amp; how</p>
    <p begin="00:00:05.000" end="00:00:10.000">that the <span>image</span>
        formed</p></div>"""
    assert paragraphs(document(body, namespace=namespace)) == [
        (760, 3450, "It seems a paradox, does it not & how"),
        (5000, 10000, "that the image formed"),
    ]


@pytest.mark.parametrize(
    ("time", "milliseconds"),
    [
        ("00:00:12.5", 12_500),
        ("1:00.998", 60_998),
        ("01:02:03", 3_723_000),
        ("00:00:02:12", 2_480),
        ("12.3s", 12_300),
        ("1500ms", 1_500),
        ("2m", 120_000),
        ("1h", 3_600_000),
        ("50f", 2_000),
        ("30000000t", 3_000),
        ("7", 7_000),
    ],
)
def test_times_are_the_standards(time: str, milliseconds: int) -> None:
    text = document(f'<p begin="{time}" dur="1s">x</p>', 'ttp:frameRate="25" ttp:tickRate="10000000"')
    assert paragraphs(text) == [(milliseconds, milliseconds + 1000, "x")]


def test_frames_are_those_of_television_where_a_multiplier_says_so() -> None:
    text = document('<p begin="30f" end="2s">x</p>', 'ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001"')
    assert paragraphs(text)[0][0] == 1001


def test_times_inside_count_from_the_beginning_of_what_is_around() -> None:
    body = '<div begin="10s"><p begin="1s" end="3s"><span begin="0s">one</span> <span begin="1s">two</span></p></div>'
    (cue,) = read_ttml(document(body))
    assert (cue.start, cue.end) == (11_000, 13_000)
    assert cue.words == (CueWord("one", 11_000, 12_000), CueWord("two", 12_000, 13_000))


def test_apples_lyrics_count_from_the_beginning_of_the_song() -> None:
    body = """<div begin="19.7" end="59.3"><p begin="1:00.000" end="1:03.000" ttm:agent="v1">
    <span begin="1:00.000" end="1:01.000">When</span> <span begin="1:01.000" end="1:03.000">you</span></p></div>"""
    head = '<metadata><ttm:agent xml:id="v1"><ttm:name type="full"> The  Singer</ttm:name></ttm:agent></metadata>'
    (cue,) = read_ttml(document(body, 'xmlns:itunes="http://music.apple.com/lyric-ttml-internal"', head))
    assert cue == Cue(
        60_000,
        63_000,
        ("When you",),
        (CueWord("When", 60_000, 61_000), CueWord("you", 61_000, 63_000)),
        "The Singer",
    )


def test_a_paragraph_without_times_takes_those_of_its_words_or_its_division() -> None:
    body = '<div begin="4s" end="9s"><p>a</p></div><div><p><span begin="2s">b</span><span begin="3s">c</span></p></div>'
    assert paragraphs(document(body)) == [(4000, 9000, "a"), (2000, 1999, "bc")]


def test_the_reading_of_a_character_is_left_out() -> None:
    ruby = '<span tts:ruby="container"><span tts:ruby="base">漢</span><span tts:ruby="text">かん</span></span>'
    assert paragraphs(document(f'<p begin="1s" end="2s">{ruby}字</p>')) == [(1000, 2000, "漢字")]


def test_the_language_is_the_roots() -> None:
    assert ttml_language(document("")) == "en"
    assert ttml_language("<tt><body/></tt>") == ""


@pytest.mark.parametrize(
    "text",
    [
        document('<div><p begin="x"/></div>'),
        document('<div><p begin="x">no time</p></div>'),
        document("<div>" * 500 + '<p begin="1s" end="2s">deep</p>' + "</div>" * 500),
        f'<tt xmlns="{NAMESPACE}"><body>',
        f'<tt xmlns="{NAMESPACE}">' + "<div>" * 5000,
        "<tt/>",
    ],
)
def test_what_says_nothing_gives_nothing(text: str) -> None:
    assert list(read_ttml(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html><body>404</body></html>",
        '<!DOCTYPE t [<!ENTITY a "aaaa">]>' + document('<p begin="1s">&a;</p>'),
        "<ttx>",
    ],
)
def test_other_text_is_no_ttml(text: str) -> None:
    assert not looks_like_ttml(text)
