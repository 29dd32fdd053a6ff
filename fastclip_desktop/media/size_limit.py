"""A clip that is no larger than it may be: as it is where that fits, else with as many bits as there is room for.

The picture is encoded at the rate that the room gives, but never at a better quality than without a limit; the encoder
keeps the rate within a buffer of two seconds, so that the size is known before. What still comes out too large is
encoded again with a rate that was corrected by how much; nothing larger than the limit is ever given away.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import MediaInfo
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.size_budget import Budget, Looks, least_bytes, plan_budget, richer_budget
from fastclip_desktop.domain.stage import Render
from fastclip_desktop.domain.timecode import TimeRange, format_timecode
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.media.gop import NotPassable
from fastclip_desktop.media.probe import probe

Way = Callable[[Render, Reporter], RenderedFile]

_ATTEMPTS = 4
_LEFT_FOR_RICHER = 2
"""Attempts that have to be left for giving up a clip that fits for a better one: for that, and for one with less."""

_CORRECTION = Fraction(95, 100)
_WORTH_A_TRY = 1.3
"""How much larger than the limit a clip may be expected to be for trying whether it fits as it is after all."""

_LEAST_GIF_SIDE = 48
_USUAL_RATE = Fraction(30)


def render_within(request: Render, reporter: Reporter, plainly: Way) -> RenderedFile:
    """Write a clip of at most ``request.timeline.output.max_bytes``.

    Args:
        request: what to render.
        reporter: gets how much of it is done; a later try adds to what the ones before have told.
        plainly: the way without a limit.

    Returns:
        The file with its receipt, which says what was done to it; not yet checked.

    Raises:
        InputError: everything that ``plainly`` raises, and ``clip_too_long`` where the clip doesn't fit.
        Cancelled: if it was stopped.
    """
    limit = request.timeline.output.max_bytes
    if limit is None:
        return plainly(request, reporter)
    return _Fit(request, limit, _Steps(reporter), plainly).render()


class _Steps:
    """Shares one job's progress among tries of which nobody knows the number: each gets most of what is left."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self._done = 0.0

    def next(self, share: float) -> Reporter:
        begin, room = self._done, (1 - self._done) * share
        self._done += room
        return Reporter(lambda fraction: self._reporter.report(begin + room * fraction), self._reporter.cancel)


@dataclass(frozen=True, slots=True)
class _Fit:
    request: Render
    limit: int
    steps: _Steps
    plainly: Way

    @property
    def output(self) -> OutputSpec:
        return self.request.timeline.output

    def render(self) -> RenderedFile:
        if self.output.passthrough:
            return self._only_as_it_is("Choose another quality: copied clips cannot be made smaller.")
        match self.output.format:
            case OutputFormat.WAV | OutputFormat.FLAC:
                return self._only_as_it_is("Choose mp3 or m4a, which can be made smaller.")
            case OutputFormat.GIF:
                return self._smaller_gif()
            case _:
                return self._as_it_is() or self._encoded()

    def _only_as_it_is(self, way_out: str) -> RenderedFile:
        rendered = self.plainly(self.request, self.steps.next(0.98))
        size = rendered.path.stat().st_size
        if size > self.limit:
            raise self._refusal(size, way_out)
        return rendered

    def _as_it_is(self) -> RenderedFile | None:
        """The clip without any encoding but at its edges, if that is possible and fits."""
        media, output = self.request.media, self.output
        if output.compatible or self._expected_size() > self.limit * _WORTH_A_TRY:
            return None
        if output.format is OutputFormat.MP4:
            from fastclip_desktop.media.smart_cut import smart_cut as copy
        elif output.format is OutputFormat.M4A:
            from fastclip_desktop.media.copied_sound import copy_sound as copy
        else:
            return None
        rendered = None
        with suppress(NotPassable):
            rendered = copy(media, self.request.timeline, self.request.path, self.steps.next(0.1))
        if rendered is None or rendered.path.stat().st_size > self.limit:
            self.request.path.unlink(missing_ok=True)
            return None
        return rendered

    def _expected_size(self) -> float:
        """Bytes that the span takes up in the source, by its share of the time."""
        media, span = self.request.media, self.request.timeline.span
        paths = {path for path in (media.picture, media.sound) if path is not None}
        length = max((float(info.duration) for info in self._facts if info is not None), default=0.0)
        return sum(path.stat().st_size for path in paths) * min(1.0, float(span.duration) / length) if length else 0.0

    @property
    def _facts(self) -> tuple[MediaInfo | None, MediaInfo | None]:
        media = self.request.media
        seen = _facts(media.picture, media.picture_info) if self.output.format.has_picture else None
        heard = seen if media.sound == media.picture and seen else _facts(media.sound, media.sound_info)
        return seen, heard

    def _looks(self) -> Looks:
        seen, heard = self._facts
        span = self.request.timeline.span
        lengths = [info.duration for info in (seen, heard) if info is not None and info.duration > 0]
        end = min([span.end, *lengths[:1]]) if lengths else span.end
        duration = end - span.start if end > span.start else span.duration
        picture = seen.picture if seen else None
        sounds = [n for n, _ in enumerate(heard.audio) if self.output.takes_sound(n)] if heard else []
        count = len(sounds) if self.output.format.has_picture else min(1, len(sounds))
        if picture is None:
            return Looks(duration, sound_tracks=max(1, count))
        width, height = picture.display_size
        short = min(width, height)
        scale = Fraction(min(short, self.output.max_height or short), short)
        rate = picture.frame_rate or _USUAL_RATE
        return Looks(duration, round(width * scale), round(height * scale), rate, count)

    def _encoded(self) -> RenderedFile:
        """The clip at the rate that there is room for, again where that came out too large or far too small."""
        looks, room = self._looks(), self.limit
        budget = plan_budget(room, looks)
        is_richer = False
        for left in reversed(range(_ATTEMPTS)):
            if budget is None:
                break
            rendered = self._encode(looks, budget)
            size = rendered.path.stat().st_size
            richer = None if is_richer or left < _LEFT_FOR_RICHER else richer_budget(self.limit, looks, budget, size)
            if size <= self.limit and richer is None:
                return _noted(rendered, self._words(budget, rendered))
            if richer is not None:
                budget, is_richer = richer, True
                continue
            room = int(room * Fraction(self.limit, size) * _CORRECTION)
            budget = plan_budget(room, looks)
        raise self._refusal(least_bytes(looks))

    def _encode(self, looks: Looks, budget: Budget) -> RenderedFile:
        media, path, timeline = self.request.media, self.request.path, self.request.timeline
        reporter = self.steps.next(0.9)
        if self.output.format is OutputFormat.MP3:
            from fastclip_desktop.media.mp3 import render_mp3

            return render_mp3(media, timeline, path, reporter, budget.sound)
        from fastclip_desktop.media.encode import encode_clip

        if looks.width and budget.short_side < looks.short_side:
            output = dataclasses.replace(self.output, max_height=budget.short_side)
            timeline = dataclasses.replace(timeline, output=output)
        return encode_clip(media, timeline, path, reporter, budget)

    def _smaller_gif(self) -> RenderedFile:
        request, size = self.request, 0
        for _ in range(_ATTEMPTS + 2):
            rendered = self.plainly(request, self.steps.next(0.7))
            size = rendered.path.stat().st_size
            if size <= self.limit:
                words = f"To stay within {in_words(self.limit)}, the picture is {rendered.width} × {rendered.height}."
                return rendered if request is self.request else _noted(rendered, words)
            # A GIF's bytes go with its pixels, and a smaller picture is rougher for each of them.
            scale = math.sqrt(self.limit / size) * float(_CORRECTION)
            side = int(min(rendered.width, rendered.height) * scale)
            if side < _LEAST_GIF_SIDE:
                break
            output = dataclasses.replace(self.output, max_height=side)
            request = dataclasses.replace(request, timeline=Timeline(request.timeline.span, output))
        raise self._refusal(None, "Choose a shorter range, or mp4, which is much smaller.")

    def _words(self, budget: Budget, rendered: RenderedFile) -> str:
        parts = []
        if budget.picture:
            parts.append(f"the picture is {rendered.width} × {rendered.height} at {_rate(budget.picture)} at most")
        if rendered.receipt.audio_encoder:
            parts.append(f"the sound has {_rate(budget.sound)} at most")
        return f"To stay within {in_words(self.limit)}, {' and '.join(parts)}."

    def _refusal(self, least: int | None, way_out: str = "") -> InputError:
        span: TimeRange = self.request.timeline.span
        room = f"Allow at least {in_words(least, up=True)}, or choose a shorter range." if least is not None else ""
        return InputError(
            ErrorCode.CLIP_TOO_LONG,
            f"{format_timecode(span.duration)} of {self.output.format} don't fit into {in_words(self.limit)}.",
            " ".join(part for part in (way_out, room) if part),
        )


def in_words(size: int, *, up: bool = False) -> str:
    """Bytes for a person, in the thousands that mail and chat services count in; rounded up if asked."""
    for unit, name in ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")):
        if size >= unit:
            tenths = size * 10 / unit
            shown = (math.ceil(tenths) if up else round(tenths)) / 10
            return f"{shown:.0f} {name}" if shown == int(shown) or shown >= 100 else f"{shown:.1f} {name}"
    return f"{size} bytes"


def _rate(bits: int) -> str:
    return f"{bits / 1_000_000:.1f} Mbit/s" if bits >= 1_000_000 else f"{round(bits / 1000)} kbit/s"


def _noted(rendered: RenderedFile, words: str) -> RenderedFile:
    receipt = dataclasses.replace(rendered.receipt, notes=(*rendered.receipt.notes, words))
    return dataclasses.replace(rendered, receipt=receipt)


def _facts(path: Path | None, known: MediaInfo | None) -> MediaInfo | None:
    return None if path is None else known or probe(path)
