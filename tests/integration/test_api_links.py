"""Signed links of each kind, tampered with byte by byte as only a program of its own would send them."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.api_site import ApiSite, api_site


def status(site: ApiSite, method: str, target: bytes) -> int:
    """Of the answer to a request whose target is sent as it is; 0 if there is none."""
    body = b"1234" if method == "PUT" else b""
    head = (
        f" HTTP/1.1\r\nHost: 127.0.0.1:{site.server.port}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", site.server.port)) as plug:
        plug.sendall(method.encode() + b" " + target + head.encode() + body)
        answer = plug.recv(64)
    return int(answer.split()[1]) if answer.startswith(b"HTTP/1.1 ") else 0


@pytest.mark.sampled(4)
@pytest.mark.parametrize("kind", ["download", "stream", "upload", "object"])
def test_a_link_with_any_bit_flipped_opens_nothing(tmp_path: Path, kind: str) -> None:
    with api_site(tmp_path) as site:
        if kind == "upload":
            link = site.http.post("/v1/upload/request", json={"filename": "a.mp4", "file_size": 4}).json()["upload_url"]
        elif kind == "object":
            expected = {"fileName": "a.mp4", "fileSize": 4}
            link = site.http.post("/api/v1/ai-clipping/uploads", json=expected).json()["uploadUrl"]
        else:
            site.made()
            clip = site.http.get("/v1/clips").json()["clips"][0]
            link = site.http.get(f"/v1/share/{clip['id']}").json()[f"{kind}_url"]
        parts = urlsplit(link)
        good = f"{parts.path}?{parts.query}".encode()
        method = "PUT" if kind in ("upload", "object") else "GET"
        for place in range(len(good)):
            for bit in range(8):
                changed = good[:place] + bytes([good[place] ^ 1 << bit]) + good[place + 1 :]
                assert status(site, method, changed) in (400, 403, 404, 405), changed
        for place in range(len(good)):
            assert status(site, method, good[:place] + good[place + 1 :]) in (400, 403, 404, 405), place
        assert status(site, method, good) == 200
