"""The keys of scripts: made, taken back, and known again at every request without a look at the disk."""

from __future__ import annotations

import dataclasses
import hmac
import logging
import shlex
import threading

from fastclip_desktop.domain.api_key import ApiKey, Scope
from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import LOCAL, Policy
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.keys import Keys, digest_of, new_key, use_is_news
from fastclip_desktop.store.webhooks import WebhookTable

_log = logging.getLogger(__name__)


class Keyring:
    """All keys.

    Args:
        database: holds them.
        clock: says when they expire.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._lock = threading.Lock()
        self._known: dict[bytes, ApiKey] | None = None
        """Those that were not revoked, by digest; ``None`` until somebody asks, or after a change."""

    def create(
        self,
        name: str,
        *,
        scope: Scope = Scope.ALL,
        budget: Money | None = None,
        expires: float | None = None,
        policy: Policy = LOCAL,
    ) -> tuple[ApiKey, str]:
        """Make a key; it, and its secret, which nobody can ever ask for again.

        Args:
            name: what a person calls it.
            scope: what it opens.
            budget: what it may spend in all.
            expires: seconds since 1970.
            policy: says how many keys may be live at once.

        Raises:
            UsageError: ``bad_usage`` for a name or a budget that makes no sense.
            Refused: ``keys_full``.
        """
        key = new_key(name, self._clock.now(), scope=scope, budget=budget, expires=expires)
        with self._database.transaction() as connection:
            secret = Keys(connection).make(key, policy.most_keys)
        self._forget_known()
        return key, secret

    def all(self) -> tuple[ApiKey, ...]:
        """Every key that there ever was, the newest first."""
        with self._database.reading() as connection:
            return Keys(connection).all()

    def revoke(self, key_id: str) -> ApiKey:
        """Take a key back for good; whoever shows it from now on is nobody.

        Raises:
            InputError: ``unknown_key``, also for one that was revoked before.
        """
        with self._database.transaction() as connection:
            keys = Keys(connection)
            revoked = keys.revoke(key_id, self._clock.now())
            if revoked:
                WebhookTable(connection).remove_all(key_id)  # whoever has its secret is told nothing more
            key = keys.get(key_id)
        self._forget_known()
        if not revoked or key is None:
            raise InputError(ErrorCode.UNKNOWN_KEY, f"There is no key {key_id[:40]!r}.", "See `fastclip keys list`.")
        return key

    def find(self, secret: str) -> ApiKey | None:
        """The key that a secret opens; ``None`` if it is none, was revoked or has expired.

        Its use is written down, once a minute at most. Nothing is read from the disk as long as no key changes.
        """
        digest = digest_of(secret)
        if digest is None:
            return None
        now = self._clock.latest()
        key = self._look_up(digest)
        if key is None or not key.is_live(now):
            return None
        if use_is_news(key, now):
            self._note_use(digest, key, now)
        return key

    def named(self, name: str) -> ApiKey:
        """The live key of a name or an id, for a person who need not show its secret on their own machine.

        Raises:
            InputError: ``unknown_key``: there is none, or several have this name.
        """
        now = self._clock.latest()
        live = [key for key in self.all() if key.is_live(now)]
        found = [key for key in live if key.id == name] or [key for key in live if key.name == name]
        if len(found) == 1:
            return found[0]
        raise InputError(
            ErrorCode.UNKNOWN_KEY,
            f"Several keys are called {name[:40]!r}." if found else f"No live key is called {name[:40]!r}.",
            "Give the id of one of them; see `fastclip keys list`."
            if found
            else f"Make it with `fastclip keys create {shlex.quote(name[:40])}`, or see `fastclip keys list`.",
        )

    def show(self, key_id: str) -> ApiKey:
        """The live key of an id, whose use is written down, once a minute at most.

        Raises:
            InputError: ``unknown_key``: it was revoked or has expired.
        """
        now = self._clock.latest()
        known = {key.id: (digest, key) for digest, key in self._by_digest().items()}
        digest, key = known.get(key_id, (b"", None))
        if key is None or not key.is_live(now):
            raise InputError(
                ErrorCode.UNKNOWN_KEY,
                "The key was revoked or has expired.",
                "Make another one: `fastclip keys create`.",
            )
        if use_is_news(key, now):
            self._note_use(digest, key, now)
        return key

    def _look_up(self, digest: bytes) -> ApiKey | None:
        # Every digest is looked at, each for as long as any other: how long it takes tells nothing of any of them.
        found = [key for known, key in self._by_digest().items() if hmac.compare_digest(known, digest)]
        return found[0] if found else None

    def _by_digest(self) -> dict[bytes, ApiKey]:
        """Those that were not revoked, as they are now."""
        with self._lock:
            if self._known is None:
                with self._database.reading() as connection:
                    self._known = Keys(connection).digests()
            return dict(self._known)

    def _note_use(self, digest: bytes, key: ApiKey, now: float) -> None:
        with self._lock:
            known = {} if self._known is None else self._known
            if digest not in known or not use_is_news(known[digest], now):
                return  # it was revoked in this moment, or somebody else was quicker
            known[digest] = dataclasses.replace(key, used=now)
        try:
            with self._database.transaction() as connection:
                Keys(connection).note_use(key.id, now)
        except FastClipError as error:  # a full disk keeps nobody out who has a key
            _log.warning("The use of a key could not be written down: %s", error)

    def _forget_known(self) -> None:
        with self._lock:
            self._known = None
