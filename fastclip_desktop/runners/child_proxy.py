"""The proxy that a child's libraries go through: yt-dlp and the hub's client read it from the environment alone."""

from __future__ import annotations

from collections.abc import MutableMapping

_NAMES = tuple(name for each in ("http_proxy", "https_proxy", "all_proxy") for name in (each, each.upper()))
_AROUND = ("no_proxy", "NO_PROXY")

_HERE = "localhost,127.0.0.1,::1"
"""What lies on this machine is reached without a proxy: it would look for it on its own."""


class ProxyOfChild:
    """Puts one person's choice over what the environment said when the child began, and takes it away again.

    Args:
        environment: is written to.
    """

    def __init__(self, environment: MutableMapping[str, str]) -> None:
        self._environment = environment
        self._own = {name: environment[name] for name in (*_NAMES, *_AROUND) if name in environment}

    def use(self, proxy: str) -> None:
        """Go through a proxy, ``http://host:port``; through those of the environment where this is empty."""
        chosen = dict(self._own)
        if proxy:
            around = ",".join(filter(None, (self._own.get("no_proxy") or self._own.get("NO_PROXY"), _HERE)))
            chosen = dict.fromkeys(_NAMES, proxy) | dict.fromkeys(_AROUND, around)
        for name in (*_NAMES, *_AROUND):
            if name in chosen:
                self._environment[name] = chosen[name]
            else:
                self._environment.pop(name, None)
