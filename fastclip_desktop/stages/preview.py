"""The stages that show a source before anything is cut: stills, loudness, cuts, silence."""

from __future__ import annotations

from collections.abc import Callable

from fastclip_desktop.domain.preview import Peaks
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import (
    FindShots,
    FindSilence,
    MakePoster,
    MakeSpriteSheet,
    MakeThumbnails,
    MakeWaveform,
)
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media.shots import find_shots
from fastclip_desktop.media.silence import find_silence, silence_spans
from fastclip_desktop.media.sprite_sheet import make_sprite_sheet
from fastclip_desktop.media.thumbnails import make_even_thumbnails, make_poster, make_thumbnails
from fastclip_desktop.media.waveform import Waveform, make_waveform, zoom_levels

PreviewRequest = MakeThumbnails | MakePoster | MakeSpriteSheet | MakeWaveform | FindShots | FindSilence


def perform(request: PreviewRequest, reporter: Reporter, deliver: Callable[[object], None]) -> object:
    """Make one preview; ``deliver`` gets its parts.

    Raises:
        InputError: what the functions of ``media`` raise for a source that cannot be shown.
        Cancelled: if the reporter says so.
    """
    reporter.report(0)
    result = _perform(request, reporter, deliver)
    reporter.report(1)
    return result


def _perform(request: PreviewRequest, reporter: Reporter, deliver: Callable[[object], None]) -> object:
    match request:
        case MakeThumbnails(path, places, box):
            if isinstance(places, int):
                made = make_even_thumbnails(path, places, deliver, reporter, box)
            else:
                made = make_thumbnails(path, places, deliver, reporter, box)
            return made
        case MakePoster(path, box):
            return make_poster(path, reporter, box)
        case MakeSpriteSheet(thumbnails, columns):
            return make_sprite_sheet(thumbnails, columns)
        case MakeWaveform():
            return _waveform(request, reporter, deliver)
        case FindShots(path, span):
            return find_shots(path, deliver, reporter, span)
        case FindSilence():
            return _silence(request, reporter, deliver)


def _waveform(request: MakeWaveform, reporter: Reporter, deliver: Callable[[Peaks], None]) -> tuple[Peaks, ...]:
    def at_every_level(part: Waveform) -> None:
        # The coarsest first: it is small, and shows most of the source.
        for level in [part] if part.sampled else reversed(zoom_levels(part)):
            deliver(level.peaks())

    whole = make_waveform(request.path, at_every_level, reporter)
    return tuple(level.peaks() for level in zoom_levels(whole))


def _silence(request: FindSilence, reporter: Reporter, deliver: Callable[[TimeRange], None]) -> tuple[TimeRange, ...]:
    if request.known is None:
        return find_silence(request.path, deliver, reporter, request.level, request.shortest)
    spans = silence_spans(Waveform.from_peaks(request.known), request.level, request.shortest)
    for span in spans:
        deliver(span)
    return spans
