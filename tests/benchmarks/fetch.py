"""A minute out of an hour behind a server that limits each connection, against yt-dlp's way to it."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.measure import FailedRunError, Row, run
from tests.local_site import LocalSite, Route

START, LENGTH = 1803, 60
PER_CONNECTION = 50_000_000 // 8
"""Bytes a second."""

LATENCY = 0.05
"""Seconds before each answer."""

CONNECTIONS = 4
"""That ours opens at once."""

PATH = "/hour.mp4"


@dataclass(frozen=True, slots=True)
class _Fetched:
    """One clip: seconds of the whole program and of its fetching alone, bytes of media, and bytes that were sent."""

    seconds: float
    fetching: float
    moved: int
    sent: int


def measure_fetch(source: Path, folder: Path, ffmpeg: str) -> list[Row]:
    """The table's rows for fetching; the server runs in this process, the programs in their own."""
    with LocalSite() as site, tempfile.TemporaryDirectory(dir=folder) as room:
        url = site.route(PATH, Route(file=source, latency=LATENCY, bytes_per_second=PER_CONNECTION))
        needed = _needed(source)
        mine = [_ours(site, url, Path(room), f"home-{number}", START) for number in range(3)]
        first = sorted(mine, key=lambda each: each.fetching)[1]
        beside = _ours(site, url, Path(room), "home-0", START + LENGTH)
        rows = [
            Row(
                f"{LENGTH} s of a remote hour",
                "index and own GOPs",
                f"{first.moved / needed:.3f}× the bytes",
                "≤ 1.05×",
                first.moved <= 1.05 * needed,
                f"{first.moved / 1e6:.1f} MB of {source.stat().st_size / 1e6:.0f} MB; clip {first.seconds:.1f} s",
            ),
            Row(
                "",
                "the line's own time",
                f"{first.fetching / (first.moved / CONNECTIONS / PER_CONNECTION):.2f}× its time",
                "≤ 1.5×",
                first.fetching <= 1.5 * first.moved / CONNECTIONS / PER_CONNECTION,
                f"fetch {first.fetching:.2f} s with {CONNECTIONS} connections",
            ),
            Row("", "the next minute", f"{beside.moved / 1e6:.1f} MB", "", None, f"fetch {beside.fetching:.2f} s"),
        ]
        try:
            peer = _ytdlp(site, url, Path(room), ffmpeg)
        except FailedRunError as error:
            print(error, file=sys.stderr)
            return rows
        faster = peer.seconds / first.seconds
        detail = f"ours {first.seconds:.1f} s, yt-dlp {peer.seconds:.1f} s and {peer.sent / 1e6:.1f} MB"
        return [*rows, Row("", "yt-dlp sections", f"{faster:.1f}×", "≥ 8×", faster >= 8, detail)]


def _needed(source: Path) -> int:
    """Bytes of the index and of the packets from the key frame before the clip to its end."""
    import av

    with av.open(str(source)) as container:
        index = min(stream.index_entries[0].pos for stream in container.streams)
        picture = container.streams.video[0]
        container.seek(int(START / picture.time_base), stream=picture)
        size = 0
        for packet in container.demux():
            if packet.dts is not None and packet.dts * packet.time_base >= START + LENGTH:
                break
            size += packet.size
    return index + size


def _ours(site: LocalSite, url: str, room: Path, home: str, start: int) -> _Fetched:
    out = room / "ours.mp4"
    times = ("--start", str(start), "--end", str(start + LENGTH))
    before = site.bytes_sent(PATH)
    os.environ["FASTCLIP_HOME"] = str(room / home)
    try:
        log = room / "ours.log"
        took = run([sys.executable, "-m", "fastclip_desktop", "clip", url, *times, "--json", "-o", out], log)
    finally:
        del os.environ["FASTCLIP_HOME"]
    said = json.loads(log.read_text().strip().splitlines()[-1])
    receipt = _receipt_in(said)
    moved, stages = receipt["bytes_moved"], receipt["stages"]
    assert isinstance(moved, int)
    assert isinstance(stages, dict)
    return _Fetched(took.seconds, float(stages["fetch"]), moved, site.bytes_sent(PATH) - before)


def _receipt_in(said: object) -> dict[str, object]:
    """The part of the answer that tells of bytes and stages, wherever it lies in it."""
    if isinstance(said, dict):
        if "bytes_moved" in said:
            return said
        said = list(said.values())
    for part in said if isinstance(said, list) else ():
        found = _receipt_in(part)
        if found:
            return found
    return {}


def _ytdlp(site: LocalSite, url: str, room: Path, ffmpeg: str) -> _Fetched:
    before = site.bytes_sent(PATH)
    out = room / "peer.mp4"
    command = [sys.executable, "-m", "yt_dlp", "--quiet", "--ffmpeg-location", ffmpeg, "--force-keyframes-at-cuts"]
    took = run([*command, "--download-sections", f"*{START}-{START + LENGTH}", "-o", out, url], room / "peer.log")
    size = out.stat().st_size
    shutil.rmtree(out, ignore_errors=True)
    return _Fetched(took.seconds, took.seconds, size, site.bytes_sent(PATH) - before)
