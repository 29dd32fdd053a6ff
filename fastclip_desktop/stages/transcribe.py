"""The stage that gets the words of a source: a given file, else its own captions, best first."""

from __future__ import annotations

import logging

from fastclip_desktop.domain.errors import ErrorCode, InputError, InternalError, UnavailableError
from fastclip_desktop.domain.media import CaptionKind, CaptionTrack, MediaFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import Transcribe
from fastclip_desktop.domain.transcript import Transcript, TranscriptOrigin
from fastclip_desktop.sources.captions import fetch_captions, in_language
from fastclip_desktop.speech.subtitles import read_subtitles

_log = logging.getLogger(__name__)

_ORIGINS = {
    CaptionKind.SIDECAR: TranscriptOrigin.SIDECAR,
    CaptionKind.EMBEDDED: TranscriptOrigin.EMBEDDED,
    CaptionKind.MANUAL: TranscriptOrigin.CAPTIONS,
    CaptionKind.AUTOMATIC: TranscriptOrigin.AUTOMATIC_CAPTIONS,
}
_MOST_TRACKS = 5
"""Sites offer machine translations into a hundred languages; if the best are broken, the rest are no better."""

_HINT = "Pass a subtitle file with --transcript FILE."


def perform(request: Transcribe, reporter: Reporter) -> Transcript:
    """Read the given file; without one, the first of the source's caption tracks that can be fetched and read.

    Raises:
        InputError: what :func:`~fastclip_desktop.speech.subtitles.read_subtitles` raises for a given file;
            ``no_transcript`` where the source has no captions, none that can be read, or none in the language.
        UnavailableError: where captions could not be fetched just now and no other track was good.
        Cancelled: if the stop was asked for.
    """
    reporter.report(0)
    if request.given is not None:
        return read_subtitles(request.given, TranscriptOrigin.GIVEN)
    if request.media is None:
        raise InputError(ErrorCode.NO_TRANSCRIPT, "There is neither a source nor a transcript.", _HINT)
    return _read_captions(request.media, request, reporter)


def _read_captions(media: MediaFile, request: Transcribe, reporter: Reporter) -> Transcript:
    failures: list[InputError] = []
    tracks = in_language(media.captions, request.language)
    for number, track in enumerate(tracks[:_MOST_TRACKS]):
        reporter.report(number / _MOST_TRACKS)
        try:
            if track.kind is CaptionKind.EMBEDDED:
                return _read_track(media, track, reporter)
            path = fetch_captions(media, track, request.folder, reporter, request.access)
            return read_subtitles(path, _ORIGINS[track.kind], track.language)
        except InputError as error:
            _log.warning("Captions %s (%s) of %s: %s", track.language, track.kind, media.source, error)
            failures.append(error)
    unavailable = next((error for error in failures if isinstance(error, UnavailableError)), None)
    if unavailable is not None:
        raise unavailable
    if failures:
        raise InputError(
            ErrorCode.NO_TRANSCRIPT, f"{media.title} has no captions that can be read: {failures[0].message}", _HINT
        ) from failures[0]
    raise InputError(ErrorCode.NO_TRANSCRIPT, f"{media.title} has no captions.", _HINT)


def _read_track(media: MediaFile, track: CaptionTrack, reporter: Reporter) -> Transcript:
    from fastclip_desktop.media.embedded_text import read_text_track  # FFmpeg, which files beside a source need not

    if media.path is None or media.info is None:
        raise InternalError(ErrorCode.INTERNAL, "A text track belongs to no file.")
    segments = read_text_track(media.path, int(track.location), media.info, reporter)
    if not segments:
        raise InputError(ErrorCode.BAD_SUBTITLES, f"A text track of {media.title} is empty.", _HINT)
    return Transcript(segments, track.language, _ORIGINS[track.kind])
