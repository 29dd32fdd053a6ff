"""The reference for language models: plain text, from the schema and the policy in force."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from fastclip_desktop.api.docs_page import inner_shapes, json_content, kind_of, resolved
from fastclip_desktop.api.guard import LARGEST_BODY
from fastclip_desktop.api.info_desk import LONGEST
from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.api.signed_links import LIFETIME
from fastclip_desktop.api.subclip.guide import shorts_guide
from fastclip_desktop.domain.policy import Policy
from fastclip_desktop.domain.timecode import format_timecode
from fastclip_desktop.domain.timeline import QUALITIES, OutputFormat
from fastclip_desktop.engine.funding import LEAST_RELOAD, MOST_RELOAD

_FLOW = """\
How to make a clip
  1. POST /v1/clip (times) or POST /v1/clip/auto (words). The answer has a job_id.
  2. GET /v1/clip/{job_id} every two seconds until status is "complete" or "failed".
     On the way it is pending, analyzing (words only), downloading, processing or "processing segment N/M", uploading.
  3. Fetch download_url. It needs no key. Each request makes a new one.
  POST /v1/clip/analyze and POST /v1/transcript answer when they are done, which may take minutes where words have to
  be heard first; the answer may begin with spaces. Once it has begun its status is 200, and a body with "detail" then
  means that the work failed. Who leaves before stops it.
  Instead of asking for a job again and again: GET /v1/events, or POST /v1/webhooks.

Rules
  Authorization: Bearer sk_live_... unless a route says otherwise. Keys are made on this machine: fastclip keys create.
  A key may have a budget and an expiry, and may be one that makes clips by times and by words and opens nothing else.
  Bodies are JSON with Content-Type: application/json. Unknown fields are passed over.
  Errors are JSON: {"detail": "one sentence"}. 429 has a Retry-After in seconds.
  Idempotency-Key on a POST that creates or spends: the same key and body give the same answer for a day, another body
  gives 409.
  Answers to requests with a key have X-RateLimit-Remaining and X-RateLimit-Reset (seconds since 1970).
  Money is in dollars in answers; amounts that are sent are in cents.
"""


_REFERENCES = """\
  GET /llm, GET /docs and GET /openapi.json (no key)
    This reference: as text, for people, and as OpenAPI.
"""


def llm_page(schema: dict[str, Any], settings: ServerSettings, origin: str) -> str:
    """The page.

    Args:
        schema: the application's OpenAPI.
        settings: what the server goes by.
        origin: where it is reached.
    """
    parts = [f"{schema['info']['title']} {schema['info']['version']}\nBase URL: {origin}/v1\n", _FLOW]
    parts.append(_limits(settings))
    parts.append(shorts_guide(settings.policy))
    parts.append("Endpoints\n")
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            parts.append(_endpoint(path, method.upper(), operation, schema))
    parts.append(_REFERENCES)
    shapes = [f"  {name}: {_fields(shape, mark_optional=False)}\n" for name, shape in inner_shapes(schema).items()]
    parts.append("Shapes\n" + "".join(shapes))
    return "\n".join(parts)


def _limits(settings: ServerSettings) -> str:
    policy = settings.policy
    hosts = "anything that yt-dlp knows, and links to media files"
    rows = {
        "Policy": policy.name,
        "Clip by times": str(policy.clip_price),
        "Clips by words": f"{policy.auto_price_per_hour} for each started hour of source, "
        f"{policy.extra_segment_price} for each clip after the first; set aside first, the rest is given back",
        "Analyze": f"{policy.analyze_price_per_hour} for each started hour of source",
        "Transcript": str(policy.transcript_price),
        "A failed job": "costs nothing",
        "Sources": hosts if policy.source_hosts is None else ", ".join(sorted(policy.source_hosts)) + "; others: 422",
        "Paths and addresses of this network": "allowed" if settings.allow_local_sources else "refused",
        "Formats": ", ".join(OutputFormat),
        "Qualities": ", ".join(QUALITIES) + "; a lower source is never upscaled",
        "Longest clip": _time(policy.max_clip),
        "Longest GIF": _time(policy.max_gif),
        "Longest source": _time(policy.max_source),
        "Longest query": f"{policy.max_query_length} characters",
        "Longest name": f"{policy.max_name_length} characters",
        "Largest body": f"{LARGEST_BODY} bytes",
        "Requests": f"{policy.requests_a_minute} a minute and key",
        "Clip, auto and analyze": "no limit"
        if policy.jobs_an_hour is None
        else f"{policy.jobs_an_hour} an hour, all of them together and of all keys",
        "Info": f"one at a time, at most {LONGEST:.0f} seconds",
        "Reloads": f"{policy.reloads_an_hour} an hour, {LEAST_RELOAD} to {MOST_RELOAD} each"
        + (", pending until a person agrees" if settings.reload_needs_approval else ""),
        "New clips expire after": f"{policy.clip_lifetime // 3600} hours unless pinned; expired ones are 404",
        "Unpinning": "starts that time anew",
        "Download links expire after": f"{LIFETIME // 60} minutes",
        "Pinned storage": _storage(policy),
        "More pinned storage": "$0.00 a gigabyte" if policy.pinned_storage is not None else "none to buy",
        "Keys": f"at most {policy.most_keys}",
    }
    return "Prices and limits\n" + "".join(f"  {name}: {value}\n" for name, value in rows.items())


def _storage(policy: Policy) -> str:
    if policy.pinned_storage is not None:
        return f"{policy.pinned_storage} bytes; only pinned clips count"
    return f"what the disk has free but for {policy.disk_reserve} bytes; only pinned clips count"


def _time(seconds: Fraction | None) -> str:
    return "no limit" if seconds is None else format_timecode(seconds)


def _endpoint(path: str, method: str, operation: dict[str, Any], schema: dict[str, Any]) -> str:
    lines = [f"  {method} {path}" + ("" if operation.get("security") else " (no key)")]
    description = " ".join(operation.get("description", "").split())
    lines.append(f"    {description}")
    query = [each["name"] for each in operation.get("parameters", []) if each["in"] == "query"]
    if query:
        lines.append(f"    Query: {', '.join(query)}")
    body = json_content(operation.get("requestBody"))
    if body:
        shape = resolved(body["schema"], schema)
        lines.append(f"    Body: {_fields(shape, mark_optional=True)}")
    answers = operation["responses"]
    content = json_content(answers.get("200"))
    if content:
        lines.append(f"    Answer: {_fields(resolved(content['schema'], schema), mark_optional=False)}")
    lines.append(f"    Statuses: {', '.join(answers)}")
    return "\n".join(lines) + "\n"


def _fields(shape: dict[str, Any], *, mark_optional: bool) -> str:
    needed = shape.get("required", [])
    return ", ".join(
        f"{name} ({kind_of(field)}{', optional' if mark_optional and name not in needed else ''})"
        for name, field in shape.get("properties", {}).items()
    )
