"""``fastclip transcribe``: what is said, as text or as subtitles."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.cli.report import Json, write_json
from fastclip_desktop.domain.access import Access
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.timecode import format_timecode, seconds_to_number
from fastclip_desktop.domain.transcript import Segment, Transcript
from fastclip_desktop.engine.engine import Engine


def transcribe(engine: Engine, options: Namespace) -> int:
    """``fastclip transcribe SRC [-o FILE]``."""
    path = Path(options.output).expanduser() if options.output else None
    form = options.format or (path.suffix.lower().removeprefix(".") if path else "")
    cookies = Path(options.cookies).expanduser() if options.cookies else None
    access = Access(cookies=cookies, browser=options.cookies_from_browser, most_a_second=options.limit_rate)
    shown: dict[str, int] = {}

    def tell(stage: str, fraction: float) -> None:
        tenth = int(fraction * 10)
        if shown.get(stage, -1) < tenth:
            shown[stage] = tenth
            print(f"{stage} … {fraction:.0%}" if tenth else stage, file=sys.stderr, flush=True)

    _, transcript = engine.transcript(options.source, options.language, access=access, on_progress=tell)
    if path is not None:
        _write(path, _written(transcript, form))
    if options.json:
        write_json(_to_json(transcript))
    else:
        sys.stdout.write(_written(transcript, form) if path is None else f"{path}\n")
    return 0


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            f"{path} cannot be written: {error.strerror}.",
            "Choose another place with -o.",
        ) from error


def _written(transcript: Transcript, form: str) -> str:
    if form == "srt":
        return "".join(
            f"{number}\n{_stamp(segment.span.start, ',')} --> {_stamp(segment.span.end, ',')}\n{_lines(segment)}\n\n"
            for number, segment in enumerate(transcript.segments, start=1)
        )
    if form == "vtt":
        cues = (
            f"{_stamp(segment.span.start, '.')} --> {_stamp(segment.span.end, '.')}\n{_escaped(_lines(segment))}\n\n"
            for segment in transcript.segments
        )
        return "WEBVTT\n\n" + "".join(cues)
    return "".join(
        f"[{format_timecode(segment.span.start)}] {' '.join(segment.text.split())}\n" for segment in transcript.segments
    )


def _stamp(seconds: Fraction, point: str) -> str:
    milliseconds = round(max(Fraction(0), seconds) * 1000)
    whole, rest = divmod(milliseconds, 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{point}{rest:03d}"


def _lines(segment: Segment) -> str:
    """The text without empty lines, which would end a cue, and without what reads as a line of times."""
    return "\n".join(filter(None, (line.strip() for line in segment.text.splitlines()))).replace("-->", "→")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _to_json(transcript: Transcript) -> Json:
    return {
        "language": transcript.language,
        "origin": str(transcript.origin),
        "segments": [_segment_to_json(segment) for segment in transcript.segments],
    }


def _segment_to_json(segment: Segment) -> Json:
    words: Iterable[Json] = (
        {"start": seconds_to_number(word.span.start), "end": seconds_to_number(word.span.end), "text": word.text}
        for word in segment.words
    )
    return {
        "start": seconds_to_number(segment.span.start),
        "end": seconds_to_number(segment.span.end),
        "text": segment.text,
        "words": [*words],
    }
