"""Cards, which here are names that a person gives to the funds of scripts."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ID = re.compile(r"card_[a-z0-9]{1,32}")
_LAST_4 = re.compile(r"[0-9]{4}")
_LONGEST_BRAND = 40


@dataclass(frozen=True, slots=True)
class Card:
    """A named source of funds with the fields of the hosted contract; nothing is ever charged to it.

    Attributes:
        id: ``card_`` and up to 32 characters of ``[a-z0-9]``.
        brand: a name of up to 40 printable characters.
        last4: four digits.
        exp_month: 1 to 12.
        exp_year: of four digits.

    Raises:
        ValueError: a field is otherwise.
    """

    id: str
    brand: str
    last4: str
    exp_month: int
    exp_year: int

    def __post_init__(self) -> None:
        if not (_ID.fullmatch(self.id) and _LAST_4.fullmatch(self.last4)):
            raise ValueError(f"{self.id!r} with the last digits {self.last4!r} is no card")
        if not (0 < len(self.brand) <= _LONGEST_BRAND and self.brand.isprintable()):
            raise ValueError(f"{self.brand!r} is no brand")
        if not (1 <= self.exp_month <= 12 and 1000 <= self.exp_year <= 9999):
            raise ValueError(f"no card expires in {self.exp_month}/{self.exp_year}")
