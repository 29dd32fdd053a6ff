import contextlib
import json
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fastclip_desktop.domain import errors, preview_stages, stage
from fastclip_desktop.domain.clip import Receipt
from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError, SeveralMedia, TooOften
from fastclip_desktop.domain.job import (
    AnalyzeRequest,
    AutoClipRequest,
    ClipRequest,
    Findings,
    JobRequest,
    JoinRequest,
    ShortsRequest,
)
from fastclip_desktop.domain.media import ListedMedia
from fastclip_desktop.domain.montage import Transition, TransitionKind
from fastclip_desktop.domain.preview import Peaks, ShotBoundary, SpriteSheet, Thumbnail
from fastclip_desktop.domain.stage import StageRequest
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import LEAST_BYTES, OutputFormat, OutputSpec
from fastclip_desktop.store.records import pack, unpack

STILLS = (
    Thumbnail(0, Fraction(1, 3), Fraction(-1, 30), 160, 90, b"\xff\xd8 one"),
    Thumbnail(2, Fraction(5), Fraction(4), 160, 90, b""),
)
VALUES = [
    (Thumbnail, STILLS[0]),
    (tuple[Thumbnail, ...], STILLS),
    (tuple[Thumbnail, ...], ()),
    (SpriteSheet, SpriteSheet(b"jpeg", 160, 90, 10, (Fraction(1, 7), Fraction(2)))),
    (tuple[Peaks, ...], (Peaks(Fraction(1, 100), 512, b"\1\2", b"\3\4", b"\5\6\7\10", True),)),
    (tuple[ShotBoundary, ...], (ShotBoundary(Fraction(1001, 30000), 0.1 + 0.2),)),
    (tuple[TimeRange, ...], (TimeRange(Fraction(0), Fraction(1, 3)),)),
    (str, "fast clíp"),
]


@pytest.mark.parametrize(("kind", "value"), VALUES)
def test_a_value_comes_back_unchanged(kind: type, value: object) -> None:
    assert unpack(kind, pack(value)) == value


shots = st.builds(ShotBoundary, st.fractions(), st.floats(allow_nan=False))


@given(st.lists(shots).map(tuple))
def test_fractions_and_floats_come_back_exactly(value: tuple[ShotBoundary, ...]) -> None:
    assert unpack(tuple[ShotBoundary, ...], pack(value)) == value


def test_bytes_take_hardly_more_than_their_own_room() -> None:
    assert len(pack(SpriteSheet(bytes(100_000), 160, 90, 10, ()))) < 100_200


@given(st.binary(max_size=80))
def test_any_bytes_are_a_record_or_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match="no record"):
        unpack(tuple[Thumbnail, ...], data)


@given(st.data())
def test_a_cut_or_changed_record_gives_a_thumbnail_or_a_value_error(data: st.DataObject) -> None:
    record = bytearray(pack(STILLS[0]))
    record[data.draw(st.integers(0, len(record) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(record[: data.draw(st.integers(0, len(record)))])
    with contextlib.suppress(ValueError):
        assert isinstance(unpack(Thumbnail, cut), Thumbnail)


def test_a_record_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="no record"):
        unpack(tuple[ShotBoundary, ...], pack(STILLS))
    with pytest.raises(ValueError, match="no record"):
        unpack(Thumbnail, pack(STILLS))


def record(plain: object, blobs: bytes = b"") -> bytes:
    text = json.dumps(plain).encode()
    return len(text).to_bytes(4, "big") + text + blobs


@pytest.mark.parametrize(
    ("kind", "plain", "blobs"),
    [
        (Fraction, [1, 0], b""),
        (Fraction, [1], b""),
        (Fraction, "1/3", b""),
        (int, True, b""),
        (int, 1.0, b""),
        (bytes, -1, b""),
        (bytes, 5, b"four"),
        (tuple[bytes, ...], [-1, 5], b"four"),
        (TimeRange, {"start": [2, 1], "end": [1, 1]}, b""),
        (TimeRange, {"start": [2, 1]}, b""),
        (ShotBoundary, {"instant": [1, 1], "change": 0.5, "more": 1}, b""),
        (tuple[int, ...], 3, b""),
    ],
)
def test_what_the_kind_does_not_allow_is_refused(kind: type, plain: object, blobs: bytes) -> None:
    with pytest.raises(ValueError, match="no record"):
        unpack(kind, record(plain, blobs))


def test_bytes_that_nobody_asked_for_are_refused() -> None:
    assert unpack(bytes, record(4, b"four")) == b"four"
    with pytest.raises(ValueError, match="no record"):
        unpack(bytes, record(4, b"four and more"))


def test_a_value_without_a_record_is_refused() -> None:
    @dataclass
    class Odd:
        what: object

    with pytest.raises(TypeError, match="set"):
        pack(Odd({1}))


class Colour(StrEnum):
    RED = "red"


class Size(IntEnum):
    LARGE = 3


@dataclass(frozen=True)
class Circle:
    radius: Fraction


@dataclass(frozen=True)
class Square:
    side: Fraction
    pictures: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Drawing:
    shape: Circle | Square
    more: tuple[Square | Circle, ...] = ()
    pair: tuple[str, int | None] = ("", None)
    places: int | tuple[Fraction, ...] = 0
    tags: frozenset[str] | None = None
    folder: Path | None = None
    look: tuple[Colour, Size] = (Colour.RED, Size.LARGE)


DRAWINGS = [
    Drawing(Circle(Fraction(1, 3))),
    Drawing(Square(Fraction(1), (b"a", b"bc")), (Circle(Fraction(2)), Square(Fraction(2), (b"d",)))),
    Drawing(Circle(Fraction(0)), pair=("x", 5), places=(Fraction(1, 2),), tags=frozenset("cab"), folder=Path("a b/ä")),
]


@pytest.mark.parametrize("value", DRAWINGS)
def test_a_choice_of_classes_says_which_it_is(value: Drawing) -> None:
    assert unpack(Drawing, pack(value)) == value
    back = unpack(Drawing, pack(value))
    assert (type(back.look[0]), type(back.look[1])) == (Colour, Size)


def test_equal_values_have_equal_records() -> None:
    one, other = (Drawing(Circle(Fraction(1)), tags=frozenset(tags)) for tags in ("abcdef", "fedcba"))
    assert pack(one) == pack(other)


def test_nothing_is_a_record_too() -> None:
    assert unpack(type(None), pack(None)) is None
    with pytest.raises(ValueError, match="no record"):
        unpack(type(None), pack(0))


def test_a_whole_number_of_seconds_is_a_float() -> None:
    back = unpack(ShotBoundary, pack(ShotBoundary(Fraction(1), 1)))
    assert type(back.change) is float
    with pytest.raises(ValueError, match="no record"):
        unpack(float, pack(True))


def test_a_field_that_came_later_takes_its_default() -> None:
    assert unpack(Receipt, record({"method": "copied"})) == Receipt("copied")
    assert unpack(Drawing, record({"shape": {"": "Circle", "radius": [1, 2]}})) == Drawing(Circle(Fraction(1, 2)))
    assert unpack(FastClipError, record({"": "TooOften", "code": "too_often", "message": "No."})).args == (
        ErrorCode.TOO_OFTEN,
        "No.",
        "",
    )


@pytest.mark.parametrize(
    ("kind", "plain"),
    [
        (Receipt, {"method": "copied", "colour": "red"}),
        (Receipt, {"frames": 3}),
        (Drawing, {"shape": {"": "Triangle", "radius": [1, 2]}}),
        (Drawing, {"shape": {"": "Circle", "side": [1, 2]}}),
        (Drawing, {"shape": None}),
        (Circle, {"": "Square", "radius": [1, 2]}),
        (Colour, "blue"),
        (Size, "large"),
        (tuple[str, int], ["a"]),
        (tuple[str, int], ["a", 1, 2]),
        (Path, 5),
        (frozenset[str], [5]),
        (FastClipError, {"code": "internal", "message": "x"}),
        (FastClipError, {"": "Path", "code": "internal", "message": "x"}),
        (FastClipError, {"": "InputError", "code": "no such code", "message": "x"}),
        (InputError, {"": "UsageError", "code": "bad_time", "message": "x"}),
        (dict[str, int], {"a": 1}),
    ],
)
def test_what_does_not_fit_is_refused(kind: type, plain: object) -> None:
    with pytest.raises(ValueError, match="no record"):
        unpack(kind, record(plain))


def test_bytes_of_a_choice_that_did_not_fit_are_not_used_up() -> None:
    assert unpack(tuple[bytes, Circle | Square], pack((b"x", DRAWINGS[1].shape))) == (b"x", DRAWINGS[1].shape)


@pytest.mark.parametrize("value", [{"a": 1}, [1], frozenset({1}), Colour, object(), ValueError("x"), 1j])
def test_what_has_no_record_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        pack(value)


def classes_below(kind: type) -> Iterator[type]:
    yield kind
    for child in kind.__subclasses__():
        yield from classes_below(child)


FAILURES = [kind for kind in classes_below(FastClipError) if kind.__module__ == errors.__name__]


@pytest.mark.parametrize("kind", FAILURES)
def test_every_failure_comes_back_as_what_it_was(kind: type[FastClipError]) -> None:
    failure = kind(ErrorCode.BAD_TIME, "Mödig.", "Way out.")
    back = unpack(FastClipError, pack(failure))
    assert type(back) is kind
    assert (back.code, back.message, back.hint, vars(back)) == (ErrorCode.BAD_TIME, "Mödig.", "Way out.", vars(failure))


def test_the_facts_of_a_failure_come_back() -> None:
    entries = (ListedMedia("one", "https://a/1", Fraction(5, 3)), ListedMedia("two", ""))
    several = unpack(FastClipError, pack(SeveralMedia(ErrorCode.PLAYLIST_SOURCE, "Which?", "One.", entries)))
    assert isinstance(several, SeveralMedia)
    assert several.entries == entries
    often = unpack(FastClipError, pack(TooOften(ErrorCode.TOO_OFTEN, "No.", "Wait.", 2.5)))
    assert isinstance(often, TooOften)
    assert often.retry_after == 2.5


RESULTS = {
    kind: typing.get_args(base)
    for kind in classes_below(StageRequest)
    # A dataclass with slots is made twice, and its first self is a subclass too.
    if any(getattr(module, kind.__name__, None) is kind for module in (stage, preview_stages))
    and kind not in (StageRequest, stage.ProgressiveRequest)
    for base in kind.__orig_bases__  # type: ignore[attr-defined]
}

fractions = st.fractions(min_value=-(10**6), max_value=10**6)
spans = st.builds(lambda start, length: TimeRange(start, start + length), st.fractions(0, 9000), st.fractions(1, 9))
transitions = st.sampled_from([Transition(), Transition(TransitionKind.CROSS_FADE, Fraction(1, 2))])
st.register_type_strategy(float, st.floats(allow_nan=False))
st.register_type_strategy(Fraction, fractions)
st.register_type_strategy(Path, st.text(max_size=6).map(Path))
st.register_type_strategy(TimeRange, spans)
st.register_type_strategy(str, st.text(max_size=6))
st.register_type_strategy(bytes, st.binary(max_size=6))
st.register_type_strategy(Transition, transitions)

few = settings(max_examples=10)
"""For values that are large to make; the small ones above are looked at more often."""


def test_the_stages_and_their_results_are_found() -> None:
    assert len(RESULTS) >= 15
    assert RESULTS[stage.SelectMoments] == (tuple[tuple[stage.Moment, ...], ...],)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("kind", [part for parts in RESULTS.values() for part in parts], ids=str)
@few
@given(data=st.data())
def test_every_result_of_a_stage_comes_back_unchanged(kind: type, data: st.DataObject) -> None:
    value = data.draw(st.from_type(kind))
    assert unpack(kind, pack(value)) == value


@pytest.mark.parametrize("kind", [ClipRequest, AutoClipRequest, AnalyzeRequest, JoinRequest, ShortsRequest])
@few
@given(data=st.data())
def test_every_request_of_a_job_comes_back_unchanged(kind: type, data: st.DataObject) -> None:
    value = data.draw(st.from_type(kind))
    back = unpack(JobRequest, pack(value))
    assert type(back) is kind
    assert back == value


def test_no_request_of_a_job_is_forgotten_here() -> None:
    known = {ClipRequest, AutoClipRequest, AnalyzeRequest, JoinRequest, ShortsRequest}
    assert set(typing.get_args(JobRequest)) == known


@few
@given(st.from_type(tuple[Findings, ...]))
def test_findings_come_back_unchanged(value: tuple[Findings, ...]) -> None:
    assert unpack(tuple[Findings, ...], pack(value)) == value


@pytest.mark.sampled(3)
@pytest.mark.parametrize("kind", [*RESULTS])
@few
@given(data=st.data())
def test_every_request_of_a_stage_has_a_record(kind: type, data: st.DataObject) -> None:
    with contextlib.suppress(FastClipError):
        value = data.draw(st.from_type(kind))
        assert unpack(kind, pack(value)) == value


def test_an_output_of_before_there_were_limits_and_tracks_to_choose_is_read() -> None:
    plain = b'{"format": "webm", "max_height": 720, "passthrough": false, "compatible": false}'
    assert unpack(OutputSpec, len(plain).to_bytes(4, "big") + plain) == OutputSpec(OutputFormat.WEBM, 720)


@given(st.none() | st.integers(LEAST_BYTES, 2**40), st.none() | st.lists(st.integers(0, 9)).map(tuple), st.booleans())
def test_limits_and_tracks_survive(most: int | None, sounds: tuple[int, ...] | None, subtitles: bool) -> None:
    output = OutputSpec(max_bytes=most, sound_tracks=sounds, subtitles=subtitles)
    assert unpack(OutputSpec, pack(output)) == output
