from __future__ import annotations

import pytest

from fastclip_desktop.speech.broken_xml import root_of
from fastclip_desktop.speech.timed_text import read_timed_text
from fastclip_desktop.speech.ttml import read_ttml

TTML = '<tt xmlns="http://www.w3.org/ns/ttml"><body><p begin="1s" end="2s">one</p><p begin="2s" end="3s">two</p>'


@pytest.mark.parametrize("rest", ["", "<p beg", "</div>", "\x01", "&nothing;", "<p begin='4s'>thr"])
def test_what_stands_before_the_fault_is_read(rest: str) -> None:
    cues = list(read_ttml(TTML + rest))
    assert [cue.text for cue in cues][:2] == ["one", "two"]
    assert [cue.text for cue in read_timed_text(f'<transcript><text start="1" dur="2">one</text>{rest}')] == ["one"]


@pytest.mark.parametrize("text", ["", "<", "no xml", "<a", "&"])
def test_what_never_begins_has_no_root(text: str) -> None:
    assert root_of(text) is None


def test_whole_xml_is_whole() -> None:
    root = root_of("<a><b/><c>x</c></a>")
    assert root is not None
    assert [child.tag for child in root] == ["b", "c"]
