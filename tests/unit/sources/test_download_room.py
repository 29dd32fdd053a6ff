from __future__ import annotations

import errno
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.sources.download_room import download_room


def test_only_what_is_moved_out_stays(tmp_path: Path) -> None:
    with download_room(tmp_path) as room:
        (room / "half.part").touch()
        (room / "whole.mp4").touch()
        (room / "whole.mp4").replace(tmp_path / "whole.mp4")
    assert [path.name for path in tmp_path.iterdir()] == ["whole.mp4"]


def test_nothing_stays_after_an_error(tmp_path: Path) -> None:
    def download() -> None:
        with download_room(tmp_path) as room:
            (room / "half.part").touch()
            raise Cancelled

    with pytest.raises(Cancelled):
        download()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, ErrorCode.DISK_FULL),
        (errno.EDQUOT, ErrorCode.DISK_FULL),
        (errno.EROFS, ErrorCode.OUTPUT_NOT_WRITABLE),
    ],
)
def test_a_disk_that_takes_no_more_is_named_by_its_folder(tmp_path: Path, number: int, code: ErrorCode) -> None:
    with pytest.raises(InputError) as caught, download_room(tmp_path):
        raise OSError(number, "No")
    assert caught.value.code is code
    assert str(tmp_path) in caught.value.message
    assert "download-" not in caught.value.message
    assert list(tmp_path.iterdir()) == []
