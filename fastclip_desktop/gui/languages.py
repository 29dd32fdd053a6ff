"""What languages are called, whatever language the window speaks."""

from __future__ import annotations

from PySide6.QtCore import QLocale

_PLAIN_NAMES = {"en": "English", "es": "Español"}
"""Where Qt names the language of one country only."""


def language_name(tag: str) -> str:
    """A language as those who speak it call it, of a tag such as ``de-AT`` or ``deu``; the tag where Qt knows none."""
    locale = QLocale(tag.replace("-", "_"))
    if locale.language() is QLocale.Language.C:  # three letters, as files have them
        known = QLocale.codeToLanguage(tag)
        if known in (QLocale.Language.AnyLanguage, QLocale.Language.C):
            return tag
        locale = QLocale(known)
    # The plain name of a language, but of one country's where the tag names that.
    short = QLocale.languageToCode(locale.language()) if len(tag) == len("eng") else tag
    name = _PLAIN_NAMES.get(short) or locale.nativeLanguageName()
    return name[:1].upper() + name[1:] if name else tag
