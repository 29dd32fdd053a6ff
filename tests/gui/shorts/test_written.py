"""What is written into the picture of a short, over a transcript that is made up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from fastclip_desktop.domain.caption import Cue
from fastclip_desktop.domain.short_look import CaptionStyle, ShortsWish
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.editing.captions import captions
from fastclip_desktop.gui.shorts import written as module
from fastclip_desktop.gui.shorts.written import Written
from fastclip_desktop.gui.source_words import SourceWords

SIZE = QSize(108, 192)
WISH = ShortsWish()
HOUR = tuple(
    Segment(f"Sentence number {number} is said.", TimeRange(Fraction(number * 4), Fraction(number * 4 + 4)))
    for number in range(900)
)


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> list[TimeRange]:
    """What was set in lines."""
    found: list[TimeRange] = []

    def note(transcript: Transcript, pieces: Sequence[TimeRange], style: CaptionStyle) -> tuple[Cue, ...]:
        found.extend(pieces)
        return captions(transcript, pieces, style)

    monkeypatch.setattr(module, "captions", note)
    return found


@pytest.fixture
def written(qapp: QApplication) -> Written:
    words = SimpleNamespace(transcript=Transcript(HOUR, "en", TranscriptOrigin.EDITED))
    return Written(cast("SourceWords", words), qapp)


def test_lines_are_set_anew_only_where_others_are_said(written: Written, spans: list[TimeRange]) -> None:
    for tenth in range(40):
        written.at(Fraction(tenth, 10), SIZE, WISH, None)
    assert len(spans) == 1
    written.at(Fraction(30), SIZE, WISH, None)
    assert len(spans) == 2


def test_colours_and_sizes_leave_the_lines_as_they_are(written: Written, spans: list[TimeRange]) -> None:
    style = WISH.look.captions
    assert style is not None
    clip = TimeRange(Fraction(10), Fraction(20))
    first = written.at(Fraction(12), SIZE, WISH, clip)
    larger = replace(WISH, look=replace(WISH.look, captions=replace(style, color="#ff0000", size=0.1)))
    assert written.at(Fraction(12), SIZE, larger, clip) != first
    assert spans == [clip]
    longer = replace(WISH, look=replace(WISH.look, captions=replace(style, line_length=40)))
    written.at(Fraction(12), SIZE, longer, clip)
    assert spans == [clip, clip]


def test_a_clip_of_an_hour_keeps_no_picture_waiting_for_all_its_words(written: Written, spans: list[TimeRange]) -> None:
    assert written.at(Fraction(1801), SIZE, WISH, TimeRange(Fraction(0), Fraction(3600))) is not None
    assert all(span.duration < 60 for span in spans)


def test_a_clip_as_long_as_what_is_looked_at_elsewhere_is_set_by_itself(
    written: Written, spans: list[TimeRange]
) -> None:
    written.at(Fraction(100), SIZE, WISH, None)
    clip = TimeRange(Fraction(95), Fraction(95) + spans[0].duration)
    written.at(Fraction(100), SIZE, WISH, clip)
    assert spans[-1] == clip
