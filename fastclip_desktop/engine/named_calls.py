"""The same call twice is one call: what a script's own name for a call led to, within the commit that it led to."""

from __future__ import annotations

from dataclasses import dataclass

from fastclip_desktop.store.idempotency import CallName, EarlierCall, Idempotency

KEPT = 24 * 3600.0
"""Seconds that a name is remembered."""


@dataclass(frozen=True, slots=True)
class NamedCall:
    """A call that its caller may make again without it being done again.

    Attributes:
        key: the id of the key that the caller showed.
        name: what the caller calls it.
        route: where it went.
        body: all that was asked.
    """

    key: str
    name: str
    route: str
    body: bytes

    def recall(self, calls: Idempotency, now: float) -> EarlierCall | None:
        """What came of it when it was made before; ``None`` the first time, which is written down.

        Args:
            calls: of the transaction that does what is asked.
            now: seconds since 1970.

        Raises:
            Refused: ``key_reused``: it asked for something else then.
        """
        calls.forget(now - KEPT)
        return calls.remember(self._title, self.body, now)

    def keep(self, calls: Idempotency, answer: str, job: str | None = None) -> None:
        """Write down what came of it."""
        calls.answer(self._title, answer, job)

    @property
    def _title(self) -> CallName:
        return CallName(self.key, self.name, self.route)
