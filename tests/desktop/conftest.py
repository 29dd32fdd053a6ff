"""The installed program on a screen of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.program import Program
from tests.desktop.screen import Screen, missing_tools, screen

PICTURES = "FASTCLIP_SHOTS"
"""The variable that names a folder for the pictures; without it they lie in the folder of the test."""


@pytest.fixture
def desktop(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Screen]:
    if missing := missing_tools():
        pytest.skip(f"this machine lacks {', '.join(missing)}")
    folder = Path(os.environ[PICTURES]) / request.node.name if PICTURES in os.environ else tmp_path / "pictures"
    with screen(folder, tmp_path / "manager") as made:
        yield made


@pytest.fixture
def program(desktop: Screen, tmp_path: Path) -> Iterator[Program]:
    """The program, not yet started, for somebody who never used it before."""
    program = Program(desktop, tmp_path / "person")
    yield program
    program.end()
