"""What is written into a short, at an instant of its source, by the painter of the files."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QImage, QPainter

from fastclip_desktop.domain.caption import Banner, Cue
from fastclip_desktop.domain.short_look import CaptionStyle, ShortsWish
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Transcript, Word
from fastclip_desktop.editing.captions import captions
from fastclip_desktop.editing.short_plan import banners
from fastclip_desktop.gui.source_words import SourceWords
from fastclip_desktop.typography.painter import TextPicture, paint, paint_banner

_AROUND = Fraction(12)
"""Seconds before and after an instant whose words are set in lines, where no clip says from where to where."""

_LONGEST = Fraction(120)
"""Seconds of a clip whose words are all set in lines; those of a longer one take too long for a picture at once."""

_LINGERS = Fraction(1)
"""Seconds for which the nearest cue stands in for one: a style is easier to judge where something is said."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What was set in lines last.

    Attributes:
        transcript: whose words.
        form: characters of a line and lines of a cue, at most.
        heard: seconds of the source.
        is_clip: whether those are a clip's.
    """

    transcript: Transcript
    form: tuple[int, int]
    heard: TimeRange
    is_clip: bool

    def covers(self, instant: Fraction, clip: TimeRange | None) -> bool:
        """Whether that will do for an instant, in a clip or in none."""
        if clip is not None or self.is_clip:
            return clip == self.heard and self.is_clip
        first = self.heard.start and self.heard.start + _AROUND / 2
        return first <= instant <= self.heard.end - _AROUND / 2


class Written(QObject):
    """The captions, hook and call to action of the source that is open."""

    def __init__(self, words: SourceWords, parent: QObject) -> None:
        super().__init__(parent)
        self._words = words
        self._known: _Known | None = None
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
        clip = span if span is not None and span.duration <= _LONGEST else None
        form, known = (style.line_length, style.lines), self._known
        if known is None or known.transcript is not transcript or known.form != form or not known.covers(instant, clip):
            heard = clip or TimeRange(max(Fraction(0), instant - _AROUND), instant + _AROUND)
            self._known = known = _Known(transcript, form, heard, is_clip=clip is not None)
            self._cues = captions(transcript, (heard,), style)
        at = instant - known.heard.start
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


def _together(pictures: list[TextPicture], size: QSize) -> QImage:
    made = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(0)
    painter = QPainter(made)
    for picture in pictures:
        painter.drawImage(picture.x, picture.y, picture.image)
    painter.end()
    return made
