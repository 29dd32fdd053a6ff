from __future__ import annotations

import textwrap

import pytest

from fastclip_desktop.speech.cues import Cue
from fastclip_desktop.speech.timing_lines import read_timing_lines, stated_language


def read(text: str) -> list[tuple[int, int, str]]:
    if text.startswith("\n"):
        text = textwrap.dedent(text[1:])
    return [(cue.start, cue.end, cue.text) for cue in read_timing_lines(text)]


def test_srt_is_read() -> None:
    assert read(
        """
        1
        00:00:00,000 --> 00:00:01,234
        This is the first.

        2
        00:00:02,345 --> 00:00:03,456
        This is the second,
        with a second line.
        """
    ) == [(0, 1234, "This is the first."), (2345, 3456, "This is the second, with a second line.")]


def test_indexes_may_be_missing() -> None:
    assert read("00:00:01,000 --> 00:00:02,000\nOne\n\n00:00:03,000 --> 00:00:04,000\nTwo\n") == [
        (1000, 2000, "One"),
        (3000, 4000, "Two"),
    ]


def test_blank_lines_between_cues_may_be_missing() -> None:
    assert read("1\n00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:03,000 --> 00:00:04,000\nTwo") == [
        (1000, 2000, "One"),
        (3000, 4000, "Two"),
    ]


def test_a_blank_line_inside_an_srt_cue_is_the_writers() -> None:
    assert read("1\n00:00:01,000 --> 00:00:02,000\nOne\n\nmore\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo") == [
        (1000, 2000, "One more"),
        (3000, 4000, "Two"),
    ]


def test_a_number_may_be_what_is_said() -> None:
    assert read("1\n00:00:01,000 --> 00:00:02,000\n42\n\n2\n00:00:03,000 --> 00:00:04,000\n43\n") == [
        (1000, 2000, "42"),
        (3000, 4000, "43"),
    ]


def test_a_block_without_times_goes_to_no_cue() -> None:
    assert read(
        "1\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\nNobody knows when.\n\n3\n00:00:05,000 --> 00:00:06,000\nX"
    ) == [
        (1000, 2000, "One"),
        (5000, 6000, "X"),
    ]


def test_a_file_cut_after_an_index_ends_well() -> None:
    assert read("1\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\n") == [(1000, 2000, "One")]


@pytest.mark.parametrize("start", ["", "             ", "0.0.0", "00:02.badbad", "12"])
def test_text_under_a_timing_line_without_a_start_is_left_out(start: str) -> None:
    assert read(f"00:00:01,000 --> 00:00:02,000\nOne\n\n{start} --> 00:00:09,000\nLost\n") == [(1000, 2000, "One")]


@pytest.mark.parametrize("end", ["", "not-a-timestamp", "xx:yy"])
def test_an_unreadable_end_leaves_the_start(end: str) -> None:
    ((start, stop, text),) = read(f"00:00:07.789 --> {end}\nKept\n")
    assert (start, text) == (7789, "Kept")
    assert stop < start


@pytest.mark.parametrize("arrow", ["-->", "->", "—>", "–>", "  -->  "])
def test_arrows_come_in_several_kinds(arrow: str) -> None:
    assert read(f"00:00:01,000 {arrow} 00:00:02,000 X1:40 X2:600\nOne") == [(1000, 2000, "One")]


def test_an_arrow_in_speech_is_speech() -> None:
    assert read("00:00:01,000 --> 00:00:02,000\nfirst this --> then that\n") == [
        (1000, 2000, "first this --> then that")
    ]


def test_webvtt_leaves_notes_styles_and_identifiers_out() -> None:
    assert read(
        """
        WEBVTT - A title
        Kind: captions
        Language: en-GB

        STYLE
        ::cue { color: red; }

        NOTE
        00:00 is when it starts

        intro
        00:00.500 --> 00:01.500 align:start position:0%
        Hello

        NOTE not this

        second
        00:02.000 --> 00:03.000
        there
        """
    ) == [(500, 1500, "Hello"), (2000, 3000, "there")]


def test_a_webvtt_cue_may_open_with_a_line_of_one_space() -> None:
    assert read("WEBVTT\n\n00:01.000 --> 00:02.000\n \nyeah\n\n00:02.000 --> 00:03.000\nyeah\n ") == [
        (1000, 2000, "yeah"),
        (2000, 3000, "yeah"),
    ]


def test_sbv_is_read() -> None:
    assert read("0:00:00.378,0:00:11.378\nOne\n\n0:00:11.378,0:00:12.305\nTwo (a)\nTwo (b)\n") == [
        (378, 11378, "One"),
        (11378, 12305, "Two (a) Two (b)"),
    ]


def test_speech_with_figures_and_commas_is_no_sbv_timing() -> None:
    assert read("00:00:01,000 --> 00:00:02,000\n12,000 people, 3 dogs\n") == [(1000, 2000, "12,000 people, 3 dogs")]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("WEBVTT\nKind: captions\nLanguage: en-GB\n\n", "en-GB"),
        ("WEBVTT\n\n", ""),
        ("1\n00:00:01,000 --> 00:00:02,000\nLanguage: de\n", ""),
    ],
)
def test_only_a_webvtt_header_states_a_language(text: str, language: str) -> None:
    assert stated_language(text) == language


def test_a_hundred_thousand_hostile_lines_take_no_time() -> None:
    text = "00:00:01,000 --> 00:00:02,000\n" + "--> 1:\n" * 50_000 + "0" * 100_000 + ",\n" + "9:" * 50_000
    assert all(isinstance(cue, Cue) for cue in read_timing_lines(text))
