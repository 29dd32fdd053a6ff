"""Captions as files beside the clip."""

from __future__ import annotations

from fractions import Fraction

import pysubs2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.caption import Cue
from fastclip_desktop.domain.short_look import CaptionStyle, Spoken
from fastclip_desktop.domain.short_presets import CAPTION_STYLES
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Word
from fastclip_desktop.editing.caption_files import CaptionForm, caption_file
from fastclip_desktop.editing.caption_words import clean


def cue(start: str, end: str, *lines: str, joined: bool = False) -> Cue:
    """Words that share the time equally."""
    begin, duration = Fraction(start), Fraction(end) - Fraction(start)
    split = [list(line) if joined else line.split() for line in lines]
    count = sum(map(len, split))
    spoken, number = [], 0
    for line in split:
        words = []
        for text in line:
            words.append(
                Word(text, TimeRange(begin + duration * number / count, begin + duration * (number + 1) / count))
            )
            number += 1
        spoken.append(tuple(words))
    return Cue(TimeRange(begin, Fraction(end)), tuple(spoken), joined)


CUES = (cue("0.5", "2", "every single", "page"), cue("2", "3.25", "of the report"))


@pytest.mark.parametrize("form", CaptionForm)
@pytest.mark.parametrize("style", CAPTION_STYLES, ids=lambda style: style.name)
def test_another_program_reads_the_same_words_at_the_same_times(form: CaptionForm, style: CaptionStyle) -> None:
    read = pysubs2.SSAFile.from_string(caption_file(CUES, form, style), format_=str(form))

    assert [(event.start, event.end) for event in read] == [(500, 2000), (2000, 3250)]
    shown = [event.plaintext.casefold() for event in read]
    assert shown == ["every single\npage", "of the report"]


def test_the_look_is_said_in_ass() -> None:
    style = CaptionStyle(
        families=("Anton",), size=0.1, color="#102030", outline_color="#405060", shadow_color="#00000080", position=0.5
    )
    read = pysubs2.SSAFile.from_string(caption_file(CUES, CaptionForm.ASS, style, (1080, 1920)))

    look = read.styles["Default"]
    assert (read.info["PlayResX"], read.info["PlayResY"]) == ("1080", "1920")
    assert look.fontname == "Anton"
    assert look.fontsize == pytest.approx(131.8)
    assert look.primarycolor == pysubs2.Color(0x10, 0x20, 0x30, 0)
    assert look.outlinecolor == pysubs2.Color(0x40, 0x50, 0x60, 0)
    assert look.backcolor == pysubs2.Color(0, 0, 0, 0x7F)
    assert "\\pos(540,960)" in read[0].text


def test_a_box_becomes_the_box_of_ass() -> None:
    style = CaptionStyle(box_color="#000000b3")
    look = pysubs2.SSAFile.from_string(caption_file(CUES, CaptionForm.ASS, style)).styles["Default"]

    assert look.borderstyle == 3
    assert look.outlinecolor == pysubs2.Color(0, 0, 0, 0x4C)


def test_karaoke_of_ass_fills_the_time_of_the_cue() -> None:
    style = CaptionStyle(spoken=Spoken.KARAOKE, color="#ffffff", spoken_color="#00ff00")
    read = pysubs2.SSAFile.from_string(caption_file(CUES, CaptionForm.ASS, style))

    assert read[0].text.count("\\k") == 3
    assert "{\\k50}every {\\k50}single\\N{\\k50}page" in read[0].text
    assert read.styles["Default"].primarycolor == pysubs2.Color(0, 255, 0, 0)
    assert read.styles["Default"].secondarycolor == pysubs2.Color(255, 255, 255, 0)


def test_words_without_spaces_stand_side_by_side() -> None:
    text = caption_file((cue("0", "1", "今日は", joined=True),), CaptionForm.SRT)

    assert "今日は" in text


@pytest.mark.parametrize("form", CaptionForm)
def test_no_word_is_an_instruction(form: CaptionForm) -> None:
    hostile = ("{\\an8\\fs200}big", "\\Nline", "-->", "00:00:01,000", "<b>bold</b>", "&lt;i&gt;")
    text = caption_file((cue("0", "6", *hostile),), form)
    read = pysubs2.SSAFile.from_string(text, format_=str(form))

    assert len(read) == 1
    assert (read[0].start, read[0].end) == (0, 6000)
    if form is CaptionForm.ASS:
        assert "\\{" in read[0].text
        assert "\\fs200}big" not in read[0].text.replace("\\\u2060", "")
        assert read[0].text.count("\\N") == len(hostile) - 1


@given(
    st.lists(
        st.tuples(
            st.integers(0, 10_000), st.integers(1, 5000), st.lists(st.text("abcé今 1-,.", min_size=1, max_size=8))
        ),
        max_size=6,
    )
)
def test_nothing_is_lost_on_the_way_there_and_back(spoken: list[tuple[int, int, list[str]]]) -> None:
    cues = []
    at = 0
    for gap, length, texts in spoken:
        words = [clean(text).replace(" ", "") for text in texts]
        words = [word for word in words if any(map(str.isalpha, word))]
        if words:
            cues.append(cue(f"{at + gap}e-3", f"{at + gap + length}e-3", " ".join(words)))
            at += gap + length
    for form in (CaptionForm.SRT, CaptionForm.VTT):
        read = pysubs2.SSAFile.from_string(caption_file(cues, form) or "\n", format_=str(form))
        assert [(event.start, event.end) for event in read] == [
            (round(each.span.start * 1000), round(each.span.end * 1000)) for each in cues
        ]
        assert [event.plaintext for event in read] == [each.text.replace("-->", "→") for each in cues]
