"""The stages that show how loud a source is, and where nothing is heard."""

from __future__ import annotations

from collections.abc import Callable

from fastclip_desktop.domain.preview import Peaks
from fastclip_desktop.domain.preview_stages import FindSilence, MakeWaveform
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media.silence import find_silence, silence_spans
from fastclip_desktop.media.waveform import Waveform, make_waveform, zoom_levels


def perform(
    request: MakeWaveform | FindSilence, reporter: Reporter, deliver: Callable[[object], None]
) -> tuple[Peaks, ...] | tuple[TimeRange, ...]:
    """Read the waveform at every zoom level, or find silent spans; ``deliver`` gets either as it comes.

    Raises:
        InputError: see :func:`~fastclip_desktop.media.waveform.make_waveform`.
        Cancelled: if the reporter says so.
    """
    reporter.report(0)
    found = (
        _waveform(request, reporter, deliver)
        if isinstance(request, MakeWaveform)
        else _silence(request, reporter, deliver)
    )
    reporter.report(1)
    return found


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
