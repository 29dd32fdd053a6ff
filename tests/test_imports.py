"""The package and ``--help`` stay light: each looks at a fresh interpreter."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {
    "av",
    "yt_dlp",
    "PySide6",
    "numpy",
    "faster_whisper",
    "ctranslate2",
    "llama_cpp",
    "sqlite_utils",
    "fastapi",
    "uvicorn",
    "pydantic",
    "mcp",
    "keyring",
    "PIL",
}

_REPORT = "import sys, json; sys.stderr.write('\\n' + json.dumps(sorted(sys.modules)))"


def loaded_by(code: str) -> set[str]:
    """The top-level modules that are loaded after some code has run."""
    program = f"try:\n    {code}\nexcept SystemExit as end:\n    assert not end.code, end.code\n{_REPORT}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in json.loads(done.stderr.splitlines()[-1])}


def test_the_report_sees_what_is_loaded() -> None:
    assert "numpy" in loaded_by("import numpy")


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "code",
    [
        "import fastclip_desktop",
        "import fastclip_desktop.cli.main as m; m.main(['--help'])",
        "import fastclip_desktop.cli.main as m; m.main(['clip', '--help'])",
        "import fastclip_desktop.cli.main as m; m.main(['serve', '--help'])",
        "import fastclip_desktop.cli.main as m; m.main(['keys', 'create', '--help'])",
        "import fastclip_desktop.cli.main as m; m.main(['mcp', '--help'])",
        "import fastclip_desktop.cli.main as m; m.main(['--version'])",
        "import fastclip_desktop.stages",
        "import fastclip_desktop.bootstrap",
        "import fastclip_desktop.engine.engine",
    ],
)
def test_no_heavy_library_is_loaded_before_it_is_needed(code: str) -> None:
    assert loaded_by(code) & HEAVY == set()
