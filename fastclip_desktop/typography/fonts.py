"""The fonts that text is painted with: those that come with the program, and whatever else the machine has."""

from __future__ import annotations

import re
import threading
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLoggingCategory
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from fastclip_desktop.domain.short_look import CaptionStyle

FOLDER = Path(__file__).parent / "fonts"
"""The fonts that come with the program, with their licences."""

OWN_FAMILY = "Montserrat"
"""What is taken where a style names no family, and before the machine's own fonts where those that it names lack."""

_EMOJI_FAMILIES = ("Noto Color Emoji", "Segoe UI Emoji", "Apple Color Emoji", "Twemoji Mozilla", "JoyPixels")

_BASE = (
    "(?:[\U0001f000-\U0001f1e5\U0001f200-\U0001faff\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615"
    "\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa"
    "\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55]"
    "(?!\ufe0e)|[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u2328-\u23fa\u24c2\u25aa-\u27bf\u2934\u2935"
    "\u2b05-\u2b07\u3030\u303d\u3297\u3299](?=\ufe0f))"
)
"""What Unicode shows as a picture by itself, and what it does so only with the sign that asks for one."""

_DRESS = "[\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
_EMOJI = re.compile(f"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_BASE}{_DRESS}(?:\u200d{_BASE}{_DRESS})*")

_EAST_ASIAN = {
    "ja": ("Noto Sans JP", "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic UI", "Yu Gothic", "Meiryo"),
    "ko": ("Noto Sans KR", "Noto Sans CJK KR", "Apple SD Gothic Neo", "Malgun Gothic"),
    "zh-hant": ("Noto Sans TC", "Noto Sans CJK TC", "PingFang TC", "Microsoft JhengHei UI", "Microsoft JhengHei"),
    "zh": ("Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei"),
}
"""The same character of Chinese looks different from country to country; so the language decides on the font."""

_lock = threading.Lock()
_made: list[QCoreApplication] = []
_loaded: list[int] = []


def make_ready() -> None:
    """Have Qt paint in this process, on a machine without a display, too, and know the program's own fonts.

    Doing it again costs nothing. A process that has an application of Qt, such as the window's, keeps it.
    """
    with _lock:
        if QCoreApplication.instance() is None:
            # For each script that no font has, Qt complains of every font in turn.
            QLoggingCategory.setFilterRules("qt.text.font.db=false")
            _made.append(QGuiApplication(["fastclip", "-platform", "offscreen"]))
        if not _loaded:
            _loaded.extend(QFontDatabase.addApplicationFont(str(file)) for file in sorted(FOLDER.glob("*.ttf")))


def font_of(style: CaptionStyle, pixels: int, language: str = "") -> QFont:
    """The font of a style.

    Args:
        style: says the families, weight and slant.
        pixels: of the letters.
        language: a BCP 47 tag of what is written; empty for not known.
    """
    font = QFont(list(dict.fromkeys((*style.families, OWN_FAMILY, *_families_of(language)))))
    font.setPixelSize(max(1, pixels))
    font.setWeight(QFont.Weight(min(900, max(100, round(style.weight / 100) * 100))))
    font.setItalic(style.italic)
    # Hinted letters change their widths with the size and look different from machine to machine.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def emoji_font(font: QFont) -> QFont:
    """The font for emoji beside others in a font: upright and of normal weight, for a colour font has no other.

    Qt makes letters bold that no bold font has, and colour pictures vanish when it does.
    """
    emoji = QFont(font)
    chosen = [family for family in font.families() if "emoji" in family.lower()]
    emoji.setFamilies([*chosen, *_EMOJI_FAMILIES, *font.families()])
    emoji.setWeight(QFont.Weight.Normal)
    emoji.setItalic(False)
    return emoji


def emoji_in(text: str) -> list[tuple[int, int]]:
    """Where emoji stand in a text: the first character of each run of them and the one after its last."""
    runs: list[tuple[int, int]] = []
    for match in _EMOJI.finditer(text):
        if runs and runs[-1][1] == match.start():
            runs[-1] = (runs[-1][0], match.end())
        else:
            runs.append(match.span())
    return runs


def _families_of(language: str) -> tuple[str, ...]:
    tag = language.lower().replace("_", "-")
    if tag.startswith("zh") and any(part in ("hant", "tw", "hk", "mo") for part in tag.split("-")):
        return _EAST_ASIAN["zh-hant"]
    return _EAST_ASIAN.get(tag.split("-")[0], ())
