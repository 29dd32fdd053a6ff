"""Hearing with an ear that knows what was said: words lie at known seconds, and nothing but their sound is loud."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from fastclip_desktop.domain.errors import Cancelled
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.transcript import Segment
from fastclip_desktop.speech.heard import Heard, HeardWord
from fastclip_desktop.speech.recognition import Recognised, Recording, _batches, recognise
from fastclip_desktop.speech.speech_windows import RATE, Voice, Window, pack
from fastclip_desktop.speech.voice_activity import FRAME, find_voices

Sound = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Said:
    text: str
    start: float
    end: float


@dataclass(frozen=True, eq=False)
class Block:
    first: int
    samples: Sound


@dataclass
class Talk:
    """What was said, as sound whose every sample carries the number of its word."""

    words: list[Said]
    length: float

    def __post_init__(self) -> None:
        self.sound = np.zeros(round(self.length * RATE), np.float32)
        for number, word in enumerate(self.words):
            self.sound[round(word.start * RATE) : round(word.end * RATE)] = 0.5 + number / 10_000

    def voices(self) -> Iterable[Voice]:
        blocks = (Block(begin, self.sound[begin : begin + 5 * RATE]) for begin in range(0, len(self.sound), 5 * RATE))
        return find_voices(blocks, lambda sound: np.abs(sound).reshape(-1, FRAME).max(axis=1))

    def numbers(self, sound: Sound) -> list[tuple[int, int, int]]:
        """The words whose sound is there, each with its first and last sample."""
        codes = np.where(sound >= 0.5, np.rint((sound - 0.5) * 10_000), -1).astype(int)
        edges = np.flatnonzero(np.diff(codes, prepend=-1, append=-1))
        runs = pairwise(edges)
        return [(int(codes[first]), int(first), int(last)) for first, last in runs if codes[first] >= 0]


@dataclass
class KnowingEar:
    """Hears each word of which more than half is there."""

    talk: Talk
    most_windows: int = 4
    language: dict[str, float] = field(default_factory=lambda: {"en": 0.9})
    heard: list[int] = field(default_factory=list)
    again: list[Window] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)
    looked_for_language: int = 0
    first_try: Callable[[Heard], Heard] = lambda heard: heard
    second_try: Callable[[Heard], Heard] = lambda heard: heard

    def languages(self, sound: Sound) -> dict[str, float]:
        assert len(sound)
        self.looked_for_language += 1
        return self.language

    def hear(self, windows: Sequence[Window], language: str) -> list[Heard]:
        assert language == "en"
        self.batches.append(len(windows))
        return [self.first_try(self._true(window)) for window in windows]

    def hear_again(self, window: Window, language: str) -> Heard:
        assert language == "en"
        self.again.append(window)
        return self.second_try(self._true(window))

    def _true(self, window: Window) -> Heard:
        words = []
        for number, first, last in self.talk.numbers(window.sound):
            said = self.talk.words[number]
            if (last - first) / RATE > (said.end - said.start) / 2:
                words.append(HeardWord(f" {said.text}", first / RATE, last / RATE))
                self.heard.append(number)
        return Heard(tuple(words), -0.2, 0.01)


def talk_of(count: int, every: float = 0.5, pause_every: int = 12, pause: float = 1.5) -> Talk:
    """Words of 0.4 s, a pause after every so many."""
    words, at = [], 1.0
    for number in range(count):
        words.append(Said(f"w{number}", at, at + 0.8 * every))
        at += every + (pause if number % pause_every == pause_every - 1 else 0)
    return Talk(words, at + 1)


def hear(
    talk: Talk, ear: KnowingEar | None = None, known: tuple[Segment, ...] = (), language: str = "en"
) -> Recognised:
    recording = Recording(talk.voices(), Fraction(talk.length), language, known)
    return recognise(recording, ear or KnowingEar(talk), lambda _: None, Reporter())


def texts(segments: Iterable[Segment]) -> list[str]:
    return [word.text for segment in segments for word in segment.words]


def test_every_word_is_heard_once_where_it_was_said() -> None:
    talk = talk_of(300)
    found = hear(talk)
    assert texts(found.segments) == [said.text for said in talk.words]
    for word, said in zip((word for segment in found.segments for word in segment.words), talk.words, strict=True):
        assert float(word.span.start) == pytest.approx(said.start, abs=0.04)
        assert float(word.span.end) == pytest.approx(said.end, abs=0.04)


def test_words_come_in_parts_that_make_up_the_whole() -> None:
    talk = talk_of(600)
    parts: list[tuple[Segment, ...]] = []
    fractions: list[float] = []
    recording = Recording(talk.voices(), Fraction(talk.length), "en")
    found = recognise(recording, KnowingEar(talk), parts.append, Reporter(fractions.append))
    assert len(parts) >= 4
    assert tuple(segment for part in parts for segment in part) == found.segments
    assert parts[0][-1].span.end <= 35
    assert fractions == sorted(fractions)


def test_the_first_window_is_heard_alone_and_the_rest_in_growing_batches() -> None:
    talk = talk_of(900)
    ear = KnowingEar(talk, most_windows=4)
    hear(talk, ear)
    assert ear.batches[:3] == [1, 2, 4]
    assert max(ear.batches) == 4


@pytest.mark.parametrize(
    ("seconds_a_window", "sizes"), [(0.0, [1, 2, 4, 8, 8]), (4.0, [1, 2, 3, 3, 3]), (100.0, [1, 1, 1, 1, 1])]
)
def test_a_batch_is_as_large_as_can_be_waited_for(seconds_a_window: float, sizes: list[int]) -> None:
    windows = pack(talk_of(3000).voices())
    made = []
    for batch in itertools.islice(_batches(windows, 8), 5):
        made.append(len(batch.windows))
        batch.took = len(batch.windows) * seconds_a_window
    assert made == sizes


@pytest.mark.parametrize("pause_every", [7, 12, 1000])
def test_hearing_goes_on_after_an_interruption_and_nothing_is_heard_twice(pause_every: int) -> None:
    talk = talk_of(300, pause_every=pause_every)
    parts: list[tuple[Segment, ...]] = []
    recognise(Recording(talk.voices(), Fraction(talk.length), "en"), KnowingEar(talk), parts.append, Reporter())
    whole = hear(talk)
    for count in range(len(parts) + 1):
        known = tuple(segment for part in parts[:count] for segment in part)
        ear = KnowingEar(talk)
        assert hear(talk, ear, known) == whole
        assert not set(ear.heard) & set(range(len(texts(known))))


@settings(max_examples=20)
@given(cut=st.integers(0, 20), pause_every=st.sampled_from([7, 12, 1000]))
def test_hearing_goes_on_after_any_sentence_without_a_seam(cut: int, pause_every: int) -> None:
    talk = talk_of(120, pause_every=pause_every)
    whole = hear(talk)
    assert hear(talk, known=whole.segments[:cut]) == whole


def test_an_interruption_in_the_middle_of_a_sentence_leaves_no_seam() -> None:
    talk = talk_of(80, pause_every=1000)
    whole = hear(talk).segments
    words = [word for segment in whole for word in segment.words]
    for count in range(1, len(words), 7):
        head = tuple(
            dataclasses.replace(segment, words=()) for segment in whole if segment.span.end <= words[count].span.start
        )
        resumed = hear(talk, known=head)
        assert texts(resumed.segments) == [said.text for said in talk.words][-len(texts(resumed.segments)) :]
        heard_before = sum(len(segment.text.split()) for segment in head)
        assert heard_before + len(texts(resumed.segments)) == len(talk.words)


def test_a_recording_that_is_known_to_the_end_is_not_heard_again() -> None:
    talk = talk_of(30)
    known = hear(talk).segments
    ear = KnowingEar(talk)
    assert hear(talk, ear, known).segments == known
    assert ear.heard == []


def test_the_tail_of_the_last_word_is_not_heard_as_another_one() -> None:
    talk = Talk([Said("hello", 1.0, 1.4), Said("hello", 1.4, 1.52), Said("world", 1.52, 2.0)], 4)
    known = hear(Talk([Said("hello", 1.0, 1.4)], 1.5)).segments
    assert texts(hear(talk, known=known).segments) == ["hello", "world"]


@pytest.mark.parametrize("late", [-0.35, 0.35])
def test_words_of_two_windows_do_not_overlap_where_the_model_is_wrong_about_time(late: float) -> None:
    def shifted(heard: Heard) -> Heard:
        moved = (dataclasses.replace(word, start=word.start + late, end=word.end + late) for word in heard.words)
        return dataclasses.replace(heard, words=tuple(moved))

    talk = talk_of(200, pause_every=1000)
    found = hear(talk, KnowingEar(talk, first_try=shifted))
    assert texts(found.segments) == [said.text for said in talk.words]
    spans = [word.span for segment in found.segments for word in segment.words]
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_nobody_speaking_is_an_answer() -> None:
    found = hear(Talk([], 20), language="")
    assert found == Recognised((), "", 0.0)
    assert hear(Talk([], 20)).segments == ()


def test_the_language_is_found_in_the_first_window_where_it_is_clear() -> None:
    talk = talk_of(400)
    ear = KnowingEar(talk)
    found = hear(talk, ear, language="")
    assert (found.language, found.likelihood) == ("en", 0.9)
    assert ear.looked_for_language == 1
    assert texts(found.segments) == [said.text for said in talk.words]


def test_more_windows_are_asked_for_a_language_that_is_not_clear() -> None:
    talk = talk_of(400)
    ear = KnowingEar(talk, language={"en": 0.5, "de": 0.4})
    found = hear(talk, ear, language="")
    assert ear.looked_for_language == 3
    assert (found.language, found.likelihood) == ("en", 0.5)
    assert texts(found.segments) == [said.text for said in talk.words]


@pytest.mark.parametrize(
    ("spoken", "rather"),
    [
        ({"de": 0.95, "en": 0.01}, "de"),
        ({"de": 0.95, "en": 0.04}, ""),
        ({"de": 0.7, "fr": 0.3}, ""),
        ({"en": 0.99}, ""),
        ({}, ""),
    ],
)
def test_a_language_other_than_the_given_one_is_mentioned_where_it_is_clear(
    spoken: dict[str, float], rather: str
) -> None:
    talk = talk_of(100)
    ear = KnowingEar(talk, language=spoken)
    found = hear(talk, ear)
    assert (found.language, found.rather) == ("en", rather)
    assert ear.looked_for_language == 1
    assert len(texts(found.segments)) == 100


def test_a_second_try_finds_the_language_where_the_first_one_did() -> None:
    talk = talk_of(200)
    known = hear(talk).segments[:4]
    ear = KnowingEar(talk)
    assert texts(hear(talk, ear, known, language="").segments) == [said.text for said in talk.words]
    assert not set(ear.heard) & set(range(len(texts(known))))


def looped(heard: Heard) -> Heard:
    return Heard(heard.words[:4] * 20, heard.log_probability, heard.no_speech)


def test_a_doubtful_window_is_heard_again_and_the_better_hearing_counts() -> None:
    talk = talk_of(100)
    ear = KnowingEar(talk, first_try=looped)
    assert texts(hear(talk, ear).segments) == [said.text for said in talk.words]
    assert len(ear.again) == sum(ear.batches)


def test_what_loops_twice_is_said_once() -> None:
    talk = talk_of(12)
    ear = KnowingEar(talk, first_try=looped, second_try=looped)
    assert texts(hear(talk, ear).segments) == ["w0", "w1", "w2", "w3"]


def test_a_first_hearing_stays_if_the_second_is_worse() -> None:
    talk = talk_of(12)
    ear = KnowingEar(
        talk,
        first_try=lambda heard: dataclasses.replace(heard, log_probability=-1.1),
        second_try=lambda heard: dataclasses.replace(looped(heard), log_probability=-3.0),
    )
    assert texts(hear(talk, ear).segments) == [said.text for said in talk.words]


def test_words_that_stop_early_are_heard_again() -> None:
    talk = talk_of(100, pause_every=1000)
    ear = KnowingEar(talk, first_try=lambda heard: dataclasses.replace(heard, words=heard.words[:10]))
    assert texts(hear(talk, ear).segments) == [said.text for said in talk.words]


def test_a_stop_comes_through_after_the_batch_at_work() -> None:
    talk = talk_of(600)
    cancel = CancelToken()
    ear = KnowingEar(talk)
    parts: list[tuple[Segment, ...]] = []

    def take(part: tuple[Segment, ...]) -> None:
        parts.append(part)
        cancel.cancel()

    recording = Recording(talk.voices(), Fraction(talk.length), "en")
    with pytest.raises(Cancelled):
        recognise(recording, ear, take, Reporter(cancel=cancel))
    assert len(parts) == 1


def test_work_that_takes_long_gives_signs_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fastclip_desktop.speech.recognition._BEAT", 0.01)
    talk = talk_of(5)
    cancel = CancelToken()
    looks = 0

    class Counting(CancelToken):
        def check(self) -> None:
            nonlocal looks
            looks += 1
            enough.cancel() if looks > 5 else None

    enough = CancelToken()

    class SlowEar(KnowingEar):
        def hear(self, windows: Sequence[Window], language: str) -> list[Heard]:
            assert enough.wait(20)
            return super().hear(windows, language)

    recording = Recording(talk.voices(), Fraction(talk.length), "en")
    found = recognise(recording, SlowEar(talk), lambda _: None, Reporter(cancel=Counting()))
    assert len(texts(found.segments)) == 5
    assert not cancel.is_cancelled
