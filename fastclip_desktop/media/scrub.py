"""Exact pictures of a source for a hand that moves about in it, as soon as can be.

The file stays open at a few places at once, each with a decoder and the pictures that were decoded last. A step forward
decodes one picture, a step back mostly none, and who compares the two ends of a cut finds both where they were left.
While the hand rests, decoding can go ahead to where it may go next.

What nobody expected has to be decoded from the key frame before it, each picture after the other, on however many
cores there are: in a group of 250 that takes longest, and nothing but the pictures that no other leans on can be left
out if what is shown is to be exact.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.preview import Still
from fastclip_desktop.media.container import open_media, reading
from fastclip_desktop.media.easel import Easel
from fastclip_desktop.media.miniature import fitted_size
from fastclip_desktop.media.orientation import Orientation
from fastclip_desktop.media.partial_file import Fill
from fastclip_desktop.media.probe import probe_container
from fastclip_desktop.media.vantage import Vantage

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

_MOST_PLACES = 3
"""Where the hand is, where it was, and where it may go next."""


class Scrubber:
    """One file, open to be looked at anywhere; use it in ``with``.

    Args:
        path: a local file, or what is here of a remote one.
        fill: brings the bytes of a remote one as they are read.

    Raises:
        InputError: ``no_video``, ``unsupported_codec``, and what opening the file raises.
    """

    def __init__(self, path: Path, fill: Fill | None = None) -> None:
        with open_media(path, fill) as container, reading(path):
            info = probe_container(container, path)
        if info.picture is None:
            raise InputError(ErrorCode.NO_VIDEO, f"{path.name} has no picture.", "Choose a file that can be watched.")
        self._path = path
        self._fill = fill
        self._origin = info.origin
        self._picture = info.picture
        self._vantages = [Vantage(path, info.picture.index, fill)]  # the one that was used last comes last
        if self._vantages[0].codec == "unknown":
            self.close()
            raise InputError(
                ErrorCode.UNSUPPORTED_CODEC,
                f"{path.name} has a picture in a format that FastClip cannot decode.",
                "Convert it to H.264 first.",
            )
        self._base = self._vantages[0].base
        self._easel = Easel(Orientation(info.picture.rotation, info.picture.mirrored))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back."""
        for vantage in self._vantages:
            vantage.close()
        self._vantages.clear()

    def show(
        self, instant: Fraction, box: tuple[int, int], deliver: Callable[[Still], None], check: Callable[[], None]
    ) -> Still:
        """The picture that is on screen at an instant; before the first picture that one, after the last the last.

        Args:
            instant: seconds of the source.
            box: width and height in pixels that it fits into.
            deliver: gets the key frame before it, where decoding begins there.
            check: called for each picture that is decoded; stops the work by raising.

        Raises:
            InputError: ``damaged_media`` or ``encrypted_media`` where nothing can be decoded there.
        """
        size = fitted_size(self._picture, box)

        def still(frame: VideoFrame, following: int | None = None, *, is_exact: bool) -> Still:
            source = max(Fraction(0), (frame.pts or 0) * self._base - self._origin)
            until = None if following is None else following * self._base - self._origin
            return Still(instant, source, *size, self._easel.paint(frame, size), is_exact, until)

        with reading(self._path):
            wanted = self._wanted(instant)
            vantage = self._vantage_for(wanted, most=1)
            frame = vantage.look(wanted, lambda early: deliver(still(early, is_exact=False)), check)
            if frame is None:
                vantage.log.raise_for_nothing(self._path, "picture")
                raise InputError(
                    ErrorCode.DAMAGED_MEDIA,
                    f"No picture of {self._path.name} can be decoded there.",
                    "Go elsewhere, or get the file again.",
                )
            return still(frame, vantage.after(frame), is_exact=True)

    def prepare(self, instant: Fraction, check: Callable[[], None]) -> None:
        """Decode what :meth:`show` would show at an instant, so that it comes at once; nothing where that fails.

        Args:
            instant: seconds of the source.
            check: called for each picture that is decoded; stops the work by raising, and what was done is of use.
        """
        with reading(self._path):
            wanted = self._wanted(instant)
            current = self._vantages[-1]
            try:
                self._vantage_for(wanted, most=_MOST_PLACES).look(wanted, lambda _: None, check)
            finally:  # where the hand is stays the last that is given up
                self._vantages.remove(current)
                self._vantages.append(current)

    def has_at_hand(self, instant: Fraction) -> bool:
        """Whether :meth:`show` has the picture at an instant decoded, or nearly so."""
        wanted = self._wanted(instant)
        return any(vantage.reaches_soon(wanted) for vantage in self._vantages)

    def _wanted(self, instant: Fraction) -> int:
        return math.floor((instant + self._origin) / self._base)

    def _vantage_for(self, wanted: int, most: int) -> Vantage:
        """The place from which a picture is reached soonest, which becomes the one that was used last.

        Args:
            wanted: presentation time.
            most: places up to which another is opened, which takes a while.
        """
        fit = [vantage for vantage in self._vantages if vantage.goes_on_to(wanted)]
        vantage = min(reversed(fit), key=lambda vantage: vantage.way_to(wanted), default=None)
        if vantage is None and len(self._vantages) < most:
            vantage = Vantage(self._path, self._picture.index, self._fill)
            self._vantages.insert(0, vantage)
        vantage = vantage or self._vantages[0]
        self._vantages.remove(vantage)
        self._vantages.append(vantage)
        return vantage
