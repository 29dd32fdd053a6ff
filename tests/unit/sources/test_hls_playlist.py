from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.sources.fragments import MOST_FRAGMENTS, Fragment, Fragments, Key, dash_fragments
from fastclip_desktop.sources.hls_playlist import hls_fragments

URL = "https://example.org/video/list.m3u8?token=1"
BASE = "https://example.org/video/"


def read(*lines: str) -> Fragments | None:
    return hls_fragments("\n".join(("#EXTM3U", *lines, "#EXT-X-ENDLIST")), URL)


def pieces(*lines: str) -> tuple[Fragment, ...]:
    found = read(*lines)
    assert found is not None
    return found.pieces


def test_pieces_follow_each_other_in_exact_seconds() -> None:
    first, second = pieces("#EXTINF:9.009,", "a.ts", "#EXTINF:3.003,a title, with commas", "/b.ts")
    assert first == Fragment(f"{BASE}a.ts", Fraction(0), Fraction("9.009"))
    assert second == Fragment("https://example.org/b.ts", Fraction("9.009"), Fraction("12.012"))


def test_pieces_may_be_parts_of_one_file() -> None:
    found = pieces(
        "#EXT-X-BYTERANGE:100@50",
        "#EXTINF:1,",
        "a.ts",
        "#EXTINF:1,",
        "#EXT-X-BYTERANGE:30",
        "a.ts",
        "#EXTINF:1,",
        "b.ts",
    )
    assert [(piece.first, piece.last) for piece in found] == [(50, 150), (150, 180), (0, None)]


def test_the_head_is_no_piece() -> None:
    found = read('#EXT-X-MAP:URI="init.mp4",BYTERANGE="700@10"', "#EXTINF:2,", "a.m4s")
    assert found is not None
    assert found.head == Fragment(f"{BASE}init.mp4", Fraction(0), Fraction(0), 10, 710)
    assert len(found.pieces) == 1


def test_the_vector_of_a_key_is_the_pieces_number_unless_it_is_named() -> None:
    found = pieces(
        "#EXT-X-MEDIA-SEQUENCE:7",
        "#EXTINF:1,",
        "a.ts",
        '#EXT-X-KEY:METHOD=AES-128,URI="/k"',
        "#EXTINF:1,",
        "b.ts",
        '#EXT-X-KEY:METHOD=AES-128,URI="/k",IV=0xFF',
        "#EXTINF:1,",
        "c.ts",
        "#EXT-X-KEY:METHOD=NONE",
        "#EXTINF:1,",
        "d.ts",
    )
    keys = [piece.key for piece in found]
    assert keys == [
        None,
        Key("https://example.org/k", (8).to_bytes(16, "big")),
        Key("https://example.org/k", (255).to_bytes(16, "big")),
        None,
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["#EXT-X-STREAM-INF:BANDWIDTH=1", "low.m3u8"],
        ["#EXTINF:1,", "a.ts", "#EXT-X-DISCONTINUITY", "#EXTINF:1,", "b.ts"],
        ["#EXT-X-GAP", "#EXTINF:1,", "a.ts"],
        ['#EXT-X-KEY:METHOD=SAMPLE-AES,URI="/k"', "#EXTINF:1,", "a.ts"],
        ['#EXT-X-KEY:METHOD=AES-128,URI="/k",KEYFORMAT="com.apple"', "#EXTINF:1,", "a.ts"],
        ['#EXT-X-KEY:METHOD=AES-128,URI="/k",IV=0xfgh', "#EXTINF:1,", "a.ts"],
        ['#EXT-X-MAP:URI="a"', '#EXT-X-MAP:URI="b"', "#EXTINF:1,", "a.m4s"],
        ["#EXTINF:1,", "a.m4s", '#EXT-X-MAP:URI="a"', "#EXTINF:1,", "b.m4s"],
        ["#EXTINF:one,", "a.ts"],
        ["#EXTINF:1e999999,", "a.ts"],
        ["#EXT-X-BYTERANGE:many", "#EXTINF:1,", "a.ts"],
        ["a.ts"],
        [],
    ],
)
def test_what_cannot_be_chosen_by_time_is_left_alone(lines: list[str]) -> None:
    assert read(*lines) is None


def test_a_broadcast_that_goes_on_is_left_alone() -> None:
    assert hls_fragments("#EXTM3U\n#EXTINF:1,\na.ts\n", URL) is None
    assert hls_fragments("<html>", URL) is None


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://example.org/a.ts", "data:text/plain,a"])
@pytest.mark.parametrize("line", ["{}", '#EXT-X-MAP:URI="{}"', '#EXT-X-KEY:METHOD=AES-128,URI="{}"'])
def test_a_playlist_names_nothing_but_the_web(address: str, line: str) -> None:
    lines = [line.format(address), "#EXTINF:1,", "a.ts"] if line != "{}" else ["#EXTINF:1,", address]
    with pytest.raises(InputError) as caught:
        read(*lines)
    assert caught.value.code is ErrorCode.SOURCE_REFUSED
    assert "example.org" in caught.value.message


def test_a_million_pieces_are_too_many() -> None:
    with pytest.raises(InputError) as caught:
        read(*["#EXTINF:1,\na.ts"] * (MOST_FRAGMENTS + 1))
    assert caught.value.code is ErrorCode.SOURCE_TOO_LARGE


@given(
    st.lists(st.sampled_from(["#EXTINF:", "#EXT-X-MAP:", "#EXT-X-KEY:METHOD=AES-128", "a", "1,", "=", '"', "@", "\n"]))
)
def test_no_playlist_breaks_it(parts: list[str]) -> None:
    found = read("".join(parts), "#EXTINF:1,", "a.ts")
    assert found is None or found.pieces


def test_pieces_are_found_by_their_seconds() -> None:
    found = read(*["#EXTINF:2,\na.ts"] * 10)
    assert found is not None
    assert found.overlapping(Fraction(3), Fraction(6)) == range(1, 3)
    assert found.overlapping(Fraction(6), Fraction(7)) == range(3, 4)
    assert found.overlapping(Fraction(-5), Fraction(100)) == range(10)
    assert found.overlapping(Fraction(30), Fraction(31)) == range(9, 10)
    assert found.overlapping(Fraction(-3), Fraction(-2)) == range(1)
    assert found.duration == 20


def test_dash_pieces_come_as_ytdlp_lists_them() -> None:
    form = {
        "fragment_base_url": "https://example.org/v/",
        "fragments": [
            {"path": "init.m4s"},
            {"path": "1.m4s", "duration": 2.5},
            {"url": "https://a.b/2", "duration": 1},
        ],
    }
    found = dash_fragments(form)
    assert found is not None
    assert found.head == Fragment("https://example.org/v/init.m4s", Fraction(0), Fraction(0))
    assert found.pieces == (
        Fragment("https://example.org/v/1.m4s", Fraction(0), Fraction(5, 2)),
        Fragment("https://a.b/2", Fraction(5, 2), Fraction(7, 2)),
    )


@pytest.mark.parametrize(
    "fragments",
    [
        None,
        [],
        [{"path": "a"}],
        [{"path": "a", "duration": 1}, {"path": "b", "duration": 1}],
        [{"path": "a"}, {"path": "b"}],
        "x",
    ],
)
def test_dash_pieces_without_times_are_left_alone(fragments: object) -> None:
    assert dash_fragments({"fragments": fragments, "fragment_base_url": "https://example.org/"}) is None
