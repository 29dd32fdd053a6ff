from __future__ import annotations

import pytest

from fastclip_desktop.speech.cues import Cue, CueWord, make_cue, make_timed_cue, read_clock


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("00:00:01,234", 1234),
        ("00:00:01.234", 1234),
        ("1:02:03.5", 3_723_500),
        ("01:02.25", 62_250),
        ("00: 00: 01, 500", 1500),
        ("0:00:04:56", 4560),
        ("00:00:03,4567", 3456),
        ("00:00:09", 9000),
        ("02.345", 2345),
        ("-00:00:02,345", -2345),
        ("266:18:35.679", 958_715_679),
    ],
)
def test_times_are_read_as_files_write_them(text: str, milliseconds: int) -> None:
    assert read_clock(text) == milliseconds


@pytest.mark.parametrize("text", ["", "hello", "12", "not-a-timestamp", ":00:01", "\u0660\u0660:\u0660\u0661"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_clock(text) is None


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("This is the <i>first</i> one", "This is the first one"),
        ('<font color="#ff0000" size=9>red</font>', "red"),
        ("<v Olly Smith>Hello</v>", "Hello"),
        ("the <c.red.caps>third</c>", "the third"),
        ("&lt;fourth&gt; &amp;c.&nbsp;", "<fourth> &c."),
        (r"{\an8}at the top", "at the top"),
        ("{pause} stays", "{pause} stays"),
        ("2<3 and 5>4", "2<3 and 5>4"),
        ("some <ruby>base<rt>reading</rt></ruby> text", "some base text"),
        ("\u200bthin\u202a \ufeffair", "thin air"),
        ("  white \t space  ", "white space"),
    ],
)
def test_text_comes_without_markup(markup: str, text: str) -> None:
    cue = make_cue(0, 1000, [markup])
    assert cue is not None
    assert cue.text == text


@pytest.mark.parametrize("markup", ["", "   ", "<i></i>", r"{\an8}", "&nbsp;"])
def test_a_cue_without_readable_text_is_none(markup: str) -> None:
    assert make_cue(0, 1000, [markup]) is None


def test_lines_are_kept_apart() -> None:
    assert make_cue(0, 1000, ["- One?", "<b></b>", "- Two."]) == Cue(0, 1000, ("- One?", "- Two."))


def test_inline_times_become_words() -> None:
    cue = make_cue(1000, 3000, ["this<00:00:01.500><c> will</c><00:00:02.000><c> happen</c>"])
    assert cue is not None
    assert cue.text == "this will happen"
    assert cue.words == (CueWord("this", 1000, 1500), CueWord("will", 1500, 2000), CueWord("happen", 2000, 3000))


def test_words_between_two_inline_times_share_them_by_length() -> None:
    cue = make_cue(0, 4000, ["<00:00:01.000>a bcd <00:00:03.000>e"])
    assert cue is not None
    assert cue.words == (CueWord("a", 1000, 1500), CueWord("bcd", 1500, 3000), CueWord("e", 3000, 4000))


def test_a_word_of_two_timed_syllables_is_one_word() -> None:
    cue = make_cue(0, 2000, ["<00:00:00.000>ba<00:00:01.000>nana"])
    assert cue is not None
    assert cue.words == (CueWord("banana", 0, 2000),)


@pytest.mark.parametrize("markup", ["a <00:00:05.000>b <00:00:01.000>c", "a <00:00:09.000>b"])
def test_inline_times_that_contradict_the_cue_are_ignored(markup: str) -> None:
    cue = make_cue(0, 2000, [markup])
    assert cue is not None
    assert cue.words == ()


def test_pieces_without_any_time_have_no_words() -> None:
    assert make_timed_cue(0, 1000, [(None, "one "), (None, "two")]) == Cue(0, 1000, ("one two",))
