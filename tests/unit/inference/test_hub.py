"""The ways to a hub: through a proxy, and under a company's certificate."""

from __future__ import annotations

import errno
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, UnavailableError
from fastclip_desktop.domain.model import KnownModel, ModelOffer
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.inference.hub import HubVisit
from tests.local_site import LocalSite, unused_port
from tests.model_hub import ModelHub

KNOWN = KnownModel("tiny", ModelKind.TEXT, "owner/tiny", ("*.gguf",), "for tests", 0)
DATA = b"weights"
OPENSSL = shutil.which("openssl")


def fetched(address: str) -> bytes:
    """A file of the hub, as it says it is."""
    with HubVisit(address) as visit:
        offer = visit.offer(KNOWN)
        assert isinstance(offer, ModelOffer)
        with visit.stream(offer, offer.files[0], 0) as stream:
            return b"".join(stream.blocks)


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_the_proxy_of_the_environment_is_used(
    local_site: LocalSite, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    ModelHub(local_site).publish("owner/tiny", {"tiny.gguf": DATA})
    with unused_port() as port:
        monkeypatch.setenv(variable, local_site.url())
        assert fetched(f"http://127.0.0.1:{port}") == DATA


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Of a company that nobody outside knows, for 127.0.0.1; the key lies beside it."""
    if OPENSSL is None:
        pytest.skip("openssl makes the certificate")
    path = tmp_path / "company.pem"
    what = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=company"
    places = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(path.with_suffix(".key")), "-out", str(path)]
    subprocess.run([OPENSSL, *what.split(), *places], check=True, capture_output=True)
    return path


@pytest.fixture
def company(certificate: Path) -> Iterator[str]:
    """The address of a hub that shows this certificate."""
    with LocalSite() as site:
        ModelHub(site).publish("owner/tiny", {"tiny.gguf": DATA}, small=["tiny.gguf"])
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, certificate.with_suffix(".key"))
        site._server.socket = context.wrap_socket(site._server.socket, server_side=True)
        yield site.url().replace("http://", "https://")


def test_what_the_system_trusts_is_trusted(company: str, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    assert fetched(company) == DATA


def test_what_nobody_trusts_is_not(company: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)

    with pytest.raises(UnavailableError, match="certificate is not trusted") as fault:
        fetched(company)
    assert fault.value.code is ErrorCode.HUB_UNREACHABLE
    assert "SSL_CERT_FILE" in fault.value.hint


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "no name server knows it, or none answers"),
        (OSError(errno.ENETUNREACH, "Network is unreachable"), "this machine has no connection to it"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"), "the connection was refused"),
        (TimeoutError("timed out"), "it did not answer in time"),
    ],
)
def test_a_hub_out_of_reach_is_one_plain_sentence(monkeypatch: pytest.MonkeyPatch, fault: OSError, told: str) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(socket, "create_connection", fail)
    with pytest.raises(UnavailableError) as caught:
        fetched("https://hub.example")
    assert caught.value.message == f"hub.example cannot be reached for tiny: {told}."
