"""What a person sends to whoever helps them, printed in one piece."""

from __future__ import annotations

import json
import os

import pytest

from fastclip_desktop import __version__
from fastclip_desktop.cli.main import main
from fastclip_desktop.settings.paths import find_paths

SECRET = "Qx7vR2mB9kLw4TzN"


def test_the_report_has_versions_the_machine_the_newest_crash_and_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    paths = find_paths(os.environ)
    for folder in (paths.crashes, paths.logs):
        folder.mkdir(parents=True)
    left = "window-20260101-000000-7"
    (paths.crashes / f"{left}.alive").write_text("FastClip\n\nFatal Python error: Segmentation fault\n")
    (paths.logs / f"{left}.log").write_text(f"2026-01-01T00:00:01.000Z ERROR window[7] a: by hf_{SECRET}\n")
    assert main(["doctor", "--report"]) == 0
    text = capsys.readouterr().out
    for part in (f"FastClip Desktop {__version__}", "ok  libx264", "Segmentation fault", "a: by hf_***"):
        assert part in text
    assert SECRET not in text
    assert main(["doctor", "--report", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"versions", "machine", "crash", "log"}
    assert "Segmentation fault" in told["crash"]  # it stays to be told of again
