"""A faster-whisper that comes to an end.

Where it hears a window by itself it goes on from the last time stamp or word of each pass. A model that is out of its
depth puts that a fiftieth of a second behind the last, or nowhere: a window of 29 seconds takes a thousand passes then,
or goes on for ever.
"""

from __future__ import annotations

from faster_whisper import WhisperModel

MOST_PASSES = 8
"""For one window; speech takes one to three."""


class PassesSpent(Exception):  # noqa: N818 - says what happened
    """The window took too many passes; what they gave is all there is."""


class BoundedWhisper(WhisperModel):  # type: ignore[misc]  # it has no types
    """Gives up a window after :data:`MOST_PASSES`."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self._passes = 0

    def begin(self) -> None:
        """Count anew, for another window."""
        self._passes = 0

    def generate_with_fallback(self, *arguments: object, **options: object) -> object:
        """One pass, as the library has it.

        Raises:
            PassesSpent: this one would be one too many.
        """
        self._passes += 1
        if self._passes > MOST_PASSES:
            raise PassesSpent
        return super().generate_with_fallback(*arguments, **options)
