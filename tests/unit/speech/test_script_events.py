from __future__ import annotations

import pytest

from fastclip_desktop.speech.script_events import looks_like_script, read_script

HEAD = "[Script Info]\nTitle: T\n\n[V4+ Styles]\nFormat: Name\nStyle: broken, with, too, much\n\n[Events]\n"
FORMAT = "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"


def read(text: str) -> list[tuple[int, int, str]]:
    return [(cue.start, cue.end, cue.text) for cue in read_script(text)]


def test_dialogue_is_read_in_spite_of_a_broken_style() -> None:
    line = (
        r"Dialogue: 0,0:00:02.34,0:00:03.45,Default,Olly,0,0,0,,Second, with{\i1} a comma{\i0}\nand {ignored}\Nlines."
    )
    assert read(HEAD + FORMAT + line) == [(2340, 3450, "Second, with a comma and lines.")]


def test_the_format_line_decides_which_field_is_which() -> None:
    assert read(
        "[Events]\nFormat:   Start     ,End       ,Style,Text\nDialogue: 0:00:01.00,0:00:03.00,Empty,One, two."
    ) == [(1000, 3000, "One, two.")]


def test_dialogue_without_a_format_line_is_read() -> None:
    assert read("Dialogue: 0,0:00:01.00,0:00:02.00,Default,Olly,Short form.") == [(1000, 2000, "Short form.")]


def test_one_bad_time_costs_one_line() -> None:
    lines = [
        "Dialogue: 0,Invalid,0:00:01.23,Default,Olly,0,0,0,,Lost.",
        "Dialogue: 0,0:00:05.00,Invalid,Default,Olly,0,0,0,,Kept.",
        "Dialogue: 0,0:00:07.00,0:00:08.00,Default,Olly,0,0,0,,Kept, too.",
    ]
    cues = read(HEAD + FORMAT + "\n".join(lines))
    assert [text for _, _, text in cues] == ["Kept.", "Kept, too."]
    assert cues[0][1] < cues[0][0]


def test_drawings_are_no_speech() -> None:
    assert read(HEAD + FORMAT + r"Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\p1}m 0 0 l 100 0{\p0}") == []


def test_angle_brackets_are_text_in_a_script() -> None:
    assert read(HEAD + FORMAT + "Dialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,a <b> & c") == [(1000, 2000, "a <b> & c")]


@pytest.mark.parametrize(("text", "is_script"), [(HEAD, False), ("x\nDialogue: 0,1", True), ("a Dialogue: b", False)])
def test_only_dialogue_makes_a_script(text: str, is_script: bool) -> None:
    assert looks_like_script(text) is is_script


def test_karaoke_gives_words_their_times() -> None:
    (cue,) = read_script(
        r"Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,karaoke,{\k20}{\K50\b1}one {\kf30.5}two{\ko40} three"
    )
    assert [(word.text, word.start) for word in cue.words] == [("one", 1200), ("two", 1700), ("three", 2005)]
    assert cue.words[-1].end == 3000


def test_karaoke_may_jump_to_a_time() -> None:
    (cue,) = read_script(r"Dialogue: 0,0:00:01.00,0:00:09.00,Default,,0,0,0,,{\k10}one {\kt200\k50}two")
    assert [(word.text, word.start) for word in cue.words] == [("one", 1000), ("two", 3000)]
