"""What becomes of the cuts while the mouse has hold of one of them; values in, values out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.edge import Edge, EdgeReason
from fastclip_desktop.editing.cuts import Cuts, Side, move_edge, slide
from fastclip_desktop.editing.snapping import Mark, Rest, snap
from fastclip_desktop.gui.timeline.contents import Contents

_SNAP_PIXELS = 8
_TREMBLING = 3
"""Pixels by which a mouse may move that is only meant to click."""

_REASONS = {Mark.SHOT: EdgeReason.SHOT, Mark.SILENCE: EdgeReason.PAUSE, Mark.WORD: EdgeReason.PAUSE}


@dataclass(slots=True)
class Drag:
    """What the mouse has hold of.

    Attributes:
        cuts: as they were when it took hold.
        cut: the cut; ``None`` for the playhead, or for the minimap.
        side: of the cut; ``None`` for all of it.
        from_x: where the mouse took hold.
        minimap: whether it is the minimap.
        moved: whether it went farther than a trembling hand.
        edges: of the other cuts, ascending.
    """

    cuts: Cuts
    cut: Cut | None = None
    side: Side | None = None
    from_x: float = 0.0
    minimap: bool = False
    moved: bool = False
    edges: tuple[Fraction, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        """Put the edges in order once, and not with every move."""
        if self.cut is not None:
            others = (cut for cut in self.cuts if cut.id != self.cut.id)
            self.edges = tuple(sorted({edge for cut in others for edge in (cut.span.start, cut.span.end)}))


def drag_cut(
    drag: Drag, x: float, per_pixel: float, contents: Contents, playhead: Fraction, *, free: bool
) -> tuple[Cuts, Fraction | None] | None:
    """The cuts with the held one where the mouse is, and the instant whose picture shows its edge.

    Args:
        drag: what is held.
        x: the pixel of the mouse.
        per_pixel: seconds.
        contents: what an edge comes to rest at.
        playhead: likewise.
        free: the edge goes where the mouse is.

    Returns:
        ``None`` as long as the mouse has hardly moved.
    """
    cut = drag.cut
    if cut is None or (not drag.moved and abs(x - drag.from_x) < _TREMBLING):
        return None
    drag.moved = True
    by = Fraction(round((x - drag.from_x) * per_pixel * 1000), 1000)
    if drag.side is None:
        return slide(drag.cuts, cut.id, by, contents.duration), None
    edge = cut.span.start if drag.side is Side.START else cut.span.end
    rest = None if free else _rest(edge + by, per_pixel, {**contents.marks, Mark.CUT: drag.edges}, playhead)
    to = edge + by if rest is None else rest.at
    why = Edge(_REASONS.get(rest.mark, EdgeReason.PLANNED), to - edge) if rest else Edge(moved=to - edge)
    cuts = move_edge(drag.cuts, cut.id, drag.side, to, contents.duration, why)
    (moved,) = (each for each in cuts if each.id == cut.id)
    return cuts, moved.span.start if drag.side is Side.START else _last_picture(moved.span.end, contents.frame)


def _rest(
    instant: Fraction, per_pixel: float, marks: dict[Mark, Sequence[Fraction]], playhead: Fraction
) -> Rest | None:
    reach = Fraction(_SNAP_PIXELS * per_pixel).limit_denominator(10_000)
    return snap(instant, reach, {**marks, Mark.PLAYHEAD: [playhead]})


def _last_picture(end: Fraction, frame: Fraction) -> Fraction:
    """An instant at which the last picture before an end is shown."""
    return max(Fraction(0), end - (frame or Fraction(1, 30)) / 2)
