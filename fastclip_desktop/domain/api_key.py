"""What a script shows to be let in, as far as anybody may know it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fastclip_desktop.domain.money import Money


class Scope(StrEnum):
    """What a key opens."""

    ALL = "all"
    """Everything, the library and the balance too."""

    CLIPS = "clips"
    """To make clips, by times and by words, and to ask for the jobs that do."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key without its secret, which is shown once and kept nowhere.

    Attributes:
        id: sixteen characters of ``[a-z0-9]``.
        name: what a person calls it.
        scope: what it opens.
        budget: what it may spend in all; ``None`` for as much as there is.
        created: seconds since 1970.
        expires: likewise; ``None`` for never.
        revoked: when a person took it back; ``None`` if nobody has.
        used: when it was last seen, give or take a minute; ``None`` if never.
    """

    id: str
    name: str
    scope: Scope = Scope.ALL
    budget: Money | None = None
    created: float = 0.0
    expires: float | None = None
    revoked: float | None = None
    used: float | None = None

    def is_live(self, now: float) -> bool:
        """Whether it opens anything at an instant in seconds since 1970."""
        return self.revoked is None and (self.expires is None or now < self.expires)
