"""What is special about which words of a script."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.gui.transcript.choice import Choice
from fastclip_desktop.gui.transcript.painting import Characters, Look
from fastclip_desktop.gui.transcript.script import Find, Script, Spot


@dataclass(slots=True)
class Highlights:
    """Of all paragraphs together.

    Attributes:
        cuts: what will be clips, in seconds of the source.
        moments: what fits the prompt, likewise.
        finds: the places that were searched for in the text, in order.
        find_now: the one of these that is being looked at.
    """

    cuts: Sequence[TimeRange] = ()
    moments: Sequence[TimeRange] = ()
    finds: Sequence[Find] = ()
    find_now: Find | None = None
    _cut_edges: Sequence[tuple[float, float]] = field(default=(), init=False)
    _moment_edges: Sequence[tuple[float, float]] = field(default=(), init=False)

    def tint(self, cuts: Sequence[TimeRange], moments: Sequence[TimeRange]) -> None:
        """Tint other cuts and moments."""
        self.cuts, self.moments = cuts, moments
        self._cut_edges, self._moment_edges = _edges(cuts), _edges(moments)

    def look(self, script: Script, number: int, choice: Choice | None, said: Spot | None) -> Look:
        """What is special about a paragraph.

        Args:
            script: what is shown.
            number: of the paragraph.
            choice: the words that the person chose.
            said: the word that is being said.
        """
        now = self.find_now
        is_here = said is not None and said.paragraph == number
        return Look(
            cuts=_tinted(script, number, self.cuts, self._cut_edges),
            moments=_tinted(script, number, self.moments, self._moment_edges),
            found=[(each.start, each.end) for each in self._finds_in(number)],
            found_now=(now.start, now.end) if now is not None and now.paragraph == number else None,
            selected=_chosen_in(script, number, choice) if choice is not None else None,
            said=_characters(script, number, said.piece, said.piece) if said is not None and is_here else None,
        )

    def _finds_in(self, number: int) -> Sequence[Find]:
        first = bisect_right(self.finds, number - 1, key=lambda each: each.paragraph)
        return self.finds[first : bisect_right(self.finds, number, key=lambda each: each.paragraph)]


def _edges(spans: Sequence[TimeRange]) -> list[tuple[float, float]]:
    """The same in floats, which are looked through for every paragraph that is painted."""
    return [(float(span.start), float(span.end)) for span in spans]


def _tinted(
    script: Script, number: int, spans: Sequence[TimeRange], edges: Sequence[tuple[float, float]]
) -> list[Characters]:
    first, last = script.seconds(number)
    near = (span for span, (start, end) in zip(spans, edges, strict=True) if start < last and end > first)
    within = (script.spots_within(number, span) for span in near)
    return [_characters(script, number, first, last - 1) for first, last in filter(None, within)]


def _chosen_in(script: Script, number: int, choice: Choice) -> Characters | None:
    first, last = choice.first, choice.last
    if not first.paragraph <= number <= last.paragraph or not script.pieces(number):
        return None
    begin = first.piece if number == first.paragraph else 0
    end = last.piece if number == last.paragraph else len(script.pieces(number)) - 1
    return _characters(script, number, begin, end)


def _characters(script: Script, number: int, first: int, last: int) -> Characters:
    pieces = script.pieces(number)
    return pieces[first].start, pieces[last].end
