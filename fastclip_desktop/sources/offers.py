"""Which of a site's downloads an output needs: decided on values alone, nothing is fetched here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastclip_desktop.domain.timeline import OutputSpec

_ENOUGH_OF_THE_BEST = 0.6
"""AAC at this share of the best sound's bit rate is as good to the ear as what beats it by a newer codec."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One download that a site offers, in the site's own order of quality.

    Attributes:
        number: its place in that order; higher is better.
        side: the short side of the picture in pixels, 0 where unknown or without a picture.
        picture: whether it has, or may have, a picture.
        sound: whether it has, or may have, sound.
        video_codec: empty where absent or unknown.
        audio_codec: likewise.
        audio_rate: kbit/s of the sound, 0 where unknown.
        language_rank: what the site says about the sound's language; the original is highest.
        in_pieces: it comes as a playlist of pieces rather than as one file.
    """

    number: int
    side: int
    picture: bool
    sound: bool
    video_codec: str = ""
    audio_codec: str = ""
    audio_rate: float = 0
    language_rank: int = -1
    in_pieces: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What to download; the same offer twice is downloaded once."""

    picture: Offer | None
    sound: Offer | None


def choose(offers: Sequence[Offer], output: OutputSpec) -> Choice:
    """Pick the downloads for an output.

    The picture is the tallest at or below ``output.max_height``, or the smallest above where there is none; one of
    unknown size counts only where no size is known. At equal size H.264 and AAC win, as they need no second encoding;
    then one file wins over two. Sound alone is preferred for an output without a picture, and beside a picture it is
    taken from the smallest download that has it.
    """
    picture = _choose_picture(offers, output) if output.format.has_picture else None
    if not output.format.has_sound:
        return Choice(picture, None)
    if picture is not None and picture.sound:
        return Choice(picture, picture)
    return Choice(picture, _choose_sound(offers))


def _choose_picture(offers: Sequence[Offer], output: OutputSpec) -> Offer | None:
    pictures = [offer for offer in offers if offer.picture]
    if not pictures:
        return None
    sides = {offer.side for offer in pictures if offer.side}
    within = [side for side in sides if output.max_height is None or side <= output.max_height]
    side = max(within) if within else min(sides, default=0)
    alike = [offer for offer in pictures if offer.side == side]
    return max(alike, key=lambda offer: (_spares_encode(offer), offer.sound == output.format.has_sound, offer.number))


def _choose_sound(offers: Sequence[Offer]) -> Offer | None:
    alone = [offer for offer in offers if offer.sound and not offer.picture]
    if not alone:
        with_picture = [offer for offer in offers if offer.sound]
        return min(with_picture, key=lambda offer: (offer.side or 10_000, offer.number), default=None)
    original = max(offer.language_rank for offer in alone)
    right_language = [offer for offer in alone if offer.language_rank == original]
    best = max(right_language, key=lambda offer: offer.number)
    aac = [offer for offer in right_language if offer.audio_codec.startswith(("mp4a", "aac"))]
    good_aac = [
        offer for offer in aac if not offer.audio_rate or offer.audio_rate >= _ENOUGH_OF_THE_BEST * best.audio_rate
    ]
    return max(good_aac, key=lambda offer: offer.number, default=best)


def _spares_encode(offer: Offer) -> bool:
    return offer.video_codec.startswith(("avc", "h264"))
