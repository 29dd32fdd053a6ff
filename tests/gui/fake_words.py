"""Words of sources that are the test's."""

from __future__ import annotations

import threading
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin, Word
from fastclip_desktop.engine.words import ListeningOffer


def spoken(*texts: str, start: int = 0, between: str = " ", timed: bool = True, speaker: str = "") -> Transcript:
    """A transcript with one cue a text, whose words take half a second each with as much silence after them."""
    segments = []
    at = Fraction(start)
    for text in texts:
        words = []
        for word in text.split(between) if between else text:
            words.append(Word(word, TimeRange(at, at + Fraction(1, 2))))
            at += 1
        span = TimeRange(words[0].span.start, words[-1].span.end)
        segments.append(Segment(text, span, tuple(words) if timed else (), speaker))
    return Transcript(tuple(segments), "en", TranscriptOrigin.SIDECAR)


class FakeWords:
    """What is said in sources; a model hears word for word, and waits at ``gate`` after each.

    Attributes:
        captions: what the captions of every source say, or why they cannot be read.
        heard: what a model hears in every source.
        files: what given files say; others hold nothing.
        model: the name of the one that hears; empty for none.
        known_ones: what is known of sources.
        edited: what a person corrected.
        fault: what hearing fails with in the end.
        keep_fault: what keeping a correction fails with.
        gate: holds hearing back while it is not set.
    """

    def __init__(self) -> None:
        self.captions: Transcript | FastClipError = Transcript((), "en", TranscriptOrigin.SIDECAR)
        self.heard = Transcript((), "en", TranscriptOrigin.SPEECH_RECOGNITION)
        self.files: dict[Path, Transcript] = {}
        self.model = "small-ear"
        self.known_ones: dict[str, Transcript] = {}
        self.edited: dict[str, Transcript] = {}
        self.fault: FastClipError | None = None
        self.keep_fault: FastClipError | None = None
        self.gate = threading.Event()
        self.gate.set()

    def read(
        self,
        media: MediaFile,
        given: Path | None,
        corrected: bool,
        cancel: CancelToken,
        on_progress: Callable[[str, float], None],
        on_words: Callable[[tuple[Segment, ...]], None],
    ) -> Transcript:
        if given is not None:
            return self._given(given)
        try:
            return self.read_captions(media, corrected=corrected)
        except InputError as error:
            if error.code is not ErrorCode.NO_TRANSCRIPT:
                raise
        for segment in self.heard.segments:
            on_progress("Listening to the words", 0.5)
            on_words((segment,))
            while not self.gate.wait(0.005):
                cancel.check()
        if self.fault is not None:
            raise self.fault
        self.known_ones[media.source] = self.heard
        return self.heard

    def read_captions(self, media: MediaFile, *, corrected: bool = True) -> Transcript:
        if corrected and media.source in self.edited:
            return self.edited[media.source]
        if not media.captions:
            raise InputError(ErrorCode.NO_TRANSCRIPT, f"{media.title} has no captions.", "Give a file.")
        if isinstance(self.captions, FastClipError):
            raise self.captions
        return self.captions

    def _given(self, path: Path) -> Transcript:
        if path not in self.files:
            raise InputError(ErrorCode.BAD_SUBTITLES, f"{path.name} holds no subtitles.", "Give another file.")
        return self.files[path]

    def known(self, media: MediaFile) -> Transcript | None:
        return self.edited.get(media.source) or self.known_ones.get(media.source)

    def offer(self, media: MediaFile) -> ListeningOffer:
        return ListeningOffer(self.model, float(media.duration or 0) if self.model else None)

    def correct(self, media: MediaFile, transcript: Transcript) -> Transcript:
        if self.keep_fault is not None:
            raise self.keep_fault
        self.edited[media.source] = transcript
        return transcript

    def forget_corrections(self, media: MediaFile) -> None:
        self.edited.pop(media.source, None)
