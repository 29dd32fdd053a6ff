"""What shorts cost: credits, which lie on the ledger as money.

Under a policy whose credits cost nothing, nothing is counted in them either.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import Policy

_EACH_JOB = 5


@dataclass(frozen=True, slots=True)
class ShortsWork:
    """What is done for shorts, as far as it costs anything.

    Attributes:
        heard: seconds of the source whose words a model hears.
        rendered: seconds of all shorts together.
        captions: whether captions are painted.
        site_captions: whether the captions of the source's site are used.
        follows_faces: whether the frame follows faces.
    """

    heard: Fraction = Fraction(0)
    rendered: Fraction = Fraction(0)
    captions: bool = False
    site_captions: bool = False
    follows_faces: bool = False


def price_of(work: ShortsWork, policy: Policy) -> Money:
    """What work costs under a policy: started minutes are whole ones."""
    minutes = started_minutes(work.rendered)
    number = _EACH_JOB + started_minutes(work.heard) + minutes + work.captions + work.site_captions
    return policy.credit_price * (number + (minutes if work.follows_faces else 0))


def credits_in(amount: Money, policy: Policy) -> int:
    """How many credits an amount is; none where they cost nothing."""
    return amount.cents // policy.credit_price.cents if policy.credit_price.cents else 0


def started_minutes(duration: Fraction) -> int:
    """The number of started minutes; none of no time."""
    return -(-duration // 60)
