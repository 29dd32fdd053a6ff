import itertools
import re
import wave
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.errors import Cancelled
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media import waveform as waveform_module
from fastclip_desktop.media.silence import find_silence, silence_spans
from fastclip_desktop.media.waveform import Waveform

LOUD, QUIET, UNREAD = "#", ".", "?"
BUCKET = Fraction(1, 100)


def waveform(text: str, first: int = 0) -> Waveform:
    """A character for each 10 ms: ``#`` speech at -20 dBFS, ``.`` a room at -60 dBFS, ``?`` not read."""
    levels = {LOUD: 1e-2, QUIET: 1e-6, UNREAD: np.nan}
    power = np.array([levels[character] for character in text], np.float32)
    unread = np.isnan(power)
    low = np.where(unread, 32767, -100).astype(np.int16)
    high = np.where(unread, -32768, 100).astype(np.int16)
    return Waveform(BUCKET, first, low, high, power)


def span(begin: int, end: int) -> TimeRange:
    return TimeRange(begin * BUCKET, end * BUCKET)


def test_pauses_of_the_shortest_length_are_found_and_shorter_ones_are_not() -> None:
    text = LOUD * 20 + QUIET * 30 + LOUD * 20 + QUIET * 29 + LOUD * 5
    assert silence_spans(waveform(text)) == (span(20, 50),)


def test_silence_reaches_to_both_ends() -> None:
    assert silence_spans(waveform(QUIET * 40 + LOUD * 10 + QUIET * 50)) == (span(0, 40), span(50, 100))


def test_click_does_not_divide_a_pause() -> None:
    text = LOUD * 10 + QUIET * 20 + LOUD * 3 + QUIET * 20 + LOUD * 10
    assert silence_spans(waveform(text)) == (span(10, 53),)


def test_word_divides_a_pause() -> None:
    text = QUIET * 40 + LOUD * 4 + QUIET * 40
    assert silence_spans(waveform(text)) == (span(0, 40), span(44, 84))


def test_what_was_not_read_is_not_silent() -> None:
    assert silence_spans(waveform(UNREAD * 100)) == ()
    assert silence_spans(waveform(QUIET * 40 + UNREAD * 2 + QUIET * 40)) == (span(0, 40), span(42, 82))


def test_spans_count_from_the_beginning_of_the_source() -> None:
    assert silence_spans(waveform(QUIET * 40, first=500)) == (span(500, 540),)


def test_level_decides_what_is_silent() -> None:
    hum = waveform(QUIET * 50)
    assert silence_spans(hum, level=-61) == ()
    assert silence_spans(hum, level=-59) == (span(0, 50),)


def test_nothing_has_no_silence() -> None:
    assert silence_spans(waveform("")) == ()


@given(st.text(alphabet=LOUD + QUIET + UNREAD, max_size=200))
def test_spans_are_in_order_apart_long_enough_and_mostly_quiet(text: str) -> None:
    spans = silence_spans(waveform(text), shortest=Fraction(1, 20))
    for one, other in itertools.pairwise(spans):
        assert one.end < other.start
    for each in spans:
        inside = text[int(each.start / BUCKET) : int(each.end / BUCKET)]
        assert each.duration >= Fraction(1, 20)
        assert UNREAD not in inside
        assert (inside[0], inside[-1]) == (QUIET, QUIET)
        assert LOUD * 4 not in inside


def write_levels(path: Path, text: str) -> Path:
    """A WAVE file of 8 kHz, a tenth of a second of noise at -20 dBFS or of nothing for each character."""
    noise = np.random.default_rng(1).normal(0, 3277, 800).clip(-32768, 32767).astype("<i2").tobytes()
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"".join(noise if character == LOUD else bytes(1600) for character in text))
    return path


@pytest.fixture
def short_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waveform_module, "ZOOM_FACTORS", (1, 8))
    monkeypatch.setattr(waveform_module, "_PART", Fraction(1, 2))
    monkeypatch.setattr(waveform_module, "_BLOCK", Fraction(1, 10))


@pytest.mark.usefixtures("short_parts")
@pytest.mark.parametrize(
    "text",
    [
        LOUD * 7 + QUIET * 30 + LOUD * 9 + QUIET * 4 + LOUD * 3,
        QUIET * 40,
        LOUD * 40,
        QUIET * 13 + LOUD * 13 + QUIET * 13,
        (LOUD + QUIET * 4) * 12,
        (LOUD + QUIET * 2) * 12,
    ],
)
def test_spans_found_while_reading_are_those_of_the_whole(tmp_path: Path, text: str) -> None:
    delivered: list[TimeRange] = []
    found = find_silence(write_levels(tmp_path / "a.wav", text), delivered.append, Reporter())
    tenths = re.finditer(re.escape(QUIET) + "{3,}", text)
    assert found == tuple(TimeRange(Fraction(run.start(), 10), Fraction(run.end(), 10)) for run in tenths)
    assert tuple(delivered) == found


@pytest.mark.usefixtures("short_parts")
def test_a_span_is_delivered_before_the_rest_is_read(tmp_path: Path) -> None:
    source = write_levels(tmp_path / "a.wav", LOUD * 2 + QUIET * 5 + LOUD * 200)
    token = CancelToken()
    with pytest.raises(Cancelled):
        find_silence(source, lambda _: token.cancel(), Reporter(cancel=token))
