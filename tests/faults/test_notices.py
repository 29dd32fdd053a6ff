"""A script is told of its job once, however the program ended between the job's end and the telling."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.campaign import ROOT
from tests.webhook_listener import listener

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does"), pytest.mark.slow]


def run(home: Path, url: str, end: str, crash: str = "") -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "tests.faults.notice_process", str(home), url, "--end", end, "--crash", crash]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("end", "crash"),
    [
        ("complete", "a script's notice is written, not committed"),
        ("complete", "paid, not committed"),
        ("complete", "the clip is told of"),
        ("complete", "before the end is told"),
        ("failed", "the failure is written, not committed"),
        ("failed", "the failure is written"),
        ("cancelled", "cancelled"),
    ],
)
def test_a_kill_around_the_end_of_a_job_loses_no_notice(tmp_path: Path, end: str, crash: str) -> None:
    with listener() as listening:
        killed = run(tmp_path, listening.url, end, crash)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        again = run(tmp_path, listening.url, end)
        assert again.returncode == 0, again.stderr
    told = {body["id"]: body for body in (json.loads(body) for _, body in listening.told)}
    (notice,) = told.values()  # it may come twice, but is one and the same
    assert (notice["job_id"], notice["status"]) == (again.stdout, "complete" if end == "complete" else "failed")
