"""What a language model is asked to write about a clip, and what of its answer can be shown."""

from __future__ import annotations

import re

from fastclip_desktop.domain.finding_stages import ClipCopy
from fastclip_desktop.selection.judging import BORDER, END, QUOTED, WORD, Question, shown
from fastclip_desktop.selection.numbered import NumberedText

LONGEST_COPY = 120
"""Tokens that the answer may take."""

_LONGEST_LINE = 100
"""Characters"""
_ENDS = ".!?"

_RULES = rf"""
root ::= " "? "hook: " line "\n" "ask: " line "\n" "why: " line
line ::= word (" " word){{1,13}} [.!?]?
word ::= {WORD}
"""

_ASKED = (
    "Write about a short clip whose words are below, in the language of its sentences. Three lines of plain words, "
    "at most twelve words each, without addresses, names of platforms or hashtags:\n"
    "hook: a line above the clip that makes one stay\n"
    "ask: what to ask of whoever has seen it\n"
    "why: why it is worth watching\n"
)


def question_for_copy(text: NumberedText) -> Question:
    """Ask for the three lines."""
    return Question(f"{_ASKED}{QUOTED}\n\n{BORDER}\n", f"{text.text}\n{END}\n", _RULES)


def read_copy(answer: str) -> ClipCopy:
    """What can be shown of an answer; lines that it lacks are empty."""
    lines = dict(re.findall(r"^ ?(hook|ask|why): ([^\n]*)$", answer, re.MULTILINE))
    hook, ask, why = (shown(lines.get(name, ""), _LONGEST_LINE, _ENDS) for name in ("hook", "ask", "why"))
    return ClipCopy(hook, ask, why)
