"""The stage that shows exact pictures to a hand that moves about in a source; it keeps the last one open."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from fastclip_desktop.domain.errors import ErrorCode, UnavailableError
from fastclip_desktop.domain.media import MediaInfo
from fastclip_desktop.domain.preview import Still
from fastclip_desktop.domain.preview_stages import PrepareStill, ReadFacts, ShowStill
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stream_stages import BytesWanted
from fastclip_desktop.media.container import open_media, reading
from fastclip_desktop.media.partial_file import Fill, map_of
from fastclip_desktop.media.probe import probe_container
from fastclip_desktop.media.scrub import Scrubber
from fastclip_desktop.media.stand_in import show_stand_in

_log = logging.getLogger(__name__)

_AT_ONCE = 1024 * 1024
"""Bytes that are asked for where one is missing: some seconds of video, and hardly slower than a part of it."""

_LOOK = 0.004
"""Seconds between two looks at whether bytes came."""

_LONGEST = 60.0
"""Seconds after which bytes that were asked for come no more."""


@dataclass(slots=True)
class _Open:
    """The file that was looked at last, and who looks at it now."""

    key: tuple[object, ...] = ()
    scrubber: Scrubber | None = None
    deliver: Callable[[object], None] = lambda _: None
    cancel: CancelToken = field(default_factory=CancelToken)


_open = _Open()


def perform(request: ShowStill, reporter: Reporter, deliver: Callable[[object], None]) -> Still:
    """Show the picture at an instant, the small one that stands in for it where that is sooner.

    Raises:
        InputError: see :class:`~fastclip_desktop.media.scrub.Scrubber`.
        Cancelled: if the reporter says so.
    """
    reporter.report(0)
    _open.deliver, _open.cancel = deliver, reporter.cancel
    if request.stand_in is not None and not _has_at_hand(request):
        try:
            return show_stand_in(request.stand_in, request.instant, request.box)
        except ValueError as error:
            _log.warning("Small pictures of %s are of no use: %s", request.path.name, error)
    return _scrubber(request).show(request.instant, request.box, deliver, reporter.cancel.check)


def prepare(request: PrepareStill, reporter: Reporter, deliver: Callable[[object], None]) -> None:
    """Decode what is likely to be asked for next; what was decoded is of use though it is stopped.

    Raises:
        InputError: see :class:`~fastclip_desktop.media.scrub.Scrubber`.
        Cancelled: if the reporter says so.
    """
    reporter.report(0)
    _open.deliver, _open.cancel = deliver, reporter.cancel
    _scrubber(request).prepare(request.instant, reporter.cancel.check)


def read_facts(request: ReadFacts, reporter: Reporter, deliver: Callable[[object], None]) -> MediaInfo:
    """Read what a file holds.

    Raises:
        InputError: see :func:`~fastclip_desktop.media.probe.probe`.
        Cancelled: if the reporter says so.
    """
    reporter.report(0)
    _open.deliver, _open.cancel = deliver, reporter.cancel
    with open_media(request.path, _fill_of(request.path)) as container, reading(request.path):
        return probe_container(container, request.path)


def _has_at_hand(request: ShowStill) -> bool:
    if _open.scrubber is None or _open.key != _key_of(request):
        return False
    with reading(request.path):
        return _open.scrubber.has_at_hand(request.instant)


def _scrubber(request: ShowStill | PrepareStill) -> Scrubber:
    key = _key_of(request)
    if _open.scrubber is not None and _open.key != key:
        _open.scrubber.close()
        _open.scrubber = None
    if _open.scrubber is None:
        _open.key, _open.scrubber = key, Scrubber(request.path, _fill_of(request.path))
    return _open.scrubber


def _fill_of(path: Path) -> Fill | None:
    return _waiting_for(path) if map_of(path) is not None else None


def _key_of(request: ShowStill | PrepareStill) -> tuple[object, ...]:
    try:
        status = request.path.stat()
    except OSError:
        return (request.path, None)  # opening it says what is wrong
    if map_of(request.path) is not None:  # it is written to all the time, and stays the same
        return (request.path, status.st_size, status.st_ino)
    return (request.path, status.st_size, status.st_mtime_ns)


def _waiting_for(path: Path) -> Fill:
    """Has bytes of a stream brought, by whoever gets the parts of the request, and waits for them.

    Pictures are decoded where no connection can be opened; so somebody else has to open it.
    """

    def fill(start: int, end: int) -> None:
        _open.deliver(BytesWanted(start, max(end, start + _AT_ONCE)))
        waited = 0.0
        while not _is_here(path, start):
            _open.cancel.check()
            if waited > _LONGEST:
                raise UnavailableError(
                    ErrorCode.SOURCE_UNREACHABLE, "The bytes of this picture do not come.", "Try again."
                )
            _open.cancel.wait(_LOOK)
            waited += _LOOK

    return fill


def _is_here(path: Path, byte: int) -> bool:
    known = map_of(path)
    return known is not None and known[1].run(byte) > 0
