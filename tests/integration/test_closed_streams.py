"""Commands whose standard streams somebody closed go on, and take no file for one of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the shell of POSIX closes the streams here")

PROGRAM = [sys.executable, "-m", "fastclip_desktop"]

SUBTITLES = "1\n00:00:01,000 --> 00:00:02,000\nTwo microphones on a table.\n"

INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
}

FIRST_FILE = """
import os, sys
from fastclip_desktop.cli.standard_streams import fill_standard_streams
fill_standard_streams()
with open(sys.argv[1], "w") as file:
    assert file.fileno() > 2, file.fileno()
    os.write(2, b"a complaint of a native library")
    print("a complaint of ours", file=sys.stderr)
    print("an answer")
    assert all(os.get_inheritable(number) for number in range(3))
"""


def run(command: list[str], closed: str, said: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command with some streams closed; those that are not are pipes.

    Args:
        command: the program and its arguments.
        closed: what the shell writes for that, such as ``2>&-``.
        said: on its standard input.
    """
    shell = ["/bin/sh", "-c", f'exec "$@" {closed}', "sh", *command]
    return subprocess.run(shell, input=said, capture_output=True, text=True, check=False)


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "talk.srt"
    path.write_text(SUBTITLES, encoding="utf-8")
    return path


@pytest.mark.parametrize("closed", ["2>&-", "1>&- 2>&-", "0<&- 1>&- 2>&-", "0<&- 2>&-"])
def test_no_file_gets_the_number_of_a_closed_stream(tmp_path: Path, closed: str) -> None:
    path = tmp_path / "file"
    done = run([sys.executable, "-c", FIRST_FILE, str(path)], closed)
    assert done.returncode == 0, done.stderr
    assert path.read_text() == ""
    assert done.stderr == ""
    assert done.stdout == ("" if "1>&-" in closed else "an answer\n")


def test_agents_are_answered_though_nobody_hears_complaints() -> None:
    done = run([*PROGRAM, "mcp"], "2>&-", json.dumps(INITIALIZE) + "\n")
    assert done.returncode == 0
    (answer,) = done.stdout.splitlines()
    assert json.loads(answer)["result"]["serverInfo"]["name"] == "fastclip"


def test_nothing_but_answers_is_said_to_agents() -> None:
    done = run([*PROGRAM, "mcp", "--key-name", "nobody"], "2>&-")
    assert (done.returncode, done.stdout) == (3, "")


def test_an_answer_stays_one_json_object(words: Path) -> None:
    done = run([*PROGRAM, "analyze", "--transcript", str(words), "microphones", "--json"], "2>&-")
    assert done.returncode == 0
    assert json.loads(done.stdout)["segments"]
    missing = run([*PROGRAM, "info", str(words.with_name("none.mp4")), "--json"], "2>&-")
    assert missing.returncode == 3
    assert json.loads(missing.stdout)["error"]["code"] == "source_not_found"


@pytest.mark.parametrize("closed", ["1>&-", "0<&- 1>&- 2>&-"])
def test_a_command_that_nobody_reads_does_its_work(words: Path, closed: str) -> None:
    found = run([*PROGRAM, "analyze", "--transcript", str(words), "microphones"], closed)
    assert (found.returncode, found.stdout) == (0, "")
    assert "Traceback" not in found.stderr
    usage = run([*PROGRAM, "no-such-command"], closed)
    assert (usage.returncode, usage.stdout) == (2, "")


def test_a_stream_that_is_there_stays_what_it_is() -> None:
    done = run([*PROGRAM, "no-such-command"], "", "")
    assert done.returncode == 2
    assert "no-such-command" in done.stderr
