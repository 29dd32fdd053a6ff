"""Links that carry their own permission: whoever has one may fetch what it names until it expires."""

from __future__ import annotations

import hashlib
import hmac
import re
from urllib.parse import quote

from fastclip_desktop.engine.clock import Clock

LIFETIME = 3600
"""Seconds."""

_NUMBER = re.compile(r"[1-9][0-9]{0,11}", re.ASCII)


class SignedLinks:
    """Makes such links and knows its own again.

    The signature is an HMAC (RFC 2104) with SHA-256 of the path and the instant of expiry.

    Args:
        secret: what to sign with.
        clock: says what has expired.
    """

    def __init__(self, secret: bytes, clock: Clock) -> None:
        self._secret = secret
        self._clock = clock

    def sign(self, origin: str, path: str) -> str:
        """An absolute link.

        Args:
            origin: scheme, host and port.
            path: what it opens, not yet percent-encoded.
        """
        expires = str(int(self._clock.now()) + LIFETIME)
        return f"{origin}{quote(path)}?expires={expires}&signature={self._signature(path, expires)}"

    def opens(self, path: str, expires: str, signature: str) -> bool:
        """Whether a link with this path and query is one of ours and has not expired."""
        good = hmac.compare_digest(self._signature(path, expires).encode(), signature.encode(errors="replace"))
        return good and _NUMBER.fullmatch(expires) is not None and int(expires) > self._clock.now()

    def _signature(self, path: str, expires: str) -> str:
        text = f"{expires}\n{path}".encode(errors="surrogatepass")
        return hmac.new(self._secret, text, hashlib.sha256).hexdigest()
