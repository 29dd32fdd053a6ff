"""Stages of a talk without captions whose words take their time to be heard, for the children of a real runner."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.finding_stages import FetchSpeech, RecogniseSpeech
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia, ResolveSource, SelectMoments, StageRequest, Transcribe
from tests.unit.engine.small_jobs import MOMENTS, TALK, TRANSCRIPT

PERFORM = f"{__name__}:perform"

SECONDS = "SLOW_WORDS_SECONDS"
"""The variable of the environment that says how long it takes to hear the words."""


def perform(request: StageRequest[object], reporter: Reporter, deliver: Callable[[object], None]) -> object:
    """Carry out a stage."""
    match request:
        case ResolveSource():
            return TALK
        case Transcribe():
            raise InputError(ErrorCode.NO_TRANSCRIPT, "It has no captions.")
        case FetchSpeech():
            return FetchedMedia(None, None)
        case RecogniseSpeech():
            return _heard(reporter, deliver)
        case SelectMoments():
            return (MOMENTS,)
    raise TypeError(type(request).__name__)


def _heard(reporter: Reporter, deliver: Callable[[object], None]) -> object:
    seconds = float(os.environ[SECONDS])
    begun = time.monotonic()
    deliver(TRANSCRIPT.segments)
    while (passed := time.monotonic() - begun) < seconds:
        reporter.report(passed / seconds)
        reporter.cancel.check()
        time.sleep(0.01)
    return TRANSCRIPT
