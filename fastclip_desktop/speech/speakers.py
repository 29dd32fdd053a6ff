"""Who speaks, where a transcript writes it in front of what they say, as in ``ANNA: Good evening.``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from fastclip_desktop.speech.cues import Cue

_NAMED = re.compile(
    r"(?:[-\u2013>]{1,2}\s?)?(?P<name>[^\W\d_][\w.'\u2019-]{0,30}(?: [\w.'\u2019-]{1,30}){0,3})\s?:\s+\S"
)
_FEWEST = 2
"""Times that a name stands in front; "Note:" and the like come once."""


def name_speakers(cues: Sequence[Cue]) -> list[Cue]:
    """The cues with their speakers, each of whom goes on until another one is named; the text stays as it is.

    Args:
        cues: ordered by start. Where one has a speaker already, all come back as they are.
    """
    if any(cue.speaker for cue in cues):
        return list(cues)
    named = [_name(cue) for cue in cues]
    known = {name for name, times in Counter(filter(None, named)).items() if times >= _FEWEST}
    if not known:
        return list(cues)
    speaker = ""
    spoken = []
    for cue, name in zip(cues, named, strict=True):
        speaker = name if name in known else speaker
        spoken.append(replace(cue, speaker=speaker) if speaker else cue)
    return spoken


def _name(cue: Cue) -> str:
    """What stands before a colon at the beginning of a cue and is written as names are, or empty."""
    match = _NAMED.match(cue.lines[0])
    name = match["name"] if match else ""
    return (
        name
        if all(
            part[0].isupper() or part[0].isdecimal() or not part[0].isalpha() or part[0].lower() == part[0].upper()
            for part in name.split()
        )
        else ""
    )
