from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.preview import SpriteSheet, Thumbnail
from fastclip_desktop.domain.preview_stages import MakePoster, MakeSpriteSheet, MakeThumbnails
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import StageRequest
from fastclip_desktop.stages import perform
from tests.media_factory import read_number
from tests.test_imports import loaded_by


def number(still: Thumbnail) -> int:
    with Image.open(io.BytesIO(still.jpeg)) as picture:
        return read_number(np.asarray(picture.convert("L")))


@pytest.mark.parametrize("places", [3, (Fraction(1, 2), Fraction(3, 2), Fraction(5, 2))])
def test_thumbnails_come_evenly_spread_or_where_they_are_wanted(plain_mp4: Path, places: object) -> None:
    parts: list[object] = []
    stills = perform(MakeThumbnails(plain_mp4, places, (320, 180)), Reporter(), parts.append)
    assert [number(still) for still in stills] == [0, 30, 60]
    assert [still.instant for still in stills] == [Fraction(1, 2), Fraction(3, 2), Fraction(5, 2)]
    assert sorted(parts, key=lambda part: part.index) == list(stills)


def test_stills_begin_without_numpy_and_pillow() -> None:
    assert loaded_by("import fastclip_desktop.stages.stills") & {"av", "numpy", "PIL"} == {"av"}


def test_a_poster_fits_into_its_box(plain_mp4: Path) -> None:
    poster = perform(MakePoster(plain_mp4, (64, 64)), Reporter())
    assert isinstance(poster, Thumbnail)
    assert (poster.width, poster.height) == (64, 36)


def test_a_sheet_holds_thumbnails_in_columns(plain_mp4: Path) -> None:
    stills = perform(MakeThumbnails(plain_mp4, 3), Reporter())
    sheet = perform(MakeSpriteSheet(stills, 2), Reporter())
    assert isinstance(sheet, SpriteSheet)
    with Image.open(io.BytesIO(sheet.jpeg)) as picture:
        assert picture.size == (320, 180)


def test_a_missing_source_is_named(tmp_path: Path) -> None:
    for request in (MakeThumbnails(tmp_path / "gone.mp4", 3), MakePoster(tmp_path / "gone.mp4")):
        with pytest.raises(InputError, match=r"gone\.mp4") as caught:
            perform(request, Reporter())
        assert caught.value.code is ErrorCode.SOURCE_NOT_FOUND


def test_a_set_token_stops_each_of_them_before_anything_is_opened(tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    still = Thumbnail(0, Fraction(0), Fraction(0), 160, 90, b"no picture")
    gone = tmp_path / "gone.mp4"
    requests: list[StageRequest[object]] = [MakeThumbnails(gone, 3), MakePoster(gone), MakeSpriteSheet((still,), 1)]
    for request in requests:
        with pytest.raises(Cancelled):
            perform(request, Reporter(cancel=token))
