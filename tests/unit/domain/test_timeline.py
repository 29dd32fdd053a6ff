from __future__ import annotations

import pytest

from fastclip_desktop.domain.errors import ErrorCode, UsageError
from fastclip_desktop.domain.timeline import (
    PASSTHROUGH,
    QUALITIES,
    QUALITY_HEIGHTS,
    OutputFormat,
    OutputSpec,
    parse_quality,
    parse_size,
)


@pytest.mark.parametrize("form", list(OutputFormat))
@pytest.mark.parametrize("write", [str, str.upper, ".{}".format, " {} ".format])
def test_a_format_is_read_however_people_write_it(form: OutputFormat, write: object) -> None:
    assert callable(write)
    assert OutputFormat.parse(write(form.value)) is form


@pytest.mark.parametrize("text", ["", "mp5", "mp4.", "..mp4", "video/mp4", "x" * 1000])
def test_an_unknown_format_is_refused_and_the_known_are_named(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        OutputFormat.parse(text)
    assert caught.value.code is ErrorCode.BAD_FORMAT
    assert len(caught.value.message) < 100
    for form in OutputFormat:
        assert form.value in caught.value.hint


def test_formats_say_what_they_hold() -> None:
    assert OutputFormat.MP4.has_picture
    assert OutputFormat.MP4.has_sound
    assert not OutputFormat.MP3.has_picture
    assert OutputFormat.MP3.has_sound
    assert OutputFormat.GIF.has_picture
    assert not OutputFormat.GIF.has_sound


@pytest.mark.parametrize(
    ("text", "height"),
    [("source", None), ("1080p", 1080), ("high", 1080), ("720P", 720), (" medium ", 720), ("360p", 360)],
)
def test_a_quality_is_a_greatest_height(text: str, height: int | None) -> None:
    assert parse_quality(text) == height


@pytest.mark.parametrize("text", ["", "1080", "9999p", "best", "-1", "low\n!"])
def test_an_unknown_quality_is_refused_and_the_known_are_named(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_quality(text)
    assert caught.value.code is ErrorCode.BAD_QUALITY
    for name in QUALITY_HEIGHTS:
        assert name in caught.value.hint


def test_a_quality_says_how_a_file_looks() -> None:
    assert OutputSpec.of(OutputFormat.MP4, "720p") == OutputSpec(OutputFormat.MP4, 720)
    assert OutputSpec.of(OutputFormat.WEBM, "source") == OutputSpec(OutputFormat.WEBM)


def test_compatible_is_a_quality_that_encodes_everything() -> None:
    assert OutputSpec.of(OutputFormat.MP4, "compatible") == OutputSpec(OutputFormat.MP4, compatible=True)


def test_passthrough_is_a_quality_that_encodes_nothing() -> None:
    assert OutputSpec.of(OutputFormat.MP4, " Passthrough ") == OutputSpec(OutputFormat.MP4, passthrough=True)
    assert PASSTHROUGH in QUALITIES
    assert PASSTHROUGH not in QUALITY_HEIGHTS


def test_a_quality_that_is_none_is_answered_with_all_that_are() -> None:
    with pytest.raises(UsageError) as caught:
        OutputSpec.of(OutputFormat.MP4, "best")
    assert caught.value.code is ErrorCode.BAD_QUALITY
    assert "passthrough" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("10MB", 10_000_000),
        (" 1.5 gb ", 1_500_000_000),
        ("0,5 MB", 500_000),
        ("800k", 800_000),
        ("8 MiB", 8 * 2**20),
        ("10000", 10_000),
    ],
)
def test_a_size_is_read_however_people_write_it(text: str, size: int) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize("text", ["", "MB", "-1MB", "ten", "1e9", "10 XB", "1..5MB", "9999 b", "0", "1 MB of", "٣MB"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_size(text)
    assert caught.value.code is ErrorCode.BAD_USAGE
    assert caught.value.hint


def test_all_sounds_come_along_where_none_is_chosen() -> None:
    assert OutputSpec().takes_sound(9)
    assert not OutputSpec(sound_tracks=()).takes_sound(0)
    assert [number for number in range(4) if OutputSpec(sound_tracks=(2, 0)).takes_sound(number)] == [0, 2]
