"""The stage that settles where clips begin and end, by what can be heard and seen there."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from fractions import Fraction
from typing import TypeVar

from fastclip_desktop.domain.edge import SettledSpan
from fastclip_desktop.domain.errors import BytesNotFetched, InputError
from fastclip_desktop.domain.finding_stages import SettleEdges
from fastclip_desktop.domain.media import MediaInfo
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.editing.settling import AROUND, STEP, Levels, hear_end, hear_start, room_at, settle, settled
from fastclip_desktop.media.clock import Clock, common_clock
from fastclip_desktop.media.edge_levels import edge_levels
from fastclip_desktop.media.edge_shots import edge_shots
from fastclip_desktop.media.probe import probe

_log = logging.getLogger(__name__)

FoundT = TypeVar("FoundT")

_MOST_SPANS = 100
"""Beyond them edges stay where the words put them: nobody waits minutes for tenths of a second."""


def perform(request: SettleEdges, reporter: Reporter) -> tuple[SettledSpan, ...]:
    """Settle both edges of each span, in order; an edge where nothing can be read stays where it is.

    Raises:
        Cancelled: if the reporter says so.
    """
    reporter.report(0)
    spans = request.spans[:_MOST_SPANS]
    edges = [edge for span in spans for edge in (span.start, span.end)]
    seen, heard = _infos(request.media)
    clock = common_clock(seen, heard)
    end = clock.duration or None
    rooms = [room_at(edge, request.transcript, end) for edge in edges]
    levels = _levels(request.media, heard, clock, edges, reporter)
    reporter.report(1 / 3)
    heard_at = [
        (hear_end if number % 2 else hear_start)(edge, room, level)
        for number, (edge, room, level) in enumerate(zip(edges, rooms, levels, strict=True))
    ]
    shots = _shots(request.media, seen, clock, [each.shots for each in heard_at], reporter)
    reporter.report(1)
    places = [settle(each, found) for each, found in zip(heard_at, shots, strict=True)]
    return (
        *(
            settled(span, start, end, request.longest)
            for span, start, end in zip(spans, places[0::2], places[1::2], strict=True)
        ),
        *map(SettledSpan, request.spans[_MOST_SPANS:]),
    )


def _infos(media: FetchedMedia) -> tuple[MediaInfo | None, MediaInfo | None]:
    """What the files with picture and sound hold, ``None`` for one that cannot be read."""
    infos = []
    for path, info in ((media.picture, media.picture_info), (media.sound, media.sound_info)):
        if info is None and path is not None:
            try:
                info = probe(path)  # noqa: PLW2901 - where nobody has looked yet
            except (InputError, BytesNotFetched) as error:
                _log.info("Edges are settled without %s: %s", path.name, error)
        infos.append(info)
    return infos[0], infos[1]


def _levels(
    media: FetchedMedia, heard: MediaInfo | None, clock: Clock, edges: list[Fraction], reporter: Reporter
) -> list[Levels | None]:
    if media.sound is None or heard is None or heard.sound is None:
        return [None] * len(edges)
    spans = [TimeRange(max(Fraction(0), edge - AROUND), edge + AROUND) for edge in edges]
    found = edge_levels(media.sound, heard.sound.index, clock.sound, spans, STEP, reporter.cancel.check)
    return [Levels(each.start, each.decibels) if each else None for each in _as_far(found, len(edges), None)]


def _shots(
    media: FetchedMedia, seen: MediaInfo | None, clock: Clock, spans: list[TimeRange | None], reporter: Reporter
) -> list[tuple[Fraction, ...]]:
    """The first instants of shots in each span, none where there is nothing to look for."""
    wanted = [span for span in spans if span is not None]
    if media.picture is None or seen is None or seen.picture is None or not wanted:
        return [()] * len(spans)
    looked = edge_shots(media.picture, seen.picture.index, clock.picture, wanted, reporter.cancel.check)
    found = iter(_as_far(looked, len(wanted), ()))
    return [() if span is None else next(found) for span in spans]


def _as_far(found: Iterable[FoundT], count: int, otherwise: FoundT) -> list[FoundT]:
    """What was found until something could not be read, and another value for the rest."""
    results: list[FoundT] = []
    try:
        results.extend(found)  # keeps what came before an error
    except (InputError, BytesNotFetched) as error:
        _log.info("Edges stay where the words put them: %s", error)
    return results + [otherwise] * (count - len(results))
