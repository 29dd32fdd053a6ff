"""The stage that finds the cuts of a source."""

from __future__ import annotations

from collections.abc import Callable

from fastclip_desktop.domain.preview import ShotBoundary
from fastclip_desktop.domain.preview_stages import FindShots
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.media.shots import find_shots


def perform(
    request: FindShots, reporter: Reporter, deliver: Callable[[ShotBoundary], None]
) -> tuple[ShotBoundary, ...]:
    """Find the cuts, each of which ``deliver`` gets as it is found.

    Raises:
        InputError: see :func:`~fastclip_desktop.media.shots.find_shots`.
        Cancelled: if the reporter says so.
    """
    reporter.report(0)
    found = find_shots(request.path, deliver, reporter, request.span)
    reporter.report(1)
    return found
