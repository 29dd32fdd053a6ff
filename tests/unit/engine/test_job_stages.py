from __future__ import annotations

from pathlib import Path

import pytest

from fastclip_desktop.domain.job import JobState
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.stage import Transcribe
from fastclip_desktop.engine.job_stages import PlainStages
from fastclip_desktop.engine.slots import Slots
from tests.scripted_runner import ScriptedRunner
from tests.unit.engine.small_jobs import TRANSCRIPT
from tests.unit.engine.small_models import stages_of

REQUEST = Transcribe(None, Path("talk.srt"), Path("folder"))


@pytest.mark.parametrize("asked_in_vain", [0, 1])
def test_what_another_has_kept_is_not_made_again_even_if_that_came_while_one_waited(asked_in_vain: int) -> None:
    runner = ScriptedRunner({})
    known = iter([None] * asked_in_vain + [TRANSCRIPT])
    found = stages_of(runner).run(REQUEST, JobState.ANALYZING, "Reading the words", lambda: next(known))
    assert found == TRANSCRIPT
    assert runner.requests == []


def test_a_question_tells_how_far_it_is() -> None:
    told: list[tuple[str, float]] = []
    runner = ScriptedRunner({Transcribe: TRANSCRIPT})
    stages = PlainStages(runner, Slots({}), CancelToken(), lambda name, fraction: told.append((name, fraction)))
    assert stages.run(REQUEST, JobState.ANALYZING, "Reading the words") == TRANSCRIPT
    assert told[0] == ("Reading the words", 0.0)
