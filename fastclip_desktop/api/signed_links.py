"""Links that carry their own permission: whoever has one may fetch what it names until it expires."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Sequence
from urllib.parse import quote

from fastclip_desktop.engine.clock import Clock

LIFETIME = 3600
"""Seconds."""

_NUMBER = re.compile(r"[1-9][0-9]{0,11}", re.ASCII)


class SignedLinks:
    """Makes such links and knows its own again.

    The signature is an HMAC (RFC 2104) with SHA-256 of the path, the instant of expiry, and whatever else the
    link promises.

    Args:
        secret: what to sign with.
        clock: says what has expired.
    """

    def __init__(self, secret: bytes, clock: Clock) -> None:
        self._secret = secret
        self._clock = clock

    def sign(self, origin: str, path: str, promised: Sequence[str] = (), lifetime: int = LIFETIME) -> str:
        """An absolute link.

        Args:
            origin: scheme, host and port.
            path: what it opens, not yet percent-encoded.
            promised: what else has to be as it is now when the link is used, such as a method or a size.
            lifetime: seconds.
        """
        expires = str(int(self._clock.now()) + lifetime)
        return f"{origin}{quote(path)}?expires={expires}&signature={self._signature(path, expires, promised)}"

    def expiry(self, lifetime: int = LIFETIME) -> int:
        """Seconds since 1970 at which a link that is made now expires."""
        return int(self._clock.now()) + lifetime

    def opens(self, path: str, expires: str, signature: str, promised: Sequence[str] = ()) -> bool:
        """Whether a link with this path, this query and these promises is one of ours and has not expired."""
        own = self._signature(path, expires, promised).encode()
        good = hmac.compare_digest(own, signature.encode(errors="replace"))
        return good and _NUMBER.fullmatch(expires) is not None and int(expires) > self._clock.now()

    def _signature(self, path: str, expires: str, promised: Sequence[str]) -> str:
        text = f"{expires}\n{path}" if not promised else json.dumps([expires, path, *promised])
        return hmac.new(self._secret, text.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()
