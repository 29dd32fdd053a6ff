"""Which of a site's downloads a player can play as it comes: decided on values alone."""

from __future__ import annotations

from collections.abc import Sequence

from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.sources.offers import Choice, Offer, choose

_TALL_ENOUGH = 1080
"""Pixels of the short side; more is not seen in a window, and takes longer to come and to decode."""


def choose_for_playing(offers: Sequence[Offer], output: OutputSpec) -> Choice:
    """Pick one file with picture and sound, or with the only one of the two that there is.

    If a clip would be cut from such a file of a fit size it is that one, so that nothing is fetched twice. Where the
    site has picture and sound apart, or all of it in pieces, what a clip would be cut from.
    """
    best = choose(offers, output)
    files = [offer for offer in offers if not offer.in_pieces]
    has_picture, has_sound = any(offer.picture for offer in offers), any(offer.sound for offer in offers)
    playable = [offer for offer in files if offer.picture == has_picture and offer.sound == has_sound]
    cut_from = best.picture or best.sound
    if not playable or cut_from is None:
        return best
    one = cut_from if cut_from in playable and cut_from.side <= _TALL_ENOUGH else max(playable, key=_worth)
    return Choice(one if one.picture else None, one if one.sound else None)


def _worth(offer: Offer) -> tuple[bool, bool, int, int]:
    fits = offer.side <= _TALL_ENOUGH
    return fits, offer.video_codec.startswith(("avc", "h264")), offer.side if fits else -offer.side, offer.number
