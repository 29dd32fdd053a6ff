"""Several ranges in one file, by the best way for their sources, checked before anybody sees it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import Join
from fastclip_desktop.media.encoder_door import or_in_software
from fastclip_desktop.media.gop import NotPassable
from fastclip_desktop.media.join_encoded import join_encoded
from fastclip_desktop.media.join_passed import join_passed
from fastclip_desktop.media.join_sources import JoinSource, fit_parts, open_sources
from fastclip_desktop.media.joined_tracks import track_count
from fastclip_desktop.media.render import check_rendered, gone_after_failure


def join(request: Join, reporter: Reporter) -> RenderedFile:
    """Write the parts of a montage, one after another, to ``request.path`` and check it by opening it again.

    Pictures that are coded alike are passed on; only those at the edges of parts and those of transitions are encoded.
    Others are encoded anew, fitted into the first part's frame.

    Raises:
        InputError: ``no_video``, ``range_outside_source``, and what else a source or the folder is at fault for.
        UsageError: ``bad_transition`` if a part is too short for its overlap.
        InternalError: the file that was written is not what it should be.
        Cancelled: if it was stopped.

    After any of them there is no file.
    """
    with gone_after_failure(request.path):
        notes: list[str] = []
        sources = open_sources(request.sources)
        montage = fit_parts(request.montage, sources, notes)
        try:
            rendered = join_passed(sources, montage, request.path, reporter)
        except NotPassable as reason:
            rendered = or_in_software(lambda: join_encoded(sources, montage, request.path, reporter))
            notes.append(f"Everything was encoded anew, because {reason}.")
        notes += _left_out([sources[part.source] for part in montage.parts])
        moved = sum(media.bytes_moved for media in request.sources)
        receipt = dataclasses.replace(rendered.receipt, notes=(*notes, *rendered.receipt.notes), bytes_moved=moved)
        rendered = dataclasses.replace(rendered, receipt=receipt)
        check_rendered(rendered)
    reporter.report(1.0)
    return rendered


def _left_out(sources: Sequence[JoinSource]) -> list[str]:
    """Sentences about tracks that a joined clip does not hold."""
    notes = []
    if any(len(source.sound_tracks) > track_count(sources) for source in sources):
        notes.append("Sound tracks that not every part has were left out.")
    if any(source.seen.subtitles for source in sources):
        notes.append("Subtitles were left out: a joined clip holds none.")
    return notes
