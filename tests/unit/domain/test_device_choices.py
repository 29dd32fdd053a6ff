from __future__ import annotations

import pickle

import pytest

from fastclip_desktop.domain.device_choices import CHOICES, parse_devices
from fastclip_desktop.domain.device_trial import Candidate, DeviceTrial, Part, TryDevices
from fastclip_desktop.domain.devices import DeviceFailure, DeviceRules
from fastclip_desktop.domain.errors import ErrorCode, UsageError
from fastclip_desktop.domain.work import Work


def test_one_word_is_meant_for_all_work() -> None:
    assert parse_devices(" Processor ") == tuple((work, "processor") for work in CHOICES)


def test_each_kind_of_work_can_be_named() -> None:
    assert parse_devices("encode=nvenc, hear=processor") == ((Work.ENCODE, "nvenc"), (Work.HEAR, "processor"))
    assert parse_devices("graphics,judge=auto")[-1] == (Work.JUDGE, "auto")
    assert parse_devices("") == ()


@pytest.mark.parametrize(
    "text", ["nvenc", "encode=cuda", "bake=processor", "decode=graphics", "encode=", "=processor,x"]
)
def test_what_there_is_not_is_named_with_what_there_is(text: str) -> None:
    with pytest.raises(UsageError) as error:
        parse_devices(text)
    assert error.value.code is ErrorCode.BAD_USAGE
    assert "FASTCLIP_DEVICES" in error.value.message
    assert "encode=auto|processor" in error.value.hint


def test_trials_and_rules_cross_a_process_border_unchanged() -> None:
    candidate = Candidate(Part.ENCODER, "h264_nvenc")
    failure = DeviceFailure("h264_nvenc", "out of memory")
    rules = DeviceRules(((Work.HEAR, "processor"),), (failure,), failure)
    for value in (TryDevices((candidate,)), DeviceTrial(candidate, works=True, milliseconds=1.5), rules):
        assert pickle.loads(pickle.dumps(value)) == value
