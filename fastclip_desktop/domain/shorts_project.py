"""Shorts as the scripts of the AI clipping contract know them: a job under names of its own."""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from random import SystemRandom

from fastclip_desktop.domain.job import Job

_DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase


def new_name(kind: str) -> str:
    """A name that nobody can guess: ``KIND_`` and twenty digits to the base of 62."""
    return f"{kind}_{''.join(SystemRandom().choices(_DIGITS, k=20))}"


@dataclass(frozen=True, slots=True)
class ShortsProject:
    """One request for shorts, and what has become of it.

    Attributes:
        job: carries it out, and says what was asked for; see :class:`~fastclip_desktop.domain.job.ShortsRequest`.
        key: the id of the key that its script showed; nobody else hears of it.
        credits: what it may cost at most.
        updated: seconds since 1970 of the last news of it.
        id: what it is asked for by.
        run: the name of its only try.
        render: the name of its result.
    """

    job: Job
    key: str
    credits: int = 0
    updated: float = 0.0
    id: str = field(default_factory=lambda: new_name("rproj"))
    run: str = field(default_factory=lambda: new_name("run"))
    render: str = field(default_factory=lambda: new_name("render"))
