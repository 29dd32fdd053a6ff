"""Watches the packets of a joined clip go by, and knows afterwards where to look at its joints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from fastclip_desktop.media.gop import MAX_REORDER
from fastclip_desktop.media.seam_proof import SeamProof, Sight

_LOOKED_AT = 2
"""Pictures on either side of a joint."""


class _AnyPicture(Sight):
    """Stands for a passed picture that nobody decoded: it has to be there, at its time and whole."""

    def matches(self, other: Sight) -> bool:
        """Whatever is seen will do."""
        return bool(other.samples)


_ANY = _AnyPicture(b"", 1, exact=True)


@dataclass(slots=True)
class _Run:
    """One part's pictures: the first and the last in order of decoding, and all key frames."""

    head: list[int] = field(default_factory=list)
    tail: list[int] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)


class JointWatch:
    """Collects what the finished clip has to show around its seams and joints.

    Args:
        tick: seconds a tick of the clip's track.

    Attributes:
        proof: complete after :meth:`finish`; all times are ticks from the clip's zero.
    """

    def __init__(self, tick: Fraction) -> None:
        self.proof = SeamProof(tick)
        self._known: dict[int, Sight] = {}
        self._runs: list[_Run] = [_Run()]
        self._between: list[list[int]] = []

    def add(self, time: int, *, key: bool) -> None:
        """A picture of the present part was written."""
        run = self._runs[-1]
        self.proof.pictures += 1
        if len(run.head) <= 2 * MAX_REORDER:
            run.head.append(time)
        run.tail = [*run.tail[-2 * MAX_REORDER :], time]
        if key:
            run.keys.append(time)

    def know(self, time: int, sight: Sight) -> None:
        """What a picture that is encoded anew has to look like."""
        self._known[time] = sight

    def add_seams(self, proof: SeamProof, shift: int) -> None:
        """Take over what a part's own seams have to show.

        Args:
            proof: the part's.
            shift: ticks of the clip at the part's own zero.
        """
        for begin, sights in proof.seams:
            moved = {time + shift: sight for time, sight in sights.items()}
            self._known.update(moved)
            self.proof.seams.append((begin + shift, moved))

    def next_part(self, between: Mapping[int, Sight]) -> None:
        """The part is over; these pictures stand before the next one."""
        self.proof.pictures += len(between)
        self._known.update(between)
        self._between.append(list(between))
        self._runs.append(_Run())

    def finish(self) -> SeamProof:
        """All parts are written."""
        for before, between, after in zip(self._runs, self._between, self._runs[1:], strict=False):
            last = sorted(before.tail)[-_LOOKED_AT:]
            begin = max((key for key in before.keys if key <= last[0]), default=min(before.head))
            wanted = [*last, *between, *sorted(after.head)[:_LOOKED_AT]]
            self.proof.seams.append((begin, {time: self._known.get(time, _ANY) for time in wanted}))
        return self.proof
