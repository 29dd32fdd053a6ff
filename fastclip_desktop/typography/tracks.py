"""Pictures of all that is written into a clip: one for each change, as small as the text, in files."""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from fastclip_desktop.domain.caption import Banner, Cue, OverlayPicture, OverlayTrack
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.short_look import CaptionStyle, Spoken
from fastclip_desktop.typography.moments import Shown, fades, looks
from fastclip_desktop.typography.painter import TextPainter
from fastclip_desktop.typography.png import png

MOST_PICTURES = 5000
"""Of a track: about 25 minutes of fast speech with a picture for every word. Longer clips get fewer changes."""


@dataclass(slots=True)
class TrackWriter:
    """Writes the pictures of tracks.

    Attributes:
        folder: gets them; exists.
        width: pixels of the frame.
        height: likewise.
        language: a BCP 47 tag of what is said; empty for not known.
        each: called before each picture; may raise to stop.
    """

    folder: Path
    width: int
    height: int
    language: str = ""
    each: Callable[[], None] = lambda: None
    _count: int = field(default=0, init=False)

    def captions(self, cues: Sequence[Cue], style: CaptionStyle) -> OverlayTrack | None:
        """The track of all cues; ``None`` where they say nothing.

        Raises:
            InputError: if a picture cannot be written.
        """
        cues = [cue for cue in cues if cue.text.strip()]
        area = QRect()
        for cue in cues:
            self.each()
            area = area.united(TextPainter.of_cue(cue, style, self.width, self.height, self.language).area)
        area = self._in_frame(area)
        if area.isEmpty():
            return None
        pictures: list[OverlayPicture] = []
        known: dict[tuple[str, Shown], Path] = {}
        spoken, moves = _affordable(cues, style.spoken)
        for number, cue in enumerate(cues):
            painter = TextPainter.of_cue(cue, style, self.width, self.height, self.language)
            for time, shown in looks(cue, spoken, moves=moves):
                key = ("\n".join("\x1f".join(word.text for word in line) for line in cue.lines), shown)
                if key not in known:
                    self.each()
                    known[key] = self._write(painter.paint(shown, area))
                pictures.append(OverlayPicture(known[key], time))
            following = cues[number + 1].span.start if number + 1 < len(cues) else None
            if following is None or following > cue.span.end:
                pictures.append(OverlayPicture(None, cue.span.end))
        return OverlayTrack(area.x(), area.y(), area.width(), area.height(), tuple(pictures))

    def banner(self, banner: Banner) -> OverlayTrack | None:
        """The track of a hook or a call to action; ``None`` where it says nothing.

        Raises:
            InputError: if a picture cannot be written.
        """
        if not banner.text.strip():
            return None
        painter = TextPainter.of_banner(banner, self.width, self.height, self.language)
        area = self._in_frame(painter.area)
        if area.isEmpty():
            return None
        pictures = []
        for time, opacity in fades(banner.span.start, banner.span.end):
            self.each()
            pictures.append(OverlayPicture(self._write(painter.paint(Shown(), area, opacity)), time))
        pictures.append(OverlayPicture(None, banner.span.end))
        return OverlayTrack(area.x(), area.y(), area.width(), area.height(), tuple(pictures))

    def _in_frame(self, area: QRect) -> QRect:
        """What of an area lies in the frame, at even places: most videos have half as many pixels of colour."""
        left, top = area.left() - area.left() % 2, area.top() - area.top() % 2
        right, bottom = area.right() + 1 + (area.right() + 1) % 2, area.bottom() + 1 + (area.bottom() + 1) % 2
        return QRect(left, top, right - left, bottom - top).intersected(QRect(0, 0, self.width, self.height))

    def _write(self, image: QImage) -> Path:
        self._count += 1
        path = self.folder / f"text-{self._count:05d}.png"
        try:
            path.write_bytes(png(image))
        except OSError as error:
            full = error.errno == errno.ENOSPC
            raise InputError(
                ErrorCode.DISK_FULL if full else ErrorCode.OUTPUT_NOT_WRITABLE,
                f"The captions cannot be written to {self.folder}: {error.strerror or error}.",
                "Free some space." if full else "Make the folder writable.",
            ) from error
        return path


def _affordable(cues: Sequence[Cue], spoken: Spoken) -> tuple[Spoken, bool]:
    """How words show that are being said so that there are not too many pictures, and whether they spring up."""
    words = sum(len(line) for cue in cues for line in cue.lines)
    if spoken is Spoken.PLAIN or words > MOST_PICTURES:
        return Spoken.PLAIN, False
    return spoken, words * 4 <= MOST_PICTURES
