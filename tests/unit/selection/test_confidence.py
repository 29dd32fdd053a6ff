from __future__ import annotations

import numpy as np
import pytest

from fastclip_desktop.selection.confidence import confidence
from fastclip_desktop.selection.evidence import Evidence

EVIDENCE = Evidence(np.array([[1.0, 0, 0, 2], [0, 1, 0, 1]]), np.array([0.5, 0.5]), None)


def test_a_likelier_moment_is_surer() -> None:
    values = [confidence(probability, EVIDENCE, 0, 3) for probability in (0, 0.2, 0.5, 0.9, 1)]
    assert values == sorted(set(values))


def test_a_moment_that_holds_more_is_surer() -> None:
    values = [confidence(0.5, EVIDENCE, *run) for run in ((2, 2), (0, 0), (0, 1), (0, 3))]
    assert values == sorted(set(values))


@pytest.mark.parametrize("probability", [0.0, 1e-12, 0.5, 1.0])
def test_it_stays_within_its_bounds(probability: float) -> None:
    assert all(0 < confidence(probability, EVIDENCE, first, 3) < 1 for first in range(4))
