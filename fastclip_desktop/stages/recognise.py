"""The stage that hears the words of a recording, with a model that stays loaded for the next one."""

from __future__ import annotations

import functools
from collections.abc import Callable

from fastclip_desktop.domain.finding_stages import RecogniseSpeech
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.transcript import Transcript, TranscriptOrigin
from fastclip_desktop.inference.kept import Kept
from fastclip_desktop.inference.memory import find_room
from fastclip_desktop.media.speech_sound import SpeechSound
from fastclip_desktop.speech.recognition import Recording, recognise, vouching
from fastclip_desktop.speech.voice_activity import Detector, find_voices, silero
from fastclip_desktop.speech.whisper import Whisper
from fastclip_desktop.speech.whisper_languages import CODES, language_tag, whisper_code

_WORKING = 400 * 1024**2
"""Bytes that hearing takes beside the weights of a small model, a window at a time, with all the libraries."""

_DOUBTFUL = 0.5
"""The likelihood of a language that was found out below which a person is told."""


def _free() -> int:
    room = find_room()
    return room.available if room.private is None else min(room.available, room.private)


_ears: Kept[Whisper] = Kept(lambda model, _: Whisper(model, _free), _WORKING)


@functools.cache
def _detector() -> Detector:
    return silero()


def perform(request: RecogniseSpeech, reporter: Reporter, deliver: Callable[[object], None]) -> Transcript:
    """Hear the words; ``deliver`` gets tuples of segments.

    Nobody speaking is an answer: a transcript without segments.

    Raises:
        InputError: ``no_audio``, ``bad_model``, ``model_too_large``, ``out_of_memory``, and what opening and decoding
            the file raises.
        UsageError: ``bad_usage`` for a language that the model doesn't know.
        Cancelled: if the reporter says so.
    """
    reporter.report(0)
    whisper_code(request.language, CODES, request.model.name)  # before anything is loaded
    sound = SpeechSound(request.media)
    with _ears.using(request.model, reporter) as ear:
        with vouching(reporter):
            ear.use(request.device)
        code = whisper_code(request.language, ear.codes, request.model.name)

        voices = find_voices(sound.blocks(reporter.cancel.check), _detector())
        recording = Recording(voices, sound.duration, code, request.known)
        found = recognise(recording, ear, deliver, reporter)
        notes = ear.notes
    tag = language_tag(found.language or code)
    if found.language and found.likelihood < _DOUBTFUL:
        notes = (*notes, f"The language was taken for {tag!r}, which is far from sure.")
    if found.rather:
        spoken = language_tag(found.rather)
        notes = (*notes, f"It sounds like {spoken!r}; the words were written down as {tag!r}, as was asked for.")
    reporter.report(1)
    return Transcript(found.segments, language_tag(found.language or code), TranscriptOrigin.SPEECH_RECOGNITION, notes)
