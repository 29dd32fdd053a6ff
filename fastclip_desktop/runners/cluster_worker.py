"""What a Dask worker does with a stage; imported where ``distributed`` is installed.

Nothing of FastClip is started on the worker by hand: the first application that connects registers
:class:`StagePlugin`, which every worker then loads, those too that come later.
"""

from __future__ import annotations

import logging
import os
import pickle
import tempfile
import threading
import traceback
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from distributed import Worker, WorkerPlugin, get_worker

from fastclip_desktop import __version__
from fastclip_desktop.diagnostics.redaction import redacted
from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InternalError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import ProgressiveRequest
from fastclip_desktop.engine.ports import StageRunner
from fastclip_desktop.runners.cluster_parcel import ROOM, Parcel, Product, Translation, paths_in, with_paths
from fastclip_desktop.runners.cluster_shelf import SOURCES, TICKETS, Shelf
from fastclip_desktop.runners.processes import ProcessRunner
from fastclip_desktop.settings.paths import find_paths

KEY_PREFIX = "fastclip-"
"""Begins the names of our tasks, by which their cancellation is told from that of others."""

PLUGIN = f"fastclip-{__version__}"

_GIVEN_UP = ("released", "cancelled", "forgotten")
"""States of Dask's into which a running task gets when nobody wants its result any more."""

_log = logging.getLogger(__name__)


class StagePlugin(WorkerPlugin):
    """Holds the worker's runner, and stops what nobody wants any more: on a cancel, and if the application dies."""

    name = PLUGIN
    idempotent = True

    def setup(self, worker: Worker) -> None:  # noqa: ARG002 - Dask's signature
        """Begin on a worker."""
        self._tokens: dict[str, CancelToken] = {}
        self._lock = threading.Lock()
        self.runner: StageRunner = ProcessRunner(find_paths(os.environ).sites)

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002 - Dask's signature
        """End with the worker."""
        with self._lock:
            for token in self._tokens.values():
                token.cancel()
        self.runner.close()

    def transition(self, key: object, start: str, finish: str, **_: object) -> None:  # noqa: ARG002 - Dask's signature
        """Hear of a task's new state; a token is there before its task begins, so that no cancel is missed."""
        if not isinstance(key, str) or not key.startswith(KEY_PREFIX):
            return
        with self._lock:
            if finish == "executing":
                self._tokens[key] = CancelToken()
            elif finish in _GIVEN_UP and key in self._tokens:
                self._tokens[key].cancel()

    def take_token(self, key: str) -> CancelToken:
        """The token of a task that begins."""
        with self._lock:
            return self._tokens.setdefault(key, CancelToken())

    def drop_token(self, key: str) -> None:
        """Forget a task that has ended."""
        with self._lock:
            self._tokens.pop(key, None)


def carry_out(version: str, data: bytes) -> tuple[object, ...]:
    """Do one stage on this worker.

    Args:
        version: of the application; another one's values may not be readable here.
        data: a pickled :class:`~fastclip_desktop.runners.cluster_parcel.Parcel`.

    Returns:
        ``("done", bytes)`` with the pickled result and :class:`~fastclip_desktop.runners.cluster_parcel.Product` s,
        ``("failed", bytes)`` with the pickled error, or ``("refused", address, version)``.
    """
    worker = get_worker()
    plugin = worker.plugins.get(PLUGIN)
    if version != __version__ or not isinstance(plugin, StagePlugin):
        return ("refused", worker.address, __version__)
    key = str(worker.get_current_task())
    try:
        return ("done", pickle.dumps(_perform(pickle.loads(data), worker, plugin, key)))  # noqa: S301 - whoever may submit tasks may run anything
    except FastClipError as error:
        return ("failed", pickle.dumps(error))
    except Exception as error:  # noqa: BLE001 - the edge of the worker's thread
        _log.error(
            "Task %s failed\n%s", key, redacted("".join(traceback.format_exception(error)))
        )  # into Dask's own log
        return ("failed", pickle.dumps(_unforeseen(error, worker.address)))
    finally:
        plugin.drop_token(key)


def _perform(parcel: Parcel, worker: Worker, plugin: StagePlugin, key: str) -> tuple[object, tuple[Product, ...]]:
    attempt = uuid.uuid4().hex[:8]
    shelf = Shelf(parcel.shelf)
    folder = f"{TICKETS}/{parcel.ticket}/{attempt}"
    parts = 0

    def tell(kind: str, value: float) -> None:
        worker.log_event(parcel.topic, (parcel.ticket, attempt, kind, value))

    with _room(shelf, folder) as room:
        translation = Translation({path: _here(name, shelf, room) for path, name in parcel.places.items()})

        def deliver(part: object) -> None:
            nonlocal parts
            shelf.write(f"{folder}/parts/{parts}", pickle.dumps(with_paths(part, translation.back)))
            tell("part", parts)
            parts += 1

        request = with_paths(parcel.request, translation.here)
        reporter = Reporter(lambda fraction: tell("progress", fraction), plugin.take_token(key))
        try:
            if isinstance(request, ProgressiveRequest):
                result = plugin.runner.run_in_parts(request, deliver, reporter)
            else:
                result = plugin.runner.run(request, reporter)
        except FastClipError as error:
            raise translation.translate(error) from None
        written = {path for path in (*paths_in(result), *map(translation.here, parcel.places)) if _is_in(path, room)}
        products = []
        for path in sorted(written):
            name = f"{folder}/{path.relative_to(room).as_posix()}"
            if shelf.folder is None:
                shelf.put(path, name)
            products.append(Product(name, translation.back(path)))
        return with_paths(result, translation.back), tuple(products)


@contextmanager
def _room(shelf: Shelf, folder: str) -> Iterator[Path]:
    """The folder that one try writes into: on the shelf itself, or here until it is copied there."""
    if shelf.folder is not None:
        room = shelf.folder / folder
        room.mkdir(parents=True)
        yield room
    else:
        with tempfile.TemporaryDirectory(prefix="fastclip-") as here:
            yield Path(here)


def _here(name: str, shelf: Shelf, room: Path) -> Path:
    """The path on this worker of a stand-in; what has to be there is there then."""
    kind, _, rest = name.partition("/")
    if kind == ROOM:
        number, _, file_name = rest.partition("/")
        (room / number).mkdir(exist_ok=True)
        return room / number / file_name
    if kind != SOURCES:
        return Path(name)
    if shelf.folder is not None:
        return shelf.folder / name
    path = room / name
    path.parent.mkdir(parents=True)
    shelf.get(name, path)
    return path


def _is_in(path: Path, room: Path) -> bool:
    return path.is_relative_to(room) and not path.is_relative_to(room / SOURCES) and path.is_file()


def _unforeseen(error: Exception, address: str) -> InternalError:
    return InternalError(
        ErrorCode.INTERNAL,
        f"A stage failed inside FastClip on {address}: {type(error).__name__}: {error}.",
        "See that worker's log.",
    )
