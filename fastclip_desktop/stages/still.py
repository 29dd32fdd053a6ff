"""The stage that shows exact pictures to a hand that moves about in a source; it keeps the last one open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastclip_desktop.domain.preview import Still
from fastclip_desktop.domain.preview_stages import PrepareStill, ShowStill
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.media.scrub import Scrubber


@dataclass(slots=True)
class _Open:
    """The file that was looked at last."""

    key: tuple[object, ...] = ()
    scrubber: Scrubber | None = None


_open = _Open()


def perform(request: ShowStill, reporter: Reporter, deliver: Callable[[object], None]) -> Still:
    """Show the picture at an instant.

    Raises:
        InputError: see :class:`~fastclip_desktop.media.scrub.Scrubber`.
        Cancelled: if the reporter says so.
    """
    reporter.report(0)
    return _scrubber(request).show(request.instant, request.box, deliver, reporter.cancel.check)


def prepare(request: PrepareStill, reporter: Reporter) -> None:
    """Decode what is likely to be asked for next; what was decoded is of use though it is stopped.

    Raises:
        InputError: see :class:`~fastclip_desktop.media.scrub.Scrubber`.
        Cancelled: if the reporter says so.
    """
    reporter.report(0)
    _scrubber(request).prepare(request.instant, reporter.cancel.check)


def _scrubber(request: ShowStill | PrepareStill) -> Scrubber:
    key = _key_of(request)
    if _open.scrubber is not None and _open.key != key:
        _open.scrubber.close()
        _open.scrubber = None
    if _open.scrubber is None:
        _open.key, _open.scrubber = key, Scrubber(request.path)
    return _open.scrubber


def _key_of(request: ShowStill | PrepareStill) -> tuple[object, ...]:
    try:
        status = request.path.stat()
    except OSError:
        return (request.path, None)  # opening it says what is wrong
    return (request.path, status.st_size, status.st_mtime_ns)
