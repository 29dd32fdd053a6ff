"""Each example of docs/prompts.md finds in the sample talk what stands beside it."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.job import DEFAULT_MAX_MOMENTS
from fastclip_desktop.domain.transcript import TranscriptOrigin
from fastclip_desktop.media.sample_script import timed_slides
from fastclip_desktop.media.sample_talk import write_captions
from fastclip_desktop.selection.select import MomentIndex
from fastclip_desktop.speech.subtitles import read_subtitles

PAGE = Path(__file__).parents[1] / "docs" / "prompts.md"
EXAMPLES = re.findall(r"^\| `(.+?)` \| (\d.*?) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> MomentIndex:
    captions = tmp_path_factory.mktemp("talk") / "talk.vtt"
    captions.write_text(write_captions(timed_slides()), encoding="utf-8")
    return MomentIndex(read_subtitles(captions, TranscriptOrigin.SIDECAR, "en"))


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) >= 20


@pytest.mark.parametrize(("prompt", "places"), EXAMPLES)
def test_an_example_finds_what_the_page_says(talk: MomentIndex, prompt: str, places: str) -> None:
    found = sorted(talk.select(prompt, DEFAULT_MAX_MOMENTS), key=lambda moment: moment.span.start)
    assert ", ".join(f"{_clock(moment.span.start)}–{_clock(moment.span.end)}" for moment in found) == places


def _clock(seconds: Fraction) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"
