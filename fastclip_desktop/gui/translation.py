"""The language of the window: English as it is written in the code, others from ``translations/``.

``make translations`` collects the texts of the code into ``resources/translations/*.ts``, where Qt Linguist edits them,
and makes of these the files that are read here. English has one too, for its plurals.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

TRANSLATION_FOLDER = Path(__file__).parent / "translations"

LANGUAGES = {"en": "English", "de": "Deutsch"}
"""By the code that a person's choice is kept under; each calls itself by its own name."""


def spoken_language(wanted: str) -> str:
    """The language that the window speaks: the wanted one, else the first of the system's that it knows.

    Args:
        wanted: a key of :data:`LANGUAGES`; anything else for the system's.
    """
    if wanted in LANGUAGES:
        return wanted
    of_system = (tag.replace("_", "-").partition("-")[0].lower() for tag in QLocale.system().uiLanguages())
    return next((tag for tag in of_system if tag in LANGUAGES), "en")


def translate(application: QCoreApplication, wanted: str) -> str:
    """Have everything that is built from now on speak a language, and give which one it is.

    Numbers and dates follow a language that was chosen; without a choice they are the system's.
    """
    language = spoken_language(wanted)
    if wanted in LANGUAGES:
        QLocale.setDefault(QLocale(language))
    of_qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for folder, name in ((of_qt, f"qtbase_{language}"), (str(TRANSLATION_FOLDER), f"fastclip_{language}")):
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)
    return language
