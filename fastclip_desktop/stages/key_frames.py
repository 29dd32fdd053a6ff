"""The stage that finds where a clip can begin without a picture encoded anew."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from fastclip_desktop.domain.preview_stages import FindKeyFrames
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.media.key_frames import find_key_frames


def perform(
    request: FindKeyFrames, reporter: Reporter, deliver: Callable[[tuple[Fraction, ...]], None]
) -> tuple[Fraction, ...]:
    """Find the key frames, runs of which ``deliver`` gets.

    Raises:
        InputError: see :func:`~fastclip_desktop.media.key_frames.find_key_frames`.
        Cancelled: if the reporter says so.
    """
    reporter.report(0)
    found = find_key_frames(request.path, deliver, reporter)
    reporter.report(1)
    return found
