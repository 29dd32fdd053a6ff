"""Prices and limits as one immutable value; two are built in.

The figures of ``HOSTED`` are the hosted service's published price card and limits; ``LOCAL`` is what a person's own
machine gives for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from fastclip_desktop.domain.money import Money

_DAY = 24 * 3600
_GIGABYTE = 1024**3


@dataclass(frozen=True, slots=True)
class Policy:
    """Every price and limit in force. ``None`` for a limit means there is none.

    Attributes:
        name: ``local`` or ``hosted``.
        clip_price: a clip by times.
        auto_price_per_hour: clips by words, for each started hour of source.
        extra_segment_price: clips by words, for each clip after the first.
        analyze_price_per_hour: moments without clips, for each started hour of source.
        max_clip: seconds.
        max_gif: seconds.
        max_source: seconds.
        max_query_length: characters.
        max_name_length: characters.
        source_hosts: the only hosts that sources may come from.
        requests_a_minute: by one key.
        jobs_an_hour: by all keys together.
        reloads_an_hour: likewise.
        clip_lifetime: seconds that a clip made for a script is kept unless it is pinned.
        pinned_storage: bytes that pinned clips may take; where ``None``, what the disk has free but for
            ``disk_reserve``.
        disk_reserve: bytes of the disk that clips leave free.
        most_keys: that are neither revoked nor expired.
        transcript_price: the words of a source.
        credit_price: what a credit comes to on the ledger; shorts are paid for in these.
        max_hint_length: characters of what is said about how shorts are to be chosen.
    """

    name: str
    clip_price: Money
    auto_price_per_hour: Money
    extra_segment_price: Money
    analyze_price_per_hour: Money
    max_clip: Fraction | None
    max_gif: Fraction | None
    max_source: Fraction | None
    max_query_length: int
    max_name_length: int
    source_hosts: frozenset[str] | None
    requests_a_minute: int
    jobs_an_hour: int | None
    reloads_an_hour: int
    clip_lifetime: int
    pinned_storage: int | None
    disk_reserve: int
    most_keys: int
    transcript_price: Money = Money(0)
    credit_price: Money = Money(0)
    max_hint_length: int = 600

    @property
    def for_shorts(self) -> Policy:
        """The same for the contract of the AI clipping service, which takes sources from anywhere."""
        return replace(self, source_hosts=None)

    def auto_price(self, source_duration: Fraction, clips: int) -> Money:
        """The price of an auto job that yields ``clips`` clips."""
        return self.auto_price_per_hour * started_hours(source_duration) + self.extra_segment_price * max(0, clips - 1)

    def analyze_price(self, source_duration: Fraction) -> Money:
        """The price of finding moments without clipping them."""
        return self.analyze_price_per_hour * started_hours(source_duration)


def started_hours(duration: Fraction) -> int:
    """The number of started hours, at least 1."""
    return max(1, -(-duration // 3600))


LOCAL = Policy(
    name="local",
    clip_price=Money(0),
    auto_price_per_hour=Money(0),
    extra_segment_price=Money(0),
    analyze_price_per_hour=Money(0),
    max_clip=None,
    max_gif=Fraction(60),
    max_source=None,
    max_query_length=500,
    max_name_length=200,
    source_hosts=None,
    requests_a_minute=600,
    jobs_an_hour=None,
    reloads_an_hour=10,
    clip_lifetime=_DAY,
    pinned_storage=None,
    disk_reserve=5 * _GIGABYTE,
    most_keys=10,
)

HOSTED = Policy(
    name="hosted",
    clip_price=Money(10),
    auto_price_per_hour=Money(20),
    extra_segment_price=Money(10),
    analyze_price_per_hour=Money(10),
    max_clip=Fraction(600),
    max_gif=Fraction(30),
    max_source=Fraction(3 * 3600),
    max_query_length=500,
    max_name_length=200,
    source_hosts=frozenset({"youtube.com", "youtu.be", "youtube-nocookie.com"}),
    requests_a_minute=60,
    jobs_an_hour=20,
    reloads_an_hour=10,
    clip_lifetime=_DAY,
    pinned_storage=_GIGABYTE,
    disk_reserve=0,
    most_keys=10,
    transcript_price=Money(2),
    credit_price=Money(1),
)
