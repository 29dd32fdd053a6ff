"""Logs stay small, tell what happened where, and hold no secrets."""

from __future__ import annotations

import logging
import os
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fastclip_desktop.diagnostics.logs import (
    MOST_BYTES,
    KeptLog,
    bound,
    keep_log,
    last_lines,
    level_of,
    of_job,
)

SECRET = "Qx7vR2mB9kLw4TzN"
_log = logging.getLogger("fastclip_desktop.engine.scheduler")


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[KeptLog]:
    log = keep_log(tmp_path / "logs", "window")
    assert log is not None
    yield log
    log.close()


def test_a_line_says_when_who_where_and_of_which_job(kept: KeptLog) -> None:
    with of_job("01J9"):
        _log.warning("It takes %d tries", 3)
    _log.warning("Nothing to do")
    first, second = kept.path.read_text().splitlines()
    assert re.fullmatch(
        rf"\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\dZ WARNING window\[{os.getpid()}\] engine\.scheduler job=01J9: "
        r"It takes 3 tries",
        first,
    )
    assert second.endswith("engine.scheduler: Nothing to do")


def test_a_process_that_notes_nothing_makes_no_file(kept: KeptLog) -> None:
    _log.info("Not worth a line")
    assert list(kept.path.parent.iterdir()) == []
    assert kept.recent() == ""


def test_no_secret_is_written_be_it_in_the_message_its_arguments_or_a_traceback(kept: KeptLog) -> None:
    try:
        int(f"https://mara:{SECRET}@a.b/c?sig={SECRET}")
    except ValueError:
        _log.exception("Failed with %s", {"Authorization": f"Bearer {SECRET}"})
    text = kept.path.read_text()
    assert "'https://***@a.b/c?sig=***'" in text
    assert SECRET not in text + kept.recent()


@pytest.mark.skipif(sys.platform == "win32", reason="folders of a person are their own there")
def test_only_its_owner_reads_it(kept: KeptLog) -> None:
    _log.warning("Something")
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600


def test_all_files_together_stay_small_however_much_is_noted(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    for number in range(8):
        (folder / f"serve-20260101-00000{number}-7.log").write_text("x" * 600_000)
        os.utime(folder / f"serve-20260101-00000{number}-7.log", (number, number))
    log = keep_log(folder, "window")
    assert log is not None
    try:
        for _ in range(3000):
            _log.warning("%s", "y" * 1000)
    finally:
        log.close()
    assert sum(file.stat().st_size for file in folder.iterdir()) <= MOST_BYTES
    assert log.path.exists()
    assert not (folder / "serve-20260101-000000-7.log").exists()  # the oldest went first
    assert len(log.recent().splitlines()) == 200


@pytest.mark.skipif(sys.platform == "win32", reason="nobody takes away what is open there")
def test_a_file_that_another_process_took_away_is_begun_anew(kept: KeptLog) -> None:
    _log.warning("Before")
    kept.path.unlink()
    _log.warning("After")
    assert [line.split()[-1] for line in kept.path.read_text().splitlines()] == ["After"]


def test_whoever_looks_reads_the_end_of_all_logs_in_order(tmp_path: Path) -> None:
    (tmp_path / "serve-20260101-000000-7.log").write_text(
        "2026-01-01T00:00:01.000Z WARNING serve[7] a: one\n2026-01-01T00:00:03.000Z ERROR serve[7] a: three\n  below\n"
    )
    (tmp_path / "window-20260101-000000-8.log").write_text("2026-01-01T00:00:02.000Z WARNING window[8] a: two\n")
    (tmp_path / "notes.txt").write_text("not ours\n")
    lines = last_lines(tmp_path).splitlines()
    assert [line.split()[-1] for line in lines] == ["one", "two", "three", "below"]
    assert last_lines(tmp_path, 2).splitlines() == lines[-2:]
    assert last_lines(tmp_path / "nowhere") == ""


def test_the_environment_s_level_goes_before_the_preferred_one() -> None:
    assert level_of({}, "warning") == logging.WARNING
    assert level_of({}, "debug") == logging.DEBUG
    assert level_of({"FASTCLIP_LOG": "ERROR"}, "debug") == logging.ERROR
    assert level_of({"FASTCLIP_LOG": "loud"}, "nonsense") == logging.WARNING


def test_where_no_log_can_be_kept_nothing_breaks(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert keep_log(tmp_path / "file" / "logs", "window") is None
    bound(tmp_path / "nowhere")


def test_the_log_of_the_process_is_as_before_when_it_is_closed(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = list(root.handlers), root.level
    log = keep_log(tmp_path, "clip", logging.DEBUG)
    assert log is not None
    assert root.level == logging.DEBUG
    log.close()
    assert (list(root.handlers), root.level) == before
