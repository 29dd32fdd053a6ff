"""Telling a script that a job of its has ended."""

from __future__ import annotations

from fastclip_desktop.domain.notices import DeliverNotice
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.sources.notify import notify


def perform(request: DeliverNotice, reporter: Reporter) -> int:
    """Send the notice; the status of the answer.

    Raises:
        InputError: all that :func:`~fastclip_desktop.sources.notify.notify` raises.
        Cancelled: if the reporter says so.
    """
    reporter.cancel.check()
    return notify(request.url, request.headers, request.body, request.access)
