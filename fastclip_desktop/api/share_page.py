"""``/c/{clip_id}``: a page that plays a clip, for whoever has its link.

Its title and its source's come from strangers. So all text is escaped, and in case that ever fails the page's own
policy lets nothing run, and nothing be loaded but what this server has; there is no script on it that would need more.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime
from fractions import Fraction
from html import escape

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from fastclip_desktop.api.auth import counted_address
from fastclip_desktop.api.services import Here
from fastclip_desktop.api.statuses import OPEN, documented
from fastclip_desktop.api.v1.answers import download_url, stream_url
from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.timecode import format_timecode
from fastclip_desktop.domain.timeline import OutputFormat

_STYLE = """
:root { color-scheme: light dark; --ground: #f4f5f8; --card: #fff; --line: #d6dae2; --text: #1a1d24; --muted: #586072;
  --accent: #3f51d1; --over: #3443b4; --on-accent: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14161a; --card: #1d2026; --line: #363b45; --text: #eceef3; --muted: #a2aab9;
    --accent: #93a2ff; --over: #aab6ff; --on-accent: #11131d; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; min-height: 100dvh; display: flex; flex-direction: column; align-items: center;
  justify-content: safe center; padding: 1.5rem; background: var(--ground); color: var(--text);
  font: 16px/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: max(22rem, min(60rem, 118vh)); background: var(--card); border: 1px solid var(--line);
  border-radius: 14px; overflow: hidden; }
main:not(:has(video, img)) { max-width: 36rem; }
video, img { display: block; width: 100%; height: auto; max-height: 72vh; background: #000; object-fit: contain; }
audio { display: block; width: calc(100% - 2.5rem); margin: 1.25rem 1.25rem 0; }
.about { display: flex; flex-wrap: wrap; gap: 1rem 1.5rem; align-items: center; padding: 1.25rem; }
.words { flex: 1 1 16rem; min-width: 0; }
h1, p { margin: 0; overflow-wrap: anywhere; }
h1 { font-size: 1.25rem; line-height: 1.35; }
p { margin-top: .25rem; color: var(--muted); font-size: .9375rem; }
bdi { unicode-bidi: isolate; }
a { flex: none; padding: .625rem 1.25rem; border-radius: 8px; background: var(--accent); color: var(--on-accent);
  font-weight: 600; text-align: center; text-decoration: none; }
a:hover { background: var(--over); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
@media (max-width: 34rem) {
  body { padding: 0; justify-content: flex-start; background: var(--card); }
  main { border: 0; border-radius: 0; }
  a { flex: 1 1 100%; }
}
"""

_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

_HEADERS = {
    "content-security-policy": (
        f"default-src 'none'; style-src 'sha256-{_HASH}'; media-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "cache-control": "no-store",  # its links expire
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex",
}

_UNITS = ("bytes", "kB", "MB", "GB", "TB")

router = APIRouter(tags=["Sharing"], dependencies=[Depends(counted_address)])


@router.head("/c/{clip_id}", include_in_schema=False)
@router.get(
    "/c/{clip_id}",
    summary="A clip's page",
    response_class=HTMLResponse,
    responses={
        **documented(*OPEN),
        404: {"content": {"text/html": {}}, "description": "There is no such clip, or not any more."},
    },
)
async def get_page(clip_id: str, request: Request, here: Here) -> Response:
    """A page that plays a clip; until it expires, and without a key."""
    del request  # links on the page are relative, so that they work by whatever name it was reached
    try:
        clip = here.engine.library.get(clip_id)
    except InputError as error:
        if error.code is not ErrorCode.UNKNOWN_CLIP:
            raise
        return _answer("Not found", _GONE, 404)
    page = clip_page(clip, stream_url(clip, here.links, ""), download_url(clip, here.links, ""))
    return _answer(clip.name, page, 200)


_GONE = (
    '<div class="about"><div class="words"><h1>This clip is not here</h1>'
    "<p>It has expired or was deleted, or the link is not complete.</p></div></div>"
)


def clip_page(clip: Clip, stream: str, download: str) -> str:
    """What stands on a clip's page.

    Args:
        clip: the clip.
        stream: the link to play it.
        download: the link to keep it.
    """
    facts = [_length(clip.duration), str(clip.format).upper(), _size(clip.file_size)]
    lines = [f"<p>{escape(' · '.join(facts))}</p>"]
    if clip.source_title:
        lines.append(f"<p>From <bdi>{escape(clip.source_title)}</bdi></p>")
    if clip.expires is not None:
        until = datetime.fromtimestamp(int(clip.expires), UTC)
        lines.append(f'<p>Here until <time datetime="{until:%Y-%m-%dT%H:%MZ}">{until:%d %B %Y, %H:%M} UTC</time></p>')
    return (
        f'{_player(clip, escape(stream))}<div class="about"><div class="words"><h1 dir="auto">{escape(clip.name)}</h1>'
        f'{"".join(lines)}</div><a href="{escape(download)}">Download</a></div>'
    )


def _player(clip: Clip, link: str) -> str:
    if clip.format is OutputFormat.GIF:
        return f'<img src="{link}" alt="{escape(clip.name)}"{_shape(clip)}>'
    if clip.format.has_picture:
        return f'<video src="{link}" controls playsinline preload="metadata"{_shape(clip)}></video>'
    return f'<audio src="{link}" controls preload="metadata"></audio>'


def _shape(clip: Clip) -> str:
    """Keeps the place free that the picture will take."""
    return f' width="{clip.width}" height="{clip.height}"' if clip.width and clip.height else ""


def _length(seconds: Fraction) -> str:
    """To a tenth of a second: ``1:05.5``."""
    return format_timecode(Fraction(round(seconds * 10), 10)).rstrip("0").rstrip(".")


def _size(size: int) -> str:
    value, unit = float(size), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.0f} {_UNITS[unit]}" if unit == 0 or value >= 9.95 else f"{value:.1f} {_UNITS[unit]}"


def _answer(title: str, content: str, status: int) -> Response:
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)} – FastClip</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><main>{content}</main></body></html>"
    )
    # A title may hold half a character, which no page can.
    return HTMLResponse(page.encode(errors="replace"), status, _HEADERS)
