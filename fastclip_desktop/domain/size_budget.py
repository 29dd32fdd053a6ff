"""How few bits a clip can be made of, and how they are best spent: on sound, and on as many pixels as they bear.

Sizes are in bytes, rates in bits a second, and a clip's shape is that of what a person sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

LEAST_BITS_A_PIXEL = Fraction(35, 1000)
"""Below this, x264 shows blocks where there was a picture, and fewer pixels look better than worse ones.

Half of the 0.07 bits that Kush Amerasinghe ("H.264 for the rest of us", Adobe, 2010) gives each pixel of a picture with
little motion; he meant a good picture, of an encoder of that time.
"""

SHORT_SIDES = (2160, 1440, 1080, 720, 540, 480, 360, 288, 240, 192, 144)
"""What a picture that has to become smaller is made into."""

SOUND_RATES = (192_000, 160_000, 128_000, 112_000, 96_000, 80_000, 64_000, 56_000, 48_000, 40_000, 32_000)
"""All of them are rates of MPEG-1 and of MPEG-2 layer III (ISO/IEC 11172-3, 2.4.2.3), other than 192,000, which LAME
lowers by itself where it has to."""

MOST_OF_ONE_CHANNEL = 56_000
"""At and below this rate MP3 is better off with one channel."""

_SOUND_SHARE = Fraction(1, 5)
_MARGIN = Fraction(99, 100)
_WELL_FILLED = Fraction(6, 10)
_HEAD = 4096
_BYTES_A_FRAME = 16
_BYTES_A_PACKET = 12
_SOUND_PACKETS_A_SECOND = 50
"""What a file needs besides pictures and sounds: in mp4 a size (4 bytes), a decode and a presentation time (16) and a
place (4 or 8) for each, most of them shared by several (ISO/IEC 14496-12, 8.6 and 8.7); WebM needs less."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What is to be put into a file.

    Attributes:
        duration: seconds.
        width: display pixels, 0 for nothing to see.
        height: likewise.
        frame_rate: pictures a second.
        sound_tracks: how many.
    """

    duration: Fraction
    width: int = 0
    height: int = 0
    frame_rate: Fraction = Fraction(30)
    sound_tracks: int = 1

    @property
    def short_side(self) -> int:
        """Display pixels."""
        return min(self.width, self.height)

    def pixels(self, short_side: int) -> Fraction:
        """Pixels a second of a picture with this short side."""
        return Fraction(short_side, max(1, self.short_side)) ** 2 * self.width * self.height * self.frame_rate

    @property
    def overhead(self) -> Fraction:
        """Bytes of the file that are neither picture nor sound."""
        frames = self.frame_rate * self.duration if self.width else Fraction(0)
        packets = self.sound_tracks * _SOUND_PACKETS_A_SECOND * self.duration
        return _HEAD + frames * _BYTES_A_FRAME + packets * _BYTES_A_PACKET


@dataclass(frozen=True, slots=True)
class Budget:
    """How a file's bits are spent.

    Attributes:
        picture: bits a second of the picture.
        sound: bits a second of each sound track.
        short_side: display pixels of the picture, never more than it has.
    """

    picture: int
    sound: int
    short_side: int


def plan_budget(max_bytes: int, looks: Looks) -> Budget | None:
    """The best picture and sound within a size, of any source; ``None`` where there is too little for either."""
    bits = _rate_within(max_bytes, looks)
    if not looks.width:
        sound = _sound_rate(bits, looks.sound_tracks)
        return Budget(0, sound, 0) if looks.sound_tracks and sound * looks.sound_tracks <= bits else None
    for sound in (_sound_rate(bits * _SOUND_SHARE, looks.sound_tracks), SOUND_RATES[-1]):
        left = bits - sound * looks.sound_tracks
        side = next((side for side in _sides(looks) if left >= LEAST_BITS_A_PIXEL * looks.pixels(side)), None)
        if side is not None:
            return Budget(int(left), sound, side)
    return None


def richer_budget(max_bytes: int, looks: Looks, spent: Budget, size: int) -> Budget | None:
    """What a clip can be made of that came out much smaller than it may be, as slides and talking heads do.

    Args:
        max_bytes: its limit.
        looks: what was put into it.
        spent: of what it was made.
        size: how large it became.

    Returns:
        ``None`` where it would hardly become any better.
    """
    if size > max_bytes * _WELL_FILLED or not looks.width:
        return None
    bits = _rate_within(max_bytes, looks)
    used = max(Fraction(0), (size - looks.overhead) * 8 / looks.duration - spent.sound * looks.sound_tracks)
    for side in _sides(looks):
        # Fewer bits are needed for each pixel of a larger picture, so this is more than enough.
        needed = used * Fraction(side, spent.short_side) ** 2
        sound = _sound_rate((bits - needed) * _WELL_FILLED, looks.sound_tracks)
        if side >= spent.short_side and needed + sound * looks.sound_tracks <= bits:
            better = side > spent.short_side or spent.sound < SOUND_RATES[4] <= sound
            return Budget(int(bits - sound * looks.sound_tracks), sound, side) if better else None
    return None


def least_bytes(looks: Looks) -> int:
    """The size below which nothing worth seeing or hearing is left."""
    side = min(looks.short_side, SHORT_SIDES[-1])
    picture = LEAST_BITS_A_PIXEL * looks.pixels(side) if looks.width else Fraction(0)
    sound = SOUND_RATES[-1] * looks.sound_tracks
    return int(((picture + sound) * looks.duration / 8 + looks.overhead) / _MARGIN) + 1


def _rate_within(max_bytes: int, looks: Looks) -> Fraction:
    """Bits a second of all tracks together."""
    return (max_bytes * _MARGIN - looks.overhead) * 8 / looks.duration


def _sides(looks: Looks) -> tuple[int, ...]:
    return (looks.short_side, *(side for side in SHORT_SIDES if side < looks.short_side))


def _sound_rate(bits: Fraction, tracks: int) -> int:
    each = bits / max(1, tracks)
    return next((rate for rate in SOUND_RATES if rate <= each), SOUND_RATES[-1])
