"""The pictures of captions that somebody looked at, one by one, and that are to stay as they are.

``python -m tests.unit.typography.golden`` paints them anew. Look at each that changed before it is kept: letters must
join, marks stand where they belong, words follow in the order of their script, and nothing may be a box.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter
from PySide6.QtGui import QImage

from fastclip_desktop.typography.fonts import make_ready
from fastclip_desktop.typography.painter import TextPicture, paint
from tests.unit.typography.caption_scripts import CASES, Case, load_fonts

FOLDER = Path(__file__).parents[2] / "golden" / "captions"

_FRAME = (540, 960)
_GROUND = (84, 104, 118)
"""What lies under the captions, neither bright nor dark, so that letters, outlines and shadows all count."""


def painted(case: Case) -> TextPicture:
    """A case as the painter paints it."""
    picture = paint(case.cue, case.look, case.moment, *_FRAME)
    assert picture is not None
    return picture


def on_ground(picture: TextPicture) -> Image.Image:
    """The same over a plain ground."""
    image = picture.image.convertToFormat(QImage.Format.Format_RGBA8888)
    size = (image.width(), image.height())
    text = Image.frombuffer("RGBA", size, bytes(image.constBits()), "raw", "RGBA", image.bytesPerLine(), 1)
    ground = Image.new("RGBA", size, (*_GROUND, 255))
    ground.alpha_composite(text)
    return ground.convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """How different two pictures look: on average, and where they differ most; of 255.

    Both are blurred a little before. Another version of the font library smooths the edges of letters in other greys,
    which nobody sees; a mark in another place or a letter that does not join is several pixels large and stays.
    """
    soft = [np.asarray(each.filter(ImageFilter.GaussianBlur(2)), dtype=np.float64) for each in (one, other)]
    apart = np.abs(soft[0] - soft[1])
    return float(apart.mean()), float(apart.max())


def main() -> None:
    """Paint all of them anew."""
    make_ready()
    load_fonts()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        on_ground(painted(case)).save(FOLDER / f"{case.name}.png", optimize=True)


if __name__ == "__main__":
    main()
