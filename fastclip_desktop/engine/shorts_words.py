"""The words for shorts: given along with the request, else those of the source's site, else heard."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate
from pathlib import Path

from fastclip_desktop.domain.errors import ErrorCode, InputError, UnavailableError
from fastclip_desktop.domain.job import GivenWords, JobState, ShortsRequest, SiteCaptions, SiteTry
from fastclip_desktop.domain.media import CaptionKind, MediaFile
from fastclip_desktop.domain.short_stages import ReadLinkedWords
from fastclip_desktop.domain.timecode import TimeRange, format_timecode
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.engine.job_stages import Stages
from fastclip_desktop.engine.words import Words, WordsWanted

_OF_A_SITE = (CaptionKind.MANUAL, CaptionKind.AUTOMATIC)
_FROM_A_SITE = (TranscriptOrigin.CAPTIONS, TranscriptOrigin.AUTOMATIC_CAPTIONS)


@dataclass(frozen=True, slots=True)
class ShortsWords:
    """Finds the words for one request.

    Attributes:
        request: says where they come from.
        words: finds, hears and keeps those of sources.
        stages: carry out what has to be done.
        folder: for what has to be downloaded.
        hear: gets what is heard, as it is.
        tell: is told how far the try to use the site's captions is.
        given_up: what came of such a try, if it is not to be made again.
    """

    request: ShortsRequest
    words: Words
    stages: Stages
    folder: Path
    hear: Callable[[tuple[Segment, ...]], None]
    tell: Callable[[SiteCaptions], None]
    given_up: SiteCaptions | None = None

    def of(self, media: MediaFile) -> Transcript:
        """What is said in a source.

        Raises:
            InputError: ``no_transcript`` where there are no words and no model hears any; ``bad_subtitles`` for given
                words that are none, or those of something else.
            Cancelled: it was stopped.
        """
        given = self._given(media)
        if given is not None:
            spans = [each.span for each in self.request.segments]
            check_fit(given, media, spans, _name_of(self.request.words))
            return given
        has_site = media.path is None
        if has_site and self.request.words.asks_site:
            failure = self._site_failure(media)
            if not isinstance(failure, InputError):
                return failure
            own = tuple(track for track in media.captions if track.kind not in _OF_A_SITE)
            return self._heard(replace(media, captions=own), failure)
        if has_site:
            media = replace(media, captions=tuple(each for each in media.captions if each.kind not in _OF_A_SITE))
        return self._own_or_heard(media)

    def _given(self, media: MediaFile) -> Transcript | None:
        words, request = self.request.words, self.request
        if words.transcript is not None:
            return replace(words.transcript, language=words.transcript.language or request.language)
        if words.file is not None:
            found = self.words.of(self._wanted(media, given=words.file), self.stages)
            return replace(found, language=found.language or request.language)
        if words.link:
            access = replace(request.access, uploaded=False)
            stage = ReadLinkedWords(words.link, self.folder, access, request.language)
            return self.stages.run(stage, JobState.ANALYZING, "Reading the words")
        return None

    def _site_failure(self, media: MediaFile) -> Transcript | InputError:
        """The words that the source's site has, or why it has none."""
        if self.given_up is not None:
            return InputError(ErrorCode.NO_TRANSCRIPT, self.given_up.reason)
        self.tell(SiteCaptions(SiteTry.FETCHING))
        try:
            found = self.words.of(self._wanted(media, listens=False), self.stages)
        except InputError as error:
            if error.code is not ErrorCode.NO_TRANSCRIPT and not isinstance(error, UnavailableError):
                raise
            self.tell(SiteCaptions(SiteTry.FAILED, error.message))
            return error
        self.tell(
            SiteCaptions(SiteTry.FETCHED)
            if found.origin in _FROM_A_SITE
            else SiteCaptions(SiteTry.FAILED, "A person's own words for the source were used instead.")
        )
        return found

    def _heard(self, media: MediaFile, failure: InputError) -> Transcript:
        try:
            return self._own_or_heard(media)
        except InputError as error:
            if error.code is ErrorCode.NO_TRANSCRIPT and isinstance(failure, UnavailableError):
                raise failure from error  # it may be there the next time
            raise

    def _own_or_heard(self, media: MediaFile) -> Transcript:
        """The words that lie beside a source or in it, unless they are in another language than is spoken, or heard."""
        spoken = self.request.language
        try:
            return self.words.of(self._wanted(media), self.stages, self.hear)
        except InputError as error:
            if error.code is not ErrorCode.NO_TRANSCRIPT or not (spoken and media.captions):
                raise
        return self.words.of(self._wanted(replace(media, captions=())), self.stages, self.hear)

    def _wanted(self, media: MediaFile, *, given: Path | None = None, listens: bool = True) -> WordsWanted:
        request = self.request
        return WordsWanted(media, given, self.folder, request.access, request.language, listens=listens)


def check_fit(transcript: Transcript, media: MediaFile, spans: Sequence[TimeRange], name: str) -> None:
    """Refuse words that are those of something else.

    Args:
        transcript: what was given.
        media: the source.
        spans: the shorts that were asked for, if they were.
        name: what to call the words.

    Raises:
        InputError: ``bad_subtitles``.
    """
    cues = transcript.segments
    hint = "Give the subtitles of this very video."
    if media.duration is not None:
        behind = sum(1 for cue in cues if cue.span.start >= media.duration)
        if behind * 2 > len(cues):
            raise InputError(
                ErrorCode.BAD_SUBTITLES,
                f"{behind} of the {len(cues)} cues of {name} lie behind the end of {media.title!r}, which lasts "
                f"{format_timecode(media.duration)}.",
                hint,
            )
    if spans and not _is_said_in_any(cues, spans):
        first, last = cues[0].span.start, max((cue.span.end for cue in cues), default=Fraction(0))
        raise InputError(
            ErrorCode.BAD_SUBTITLES,
            f"No cue of {name} lies in any of the ranges: its words go from {format_timecode(first)} to "
            f"{format_timecode(last)}.",
            hint,
        )


def _is_said_in_any(cues: Sequence[Segment], spans: Sequence[TimeRange]) -> bool:
    """Whether a cue lies in a span; cues stand in the order in which they begin."""
    begins = [cue.span.start for cue in cues]
    reached = [*accumulate((cue.span.end for cue in cues), max)]
    for span in spans:
        earlier = bisect_left(begins, span.end)
        if earlier and reached[earlier - 1] > span.start:
            return True
    return False


def _name_of(words: GivenWords) -> str:
    if words.file is not None:
        return words.file.name
    return "the linked subtitles" if words.link else "the given transcript"
