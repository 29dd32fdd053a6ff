"""One clip, by the best way for its format and source, checked before anybody sees it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.errors import ErrorCode, InternalError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import Render
from fastclip_desktop.domain.timecode import format_timecode
from fastclip_desktop.domain.timeline import OutputFormat
from fastclip_desktop.media.container import open_media
from fastclip_desktop.media.probe import claimed_end, first_picture, first_sound, frame_rate_of, presented_end
from fastclip_desktop.media.smart_cut import NotPassable, smart_cut

_FRAME = Fraction(1, 10)
"""Seconds by which a file may be longer or shorter than it should be: a frame of slow video, a packet of any sound."""

_MOST_PADDING = 1105 + 2 * 576
"""Samples that an mp3 holds besides those that are heard, see :mod:`~fastclip_desktop.media.mp3`; at the 8,000 a second
of a telephone that is more than a quarter of a second."""


def render(request: Render, reporter: Reporter) -> RenderedFile:
    """Write a clip to ``request.path`` and check it by opening it again.

    Raises:
        InputError: what the source or the folder is at fault for.
        InternalError: the file that was written is not what it should be.
        Cancelled: if it was stopped.

    After any of them there is no file.
    """
    with gone_after_failure(request.path):
        rendered = _render_within(request, reporter)
        check_rendered(rendered)
    reporter.report(1.0)
    return rendered


def _render_within(request: Render, reporter: Reporter) -> RenderedFile:
    if request.timeline.output.max_bytes is None:
        return _render(request, reporter)
    from fastclip_desktop.media.size_limit import render_within

    return render_within(request, reporter, _render)


def _render(request: Render, reporter: Reporter) -> RenderedFile:
    if request.timeline.output.passthrough:
        from fastclip_desktop.media.passthrough import pass_clip

        return pass_clip(request.media, request.timeline, request.path, reporter)
    return _render_exactly(request, reporter)


def _render_exactly(request: Render, reporter: Reporter) -> RenderedFile:
    # The ways are imported by whoever goes them: what a GIF needs takes longer to import than a short cut to make.
    if request.timeline.output.format is OutputFormat.GIF:
        from fastclip_desktop.media.gif import render_gif

        return render_gif(request.media, request.timeline, request.path, reporter)
    if request.timeline.output.format is OutputFormat.MP3:
        from fastclip_desktop.media.mp3 import render_mp3

        return render_mp3(request.media, request.timeline, request.path, reporter)
    output = request.timeline.output
    if output.format is OutputFormat.M4A and not output.compatible:
        from fastclip_desktop.media.copied_sound import copy_sound

        with suppress(NotPassable):
            return copy_sound(request.media, request.timeline, request.path, reporter)
    if output.compatible or output.format is not OutputFormat.MP4 or request.media.picture is None:
        return _encode(request, reporter)
    try:
        return smart_cut(request.media, request.timeline, request.path, reporter)
    except NotPassable as reason:
        rendered = _encode(request, reporter)
        note = f"Everything was encoded anew, because {reason}."
        receipt = dataclasses.replace(rendered.receipt, notes=(*rendered.receipt.notes, note))
        return dataclasses.replace(rendered, receipt=receipt)


def _encode(request: Render, reporter: Reporter) -> RenderedFile:
    from fastclip_desktop.media.encode import encode_clip
    from fastclip_desktop.media.encoder_door import or_in_software

    return or_in_software(lambda: encode_clip(request.media, request.timeline, request.path, reporter))


def check_rendered(rendered: RenderedFile) -> None:
    """Open the file as a stranger would.

    Raises:
        InternalError: if a track is missing or the length is wrong.
    """
    receipt = rendered.receipt
    with open_media(rendered.path) as made:
        picture, sound = first_picture(made), first_sound(made)
        if (receipt.frames > 0 and picture is None) or (receipt.audio_encoder and sound is None):
            raise InternalError(ErrorCode.INTERNAL, f"{rendered.path.name} came out without one of its tracks.")
        rate = frame_rate_of(picture) if picture is not None else None
        frame = max(_FRAME, 2 / rate) if rate else _FRAME
        if sound is not None and sound.codec_context.sample_rate:
            frame = max(frame, Fraction(_MOST_PADDING, sound.codec_context.sample_rate))
        claimed = claimed_end(made, picture, sound)
    if claimed is not None and abs(claimed - rendered.duration) <= frame:
        return
    duration = presented_end(rendered.path)
    if abs(duration - rendered.duration) > frame:
        length, wanted = format_timecode(duration), format_timecode(rendered.duration)
        raise InternalError(ErrorCode.INTERNAL, f"{rendered.path.name} lasts {length} instead of {wanted}.")


@contextmanager
def gone_after_failure(path: Path) -> Iterator[None]:
    """Leave no file behind where its making failed."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise
