"""Which workers a cluster has, and which of them may do a stage."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from fastclip_desktop import __version__
from fastclip_desktop.domain.errors import ErrorCode, InternalError, WorkerLost
from fastclip_desktop.domain.stage import Resource

SAME_VERSION = f"Install fastclip-desktop[cluster] {__version__} on every worker."
"""The way out where a worker cannot do what it is asked to."""

_Client = Any
"""Dask's own annotations cover half of what is used of it here."""

_PATIENCE = 15.0
"""Seconds without any worker for a stage after which it fails: as long as one that was lost takes to come back."""

_LOOK = 2.0
"""Seconds between two looks at the workers."""

_log = logging.getLogger(__name__)


class Workers:
    """What workers there are, asked of the scheduler every now and then for all stages together.

    Args:
        address: of the scheduler.

    Attributes:
        refused: workers that get nothing more, by address, and their versions of FastClip.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self.refused: dict[str, str] = {}
        self._lock = threading.Lock()
        self._asked = float("-inf")
        self._resources: dict[str, dict[str, float]] = {}

    def able(self, client: _Client, resource: Resource) -> list[str]:
        """The addresses of those that take such stages, the refused ones too."""
        with self._lock:
            if time.monotonic() - self._asked >= _LOOK:
                self._resources = self._ask(client)
                self._asked = time.monotonic()
            return [
                address
                for address, amounts in self._resources.items()
                if resource is Resource.NOTHING or amounts.get(str(resource), 0) >= 1
            ]

    def good(self, client: _Client, resource: Resource) -> list[str] | None:
        """The addresses of those that may have such a stage; ``None`` for all, those too that are still to come.

        Raises:
            InternalError: there are workers, and all have another version.
        """
        if not self.refused:
            return None
        able = self.able(client, resource)
        good = [address for address in able if address not in self.refused]
        if able and not good:
            versions = ", ".join(sorted({self.refused[address] for address in able}))
            raise InternalError(
                ErrorCode.INTERNAL,
                f"The workers of {self._address} run FastClip {versions}, and this is {__version__}.",
                SAME_VERSION,
            )
        return good or None

    def _ask(self, client: _Client) -> dict[str, dict[str, float]]:
        if client.status != "running":  # it is trying to reach its scheduler again
            return {}
        try:
            workers = client.scheduler_info()["workers"]
        except (OSError, RuntimeError) as error:
            _log.info("The scheduler %s does not answer: %s", self._address, error)
            return {}
        return {address: worker["resources"] for address, worker in workers.items()}


class Watch:
    """Sees to it that a stage does not wait for ever for workers that nobody has."""

    def __init__(self, address: str, resource: Resource, workers: Workers) -> None:
        self._address = address
        self._resource = resource
        self._workers = workers
        self._seen = self._looked = time.monotonic()

    def look(self, client: _Client) -> None:
        """Raise if there has been no worker for it for a while.

        Raises:
            WorkerLost: that is so.
        """
        now = time.monotonic()
        if now - self._looked < _LOOK:
            return
        self._looked = now
        if any(address not in self._workers.refused for address in self._workers.able(client, self._resource)):
            self._seen = now
        elif now - self._seen > _PATIENCE:
            needed = "" if self._resource is Resource.NOTHING else f' with --resources "{self._resource}=1" or more'
            raise WorkerLost(
                ErrorCode.CLUSTER_UNREACHABLE,
                f"The scheduler {self._address} has no worker for this stage.",
                f"Start one: dask worker {self._address}{needed}.",
            )
