from __future__ import annotations

import numpy as np
import pytest

from fastclip_desktop.domain.moment import SURE_ENOUGH
from fastclip_desktop.selection.confidence import confidence
from fastclip_desktop.selection.evidence import Evidence
from fastclip_desktop.selection.semantic import Likeness

EVIDENCE = Evidence(np.array([[1.0, 0, 0, 2], [0, 1, 0, 1]]), np.array([0.5, 0.5]), None)
LIKENESS = Likeness(np.array([0.7, 0.1, 0.0, 0.1]), np.array([1.7, -0.5, -0.8, -0.5]))
FAR = Likeness(np.array([-0.1, -0.1, -0.2, -0.1]), np.array([0.6, 0.6, -1.7, 0.6]))


def test_a_likelier_moment_is_surer() -> None:
    values = [confidence(probability, EVIDENCE, None, 0, 3) for probability in (0, 0.2, 0.5, 0.9, 1)]
    assert values == sorted(set(values))


def test_a_moment_that_holds_more_is_surer() -> None:
    values = [confidence(0.5, EVIDENCE, None, *run) for run in ((2, 2), (0, 0), (0, 1), (0, 3))]
    assert values == sorted(set(values))


@pytest.mark.parametrize("probability", [0.0, 1e-12, 0.5, 1.0])
def test_it_stays_within_its_bounds(probability: float) -> None:
    for likeness in (None, LIKENESS):
        assert all(0 < confidence(probability, EVIDENCE, likeness, first, 3) < 1 for first in range(4))


def test_a_moment_that_is_nearer_in_meaning_is_surer() -> None:
    assert confidence(0.5, EVIDENCE, LIKENESS, 0, 1) > confidence(0.5, EVIDENCE, FAR, 0, 1)


def test_meaning_alone_makes_a_moment_sure_enough_to_be_an_answer() -> None:
    nothing = Evidence(np.zeros((0, 4)), np.zeros(0), None)
    assert confidence(0.6, nothing, LIKENESS, 0, 1) > SURE_ENOUGH
    assert confidence(0.6, nothing, FAR, 0, 1) < SURE_ENOUGH
