"""The kinds of work for which a machine may have more than one device."""

from __future__ import annotations

from enum import StrEnum


class Work(StrEnum):
    """What a machine has to do."""

    DECODE = "decode"
    ENCODE = "encode"
    HEAR = "hear"
    COMPARE = "compare"
    JUDGE = "judge"
    FACES = "faces"
