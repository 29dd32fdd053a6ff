from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from pytestqt.qtbot import QtBot

import fastclip_desktop.engine
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.gui.engine_words import FAULTS, STAGES, fault_words, stage_words
from fastclip_desktop.gui.times_form import TimesForm

MISSING = InputError(ErrorCode.SOURCE_NOT_FOUND, "There is no 'talk.mp4'.", "Check the name.")


class Shouting(QTranslator):
    def translate(self, context: str, text: str, *_: object) -> str:
        return text.upper() if context in ("Stages", "Faults") else ""

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False


@pytest.fixture
def shouting(qapp: QCoreApplication) -> Iterator[None]:
    translator = Shouting()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def test_every_code_can_be_told() -> None:
    assert set(ErrorCode) == set(FAULTS)


def test_every_stage_can_be_told() -> None:
    folder = Path(fastclip_desktop.engine.__file__).parent
    used = {
        name for path in folder.glob("*.py") for name in re.findall(r'JobState\.[A-Z]+, "([^"]+)"', path.read_text())
    }
    assert len(used) > 5
    assert used - set(STAGES) == set()


@pytest.mark.usefixtures("qapp")
def test_in_english_the_engine_speaks_for_itself() -> None:
    assert fault_words(MISSING) == ("There is no 'talk.mp4'.", "Check the name.")
    assert stage_words("Rendering 2 of 3") == "Rendering 2 of 3"
    assert stage_words("Something {odd}") == "Something {odd}"


@pytest.mark.usefixtures("shouting")
def test_in_another_language_the_code_is_said_first() -> None:
    assert fault_words(MISSING) == ("THE SOURCE IS NOT THERE.", "There is no 'talk.mp4'. Check the name.")


@pytest.mark.usefixtures("shouting")
def test_typed_times_are_judged_in_that_language(qtbot: QtBot) -> None:
    form = TimesForm()
    qtbot.addWidget(form)
    form.start.setText("5")
    form.end.setText("4")
    assert form.verdict.text() == "THE START AND THE END DO NOT MAKE A CLIP."


@pytest.mark.usefixtures("shouting")
def test_stages_keep_their_numbers() -> None:
    assert stage_words("Rendering 2 of 13") == "RENDERING 2 OF 13"
    assert stage_words("Listening") == "LISTENING"
