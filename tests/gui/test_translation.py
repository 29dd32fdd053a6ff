"""Every text of the window can be translated, has its German, and what is shipped is what was translated."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QLocale

from fastclip_desktop.gui.translation import LANGUAGES, TRANSLATION_FOLDER, spoken_language

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "fastclip_desktop" / "gui").rglob("*.py"))
TEXTS = ROOT / "resources" / "translations"
TOOLS = Path(sys.executable).parent

SHOWN_BY = {
    "QAction",
    "QCheckBox",
    "QGroupBox",
    "QLabel",
    "QMenu",
    "QPushButton",
    "QRadioButton",
    "addAction",
    "addMenu",
    "addTab",
    "setAccessibleDescription",
    "setAccessibleName",
    "setPlaceholderText",
    "setStatusTip",
    "setText",
    "setTitle",
    "setToolTip",
    "setWindowTitle",
}
"""What takes a text that a person reads or hears."""

UNTRANSLATABLE = {"FastClip", "FastClip Desktop"}


def collected(language: str, folder: Path) -> ET.Element:
    """The texts of the code as they stand, with what is translated of them."""
    texts = folder / f"fastclip_{language}.ts"
    shutil.copy(TEXTS / texts.name, texts)
    plurals = ["-pluralonly"] if language == "en" else []
    command = [TOOLS / "pyside6-lupdate", *SOURCES, "-locations", "none", "-no-obsolete", *plurals, "-ts", texts]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return ET.parse(texts).getroot()


def messages(root: ET.Element) -> Iterator[tuple[str, str, list[str], bool]]:
    """Context, text, its forms, and whether somebody said that they are finished."""
    for context in root.iter("context"):
        for message in context.iter("message"):
            said = message.find("translation")
            assert said is not None
            forms = [form.text or "" for form in said.iter("numerusform")] or [said.text or ""]
            source, name = message.findtext("source") or "", context.findtext("name") or ""
            yield name, source, forms, said.get("type") is None


def holes(text: str) -> list[str]:
    return sorted(re.findall(r"\{\d*\}|%n", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str, tmp_path: Path) -> None:
    untranslated = [
        f"{context}: {source}"
        for context, source, forms, finished in messages(collected(language, tmp_path))
        if not finished or not all(forms)
    ]
    assert untranslated == [], "run `make translations`, then translate these in Qt Linguist"


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_leave_room_for_the_same_values(language: str) -> None:
    known = list(messages(ET.parse(TEXTS / f"fastclip_{language}.ts").getroot()))
    wrong = [source for _, source, forms, _ in known for form in forms if set(holes(form)) - set(holes(source))]
    # a form for one alone may do without its number
    wrong += [source for _, source, forms, _ in known if holes(forms[-1]) != holes(source)]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shipped_was_made_of_these_texts(language: str, tmp_path: Path) -> None:
    made = tmp_path / "made.qm"
    command = [TOOLS / "pyside6-lrelease", TEXTS / f"fastclip_{language}.ts", "-qm", made]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    assert made.read_bytes() == (TRANSLATION_FOLDER / f"fastclip_{language}.qm").read_bytes(), "run `make translations`"


def test_no_text_is_shown_that_nobody_could_translate() -> None:
    found = []
    for path in SOURCES:
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and _name(call.func) in SHOWN_BY:
                found += [f"{path.name}:{text.lineno}: {text.value!r}" for text in map(_words, call.args) if text]
    assert found == []


def test_every_text_is_looked_up_where_it_was_collected() -> None:
    # lupdate goes by the class that a text stands in, Qt by that of the object that is asked.
    calls = [(path, node) for path in SOURCES for node in ast.walk(ast.parse(path.read_text()))]
    asked = [(path, node.func) for path, node in calls if isinstance(node, ast.Call) and _name(node.func) == "tr"]
    assert len(asked) > 1000
    assert [f"{path.name}:{call.lineno}" for path, call in asked if ast.unparse(call) != "self.tr"] == []


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


def _words(argument: ast.expr) -> ast.Constant | None:
    """A text of words; units, signs and names of formats are the same everywhere."""
    if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
        return None
    is_words = re.search(r"[a-z]{3}", argument.value) and argument.value not in UNTRANSLATABLE
    return argument if is_words else None


SPEAK = """
import sys
from PySide6.QtCore import QCoreApplication
from fastclip_desktop.gui.translation import translate
application = QCoreApplication([])
print(translate(application, sys.argv[1]), QCoreApplication.translate("WindowCommands", "Quit"))
"""


@pytest.mark.parametrize(("wanted", "said"), [("de", "de Beenden"), ("en", "en Quit")])
def test_the_chosen_language_is_spoken(wanted: str, said: str) -> None:
    done = subprocess.run([sys.executable, "-c", SPEAK, wanted], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == said


def test_without_a_choice_the_system_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    for tags, expected in ((["de-AT", "en-GB"], "de"), (["fr-FR", "de-DE"], "de"), (["ja-JP"], "en"), ([], "en")):
        monkeypatch.setattr(QLocale, "uiLanguages", lambda _self, tags=tags: tags)
        assert spoken_language("") == expected
        assert spoken_language("xx") == expected
