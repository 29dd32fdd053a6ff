"""Faces in the picture of a source, found with YuNet, a small network of OpenCV's model zoo.

Wu, Peng and Yu, "YuNet: A Tiny Millisecond-level Face Detector" (Machine Intelligence Research, 2023): a box, five
landmarks (eyes, tip of the nose, corners of the mouth) and a score for each face.

How much a mouth moves is told by two pictures of a face, each turned and scaled so that eyes and mouth lie in the same
places. A face that nods or turns changes all over, and one that speaks most of all around its mouth; so what the mouth
changed counts beyond what the eyes and nose did.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.framing import Face, FaceFindings, SeenFaces, Window
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media.face_pictures import Colours, FacePictures

BOX = (512, 512)
"""Pixels that a picture is looked at in; a face has to be some ten of them wide to be found."""

LEAST_SCORE = 0.6
"""How sure the network has to be, 0..1."""

_OVERLAP = 0.3
"""Two boxes that share more than this of what they cover are one face."""

_MOST = 40
"""Faces in one picture; a crowd has no subject."""

_STRIDES = (8, 16, 32)
_NUMBERS = {"cls": 1, "obj": 1, "bbox": 4, "kps": 10}
"""Outputs of the network for each stride, and how many numbers each gives for a place."""

_AHEAD = 8
"""Pictures that wait for the network while more are decoded."""

_TRIED_SIDE = 64

_ALIGNED = 48
"""Pixels of a side of a face that was turned upright."""

_EYES_AND_MOUTH = np.array(((15, 16), (33, 16), (17, 37), (31, 37)), np.float32)
"""Where right eye, left eye and the mouth's corners lie then."""

_MOUTH = (slice(30, 46), slice(12, 36))
_REST = (slice(20, 30), slice(8, 40))
_SMALLEST_MOUTH = 18
"""Pixels of a face's width below which its mouth is a blot."""

_SAME_FACE = 0.75
"""Widths of a face that it moves from one picture to the next, at most."""


class FaceFinder:
    """Finds faces in pictures of one size.

    Args:
        model: YuNet as an ONNX file.
        size: width and height of the pictures.

    Raises:
        InputError: ``bad_model`` for a file that is damaged or another network.
    """

    def __init__(self, model: Path, size: tuple[int, int]) -> None:
        # More threads of its own would take the cores from the decoder, which works at the same time.
        cv2.setNumThreads(1)
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)  # it warns of a setting that nobody made
        self._model = model
        self._size = size
        self._before: list[_Mouth] = []
        try:
            # OpenCV opens files by names in the system's own code page; bytes have no name.
            data = np.frombuffer(model.read_bytes(), np.uint8)
            _try_out(data)
            self._detector = cv2.FaceDetectorYN.create(
                "onnx", data, np.zeros(0, np.uint8), size, LEAST_SCORE, _OVERLAP, _MOST
            )
        except (cv2.error, OSError, ValueError, MemoryError) as error:
            raise _bad(model) from error

    def find(self, picture: Colours) -> tuple[Face, ...]:
        """The faces of a picture, the largest first; mouths are compared with those of the picture before.

        Raises:
            InputError: ``bad_model`` if the network fails.
        """
        try:
            # Its stub knows nothing of pictures with nobody.
            found = cast("NDArray[np.float32] | None", self._detector.detect(picture)[1])
        except cv2.error as error:
            raise _bad(self._model) from error
        rows = np.zeros((0, 15), np.float32) if found is None else found
        rows = rows[np.isfinite(rows).all(axis=1) & (rows[:, 2] > 0) & (rows[:, 3] > 0)]
        mouths = [_look_at(picture, row) for row in rows[np.argsort(-rows[:, 2] * rows[:, 3], kind="stable")]]
        faces = tuple(self._face(mouth) for mouth in mouths)
        self._before = mouths
        return tuple(face for face in faces if face.place.width > 0 and face.place.height > 0)

    def forget(self) -> None:
        """Say that the next picture does not follow the one before."""
        self._before = []

    def _face(self, mouth: _Mouth) -> Face:
        x, y, width, height = (float(value) for value in mouth.row[:4])
        left, top = max(0.0, x / self._size[0]), max(0.0, y / self._size[1])
        right, bottom = min(1.0, (x + width) / self._size[0]), min(1.0, (y + height) / self._size[1])
        score = min(1.0, max(0.0, float(mouth.row[14])))
        near = min(self._before, key=mouth.distance, default=None)
        moved = 0.0 if near is None or mouth.distance(near) > _SAME_FACE else mouth.moved_since(near)
        return Face(Window(left, top, right - left, bottom - top), round(score, 3), round(moved, 3))


def find_faces(
    media: FetchedMedia, spans: tuple[TimeRange, ...], model: Path, reporter: Reporter
) -> tuple[FaceFindings, ...]:
    """Look for faces some times a second, and for hard cuts, in spans of a source.

    Args:
        media: local files; the one with the picture is looked at.
        spans: seconds of the source.
        model: YuNet as an ONNX file.
        reporter: gets the part that is done.

    Returns:
        One for each span.

    Raises:
        InputError: ``bad_model``, ``no_video``, ``damaged_media``, ``encrypted_media``, ``unsupported_codec`` and what
            opening the file raises.
        Cancelled: if it was stopped.
    """
    total = sum((span.duration for span in spans), Fraction(0))
    done = Fraction(0)
    findings = []
    with FacePictures(media, BOX, reporter.cancel.check) as pictures, ThreadPoolExecutor(1, "faces") as pool:
        finder = FaceFinder(model, pictures.size)
        for span in spans:
            finder.forget()
            seen: list[SeenFaces] = []
            waiting: deque[tuple[Fraction, Future[tuple[Face, ...]]]] = deque()
            for time, picture in pictures.look(span):
                reporter.report(float((done + time - span.start) / total))
                waiting.append((time, pool.submit(finder.find, picture)))
                if len(waiting) > _AHEAD:
                    seen.append(_finished(*waiting.popleft()))
            seen += [_finished(*each) for each in waiting]
            done += span.duration
            findings.append(FaceFindings(span, pictures.width, pictures.height, tuple(seen), pictures.shots()))
    return tuple(findings)


def _finished(time: Fraction, faces: Future[tuple[Face, ...]]) -> SeenFaces:
    return SeenFaces(time, faces.result())


@dataclass(frozen=True, slots=True)
class _Mouth:
    """A face of one picture, with its aligned picture where it is large enough for one.

    Attributes:
        row: left, top, width, height, five landmarks and the score, in pixels.
        aligned: grey, shape (48, 48), of mean 0 and deviation 1.
    """

    row: NDArray[np.float32]
    aligned: NDArray[np.float32] | None

    def distance(self, other: _Mouth) -> float:
        """From middle to middle, in widths of the larger face."""
        middles = self.row[:2] + self.row[2:4] / 2 - other.row[:2] - other.row[2:4] / 2
        return float(np.hypot(*middles) / max(self.row[2], other.row[2]))

    def moved_since(self, other: _Mouth) -> float:
        """How much the mouth changed beyond what the rest of the face did, 0..1."""
        if self.aligned is None or other.aligned is None:
            return 0.0
        change = np.abs(self.aligned - other.aligned)
        return float(min(1.0, max(0.0, change[_MOUTH].mean() - change[_REST].mean())))


def _look_at(picture: Colours, row: NDArray[np.float32]) -> _Mouth:
    if row[2] < _SMALLEST_MOUTH:
        return _Mouth(row, None)
    marks = row[4:14].reshape(5, 2)[[0, 1, 3, 4]]
    fitted = cv2.estimateAffinePartial2D(marks, _EYES_AND_MOUTH, method=cv2.LMEDS)
    turn = cast("NDArray[np.float64] | None", fitted[0])  # likewise of points that all lie in one place
    if turn is None or not np.isfinite(turn).all():
        return _Mouth(row, None)
    upright = cv2.warpAffine(
        picture, turn, (_ALIGNED, _ALIGNED), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    grey = cv2.GaussianBlur(cv2.cvtColor(upright, cv2.COLOR_BGR2GRAY), (0, 0), 1.0).astype(np.float32)
    return _Mouth(row, (grey - grey.mean()) / max(4.0, float(grey.std())))


def _try_out(data: NDArray[np.uint8]) -> None:
    """See that a network gives what YuNet gives: OpenCV reads its outputs without asking for their sizes.

    Raises:
        ValueError: if it does not.
        cv2.error: if it is no network.
    """
    network = cv2.dnn.readNetFromONNX(data)
    network.setInput(np.zeros((1, 3, _TRIED_SIDE, _TRIED_SIDE), np.float32))
    names = [(name, stride) for name in _NUMBERS for stride in _STRIDES]
    outputs = network.forward([f"{name}_{stride}" for name, stride in names])
    for (name, stride), values in zip(names, outputs, strict=True):
        if values.dtype != np.float32 or values.size != (_TRIED_SIDE // stride) ** 2 * _NUMBERS[name]:
            raise ValueError(f"{name}_{stride} has a shape that YuNet's does not have")


def _bad(model: Path) -> InputError:
    return InputError(
        ErrorCode.BAD_MODEL,
        f"{model.name} does not find faces: it is damaged or another network.",
        "Fetch YuNet again with `fastclip models fetch yunet`, or choose another model.",
    )
