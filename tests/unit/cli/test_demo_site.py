from __future__ import annotations

import socket
import struct
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from fastclip_desktop.cli.demo_site import demo_site
from fastclip_desktop.domain.stage import SampleTalk


@pytest.fixture
def talk(tmp_path: Path) -> SampleTalk:
    video, captions = tmp_path / "talk.mp4", tmp_path / "talk.vtt"
    video.write_bytes(bytes(30_000_000))
    captions.write_text("WEBVTT\n")
    return SampleTalk(video, captions)


def test_the_page_names_the_video_and_its_captions(talk: SampleTalk, tmp_path: Path) -> None:
    with demo_site(tmp_path, talk, "A talk") as url, urlopen(url) as answer:
        page = answer.read().decode()
    assert 'src="talk.mp4"' in page
    assert 'src="talk.vtt"' in page


def test_hanging_up_in_the_middle_is_no_fault(
    talk: SampleTalk, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with (
        demo_site(tmp_path, talk, "A talk") as url,
        socket.create_connection(("127.0.0.1", urlsplit(url).port)) as line,
    ):
        line.sendall(b"GET /talk.mp4 HTTP/1.0\r\n\r\n")
        assert line.recv(100)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.close()
    assert capfd.readouterr().err == ""
