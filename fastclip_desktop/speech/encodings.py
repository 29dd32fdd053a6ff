"""Bytes of a text file to text, whatever their encoding.

Subtitle files carry no label. The order of trust is: a byte order mark; the pattern of zero bytes that UTF-16 and
UTF-32 leave in any text with ASCII digits, which every timing line has; strict UTF-8, which other encodings almost
never happen to be; the code pages that the stated language was written in; a statistical guess; and windows-1252, in
which nearly every byte means something.
"""

from __future__ import annotations

import codecs
import unicodedata

from charset_normalizer import from_bytes

_MARKS = (  # the UTF-32 mark starts with the UTF-16 one, so it goes first
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_BY_LANGUAGE: dict[str, tuple[str, ...]] = {
    "ar": ("cp1256",),
    "be": ("cp1251",),
    "bg": ("cp1251",),
    "cs": ("cp1250",),
    "el": ("cp1253",),
    "fa": ("cp1256",),
    "he": ("cp1255",),
    "hr": ("cp1250",),
    "hu": ("cp1250",),
    "ja": ("cp932", "euc_jp"),
    "ko": ("cp949",),
    "lt": ("cp1257",),
    "lv": ("cp1257",),
    "pl": ("cp1250",),
    "ro": ("cp1250",),
    "ru": ("cp1251", "koi8-r"),
    "sk": ("cp1250",),
    "sl": ("cp1250",),
    "th": ("cp874",),
    "tr": ("cp1254",),
    "uk": ("cp1251", "koi8-u"),
    "vi": ("cp1258",),
    "zh": ("gb18030", "big5"),
}

_SAMPLE = 64 * 1024
"""Bytes that a guess looks at; the cost of guessing must not grow with the file."""


def decode_text(data: bytes, language: str = "") -> str:
    """Decode ``data`` without ever failing; a byte that means nothing becomes U+FFFD.

    Args:
        data: the whole file.
        language: a BCP 47 tag that decides between code pages, or empty.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    wide = _wide_encoding(data)
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _is_damaged_utf8(data):
        return data.decode("utf-8", "replace")
    return data.decode(_code_page(data[:_SAMPLE], language.partition("-")[0].lower()), "replace")


def _wide_encoding(data: bytes) -> str:
    """The UTF-16 or UTF-32 flavour that the zero bytes give away, or empty."""
    head = data[: _SAMPLE - _SAMPLE % 4]
    if head.count(0) * 8 < len(head):
        return ""
    zeros = [head[offset::4].count(0) * 4 for offset in range(4)]
    nearly_all = len(head) * 0.95
    if min(zeros[2:]) >= nearly_all:
        return "utf-32-le"
    if min(zeros[:2]) >= nearly_all:
        return "utf-32-be"
    return "utf-16-le" if zeros[1] + zeros[3] > zeros[0] + zeros[2] else "utf-16-be"


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether almost everything beyond ASCII is valid UTF-8: a cut or patched file, not another encoding."""
    text = data[:_SAMPLE].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    valid = sum(1 for character in text if character > "\x7f") - broken
    return valid > 3 * broken


def _code_page(sample: bytes, language: str) -> str:
    """The code page in which the sample reads least oddly, the earlier of equals.

    A guess at a Latin page ranks after windows-1252: on a few lines of French the two are alike to a statistic, and one
    of them is far more common.
    """
    guess = from_bytes(sample, preemptive_behaviour=False).best()
    guessed: list[str] = [guess.encoding] if guess else []
    if guess and all(not letter.isalpha() or "LATIN" in unicodedata.name(letter, "") for letter in str(guess)):
        guessed.insert(0, "cp1252")
    candidates = [*_BY_LANGUAGE.get(language, ()), *guessed, "cp1252"]
    return min(candidates, key=lambda encoding: _oddness(sample, encoding))


def _oddness(sample: bytes, encoding: str) -> float:
    """The share of characters beyond ASCII that no writer would have put there, 1 where the bytes don't decode at all.

    Odd are characters without a meaning, symbols, superscript figures, and a capital right after a small letter:
    Cyrillic read in the wrong Cyrillic page has its cases swapped.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        text = decoder.decode(sample)  # incremental, so that a character cut by the sample's end is no fault
    except UnicodeDecodeError:
        return 1.0
    foreign = odd = 0
    previous = " "
    for character in text:
        if character > "\x7f":
            foreign += 1
            category = unicodedata.category(character)
            odd += category[0] in "CSN" or (category == "Lu" and previous.islower())
        previous = character
    return odd / foreign if foreign else 0.0
