"""What was done to a picture track that was passed on."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class SpliceReport:
    """What was done to a track; times are ticks of its clock.

    Attributes:
        pictures: how many came out.
        first: when the first is shown in the source.
        last: when the last is shown in the source.
        end: until when it is shown.
        encoded: spans, from a first picture until the next that isn't encoded anew.
        held: the time in the source of a picture that is shown from the clip's zero though it came before.
        encoder: FFmpeg's name of what encoded the seams; empty where nothing was.
    """

    pictures: int = 0
    first: int = 0
    last: int = 0
    end: int = 0
    encoded: list[tuple[int, int]] = field(default_factory=list)
    held: int | None = None
    encoder: str = ""

    def count(self, pts: int) -> None:
        """One more picture came out."""
        self.first = min(self.first, pts) if self.pictures else pts
        self.last = max(self.last, pts) if self.pictures else pts
        self.pictures += 1
