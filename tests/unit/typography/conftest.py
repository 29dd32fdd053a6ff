"""What every test of the painter needs."""

from __future__ import annotations

import pytest

from fastclip_desktop.typography.fonts import make_ready
from tests.unit.typography.caption_scripts import load_fonts


@pytest.fixture(autouse=True)
def fonts(qapp: object) -> None:
    """An application of Qt, the program's own fonts, and those of the tests."""
    del qapp
    make_ready()
    load_fonts()
