"""Where models come from, and how far one has come."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

HUB = "https://huggingface.co"
"""Where models are published."""


def is_hub_address(text: str) -> bool:
    """Whether a text may be the address of a hub: nobody on the way can pose as it, or it is on this machine."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if parts.query or parts.fragment or parts.username or parts.password or not host or not text.isprintable():
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in ("127.0.0.1", "::1", "localhost"))


@dataclass(frozen=True, slots=True)
class ModelProgress:
    """How far the bringing of a model is.

    Attributes:
        done: bytes that are here.
        total: bytes in all.
        seconds_left: at the pace of the last seconds; ``None`` where that is not known.
    """

    done: int
    total: int
    seconds_left: float | None = None
