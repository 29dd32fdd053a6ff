"""Which encoder is chosen where more than one chip works."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fastclip_desktop.domain.devices import DeviceFailure, DeviceRules
from fastclip_desktop.hardware import standing
from fastclip_desktop.media import encoders
from fastclip_desktop.media.encoders import SOFTWARE, choose_h264_encoder

GONE = DeviceFailure("h264_nvenc", "out of memory")


@pytest.fixture(autouse=True)
def two_chips(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(encoders, "_trial", lambda name: "" if name in ("h264_nvenc", "h264_qsv") else "it is not here")
    yield
    standing.obey(DeviceRules())


def test_work_that_a_chip_broke_off_is_done_again_by_the_processor_whatever_else_there_is() -> None:
    told: list[str] = []
    standing.obey(DeviceRules(failures=(GONE,), fallen=GONE), told.append)
    chosen = choose_h264_encoder(1920, 1080)
    assert chosen.name == SOFTWARE
    assert chosen.notes == ("NVENC gave up in the middle (out of memory), so the processor encodes instead.",)
    assert told == [""]  # no driver is touched


def test_later_work_takes_the_chip_that_is_left() -> None:
    standing.obey(DeviceRules(failures=(GONE,)))
    chosen = choose_h264_encoder(1920, 1080)
    assert (chosen.name, chosen.notes) == ("h264_qsv", ())
