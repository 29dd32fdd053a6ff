"""The stage that paints what is written into a short."""

from __future__ import annotations

from fastclip_desktop.domain.caption import PaintedText
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.short_stages import PaintText
from fastclip_desktop.typography.fonts import make_ready
from fastclip_desktop.typography.missing import missing_glyphs
from fastclip_desktop.typography.tracks import TrackWriter


def perform(request: PaintText, reporter: Reporter) -> PaintedText:
    """Paint captions, hook and call to action, one track each.

    Raises:
        InputError: ``output_not_writable`` or ``disk_full`` if a picture cannot be written.
        Cancelled: if the reporter says so.
    """
    make_ready()
    reporter.report(0)
    writer = TrackWriter(request.folder, request.width, request.height, request.language, each=reporter.cancel.check)
    captions = writer.captions(request.cues, request.style)
    reporter.report(0.9)
    banners = [writer.banner(banner) for banner in request.banners]
    reporter.report(1)
    tracks = tuple(track for track in (captions, *banners) if track is not None)
    return PaintedText(tracks, _notes(request))


def _notes(request: PaintText) -> tuple[str, ...]:
    written = [(request.style, [cue.text for cue in request.cues])]
    written += [(banner.style, [banner.text]) for banner in request.banners]
    found = [missing_glyphs(texts, style, request.language) for style, texts in written]
    return tuple(dict.fromkeys(missing.note for missing in found if missing is not None))
