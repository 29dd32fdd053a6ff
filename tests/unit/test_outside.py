"""What may leave this machine. Hooks of the interpreter stay for good, so each test has a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fastclip_desktop.outside import is_here, stay_offline, wants_offline, way_online

PROBE = """
import json, socket, sys, urllib.request
from fastclip_desktop import outside
state = {"offline": False}
outside.watch(lambda: state["offline"])
state["offline"] = True
server = socket.create_server(("127.0.0.1", 0))
port = server.getsockname()[1]
results = {}
def tried(name, act):
    try:
        act()
    except Exception as error:
        results[name] = type(error).__name__
    else:
        results[name] = "done"
tried("loopback", lambda: socket.create_connection(("127.0.0.1", port), 2).close())
tried("localhost", lambda: socket.create_connection(("localhost", port), 2).close())
tried("address", lambda: socket.create_connection(("203.0.113.7", 9), 2))
tried("IPv6", lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).connect(("2001:db8::1", 9)))
tried("datagram", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("203.0.113.7", 53)))
tried("name", lambda: socket.getaddrinfo("example.org", 443))
tried("name below localhost", lambda: socket.getaddrinfo("app.localhost", 443))
tried("old name", lambda: socket.gethostbyname("example.org"))
tried("name of an address", lambda: socket.gethostbyaddr("203.0.113.7"))
tried("address of a machine", lambda: socket.gethostbyaddr("example.org"))
tried("name of a peer", lambda: socket.getnameinfo(("203.0.113.7", 9), 0))
tried("name of this machine", lambda: socket.getnameinfo(("127.0.0.1", port), socket.NI_NUMERICHOST))
tried("urllib", lambda: urllib.request.urlopen("http://203.0.113.7/", timeout=2))
tried("check", lambda: outside.check("example.org"))
tried("check here", lambda: outside.check("127.0.0.1"))
print(json.dumps(results))
"""


def test_everything_that_leads_outside_is_refused_while_offline() -> None:
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", PROBE], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {
        "loopback": "done",
        "localhost": "done",
        "address": "PermissionError",
        "IPv6": "PermissionError",
        "datagram": "PermissionError",
        "name": "PermissionError",
        "name below localhost": "PermissionError",
        "old name": "PermissionError",
        "name of an address": "PermissionError",
        "address of a machine": "PermissionError",
        "name of a peer": "PermissionError",
        "name of this machine": "done",
        "urllib": "URLError",
        "check": "InputError",
        "check here": "done",
    }


@pytest.mark.parametrize(
    "host", ["", None, "localhost", "LOCALHOST", "127.0.0.1", "127.8.8.8", "::1", "::1%lo", "::ffff:127.0.0.1"]
)
def test_what_is_here_is_here(host: str | None) -> None:
    assert is_here(host)


@pytest.mark.parametrize(
    "host",
    [
        *("example.org", "localhost.example.org", "10.0.0.1", "192.168.1.1", "169.254.169.254", "::ffff:8.8.8.8"),
        *("fe80::1", "app.localhost", "localhost."),  # a name server is asked for the last two
    ],
)
def test_what_is_elsewhere_is_elsewhere(host: str) -> None:
    assert not is_here(host)


@pytest.mark.parametrize(("said", "means"), [("1", True), ("yes", True), ("", False), ("0", False), ("off", False)])
def test_the_environment_says_it_in_a_word(said: str, means: bool) -> None:
    assert wants_offline({"FASTCLIP_OFFLINE": said}) is means


def test_an_environment_that_says_nothing_means_nothing() -> None:
    assert not wants_offline({})


@pytest.mark.parametrize(
    ("said", "flag", "way"),
    [
        ("", True, "Leave out --offline"),
        ("0", True, "Leave out --offline"),
        ("1", False, "Unset FASTCLIP_OFFLINE"),
        ("1", True, "Unset FASTCLIP_OFFLINE"),  # to leave out the flag would not be enough
        ("", False, "Switch that off in Settings → Network"),
    ],
)
def test_the_way_online_is_the_opposite_of_what_was_done(said: str, flag: bool, way: str) -> None:
    environment = {"FASTCLIP_OFFLINE": said}
    if flag:
        stay_offline(environment)
        assert wants_offline(environment)
    assert way_online(environment) == way


def test_a_library_that_would_report_its_use_keeps_nothing_to_report(tmp_path: Path) -> None:
    """ONNX Runtime would number this machine and write down what it is used for, to send it later."""
    code = "import fastclip_desktop, onnxruntime; onnxruntime.get_available_providers()"
    home = os.environ | {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    home.pop("ORT_DISABLE_TELEMETRY", None)
    subprocess.run([sys.executable, "-c", code], env=home, check=True)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
