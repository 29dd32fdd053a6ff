"""What crosses between the application and a child, and what does not."""

from __future__ import annotations

import os
import pickle
import struct
from fractions import Fraction
from pathlib import Path, PurePosixPath

import pytest

from fastclip_desktop.domain.clip import StageTime
from fastclip_desktop.domain.job import JobState, Priority
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.preview import Thumbnail
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.runners.wire import MOST_BYTES, BadMessage, Frames, framed, from_child


def frames_of(data: bytes, step: int) -> list[bytes]:
    frames = Frames()
    return [frame for at in range(0, len(data), step) for frame in frames.feed(data[at : at + step])]


@pytest.mark.parametrize("step", [1, 7, 8, 9, 1000])
def test_frames_are_put_together_however_they_come(step: int) -> None:
    messages = [("part", b"x" * size) for size in (0, 1, 100, 3000)]
    data = b"".join(map(framed, messages))
    assert [from_child(frame) for frame in frames_of(data, step)] == messages


def test_half_a_frame_is_waited_for() -> None:
    frames = Frames()
    data = framed("whole")
    assert frames.feed(data[:-1]) == []
    assert len(frames.feed(data[-1:])) == 1


def test_a_frame_that_is_too_large_is_not_waited_for() -> None:
    with pytest.raises(BadMessage, match="bytes"):
        Frames().feed(struct.pack("!Q", MOST_BYTES + 1))


@pytest.mark.parametrize(
    "value",
    [
        None,
        ("result", (1, 2.5, "three", b"four"), 1.0),
        Fraction(1, 3),
        Path("talk.mp4"),
        PurePosixPath("talk.mp4"),
        {"a": {1, 2}, "b": frozenset({3})},
        JobState.FAILED,
        Priority.BATCH,
        Thumbnail(0, Fraction(0), Fraction(0), 16, 9, b"jpeg"),
        StageTime("render", 1.5),
        FetchedMedia(Path("a"), None),
        MediaFile("talk.mp4", "A talk", Path("talk.mp4")),
    ],
    ids=lambda value: type(value).__name__,
)
def test_values_cross_from_a_child(value: object) -> None:
    assert from_child(pickle.dumps(value)) == value


class Calls:
    """Pickles as the call of something."""

    def __init__(self, function: object, *arguments: object) -> None:
        self._call = function, arguments

    def __reduce__(self) -> tuple[object, ...]:
        return self._call


@pytest.mark.parametrize(
    "call",
    [
        Calls(os.system, "false"),
        Calls(eval, "1"),
        Calls(getattr, Path, "unlink"),
        Calls(Path.unlink, Path("nothing")),
        Calls(JobState.mro),
    ],
    ids=["os.system", "eval", "getattr", "method", "method of an enumeration"],
)
def test_no_call_crosses_from_a_child(call: Calls) -> None:
    with pytest.raises(BadMessage):
        from_child(pickle.dumps(call))


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("fastclip_desktop.domain.stage", "Path.unlink"),
        ("fastclip_desktop.domain.stage", "dataclass"),
        ("fastclip_desktop.domain.stage", "Fraction"),
        ("fastclip_desktop.domain.timecode", "parse_timecode"),
        ("fastclip_desktop.runners.child", "main"),
        ("subprocess", "Popen"),
        ("builtins", "eval"),
        ("fastclip_desktop.domain.nowhere", "Nothing"),
    ],
)
def test_only_classes_of_values_are_looked_up(module: str, name: str) -> None:
    pickled = b"\x80\x04" + b"".join(b"\x8c" + bytes([len(text)]) + text.encode() for text in (module, name)) + b"\x93."
    with pytest.raises(BadMessage):
        from_child(pickled)


def test_what_is_no_pickle_is_told() -> None:
    with pytest.raises(BadMessage):
        from_child(b"nonsense")
