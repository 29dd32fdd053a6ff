"""Remote sources that somebody looks at: held open by a child process that may use the network, read by everybody else.

A player reads the address that :meth:`Streams.hold` gives. Exact pictures are decoded in a process without a network,
from the bytes that are here; which others it needs it says, and they are read through the same address on its behalf.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable
from fractions import Fraction
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from fastclip_desktop.domain.access import BY_A_PERSON, Access
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, UnavailableError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import FetchedMedia, FetchMedia, Reach, Render
from fastclip_desktop.domain.stream_stages import BytesWanted, LocalStream, StreamMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec, Timeline
from fastclip_desktop.engine.ports import StageRunner

_PATIENCE = 60.0
"""Seconds without a byte after which a read is given up."""

_BLOCK = 256 * 1024

_TICK = 0.02
"""Seconds between two looks at whether bytes are still wanted that somebody waits for."""

_LOOK = 0.25
"""Seconds between two looks at whether a file is still wanted."""


class Streams:
    """The remote sources that are held open; may be called from several threads.

    Args:
        runner: where the stage runs.
        cache: the folder of fetched bytes, which clips are made from too.
    """

    def __init__(self, runner: StageRunner, cache: Path) -> None:
        self._runner = runner
        self._cache = cache
        self._lock = threading.Lock()
        self._held: dict[Path, list[LocalStream]] = {}

    def hold(
        self,
        media: MediaFile,
        on_ready: Callable[[LocalStream], None],
        cancel: CancelToken,
        access: Access = BY_A_PERSON,
    ) -> None:
        """Hold a link's source open until the token is set; blocks until then.

        Args:
            media: the resolved source.
            on_ready: hears, on this thread, where it can be read.
            cancel: ends it.
            access: who gave the link.

        Raises:
            Cancelled: the token was set.
            InputError: ``not_streamable`` where the site has no single file to play, and what else the site refuses.
            UnavailableError: it could be read no further; trying again may help.
        """
        held: list[LocalStream] = []

        def begin(stream: LocalStream) -> None:
            held.append(stream)
            with self._lock:
                self._held.setdefault(stream.path, []).append(stream)
            on_ready(stream)

        folder = Path(tempfile.mkdtemp(prefix="fastclip-"))
        try:
            request = StreamMedia(media, folder, self._cache, access)
            self._runner.run_in_parts(request, begin, Reporter(cancel=cancel))
        finally:
            with self._lock:
                for stream in held:
                    self._held[stream.path].remove(stream)
                    if not self._held[stream.path]:
                        del self._held[stream.path]
            shutil.rmtree(folder, ignore_errors=True)

    def hold_whole(
        self,
        media: MediaFile,
        on_progress: Callable[[float], None],
        on_ready: Callable[[Path], None],
        cancel: CancelToken,
        access: Access = BY_A_PERSON,
    ) -> None:
        """Fetch all of a link's source and hold it as one file until the token is set; blocks until then.

        Nothing is encoded. What was fetched stays in the cache, the file goes.

        Args:
            media: the resolved source.
            on_progress: hears, on this thread, how much of it is here, 0..1.
            on_ready: hears, on this thread, where the file lies.
            cancel: ends it.
            access: who gave the link.

        Raises:
            Cancelled: the token was set.
            InputError: what the site refuses, or picture and sound that no file takes together.
        """
        with tempfile.TemporaryDirectory(prefix="fastclip-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            request = FetchMedia(media, (), OutputSpec(), folder, access, self._cache, Reach.WHOLE)
            fetched = self._runner.run(request, Reporter(on_progress, cancel))
            paths = {path for path in (fetched.picture, fetched.sound) if path is not None}
            on_ready(paths.pop() if len(paths) == 1 else self._joined(fetched, folder / "whole.mp4", cancel))
            while not cancel.wait(_LOOK):
                pass
            raise Cancelled

    def _joined(self, fetched: FetchedMedia, path: Path, cancel: CancelToken) -> Path:
        infos = [info for info in (fetched.picture_info, fetched.sound_info) if info is not None]
        whole = TimeRange(Fraction(0), max(info.duration for info in infos))
        timeline = Timeline(whole, OutputSpec(passthrough=True))
        return self._runner.run(Render(fetched, timeline, path), Reporter(cancel=cancel)).path

    def bring(self, path: Path, wanted: BytesWanted, cancel: CancelToken) -> None:
        """Have bytes of a source that is held open brought here; the others follow when the first of them have come.

        Args:
            path: that of the stream.
            wanted: which bytes.
            cancel: ends the wait for the first of them.

        Raises:
            UnavailableError: it is held open no more, or the bytes do not come.
            Cancelled: the token was set.
        """
        with self._lock:
            streams = self._held.get(path)
            stream = streams[-1] if streams else None
        if stream is None:
            raise _cut_off("it is closed")
        address = urlsplit(stream.url)
        last = min(wanted.end, stream.size) - 1
        connection = HTTPConnection(str(address.hostname), address.port, timeout=_PATIENCE)
        begun = threading.Event()
        faults: list[Exception] = []

        def pull() -> None:
            try:
                connection.request("GET", address.path, headers={"Range": f"bytes={wanted.start}-{last}"})
                answer = connection.getresponse()
                while answer.read(_BLOCK):
                    begun.set()
            except (HTTPException, OSError) as error:
                faults.append(error)
            finally:
                connection.close()
                begun.set()

        # No read from a connection can be given up halfway; so somebody else reads.
        threading.Thread(target=pull, name="bytes of a stream", daemon=True).start()
        while not begun.wait(_TICK):
            cancel.check()
        if faults:
            raise _cut_off(str(faults[0])) from faults[0]


def _cut_off(reason: str) -> UnavailableError:
    return UnavailableError(
        ErrorCode.SOURCE_UNREACHABLE, f"The source cannot be read just now: {reason}.", "Try again in a moment."
    )
