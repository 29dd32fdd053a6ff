"""Captions in many scripts, each with what is hard in it, and the fonts that they are painted with."""

# ruff: noqa: RUF001 - text in other scripts is meant

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from pathlib import Path

from PySide6.QtGui import QFontDatabase

from fastclip_desktop.domain.caption import Cue
from fastclip_desktop.domain.short_look import CaptionStyle
from fastclip_desktop.domain.short_presets import BOLD, caption_style
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Word

FONTS = Path(__file__).parents[2] / "fonts"
"""Parts of fonts that hold the characters below, and nothing else; under names that no other font has."""

FAMILIES = tuple(
    f"FastClip Test {name}"
    for name in (
        "Greek",
        "Arabic",
        "Hebrew",
        "Devanagari",
        "Bengali",
        "Tamil",
        "Thai",
        "SC",
        "JP",
        "KR",
        "Emoji",
    )
)


@dataclass(frozen=True, slots=True)
class Case:
    """A cue and the way that it is shown.

    Attributes:
        name: of its picture.
        lines: words, a space between two of them.
        style: the name of a style that is offered.
        spoken: the number of the word that is being said.
        joined: words are parted by ``|`` instead, and stand side by side.
        east: the font of Chinese, Japanese or Korean.
    """

    name: str
    lines: tuple[str, ...]
    style: str = "bold"
    spoken: int = 1
    joined: bool = False
    east: str = ""

    @property
    def cue(self) -> Cue:
        """A second for each word."""
        at = 0
        lines = []
        for line in self.lines:
            words = line.split("|" if self.joined else " ")
            lines.append(tuple(Word(word, second(at + number)) for number, word in enumerate(words)))
            at += len(words)
        return Cue(TimeRange(Fraction(0), Fraction(at)), tuple(lines), self.joined)

    @property
    def look(self) -> CaptionStyle:
        """The style, with the fonts of the tests behind its own."""
        style = caption_style(self.style) or BOLD
        preferred = tuple(name for name in FAMILIES if name.endswith(f" {self.east}"))
        return replace(style, families=(*style.families, "Montserrat", *preferred, *FAMILIES))

    @property
    def moment(self) -> Fraction:
        """The middle of the word that is being said."""
        return self.spoken + Fraction(1, 2)


CASES = (
    Case("latin", ("Žluťoučký kůň,", "Tiếng Việt: Żółć")),
    Case("cyrillic", ("Съешь ещё этих", "Їжак і ґанок")),
    Case("greek", ("Ξεσκεπάζω", "τὴν ψυχή μου")),
    Case("arabic", ("السلام عليكم", "أهلاً بكم لا تقلق")),
    Case("arabic_karaoke", ("السلام عليكم", "أهلاً بكم لا تقلق"), "karaoke", 2),
    Case("arabic_boxed", ("اليوم نتحدث عن", "الذكاء الاصطناعي"), "boxed", 1),
    Case("arabic_mixed", ("أحب Python 3.12", "كثيرًا (جدًا)!"), "bold", 1),
    Case("hebrew", ("שָׁלוֹם עוֹלָם,", "מה שלומכם היום?")),
    Case("hebrew_karaoke", ("שלום עולם יפה", "מה שלומכם היום?"), "karaoke", 1),
    Case("devanagari", ("नमस्ते दोस्तों,", "क्षत्रिय हिन्दी कीर्ति")),
    Case("devanagari_pop", ("नमस्ते दोस्तों,", "क्षत्रिय हिन्दी"), "pop", 0),
    Case("bengali", ("বাংলা ভাষা", "ক্ষমা করো কৌতুক")),
    Case("tamil", ("வணக்கம் தமிழ்", "கோழி மொழி ஸ்ரீ")),
    Case("thai", ("ภาษาไทย|น้ำ|ที่นี่", "ปั้น|ผู้ใหญ่|กี่|ญี่ปุ่น"), joined=True),
    Case("thai_glow", ("ภาษาไทย|น้ำ|ที่นี่", "ปั้น|ผู้ใหญ่"), "glow", 1, joined=True),
    Case("chinese", ("我们今天|讨论的是", "人工智能|对教育|的影响。"), joined=True, east="SC"),
    Case("japanese", ("今日は|天気が|いいので、", "公園まで|散歩した。"), joined=True, east="JP"),
    Case(
        "japanese_subtitle",
        ("今日は|天気が|いいので、", "「公園」まで|散歩した。"),
        "subtitle",
        0,
        joined=True,
        east="JP",
    ),
    Case("korean", ("안녕하세요 여러분,", "한국어 괜찮아요")),
    Case("emoji", ("Hi 😀 👩‍👩‍👧 wow", "👍🏽 🇩🇪🇯🇵 1️⃣ ❤️"), "bold", 3),
    Case("headline", ("nobody believed", "the numbers 😀"), "headline", 1),
    Case("plain", ("every single page", "of the report"), "plain", 1),
)


def second(number: int) -> TimeRange:
    """The second that begins after so many."""
    return TimeRange(Fraction(number), Fraction(number + 1))


@cache
def load_fonts() -> None:
    """Have Qt know the fonts of the tests; once, for it takes the same file for another font each time."""
    for file in sorted(FONTS.glob("*.ttf")):
        assert QFontDatabase.addApplicationFont(str(file)) >= 0, file


def letters(case: Case) -> str:
    """Everything that is written in a case."""
    return "".join(case.lines)
