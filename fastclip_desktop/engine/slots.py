"""How many stages of a kind run at once, and who goes first when there is no room."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from fastclip_desktop.domain.job import Priority
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.stage import Resource

_LOOK_AROUND = 0.1
"""Seconds after which whoever waits looks whether it was told to stop."""


class Slots:
    """Room for so many stages of each kind.

    Who waits goes in by priority, then by the order of coming. A person gets one place beyond the limit, so that their
    own job never waits for a batch that happens to hold them all.

    Args:
        sizes: stages at once by what they take most of; a kind that is not named has no limit.
    """

    def __init__(self, sizes: Mapping[Resource, int]) -> None:
        self._sizes = dict(sizes)
        self._changed = threading.Condition()
        self._holders: dict[Resource, list[Priority]] = {kind: [] for kind in self._sizes}
        self._waiting: dict[Resource, list[tuple[Priority, int]]] = {kind: [] for kind in self._sizes}
        self._tickets = itertools.count()

    @contextmanager
    def take(self, resource: Resource, priority: Priority, cancel: CancelToken) -> Iterator[None]:
        """Hold a place while the block runs; waits for one.

        Raises:
            Cancelled: if the token is set meanwhile.
        """
        if resource not in self._sizes:
            yield
            return
        self._enter(resource, priority, cancel)
        try:
            yield
        finally:
            with self._changed:
                self._holders[resource].remove(priority)
                self._changed.notify_all()

    def _enter(self, resource: Resource, priority: Priority, cancel: CancelToken) -> None:
        with self._changed:
            turn = (priority, next(self._tickets))
            waiting = self._waiting[resource]
            waiting.append(turn)
            try:
                while min(waiting) != turn or not self._has_room(resource, priority):
                    cancel.check()
                    self._changed.wait(_LOOK_AROUND)
                self._holders[resource].append(priority)
            finally:
                waiting.remove(turn)
                self._changed.notify_all()

    def _has_room(self, resource: Resource, priority: Priority) -> bool:
        holders = self._holders[resource]
        if len(holders) < self._sizes[resource]:
            return True
        held_by_people = holders.count(Priority.PERSON)
        return (
            priority is Priority.PERSON
            and held_by_people < self._sizes[resource]
            and len(holders) == self._sizes[resource]
        )
