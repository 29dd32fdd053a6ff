"""The names of what there is to choose for shorts, in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QObject

from fastclip_desktop.domain.short_look import Aspect, Framing


class ShortWords(QObject):
    """Names."""

    def aspect(self, aspect: Aspect) -> tuple[str, str]:
        """A shape's label, and what it is for."""
        return {
            Aspect.PORTRAIT: ("9:16", self.tr("Upright, for Shorts, Reels and TikTok")),
            Aspect.FEED: ("4:5", self.tr("Upright, for the Instagram feed")),
            Aspect.SQUARE: ("1:1", self.tr("Square, for LinkedIn and X")),
            Aspect.WIDE: ("16:9", self.tr("Wide, for YouTube")),
            Aspect.SOURCE: (self.tr("As is"), self.tr("The shape of the source")),
        }[aspect]

    def framing(self, framing: Framing) -> tuple[str, str]:
        """A framing's name, and what it does."""
        return {
            Framing.BLUR: (
                self.tr("Blurred edges"),
                self.tr("Nothing is cut off."),
            ),
            Framing.FACES: (
                self.tr("Follow faces"),
                self.tr("The frame follows whoever speaks. Draw it elsewhere in the picture."),
            ),
            Framing.CROP: (
                self.tr("Fill the frame"),
                self.tr("The middle is shown. Draw the frame elsewhere in the picture."),
            ),
            Framing.AURA: (
                self.tr("Coloured glow"),
                self.tr("Nothing is cut off."),
            ),
        }[framing]

    def preset(self, name: str) -> str:
        """A preset's name."""
        return {
            "default": self.tr("Classic"),
            "face_track": self.tr("Follow faces"),
            "customised": self.tr("My style"),
            "aura": self.tr("Aura"),
        }.get(name, name)

    def style(self, name: str) -> str:
        """The name of a style of captions; a person's own stands as they wrote it."""
        return {
            "bold": self.tr("Bold"),
            "pop": self.tr("Pop"),
            "karaoke": self.tr("Karaoke"),
            "glow": self.tr("Glow"),
            "boxed": self.tr("Boxed"),
            "plain": self.tr("Plain"),
            "subtitle": self.tr("Subtitle"),
            "headline": self.tr("Headline"),
        }.get(name, name)
