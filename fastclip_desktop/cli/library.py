"""``fastclip library``: search everything that was ever said in a source, and clip what was found."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import datetime

from fastclip_desktop.bootstrap import build_engine, open_search
from fastclip_desktop.cli.outputs import output_options
from fastclip_desktop.cli.progress_display import progress_display
from fastclip_desktop.cli.report import Json, write_clips, write_json
from fastclip_desktop.domain.errors import ErrorCode, NothingFound, UsageError
from fastclip_desktop.domain.job import ClipRequest
from fastclip_desktop.domain.spoken import FoundPassage, FoundSource, KnownTranscript
from fastclip_desktop.domain.timecode import TimeRange, format_timecode, seconds_to_number

_LONGEST_EXCERPT = 200
"""Characters that a person is shown."""
_MOST_KNOWN = 500


def library(options: Namespace) -> int:
    """``fastclip library search WORDS [--clip N] | list``."""
    if options.action == "list":
        with open_search() as search:
            _write_known(search.known(_MOST_KNOWN), as_json=options.json)
        return 0
    words = " ".join(options.words)
    if not words.strip():
        raise UsageError(ErrorCode.BAD_QUERY, "There is nothing to search for.", "Give some words that are said.")
    with open_search() as search:
        found = search.find(words, options.max_sources, options.each, by_meaning=not options.words_only)
    if options.clip is None:
        _write_found(words, found, as_json=options.json)
        return 0 if found else NothingFound.exit_code
    return _clip(found, options)


def _clip(found: tuple[FoundSource, ...], options: Namespace) -> int:
    by_number = {passage.number: (source, passage) for source in found for passage in source.passages}
    if options.clip not in by_number:
        raise UsageError(
            ErrorCode.BAD_USAGE,
            f"The search found {len(by_number)} places, and there is no number {options.clip}.",
            "Search without --clip to see the numbers.",
        )
    source, passage = by_number[options.clip]
    output, destination = output_options(options)
    with build_engine() as engine, progress_display(engine):
        result = engine.run(ClipRequest(source.location, passage.span, output, destination))
    write_clips(result, as_json=options.json)
    return 0


def _write_found(words: str, found: tuple[FoundSource, ...], *, as_json: bool) -> None:
    if as_json:
        write_json({"query": words, "sources": [_source_to_json(source) for source in found]})
        return
    if not found:
        print(f"Nothing in the library matches {words!r}.", file=sys.stderr)
    for source in found:
        print(f"{source.title or 'Untitled'}\n  {source.location}")
        for passage in source.passages:
            print(f"{passage.number:>4}  {_span(passage.span)}  {_excerpt(passage)}")


def _write_known(known: tuple[KnownTranscript, ...], *, as_json: bool) -> None:
    if as_json:
        write_json({"transcripts": [_known_to_json(each) for each in known]})
        return
    if not known:
        print(
            "There are no transcripts yet. They come when you search in a source, or open its words.", file=sys.stderr
        )
    for each in known:
        when = datetime.fromtimestamp(each.created).astimezone().strftime("%Y-%m-%d %H:%M")
        kind = each.origin.replace("_", " ")
        print(f"{each.title or 'Untitled'}\n  {each.location}\n  {kind}, {each.language or 'unknown language'}, {when}")


def _source_to_json(source: FoundSource) -> Json:
    return {
        "source": source.location,
        "title": source.title,
        "passages": [
            {
                "number": passage.number,
                "start": seconds_to_number(passage.span.start),
                "end": seconds_to_number(passage.span.end),
                "excerpt": passage.excerpt,
                "marks": [[start, end] for start, end in passage.marks],
                "by_meaning": passage.by_meaning,
            }
            for passage in source.passages
        ],
    }


def _known_to_json(each: KnownTranscript) -> Json:
    return {
        "source": each.location,
        "title": each.title,
        "language": each.language,
        "origin": each.origin,
        "created": each.created,
    }


def _excerpt(passage: FoundPassage) -> str:
    """What is said around the first word that was searched for, such words between asterisks."""
    first = passage.marks[0][0] if passage.marks else 0
    begin = max(0, min(first - _LONGEST_EXCERPT // 3, len(passage.excerpt) - _LONGEST_EXCERPT))
    finish = min(len(passage.excerpt), begin + _LONGEST_EXCERPT)
    pieces = ["…" if begin else ""]
    at = begin
    for start, end in passage.marks:
        if start >= at and end <= finish:
            pieces += [passage.excerpt[at:start], "*", passage.excerpt[start:end], "*"]
            at = end
    return "".join([*pieces, passage.excerpt[at:finish], "…" if finish < len(passage.excerpt) else ""])


def _span(span: TimeRange) -> str:
    return f"{format_timecode(span.start)}\u2013{format_timecode(span.end)}"
