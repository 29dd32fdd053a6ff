"""One program at a time on a data folder."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.store import data_folder
from fastclip_desktop.store.data_folder import LOCK, Mount, claim, find_share
from fastclip_desktop.store.hand_over import KEY, RECORD, hand_over, read_holder

HOLD = """
import sys
from pathlib import Path
from fastclip_desktop.store.data_folder import claim
with claim(Path(sys.argv[1]), "FastClip window") as claimed:
    claimed.listen(lambda arguments: print(*arguments, flush=True))
    print("held", flush=True)
    sys.stdin.read()
"""

START = """
import sys
from pathlib import Path
from fastclip_desktop.domain.errors import InputError
from fastclip_desktop.store.data_folder import claim
from fastclip_desktop.store.hand_over import hand_over
folder, name = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
try:
    claimed = claim(folder)
except InputError as error:
    print("handed over" if hand_over(folder, (name,)) else error, flush=True)
else:
    with claimed:
        # In one piece: what several threads print comes in between.
        claimed.listen(lambda arguments: (sys.stdout.write(" ".join(arguments) + "\\n"), sys.stdout.flush()))
        print("won", flush=True)
        sys.stdin.read()
"""


@contextmanager
def process(program: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", program, *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        try:
            yield child
        finally:
            child.kill()


def read(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()


def test_a_claim_makes_the_folder_and_its_end_frees_it(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "yet there"
    with claim(folder) as claimed:
        assert folder.is_dir()
        assert claimed.warnings == ()
    with claim(folder):
        pass
    assert [path.name for path in folder.iterdir()] == [LOCK]


def test_a_second_claim_is_told_who_holds_the_folder_and_what_to_do(tmp_path: Path) -> None:
    with process(HOLD, str(tmp_path)) as holder:
        assert read(holder) == "held"
        with pytest.raises(InputError) as caught:
            claim(tmp_path)
    assert caught.value.code is ErrorCode.DATA_IN_USE
    assert re.fullmatch(
        rf"FastClip window \(process {holder.pid}, since \d\d:\d\d\) has {re.escape(str(tmp_path))}\.",
        caught.value.message,
    )
    assert "FASTCLIP_HOME" in caught.value.hint


def test_a_second_claim_in_the_same_process_is_refused_too(tmp_path: Path) -> None:
    with claim(tmp_path), pytest.raises(InputError, match=f"process {os.getpid()}"):
        claim(tmp_path)


def test_a_claim_released_twice_stays_with_whoever_has_it_next(tmp_path: Path) -> None:
    first = claim(tmp_path)
    first.release()
    with claim(tmp_path):
        first.release()
        with pytest.raises(InputError):
            claim(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_claim_waits_for_one_that_is_brief(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    brief = claim(tmp_path, briefly=True)
    waits = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        assert read_holder(tmp_path) is None
        brief.release()

    monkeypatch.setattr(time, "sleep", wait)
    with claim(tmp_path):
        assert len(waits) == 1


def test_a_killed_holder_frees_the_folder_and_what_it_left_misleads_nobody(tmp_path: Path) -> None:
    with process(HOLD, str(tmp_path)) as holder:
        assert read(holder) == "held"
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    assert read_holder(tmp_path) is not None
    assert not hand_over(tmp_path, ("talk.mp4",))
    with claim(tmp_path, "The next"):
        left = read_holder(tmp_path)
        assert left is not None
        assert (left.program, left.pid) == ("The next", os.getpid())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_holder_that_is_stopped_still_holds_the_folder(tmp_path: Path) -> None:
    with process(HOLD, str(tmp_path)) as holder:
        assert read(holder) == "held"
        holder.send_signal(signal.SIGSTOP)
        with pytest.raises(InputError, match=f"process {holder.pid}"):
            claim(tmp_path)


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks gives up sooner on a holder that does not answer."""
    monkeypatch.setattr(data_folder, "DEADLINE", 0.1)


@pytest.mark.usefixtures("_impatient")
def test_what_was_held_by_another_machine_or_on_another_day_is_told_so(tmp_path: Path) -> None:
    with claim(tmp_path):
        (tmp_path / RECORD).write_text('{"program": "FastClip", "pid": 7, "host": "attic", "since": 0, "port": 0}')
        with pytest.raises(
            InputError, match=r"FastClip on attic \(process 7, since 19(69|70)-\d\d-\d\d \d\d:\d\d\) has"
        ):
            claim(tmp_path)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"program": "a", "pid": "x", "host": "", "since": 0, "port": 1}', "\x00", '{"since":1e99}'],
)
@pytest.mark.usefixtures("_impatient")
def test_a_holder_whose_record_is_garbage_still_holds_the_folder(tmp_path: Path, text: str) -> None:
    with claim(tmp_path):
        (tmp_path / RECORD).write_text(text)
        assert not hand_over(tmp_path, ("talk.mp4",))
        with pytest.raises(InputError, match="Another FastClip has"):
            claim(tmp_path)


def test_a_folder_that_cannot_be_is_refused_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError) as caught:
        claim(tmp_path / "file" / "data")
    assert caught.value.code is ErrorCode.DATA_NOT_WRITABLE
    assert "FASTCLIP_HOME" in caught.value.hint


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_refused_with_a_way_out(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputError) as caught:
        claim(tmp_path)
    assert caught.value.code is ErrorCode.DATA_NOT_WRITABLE
    assert str(tmp_path) in caught.value.message


@pytest.mark.skipif(sys.platform == "win32", reason="Windows goes by the folder's own rights")
def test_only_its_user_can_read_the_key(tmp_path: Path) -> None:
    with claim(tmp_path):
        assert stat.S_IMODE((tmp_path / KEY).stat().st_mode) == 0o600


MOUNTS = (
    Mount("/", "ext4", "rw"),
    Mount("/mnt", "nfs4", "rw"),
    Mount("/mnt/own disk", "xfs", "rw"),
    Mount("/mnt/mail", "fuse.sshfs", "rw"),
    Mount("/over", "cifs", "rw"),
    Mount("/over", "btrfs", "rw"),
    Mount("/windows", "NTFS", "rw,remote"),
)


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/data", ""),
        ("/mnt", "nfs4"),
        ("/mnt/data", "nfs4"),
        ("/mntdata", ""),
        ("/mnt/own disk/data", ""),
        ("/mnt/mail/data", "fuse.sshfs"),
        ("/over/data", ""),
        ("/windows/data", "network drive"),
        ("\\\\server\\share\\data", "smb"),
    ],
)
def test_a_share_is_known_by_the_innermost_file_system(folder: str, kind: str) -> None:
    assert find_share(Path(folder), MOUNTS) == kind


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere psutil asks the system")
def test_the_file_systems_of_this_machine_are_those_that_psutil_sees() -> None:
    seen = [(each.mountpoint, each.fstype) for each in psutil.disk_partitions(all=True)]
    assert [(each.point, each.kind) for each in data_folder._mounts()] == seen
    assert data_folder._unescaped("/mnt/own\\040disk\\134") == "/mnt/own disk\\"


def test_a_share_is_warned_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(data_folder, "_mounts", lambda: [Mount("/", "nfs4", "rw")])
    with claim(tmp_path) as claimed:
        (warning,) = claimed.warnings
    assert str(tmp_path) in warning
    assert "nfs4" in warning
    assert "FASTCLIP_HOME" in warning


def test_of_many_starts_at_once_one_wins_and_takes_what_the_others_bring(tmp_path: Path) -> None:
    count = 4
    for attempt in range(8):
        folder = tmp_path / str(attempt)
        with _starts(folder, count) as children:
            outcomes = [read(child) for child in children]
            assert sorted(outcomes) == ["handed over"] * (count - 1) + ["won"]
            winner = children[outcomes.index("won")]
            brought = {read(winner) for _ in range(count - 1)}
            assert brought == {str(number) for number, child in enumerate(children) if child is not winner}


@contextmanager
def _starts(folder: Path, count: int) -> Iterator[list[subprocess.Popen[str]]]:
    with ExitStack() as stack:
        children = [stack.enter_context(process(START, str(folder), str(number))) for number in range(count)]
        for child in children:
            assert read(child) == "ready"
        for child in children:
            assert child.stdin is not None
            child.stdin.write("\n")
            child.stdin.flush()
        yield children
