"""The word that a script has to bring to be given funds, kept so that nobody can read it."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata

LEAST, MOST = 8, 200
"""Characters of a password."""

_SALT_BYTES = 16
_WORK = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}
"""Of scrypt (RFC 7914): some 16 MB and 50 ms a try."""

_PROTECTED = re.compile(r"scrypt\$([0-9a-f]{32})\$([0-9a-f]{64})")


def protect(password: str) -> str:
    """A password as it is kept: ``scrypt$``, a salt of its own, ``$``, and what scrypt makes of both, in hex."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return f"scrypt${salt.hex()}${_digest(password, salt).hex()}"


def opens(password: str, protected: str) -> bool:
    """Whether it is the password that was protected; nothing opens what :func:`protect` has not made."""
    parts = _PROTECTED.fullmatch(protected)
    if parts is None or len(password) > MOST:
        return False
    salt, digest = (bytes.fromhex(part) for part in parts.groups())
    return hmac.compare_digest(_digest(password, salt), digest)


def _digest(password: str, salt: bytes) -> bytes:
    # The same letters may be typed in two ways, and a script may send halves of characters.
    text = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(text, salt=salt, **_WORK)
