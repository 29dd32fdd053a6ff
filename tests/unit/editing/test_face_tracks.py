"""Which face of one picture is which of the next."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest

from fastclip_desktop.domain.framing import Face, SeenFaces, Window
from fastclip_desktop.editing.face_tracks import people

TALLNESS = 9 / 16


def face(x: float, width: float = 0.1, score: float = 0.9, mouth: float = 0.0) -> Face:
    return Face(Window(x - width / 2, 0.3, width, 0.2), score, mouth)


def seen(faces: Callable[[float], list[Face]], seconds: float = 6) -> list[SeenFaces]:
    return [SeenFaces(Fraction(tick, 5), tuple(faces(tick / 5))) for tick in range(round(5 * seconds))]


def test_two_who_pass_each_other_stay_who_they_are() -> None:
    right, left = people(seen(lambda time: [face(0.1 + 0.13 * time), face(0.9 - 0.13 * time)]), TALLNESS)
    assert right.x == pytest.approx(np.array([0.1 + 0.13 * tick / 5 for tick in range(30)]), abs=0.03)
    assert left.x == pytest.approx(np.array([0.9 - 0.13 * tick / 5 for tick in range(30)]), abs=0.03)


def test_who_looks_away_for_two_seconds_is_known_again() -> None:
    (person,) = people(seen(lambda time: [] if 2 <= time < 4 else [face(0.3)]), TALLNESS)
    assert (person.first, person.last) == (0, 29)


def test_who_comes_long_after_is_somebody_else() -> None:
    assert len(people(seen(lambda time: [] if 1 <= time < 5 else [face(0.3)]), TALLNESS)) == 2


def test_between_sights_somebody_is_on_the_way() -> None:
    (person,) = people(seen(lambda time: [] if 2 <= time < 3 else [face(0.3 + 0.02 * time)]), TALLNESS)
    assert person.x == pytest.approx(np.array([0.3 + 0.02 * tick / 5 for tick in range(30)]), abs=0.005)


@pytest.mark.parametrize(
    "faces",
    [
        lambda time: [face(0.3)] if time == 2 else [],
        lambda time: [face(0.3)] if time in (1, 4.8) else [],
        lambda _: [face(0.3, score=0.61)],
        lambda time: [face(0.1 if round(time * 5) % 2 else 0.9)] if 2 <= time < 2.4 else [],
    ],
    ids=["once", "twice far apart", "never surely", "here and there"],
)
def test_what_was_seen_too_shortly_or_unsurely_is_nobody(faces: Callable[[float], list[Face]]) -> None:
    assert people(seen(faces), TALLNESS) == ()


def test_a_face_of_quite_another_size_is_another_one() -> None:
    found = people(seen(lambda time: [face(0.3, 0.04 if time < 3 else 0.2)]), TALLNESS)
    assert [person.width[0] for person in found] == pytest.approx([0.04, 0.2])


def test_one_wrong_box_leaves_no_trace() -> None:
    (person,) = people(seen(lambda time: [face(0.36 if time == 3 else 0.3)]), TALLNESS)
    assert person.x == pytest.approx(np.full(30, 0.3))


def test_a_mouth_counts_around_the_time_it_moves() -> None:
    (person,) = people(seen(lambda time: [face(0.3, mouth=0.5 if 2 <= time < 3 else 0.0)]), TALLNESS)
    assert person.mouth[12] > 0.4
    assert person.mouth[0] == person.mouth[-1] == 0


def test_nobody_is_in_a_shot_that_nobody_looked_at() -> None:
    assert people([], TALLNESS) == ()
