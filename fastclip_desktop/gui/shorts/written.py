"""What is written into a short, at an instant of its source, by the painter of the files."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QImage, QPainter

from fastclip_desktop.domain.caption import Banner, CaptionStyle, Cue
from fastclip_desktop.domain.short import ShortsWish
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Transcript, Word
from fastclip_desktop.editing.captions import captions
from fastclip_desktop.editing.short_plan import banners
from fastclip_desktop.gui.source_words import SourceWords
from fastclip_desktop.typography.painter import TextPicture, paint, paint_banner

_AROUND = Fraction(12)
"""Seconds before and after an instant whose words are set in lines, where no clip says from where to where."""

_LINGERS = Fraction(1)
"""Seconds for which the nearest cue stands in for one: a style is easier to judge where something is said."""


class Written(QObject):
    """The captions, hook and call to action of the source that is open."""

    def __init__(self, words: SourceWords, parent: QObject) -> None:
        super().__init__(parent)
        self._words = words
        self._known: tuple[Transcript, CaptionStyle, TimeRange] | None = None
        self._cues: tuple[Cue, ...] = ()

    def at(self, instant: Fraction, size: QSize, wish: ShortsWish, span: TimeRange | None) -> QImage | None:
        """A picture with transparency, as large as the frame; ``None`` where nothing is written.

        Args:
            instant: seconds of the source.
            size: pixels of the frame.
            wish: the style, the hook and the call to action.
            span: the clip that the instant lies in, if it lies in one.
        """
        language = self._words.transcript.language if self._words.transcript is not None else ""
        pictures = [self._caption(instant, size, wish.look.captions, span, language)]
        if span is not None:
            at = instant - span.start
            pictures += [
                paint_banner(banner, at, size.width(), size.height(), language=language)
                for banner in self._banners(wish, span)
            ]
        made = [picture for picture in pictures if picture is not None]
        return _together(made, size) if made else None

    def _banners(self, wish: ShortsWish, span: TimeRange) -> tuple[Banner, ...]:
        hook = wish.hook or (self.tr("A hook is written here") if wish.adds_hooks else "")
        call = wish.call_to_action or (self.tr("Follow for more") if wish.adds_calls else "")
        return banners(hook, call, span.duration, wish.look)

    def _caption(
        self, instant: Fraction, size: QSize, style: CaptionStyle | None, span: TimeRange | None, language: str
    ) -> TextPicture | None:
        if style is None:
            return None
        transcript = self._words.transcript
        if transcript is None or not transcript.segments:
            return paint(self._sample(), style, Fraction(1, 2), size.width(), size.height(), language=language)
        heard = span or TimeRange(max(Fraction(0), instant - _AROUND), instant + _AROUND)
        known = self._known
        if known is None or known[0] is not transcript or known[1] != style or not _covers(known[2], heard, instant):
            self._known = (transcript, style, heard)
            self._cues = captions(transcript, (heard,), style)
        at = instant - self._known[2].start if self._known is not None else Fraction(0)
        cue = next((cue for cue in self._cues if cue.span.start - _LINGERS <= at < cue.span.end + _LINGERS), None)
        if cue is None:
            return None
        shown = min(max(at, cue.span.start), cue.span.end - Fraction(1, 1000))
        return paint(cue, style, shown, size.width(), size.height(), language=language)

    def _sample(self) -> Cue:
        """Words to look at where nothing is known of what is said."""
        texts = self.tr("Your captions look like this").split()
        words = [Word(text, TimeRange(Fraction(n, 4), Fraction(n + 1, 4))) for n, text in enumerate(texts)]
        half = (len(words) + 1) // 2
        lines = tuple(tuple(line) for line in (words[:half], words[half:]) if line)
        return Cue(TimeRange(Fraction(0), Fraction(len(words), 4)), lines)


def _covers(known: TimeRange, wanted: TimeRange, instant: Fraction) -> bool:
    """Whether the lines of a span will do for another one."""
    return known == wanted or (
        wanted.duration == 2 * _AROUND and known.start + _AROUND / 2 <= instant <= known.end - _AROUND / 2
    )


def _together(pictures: list[TextPicture], size: QSize) -> QImage:
    made = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(0)
    painter = QPainter(made)
    for picture in pictures:
        painter.drawImage(picture.x, picture.y, picture.image)
    painter.end()
    return made
