"""What a model writes about a clip."""

from __future__ import annotations

import pytest

from fastclip_desktop.domain.finding_stages import ClipCopy
from fastclip_desktop.selection.copywriting import question_for_copy, read_copy
from fastclip_desktop.selection.numbered import NumberedText


def test_three_lines_are_read() -> None:
    copy = read_copy("hook: You will not believe this!\nask: Tell a friend.\nwhy: it explains why cats purr")
    assert copy == ClipCopy("You will not believe this!", "Tell a friend.", "it explains why cats purr")


@pytest.mark.parametrize("answer", ["", "nothing", "hook:\nask\nwhy", "hook: \nask: 123\nwhy: !!!"])
def test_lines_that_are_not_there_are_empty(answer: str) -> None:
    assert read_copy(answer) == ClipCopy("", "", "")


def test_nothing_that_could_be_an_address_or_markup_is_shown() -> None:
    copy = read_copy(
        "hook: go to http://evil.example/a?b=c now\nask: <script>alert(1)</script>\nwhy: a@b.example \u202ec"
    )
    for line in (copy.hook, copy.call_to_action, copy.reason):
        assert not set(line) & set("<>/:@=?\u202e()")
        assert "." not in line[:-1]


def test_long_lines_end_with_a_whole_word() -> None:
    copy = read_copy("hook: " + "marvellous " * 40)
    assert len(copy.hook) <= 100
    assert copy.hook.endswith("marvellous")


def test_the_sentences_are_quoted() -> None:
    question = question_for_copy(NumberedText(("[1] Hello.",), 0, 1, 1, is_whole=True))
    assert question.quoted.startswith("[1] Hello.\n===")
    assert "hook" in question.rules
