"""What this process goes by when it chooses devices, and whom it tells what it does with them.

Whoever begins to use a device says so here before the driver is called: if the process dies, its parent knows what it
was busy with, lets the work be done without it, and has no later process try it again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from fastclip_desktop.domain.devices import LONGEST_REASON, DeviceFailure, DeviceRules

_log = logging.getLogger(__name__)


class _Standing:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.rules = DeviceRules()
        self.failures: dict[str, DeviceFailure] = {}
        self.on_use: Callable[[str], None] = _nobody
        self.on_failure: Callable[[DeviceFailure], None] = _nobody


def _nobody(_: object) -> None:
    """Where nobody is told."""


_standing = _Standing()


def obey(
    given: DeviceRules,
    on_use: Callable[[str], None] = _nobody,
    on_failure: Callable[[DeviceFailure], None] = _nobody,
) -> None:
    """Go by these rules from now on; failures of this process that they do not name count no more.

    Args:
        given: the rules.
        on_use: gets the name of each device before it is used.
        on_failure: gets each failure.
    """
    with _standing.lock:
        _standing.rules, _standing.failures = given, {each.device: each for each in given.failures}
        _standing.on_use, _standing.on_failure = on_use, on_failure


def rules() -> DeviceRules:
    """What to go by."""
    return _standing.rules


def failure_of(device: str) -> DeviceFailure | None:
    """How a device gave up since the start; ``None`` if it did not."""
    return _standing.failures.get(device)


def use(device: str) -> None:
    """Say that a device is about to be used."""
    _standing.on_use(device)


def give_up(device: str, reason: str) -> DeviceFailure:
    """Say that a device failed in the middle of its work; it is not tried again."""
    failure = DeviceFailure(device, " ".join(reason.split())[:LONGEST_REASON].rstrip("."))
    with _standing.lock:
        _standing.failures[device] = failure
    _log.warning("%s gave up and is not used any more until the next start: %s", device, failure.reason)
    _standing.on_failure(failure)
    return failure


@contextmanager
def falling(failure: DeviceFailure) -> Iterator[None]:
    """Meanwhile the work of a device that failed is done again; whoever chooses another one says so."""
    before = _standing.rules
    _standing.rules = replace(before, fallen=failure)
    try:
        yield
    finally:
        _standing.rules = before
