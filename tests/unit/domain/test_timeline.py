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
