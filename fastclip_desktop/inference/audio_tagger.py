"""Names sounds with YAMNet, a small network that knows 521 of them.

The network (https://github.com/tensorflow/models/tree/master/research/audioset/yamnet) hears 0.975 seconds at a time
and gives each class of AudioSet a probability of its own. Only those that a query can ask for are kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.sound import SoundKind

if TYPE_CHECKING:
    from ai_edge_litert.interpreter import Interpreter  # type: ignore[import-untyped] # it ships no types

RATE = 16_000
"""Samples a second."""

FRAME = 15_600
"""Samples that are heard at a time."""

HOP = 7_680
"""Samples from one hearing to the next: 0.48 seconds."""

_CLASSES = 521
_OF_KIND: dict[SoundKind, tuple[int, ...]] = {
    # Laughter, baby laughter, giggle, snicker, belly laugh, chuckle
    SoundKind.LAUGHTER: (13, 14, 15, 16, 17, 18),
    # clapping, cheering, applause
    SoundKind.APPLAUSE: (58, 61, 62),
    # singing, choir, yodeling, chant, child's and synthetic singing, rapping, music
    SoundKind.MUSIC: (24, 25, 26, 27, 29, 30, 31, 132),
}
"""Numbers of classes in YAMNet's own list; a sound is as likely as the likeliest of them."""

KINDS = tuple(_OF_KIND)
"""The order of the kinds in what :meth:`AudioTagger.scores` gives."""

Samples = NDArray[np.float32]
Scores = NDArray[np.float32]
"""Shape (frames, kinds), 0..1; frame ``n`` was heard from sample ``n * HOP`` on."""


class AudioTagger:
    """Hears a track from its beginning to its end; memory stays at some bytes for each half second.

    Args:
        model: of the kind ``sounds``; its path is YAMNet as a TensorFlow Lite file.

    Raises:
        InputError: ``bad_model`` if the file is damaged or another network.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._interpreter = _load(model)
        self._input = self._interpreter.get_input_details()[0]
        self._output = self._interpreter.get_output_details()[0]
        self._first = 0
        self._waiting = np.zeros(0, np.float32)
        self._heard: dict[int, NDArray[np.float32]] = {}

    def hear(self, first: int, samples: Samples) -> None:
        """Take in sound, in rising order; where there is a gap nothing is heard.

        Args:
            first: the number of the first sample.
            samples: shape (n,), full scale 1.

        Raises:
            InputError: ``bad_model`` if the network fails.
        """
        if first != self._first + len(self._waiting):
            self.finish()
            # Frames lie on a common grid, so that a frame's number says when it was.
            self._first = first // HOP * HOP
            self._waiting = np.zeros(first - self._first, np.float32)
        self._waiting = np.concatenate((self._waiting, samples))
        while len(self._waiting) >= FRAME:
            self._step()

    def finish(self) -> None:
        """Say that this was all, or all before a gap."""
        while len(self._waiting) > FRAME - HOP:  # the rest was heard as part of the frame before
            self._waiting = np.pad(self._waiting, (0, max(0, FRAME - len(self._waiting))))
            self._step()
        self._waiting = self._waiting[:0]

    @property
    def scores(self) -> Scores:
        """How likely each of :data:`KINDS` is in each frame; 0 where there was no sound."""
        scores = np.zeros((max(self._heard, default=-1) + 1, len(KINDS)), np.float32)
        for number, heard in self._heard.items():
            scores[number] = heard
        return scores

    def _step(self) -> None:
        self._heard[self._first // HOP] = self._named(self._waiting[:FRAME])
        self._waiting = self._waiting[HOP:]
        self._first += HOP

    def _named(self, frame: Samples) -> NDArray[np.float32]:
        try:
            self._interpreter.set_tensor(self._input["index"], frame.reshape(self._input["shape"]))
            self._interpreter.invoke()
            classes = self._interpreter.get_tensor(self._output["index"]).reshape(-1)
        except (RuntimeError, ValueError) as error:
            raise _bad(self._model) from error
        likeliest = [classes[list(numbers)].max() for numbers in _OF_KIND.values()]
        return np.clip(np.nan_to_num(np.array(likeliest, np.float32)), 0, 1)


def _load(model: Model) -> Interpreter:
    from ai_edge_litert.interpreter import Interpreter

    try:
        interpreter = Interpreter(model_path=str(model.path), num_threads=1)
        interpreter.allocate_tensors()
        inputs, outputs = interpreter.get_input_details(), interpreter.get_output_details()
    except (RuntimeError, ValueError, OSError) as error:
        raise _bad(model) from error
    is_yamnet = (
        len(inputs) == 1
        and int(np.prod(inputs[0]["shape"])) == FRAME
        and inputs[0]["dtype"] is np.float32
        and len(outputs) > 0
        and int(np.prod(outputs[0]["shape"])) == _CLASSES
        and outputs[0]["dtype"] is np.float32
    )
    if not is_yamnet:
        raise _bad(model)
    return interpreter


def _bad(model: Model) -> InputError:
    return InputError(
        ErrorCode.BAD_MODEL,
        f"The model {model.name} is damaged, or it is not YAMNet.",
        "Remove it and fetch or import it again.",
    )
