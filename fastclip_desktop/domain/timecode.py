"""Exact time: seconds as ``Fraction``, ranges, and the one way that a time is read and written.

Floats appear only where JSON or a widget demands them; :func:`seconds_from_number` turns them back by their
decimal text, so that ``0.1`` is a tenth and not the nearest binary fraction.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from fastclip_desktop.domain.errors import ErrorCode, InputError, UsageError

_CLOCK = re.compile(r"(?:(?P<hours>\d{1,4}):)?(?P<minutes>\d{1,2}):(?P<seconds>\d{1,2})(?P<part>\.\d{1,9})?", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,2})?", re.ASCII)
_PLAIN = re.compile(r"\d{1,9}(?:\.\d{1,9})?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class TimeRange:
    """A half-open span ``start <= t < end`` in exact seconds from the source's first presented instant.

    Raises:
        InputError: ``bad_range`` if the start is negative or not before the end.
    """

    start: Fraction
    end: Fraction

    def __post_init__(self) -> None:
        if self.start < 0:
            raise InputError(
                ErrorCode.BAD_RANGE,
                f"The start {format_timecode(self.start)} is before the beginning of the source.",
                "Give a start of 0 or later.",
            )
        if self.start >= self.end:
            raise InputError(
                ErrorCode.BAD_RANGE,
                f"The start {format_timecode(self.start)} is not before the end {format_timecode(self.end)}.",
                "Give an end that is later than the start.",
            )

    @property
    def duration(self) -> Fraction:
        """The length in seconds, always positive."""
        return self.end - self.start

    def overlap(self, other: TimeRange) -> Fraction:
        """The seconds that both ranges hold, 0 where they do not touch."""
        return max(Fraction(0), min(self.end, other.end) - max(self.start, other.start))

    def contains(self, instant: Fraction) -> bool:
        """Whether the instant lies in the half-open span."""
        return self.start <= instant < self.end


def parse_timecode(text: str) -> Fraction:
    """Read ``SS[.mmm]`` or ``[H:]MM:SS[.mmm]`` as exact seconds.

    Raises:
        UsageError: ``bad_time`` if the text is neither, or minutes or seconds reach 60 beside a larger unit.
    """
    stripped = text.strip()
    if _PLAIN.fullmatch(stripped):
        return Fraction(stripped)
    match = _CLOCK.fullmatch(stripped)
    if match:
        hours, minutes, seconds = int(match["hours"] or 0), int(match["minutes"]), int(match["seconds"])
        if seconds < 60 and (minutes < 60 or match["hours"] is None):
            return hours * 3600 + minutes * 60 + seconds + Fraction("0" + (match["part"] or ""))
    raise UsageError(
        ErrorCode.BAD_TIME,
        f"{text[:40]!r} is not a time.",
        "Write seconds (75.5) or [H:]MM:SS[.mmm] (1:15.500).",
    )


def format_timecode(seconds: Fraction) -> str:
    """Write exact seconds as ``[H:]MM:SS.mmm``, rounded to the nearest millisecond, hours only when needed."""
    sign = "-" if seconds < 0 else ""
    milliseconds = round(abs(seconds) * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    tail = f"{rest // 1000:02d}.{rest % 1000:03d}"
    return f"{sign}{hours}:{minutes:02d}:{tail}" if hours else f"{sign}{minutes}:{tail}"


def file_name_timecode(seconds: Fraction) -> str:
    """Write seconds for a file name: ``2-00``, ``1-02-00``, and ``0-10.5`` where a part of a second counts."""
    whole, part = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}-{minutes:02d}-{second:02d}" if hours else f"{minutes}-{second:02d}"
    return f"{text}.{part:03d}".rstrip("0") if part else text


def seconds_from_number(value: float | str) -> Fraction:
    """Turn a JSON number into exact seconds by its shortest decimal text.

    Raises:
        UsageError: ``bad_time`` for NaN, infinities and text that is no number.
    """
    text = str(value).strip()
    # An exponent of nine digits would fill the memory with a single number.
    if _NUMBER.fullmatch(text):
        return Fraction(text)
    raise UsageError(ErrorCode.BAD_TIME, f"{text[:40]!r} is not a time in seconds.", "Give a finite number of seconds.")


def seconds_to_number(seconds: Fraction) -> float:
    """The nearest millisecond as a float, for JSON."""
    return round(seconds * 1000) / 1000
