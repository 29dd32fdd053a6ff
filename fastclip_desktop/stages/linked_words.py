"""The stage that reads words from a link to a subtitle file."""

from __future__ import annotations

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.short_stages import ReadLinkedWords
from fastclip_desktop.domain.transcript import Transcript, TranscriptOrigin
from fastclip_desktop.sources.linked_words import fetch_linked_words
from fastclip_desktop.sources.wording import host_of
from fastclip_desktop.speech.subtitles import read_subtitles


def perform(request: ReadLinkedWords, reporter: Reporter) -> Transcript:
    """Fetch the file and read it.

    Raises:
        InputError: what :func:`~fastclip_desktop.sources.linked_words.fetch_linked_words` raises; ``bad_subtitles``
            for a file that holds no line with a time.
        Cancelled: if the reporter says so.
    """
    reporter.report(0)
    path = fetch_linked_words(request.link, request.folder, reporter, request.access)
    reporter.report(0.9)
    try:
        transcript = read_subtitles(path, TranscriptOrigin.GIVEN, request.language)
    except InputError as error:
        if error.code is not ErrorCode.BAD_SUBTITLES:
            raise
        # A file without a name of its own is told by where it came from.
        raise InputError(
            error.code, f"What {host_of(request.link)} gave holds no subtitles that can be read.", error.hint
        ) from error
    reporter.report(1)
    return transcript
