"""What a style of captions may say."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.caption_limits import mistake_in, sensible
from fastclip_desktop.domain.short_look import CaptionStyle
from fastclip_desktop.domain.short_presets import CAPTION_STYLES, PRESETS, look_of


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"size": -1.0}, "size has to be between 0.01 and 0.5"),
        ({"weight": 5000}, "weight has to be between 100 and 900"),
        ({"position": float("nan")}, "position has to be between 0 and 1"),
        ({"lines": 0}, "lines has to be between 1 and 6"),
        ({"box_color": "red"}, "box_color has to be a colour such as #ffd84d, or #ffd84d80 for half of it"),
        ({"color": ""}, "color has to be a colour such as #ffd84d"),
        ({"families": ("x",) * 17}, "families has to be a list of at most 16 names of fonts"),
    ],
)
def test_nonsense_is_named(changes: dict[str, object], said: str) -> None:
    assert mistake_in(replace(CaptionStyle(), **changes)) == said


def test_what_the_program_comes_with_makes_sense() -> None:
    looks = [look_of(preset) for preset in PRESETS]
    styles = [*CAPTION_STYLES, *(look.hook for look in looks), *(look.call_to_action for look in looks)]

    assert [mistake_in(style) for style in styles] == [""] * len(styles)
    assert all(sensible(style) is style for style in styles)


@given(st.data())
def test_any_style_becomes_one_that_makes_sense(data: st.DataObject) -> None:
    kinds = {
        float: st.floats(),
        int: st.integers(),
        str: st.text(max_size=12),
        bool: st.booleans(),
        tuple: st.lists(st.text(max_size=300), max_size=30).map(tuple),
    }
    plain = CaptionStyle()
    drawn = {
        each.name: data.draw(kinds[type(getattr(plain, each.name))])
        for each in fields(CaptionStyle)
        if type(getattr(plain, each.name)) in kinds
    }

    mended = sensible(replace(plain, **drawn))

    assert mistake_in(mended) == ""
    assert [type(getattr(mended, each.name)) for each in fields(CaptionStyle)] == [
        type(getattr(plain, each.name)) for each in fields(CaptionStyle)
    ]
