import numpy as np
import pytest
from numpy.typing import NDArray

from fastclip_desktop.media.palette import MAX_COLOURS, Quantiser, choose_palette

SHAPE = (3, 96, 128)


def flat(colours: list[tuple[int, int, int]]) -> NDArray[np.uint8]:
    """Vertical stripes of the colours."""
    columns = np.arange(SHAPE[2]) * len(colours) // SHAPE[2]
    stripes = np.array(colours, np.uint8)[columns].T
    return np.repeat(stripes[:, None, :], SHAPE[1], axis=1)


def gradient() -> NDArray[np.uint8]:
    rows, columns = np.mgrid[0 : SHAPE[1], 0 : SHAPE[2]]
    return np.stack([rows * 255 // SHAPE[1], columns * 255 // SHAPE[2], (rows + columns) % 256]).astype(np.uint8)


def shown(pixels: NDArray[np.uint8], *samples: NDArray[np.uint8]) -> NDArray[np.uint8]:
    palette = choose_palette(samples or (pixels,))
    return palette.colours[Quantiser(palette, *SHAPE[1:]).quantise(pixels)].transpose(2, 0, 1)


def test_few_colours_come_back_exactly() -> None:
    stripes = flat([(255, 255, 255), (250, 250, 250), (0, 0, 0), (17, 93, 201), (16, 96, 200)])
    assert np.array_equal(shown(stripes), stripes)


def test_few_colours_are_not_dithered() -> None:
    assert choose_palette([flat([(255, 255, 255), (30, 60, 90)])]).dither == 0


def test_one_colour_is_a_palette_of_one() -> None:
    assert choose_palette([flat([(1, 2, 3)])]).colours.tolist() == [[1, 2, 3]]


def test_many_colours_fill_the_palette_and_no_more() -> None:
    assert len(choose_palette([gradient()]).colours) == MAX_COLOURS


def test_gradient_is_closer_than_a_fixed_palette_of_six_levels_each() -> None:
    pixels = gradient()
    fixed = np.round(pixels / 51.0) * 51
    ours = np.mean((shown(pixels).astype(int) - pixels) ** 2)
    assert ours < np.mean((fixed - pixels) ** 2) / 3


def test_dithered_area_has_the_mean_of_the_source() -> None:
    pixels = gradient()
    made = shown(pixels)
    blocks = lambda picture: picture.reshape(3, 12, 8, 16, 8).mean(axis=(2, 4))  # noqa: E731 - a name for a formula
    assert np.abs(blocks(made.astype(float)) - blocks(pixels.astype(float))).mean() < 4


def test_colour_that_no_sample_had_gets_the_nearest_one() -> None:
    palette = choose_palette([flat([(0, 0, 0), (255, 0, 0), (0, 0, 255)])])
    index = Quantiser(palette, *SHAPE[1:]).quantise(flat([(200, 30, 30)]))[0, 0]
    assert palette.colours[index].tolist() == [255, 0, 0]


def test_no_sample_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one frame"):
        choose_palette([])
