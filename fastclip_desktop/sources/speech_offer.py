"""Which of a site's downloads is enough to hear the words: decided on values alone."""

from __future__ import annotations

from collections.abc import Sequence

from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.sources.offers import Choice, Offer

_GOOD_ENOUGH = 32.0
"""kbit/s: recognition listens at 16 kHz in one channel, and hears no difference above this."""


def choose_for_speech(offers: Sequence[Offer], output: OutputSpec) -> Choice:  # noqa: ARG001 - as choose() is called
    """Pick the smallest sound that is good enough, in the language that was spoken; a picture only at the last.

    Sounds of an unknown rate come after the known ones, in the site's order from worst to best.
    """
    alone = [offer for offer in offers if offer.sound and not offer.picture]
    if not alone:
        with_picture = [offer for offer in offers if offer.sound]
        return Choice(None, min(with_picture, key=lambda offer: (offer.side or 10_000, offer.number), default=None))
    original = max(offer.language_rank for offer in alone)
    spoken = [offer for offer in alone if offer.language_rank == original]
    good = [offer for offer in spoken if offer.audio_rate >= _GOOD_ENOUGH]
    if good:
        return Choice(None, min(good, key=lambda offer: (offer.audio_rate, offer.number)))
    return Choice(None, max(spoken, key=lambda offer: (offer.audio_rate, -offer.number)))
