"""Small media whose every frame carries its own number and whose every sample can be placed exactly.

Write with :func:`make_media`, read back with :func:`read_frame_numbers` and :func:`read_sound_shift`::

    source = make_media(tmp_path / "a.mp4", VideoSpec(frames=90), audio=(AudioSpec(),))
    numbers = [frame.number for frame in read_frame_numbers(clip)]
    shift = read_sound_shift(clip, source, expected=Fraction(1))

Frame ``n`` of the first spec is presented at ``start + n / rate``, or at ``start + pts[n]`` where ``pts`` is given.
"""

from tests.media_factory.barcode import UnreadableFrameError, paint_frame, read_number
from tests.media_factory.reader import FrameRead, UnplacedSoundError, read_frame_numbers, read_sound, read_sound_shift
from tests.media_factory.specs import AudioSpec, SubtitleSpec, VideoSpec
from tests.media_factory.writer import make_media

__all__ = [
    "AudioSpec",
    "FrameRead",
    "SubtitleSpec",
    "UnplacedSoundError",
    "UnreadableFrameError",
    "VideoSpec",
    "make_media",
    "paint_frame",
    "read_frame_numbers",
    "read_number",
    "read_sound",
    "read_sound_shift",
]
