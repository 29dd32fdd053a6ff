"""The stage that weighs a source, so that its clips can be weighed before they are made."""

from __future__ import annotations

from fastclip_desktop.domain.preview_stages import WeighMedia
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.weights import Weights
from fastclip_desktop.media.weigh import weigh


def perform(request: WeighMedia, reporter: Reporter) -> Weights | None:
    """Read a source's index.

    Raises:
        InputError: see :func:`~fastclip_desktop.media.weigh.weigh`.
        Cancelled: if the reporter says so.
    """
    reporter.report(0)
    found = weigh(request.path)
    reporter.report(1)
    return found
