"""Answers for people and for scripts. Scripts get exactly one JSON object, or one a line for several queries."""

from __future__ import annotations

import codecs
import json
import sys
from fractions import Fraction
from typing import TypeAlias

from fastclip_desktop.bootstrap import Restored
from fastclip_desktop.domain.clip import Clip, Receipt
from fastclip_desktop.domain.errors import FastClipError, SeveralMedia
from fastclip_desktop.domain.job import Findings, JobResult
from fastclip_desktop.domain.media import ListedMedia, MediaFile, MediaInfo
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.montage import PlacedPart
from fastclip_desktop.domain.stage import Release, SitesUpdated
from fastclip_desktop.domain.timecode import TimeRange, format_timecode, seconds_to_number

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def write_error(error: FastClipError, *, as_json: bool) -> None:
    """One sentence and its way out on stderr; with JSON also the object on stdout."""
    entries = error.entries if isinstance(error, SeveralMedia) else ()
    if as_json:
        fault: dict[str, Json] = {"code": str(error.code), "message": error.message, "hint": error.hint}
        if entries:
            fault["entries"] = [_entry_to_json(entry) for entry in entries]
        write_json({"error": fault})
    print(f"fastclip: {error}", file=sys.stderr)
    for number, entry in enumerate(entries, start=1):
        length = f" ({format_timecode(entry.duration)})" if entry.duration is not None else ""
        print(
            f"{number:>5}  {entry.title or 'Untitled'}{length}\n       {entry.url or 'no link of its own'}",
            file=sys.stderr,
        )


def write_clips(result: JobResult, *, as_json: bool) -> None:
    """The clips of a job, with the moments where words led to them."""
    if as_json:
        write_json(clips_to_json(result))
        return
    for found in result.findings:
        _print_moments(found)
    for clip in result.clips:
        size = f"{clip.width}×{clip.height}, " if clip.width else ""
        print(f"{clip.path}")
        print(f"  {_span(clip.span)} · {size}{clip.file_size / 1e6:.1f} MB · {_made(clip.receipt)}")
        for number, part in enumerate(clip.receipt.parts, start=1):
            print(f"  part {number}: {_span(part.place)}, from {_span(part.span)} of source {part.source + 1}")
        for note in clip.receipt.notes:
            print(f"  note: {note}")


def write_findings(findings: tuple[Findings, ...], *, as_json: bool) -> None:
    """The moments of each query, one JSON object a line."""
    for found in findings:
        if as_json:
            write_json(findings_to_json(found))
        else:
            _print_moments(found)


def write_info(media: MediaFile, *, as_json: bool) -> None:
    """What a source is."""
    if as_json:
        write_json(media_to_json(media))
        return
    print(media.title)
    if media.duration is not None:
        print(f"  length    {format_timecode(media.duration)}")
    if media.info is not None:
        for video in media.info.video:
            kind = "cover art" if video.still else "picture"
            rate = f", {float(video.frame_rate):.3f} fps".replace(".000", "") if video.frame_rate else ""
            print(f"  {kind:<9} {video.codec} {video.display_size[0]}×{video.display_size[1]}{rate}")
        for audio in media.info.audio:
            print(
                f"  sound     {audio.codec} {audio.sample_rate} Hz, {audio.channels} channels {audio.language}".rstrip()
            )
        for subtitle in media.info.subtitles:
            print(f"  subtitles {subtitle.codec} {subtitle.language}".rstrip())
    for height in sorted({form.height for form in media.formats if form.height}, reverse=True):
        print(f"  format    {height}p")
    for track in media.captions:
        print(f"  captions  {track.kind} {track.language or 'unknown language'} ({track.extension})")


def write_sites(updated: SitesUpdated, *, as_json: bool) -> None:
    """Which yt-dlp is in use."""
    if as_json:
        write_json({"before": updated.before, "now": updated.now})
    elif updated.before == updated.now:
        print(f"yt-dlp {updated.now} is the newest there is.")
    else:
        print(f"yt-dlp {updated.now} is used from now on, {updated.before} until now.")


def write_release(release: Release, *, as_json: bool) -> None:
    """Which FastClip is the newest."""
    if as_json:
        write_json({"installed": release.installed, "newest": release.newest, "is_newer": release.is_newer})
    elif release.is_newer:
        print(
            f"FastClip {release.newest} is there; this is {release.installed}. "
            "Get it the way that you got this one: it goes over the older one."
        )
    else:
        print(f"FastClip {release.installed} is the newest there is.")


def write_restored(restored: Restored, *, as_json: bool) -> None:
    """What became of the library."""
    if as_json:
        backup = None if restored.backup is None else str(restored.backup)
        write_json({"was_whole": restored.was_whole, "backup": backup})
    elif restored.was_whole:
        print("Nothing is wrong with the library; it was left as it is.")
    elif restored.backup is None:
        print("There is no good backup. The library was set aside, and the next start begins with an empty one.")
    else:
        print(f"The library is the one of {restored.backup} again. The damaged one lies beside it.")


def write_json(value: Json) -> None:
    """One JSON value on one line of stdout, in letters that it can write."""
    is_unicode = codecs.lookup(getattr(sys.stdout, "encoding", None) or "utf-8").name == "utf-8"
    print(json.dumps(value, ensure_ascii=not is_unicode))


def _entry_to_json(entry: ListedMedia) -> Json:
    duration = None if entry.duration is None else seconds_to_number(entry.duration)
    return {"title": entry.title, "url": entry.url, "duration": duration}


def clips_to_json(result: JobResult) -> Json:
    """The object that ``clip --json`` and ``auto --json`` print."""
    answer: dict[str, Json] = {"clips": [_clip_to_json(clip) for clip in result.clips]}
    if result.findings:
        answer["segments"] = [_moment_to_json(moment) for found in result.findings for moment in found.moments]
    answer["cost"] = result.cost.to_dollars()
    return answer


def findings_to_json(found: Findings) -> Json:
    """The object that ``analyze --json`` prints for each query."""
    return {
        "query": found.query,
        "segments": [_moment_to_json(moment) for moment in found.moments],
        "transcript_source": found.transcript_source,
        "notes": [*found.notes],
        "closest": [_moment_to_json(moment) for moment in found.closest],
    }


def media_to_json(media: MediaFile) -> Json:
    """The object that ``info --json`` prints."""
    return {
        "title": media.title,
        "duration": _number(media.duration),
        "thumbnail": media.thumbnail or None,
        "max_height": media.max_height,
        "source": media.source,
        "container": media.info.container if media.info else None,
        "truncated": media.info.truncated if media.info else False,
        "streams": _streams_to_json(media.info) if media.info else [],
        "formats": [
            {
                "id": form.format_id,
                "extension": form.extension,
                "height": form.height or None,
                "video_codec": form.video_codec or None,
                "audio_codec": form.audio_codec or None,
                "file_size": form.file_size,
            }
            for form in media.formats
        ],
        "captions": [
            {"language": track.language, "kind": str(track.kind), "extension": track.extension}
            for track in media.captions
        ],
    }


def _streams_to_json(info: MediaInfo) -> list[Json]:
    pictures: list[Json] = [
        {
            "kind": "video",
            "codec": video.codec,
            "width": video.display_size[0],
            "height": video.display_size[1],
            "frame_rate": float(video.frame_rate) if video.frame_rate else None,
            "rotation": video.rotation,
            "hdr": video.is_hdr,
            "still": video.still,
        }
        for video in info.video
    ]
    sounds: list[Json] = [
        {
            "kind": "audio",
            "codec": audio.codec,
            "sample_rate": audio.sample_rate,
            "channels": audio.channels,
            "language": audio.language,
        }
        for audio in info.audio
    ]
    subtitles: list[Json] = [
        {"kind": "subtitle", "codec": subtitle.codec, "language": subtitle.language} for subtitle in info.subtitles
    ]
    return pictures + sounds + subtitles


def _clip_to_json(clip: Clip) -> Json:
    return {
        "id": clip.id,
        "path": str(clip.path),
        "start": seconds_to_number(clip.span.start),
        "end": seconds_to_number(clip.span.end),
        "duration": seconds_to_number(clip.duration),
        "format": str(clip.format),
        "width": clip.width,
        "height": clip.height,
        "file_size": clip.file_size,
        "receipt": _receipt_to_json(clip.receipt),
    }


def _receipt_to_json(receipt: Receipt) -> Json:
    return {
        "method": receipt.method,
        "video_encoder": receipt.video_encoder or None,
        "audio_encoder": receipt.audio_encoder or None,
        "device": receipt.device or None,
        "loudness": receipt.loudness,
        "frames": receipt.frames,
        "first_frame": _number(receipt.first_frame),
        "last_frame": _number(receipt.last_frame),
        "passed": [_range_to_json(span) for span in receipt.passed],
        "encoded": [_range_to_json(span) for span in receipt.encoded],
        "sound_offset": float(receipt.sound_offset),
        "bytes_read": receipt.bytes_read,
        "bytes_moved": receipt.bytes_moved,
        "stages": {stage.stage: stage.seconds for stage in receipt.stages},
        "notes": list(receipt.notes),
        **({"parts": [_part_to_json(part) for part in receipt.parts]} if receipt.parts else {}),
    }


def _part_to_json(part: PlacedPart) -> Json:
    return {
        "source": part.source,
        "span": _range_to_json(part.span),
        "place": _range_to_json(part.place),
        "passed": [_range_to_json(span) for span in part.passed],
        "encoded": [_range_to_json(span) for span in part.encoded],
    }


def _moment_to_json(moment: Moment) -> Json:
    return {
        "start": seconds_to_number(moment.span.start),
        "end": seconds_to_number(moment.span.end),
        "excerpt": moment.excerpt,
        "confidence": round(moment.confidence, 4),
        "reason": moment.reason,
    }


def _range_to_json(span: TimeRange) -> Json:
    return [seconds_to_number(span.start), seconds_to_number(span.end)]


def _number(seconds: Fraction | None) -> float | None:
    return None if seconds is None else seconds_to_number(seconds)


def _print_moments(found: Findings) -> None:
    if not found.moments:
        print(f"Nothing matches {found.query!r}." if found.query else "Nothing stands by itself.")
        if found.closest:
            print("What comes closest:")
            for moment in found.closest:
                print(f"  {_span(moment.span)}  “{_shortened(moment.excerpt)}”")
    for moment in found.moments:
        excerpt = _shortened(moment.excerpt)
        said = f"  “{excerpt}”" if excerpt else ""
        print(f"{_span(moment.span)}  {moment.confidence:4.0%}{said}")
        if moment.reason:
            print(f"  {moment.reason}")
    for note in found.notes:
        print(f"  note: {note}")


def _shortened(excerpt: str) -> str:
    return excerpt if len(excerpt) <= 160 else excerpt[:157] + "…"


def _span(span: TimeRange) -> str:
    return f"{format_timecode(span.start)}–{format_timecode(span.end)}"


def _made(receipt: Receipt) -> str:
    times = ", ".join(f"{stage.stage} {stage.seconds:.1f} s" for stage in receipt.stages)
    return f"{receipt.method} ({times})" if times else receipt.method
