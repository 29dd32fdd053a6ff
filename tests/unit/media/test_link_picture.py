from __future__ import annotations

import io

import pytest
from PIL import Image

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.media import link_picture
from fastclip_desktop.media.link_picture import shrink_picture


def picture(size: tuple[int, int], kind: str = "JPEG", mode: str = "RGB", **options: object) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, (200, 30, 30, 128)[: len(mode)]).save(file, kind, **options)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_what_sites_use_becomes_a_small_jpeg(kind: str) -> None:
    small = shrink_picture(picture((640, 480), kind), (160, 90))
    assert (small.width, small.height) == (120, 90)
    with Image.open(io.BytesIO(small.jpeg)) as image:
        assert (image.format, image.size) == ("JPEG", (120, 90))
        red, green, _ = image.getpixel((60, 45))
    assert red > 150
    assert green < 80


def test_a_picture_that_one_can_see_through_and_a_turned_one_are_shown() -> None:
    assert shrink_picture(picture((64, 64), "PNG", "RGBA")).width == 64
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = shrink_picture(picture((64, 32), exif=exif))
    assert (turned.width, turned.height) == (32, 64)


@pytest.mark.parametrize("data", [b"", b"<html>not here</html>", picture((64, 64), "BMP"), picture((64, 64))[:200]])
def test_what_is_no_picture_of_a_known_format_is_refused(data: bytes) -> None:
    with pytest.raises(InputError) as refused:
        shrink_picture(data)
    assert refused.value.code is ErrorCode.DAMAGED_MEDIA


def test_more_pixels_than_anybody_shows_are_not_even_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_picture, "MOST_PIXELS", 64 * 63)
    with pytest.raises(InputError, match="64 × 64 pixels"):
        shrink_picture(picture((64, 64)))
    bomb = picture((20_000, 10_000), "PNG", "1")
    with pytest.raises(InputError):
        shrink_picture(bomb)
