"""Links that carry their own permission."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from fastclip_desktop.api.signed_links import LIFETIME, SignedLinks
from tests.unit.engine.small_jobs import SetClock

PUT = ("PUT", "user_a/ai-clipping-api/sources/b-c.mp4", "video/mp4", "5")


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def links(clock: SetClock) -> SignedLinks:
    return SignedLinks(b"secret", clock)


def opens(links: SignedLinks, link: str, promised: tuple[str, ...] = (), path: str = "") -> bool:
    parts = urlsplit(link)
    query = parse_qs(parts.query)
    return links.opens(path or unquote(parts.path), query["expires"][0], query["signature"][0], promised)


def test_a_link_opens_what_it_was_made_for_until_it_expires(links: SignedLinks, clock: SetClock) -> None:
    link = links.sign("http://here", "/download/a/ä b.mp4")
    assert opens(links, link)
    assert not opens(links, link, path="/download/b/ä b.mp4")
    assert links.expiry() == int(clock.now()) + LIFETIME
    clock.let_pass(LIFETIME)
    assert not opens(links, link)


def test_a_link_holds_only_while_all_that_it_promises_is_so(links: SignedLinks, clock: SetClock) -> None:
    link = links.sign("http://here", "/upload/b", PUT, 900)
    assert opens(links, link, PUT)
    for place, other in enumerate(("GET", "user_b/ai-clipping-api/sources/b-c.mp4", "video/webm", "6")):
        changed = tuple(other if each == place else value for each, value in enumerate(PUT))
        assert not opens(links, link, changed)
    assert not opens(links, link)
    assert not opens(links, links.sign("http://here", "/upload/b"), PUT)
    clock.let_pass(899)
    assert opens(links, link, PUT)
    clock.let_pass(1)
    assert not opens(links, link, PUT)


def test_what_is_promised_cannot_be_shifted_into_the_path(links: SignedLinks) -> None:
    link = links.sign("http://here", "/upload/b", ("PUT", "a"))
    assert not opens(links, link, ("a",), path='/upload/b", "PUT')
    assert not opens(links, link, ("PUTa",))
