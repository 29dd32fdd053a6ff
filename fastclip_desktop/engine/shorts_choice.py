"""Which shorts are made of a source: those that were asked for by their times, else the moments that stand best."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.errors import Cancelled, FastClipError
from fastclip_desktop.domain.finding_stages import ClipCopy, WriteCopy
from fastclip_desktop.domain.job import Findings, JobState, ShortsRequest
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.editing.plan import plan_spans
from fastclip_desktop.editing.short_plan import clean_line, shortened, side_by_side
from fastclip_desktop.engine.finding import MomentFinder, Question, nothing_found, worth_clipping
from fastclip_desktop.engine.job_stages import Stages
from fastclip_desktop.engine.shorts_needs import MOST_CHOSEN

_log = logging.getLogger(__name__)

_SECONDS_EACH = 90
"""Of a source, that hold one good short."""

_LENGTHS = (Fraction(15), Fraction(60))
"""Seconds of a short where nobody says how long it should be."""

_NEARLY = (Fraction(7, 10), Fraction(13, 10))
"""Of the seconds that somebody would like."""

_FITTING = 0.3
"""What it is worth that a moment is one of those that fit how somebody wants them chosen."""

_MOST_OF_A_HOOK = 60
"""Characters that are read at a glance."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One short that is to be made.

    Attributes:
        span: seconds of the source.
        hook: the line at its start, empty for none.
        call_to_action: the line at its end, likewise.
        adds_hook: whether a missing hook is to be written.
        adds_call: whether a missing call to action is.
        reason: why it was chosen; empty where a person chose it.
        score: 0..100; ``None`` where a person chose it.
    """

    span: TimeRange
    hook: str = ""
    call_to_action: str = ""
    adds_hook: bool = False
    adds_call: bool = False
    reason: str = ""
    score: int | None = None


def exact(request: ShortsRequest, duration: Fraction | None) -> tuple[Choice, ...]:
    """The shorts that were asked for by their times, in order of time; none reaches beyond the source."""
    made = []
    for number, each in enumerate(request.segments):
        end = each.span.end if duration is None or duration <= each.span.start else min(each.span.end, duration)
        made.append(
            Choice(
                TimeRange(each.span.start, end),
                clean_line(each.hook or (request.hook if number == 0 else "")),
                clean_line(each.call_to_action or request.call_to_action),
                each.adds_hook or request.adds_hooks,
                each.adds_call or request.adds_calls,
            )
        )
    return tuple(sorted(made, key=lambda choice: choice.span))


def chosen(
    request: ShortsRequest, media: MediaFile, transcript: Transcript, finder: MomentFinder, stages: Stages, folder: Path
) -> tuple[tuple[Choice, ...], tuple[Findings, ...]]:
    """The moments that stand best, in order of time, and how they were found.

    What somebody says about how to choose only moves moments up, so that there is always a choice; words of the
    recording are never taken for such a wish.

    Raises:
        NothingFound: too little is said, or nothing of what was looked for.
        FastClipError: what the stages raise.
    """
    count = request.count or _as_many_as_are_good(media, transcript)
    least, most = _LENGTHS
    if request.preferred is not None:
        least, most = (request.preferred * share for share in _NEARLY)
    queries = (request.query, request.hint) if request.hint.strip() else (request.query,)
    question = Question(media, transcript, queries, count * len(queries), folder, request.access, (least, most))
    found = finder.find(question, stages)
    fitting = found[1].moments if len(found) > 1 else ()
    moments = _best(worth_clipping(found[0].moments), fitting, count, adds=not request.query.strip())
    if not moments:
        raise nothing_found(media, request.query, found[0].closest, found[0].notes)
    in_time = sorted(moments, key=lambda moment: moment.span)
    spans = plan_spans(in_time, media.duration, transcript)
    choices = tuple(
        Choice(
            span,
            clean_line(request.hook if number == 0 else ""),
            clean_line(request.call_to_action),
            request.adds_hooks,
            request.adds_calls,
            _reason(moment, request),
            max(0, min(100, round(moment.confidence * 100))),
        )
        for number, (moment, span) in enumerate(zip(in_time, side_by_side(spans), strict=True))
    )
    return choices, found


def with_copy(
    choices: tuple[Choice, ...], transcript: Transcript, model: Model | None, stages: Stages, notes: list[str]
) -> tuple[Choice, ...]:
    """The same with the lines that are missing and wanted: written by a language model, else taken from the words.

    Args:
        choices: what is made.
        transcript: what is said.
        model: of the kind ``text``, where there is one.
        stages: carry the writing out.
        notes: get a sentence where the model could not be used.

    Raises:
        Cancelled: it was stopped.
    """
    lacking = [each for each in choices if _lacks(each)]
    if not lacking:
        return choices
    written: dict[TimeRange, ClipCopy] = {}
    if model is not None and transcript.segments:
        request = WriteCopy(transcript, tuple(each.span for each in lacking), model)
        try:
            copies = stages.run(request, JobState.ANALYZING, "Writing the lines")
            written = dict(zip(request.spans, copies, strict=True))
        except Cancelled:
            raise
        except FastClipError as error:
            _log.warning("%s could not be used: %s", model.name, error)
            notes.append(f"{error.message} The lines of the shorts are their own words.")
    return tuple(_completed(each, written.get(each.span), transcript) if _lacks(each) else each for each in choices)


def _lacks(choice: Choice) -> bool:
    return (choice.adds_hook and not choice.hook) or (choice.adds_call and not choice.call_to_action)


def _completed(choice: Choice, copy: ClipCopy | None, transcript: Transcript) -> Choice:
    # What chooses words imports numpy, which no other job should wait for.
    from fastclip_desktop.selection.plain_copy import plain_call, strongest_sentence

    hook, call, reason = choice.hook, choice.call_to_action, choice.reason
    if choice.adds_hook and not hook:
        hook = copy.hook if copy and copy.hook else strongest_sentence(transcript, choice.span)
    if choice.adds_call and not call:
        call = copy.call_to_action if copy and copy.call_to_action else plain_call(transcript.language)
    if copy and copy.reason and choice.score is not None:
        reason = copy.reason
    hook = hook if choice.hook else shortened(hook, _MOST_OF_A_HOOK)
    return replace(choice, hook=hook, call_to_action=clean_line(call), reason=reason)


def _as_many_as_are_good(media: MediaFile, transcript: Transcript) -> int:
    last = max((each.span.end for each in transcript.segments), default=Fraction(0))
    return max(1, min(MOST_CHOSEN, math.ceil((media.duration or last) / _SECONDS_EACH)))


def _best(moments: Sequence[Moment], fitting: Sequence[Moment], count: int, *, adds: bool) -> list[Moment]:
    """The best moments, none overlapping another.

    Args:
        moments: best first.
        fitting: those that fit how somebody wants them chosen.
        count: how many at most.
        adds: whether moments that fit may stand beside the others.
    """

    def worth(moment: Moment) -> float:
        return moment.confidence + _FITTING * any(moment.span.overlap(each.span) > 0 for each in fitting)

    pool = [*moments, *(fitting if adds else ())]
    kept: list[Moment] = []
    for moment in sorted(pool, key=worth, reverse=True):
        if len(kept) < count and not any(moment.span.overlap(each.span) > 0 for each in kept):
            kept.append(moment)
    return kept


def _reason(moment: Moment, request: ShortsRequest) -> str:
    if moment.reason:
        return moment.reason[:1].upper() + moment.reason[1:]
    return f"Speaks of “{request.query}”" if request.query.strip() else "Fits what was asked for"
