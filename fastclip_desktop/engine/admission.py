"""Whether a request may be carried out at all: the policy's limits, checked before anything is fetched."""

from __future__ import annotations

import ipaddress
from dataclasses import replace
from fractions import Fraction
from urllib.parse import urlsplit

from fastclip_desktop.domain.access import Access, Trust
from fastclip_desktop.domain.errors import ErrorCode, InputError, UsageError
from fastclip_desktop.domain.job import (
    AnalyzeRequest,
    AutoClipRequest,
    ClipRequest,
    JobRequest,
    JoinRequest,
    ShortsRequest,
)
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.policy import Policy
from fastclip_desktop.domain.timecode import TimeRange, format_timecode
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.domain.transcript import Transcript

CLAIMED_DURATION_SLACK = Fraction(1)
"""Seconds by which a site's own duration may be too short: most sites round to whole seconds."""


MOST_SHORTS = 100
LENGTHS = (3, 600)
"""Seconds that somebody may like a short to last."""
SHORT_SIDES = (144, 2160)
"""Pixels."""
MOST_OF_A_LINE = 500
"""Characters."""
MOST_HOLDS = 1000
SUBTITLES = ("srt", "vtt", "ass")
MOST_CUES = 200_000
MOST_OF_A_CUE = 20_000
"""Characters, or words."""
LATEST_CUE = 1000 * 3600
"""Seconds."""


def check_request(request: JobRequest) -> None:
    """Refuse what no source can make right.

    Raises:
        InputError: ``bad_query`` or ``clip_too_long``, or what :func:`check_link` and :func:`check_shorts` raise.
        UsageError: what :func:`check_shorts` raises.
    """
    match request:
        case ClipRequest(span=span, output=output, policy=policy):
            check_length(span, output, policy)
        case AutoClipRequest(query=query, policy=policy):
            check_query(query, policy, may_be_empty=True)
        case AnalyzeRequest(queries=queries, policy=policy):
            for query in queries:
                check_query(query, policy, may_be_empty=True)
        case JoinRequest(parts=parts, policy=policy):
            for part in parts:
                check_link(part.source, policy, request.access)
            return
        case ShortsRequest():
            check_shorts(request)
    if request.source:
        check_link(request.source, request.policy, request.access)


def check_shorts(request: ShortsRequest) -> None:
    """Refuse shorts that nobody can make.

    Raises:
        UsageError: ``bad_usage``, ``bad_format`` or ``bad_quality``.
        InputError: ``bad_query``, ``bad_range``, ``clip_too_long``, ``bad_subtitles``, or what :func:`check_link`
            raises for the link to a subtitle file.
    """
    policy, look, words = request.policy, request.look, request.words
    check_query(request.query, policy, may_be_empty=True)
    lines = [request.hook, request.call_to_action]
    for each in request.segments:
        check_length(each.span, request.output, policy)
        _check_not_empty(each.span)
        lines += [each.hook, each.call_to_action]
    if request.output.format is not OutputFormat.MP4:
        raise UsageError(
            ErrorCode.BAD_FORMAT, f"Shorts cannot be made as {request.output.format}.", "Choose the format mp4."
        )
    if request.output.passthrough or request.output.max_bytes is not None:
        raise UsageError(
            ErrorCode.BAD_QUALITY,
            "A short is always encoded, and not held to a size.",
            "Leave the quality as it is, and choose the frame's size.",
        )
    given = (words.transcript is not None, words.file is not None, bool(words.link))
    wrong = next(
        filter(
            None,
            (
                _outside(len(request.segments), 0, MOST_SHORTS, "ranges"),
                _outside(request.count, 1, MOST_SHORTS, "shorts"),
                _outside(request.preferred, *LENGTHS, "seconds for a short"),
                _outside(len(request.hint), 0, policy.max_hint_length, "characters of instructions"),
                _outside(max(map(len, lines)), 0, MOST_OF_A_LINE, "characters in a hook or a call to action"),
                _outside(len(request.title), 0, policy.max_name_length, "characters in the title"),
                _outside(look.short_side, *SHORT_SIDES, "pixels for the shorter side"),
                _outside(len(look.holds), 0, MOST_HOLDS, "places of the frame"),
                "Words are given in more than one way." if sum(given) > 1 else "",
                *(f"{kind[:20]!r} is no kind of subtitles." for kind in request.subtitles if kind not in SUBTITLES),
            ),
        ),
        "",
    )
    if wrong:
        raise UsageError(ErrorCode.BAD_USAGE, wrong, "See the documentation of shorts.")
    if words.link:
        check_link(words.link, policy.for_shorts, replace(request.access, uploaded=False))
    if words.transcript is not None:
        check_words(words.transcript)


def _outside(value: Fraction | int | None, least: Fraction | int, most: Fraction | int, what: str) -> str:
    """What to say of a number that is out of its bounds; empty for one that is not, or for none."""
    if value is None or least <= value <= most:
        return ""
    shown = f"{float(value):g}" if isinstance(value, Fraction) else f"{value}"
    return f"{shown} {what} are not possible: it has to be {least} to {most}."


def check_words(transcript: Transcript) -> None:
    """Refuse words that nobody can have said.

    Raises:
        InputError: ``bad_subtitles``.
    """
    problem = ""
    before = Fraction(0)
    if not transcript.segments:
        problem = "it is empty"
    if len(transcript.segments) > MOST_CUES:
        problem = f"it has more than {MOST_CUES} cues"
    for number, segment in enumerate(transcript.segments, start=1):
        if segment.span.start < before:
            problem = f"cue {number} begins before the one before it"
        elif segment.span.end > LATEST_CUE:
            problem = f"cue {number} ends after {LATEST_CUE // 3600} hours"
        elif len(segment.text) > MOST_OF_A_CUE or len(segment.words) > MOST_OF_A_CUE:
            problem = f"cue {number} is longer than {MOST_OF_A_CUE} characters"
        before = segment.span.start
    if problem:
        raise InputError(ErrorCode.BAD_SUBTITLES, f"The transcript cannot be used: {problem}.", "Give another one.")


def longest_clip(output: OutputSpec, policy: Policy) -> Fraction | None:
    """Seconds that a clip may last; ``None`` for as long as one likes."""
    return policy.max_gif if output.format is OutputFormat.GIF else policy.max_clip


def check_length(span: TimeRange, output: OutputSpec, policy: Policy) -> None:
    """Refuse a clip longer than the policy allows.

    Raises:
        InputError: ``clip_too_long``.
    """
    limit = longest_clip(output, policy)
    if limit is not None and span.duration > limit:
        raise InputError(
            ErrorCode.CLIP_TOO_LONG,
            f"The {output.format} would last {format_timecode(span.duration)}, longer than the "
            f"{format_timecode(limit)} that are allowed.",
            "Choose a shorter range" + (" or the mp4 format." if output.format is OutputFormat.GIF else "."),
        )


def check_source(media: MediaFile, policy: Policy) -> None:
    """Refuse a source longer than the policy allows.

    Raises:
        InputError: ``source_too_long``.
    """
    if policy.max_source is not None and media.duration is not None and media.duration > policy.max_source:
        raise InputError(
            ErrorCode.SOURCE_TOO_LONG,
            f"{media.title!r} lasts {format_timecode(media.duration)}, longer than the "
            f"{format_timecode(policy.max_source)} that are allowed.",
            "Choose a shorter source.",
        )


SHORTEST_RANGE = Fraction(1, 1000)
"""Seconds; a sound of less may have no sample."""


def _check_not_empty(span: TimeRange) -> None:
    if span.duration < SHORTEST_RANGE:
        raise InputError(
            ErrorCode.BAD_RANGE,
            f"The range starts and ends at {format_timecode(span.start)}: it lasts less than a millisecond.",
            "Give an end that is further from the start.",
        )


def check_span(media: MediaFile, span: TimeRange) -> None:
    """Refuse a range that holds nothing, or starts after a source known to be shorter, before its bytes are fetched.

    Raises:
        InputError: ``bad_range``, ``range_outside_source``.
    """
    _check_not_empty(span)
    if media.path is None and media.duration is not None and span.start >= media.duration + CLAIMED_DURATION_SLACK:
        raise InputError(
            ErrorCode.RANGE_OUTSIDE_SOURCE,
            f"The range starts at {format_timecode(span.start)}, but {media.title!r} lasts only "
            f"{format_timecode(media.duration)}.",
            "Choose a start inside the source.",
        )


def check_query(query: str, policy: Policy, *, may_be_empty: bool = False) -> None:
    """Refuse a query that nobody can have meant.

    Args:
        query: as it was typed.
        policy: says how long it may be.
        may_be_empty: whoever asks knows that an empty one asks for the best moments.

    Raises:
        InputError: ``bad_query``.
    """
    if not query.strip() and not may_be_empty:
        raise InputError(ErrorCode.BAD_QUERY, "The search text is empty.", "Say in a few words what to look for.")
    if len(query) > policy.max_query_length:
        raise InputError(
            ErrorCode.BAD_QUERY,
            f"The search text has {len(query)} characters, more than the {policy.max_query_length} that are allowed.",
            "Say it in fewer words.",
        )


def check_link(source: str, policy: Policy, access: Access) -> None:
    """Refuse a link that the policy does not allow, and a stranger's that says itself that it leads inside.

    Where a name leads is only known when it is looked up; whoever connects judges that again.

    Raises:
        InputError: ``unsupported_site`` or ``private_address``.
    """
    if access.uploaded:
        return
    host = _host(source)
    if access.trust is Trust.STRANGER:
        if host is None:
            raise InputError(
                ErrorCode.UNSUPPORTED_SITE,
                f"{source[:80]!r} is no link to the open internet.",
                "Give a link that starts with https://.",
            )
        if _is_inside(host):
            raise InputError(
                ErrorCode.PRIVATE_ADDRESS,
                f"{host!r} is a machine in this network, which only the person at this one may name.",
                "Give a link to the open internet.",
            )
    if policy.source_hosts is not None and not _is_of(host or "", policy.source_hosts):
        raise InputError(
            ErrorCode.UNSUPPORTED_SITE,
            f"Sources from {host or source[:80]!r} are not allowed by the {policy.name} policy.",
            f"Allowed are {', '.join(sorted(policy.source_hosts))}.",
        )


def _host(source: str) -> str | None:
    """The host of an http or https link in lower case; ``None`` for anything else."""
    try:
        parts = urlsplit(source.strip())
        host = parts.hostname
    except ValueError:  # half an IPv6 address, for one
        return None
    return host.lower().rstrip(".") or None if host and parts.scheme in ("http", "https") else None


def _is_inside(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not ipaddress.ip_address(host.partition("%")[0]).is_global
    except ValueError:
        return False  # a name, or an address in a spelling that only a resolver understands


def _is_of(host: str, allowed: frozenset[str]) -> bool:
    return any(host == each or host.endswith("." + each) for each in allowed)
