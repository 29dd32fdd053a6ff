"""Queues whose disk becomes full at one exact moment: nothing is damaged, all is refunded, and the next job passes."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.faults.full_disk_trial import WRITE_POINTS
from tests.faults.queue_plan import Sources

ROOT = Path(__file__).parent.parent.parent

_ON_A_MOUNT_OF_ITS_OWN = ("unshare", "--map-root-user", "--mount")


def _may_mount() -> bool:
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return False
    probe = [*_ON_A_MOUNT_OF_ITS_OWN, "true"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


pytestmark = [
    pytest.mark.skipif(not _may_mount(), reason="needs a mount namespace of its own"),
    pytest.mark.timeout(900),
]


def _run(folder: Path, mode: str, points: Sequence[int] = ()) -> str:
    """Let the trials happen on a disk of their own; what they say."""
    seed = random.randrange(10**6)
    disk = folder / "disk"
    disk.mkdir()
    sources = Sources(folder / "sources").make()
    script = 'mount -t tmpfs -o size=12m tmpfs "$1" && exec "$2" -m tests.faults.full_disk_trial "$1" "$3" "$4" "$5" $6'
    words = (sys.executable, sources.folder, str(seed), mode, " ".join(map(str, points)))
    done = subprocess.run(
        [*_ON_A_MOUNT_OF_ITS_OWN, "sh", "-c", script, "sh", disk, *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, f"seed {seed}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.slow
def test_a_disk_that_is_full_for_a_moment_costs_nobody_anything(tmp_path: Path) -> None:
    _run(tmp_path, "everything", [WRITE_POINTS.index(("paid, not committed", 2))])


@pytest.mark.slow
def test_a_queue_that_was_killed_and_starts_on_a_full_disk_says_so_or_starts(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    said = _run(tmp_path, "restarts")
    sys.stdout.write(said)
    record_property("figures", said)
    assert said.count("pages left") == 8


@pytest.mark.slow
@pytest.mark.parametrize("piece", range(3))
def test_a_disk_that_is_full_at_thirty_write_points_costs_nobody_anything(
    tmp_path: Path, piece: int, record_property: Callable[[str, object], None]
) -> None:
    said = _run(tmp_path, "everything", range(piece, len(WRITE_POINTS), 3))
    sys.stdout.write(said)
    record_property("figures", said)
    assert said.count("were refunded") == 10


@pytest.mark.slow
def test_a_disk_for_clips_alone_that_is_full_costs_nobody_anything(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    wanted = ("in the middle of a stage", "rendered, not sealed", "announced, not committed", "before the name")
    points = [number for number, (moment, _) in enumerate(WRITE_POINTS) if moment in wanted]
    said = _run(tmp_path, "clips", points)
    sys.stdout.write(said)
    record_property("figures", said)
    assert said.count("were refunded") == len(points)
