"""Subtitle text comes out of its format's markup."""

from __future__ import annotations

import pytest

from fastclip_desktop.media.cue_packets import is_text, plain_text


@pytest.mark.parametrize(
    ("cue", "codec", "text"),
    [
        ("Hello\r\nthere", "subrip", "Hello\nthere"),
        ("<i>Hello</i> <font color='red'>there</font>", "subrip", "Hello there"),
        ("{\\an8}Up here", "subrip", "Up here"),
        ("1 < 2 and 3 > 2", "subrip", "1 < 2 and 3 > 2"),
        ("<v Ann>Tom &amp; <b>Jerry</b>&nbsp;&lt;3", "webvtt", "Tom & Jerry <3"),
        ("0,0,Default,,0,0,0,,{\\pos(1,2)}One, two\\Nthree\\hfour", "ass", "One, two\nthree four"),
        ("0,0,Default,,0,0,0,,", "ass", ""),
        (" \r\n", "text", ""),
    ],
)
def test_words_remain(cue: str, codec: str, text: str) -> None:
    assert plain_text(cue, codec) == text


def test_pictures_are_no_text() -> None:
    assert not is_text("hdmv_pgs_subtitle")
    assert is_text("subrip")
