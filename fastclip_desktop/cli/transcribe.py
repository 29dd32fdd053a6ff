"""``fastclip transcribe``: what is said, as text or as subtitles."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from fastclip_desktop.cli.report import Json, write_json
from fastclip_desktop.cli.site_access import access_of
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.timecode import seconds_to_number
from fastclip_desktop.domain.transcript import Segment, Transcript
from fastclip_desktop.editing.subtitle_text import TextForm, written
from fastclip_desktop.engine.engine import Engine


def transcribe(engine: Engine, options: Namespace) -> int:
    """``fastclip transcribe SRC [-o FILE]``."""
    path = Path(options.output).expanduser() if options.output else None
    form = _form(options.format or (path.suffix.lower().removeprefix(".") if path else ""))
    access = access_of(options)
    shown: dict[str, int] = {}

    def tell(stage: str, fraction: float) -> None:
        tenth = int(fraction * 10)
        if shown.get(stage, -1) < tenth:
            shown[stage] = tenth
            print(f"{stage} … {fraction:.0%}" if tenth else stage, file=sys.stderr, flush=True)

    _, transcript = engine.transcript(options.source, options.language, access=access, on_progress=tell)
    if path is not None:
        _write(path, written(transcript, form))
    if options.json:
        write_json(_to_json(transcript))
    else:
        sys.stdout.write(written(transcript, form) if path is None else f"{path}\n")
    return 0


def _form(name: str) -> TextForm:
    """The form of a name; lines with times where there is none of it."""
    return TextForm(name) if name in {*TextForm} else TextForm.TXT


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            f"{path} cannot be written: {error.strerror}.",
            "Choose another place with -o.",
        ) from error


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
