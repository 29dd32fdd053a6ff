"""Runs stages on the workers of a Dask scheduler, for what outgrows one machine.

A stage goes out as one task that asks for one unit of what it takes most of: a worker says with
``dask worker ADDRESS --resources "cpu=2 network=3 model=1"`` how much of each it does at a time. Files travel through a
shared folder, see :mod:`~fastclip_desktop.runners.cluster_shelf`; progress comes back as Dask's events. A worker that
is lost has its stage done again by another, three times at most; a stage that nobody waits for any more is stopped,
whether it was cancelled or its application died.

What is about this machine alone stays here: local sources that are only looked at, yt-dlp's updates, the diagnosis,
models and what works with them, which are gigabytes, and all that needs a person's cookies, which belong on no shared
folder.
"""

from __future__ import annotations

import contextlib
import logging
import pickle
import queue
import socket
import threading
import uuid
from collections.abc import Callable
from typing import Any, TypeVar, cast

from fastclip_desktop import __version__
from fastclip_desktop.domain.access import Access
from fastclip_desktop.domain.device_trial import TryDevices
from fastclip_desktop.domain.errors import (
    Cancelled,
    ErrorCode,
    FastClipError,
    InternalError,
    UnavailableError,
    UsageError,
    WorkerLost,
)
from fastclip_desktop.domain.machine_stages import LookAtMachine, TryMedia
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_stages import CheckModel, FetchModel, ImportModel, LookUpModels
from fastclip_desktop.domain.notices import DeliverNotice
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import (
    Diagnose,
    LookForRelease,
    ProgressiveRequest,
    ResolveSource,
    Resource,
    StageRequest,
    TrySites,
    UpdateSites,
)
from fastclip_desktop.engine.ports import StageRunner
from fastclip_desktop.runners.cluster_parcel import Parcel, Product, find_places
from fastclip_desktop.runners.cluster_roster import SAME_VERSION, Watch, Workers
from fastclip_desktop.runners.cluster_shelf import TICKETS, Shelf

_Client = Any
_Future = Any
"""Dask's own annotations cover half of what is used of it here."""

_log = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")
PartT = TypeVar("PartT")

_Message = tuple[str, str, float]
"""The try that it is about, ``progress`` or ``part``, and the fraction or the part's number."""

_CONNECT = 10.0
_LOOK = 0.1
"""Seconds between two looks at whether the caller wants to stop."""


class ClusterRunner:
    """Hands stages to a cluster; may be used from several threads. It connects when the first stage comes.

    Args:
        address: of the scheduler, such as ``tcp://10.0.0.5:8786``.
        shared: the path of a folder that every machine has mounted there, or a URL that fsspec knows.
        here: does what has to be done on this machine; closed with the runner.

    Raises:
        InputError: ``output_not_writable`` if the shared folder is not there, or nothing that fsspec knows.
        UsageError: ``bad_usage`` if the extra ``cluster`` is not installed.
    """

    def __init__(self, address: str, shared: str, here: StageRunner) -> None:
        self._address = address
        self._here = here
        self._topic = f"fastclip-{uuid.uuid4().hex}"
        self._lock = threading.Lock()
        self._client: _Client | None = None
        self._inboxes: dict[str, queue.SimpleQueue[_Message | None]] = {}
        self._workers = Workers(address)
        self._closed = False
        try:
            self._shelf = Shelf(shared)
        except ImportError as error:
            raise _not_installed() from error

    def run(self, request: StageRequest[ResultT], reporter: Reporter) -> ResultT:
        """Do the work on some worker and give its result.

        Raises:
            FastClipError: every failure, typed; a bug in a stage comes as ``InternalError``, a lost cluster as
                ``UnavailableError`` or ``WorkerLost``.
        """
        if _belongs_here(request):
            return self._here.run(request, reporter)
        return cast("ResultT", self._run(request, lambda _: None, reporter))

    def run_in_parts(
        self, request: ProgressiveRequest[ResultT, PartT], deliver: Callable[[PartT], None], reporter: Reporter
    ) -> ResultT:
        """Do the work on some worker, hand over parts of it meanwhile, and give its whole result.

        Raises:
            FastClipError: as for :meth:`run`.
        """
        return cast("ResultT", self._run(request, lambda part: deliver(cast("PartT", part)), reporter))

    def close(self) -> None:
        """Leave the cluster; what it still does for this runner stops."""
        with self._lock:
            self._closed = True
            client, self._client = self._client, None
        if client is not None:
            client.close()
        self._here.close()

    def _run(self, request: StageRequest[Any], deliver: Callable[[object], None], reporter: Reporter) -> object:
        reporter.cancel.check()
        client = self._connected()
        ticket = uuid.uuid4().hex
        try:
            places = find_places(request, self._shelf, reporter.cancel.check)
            parcel = Parcel(request, places, self._shelf.address, ticket, self._topic)
            while True:
                outcome = self._carry_out(client, parcel, deliver, reporter)
                match outcome:
                    case ("done", bytes() as data):
                        result, products = pickle.loads(data)  # noqa: S301 - from a worker that may run anything here anyway
                        self._bring(products)
                        reporter.report(1.0)
                        return result
                    case ("failed", bytes() as data):
                        raise cast("FastClipError", pickle.loads(data))  # noqa: S301 - likewise
                    case ("refused", str() as worker, str() as version):
                        self._workers.refused[worker] = version
        finally:
            self._shelf.remove(f"{TICKETS}/{ticket}")

    def _carry_out(
        self, client: _Client, parcel: Parcel, deliver: Callable[[object], None], reporter: Reporter
    ) -> tuple[object, ...]:
        """One task from its submission to its end, in whatever way it ends."""
        resource = parcel.request.resource
        watch = Watch(self._address, resource, self._workers)
        future = self._submit(client, parcel, self._workers.good(client, resource))
        inbox: queue.SimpleQueue[_Message | None] = queue.SimpleQueue()
        self._inboxes[parcel.ticket] = inbox
        parts = _Parts(self._shelf, parcel.ticket, deliver)
        try:
            future.add_done_callback(lambda _: inbox.put(None))
            while True:
                with contextlib.suppress(queue.Empty):
                    match inbox.get(timeout=_LOOK):
                        case None:
                            return self._outcome(client, future)
                        case attempt, "part", number:
                            parts.come(attempt, int(number))
                        case _, _, fraction:
                            reporter.report(fraction)
                reporter.cancel.check()
                watch.look(client)
        finally:
            del self._inboxes[parcel.ticket]
            if not future.done():
                future.cancel()

    def _submit(self, client: _Client, parcel: Parcel, workers: list[str] | None) -> _Future:
        from fastclip_desktop.runners.cluster_worker import KEY_PREFIX, carry_out

        resource = parcel.request.resource
        return client.submit(
            carry_out,
            __version__,
            pickle.dumps(parcel),
            key=f"{KEY_PREFIX}{type(parcel.request).__name__}-{uuid.uuid4().hex}",
            resources=None if resource is Resource.NOTHING else {str(resource): 1},
            workers=workers,
            pure=False,
        )

    def _outcome(self, client: _Client, future: _Future) -> tuple[object, ...]:
        from distributed import KilledWorker

        if future.status in ("cancelled", "lost"):  # the client gives up all its futures with its scheduler
            self._leave(client)
            if self._closed:
                raise Cancelled
            raise WorkerLost(
                ErrorCode.CLUSTER_UNREACHABLE,
                f"The scheduler {self._address} was lost.",
                "Check that `dask scheduler` runs there, and try again.",
            )
        try:
            return cast("tuple[object, ...]", future.result())
        except KilledWorker as error:
            raise WorkerLost(
                ErrorCode.WORKER_CRASHED,
                f"Every worker of {self._address} that tried this stage was lost.",
                "See the workers' logs; the machines may be short of memory.",
            ) from error
        except Exception as error:
            raise InternalError(
                ErrorCode.INTERNAL,
                f"A worker of {self._address} cannot run FastClip's stages: {type(error).__name__}: {error}.",
                SAME_VERSION,
            ) from error

    def _bring(self, products: tuple[Product, ...]) -> None:
        for product in products:
            self._shelf.get(product.name, product.path)

    def _leave(self, client: _Client) -> None:
        """Forget a scheduler that was lost; a new one knows neither our plugin nor what we listen to."""
        with self._lock:
            if self._client is client:
                self._client = None
        client.close()

    def _connected(self) -> _Client:
        with self._lock:
            if self._closed:
                raise Cancelled
            if self._client is None:
                self._client = self._connect()
                self._shelf.sweep()
            return self._client

    def _connect(self) -> _Client:
        try:
            import distributed
            from distributed.comm.addressing import get_address_host_port
        except ImportError as error:
            raise _not_installed() from error
        connect: Callable[..., _Client] = distributed.Client
        try:
            # Asked first, because a client that finds nobody leaves its thread behind.
            socket.create_connection(get_address_host_port(self._address), _CONNECT).close()
            client = connect(self._address, timeout=_CONNECT, set_as_default=False, name="fastclip")
        except (ValueError, OverflowError) as error:
            raise UsageError(
                ErrorCode.BAD_USAGE, f"{self._address!r} is no scheduler's address.", "Write it like tcp://HOST:8786."
            ) from error
        except OSError as error:
            raise self._unreachable() from error
        try:
            from fastclip_desktop.runners.cluster_worker import StagePlugin

            client.register_plugin(StagePlugin())
            client.subscribe_topic(self._topic, self._hear)
        except Exception as error:
            client.close()
            raise InternalError(
                ErrorCode.INTERNAL,
                f"The workers of {self._address} cannot load FastClip: {type(error).__name__}: {error}.",
                SAME_VERSION,
            ) from error
        return client

    def _hear(self, event: tuple[float, tuple[str, str, str, float]]) -> None:
        """Take an event on the client's own thread."""
        ticket, attempt, kind, value = event[1]
        inbox = self._inboxes.get(ticket)
        if inbox is not None:
            inbox.put((attempt, kind, value))

    def _unreachable(self) -> UnavailableError:
        return UnavailableError(
            ErrorCode.CLUSTER_UNREACHABLE,
            f"The scheduler {self._address} cannot be reached.",
            "Check its address, and that `dask scheduler` runs there.",
        )


class _Parts:
    """Hands on the parts of a stage, each once: a worker that takes over from a lost one begins anew.

    A stage makes the same parts in the same order whenever it is done.
    """

    def __init__(self, shelf: Shelf, ticket: str, deliver: Callable[[object], None]) -> None:
        self._shelf = shelf
        self._ticket = ticket
        self._deliver = deliver
        self._delivered = 0

    def come(self, attempt: str, number: int) -> None:
        """Hand on a part unless it was handed on before."""
        if number == self._delivered:
            data = self._shelf.read(f"{TICKETS}/{self._ticket}/{attempt}/parts/{number}")
            self._delivered += 1
            self._deliver(pickle.loads(data))  # noqa: S301 - from a worker that may run anything here anyway


def _belongs_here(request: StageRequest[object]) -> bool:
    match request:
        case Diagnose() | UpdateSites() | TrySites() | LookForRelease() | DeliverNotice():
            return True
        case LookAtMachine() | TryMedia() | TryDevices():
            return True
        case LookUpModels() | FetchModel() | ImportModel() | CheckModel():
            return True
        case ResolveSource(source=source) if not source.strip().lower().startswith(("http://", "https://")):
            return True
    if isinstance(getattr(request, "model", None), Model):
        return True
    access = getattr(request, "access", None)
    return isinstance(access, Access) and (access.cookies is not None or bool(access.browser))


def _not_installed() -> UsageError:
    return UsageError(
        ErrorCode.BAD_USAGE,
        "A cluster needs Dask, which is not installed.",
        "Install fastclip-desktop with the extra `cluster`.",
    )
