"""Files of captions are what any program reads as the picture that was painted."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage

from fastclip_desktop.typography.png import png


@pytest.mark.parametrize("size", [(1, 1), (3, 5), (64, 2), (101, 33)])
def test_another_program_reads_the_same_pixels(size: tuple[int, int]) -> None:
    width, height = size
    pixels = np.random.default_rng(7).integers(0, 256, (height, width, 4), np.uint8)
    pixels[..., 3] |= 8
    image = QImage(pixels.tobytes(), width, height, width * 4, QImage.Format.Format_RGBA8888)

    with Image.open(io.BytesIO(png(image))) as read:
        assert read.mode == "RGBA"
        assert np.array_equal(np.asarray(read), pixels)


def test_what_is_hardly_there_has_no_hue() -> None:
    pixels = np.array([[(255, 0, 127, 2), (255, 0, 127, 200)]], np.uint8)
    image = QImage(pixels.tobytes(), 2, 1, 8, QImage.Format.Format_RGBA8888)

    with Image.open(io.BytesIO(png(image))) as read:
        assert np.asarray(read).tolist() == [[[0, 0, 0, 2], [255, 0, 127, 200]]]
