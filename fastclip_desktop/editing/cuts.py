"""What can be done to the cuts of a project: each call gives the cuts as they are afterwards, and changes nothing.

An edit that makes no sense, such as merging one cut, gives the very same cuts: whoever keeps a history sees by that
that there is nothing to undo.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection
from enum import StrEnum
from fractions import Fraction

from fastclip_desktop.domain.clip import new_id
from fastclip_desktop.domain.cut import UNMOVED, Cut
from fastclip_desktop.domain.edge import Edge
from fastclip_desktop.domain.timecode import TimeRange

Cuts = tuple[Cut, ...]

SHORTEST = Fraction(1, 100)
"""Seconds that an edit leaves of a cut at least; shorter than a picture of any usual rate."""


class Side(StrEnum):
    """An edge of a cut."""

    START = "start"
    END = "end"


def add(cuts: Cuts, cut: Cut) -> Cuts:
    """One more, after the others."""
    return (*cuts, cut)


def remove(cuts: Cuts, ids: Collection[str]) -> Cuts:
    """Without some."""
    kept = tuple(cut for cut in cuts if cut.id not in ids)
    return cuts if len(kept) == len(cuts) else kept


def change(cuts: Cuts, cut_id: str, **values: object) -> Cuts:
    """One cut with other values, such as ``name`` or ``ticked``."""
    return _mapped(cuts, {cut_id}, lambda cut: dataclasses.replace(cut, **values))  # type: ignore[arg-type] # by name


def tick(cuts: Cuts, ids: Collection[str], ticked: bool) -> Cuts:  # noqa: FBT001 - the state itself
    """Some of them ticked, or not."""
    return _mapped(cuts, ids, lambda cut: dataclasses.replace(cut, ticked=ticked))


def move_edge(
    cuts: Cuts, cut_id: str, side: Side, to: Fraction, duration: Fraction | None, why: Edge = UNMOVED
) -> Cuts:
    """One edge of a cut elsewhere, within the source and not past the other; what is said there is to be seen anew.

    Args:
        cuts: as they are.
        cut_id: of the cut.
        side: which edge.
        to: seconds of the source.
        duration: of the source; ``None`` where nobody knows.
        why: the edge lies there.
    """

    def moved(cut: Cut) -> Cut:
        if side is Side.START:
            start = max(Fraction(0), min(to, cut.span.end - SHORTEST))
            return _spanning(cut, TimeRange(start, cut.span.end), why, cut.end)
        latest = to if duration is None else min(to, max(duration, SHORTEST))
        end = max(latest, cut.span.start + SHORTEST)
        return _spanning(cut, TimeRange(cut.span.start, end), cut.start, why)

    return _mapped(cuts, {cut_id}, moved)


def slide(cuts: Cuts, cut_id: str, by: Fraction, duration: Fraction | None) -> Cuts:
    """A cut elsewhere with the length that it has, as far as the source goes."""

    def moved(cut: Cut) -> Cut:
        step = max(by, -cut.span.start)
        if duration is not None:
            step = min(step, max(Fraction(0), duration - cut.span.end)) if step > 0 else step
        span = TimeRange(cut.span.start + step, cut.span.end + step)
        return _spanning(cut, span, UNMOVED, UNMOVED) if step else cut

    return _mapped(cuts, {cut_id}, moved)


def split(cuts: Cuts, at: Fraction, ids: Collection[str] | None = None) -> Cuts:
    """Each cut that an instant lies within as two, one after the other; what is said is known of neither half.

    Args:
        cuts: as they are.
        at: seconds of the source.
        ids: the cuts that may be split; ``None`` for all.
    """
    halves: list[Cut] = []
    for cut in cuts:
        fits = cut.span.start + SHORTEST <= at <= cut.span.end - SHORTEST
        if not fits or (ids is not None and cut.id not in ids):
            halves.append(cut)
            continue
        halves.append(dataclasses.replace(cut, span=TimeRange(cut.span.start, at), end=UNMOVED, excerpt=""))
        rest = TimeRange(at, cut.span.end)
        halves.append(dataclasses.replace(cut, span=rest, start=UNMOVED, excerpt="", id=new_id()))
    return cuts if len(halves) == len(cuts) else tuple(halves)


def merge(cuts: Cuts, ids: Collection[str]) -> Cuts:
    """Some cuts as one, from the first start to the last end, in the place of the first of them."""
    chosen = [cut for cut in cuts if cut.id in ids]
    if len(chosen) < 2:
        return cuts
    first = min(chosen, key=lambda cut: cut.span.start)
    last = max(chosen, key=lambda cut: cut.span.end)
    in_order = sorted(chosen, key=lambda cut: cut.span)
    merged = dataclasses.replace(
        first,
        span=TimeRange(first.span.start, last.span.end),
        end=last.end,
        ticked=any(cut.ticked for cut in chosen),
        excerpt=" … ".join(cut.excerpt for cut in in_order if cut.excerpt),
    )
    place = cuts.index(chosen[0])
    rest = [cut for cut in cuts if cut.id not in ids]
    before = sum(cut.id not in ids for cut in cuts[:place])
    return (*rest[:before], merged, *rest[before:])


def placed(cuts: Cuts, more: Cuts) -> Cuts:
    """With more of them: each where it lies in time as long as all others do, behind those that a person arranged."""
    together = (*cuts, *more)
    return in_time_order(together) if in_time_order(cuts) is cuts else together


def rearrange(cuts: Cuts, ids: Collection[str], place: int) -> Cuts:
    """Some of them elsewhere in the order, side by side.

    Args:
        cuts: as they are.
        ids: those that go.
        place: of the one before which they come to stand, as it is counted now; past the last one for the end.
    """
    going = tuple(cut for cut in cuts if cut.id in ids)
    before = tuple(cut for cut in cuts[: max(0, place)] if cut.id not in ids)
    behind = tuple(cut for cut in cuts[max(0, place) :] if cut.id not in ids)
    arranged = (*before, *going, *behind)
    return cuts if arranged == cuts else arranged


def overlapping(cuts: Cuts) -> tuple[frozenset[str], ...]:
    """The ids of cuts of which some seconds are the same, those together that hang together."""
    groups: list[set[str]] = []
    reach: Fraction | None = None
    for cut in sorted(cuts, key=lambda cut: cut.span):
        if reach is not None and cut.span.start < reach:
            groups[-1].add(cut.id)
            reach = max(reach, cut.span.end)
        else:
            groups.append({cut.id})
            reach = cut.span.end
    return tuple(frozenset(group) for group in groups if len(group) > 1)


def merge_overlapping(cuts: Cuts) -> Cuts:
    """One cut of those of which some seconds are the same."""
    for ids in overlapping(cuts):
        cuts = merge(cuts, ids)
    return cuts


def in_time_order(cuts: Cuts) -> Cuts:
    """All of them by where they lie."""
    ordered = tuple(sorted(cuts, key=lambda cut: cut.span))
    return cuts if ordered == cuts else ordered


def _spanning(cut: Cut, span: TimeRange, start: Edge, end: Edge) -> Cut:
    """A cut of another span, of which nobody has said yet what it holds."""
    excerpt = cut.excerpt if span == cut.span else ""
    return dataclasses.replace(cut, span=span, start=start, end=end, excerpt=excerpt)


def _mapped(cuts: Cuts, ids: Collection[str], edit: Callable[[Cut], Cut]) -> Cuts:
    edited = tuple(edit(cut) if cut.id in ids else cut for cut in cuts)
    return cuts if edited == cuts else edited
