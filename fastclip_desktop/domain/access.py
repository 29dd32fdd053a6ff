"""On whose word, and with whose cookies, a source is opened."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

SLOWEST_RATE = 1024
"""Bytes a second; below that a fetch looks like one from a server that has fallen silent."""


class Trust(StrEnum):
    """Who gave a link, which decides where it may lead.

    A person at the window or the command line may name a server on their own machine or in their own network, or a
    file. A stranger, such as a program that uses the HTTP interface, gets the open internet alone.
    """

    PERSON = "person"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Access:
    """How a source may be opened; part of a request, so that every stage of it goes by the same rules.

    Attributes:
        trust: who gave the link.
        cookies: a file in Netscape's format, as browsers' extensions write it, to show to the sites that it names.
        browser: a browser of this machine whose cookies are shown instead: ``firefox`` or ``chrome:Profile 1``.
        most_a_second: bytes of media that may come in a second, over all connections together; 0 for no limit,
            else at least :data:`SLOWEST_RATE`.
        uploaded: the source is a file that a script sent us, so that no rule about where sources come from applies.
    """

    trust: Trust = Trust.PERSON
    cookies: Path | None = None
    browser: str = ""
    most_a_second: int = 0
    uploaded: bool = False


BY_A_PERSON = Access()
"""A person's own link, without cookies."""


def is_proxy_address(text: str) -> bool:
    """Whether a text may be the address of a person's proxy: ``http://host:port``, and no secret in it.

    A name and a password belong into the environment (``HTTPS_PROXY``), not into a file of settings.
    """
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not text.isprintable() or " " in text or parts.scheme not in ("http", "https") or not host:
        return False
    return not (parts.username or parts.password or parts.path.strip("/") or parts.query or parts.fragment)
