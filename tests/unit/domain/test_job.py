from __future__ import annotations

import pytest

from fastclip_desktop.domain.job import JobState


@pytest.mark.parametrize("state", list(JobState))
def test_only_the_three_last_states_are_terminal(state: JobState) -> None:
    assert state.is_terminal == (state in {JobState.COMPLETE, JobState.FAILED, JobState.CANCELLED})
