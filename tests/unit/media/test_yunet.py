"""The network that finds faces, as far as its outputs are read here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.media.yunet import YuNet
from tests.tiny_yunet import SIDE, write_tiny_yunet

SIZE = (320, 180)


def squares(*corners: tuple[int, int]) -> NDArray[np.uint8]:
    picture = np.full((SIZE[1], SIZE[0], 3), 40, np.uint8)
    for x, y in corners:
        picture[y : y + SIDE, x : x + SIDE] = 250
    return picture


def test_each_face_is_told_once_with_its_landmarks(tmp_path: Path) -> None:
    found = YuNet(write_tiny_yunet(tmp_path / "tiny.onnx"), SIZE).find(squares((40, 64), (200, 96)))
    assert found.shape == (2, 15)
    by_place = found[np.argsort(found[:, 0])]
    assert by_place[:, :4] == pytest.approx(np.array([(40, 64, SIDE, SIDE), (200, 96, SIDE, SIDE)]), abs=6)
    assert (by_place[:, 14] > 0.6).all()
    right_eye, left_eye = by_place[:, 4:6], by_place[:, 6:8]
    middles = by_place[:, :2] + by_place[:, 2:4] / 2
    assert right_eye - middles == pytest.approx(np.full((2, 2), (-0.2 * SIDE, -0.15 * SIDE)), abs=0.01)
    assert left_eye - middles == pytest.approx(np.full((2, 2), (0.2 * SIDE, -0.15 * SIDE)), abs=0.01)


def test_nothing_stays_of_the_picture_before(tmp_path: Path) -> None:
    network = YuNet(write_tiny_yunet(tmp_path / "tiny.onnx"), SIZE)
    assert len(network.find(squares((40, 64)))) == 1
    assert len(network.find(squares())) == 0


def test_a_network_for_pictures_of_one_size_finds_the_same(tmp_path: Path) -> None:
    picture = squares((40, 64))
    free = YuNet(write_tiny_yunet(tmp_path / "free.onnx"), SIZE).find(picture)
    fixed = YuNet(write_tiny_yunet(tmp_path / "fixed.onnx", sides=(640, 640)), SIZE).find(picture)
    assert fixed == pytest.approx(free, abs=1e-3)


def test_a_network_for_smaller_pictures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        YuNet(write_tiny_yunet(tmp_path / "small.onnx", sides=(160, 160)), SIZE)
    assert raised.value.code is ErrorCode.BAD_MODEL


def test_more_faces_than_matter_are_not_told(tmp_path: Path) -> None:
    """A network that says yes everywhere costs no more than its picture."""
    everywhere = np.full((512, 512, 3), 250, np.uint8)
    found = YuNet(write_tiny_yunet(tmp_path / "tiny.onnx"), (512, 512)).find(everywhere)
    assert len(found) == 40
