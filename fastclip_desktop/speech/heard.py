"""What a speech model makes of a window, before anybody judges it."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from fastclip_desktop.speech.speech_windows import Window


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word as the model writes it.

    Attributes:
        text: with a space before it where its language has one there.
        start: seconds from the window's beginning.
        end: likewise.
        probability: 0..1, the mean of its tokens'.
    """

    text: str
    start: float
    end: float
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Heard:
    """All words of a window, in the order in which they were said.

    Attributes:
        words: may be none.
        log_probability: the mean of all tokens' natural logarithms.
        no_speech: 0..1, how likely the model takes it that nobody speaks.
    """

    words: tuple[HeardWord, ...]
    log_probability: float = 0.0
    no_speech: float = 0.0

    @property
    def compression(self) -> float:
        """Bytes of the text over its bytes when compressed: Whisper's own measure of how much it repeats itself."""
        text = "".join(word.text for word in self.words).strip().encode()
        return len(text) / len(zlib.compress(text))


class Ear(Protocol):
    """A loaded speech model; ``languages`` are Whisper's codes."""

    @property
    def most_windows(self) -> int:
        """How many windows it hears best at once; at least one."""
        ...

    def languages(self, sound: NDArray[np.float32]) -> dict[str, float]:
        """The languages that a window of sound may be in, and how likely each is."""
        ...

    def hear(self, windows: Sequence[Window], language: str) -> list[Heard]:
        """What is said in each window; quick, and at times wrong."""
        ...

    def hear_again(self, window: Window, language: str) -> Heard:
        """What is said in a window that the first hearing was in doubt about; slower and more careful."""
        ...
