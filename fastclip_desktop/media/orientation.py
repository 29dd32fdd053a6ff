"""How a picture has to be turned before a person looks at it."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from av.sidedata.sidedata import Type as SideDataType

if TYPE_CHECKING:
    from av.sidedata.sidedata import SideDataContainer
    from av.video.frame import VideoFrame


@dataclass(frozen=True, slots=True)
class Orientation:
    """A turn by right angles.

    Attributes:
        rotation: degrees clockwise: 0, 90, 180 or 270.
        mirrored: left and right change places before the turn.
    """

    rotation: int = 0
    mirrored: bool = False

    @property
    def swaps_sides(self) -> bool:
        """Whether width becomes height."""
        return self.rotation in (90, 270)

    @property
    def filters(self) -> tuple[tuple[str, dict[str, str]], ...]:
        """FFmpeg's filters, name and options, that carry out the turn."""
        return _FILTERS[self.rotation, self.mirrored]


UPRIGHT = Orientation()

_HORIZONTAL: tuple[str, dict[str, str]] = ("hflip", {})
_VERTICAL: tuple[str, dict[str, str]] = ("vflip", {})
_FILTERS: dict[tuple[int, bool], tuple[tuple[str, dict[str, str]], ...]] = {
    (0, False): (),
    (90, False): (("transpose", {"dir": "clock"}),),
    (180, False): (_HORIZONTAL, _VERTICAL),
    (270, False): (("transpose", {"dir": "cclock"}),),
    (0, True): (_HORIZONTAL,),
    (90, True): (("transpose", {"dir": "clock_flip"}),),
    (180, True): (_VERTICAL,),
    (270, True): (("transpose", {"dir": "cclock_flip"}),),
}


def orientation_of(frame: VideoFrame) -> Orientation:
    """Read the display matrix that came with a decoded picture; without one it stands upright."""
    try:
        attached = cast("SideDataContainer", frame.side_data)  # PyAV's stub knows motion vectors only
        return orientation_from_matrix(bytes(attached[SideDataType.DISPLAYMATRIX]))
    except KeyError:
        return UPRIGHT
    except ValueError:
        # PyAV knows only the kinds of side data that it was written for, and 3D video brings newer ones. The angle
        # alone can still be had.
        return Orientation(round(-frame.rotation / 90) * 90 % 360)


def orientation_from_matrix(matrix: bytes) -> Orientation:
    """The turn nearest to a display matrix: nine native int32 in 16.16 fixed point (libavutil/display.h).

    A point goes from (x, y), y pointing down, to (a x + c y, b x + d y); a, b are the first row and c, d the second.
    """
    if len(matrix) < 36:
        return UPRIGHT
    a, b, _, c, d, *_ = struct.unpack("=9i", matrix[:36])
    mirrored = a * d - b * c < 0
    if abs(a) + abs(d) >= abs(b) + abs(c):
        return Orientation(180 if d < 0 else 0, mirrored)
    return Orientation(90 if c < 0 else 270, mirrored)
