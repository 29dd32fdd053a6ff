"""What a child may not do."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import InternalError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import Resource
from fastclip_desktop.runners.confinement import Confinement
from fastclip_desktop.runners.kinds import OFFLINE, ONLINE, Limits, confinement_of
from fastclip_desktop.runners.processes import ProcessRunner
from tests.faulty_stages import Do, DoOnline, DoWithModel
from tests.local_site import LocalSite
from tests.unit.runners.conftest import MakeRunner

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="a filter in the kernel of Linux")
KINDS_WITHOUT_NETWORK = [Do, DoWithModel]


def port_of(site: LocalSite) -> int:
    return int(site.url("").split(":")[2].split("/")[0])


@pytest.mark.parametrize("request_type", KINDS_WITHOUT_NETWORK)
def test_work_without_the_network_opens_no_connection(
    runner: ProcessRunner, local_site: LocalSite, request_type: type[Do]
) -> None:
    with pytest.raises(InternalError, match="PermissionError"):
        runner.run(request_type("connect", None, port_of(local_site)), Reporter())


def test_work_with_the_network_does(runner: ProcessRunner, local_site: LocalSite) -> None:
    assert runner.run(DoOnline("connect", None, port_of(local_site)), Reporter()) is True


@ON_LINUX
def test_a_native_library_opens_no_connection_either(runner: ProcessRunner) -> None:
    assert runner.run(Do("connect_natively"), Reporter()) == errno.EACCES
    assert runner.run(DoOnline("connect_natively"), Reporter()) == 0


@ON_LINUX
def test_a_process_that_a_stage_starts_opens_no_connection_either(runner: ProcessRunner) -> None:
    assert "PermissionError" in str(runner.run(Do("connect_in_a_child"), Reporter()))
    assert runner.run(DoOnline("connect_in_a_child"), Reporter()) == ""


@ON_LINUX
def test_local_sockets_stay_open_to_drivers(runner: ProcessRunner) -> None:
    assert runner.run(Do("local_sockets"), Reporter()) is True


def test_where_the_kernel_does_not_help_python_refuses(tmp_path: Path) -> None:
    program = """
import socket, sys
from fastclip_desktop.runners import confinement, seccomp
seccomp.forbid_connections = lambda: False
confinement.confine(confinement.Confinement(False, 0, 60, 1 << 30, 256, 0))
for deed in (
    lambda: socket.create_connection(("127.0.0.1", 9)),
    lambda: socket.getaddrinfo("localhost", 80),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"", ("127.0.0.1", 9)),
):
    try:
        deed()
    except PermissionError:
        print("refused")
"""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path, env=environment
    )
    assert done.stdout.split() == ["refused"] * 3


def test_limits_reach_the_child(make_runner: MakeRunner) -> None:
    runner = make_runner(memory=1 << 30, file_size=1 << 31, open_files=300, processor=1000)
    limits = runner.run(Do("limits"), Reporter())
    assert isinstance(limits, dict)
    assert limits["CORE"] == (0, 0)
    assert limits["DATA"] == (1 << 30, 1 << 30)
    assert limits["FSIZE"] == (1 << 31, 1 << 31)
    assert limits["NOFILE"] == (300, 300)
    assert 1000 <= limits["CPU"][0] <= 1100


def test_work_that_computes_is_nice_to_the_window(runner: ProcessRunner) -> None:
    own = os.nice(0)
    assert runner.run(Do("niceness"), Reporter()) == own + 5
    assert runner.run(DoOnline("niceness"), Reporter()) == own


@pytest.mark.skipif(sys.platform != "linux", reason="as Linux schedules")
def test_work_is_never_more_urgent_than_other_programs() -> None:
    program = """
import os, sys
from fastclip_desktop.runners.confinement import Confinement, confine
try:
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
except PermissionError:
    sys.exit("not allowed")
confine(Confinement(network=True, memory=0, processor=60, file_size=1000000, open_files=100, niceness=0))
print(os.sched_getscheduler(0) == os.SCHED_OTHER)
"""
    ran = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True, timeout=60)
    if "not allowed" in ran.stderr:
        pytest.skip("only root may ask for real-time scheduling")
    assert ran.stdout.strip() == "True"


def test_ctrl_c_is_left_to_the_parent(runner: ProcessRunner) -> None:
    assert runner.run(Do("interrupt"), Reporter()) is True


def test_a_child_has_a_group_of_its_own_which_ctrl_c_in_a_terminal_does_not_reach(runner: ProcessRunner) -> None:
    child = runner.run(Do("pid"), Reporter())
    assert isinstance(child, int)
    assert os.getpgid(child) == child != os.getpgid(0)


def test_no_kind_but_that_of_servers_has_the_network() -> None:
    assert confinement_of(ONLINE, Limits()).network
    assert not confinement_of(OFFLINE, Limits()).network
    assert Do.resource is Resource.CPU


def test_memory_is_fit_for_the_machine_unless_somebody_says_otherwise() -> None:
    fit: Confinement = confinement_of(OFFLINE, Limits())
    assert 0 < fit.memory <= os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    assert confinement_of(OFFLINE, Limits(memory=0)).memory == 0
