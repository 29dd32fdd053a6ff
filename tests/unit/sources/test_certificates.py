"""Servers are known by the system's certificates as well as by the browsers' list that yt-dlp brings along."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.sources.site import resolve_site
from tests.local_site import LocalSite, Route

OPENSSL = shutil.which("openssl")
_NAMES = "subjectAltName=IP:127.0.0.1"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Of a company that nobody outside knows, for 127.0.0.1; the key lies beside it."""
    path = tmp_path / "company.pem"
    what = f"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=company -addext {_NAMES}"
    places = ["-keyout", str(path.with_suffix(".key")), "-out", str(path)]
    subprocess.run([OPENSSL or "", *what.split(), *places], check=True, capture_output=True)
    return path


@pytest.fixture
def link(certificate: Path) -> Iterator[str]:
    """A film on a server that shows this certificate."""
    with LocalSite() as site:
        url = site.route("/talk.mp4", Route(body=bytes(1000), headers={"Content-Type": "video/mp4"}))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, certificate.with_suffix(".key"))
        site._server.socket = context.wrap_socket(site._server.socket, server_side=True)
        yield url.replace("http://", "https://")


@pytest.mark.skipif(OPENSSL is None, reason="openssl makes the certificate")
def test_what_the_system_trusts_is_trusted(link: str, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert resolve_site(link, Reporter()).formats


@pytest.mark.skipif(OPENSSL is None, reason="openssl makes the certificate")
def test_what_nobody_trusts_is_not(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    with pytest.raises(InputError) as caught:
        resolve_site(link, Reporter())
    assert caught.value.code is ErrorCode.SOURCE_UNREACHABLE
    assert "certificate is not trusted" in caught.value.message
