"""The server on a second address, which a person has chosen for others in the network; here one of this machine's."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pytest

from fastclip_desktop.api import connection
from fastclip_desktop.api.server import ApiServer
from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.domain.errors import UsageError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import StageRequest
from tests.api_site import CLIP, URL, ApiSite, api_site, wait_for
from tests.unit.engine.small_jobs import TALK, Gate

LAN = "127.0.0.2"
OPEN = ServerSettings(lan_address=LAN)


def from_outside(site: ApiSite, **headers: str) -> httpx.Client:
    """A client with the key in the network that the address is for."""
    shown = {"Authorization": f"Bearer {site.key}", **headers}
    return httpx.Client(base_url=f"http://{LAN}:{site.server.port}", headers=shown, timeout=20)


def test_without_leave_it_listens_nowhere_else(tmp_path: Path) -> None:
    with api_site(tmp_path) as site:
        with from_outside(site) as outside, pytest.raises(httpx.ConnectError):
            outside.get("/llm")
        found = {each.laddr for each in psutil.Process().net_connections("tcp") if each.status == psutil.CONN_LISTEN}
        assert {address.ip for address in found if address.port == site.server.port} == {"127.0.0.1"}


def test_it_answers_there_and_here_and_its_links_lead_back(tmp_path: Path) -> None:
    with api_site(tmp_path, OPEN) as site, from_outside(site) as outside:
        job = outside.post("/v1/clip", json=CLIP).json()["job_id"]
        site.ended(job)
        link = outside.get(f"/v1/clip/{job}").json()["download_url"]
        assert link.startswith(f"http://{LAN}:{site.server.port}/download/")
        assert httpx.get(link).content == b"clip"
        assert site.http.get(f"/v1/clip/{job}").json()["download_url"].startswith(site.server.address)
        with httpx.Client(base_url=outside.base_url) as stranger:
            assert stranger.get("/v1/balance").status_code == 401


def test_exactly_that_name_is_answered_besides(tmp_path: Path) -> None:
    with api_site(tmp_path, OPEN) as site, from_outside(site) as outside:
        port = site.server.port
        for client in (outside, site.http):
            good = f"{LAN}:{port}"
            assert client.get("/v1/balance", headers={"Host": good, "Origin": f"http://{good}"}).status_code == 200
            others = ("127.0.0.3", "192.168.1.5", "0.0.0.0", "127.0.2", f"{LAN}.nip.io", f"user@{LAN}", f"{LAN}:{port}")
            for bad in (LAN, f"{LAN}:{port + 1}", *[f"{name}:{port}" for name in others]):
                assert client.get("/v1/balance", headers={"Host": bad}).status_code == 421, bad
            pages = (f"https://{LAN}:{port}", f"http://{LAN}", f"http://{LAN}:{port + 1}", f"http://127.0.0.3:{port}")
            for bad in (*pages, "null"):
                assert client.get("/v1/balance", headers={"Host": good, "Origin": bad}).status_code == 403, bad


def test_its_name_means_nothing_where_it_was_not_chosen(tmp_path: Path) -> None:
    with api_site(tmp_path) as site:
        host = f"{LAN}:{site.server.port}"
        assert site.http.get("/v1/balance", headers={"Host": host}).status_code == 421
        origin = {"Origin": f"http://{host}"}
        assert site.http.get("/v1/balance", headers=origin).status_code == 403


def test_one_source_is_looked_up_at_a_time_for_both(tmp_path: Path) -> None:
    at_once, most, lock = 0, 0, threading.Lock()
    gate = Gate(TALK)

    def look_up(request: StageRequest[object], reporter: Reporter) -> object:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        answer = gate(request, reporter)
        with lock:
            at_once -= 1
        return answer

    with api_site(tmp_path, OPEN, ResolveSource=look_up) as site, ThreadPoolExecutor(4) as pool:
        places = [site.server.address, f"http://{LAN}:{site.server.port}"]
        links = [URL, "https://youtu.be/zyxwvutsrqp"]
        asked = [
            pool.submit(httpx.post, f"{place}/v1/clip/info", json={"url": link}, timeout=20)
            for place, link in zip(places, links, strict=True)
        ]
        gate.wait()
        assert not gate.entered.acquire(timeout=0.5)  # the other one has come by then, and does not get in
        gate.open()
        assert [each.result().status_code for each in asked] == [200, 200]
        assert (most, len(site.runner.requests)) == (1, 2)


def test_connections_are_counted_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "MOST_CONNECTIONS", 3)
    with api_site(tmp_path, OPEN) as site, from_outside(site) as outside:
        for _ in range(3):
            assert outside.get("/v1/balance").status_code == 200
            assert site.http.get("/v1/balance").status_code == 200
            urls = (outside.base_url, site.http.base_url)
            with (
                httpx.Client(base_url=urls[0], timeout=30) as other,
                httpx.Client(base_url=urls[1], timeout=30) as another,
            ):
                assert {each.get("/openapi.json").status_code for each in (other, another)} == {200}
                wait_for(lambda: len(site.server.connections) <= 3)


@pytest.mark.parametrize(("address", "hint"), [("192.0.2.77", "an address that this machine has"), (LAN, "other port")])
def test_an_address_that_cannot_be_had_is_said_so_and_the_first_is_given_back(address: str, hint: str) -> None:
    with ApiServer(None, LAN) as other:  # type: ignore[arg-type]  # nobody gets so far
        with pytest.raises(UsageError, match=f"Port {other.port} of {address}") as caught:
            ApiServer(None, port=other.port, lan_address=address)  # type: ignore[arg-type]
        assert hint in caught.value.hint
        ApiServer(None, port=other.port).close()  # type: ignore[arg-type]
