from __future__ import annotations

import threading
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError, InputError, UnavailableError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import FetchMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.sources.fetch import fetch_media, fetch_speech
from fastclip_desktop.sources.page_look import FIRST_BYTES
from tests.local_site import LocalSite, Route

SPAN = TimeRange(Fraction(0), Fraction(1))
BODY = bytes(range(256)) * 4000


def request(url: str, room: Path, output: OutputSpec | None = None) -> FetchMedia:
    media = MediaFile(source=url, title="Talk", path=None, page_url=url)
    return FetchMedia(media, (SPAN,), output or OutputSpec(), room)


def failure(url: str, room: Path) -> FastClipError:
    with pytest.raises(FastClipError) as caught:
        fetch_media(request(url, room), Reporter())
    assert list(room.iterdir()) == []
    assert "ERROR" not in caught.value.message
    assert caught.value.message.isprintable()
    return caught.value


def test_a_direct_link_arrives_whole_under_a_name_of_ours(local_site: LocalSite, room: Path) -> None:
    local_site.route("/../../etc/passwd.mp4", Route(body=BODY))
    url = local_site.url("/..%2f..%2fetc%2fpasswd.mp4")
    fetched = fetch_media(request(url, room), Reporter())
    assert fetched.picture == fetched.sound == room / "picture.mp4"
    assert (room / "picture.mp4").read_bytes() == BODY
    assert fetched.bytes_moved == len(BODY)
    assert [path.name for path in room.iterdir()] == ["picture.mp4"]


def test_a_page_brings_its_video_with_the_page_as_referer(local_site: LocalSite, room: Path) -> None:
    local_site.route("/bee.mp4", Route(body=BODY))
    url = local_site.page("/talk", video="/bee.mp4")
    fetch_media(request(url, room), Reporter())
    assert (room / "picture.mp4").read_bytes() == BODY
    assert local_site.requests_for("/bee.mp4")[-1].headers["referer"] == url


def test_a_sound_file_is_called_sound(local_site: LocalSite, room: Path) -> None:
    url = local_site.route("/talk.m4a", Route(body=BODY, headers={"Content-Type": "audio/mp4"}))
    fetched = fetch_media(request(url, room, OutputSpec(OutputFormat.MP3)), Reporter())
    assert (fetched.picture, fetched.sound) == (None, room / "sound.m4a")


def test_nothing_is_fetched_for_a_picture_that_is_not_there(local_site: LocalSite, room: Path) -> None:
    url = local_site.route("/talk.m4a", Route(body=BODY, headers={"Content-Type": "audio/mp4"}))
    fetched = fetch_media(request(url, room, OutputSpec(OutputFormat.GIF)), Reporter())
    assert (fetched.picture, fetched.sound, fetched.bytes_moved) == (None, None, 0)
    assert list(room.iterdir()) == []


def test_an_extension_that_is_none_is_replaced(local_site: LocalSite, room: Path) -> None:
    local_site.route("/talk.x/y", Route(body=BODY, headers={"Content-Type": "application/octet-stream"}))
    url = local_site.url("/talk.x%2Fy")
    assert fetch_media(request(url, room), Reporter()).picture == room / "picture.media"


def hls(local_site: LocalSite) -> str:
    """A list of two pictures without sound, and one sound, as HLS sites have them."""
    local_site.route(
        "/all.m3u8",
        Route(
            body=b'#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="en",DEFAULT=YES,URI="sound.m3u8"\n'
            b'#EXT-X-STREAM-INF:BANDWIDTH=1000,RESOLUTION=640x360,CODECS="avc1.42001e,mp4a.40.2",AUDIO="a"\nlow.m3u8\n'
            b'#EXT-X-STREAM-INF:BANDWIDTH=9000,RESOLUTION=1280x720,CODECS="avc1.4d001f,mp4a.40.2",AUDIO="a"\n'
            b"high.m3u8\n"
        ),
    )
    for name in ("low", "high", "sound"):
        segments = "".join(f"#EXTINF:1,\n{name}{n}.ts\n" for n in range(3))
        local_site.route(f"/{name}.m3u8", Route(body=f"#EXTM3U\n{segments}#EXT-X-ENDLIST\n".encode()))
        for n in range(3):
            local_site.route(f"/{name}{n}.ts", Route(body=name.encode() * 1000 + bytes([n])))
    return local_site.url("/all.m3u8")


def test_picture_and_sound_come_as_two_files_where_the_site_keeps_them_apart(local_site: LocalSite, room: Path) -> None:
    fetched = fetch_media(request(hls(local_site), room, OutputSpec(max_height=480)), Reporter())
    assert fetched.picture is not None
    assert fetched.sound is not None
    assert fetched.picture.read_bytes() == b"".join(b"low" * 1000 + bytes([n]) for n in range(3))
    assert fetched.sound.read_bytes() == b"".join(b"sound" * 1000 + bytes([n]) for n in range(3))
    everything = sum(map(local_site.bytes_sent, {seen.path for seen in local_site.requests}))
    assert 0 <= everything - fetched.bytes_moved <= FIRST_BYTES  # of the look whether it is a page
    assert fetched.bytes_moved > fetched.picture.stat().st_size + fetched.sound.stat().st_size
    assert not local_site.requests_for("/high0.ts")
    assert sorted(path.stem for path in room.iterdir()) == ["picture", "sound"]


def test_to_hear_the_words_no_picture_is_moved(local_site: LocalSite, room: Path) -> None:
    fetched = fetch_speech(request(hls(local_site), room), Reporter())
    assert fetched.picture is None
    assert fetched.sound is not None
    assert fetched.sound.read_bytes() == b"".join(b"sound" * 1000 + bytes([n]) for n in range(3))
    assert not [seen.path for seen in local_site.requests if seen.path.endswith(".ts") and "sound" not in seen.path]


def test_a_missing_piece_is_an_error_and_not_a_hole(local_site: LocalSite, room: Path) -> None:
    url = hls(local_site)
    local_site.route("/high1.ts", Route(status=404))
    assert failure(url, room).code is ErrorCode.SOURCE_NOT_FOUND


def test_progress_rises_to_the_end_over_both_files(
    local_site: LocalSite, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fastclip_desktop.domain.progress.MIN_INTERVAL", 0)
    seen: list[float] = []
    url = hls(local_site)
    for n in range(3):  # slow enough to be looked at in between
        local_site.route(f"/sound{n}.ts", Route(body=bytes(5000), bytes_per_second=5_000))
    fetch_media(request(url, room), Reporter(seen.append))
    assert seen == sorted(seen)
    assert seen[-1] == pytest.approx(1)
    assert any(0.2 < fraction < 0.9 for fraction in seen)


def test_a_stop_in_the_middle_leaves_nothing(local_site: LocalSite, room: Path) -> None:
    url = local_site.route("/talk.mp4", Route(body=BODY, bytes_per_second=200_000))
    cancel = CancelToken()

    def stop_soon(fraction: float) -> None:
        if fraction > 0:
            assert list(room.rglob("data"))
            cancel.cancel()

    with pytest.raises(Cancelled):
        fetch_media(request(url, room), Reporter(stop_soon, cancel))
    assert list(room.iterdir()) == []
    assert local_site.bytes_sent("/talk.mp4") < len(BODY)


def test_a_stop_between_pieces_leaves_nothing(
    local_site: LocalSite, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fastclip_desktop.domain.progress.MIN_INTERVAL", 0)
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        fetch_media(request(hls(local_site), room), Reporter(lambda fraction: fraction > 0 and cancel.cancel(), cancel))
    assert list(room.iterdir()) == []
    assert not local_site.requests_for("/sound0.ts")


def test_a_stop_from_another_thread_comes_through(local_site: LocalSite, room: Path) -> None:
    url = local_site.route("/talk.mp4", Route(body=BODY, bytes_per_second=100_000))
    cancel, begun = CancelToken(), threading.Event()

    def stop() -> None:
        begun.wait(10)
        cancel.cancel()

    stopper = threading.Thread(target=stop)
    stopper.start()
    with pytest.raises(Cancelled):
        fetch_media(request(url, room), Reporter(lambda fraction: fraction > 0 and begun.set(), cancel))
    stopper.join()
    assert list(room.iterdir()) == []


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (403, ErrorCode.SOURCE_REFUSED),
        (404, ErrorCode.SOURCE_NOT_FOUND),
        (500, ErrorCode.SOURCE_UNREACHABLE),
        (503, ErrorCode.SOURCE_UNREACHABLE),
    ],
)
def test_a_page_whose_video_fails_says_how(local_site: LocalSite, room: Path, status: int, code: ErrorCode) -> None:
    local_site.route("/bee.mp4", Route(status=status))
    error = failure(local_site.page("/talk", video="/bee.mp4"), room)
    assert error.code is code
    assert str(status) in error.message
    assert isinstance(error, UnavailableError) == (status >= 500)


def test_a_cut_connection_costs_one_more_request_for_the_rest(local_site: LocalSite, room: Path) -> None:
    url = local_site.route("/talk.mp4", Route(body=BODY, cut_after=700_000))
    fetched = fetch_media(request(url, room), Reporter())
    assert fetched.picture is not None
    assert fetched.picture.read_bytes() == BODY
    assert fetched.bytes_moved == len(BODY)
    assert local_site.requests_for("/talk.mp4")[-1].headers["range"].startswith("bytes=")


def test_a_connection_that_is_always_cut_is_given_up(local_site: LocalSite, room: Path) -> None:
    url = local_site.route("/talk.mp4", Route(body=BODY, cut_after=10_000))
    error = failure(url, room)
    assert isinstance(error, UnavailableError)
    assert error.code is ErrorCode.SOURCE_UNREACHABLE


def test_a_server_without_ranges_starts_again(local_site: LocalSite, room: Path) -> None:
    url = local_site.route("/talk.mp4", Route(body=BODY, cut_after=700_000, ranges=False))
    assert failure(url, room).code is ErrorCode.SOURCE_UNREACHABLE
    assert len(local_site.requests_for("/talk.mp4")) == 4  # the page, the look, and the two tries


def test_a_length_that_is_too_great_is_a_broken_connection(local_site: LocalSite, room: Path) -> None:
    url = local_site.route("/talk.mp4", Route(body=BODY, claimed_length=len(BODY) * 2, ranges=False))
    assert failure(url, room).code is ErrorCode.SOURCE_UNREACHABLE


def test_a_length_that_is_not_told_is_no_problem(local_site: LocalSite, room: Path) -> None:
    url = local_site.route("/talk.mp4", Route(body=BODY, no_length=True, ranges=False))
    fetched = fetch_media(request(url, room), Reporter())
    assert fetched.picture is not None
    assert fetched.picture.read_bytes() == BODY


@pytest.mark.usefixtures("_short_wait")
def test_a_server_that_falls_silent_is_given_up(local_site: LocalSite, room: Path) -> None:
    url = local_site.route("/talk.mp4", Route(body=BODY, bytes_per_second=1))
    error = failure(url, room)
    assert error.code is ErrorCode.SOURCE_UNREACHABLE
    assert "127.0.0.1" in error.message


def test_an_empty_answer_is_said_to_be_empty(local_site: LocalSite, room: Path) -> None:
    url = local_site.route("/talk.mp4", Route(body=b""))
    assert failure(url, room).code is ErrorCode.SOURCE_EMPTY


def test_a_broadcast_that_has_begun_since_is_refused(local_site: LocalSite, room: Path) -> None:
    url = local_site.route("/talk.m3u8", Route(body=b"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\na.ts\n"))
    assert failure(url, room).code is ErrorCode.LIVE_SOURCE


def test_a_folder_that_is_gone_is_named(local_site: LocalSite, room: Path) -> None:
    url = local_site.route("/talk.mp4", Route(body=BODY))
    with pytest.raises(InputError) as caught:
        fetch_media(request(url, room / "gone"), Reporter())
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert str(room / "gone") in caught.value.message
