"""Whether a request may be carried out at all: the policy's limits, checked before anything is fetched."""

from __future__ import annotations

import ipaddress
from fractions import Fraction
from urllib.parse import urlsplit

from fastclip_desktop.domain.access import Access, Trust
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.job import AnalyzeRequest, AutoClipRequest, ClipRequest, JobRequest, JoinRequest
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.policy import Policy
from fastclip_desktop.domain.timecode import TimeRange, format_timecode
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec

CLAIMED_DURATION_SLACK = Fraction(1)
"""Seconds by which a site's own duration may be too short: most sites round to whole seconds."""


def check_request(request: JobRequest) -> None:
    """Refuse what no source can make right.

    Raises:
        InputError: ``bad_query`` or ``clip_too_long``, or what :func:`check_link` raises.
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
    if request.source:
        check_link(request.source, request.policy, request.access)


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


def check_span(media: MediaFile, span: TimeRange) -> None:
    """Refuse a range that holds nothing, or starts after a source known to be shorter, before its bytes are fetched.

    Raises:
        InputError: ``bad_range``, ``range_outside_source``.
    """
    if span.duration < SHORTEST_RANGE:
        raise InputError(
            ErrorCode.BAD_RANGE,
            f"The range starts and ends at {format_timecode(span.start)}: it lasts less than a millisecond.",
            "Give an end that is further from the start.",
        )
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
