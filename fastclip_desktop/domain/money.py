"""Money in integer cents."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in whole cents; may be negative only in a ledger entry."""

    cents: int = 0

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + other.cents)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - other.cents)

    def __mul__(self, count: int) -> Money:
        return Money(self.cents * count)

    def to_dollars(self) -> float:
        """The amount as the JSON number that the hosted contract uses."""
        return self.cents / 100

    def __str__(self) -> str:
        return f"${self.cents / 100:.2f}"
