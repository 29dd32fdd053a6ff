from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl

from fastclip_desktop.gui.incoming import clean_source, is_captions, links_in, sources_in


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("  https://example.org/talk \n", "https://example.org/talk"),
        ('"C:\\videos\\my talk.mp4"', "C:\\videos\\my talk.mp4"),
        ("file:///videos/my%20talk.mp4", "/videos/my talk.mp4"),
        ("/videos/it's.mp4", "/videos/it's.mp4"),
        ('"', '"'),
        ("", ""),
    ],
)
def test_a_typed_source_is_cleaned(text: str, source: str) -> None:
    assert clean_source(text) == source


def test_dropped_files_become_paths_and_links_stay_links(tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "ä b.mp4")), QUrl("https://example.org/a?b=c%20d")])
    assert sources_in(mime) == (str(tmp_path / "ä b.mp4"), "https://example.org/a?b=c%20d")


def test_only_lines_that_are_links_count_in_text() -> None:
    mime = QMimeData()
    mime.setText("look at this:\nhttps://example.org/a\n\nHTTP://example.org/b\nnot one")
    assert sources_in(mime) == ("https://example.org/a", "HTTP://example.org/b")


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("(see https://example.org/a).", "https://example.org/a"),
        ("https://example.org/wiki/Talk_(film)", "https://example.org/wiki/Talk_(film)"),
        ("(https://example.org/wiki/Talk_(film))", "https://example.org/wiki/Talk_(film)"),
        ("<https://example.org/a>, and more", "https://example.org/a"),
        ("Look at “it”: https://example.org/a?b=c.d!", "https://example.org/a?b=c.d"),
        ("https://example.org/a/?", "https://example.org/a/?"),
        ("https://[2001:db8::1]", "https://[2001:db8::1]"),
    ],
)
def test_what_stands_around_a_link_is_no_part_of_it(text: str, link: str) -> None:
    assert links_in(text) == (link,)


def test_nonsense_holds_no_source() -> None:
    mime = QMimeData()
    mime.setData("application/x-color", b"\x00")
    assert sources_in(mime) == ()


def test_captions_are_known_by_their_name() -> None:
    assert is_captions("/videos/talk.en.VTT")
    assert not is_captions("/videos/talk.mp4")
    assert not is_captions("https://example.org/talk.vtt")
