"""How well the camera follows faces: where each frame's faces are against where the frame was put.

Faces are found in every frame, where the program looks at five a second. The chosen ones are those nearest to whom the
camera follows; while the one who is followed looks away and only others are found, it is the place where that one must
be. Where the one who is followed has not come yet or is gone, and where nobody is followed, the largest face counts as
chosen. A face is inside if nine tenths of its box are. How often the largest face of all is inside is told besides, for
what a camera makes of it that follows the wrong one.
"""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import numpy as np

from fastclip_desktop.domain.framing import CameraPath, Face, FaceFindings, Layout, SeenFaces, Window
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.short_look import Aspect, Framing
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.editing.face_tracks import people
from fastclip_desktop.editing.framing import Frame, plan_camera
from fastclip_desktop.editing.subjects import Room, takes
from fastclip_desktop.media.face_pictures import FacePictures
from fastclip_desktop.media.faces import FaceFinder, find_faces
from fastclip_desktop.media.probe import probe
from tests.benchmarks.measure import Row

WANTED_INSIDE = 0.97
WANTED_JUMP = 0.005
_LONGEST = Fraction(120)
_MEDIA = {".mp4", ".mkv", ".mov", ".webm", ".avi"}
_EVERY_FRAME = 1000
_LOOK = (960, 960)
"""Pixels that each frame is looked at in, more than the program does."""


@dataclass(slots=True)
class Score:
    """What was counted in one file.

    Attributes:
        with_face: frames that show a face.
        inside: of those, with all chosen faces inside.
        largest: of those, with the largest face inside.
        jumps: how far each window went from one frame to the next, in widths of the picture, without cuts.
        seconds: that finding faces took.
        length: seconds of the source.
        layouts: seconds of each.
    """

    with_face: int = 0
    inside: int = 0
    largest: int = 0
    jumps: list[float] = field(default_factory=list)
    seconds: float = 0.0
    length: float = 0.0
    layouts: dict[Layout, float] = field(default_factory=dict)

    @property
    def jump(self) -> float:
        """The jump that nineteen of twenty are no larger than."""
        return float(np.percentile(self.jumps, 95)) if self.jumps else 0.0


def measure_framing(folder: Path | None, model: Path | None, aspect: Aspect = Aspect.PORTRAIT) -> list[Row]:
    """One row for each file of a folder, and one for all."""
    if folder is None or model is None:
        return [Row("follow faces", "", "–", "", None, "pass --faces FOLDER and --model FILE")]
    rows, total = [], Score()
    for path in sorted(each for each in folder.iterdir() if each.suffix.lower() in _MEDIA):
        score = score_file(path, model, aspect)
        rows.append(_row(path.name, score))
        total.with_face += score.with_face
        total.inside += score.inside
        total.largest += score.largest
        total.jumps += score.jumps
        total.seconds += score.seconds
        total.length += score.length
    return [*rows, _row("all", total)]


def score_file(path: Path, model: Path, aspect: Aspect) -> Score:
    """Find faces as the program does, frame them, and look at every frame."""
    media = FetchedMedia(path, None)
    span = TimeRange(Fraction(0), min(_LONGEST, probe(path).duration))
    begun = time.perf_counter()
    (findings,) = find_faces(media, (span,), model, Reporter())
    score = Score(seconds=time.perf_counter() - begun, length=float(span.duration))
    size = findings.width, findings.height
    camera = plan_camera(span, size, aspect, Framing.FACES, findings)
    for stretch in camera.stretches:
        score.layouts[stretch.layout] = score.layouts.get(stretch.layout, 0.0) + float(stretch.span.duration)
    seen = every_frame(media, span, model)
    for each in seen:
        faces = each.faces
        if faces:
            windows = camera.at(each.time).windows or (Window(0, 0, 1, 1),)
            score.with_face += 1
            score.largest += _is_inside(faces[0], windows)
            chosen = _chosen(findings, each.time, aspect, faces) or faces[:1]
            score.inside += all(_is_inside(face, windows) for face in chosen)
    score.jumps = list(_jumps(camera, [each.time for each in seen], findings.height / findings.width))
    return score


def every_frame(media: FetchedMedia, span: TimeRange, model: Path) -> list[SeenFaces]:
    """The faces of every frame."""
    with FacePictures(media, _LOOK, lambda: None, _EVERY_FRAME) as pictures:
        finder = FaceFinder(model, pictures.size)
        return [SeenFaces(instant, finder.find(picture)) for instant, picture in pictures.look(span)]


def _chosen(findings: FaceFindings, instant: Fraction, aspect: Aspect, faces: tuple[Face, ...]) -> tuple[Face, ...]:
    """The faces of those whom the camera follows: the nearest found ones, or where they must be."""
    borders = [findings.span.start, *findings.shots, findings.span.end]
    start, end = next(pair for pair in itertools.pairwise(borders) if instant < pair[1])
    shot = [each for each in findings.seen if start <= each.time < end]
    if not shot:
        return ()
    frame = Frame.over((findings.width, findings.height), aspect)
    times = np.array([float(each.time) for each in shot])
    who = people(shot, findings.height / findings.width)
    number = max(0, int(np.searchsorted(times, float(instant), side="right")) - 1)
    taken = takes(who, times, Room(frame.width, frame.height, frame.stacks))
    take = next(each for each in taken if number < each.end)
    chosen = []
    for person in take.people:
        x, y = np.interp(float(instant), times, person.x), np.interp(float(instant), times, person.y)
        near = min(faces, key=lambda face: float(np.hypot(face.place.center[0] - x, face.place.center[1] - y)))
        if float(np.hypot(near.place.center[0] - x, near.place.center[1] - y)) <= near.place.width:
            chosen.append(near)
        elif person.first <= number <= person.last:
            width, height = (float(np.interp(float(instant), times, row)) for row in (person.width, person.height))
            chosen.append(Face(Window(float(x) - width / 2, float(y) - height / 2, width, height), 0.0))
    return tuple(chosen)


def _is_inside(face: Face, windows: tuple[Window, ...]) -> bool:
    place = face.place
    for window in windows:
        wide = min(place.x + place.width, window.x + window.width) - max(place.x, window.x)
        high = min(place.y + place.height, window.y + window.height) - max(place.y, window.y)
        if max(0.0, wide) * max(0.0, high) >= 0.9 * place.width * place.height:
            return True
    return False


def _jumps(camera: CameraPath, instants: list[Fraction], tallness: float) -> list[float]:
    jumps = []
    for stretch in camera.stretches:
        inside = [instant for instant in instants if stretch.span.contains(instant)]
        for one, other in itertools.pairwise(inside):
            pairs = zip(stretch.windows_at(one), stretch.windows_at(other), strict=True)
            jumps += [float(np.hypot(b.x - a.x, (b.y - a.y) * tallness)) for a, b in pairs]
    return jumps


def _row(name: str, score: Score) -> Row:
    share = score.inside / score.with_face if score.with_face else 1.0
    largest = score.largest / score.with_face if score.with_face else 1.0
    layouts = ", ".join(f"{layout} {seconds:.1f} s" for layout, seconds in score.layouts.items())
    return Row(
        f"framing {name}"[:33],
        "faces in every frame",
        f"{share:.1%}, {score.jump:.2%}",
        f"≥ {WANTED_INSIDE:.0%}, ≤ {WANTED_JUMP:.1%}",
        share >= WANTED_INSIDE and score.jump <= WANTED_JUMP,
        f"{score.with_face} frames with a face, largest inside {largest:.1%}, "
        f"faces found in {score.seconds:.2f} s of {score.length:.1f} s; {layouts}",
    )
