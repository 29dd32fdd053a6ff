"""The stage that makes small pictures of a source while nobody waits for anything; it keeps the last source open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stand_in import MakeStandIns
from fastclip_desktop.media.stand_in import StandInMaker


@dataclass(slots=True)
class _Open:
    """The source that was copied last."""

    key: tuple[object, ...] = ()
    maker: StandInMaker | None = None


_open = _Open()


def perform(request: MakeStandIns, reporter: Reporter, deliver: Callable[[object], None]) -> None:
    """Make pieces, each of which ``deliver`` gets.

    Raises:
        InputError: see :class:`~fastclip_desktop.media.stand_in.StandInMaker`.
        Cancelled: if the reporter says so.
    """
    reporter.report(0)
    maker = _maker(request)
    for number in range(request.first, request.last + 1):
        deliver(maker.make(number, reporter.cancel.check))
        reporter.report((number + 1 - request.first) / (request.last + 1 - request.first))


def _maker(request: MakeStandIns) -> StandInMaker:
    try:
        status = request.path.stat()
        key: tuple[object, ...] = (request.path, request.is_alone, status.st_size, status.st_mtime_ns)
    except OSError:
        key = (request.path, None)  # opening it says what is wrong
    if _open.maker is not None and _open.key != key:
        _open.maker.close()
        _open.maker = None
    if _open.maker is None:
        _open.key, _open.maker = key, StandInMaker(request.path, is_alone=request.is_alone)
    return _open.maker
