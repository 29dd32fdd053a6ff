"""Faces in the picture of a source, and how much their mouths move."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import numpy as np

from fastclip_desktop.domain.framing import Face, FaceFindings, SeenFaces, Window
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media.face_pictures import Colours, FacePictures
from fastclip_desktop.media.mouths import Mouth, look_at
from fastclip_desktop.media.yunet import YuNet

BOX = (512, 512)
"""Pixels that a picture is looked at in; a face has to be some ten of them wide to be found."""

_AHEAD = 8
"""Pictures that wait for the network while more are decoded."""

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
        self._size = size
        self._before: list[Mouth] = []
        self._network = YuNet(model, size)

    def find(self, picture: Colours) -> tuple[Face, ...]:
        """The faces of a picture, the largest first; mouths are compared with those of the picture before.

        Raises:
            InputError: ``bad_model`` if the network fails.
        """
        rows = self._network.find(picture)
        mouths = [look_at(picture, row) for row in rows[np.argsort(-rows[:, 2] * rows[:, 3], kind="stable")]]
        faces = tuple(self._face(mouth) for mouth in mouths)
        self._before = mouths
        return tuple(face for face in faces if face.place.width > 0 and face.place.height > 0)

    def forget(self) -> None:
        """Say that the next picture does not follow the one before."""
        self._before = []

    def _face(self, mouth: Mouth) -> Face:
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
