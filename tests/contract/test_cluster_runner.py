"""What the engine may expect of every runner, asked of one that hands its stages to two Dask workers.

Not one of the parameters beside it, for there every runner's test would start the workers.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fastclip_desktop.engine.ports import StageRunner
from fastclip_desktop.runners.cluster import ClusterRunner
from fastclip_desktop.runners.in_process import InProcessRunner
from tests.contract.test_stage_runner import (  # noqa: F401 - collected here once more
    test_a_foreseen_fault_comes_out_as_it_was_raised,
    test_a_set_token_stops_the_stage,
    test_a_stage_gives_its_result,
    test_a_stop_between_two_parts_ends_the_stage,
    test_parts_and_results_cross_a_process_border_unchanged,
    test_parts_come_one_by_one_on_the_calling_thread_before_the_result,
    test_progress_ends_at_one_and_never_falls,
    test_the_result_is_the_same_when_nobody_wants_parts,
)
from tests.dask_cluster import DaskCluster

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the workers are started the POSIX way")


@pytest.fixture
def runner(dask_site: DaskCluster, tmp_path: Path) -> Iterator[StageRunner]:
    built = ClusterRunner(dask_site.address, str(tmp_path), InProcessRunner())
    yield built
    built.close()
