"""The rooms depend on each other as .importlinter says, and every room and test keeps its place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "fastclip_desktop"
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager", "base"}


def test_the_import_contracts_hold() -> None:
    # In a process of its own, for it switches off every logger that there is.
    command = [Path(sys.executable).with_name("lint-imports"), "--config", ROOT / ".importlinter", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("folder", [PACKAGE, ROOT / "tests"], ids=["package", "tests"])
def test_no_file_is_named_after_nothing(folder: Path) -> None:
    vague = [path for path in folder.rglob("*.py") if path.stem.strip("_").removeprefix("test_") in FORBIDDEN_NAMES]
    assert vague == []


def test_every_folder_of_the_package_is_a_package() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_every_unit_test_folder_mirrors_a_room() -> None:
    rooms = {path.stem for path in PACKAGE.iterdir() if path.is_dir() or path.suffix == ".py"}
    folders = {path.name for path in (ROOT / "tests" / "unit").iterdir() if path.is_dir()} - {"__pycache__"}
    assert folders - rooms == set()


def test_nothing_names_a_folder_of_somebodys_machine() -> None:
    markers = ("/work/", "/home/", "/Users/", "C:\\Users")
    named = [
        f"{path.relative_to(ROOT)}: {marker}"
        for folder in (PACKAGE, ROOT / "tests")
        for path in folder.rglob("*.py")
        if path != Path(__file__)
        for marker in markers
        if marker in path.read_text(encoding="utf-8")
    ]
    assert named == []
