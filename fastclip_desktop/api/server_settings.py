"""What the HTTP interface goes by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from fastclip_desktop.domain.access import Access, Trust
from fastclip_desktop.domain.card import Card
from fastclip_desktop.domain.policy import LOCAL, Policy
from fastclip_desktop.settings.preferences import Preferences


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What the HTTP interface goes by.

    Attributes:
        policy: the prices and limits in force.
        allow_local_sources: requests may name paths and addresses of this machine and its network.
        reload_needs_approval: a person has to agree before a script's reload counts.
        lan_address: an address of this machine by which others reach it besides; empty for none.
        cards: the sources of funds that a person has named.
        reload_allowed: scripts may ask for funds at all.
        spending_password: what they have to bring then, as
            :func:`~fastclip_desktop.settings.spending_password.protect` keeps it; empty for nothing.
    """

    policy: Policy = LOCAL
    allow_local_sources: bool = False
    reload_needs_approval: bool = True
    lan_address: str = ""
    cards: tuple[Card, ...] = ()
    reload_allowed: bool = True
    spending_password: str = ""

    @classmethod
    def of(cls, preferences: Preferences) -> Self:
        """As a person chose."""
        return cls(
            policy=preferences.policy,
            allow_local_sources=preferences.allow_local_sources,
            reload_needs_approval=preferences.reload_needs_approval,
            lan_address=preferences.lan_address,
            cards=preferences.cards,
            reload_allowed=preferences.reload_allowed,
            spending_password=preferences.spending_password,
        )

    @property
    def access(self) -> Access:
        """How the sources that requests name are opened."""
        return Access(Trust.PERSON if self.allow_local_sources else Trust.STRANGER)

    @property
    def hosts(self) -> frozenset[str]:
        """What a request may call this machine, as it stands in a ``Host`` header before the port."""
        own = {"127.0.0.1", "localhost", "[::1]"}
        if self.lan_address:
            own.add(f"[{self.lan_address}]" if ":" in self.lan_address else self.lan_address)
        return frozenset(own)
