from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, UsageError
from fastclip_desktop.domain.preview import Thumbnail
from fastclip_desktop.domain.preview_stages import MOST_THUMBNAILS, MakePoster, MakeSpriteSheet, MakeThumbnails


@pytest.mark.parametrize(
    ("places", "box", "code"),
    [
        (0, (160, 90), ErrorCode.BAD_USAGE),
        (-3, (160, 90), ErrorCode.BAD_USAGE),
        (MOST_THUMBNAILS + 1, (160, 90), ErrorCode.BAD_USAGE),
        ((), (160, 90), ErrorCode.BAD_USAGE),
        ((Fraction(2), Fraction(-1, 3)), (160, 90), ErrorCode.BAD_TIME),
        (5, (0, 90), ErrorCode.BAD_USAGE),
        (5, (160, 100_000), ErrorCode.BAD_USAGE),
    ],
)
def test_thumbnails_that_no_source_has_are_refused(places: object, box: tuple[int, int], code: ErrorCode) -> None:
    with pytest.raises(UsageError) as caught:
        MakeThumbnails(Path("talk.mp4"), places, box)
    assert caught.value.code is code
    assert caught.value.hint


def tiles(count: int, width: int, height: int) -> tuple[Thumbnail, ...]:
    return (Thumbnail(0, Fraction(0), Fraction(0), width, height, b""),) * count


@pytest.mark.parametrize(
    ("thumbnails", "columns"),
    [
        ((), 10),
        (tiles(1, 160, 90) + tiles(1, 90, 160), 10),
        (tiles(5, 160, 90), 0),
        (tiles(200, 160, 90), 1),  # higher than a graphics card takes
        (tiles(100, 1280, 720), 10),  # more pixels than it is worth
    ],
)
def test_a_sheet_that_cannot_be_is_refused(thumbnails: tuple[Thumbnail, ...], columns: int) -> None:
    with pytest.raises(UsageError) as caught:
        MakeSpriteSheet(thumbnails, columns)
    assert caught.value.code is ErrorCode.BAD_USAGE


def test_a_sheet_may_have_more_columns_than_pictures() -> None:
    assert MakeSpriteSheet(tiles(3, 160, 90), 1000).columns == 1000


def test_a_poster_has_at_least_a_pixel() -> None:
    with pytest.raises(UsageError):
        MakePoster(Path("talk.mp4"), (0, 0))
