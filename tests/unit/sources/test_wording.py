from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.sources.wording import clean_line, clean_title, host_of, shown


@given(st.text())
def test_a_clean_line_is_one_line_that_no_terminal_obeys(text: str) -> None:
    line = clean_line(text)
    assert not [character for character in line if ord(character) < 32 or 127 <= ord(character) < 160]
    assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
    assert line.encode().decode() == line
    assert clean_line(line) == line


def test_colours_go_and_emoji_stay() -> None:
    assert clean_line("\x1b[1;31mERROR\x1b[0m:\n👩‍👩‍👧 می‌خواهم") == "ERROR: 👩‍👩‍👧 می‌خواهم"


def test_a_title_has_an_end() -> None:
    assert len(clean_title("word " * 1000)) <= 300


def test_a_password_is_not_shown() -> None:
    assert shown("https://me:secret@example.org/a?b=c@d") == '"https://example.org/a?b=c@d"'


def test_a_long_link_keeps_both_ends() -> None:
    text = shown("https://example.org/" + "x" * 500 + "/talk.mp4")
    assert len(text) < 130
    assert text.startswith('"https://example.org/')
    assert text.endswith('/talk.mp4"')


def test_the_host_is_named_or_else_the_link() -> None:
    assert host_of("https://me:secret@Example.ORG:8080/x") == "example.org"
    assert host_of("https:///x") == '"https:///x"'
    assert host_of("http://[::1/x") == '"http://[::1/x"'
