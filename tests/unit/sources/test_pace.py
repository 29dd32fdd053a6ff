from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.access import Access
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.sources.fetch import fetch_media
from fastclip_desktop.sources.pace import Pace
from tests.local_site import LocalSite, Route

BODY = bytes(300_000)


class Clock:
    """Stands still until it is set."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_every_byte_takes_its_time() -> None:
    pace = Pace(1000, Clock())
    assert [pace.wait_for(500) for _ in range(4)] == [0.5, 1.0, 1.5, 2.0]


def test_time_that_passed_counts() -> None:
    clock = Clock()
    pace = Pace(1000, clock)
    pace.wait_for(500)
    clock.now += 0.25
    assert pace.wait_for(500) == 0.75


def test_idle_time_saves_nothing_up() -> None:
    clock = Clock()
    pace = Pace(1000, clock)
    pace.wait_for(500)
    clock.now += 60
    assert pace.wait_for(500) == 0.5


def test_all_threads_share_one_rate() -> None:
    pace = Pace(1000, Clock())
    with ThreadPoolExecutor(4) as threads:
        waits = list(threads.map(pace.wait_for, [100] * 40))
    assert max(waits) == pytest.approx(4)
    assert len({round(wait, 6) for wait in waits}) == 40


def test_without_a_limit_nobody_waits() -> None:
    assert Pace(0, Clock()).wait_for(10**12) == 0


@pytest.mark.sampled(2)
@pytest.mark.parametrize("kind", ["in parts", "from the front", "whole", "in pieces"])
def test_no_way_of_fetching_is_faster_than_the_limit(local_site: LocalSite, room: Path, kind: str) -> None:
    url = local_site.url("/talk.mp4")
    if kind == "in pieces":
        url = local_site.url("/talk.m3u8")
        text = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n" + "".join(f"#EXTINF:1,\n{n}.ts\n" for n in range(3))
        local_site.route("/talk.m3u8", Route(body=f"{text}#EXT-X-ENDLIST\n".encode()))
        for n in range(3):
            local_site.route(f"/{n}.ts", Route(body=BODY[:100_000]))
    else:
        local_site.route("/talk.mp4", Route(body=BODY, ranges=kind == "in parts", no_length=kind == "whole"))
    media = MediaFile(source=url, title="Talk", path=None, page_url=url)
    span = TimeRange(Fraction(0), Fraction(1))
    request = FetchMedia(media, (span,), OutputSpec(), room, Access(most_a_second=250_000))
    began = time.monotonic()
    assert len(BODY) <= fetch_media(request, Reporter()).bytes_moved <= len(BODY) + 1000  # of playlists
    assert time.monotonic() - began >= 0.9 * len(BODY) / 250_000
