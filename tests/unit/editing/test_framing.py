"""Where the camera is, for faces that are made up."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fastclip_desktop.domain.framing import CameraPath, Face, FaceFindings, Layout, SeenFaces, Window
from fastclip_desktop.domain.short_look import Aspect, Framing, Hold
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.editing.framing import NO_FACES, NO_MODEL, plan_camera

WIDE = (1920, 1080)
RATE = 5
SPAN = TimeRange(Fraction(10), Fraction(20))
CROP = 81 / 256
"""The share of a 16:9 picture's width that a 9:16 window takes."""

Sight = tuple[float, float, float] | tuple[float, float, float, float]
"""Middle across, middle down, width, and how much the mouth moves."""


def face(x: float, y: float, width: float, mouth: float = 0.0, size: tuple[int, int] = WIDE) -> Face:
    height = 1.25 * width * size[0] / size[1]
    return Face(Window(x - width / 2, y - height / 2, width, height), 0.9, mouth)


def findings(
    sights: Callable[[float], Sequence[Sight]],
    span: TimeRange = SPAN,
    shots: tuple[Fraction, ...] = (),
    size: tuple[int, int] = WIDE,
) -> FaceFindings:
    """Faces as a function of the seconds since the span's start."""
    ticks = [Fraction(number, RATE) for number in range(int(span.duration * RATE))]
    seen = tuple(
        SeenFaces(span.start + tick, tuple(face(*sight, size=size) for sight in _whole(sights(float(tick)))))
        for tick in ticks
    )
    return FaceFindings(span, *size, seen, shots)


def _whole(sights: Sequence[Sight]) -> list[tuple[float, float, float, float]]:
    return [(*sight[:3], sight[3] if len(sight) > 3 else 0.0) for sight in sights]


def camera(found: FaceFindings, aspect: Aspect = Aspect.PORTRAIT, holds: tuple[Hold, ...] = ()) -> CameraPath:
    return plan_camera(found.span, (found.width, found.height), aspect, Framing.FACES, found, holds)


def frames(path: CameraPath, rate: int = 30) -> list[tuple[float, tuple[Window, ...]]]:
    """Seconds since the span's start, and the windows, frame by frame."""
    start, end = path.stretches[0].span.start, path.stretches[-1].span.end
    times = [start + Fraction(number, rate) for number in range(int((end - start) * rate))]
    return [(float(time - start), path.at(time).windows) for time in times]


def middles(path: CameraPath) -> list[tuple[float, float]]:
    return [(time, windows[0].center[0]) for time, windows in frames(path)]


def jumps(path: CameraPath, rate: int = 30) -> list[float]:
    """How far the windows go from frame to frame within a stretch, in widths of the picture."""
    found = []
    for stretch in path.stretches:
        count = int(stretch.span.duration * rate)
        windows = [stretch.windows_at(stretch.span.start + Fraction(number, rate)) for number in range(count)]
        for one, other in itertools.pairwise(windows):
            found += [float(np.hypot(b.x - a.x, b.y - a.y)) for a, b in zip(one, other, strict=True)]
    return found


def test_who_sits_still_is_in_the_middle_and_the_camera_does_not_move() -> None:
    nervous = np.random.default_rng(3)
    path = camera(findings(lambda _: [(0.7 + nervous.uniform(-0.015, 0.015), 0.4, 0.1)]))
    (stretch,) = path.stretches
    assert stretch.span == SPAN
    assert len(stretch.points) == 1
    assert stretch.points[0].windows[0].center[0] == pytest.approx(0.7, abs=0.02)
    assert path.notes == ()


def test_who_walks_is_followed_smoothly_and_stays_inside() -> None:
    def place(time: float) -> float:
        return 0.25 if time < 2 else min(0.75, 0.25 + 0.08 * (time - 2))

    path = camera(findings(lambda time: [(place(time), 0.4, 0.08)]))
    assert len(path.stretches) == 1
    for time, (window,) in frames(path):
        assert window.x <= place(time) - 0.04
        assert place(time) + 0.04 <= window.x + window.width
    assert max(jumps(path)) <= 0.005


def test_a_face_in_one_picture_only_does_not_move_the_camera() -> None:
    path = camera(findings(lambda time: [(0.2, 0.4, 0.1)] if time == 4 else []))
    assert {x for _, x in middles(path)} == {0.5}
    assert path.notes == (NO_FACES,)


def test_somebody_who_crosses_the_picture_is_not_followed() -> None:
    def sights(time: float) -> list[Sight]:
        passing: list[Sight] = [(0.1 + (time - 4) * 0.8, 0.5, 0.12)] if 4 <= time < 5 else []
        return [(0.3, 0.4, 0.1), *passing]

    assert all(x == pytest.approx(0.3, abs=0.03) for _, x in middles(camera(findings(sights))))


def test_who_looks_away_for_a_while_is_kept() -> None:
    path = camera(findings(lambda time: [] if 3 < time < 5 else [(0.7, 0.4, 0.1)]))
    assert all(x == pytest.approx(0.7, abs=0.01) for _, x in middles(path))


def test_the_camera_waits_for_somebody_to_be_there() -> None:
    def sights(time: float) -> list[Sight]:
        return [(0.2, 0.4, 0.1)] if time < 2 else [(0.8, 0.4, 0.1)] if time >= 8 else []

    path = camera(findings(sights))
    assert [stretch.span.start for stretch in path.stretches] == [SPAN.start, SPAN.start + 8]
    assert [stretch.points[0].windows[0].center[0] for stretch in path.stretches] == pytest.approx([0.2, 0.8])


def test_the_camera_cuts_where_the_source_does() -> None:
    cut = Fraction(14)
    path = camera(findings(lambda time: [(0.3 if time < 4 else 0.7, 0.4, 0.1)], shots=(cut,)))
    assert [stretch.span for stretch in path.stretches] == [TimeRange(SPAN.start, cut), TimeRange(cut, SPAN.end)]
    assert [stretch.points[0].windows[0].center[0] for stretch in path.stretches] == pytest.approx([0.3, 0.7])
    assert max(jumps(path)) == 0


def test_a_shot_with_nobody_shows_the_middle_and_a_blink_of_one_what_was_shown() -> None:
    shots = (Fraction(13), Fraction(16), Fraction(33, 2))

    def sights(time: float) -> list[Sight]:
        return [] if 3 <= time < 6.5 else [(0.3, 0.4, 0.1)]

    path = camera(findings(sights, shots=(shots[0], shots[2])))
    assert [stretch.points[0].windows[0].center[0] for stretch in path.stretches] == pytest.approx([0.3, 0.5, 0.3])

    blink = camera(findings(lambda time: [] if 6 <= time < 6.5 else [(0.3, 0.4, 0.1)], shots=shots[1:]))
    assert [each.points[0].windows[0].center[0] for each in blink.stretches] == pytest.approx([0.3, 0.3, 0.3])
    assert blink.notes == ()


def test_the_one_who_speaks_is_shown() -> None:
    path = camera(findings(lambda _: [(0.25, 0.4, 0.1, 0.02), (0.75, 0.4, 0.1, 0.4)]))
    assert all(x == pytest.approx(0.75, abs=0.02) for _, x in middles(path))


def test_the_camera_cuts_to_the_next_speaker_but_not_for_a_word() -> None:
    def speaks(time: float) -> tuple[float, float]:
        first = time < 5
        interrupts = 2 <= time < 2.5
        return (0.3 if first and not interrupts else 0.0, 0.3 if not first or interrupts else 0.0)

    def sights(time: float) -> list[Sight]:
        one, other = speaks(time)
        return [(0.25, 0.4, 0.1, one), (0.75, 0.4, 0.1, other)]

    path = camera(findings(sights))
    assert [stretch.points[0].windows[0].center[0] for stretch in path.stretches] == pytest.approx([0.25, 0.75])
    assert float(path.stretches[1].span.start - SPAN.start) == pytest.approx(5, abs=0.7)
    assert max(jumps(path)) == 0


def test_two_of_whom_neither_dominates_are_stacked_the_left_one_on_top() -> None:
    path = camera(findings(lambda _: [(0.75, 0.4, 0.1, 0.2), (0.25, 0.4, 0.1, 0.2)]))
    (stretch,) = path.stretches
    assert stretch.layout is Layout.STACK
    (top, bottom) = stretch.points[0].windows
    assert top.x < 0.25 < top.x + top.width < 0.65
    assert 0.35 < bottom.x < 0.75 < bottom.x + bottom.width
    for window in (top, bottom):
        assert window.width * 1920 / (window.height * 1080) == pytest.approx(9 / 8)
        eyes = 0.4 - 0.08 * face(0, 0, 0.1).place.height
        assert (eyes - window.y) / window.height == pytest.approx(1 / 3, abs=0.05)


@pytest.mark.parametrize("aspect", [Aspect.SQUARE, Aspect.FEED, Aspect.WIDE])
def test_only_a_standing_frame_is_stacked(aspect: Aspect) -> None:
    path = camera(findings(lambda _: [(0.1, 0.4, 0.1, 0.2), (0.9, 0.4, 0.1, 0.2)]), aspect)
    assert {stretch.layout for stretch in path.stretches} == {Layout.WINDOW}


def test_two_who_sit_close_share_the_window() -> None:
    path = camera(findings(lambda _: [(0.42, 0.4, 0.08, 0.3), (0.55, 0.4, 0.08, 0.0)]))
    (stretch,) = path.stretches
    assert stretch.layout is Layout.WINDOW
    assert stretch.points[0].windows[0].center[0] == pytest.approx(0.485, abs=0.01)


def test_a_bystander_is_not_stacked() -> None:
    path = camera(findings(lambda _: [(0.3, 0.4, 0.12), (0.8, 0.3, 0.04)]))
    (stretch,) = path.stretches
    assert stretch.layout is Layout.WINDOW
    assert stretch.points[0].windows[0].center[0] == pytest.approx(0.3, abs=0.02)


def test_a_face_in_the_background_changes_nothing_for_two() -> None:
    path = camera(findings(lambda _: [(0.2, 0.4, 0.1), (0.5, 0.3, 0.03), (0.8, 0.4, 0.1)]))
    assert [stretch.layout for stretch in path.stretches] == [Layout.STACK]


def test_more_than_two_who_do_not_fit_are_shown_whole() -> None:
    path = camera(findings(lambda _: [(x, 0.4, 0.1) for x in (0.15, 0.5, 0.85)]))
    assert [stretch.layout for stretch in path.stretches] == [Layout.WHOLE]


def test_four_of_whom_a_square_holds_three_are_shown_without_the_fourth() -> None:
    path = camera(findings(lambda _: [(x, 0.4, 0.08) for x in (0.1, 0.28, 0.46, 0.92)]), Aspect.SQUARE)
    (stretch,) = path.stretches
    window = stretch.points[0].windows[0]
    assert stretch.layout is Layout.WINDOW
    assert window.x <= 0.06
    assert window.x + window.width >= 0.5


def test_three_of_whom_a_square_holds_two_are_shown_whole() -> None:
    path = camera(findings(lambda _: [(x, 0.4, 0.1) for x in (0.15, 0.4, 0.92)]), Aspect.SQUARE)
    assert [stretch.layout for stretch in path.stretches] == [Layout.WHOLE]


def test_the_speaker_of_three_is_shown() -> None:
    path = camera(findings(lambda _: [(0.15, 0.4, 0.1), (0.5, 0.4, 0.1, 0.6), (0.85, 0.4, 0.1)]))
    assert all(x == pytest.approx(0.5, abs=0.02) for _, x in middles(path))


def test_who_comes_later_is_stacked_from_then_on() -> None:
    def sights(time: float) -> list[Sight]:
        return [(0.25, 0.4, 0.1, 0.1), *([(0.75, 0.4, 0.1, 0.1)] if time >= 5 else [])]

    path = camera(findings(sights))
    assert [stretch.layout for stretch in path.stretches] == [Layout.WINDOW, Layout.STACK]
    assert path.stretches[1].span.start == 15


@pytest.mark.parametrize("size", [(1080, 1920), (1080, 2400), (720, 720), (1440, 1080)])
@pytest.mark.parametrize("aspect", [Aspect.PORTRAIT, Aspect.SQUARE, Aspect.FEED, Aspect.WIDE])
def test_a_source_of_any_shape_fills_the_frame(size: tuple[int, int], aspect: Aspect) -> None:
    found = findings(lambda _: [(0.5, 0.3, 0.2)], size=size)
    path = camera(found, aspect)
    assert aspect.ratio is not None
    for _, (window,) in frames(path, 2):
        assert window.width * size[0] / (window.height * size[1]) == pytest.approx(float(aspect.ratio))
        assert max(window.width, window.height) == pytest.approx(1)


def test_a_tall_source_is_placed_by_the_eyes() -> None:
    size = (1080, 1920)
    path = camera(findings(lambda _: [(0.5, 0.5, 0.15)], size=size), Aspect.WIDE)
    (window,) = path.stretches[0].points[0].windows
    eyes = 0.5 - 0.08 * face(0, 0, 0.15, size=size).place.height
    assert (eyes - window.y) / window.height == pytest.approx(1 / 3, abs=0.01)


def test_hair_is_not_cut_off_for_the_eyes() -> None:
    size = (1080, 1920)
    path = camera(findings(lambda _: [(0.5, 0.5, 0.25)], size=size), Aspect.WIDE)
    (window,) = path.stretches[0].points[0].windows
    height = face(0, 0, 0.25, size=size).place.height
    assert window.y <= 0.5 - 0.8 * height
    assert window.y + window.height >= 0.5 + 0.55 * height


def test_without_a_model_the_middle_is_shown_and_the_way_out_told() -> None:
    path = plan_camera(SPAN, WIDE, Aspect.PORTRAIT, Framing.FACES, None)
    assert {x for _, x in middles(path)} == {0.5}
    assert path.notes == (NO_MODEL,)
    assert "fastclip models fetch yunet" in NO_MODEL


@pytest.mark.parametrize(
    ("aspect", "size"),
    [(Aspect.SOURCE, WIDE), (Aspect.WIDE, WIDE), (Aspect.WIDE, (1366, 768)), (Aspect.SOURCE, (7, 9))],
)
def test_nothing_is_told_of_a_model_where_the_shape_stays(aspect: Aspect, size: tuple[int, int]) -> None:
    path = plan_camera(SPAN, size, aspect, Framing.FACES, None)
    assert path.notes == ()
    (window,) = path.at(SPAN.start).windows
    assert (window.width, window.height) == pytest.approx((1, 1), abs=0.001)


@pytest.mark.parametrize("framing", [Framing.BLUR, Framing.AURA])
def test_the_whole_picture_is_shown_over_a_ground(framing: Framing) -> None:
    path = plan_camera(SPAN, WIDE, Aspect.PORTRAIT, framing)
    assert [(each.layout, each.span) for each in path.stretches] == [(Layout.WHOLE, SPAN)]


def test_a_crop_takes_the_middle() -> None:
    path = plan_camera(SPAN, WIDE, Aspect.PORTRAIT, Framing.CROP)
    assert path.at(SPAN.start).windows == (Window(pytest.approx(0.5 - CROP / 2), 0, pytest.approx(CROP), 1),)


def test_holds_overrule_from_the_first_ones_time_on() -> None:
    holds = (Hold(Fraction(16), 0.3), Hold(Fraction(13), 0.9), Hold(Fraction(25), 0.1))
    path = camera(findings(lambda _: [(0.5, 0.4, 0.1)]), holds=holds)
    at = {time: path.at(Fraction(time)).windows[0].center[0] for time in (10, 12, 13, 14, 16, 19)}
    right = 1 - CROP / 2
    assert at == pytest.approx({10: 0.5, 12: 0.5, 13: right, 14: right, 16: 0.3, 19: 0.3})
    assert path.stretches[-1].span.end == SPAN.end


def test_the_camera_goes_gently_to_a_hold_nearby_and_is_there_in_time() -> None:
    path = camera(findings(lambda _: [(0.5, 0.4, 0.1)]), holds=(Hold(Fraction(15), 0.56),))
    assert len(path.stretches) == 1
    assert path.at(Fraction(15)).windows[0].center[0] == pytest.approx(0.56)
    assert path.at(Fraction(14)).windows[0].center[0] == pytest.approx(0.5)
    assert max(jumps(path)) <= 0.005


def test_no_camera_goes_across_a_cut_to_a_hold() -> None:
    found = findings(lambda _: [(0.5, 0.4, 0.1)], shots=(Fraction(15),))
    path = camera(found, holds=(Hold(Fraction(15), 0.56),))
    assert path.at(Fraction(15) - Fraction(1, 100)).windows[0].center[0] == pytest.approx(0.5)
    assert path.at(Fraction(15)).windows[0].center[0] == pytest.approx(0.56)


def test_a_hold_before_the_span_holds_all_of_it() -> None:
    path = plan_camera(
        SPAN, WIDE, Aspect.PORTRAIT, Framing.BLUR, None, (Hold(Fraction(1), 0.1), Hold(Fraction(2), 0.4))
    )
    (stretch,) = path.stretches
    assert (stretch.span, stretch.layout) == (SPAN, Layout.WINDOW)
    assert stretch.points[0].windows[0].center[0] == pytest.approx(0.4)


@pytest.mark.parametrize(("x", "y"), [(-3.0, 9.0), (1.0, 1.0), (0.0, 0.0)])
def test_a_hold_at_the_edge_stays_in_the_picture(x: float, y: float) -> None:
    path = plan_camera(SPAN, WIDE, Aspect.PORTRAIT, Framing.CROP, None, (Hold(Fraction(0), x, y),))
    (window,) = path.at(SPAN.start).windows
    assert 0 <= window.x <= 1 - window.width
    assert 0 <= window.y <= 1 - window.height


def test_a_span_shorter_than_a_picture_has_a_path() -> None:
    span = TimeRange(Fraction(1), Fraction(101, 100))
    found = FaceFindings(span, *WIDE, (SeenFaces(Fraction(1), (face(0.2, 0.4, 0.1),)),))
    assert camera(found).stretches[0].span == span


@st.composite
def crowds(draw: st.DrawFn) -> tuple[FaceFindings, Aspect, tuple[Hold, ...]]:
    """People who walk, stand, come and go, in shots of any length, badly seen."""
    size = draw(st.sampled_from([WIDE, (1280, 720), (1080, 1920), (640, 480), (33, 2000)]))
    seed = draw(st.integers(0, 2**32 - 1))
    chance = np.random.default_rng(seed)
    count = draw(st.integers(0, 4))
    length = draw(st.integers(1, 80))
    span = TimeRange(Fraction(3), Fraction(3) + Fraction(length, 8))
    seen = []
    starts, speeds = chance.uniform(0, 1, (count, 2)), chance.uniform(-0.2, 0.2, (count, 2))
    for number in range(int(span.duration * RATE) + 1):
        faces = []
        for start, speed in zip(starts, speeds, strict=True):
            if chance.uniform() < 0.8:
                x, y = np.clip(start + speed * number / RATE + chance.normal(0, 0.01, 2), 0.02, 0.98)
                faces.append(face(float(x), float(y), float(chance.uniform(0.02, 0.3)), float(chance.uniform(0, 1))))
        seen.append(SeenFaces(span.start + Fraction(number, RATE), tuple(faces)))
    inside = st.fractions(span.start, span.end, max_denominator=100)
    shots = sorted(set(draw(st.lists(inside, max_size=4))))
    places = st.floats(-1, 2, allow_nan=False)
    holds = draw(st.lists(st.builds(Hold, st.fractions(0, 20, max_denominator=50), places, places), max_size=3))
    aspect = draw(st.sampled_from(list(Aspect)))
    in_span = tuple(each for each in seen if span.contains(each.time))
    return FaceFindings(span, *size, in_span, tuple(shots)), aspect, tuple(holds)


@settings(max_examples=120, deadline=None)
@given(crowds())
def test_every_path_is_whole_and_inside_the_picture(crowd: tuple[FaceFindings, Aspect, tuple[Hold, ...]]) -> None:
    found, aspect, holds = crowd
    path = camera(found, aspect, holds)
    assert path.stretches[0].span.start == found.span.start
    assert path.stretches[-1].span.end == found.span.end
    for one, other in itertools.pairwise(path.stretches):
        assert one.span.end == other.span.start
    picture = found.width / found.height
    ratio = picture if aspect.ratio is None else float(aspect.ratio)
    for stretch in path.stretches:
        wanted = {Layout.WINDOW: 1, Layout.STACK: 2, Layout.WHOLE: 0}[stretch.layout]
        times = [point.time for point in stretch.points]
        assert times == sorted(set(times))
        for point in stretch.points:
            assert len(point.windows) == wanted
            for window in point.windows:
                assert -1e-9 <= window.x <= 1 - window.width + 1e-9
                assert -1e-9 <= window.y <= 1 - window.height + 1e-9
                shape = picture * window.width / window.height
                assert shape == pytest.approx(ratio * wanted, rel=1e-6)


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    speed=st.floats(0, 0.12),
    shake=st.floats(0, 0.01),
    aspect=st.sampled_from([Aspect.PORTRAIT, Aspect.SQUARE, Aspect.FEED]),
)
def test_whoever_goes_to_and_fro_is_followed_without_a_jump(
    seed: int, speed: float, shake: float, aspect: Aspect
) -> None:
    """Somebody who turns back now and then, at up to an eighth of the picture a second, under a shaking detector."""
    chance = np.random.default_rng(seed)
    ways = np.repeat(chance.choice([-1, 0, 1], 5), 10) * speed / RATE
    places = np.clip(0.5 + np.cumsum(ways), 0.1, 0.9)
    noise = chance.normal(0, shake, len(places))
    path = camera(findings(lambda time: [(float((places + noise)[round(time * RATE)]), 0.4, 0.08)]), aspect)
    assert len(path.stretches) == 1
    assert np.percentile(jumps(path), 95) <= 0.005
    inside = [
        window.x <= place <= window.x + window.width
        for number, place in enumerate(places)
        for window in path.at(SPAN.start + Fraction(number, RATE)).windows
    ]
    assert all(inside)
