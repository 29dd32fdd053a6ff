"""What the timeline says about edges and places."""

from __future__ import annotations

import math
from fractions import Fraction

from PySide6.QtCore import QObject

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.edge import EdgeReason
from fastclip_desktop.domain.timecode import format_timecode
from fastclip_desktop.editing.cuts import Side
from fastclip_desktop.editing.snapping import Mark, snap
from fastclip_desktop.gui.timeline.contents import Contents

_LONGEST_EXCERPT = 200


class EdgeWords(QObject):
    """Says where an edge lies, and why."""

    def of_edge(self, contents: Contents, cut: Cut, side: Side) -> tuple[str, ...]:
        """Its time and frame, and why it lies there if anything is known of that."""
        instant = cut.span.start if side is Side.START else cut.span.end
        why = self._why(contents, cut, side)
        return (self.time_and_frame(contents, instant), why) if why else (self.time_and_frame(contents, instant),)

    def of_cut(self, cut: Cut) -> str:
        """What it is called, where it lies and what is said in it."""
        times = f"{format_timecode(cut.span.start)} – {format_timecode(cut.span.end)}"
        return "\n".join(filter(None, (cut.name, times, cut.excerpt[:_LONGEST_EXCERPT], cut.reason)))

    def time_and_frame(self, contents: Contents, instant: Fraction) -> str:
        """An instant, and the number of the first picture that is shown from it on."""
        if not contents.frame:
            return format_timecode(instant)
        return self.tr("{0} · frame {1}").format(format_timecode(instant), math.ceil(instant / contents.frame))

    def _why(self, contents: Contents, cut: Cut, side: Side) -> str:
        edge, instant = (cut.start, cut.span.start) if side is Side.START else (cut.end, cut.span.end)
        if edge.reason is EdgeReason.PAUSE:
            return self.tr("In a pause of the speech")
        if edge.reason is EdgeReason.SHOT:
            return self.tr("At a change of shot")
        rest = snap(instant, Fraction(0), contents.marks)
        if rest is None:
            return ""
        return {
            Mark.WORD: self.tr("At the edge of a word"),
            Mark.SHOT: self.tr("At a change of shot"),
            Mark.SILENCE: self.tr("At the edge of a silence"),
            Mark.KEY_FRAME: self.tr("At a key frame, which needs no new encoding"),
        }.get(rest.mark, "")
