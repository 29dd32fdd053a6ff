"""The words of a recording: speech found, heard in windows, doubted, and handed on as it becomes known.

Windows end in pauses, so that nothing is cut in two there; where speech had to be split within a window's length of
unbroken talk, the joint lies where it was weakest. After an interruption speech is looked for from the beginning once
more, which takes a hundredth of the time that hearing takes, so that the windows are the same as in the first try:
those that are known are passed over, and nothing is doubled or lost where the two tries meet.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fastclip_desktop.domain.errors import Cancelled
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.transcript import Segment
from fastclip_desktop.speech.hallucination import Doubt, believable, doubts, without_loops
from fastclip_desktop.speech.heard import Ear, Heard
from fastclip_desktop.speech.speech_windows import RATE, Voice, Window, pack
from fastclip_desktop.speech.whisper_languages import likeliest
from fastclip_desktop.speech.word_times import PlacedWord, in_order, place_words, segment_of, sentences

_SURE_OF_LANGUAGE = 0.8
_MOST_WINDOWS_FOR_LANGUAGE = 3
_CLEARLY, _CLEARLY_NOT = 0.9, 0.02
"""How likely a language has to be, and another not, for a person to be told that they gave the wrong one."""

_A_BATCH = 15.0
"""Seconds that a batch of windows may take: somebody waits for its words, and can stop the work only after it."""

_REST = RATE * 3 // 10
"""Samples of speech behind the last known word that are worth hearing its window for: words may end a little early."""

_TAIL = RATE * 15 // 100
"""Samples of a first word below which it is the rest of the last one, if it is the same."""

_BEAT = 1.0
"""Seconds between two signs of life while the model is at work."""

_LONGEST_WORK = 1200.0
"""Seconds behind which a call of the model is no longer vouched for."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recording:
    """What is to be heard.

    Attributes:
        voices: its speech, from the beginning on.
        duration: seconds, as its headers claim; 0 where they don't.
        language: Whisper's code; empty to find out.
        known: what is known of its words, likewise.
    """

    voices: Iterable[Voice]
    duration: Fraction
    language: str
    known: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was heard.

    Attributes:
        segments: all of them, the known ones first.
        language: Whisper's code; empty where nobody speaks.
        likelihood: of the language, 0..1; 1 where it was given.
        rather: Whisper's code of what is clearly spoken where another language was given; empty where that is it.
    """

    segments: tuple[Segment, ...]
    language: str
    likelihood: float
    rather: str = ""


def recognise(
    recording: Recording, ear: Ear, deliver: Callable[[tuple[Segment, ...]], None], reporter: Reporter
) -> Recognised:
    """Hear a recording.

    Args:
        recording: what is to be heard.
        ear: the model.
        deliver: gets the sentences of each batch of windows in which somebody spoke.
        reporter: gets the part of the recording that is done.

    Raises:
        InputError: what the recording and the model raise.
        Cancelled: if it was stopped.
    """
    known = recording.known
    start = max((int(segment.span.end * RATE) for segment in known), default=0)
    windows = pack(recording.voices)
    # From the beginning even where that is known: so it is the same language as in the first try.
    first = list(_for_language(windows, ear, reporter, 1 if recording.language else _MOST_WINDOWS_FOR_LANGUAGE))
    hearings = [hearing for _, hearing in first]
    language, likelihood = (recording.language, 1.0) if recording.language else likeliest(*hearings)
    if not language:
        return Recognised(known, "", 0.0)
    windows = itertools.chain([window for window, _ in first], windows)
    hearer = _Hearer(ear, language, start, known, reporter)
    segments = list(known)
    for batch in _batches((window for window in windows if _is_unknown(window, start)), ear.most_windows):
        found = tuple(hearer.hear(batch.windows))
        if found:
            segments += found
            deliver(found)
        batch.took = hearer.took
        if recording.duration:
            reporter.report(float(batch.windows[-1].end / (recording.duration * RATE)))
        reporter.cancel.check()
    return Recognised(tuple(segments), language, likelihood, _rather(language, hearings))


def _rather(language: str, hearings: Sequence[dict[str, float]]) -> str:
    """The language that is clearly spoken instead of another; empty where it isn't clear."""
    spoken, likelihood = likeliest(*hearings)
    clear = likelihood >= _CLEARLY and all(hearing.get(language, 0.0) <= _CLEARLY_NOT for hearing in hearings)
    return spoken if clear and spoken != language else ""


def _is_unknown(window: Window, start: int) -> bool:
    """Whether there is speech in a window behind what is known."""
    rest = sum(max(0, voiced.end - max(voiced.start, start)) for voiced in window.voiced)
    return rest >= min(_REST, window.voiced_samples)


def _for_language(
    windows: Iterator[Window], ear: Ear, reporter: Reporter, most: int
) -> Iterator[tuple[Window, dict[str, float]]]:
    """The first windows, until it is clear what is spoken in them."""
    hearings: list[dict[str, float]] = []
    for window in itertools.islice(windows, most):
        with vouching(reporter):
            hearings.append(ear.languages(window.sound))
        yield window, hearings[-1]
        if likeliest(*hearings)[1] >= _SURE_OF_LANGUAGE:
            return


@dataclass(slots=True)
class _Batch:
    """Windows to hear at once, and how many seconds that took."""

    windows: list[Window]
    took: float = 0.0


def _batches(windows: Iterator[Window], most: int) -> Iterator[_Batch]:
    """The windows in growing batches, as many as can be heard in :data:`_A_BATCH`; the first one alone."""
    size = 1
    while taken := list(itertools.islice(windows, size)):
        batch = _Batch(taken)
        yield batch
        each = batch.took / len(taken)
        size = max(1, min(most, 2 * size, int(_A_BATCH / each) if each > 0 else most))


class _Hearer:
    """Hears windows one after the other.

    Attributes:
        took: seconds that the last batch took.
    """

    def __init__(self, ear: Ear, language: str, start: int, known: Sequence[Segment], reporter: Reporter) -> None:
        self.took = 0.0
        self._ear = ear
        self._language = language
        self._floor = self._known_to = start
        self._last = known[-1].text.split()[-1] if known and known[-1].text.split() else ""
        self._reporter = reporter

    def hear(self, windows: Sequence[Window]) -> Iterator[Segment]:
        """The sentences of a batch."""
        began = time.monotonic()
        with vouching(self._reporter):
            hearings = self._ear.hear(windows, self._language)
        for window, heard in zip(windows, hearings, strict=True):
            self._reporter.cancel.check()
            words = in_order(self._joined(self._best(window, heard)), self._floor, window.end)
            for sentence in sentences(words):
                yield segment_of(sentence)
            if words:
                self._floor, self._last = words[-1].stretch.end, words[-1].text
        self.took = time.monotonic() - began

    def _best(self, window: Window, heard: Heard) -> list[PlacedWord]:
        """A window's words, heard again if there is doubt, without those that nobody said."""
        words = place_words(heard.words, window)
        against = doubts(heard, words, window)
        if against:
            _log.debug("The window at %d s is heard again: %s", window.start // RATE, ", ".join(sorted(against)))
            with vouching(self._reporter):
                again = self._ear.hear_again(window, self._language)
            words_again = place_words(again.words, window)
            against_again = doubts(again, words_again, window)
            if _is_better(again, words_again, against_again, than=(heard, words, against)):
                heard, words = again, words_again
        return believable(words, heard)

    def _joined(self, words: list[PlacedWord]) -> list[PlacedWord]:
        """The words without those that are known, nor the tail of the last of them, heard a second time."""
        words = [word for word in words if word.stretch.start + word.stretch.end > 2 * self._known_to]
        if words and words[0].stretch.start - self._floor < _TAIL:
            first = words[0]
            rest = first.stretch.end - max(first.stretch.start, self._floor)
            if rest < _TAIL and _bare(first.text) == _bare(self._last):
                return words[1:]
        return words


_Hearing = tuple[Heard, list[PlacedWord], frozenset[Doubt]]


def _is_better(heard: Heard, words: list[PlacedWord], against: frozenset[Doubt], than: _Hearing) -> bool:
    """Whether the second hearing is to be believed rather than the first."""
    first, first_words, against_first = than
    if len(against) != len(against_first):
        return len(against) < len(against_first)
    if Doubt.LOOP in against & against_first or Doubt.GAP in against & against_first:
        return len(without_loops(words)) > len(without_loops(first_words))
    return heard.log_probability > first.log_probability


def _bare(word: str) -> str:
    return "".join(filter(str.isalnum, word.casefold()))


@contextlib.contextmanager
def vouching(reporter: Reporter) -> Iterator[None]:
    """Give signs of life while the model is loaded or at work, which does not return to ask whether to stop.

    Raises:
        Cancelled: afterwards, if the stop was asked for.
    """
    done = threading.Event()

    def vouch() -> None:
        deadline = time.monotonic() + _LONGEST_WORK
        while not done.wait(_BEAT) and time.monotonic() < deadline:
            with contextlib.suppress(Cancelled):  # the thread that works finds out itself
                reporter.cancel.check()

    thread = threading.Thread(target=vouch, name="vouching", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
    reporter.cancel.check()
