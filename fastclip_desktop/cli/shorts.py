"""``fastclip shorts``: finished clips in another shape, with captions, from one source."""

from __future__ import annotations

import re
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from fastclip_desktop.cli.progress_display import progress_display
from fastclip_desktop.cli.report import Json, clips_to_json, write_clips, write_json
from fastclip_desktop.cli.site_access import access_of
from fastclip_desktop.domain.errors import ErrorCode, UsageError
from fastclip_desktop.domain.job import Destination, GivenWords, JobResult, ShortsRequest
from fastclip_desktop.domain.short_look import Aspect, ShortFacts, ShortLook, WantedShort
from fastclip_desktop.domain.short_presets import caption_style, look_of
from fastclip_desktop.domain.timecode import TimeRange, format_timecode, parse_timecode, seconds_to_number
from fastclip_desktop.engine.engine import Engine

_RANGE = re.compile(r"(?P<start>[\d:.]+)-(?P<end>[\d:.]+)", re.ASCII)


def shorts(engine: Engine, options: Namespace) -> int:
    """``fastclip shorts SRC``."""
    request = request_of(options, engine.own_look())
    with progress_display(engine):
        result = engine.run(request)
    if options.json:
        write_json(shorts_to_json(result))
    else:
        _print(result)
    return 0


def request_of(options: Namespace, own: ShortLook | None) -> ShortsRequest:
    """What the options ask for.

    Args:
        options: of the command.
        own: the look that the person saved as their own.

    Raises:
        UsageError: ``bad_usage`` or ``bad_time``.
        InputError: ``bad_range``, or ``bad_cookies``.
    """
    segments = tuple(map(_segment, options.times))
    chooses = {"--count": options.count, "--about": options.about, "--length": options.length}
    chooses["--instructions"] = options.instructions
    unfit = [name for name, value in chooses.items() if segments and value]
    if unfit:
        raise UsageError(
            ErrorCode.BAD_USAGE,
            f"{unfit[0]} says how to choose moments, but --times says which they are.",
            "Leave one of them out.",
        )
    return ShortsRequest(
        source=options.source,
        destination=Destination(Path(options.to).expanduser().absolute() if options.to else Path.cwd()),
        look=_look(options, own),
        segments=segments,
        query=options.about,
        hint=options.instructions,
        count=options.count,
        preferred=parse_timecode(options.length) if options.length else None,
        hook=options.hook,
        call_to_action=options.cta,
        adds_hooks=options.hooks,
        adds_calls=options.ctas,
        words=GivenWords(file=Path(options.transcript).expanduser() if options.transcript else None),
        joins=options.montage,
        title=options.title,
        language=options.language,
        subtitles=options.subtitles,
        access=access_of(options),
    )


def shorts_to_json(result: JobResult) -> Json:
    """The object that ``shorts --json`` prints: what ``auto --json`` does, and what is told of each short."""
    answer = clips_to_json(result)
    if not isinstance(answer, dict):
        raise TypeError("clips are told of in an object")
    site = result.site_captions
    return answer | {
        "shorts": [_facts_to_json(each) for each in result.shorts],
        "montage": result.montage or None,
        "transcript_source": None if result.transcript_origin is None else str(result.transcript_origin),
        "site_captions": None if site is None else str(site.state),
        "site_captions_error": None if site is None else site.reason or None,
    }


def _segment(text: str) -> WantedShort:
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        raise UsageError(ErrorCode.BAD_TIME, f"{text[:40]!r} is no range of time.", "Write it like 1:15-2:05.5.")
    return WantedShort(TimeRange(parse_timecode(match["start"]), parse_timecode(match["end"])))


def _look(options: Namespace, own: ShortLook | None) -> ShortLook:
    look = look_of(options.preset, own)
    style = caption_style(options.style) if options.style else look.captions
    return replace(
        look,
        aspect=Aspect(options.aspect) if options.aspect else look.aspect,
        short_side=look.short_side if options.size is None else options.size,
        captions=None if options.no_captions else style,
        cuts_pauses=options.cut_pauses or look.cuts_pauses,
        cuts_fillers=options.cut_fillers or look.cuts_fillers,
    )


def _facts_to_json(facts: ShortFacts) -> Json:
    return {
        "clip": facts.clip,
        "start": seconds_to_number(facts.span.start),
        "end": seconds_to_number(facts.span.end),
        "output_start": seconds_to_number(facts.place.start),
        "output_end": seconds_to_number(facts.place.end),
        "hook": facts.hook or None,
        "call_to_action": facts.call_to_action or None,
        "reason": facts.reason or None,
        "score": facts.score,
    }


def _print(result: JobResult) -> None:
    told = {each.clip: each for each in result.shorts}
    write_clips(
        replace(result, clips=tuple(clip for clip in result.clips if clip.id in told), findings=()), as_json=False
    )
    for number, facts in enumerate(result.shorts, start=1):
        span = f"{format_timecode(facts.span.start)}–{format_timecode(facts.span.end)}"
        score = "" if facts.score is None else f"  {facts.score}/100"
        print(f"short {number}: {span}{score}{f'  {facts.reason}' if facts.reason else ''}")
        for name, line in (("hook", facts.hook), ("call to action", facts.call_to_action)):
            if line:
                print(f"  {name}: {line}")
    joined = tuple(clip for clip in result.clips if clip.id == result.montage)
    write_clips(JobResult(joined), as_json=False)
