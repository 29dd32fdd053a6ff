"""How fast groups of jobs go while somebody watches them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from fastclip_desktop.gui.jobs.groups import JobGroup, Standing, Stretch


class Pace:
    """Remembers how far each group was when it was first seen at work; a pause begins it anew.

    Args:
        clock: gives seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since: dict[str, tuple[float, float]] = {}

    def watch(self, groups: Iterable[JobGroup]) -> None:
        """Look at all groups that have not ended."""
        at_work = {group.id: group.fraction for group in groups if group.standing is Standing.RUNNING}
        now = self._clock()
        self._since = {each: self._since.get(each, (now, done)) for each, done in at_work.items()}

    def of(self, group: JobGroup) -> Stretch | None:
        """What was watched of a group; ``None`` while it is not at work."""
        since = self._since.get(group.id)
        return None if since is None else Stretch(self._clock() - since[0], group.fraction - since[1])
