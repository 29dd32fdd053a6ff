"""How often something may happen: a log of each time that it did, looked at through a window that slides.

A log is exact where buckets of a minute let twice as much through at their border. It lies in the database, so that a
restart grants nothing, and on the connection of the caller's transaction, so that a visit and what it is counted for
are one commit: a job that is refused for another reason counts nowhere. Libraries such as ``pyrate-limiter`` have a
SQLite bucket with a connection of its own, which could be part of no transaction of ours.

A clock that is set back leaves visits that are yet to come. One of less than a window ahead counts when it says. One
further ahead counts as of now, from the next visit on that is let through.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from fastclip_desktop.domain.errors import ErrorCode, InternalError, TooOften

LONGEST_WINDOW = 86_400.0
"""Seconds; older visits are of no interest to anybody."""

_CRUMBS = 100
"""Rows of others that a visit clears away besides."""

_ROUNDING = 1e-6
"""Seconds: more than what a float of seconds since 1970 is wrong by."""

_IN_WINDOW = "SELECT at FROM visits WHERE bucket = ? AND at > ? ORDER BY at"

_SINCE = "SELECT bucket, at FROM visits WHERE at > ? AND substr(bucket, 1, ?) = ? ORDER BY at"
_FORGET = "DELETE FROM visits WHERE at <= ? AND substr(bucket, 1, ?) = ?"

_CLEAR_OTHERS = "DELETE FROM visits WHERE id IN (SELECT id FROM visits WHERE at <= ? ORDER BY at LIMIT ?)"


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left after a visit.

    Attributes:
        remaining: how many more are let through right now.
        reset: seconds since 1970 at which there will be one more than that.
    """

    remaining: int
    reset: float


class Limits:
    """The log of visits.

    Args:
        connection: of the transaction that does what is counted.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def visit(self, bucket: str, most: int, seconds: float, now: float, what: str = "requests") -> Allowance:
        """Count one more, unless there were too many.

        Args:
            bucket: whose and what, such as ``jobs of <key>``.
            most: how many within the window.
            seconds: how long the window is, at most ``LONGEST_WINDOW``.
            now: seconds since 1970.
            what: what is counted, for a person.

        Raises:
            TooOften: the limit is reached; this one was not counted.
        """
        if not 0 < seconds <= LONGEST_WINDOW:
            raise InternalError(ErrorCode.INTERNAL, f"A window of {seconds} s is not kept.")
        rows = self._connection.execute(_IN_WINDOW, (bucket, now - seconds)).fetchall()
        allowance = allow([float(row[0]) for row in rows], most, seconds, now, what)
        self._clear(bucket, seconds, now)
        self._connection.execute("INSERT INTO visits (bucket, at) VALUES (?, ?)", (bucket, now))
        return allowance

    def add(self, bucket: str, times: Sequence[float]) -> None:
        """Write down visits that were let through elsewhere, in seconds since 1970."""
        self._connection.executemany("INSERT INTO visits (bucket, at) VALUES (?, ?)", [(bucket, at) for at in times])

    def since(self, prefix: str, after: float) -> dict[str, list[float]]:
        """The visits after an instant to buckets whose name begins in a way, in rising order."""
        rows = self._connection.execute(_SINCE, (after, len(prefix), prefix))
        found: dict[str, list[float]] = {}
        for row in rows:
            found.setdefault(row["bucket"], []).append(float(row["at"]))
        return found

    def forget(self, prefix: str, before: float) -> None:
        """Drop visits up to an instant to buckets whose name begins in a way."""
        self._connection.execute(_FORGET, (before, len(prefix), prefix))

    def _clear(self, bucket: str, seconds: float, now: float) -> None:
        self._connection.execute("UPDATE visits SET at = ? WHERE bucket = ? AND at > ?", (now, bucket, now + seconds))
        self._connection.execute("DELETE FROM visits WHERE bucket = ? AND at <= ?", (bucket, now - seconds))
        self._connection.execute(_CLEAR_OTHERS, (now - LONGEST_WINDOW, _CRUMBS))


def allow(times: Sequence[float], most: int, seconds: float, now: float, what: str) -> Allowance:
    """What is left after one more visit now.

    Args:
        times: of the visits so far that have not left the window, rising.
        most: how many within the window.
        seconds: how long the window is.
        now: seconds since 1970.
        what: what is counted, for a person.

    Raises:
        TooOften: the limit is reached.
    """
    counted = bisect_right(times, now + seconds)
    if counted >= most:
        raise _too_often(most, seconds, what, _wait(times, most, seconds, now))
    return Allowance(most - counted - 1, min([now, *times[:1]]) + seconds)


def _wait(times: Sequence[float], most: int, seconds: float, now: float) -> float:
    """Seconds until fewer than ``most`` of the visits count: whenever one leaves the window, it may be so.

    Args:
        times: of all visits that have not left it yet, rising.
        most: as many may count.
        seconds: the window.
        now: seconds since 1970.
    """
    for at in times:
        counted = bisect_right(times, at + 2 * seconds + _ROUNDING) - bisect_right(times, at + _ROUNDING)
        if counted < most:
            return at + seconds - now + _ROUNDING
    return seconds


def _too_often(most: int, seconds: float, what: str, retry_after: float) -> TooOften:
    return TooOften(
        ErrorCode.TOO_OFTEN,
        f"There may be at most {most} {what} within {_span(seconds)}.",
        f"Try again in {_span(retry_after - _ROUNDING)}.",
        retry_after,
    )


def _span(seconds: float) -> str:
    whole = max(1, -int(-seconds // 1))
    for unit, name in ((3600, "hour"), (60, "minute")):
        if whole >= unit and whole % unit == 0:
            return f"{whole // unit} {name}{'s' if whole > unit else ''}"
    return f"{whole} second{'s' if whole > 1 else ''}"
