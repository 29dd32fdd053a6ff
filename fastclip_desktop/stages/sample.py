"""Makes the sample talk."""

from __future__ import annotations

from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import MakeSampleTalk, SampleTalk
from fastclip_desktop.media.sample_talk import make_sample_talk


def perform(request: MakeSampleTalk, reporter: Reporter) -> SampleTalk:
    """Write the talk's video and captions into the request's folder.

    Raises:
        InputError: ``output_not_writable`` or ``disk_full``.
        Cancelled: if the stop was asked for; nothing unfinished stays behind.
    """
    return make_sample_talk(request.folder, reporter)
