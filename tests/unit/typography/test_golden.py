"""Captions in many scripts look as they did when somebody looked at them."""

from __future__ import annotations

import sys

import pytest
from PIL import Image

from fastclip_desktop.typography.fonts import emoji_in
from tests.unit.typography.caption_scripts import CASES, Case, letters
from tests.unit.typography.golden import FOLDER, difference, on_ground, painted

ON_AVERAGE = 1.0
"""Of 255. Edges of letters in other greys make about 0.2; one letter in another place makes 2 and more."""

AT_MOST = 48.0
"""Where they differ most, of 255; a tone mark of the wrong height makes more than 80."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_captions_look_as_they_did(case: Case) -> None:
    if emoji_in(letters(case)) and sys.platform != "linux":
        pytest.skip("Only FreeType draws the bitmaps of this font.")
    with Image.open(FOLDER / f"{case.name}.png") as kept:
        picture = on_ground(painted(case))
        assert abs(picture.width - kept.width) <= 2
        assert abs(picture.height - kept.height) <= 2

        average, most = difference(picture.resize(kept.size), kept)

    assert average < ON_AVERAGE
    assert most < AT_MOST


def test_each_picture_belongs_to_a_case() -> None:
    assert {file.stem for file in FOLDER.glob("*.png")} == {case.name for case in CASES}


def test_a_letter_that_does_not_join_is_seen() -> None:
    """What the pictures are kept for: the difference is far above what is let pass."""
    case = next(case for case in CASES if case.name == "arabic")
    parted = Case("arabic", tuple(line.replace("لي", "ل\u200cي") for line in case.lines))

    with Image.open(FOLDER / "arabic.png") as kept:
        average, most = difference(on_ground(painted(parted)).resize(kept.size), kept)

    assert average > ON_AVERAGE
    assert most > AT_MOST
