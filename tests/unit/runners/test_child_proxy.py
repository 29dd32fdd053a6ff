"""The proxy that a child's libraries find in the environment."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import ResolveSource
from fastclip_desktop.runners.child_proxy import ProxyOfChild
from fastclip_desktop.runners.processes import ProcessRunner
from tests.local_site import LocalSite, Route

PROXY = "http://proxy.example:3128"


def test_a_chosen_proxy_takes_the_place_of_the_environments_and_gives_it_back() -> None:
    environment = {"HTTPS_PROXY": "http://company:1", "no_proxy": "intranet", "HOME": "/home"}
    before = dict(environment)
    proxies = ProxyOfChild(environment)
    proxies.use(PROXY)
    assert {environment[name] for name in ("http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY")} == {PROXY}
    assert environment["no_proxy"] == environment["NO_PROXY"] == "intranet,localhost,127.0.0.1,::1"
    proxies.use("http://other.example:1")
    assert environment["https_proxy"] == "http://other.example:1"
    proxies.use("")
    assert environment == before


def test_without_a_proxy_of_either_there_is_none() -> None:
    environment: dict[str, str] = {}
    proxies = ProxyOfChild(environment)
    proxies.use("")
    assert environment == {}


@pytest.fixture
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.mark.usefixtures("no_proxies")
def test_a_link_is_looked_up_through_the_proxy_of_the_moment(tmp_path: Path, local_site: LocalSite) -> None:
    local_site.route("/talk.mp4", Route(body=bytes(1000), headers={"Content-Type": "video/mp4"}))
    link = "http://unknown-here.example/talk.mp4"  # a name that the proxy alone knows
    chosen = [local_site.url().rstrip("/")]
    runner = ProcessRunner(tmp_path, proxy=lambda: chosen[-1])
    try:
        assert runner.run(ResolveSource(link), Reporter()).title
        assert local_site.requests_for("/talk.mp4")
        chosen.append("")
        with pytest.raises(Exception, match=r"unknown-here\.example"):
            runner.run(ResolveSource(link), Reporter())
    finally:
        runner.close()
