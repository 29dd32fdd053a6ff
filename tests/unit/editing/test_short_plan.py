from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.short_look import Aspect, Framing, ShortLook
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.editing.short_plan import (
    banners,
    clean_line,
    frame_size,
    shortened,
    side_by_side,
    softness,
)


@pytest.mark.parametrize(
    ("aspect", "side", "source", "expected"),
    [
        (Aspect.PORTRAIT, 1080, (1920, 1080), (1080, 1920)),
        (Aspect.PORTRAIT, 720, (640, 360), (720, 1280)),
        (Aspect.SQUARE, 1080, (1920, 1080), (1080, 1080)),
        (Aspect.FEED, 1080, (1920, 1080), (1080, 1350)),
        (Aspect.WIDE, 1080, (1080, 1920), (1920, 1080)),
        (Aspect.SOURCE, 1080, (1920, 1080), (1920, 1080)),
        (Aspect.SOURCE, 1080, (320, 180), (320, 180)),
        (Aspect.SOURCE, 720, (1920, 1080), (1280, 720)),
        (Aspect.SOURCE, 1080, (853, 480), (852, 480)),
        (Aspect.SOURCE, 1080, (608, 1081), (608, 1080)),
    ],
)
def test_the_frame_has_the_shape_and_side_that_were_asked_for(
    aspect: Aspect, side: int, source: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert frame_size(ShortLook(aspect=aspect, short_side=side), source) == expected


@given(st.sampled_from(Aspect), st.integers(144, 2160), st.integers(2, 8000), st.integers(2, 8000))
def test_frames_are_even_whatever_the_source(aspect: Aspect, side: int, width: int, height: int) -> None:
    frame = frame_size(ShortLook(aspect=aspect, short_side=side), (width, height))
    assert all(pixels >= 2 and pixels % 2 == 0 for pixels in frame)


def test_a_source_with_too_few_pixels_is_told_of_by_how_it_is_shown() -> None:
    whole, filled = ShortLook(framing=Framing.BLUR), ShortLook(framing=Framing.CROP)
    assert softness(whole, (1280, 720)) == ""
    assert (
        softness(filled, (1920, 1080))
        == "The source has only 1920×1080 pixels, so that the short looks soft at 1080×1920."
    )
    assert softness(filled, (3840, 2160)) == ""
    assert "640×360" in softness(whole, (640, 360))


def times(*pairs: tuple[str, str]) -> tuple[TimeRange, ...]:
    return tuple(TimeRange(Fraction(start), Fraction(end)) for start, end in pairs)


def test_spans_that_share_some_air_are_parted_in_the_middle_of_it() -> None:
    assert side_by_side(times(("0", "10.5"), ("9.5", "20"), ("30", "40"))) == times(
        ("0", "10"), ("10", "20"), ("30", "40")
    )


LOOK = ShortLook()


@pytest.mark.parametrize(
    ("duration", "hook", "call", "expected"),
    [
        ("30", "Hi", "Bye", [("Hi", 0, 3), ("Bye", 27, 30)]),
        ("30", "", "Bye", [("Bye", 27, 30)]),
        ("2", "Hi", "", [("Hi", 0, 2)]),
        ("4.5", "Hi", "Bye", [("Hi", 0, 2), ("Bye", "2.5", "4.5")]),
        ("2", "Hi", "Bye", [("Hi", 0, 2)]),
        ("2", "", "", []),
    ],
)
def test_hook_and_call_stand_at_the_two_ends_and_never_together(
    duration: str, hook: str, call: str, expected: list[tuple[str, object, object]]
) -> None:
    made = banners(hook, call, Fraction(duration), LOOK)
    assert [(each.text, each.span.start, each.span.end) for each in made] == [
        (text, Fraction(start), Fraction(end))  # type: ignore[arg-type]
        for text, start, end in expected
    ]


def test_lines_are_shown_without_what_hides_in_them() -> None:
    assert clean_line(" a\n\tb\u202e c\x00\u200b  d ") == "a b c d"
    family = "\U0001f468\u200d\U0001f469"
    assert clean_line(family) == family
    newer, flag = "\U0001fa77", "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
    assert clean_line(f"{newer}\ufdd0 {flag}") == f"{newer} {flag}"  # younger than this Python's tables, and tags


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Short enough.", "Short enough."),
        (
            "This is a sentence that goes on for a while, and then goes on some more",
            "This is a sentence that goes on for a while",
        ),
        (
            "One word after another follows here without any comma in between them",
            "One word after another follows here without any comma in…",
        ),
        ("x" * 100, "x" * 59 + "…"),
        ("\u3042" * 40, "\u3042" * 29 + "…"),
        ("e\u0323\u0302" * 100, "\u1ec7" * 59 + "…"),
        ("x\u0323\u0302" * 100, "x\u0323\u0302" * 59 + "…"),
        ("x" * 100_000, "x" * 59 + "…"),
    ],
)
def test_long_lines_end_behind_a_clause_or_between_two_words(text: str, expected: str) -> None:
    assert shortened(text, 60) == expected
