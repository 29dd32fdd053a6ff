from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import (
    Cancelled,
    ErrorCode,
    FastClipError,
    InputError,
    SeveralMedia,
    UnavailableError,
)
from fastclip_desktop.domain.media import MediaFile, RemoteFormat
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.sources.site import check_watchable, downloads, offer_of, page_address, preview_of, resolve_site
from tests.local_site import LocalSite, Route, unused_port

HTML = {"Content-Type": "text/html; charset=utf-8"}


def resolve(url: str) -> MediaFile:
    return resolve_site(url, Reporter())


def refusal(url: str) -> FastClipError:
    with pytest.raises(FastClipError) as caught:
        resolve(url)
    error = caught.value
    assert error.message.endswith(".")
    assert error.message.isprintable()
    assert error.hint
    assert "ERROR" not in error.message
    assert "yt-dlp" not in error.message
    return error


def html(local_site: LocalSite, path: str, body: str) -> str:
    return local_site.route(path, Route(body=f"<!doctype html><html>{body}</html>".encode(), headers=HTML))


def test_a_page_gives_title_format_thumbnail_and_captions(local_site: LocalSite) -> None:
    url = html(
        local_site,
        "/talk",
        '<head><title>How bees dance</title></head><body><video poster="/bee.jpg"><source src="/bee.mp4" '
        'type="video/mp4"><track kind="subtitles" srclang="fr" src="/fr.vtt"><track kind="captions" srclang="en" '
        'src="/en.srt"><track kind="chapters" srclang="en" src="/chapters.vtt"></video></body>',
    )
    media = resolve(url)
    assert (media.title, media.path, media.page_url, media.info) == ("How bees dance", None, url, None)
    assert media.thumbnail == local_site.url("/bee.jpg")
    assert [form.extension for form in media.formats] == ["mp4"]
    assert media.preview == local_site.url("/bee.mp4")
    assert [(track.language, track.extension) for track in media.captions] == [("en", "srt"), ("fr", "vtt")]
    assert media.captions[0].location == local_site.url("/en.srt")
    assert local_site.bytes_sent("/bee.mp4") == 0


@pytest.mark.parametrize(
    ("forms", "preview"),
    [
        ([], ""),
        ([{"url": "https://h/1", "ext": "mp4"}], "https://h/1"),
        ([{"url": "https://h/1", "ext": "mp4"}, {"url": "https://h/2", "ext": "webm"}], "https://h/2"),
        ([{"url": "https://h/1", "ext": "mp4"}, {"url": "https://h/2", "ext": "flv"}], "https://h/1"),
        ([{"url": "https://h/1", "ext": "mp4"}, {"url": "https://h/2", "ext": "mp4", "acodec": "none"}], "https://h/1"),
        (
            [
                {"url": "https://h/1", "ext": "mp4", "acodec": "none"},
                {"url": "https://h/2", "ext": "m4a", "vcodec": "none"},
            ],
            "",
        ),
        ([{"url": "https://h/1", "ext": "mp3", "vcodec": "none"}], "https://h/1"),
        ([{"url": "https://h/1.m3u8", "ext": "mp4", "protocol": "m3u8_native"}], ""),
        ([{"url": "https://h/1", "ext": "mp4", "cookies": "a=b"}], ""),
        ([{"url": "javascript:alert(1)", "ext": "mp4"}], ""),
    ],
)
def test_a_preview_is_what_a_browser_plays_by_itself(forms: list[dict[str, str]], preview: str) -> None:
    assert preview_of(downloads({"formats": forms})) == preview


@pytest.mark.parametrize(
    ("path", "content_type", "extension"),
    [
        ("/talk.mp4", "video/mp4", "mp4"),
        ("/watch", "video/mp4", "mp4"),
        ("/talk.mp4?token=a.b&x=/y", "video/mp4", "mp4"),
        ("/talk.webm", "application/octet-stream", "webm"),
        ("/sound", "audio/mp4", "m4a"),
        ("/blob", "application/octet-stream", ""),
    ],
)
def test_a_direct_link_is_one_format(
    local_site: LocalSite, plain_mp4: Path, path: str, content_type: str, extension: str
) -> None:
    local_site.route(path.partition("?")[0], Route(file=plain_mp4, headers={"Content-Type": content_type}))
    (form,) = resolve(local_site.url(path)).formats
    assert form == RemoteFormat(form.format_id, extension, 0, "", "")


def test_a_direct_link_is_named_after_its_file(local_site: LocalSite, plain_mp4: Path) -> None:
    local_site.route("/My talk.mp4", Route(file=plain_mp4))
    assert resolve(local_site.url("/My%20talk.mp4")).title == "My talk"


def test_resolving_does_not_download_the_media(local_site: LocalSite) -> None:
    url = local_site.route("/big.mp4", Route(body=bytes(5_000_000)))
    resolve(url)
    assert local_site.bytes_sent("/big.mp4") < 500_000


def test_redirects_are_followed(local_site: LocalSite, plain_mp4: Path) -> None:
    local_site.route("/talk.mp4", Route(file=plain_mp4))
    url = local_site.route("/short", Route(redirect="/talk.mp4"))
    assert resolve(url).title == "talk"


def test_a_redirect_in_a_circle_ends(local_site: LocalSite) -> None:
    error = refusal(local_site.route("/loop", Route(redirect="/loop")))
    assert error.code is ErrorCode.SOURCE_UNREACHABLE
    assert "circle" in error.message


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (404, ErrorCode.SOURCE_NOT_FOUND),
        (410, ErrorCode.SOURCE_NOT_FOUND),
        (401, ErrorCode.SOURCE_REFUSED),
        (403, ErrorCode.SOURCE_REFUSED),
        (407, ErrorCode.SOURCE_REFUSED),
        (451, ErrorCode.SOURCE_REFUSED),
        (418, ErrorCode.SOURCE_REFUSED),
        (429, ErrorCode.SOURCE_UNREACHABLE),
        (500, ErrorCode.SOURCE_UNREACHABLE),
        (503, ErrorCode.SOURCE_UNREACHABLE),
    ],
)
def test_a_status_has_its_code(local_site: LocalSite, status: int, code: ErrorCode) -> None:
    # The path has words that mean something in a message: only the status may count.
    error = refusal(local_site.route("/log-in/private-video.mp4", Route(status=status)))
    assert error.code is code
    assert isinstance(error, UnavailableError) == (code is ErrorCode.SOURCE_UNREACHABLE)
    assert isinstance(error, InputError)
    assert str(status) in error.message
    assert "127.0.0.1" in error.message


def test_a_refused_connection_names_the_host() -> None:
    with unused_port() as port:
        error = refusal(f"http://me:secret@127.0.0.1:{port}/talk.mp4")
    assert isinstance(error, UnavailableError)
    assert error.code is ErrorCode.SOURCE_UNREACHABLE
    assert "127.0.0.1" in error.message
    assert "refused" in error.message
    assert "secret" not in str(error)


def test_a_host_that_does_not_exist_is_named() -> None:
    error = refusal("https://nowhere.invalid/talk")
    assert isinstance(error, UnavailableError)
    assert error.code is ErrorCode.SOURCE_UNREACHABLE
    assert error.message == "There is no host called nowhere.invalid."


def test_a_server_that_only_speaks_http_is_told_apart(local_site: LocalSite) -> None:
    error = refusal(local_site.url("/talk").replace("http://", "https://"))
    assert error.code is ErrorCode.SOURCE_UNREACHABLE
    assert "safe connection" in error.message


@pytest.mark.usefixtures("_short_wait")
def test_a_silent_server_is_given_up(local_site: LocalSite) -> None:
    url = local_site.route("/slow", Route(body=b"<html>" * 100, bytes_per_second=1, headers=HTML))
    error = refusal(url)
    assert isinstance(error, UnavailableError)
    assert "in time" in error.message


@pytest.mark.parametrize("body", ["<title>Words</title><p>Only words.</p>", "", "<video></video>", "<script>{"])
def test_a_page_without_a_video_is_said_to_be_one(local_site: LocalSite, body: str) -> None:
    url = html(local_site, "/words.html", body)
    error = refusal(url)
    assert error.code is ErrorCode.UNSUPPORTED_SITE
    assert "words.html" in error.message or "127.0.0.1" in error.message


def test_a_page_with_several_videos_is_a_list_with_a_count(local_site: LocalSite) -> None:
    error = refusal(html(local_site, "/all", "".join(f'<video src="/{n}.mp4"></video>' for n in range(7))))
    assert error.code is ErrorCode.PLAYLIST_SOURCE
    assert "7 videos" in error.message


def feed(local_site: LocalSite, count: int) -> str:
    items = "".join(
        f'<item><title>Part {n}</title><enclosure url="{local_site.url(f"/{n}.mp4")}"/></item>' for n in range(count)
    )
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Show</title>{items}</channel></rss>'
    return local_site.route("/feed", Route(body=body.encode(), headers={"Content-Type": "text/xml"}))


def entries(error: FastClipError) -> list[tuple[str, str]]:
    assert isinstance(error, SeveralMedia)
    return [(entry.title, entry.url) for entry in error.entries]


def test_each_video_of_a_page_can_be_chosen(local_site: LocalSite, plain_mp4: Path) -> None:
    for n in range(2):
        local_site.route(f"/{n}.mp4", Route(file=plain_mp4))
    error = refusal(
        html(local_site, "/all", "<title>Bees</title>" + '<video src="/0.mp4"></video><video src="/1.mp4"></video>')
    )
    assert [url for _, url in entries(error)] == [local_site.url("/0.mp4"), local_site.url("/1.mp4")]
    assert [title for title, _ in entries(error)] == ["Bees (1)", "Bees (2)"]
    assert resolve(entries(error)[1][1]).title == "1"


def test_each_playlist_of_a_page_can_be_chosen(local_site: LocalSite) -> None:
    for n in range(2):
        text = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1.5,\na.ts\n#EXT-X-ENDLIST\n"
        local_site.route(f"/{n}.m3u8", Route(body=text.encode()))
    sources = "".join(f'<video><source src="/{n}.m3u8" type="application/x-mpegurl"></video>' for n in range(2))
    error = refusal(html(local_site, "/all", f"<title>Bees</title>{sources}"))
    assert [url for _, url in entries(error)] == [local_site.url("/0.m3u8"), local_site.url("/1.m3u8")]


def test_each_part_of_a_feed_can_be_chosen(local_site: LocalSite) -> None:
    assert entries(refusal(feed(local_site, 3))) == [(f"Part {n}", local_site.url(f"/{n}.mp4")) for n in range(3)]


def test_a_feed_is_a_list_and_none_of_its_parts_is_asked_for(local_site: LocalSite) -> None:
    error = refusal(feed(local_site, 3))
    assert error.code is ErrorCode.PLAYLIST_SOURCE
    assert "3 videos" in error.message
    assert {seen.path for seen in local_site.requests} == {"/feed"}


def test_a_long_list_is_not_counted_to_its_end(local_site: LocalSite) -> None:
    error = refusal(feed(local_site, 500))
    assert error.code is ErrorCode.PLAYLIST_SOURCE
    assert "more than 100 videos" in error.message


def test_a_list_of_one_is_that_one(local_site: LocalSite, plain_mp4: Path) -> None:
    local_site.route("/0.mp4", Route(file=plain_mp4))
    media = resolve(feed(local_site, 1))
    assert media.title == "Part 0"
    assert len(media.formats) == 1


def test_an_empty_list_is_said_to_be_empty(local_site: LocalSite) -> None:
    error = refusal(feed(local_site, 0))
    assert error.code is ErrorCode.UNSUPPORTED_SITE
    assert "empty" in error.message


def playlist(local_site: LocalSite, text: str) -> str:
    return local_site.route("/talk.m3u8", Route(body=f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n{text}".encode()))


def test_hls_that_is_complete_has_its_length(local_site: LocalSite) -> None:
    media = resolve(playlist(local_site, "#EXTINF:2,\na.ts\n#EXTINF:3.0,\nb.ts\n#EXT-X-ENDLIST\n"))
    assert media.duration == 5
    assert len(media.formats) == 1


def test_hls_that_still_grows_is_live(local_site: LocalSite) -> None:
    assert refusal(playlist(local_site, "#EXTINF:2,\na.ts\n")).code is ErrorCode.LIVE_SOURCE


def test_hls_with_drm_is_refused(local_site: LocalSite) -> None:
    key = '#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://k",KEYFORMAT="com.apple.streamingkeydelivery"\n'
    error = refusal(playlist(local_site, f"{key}#EXTINF:2,\na.ts\n#EXT-X-ENDLIST\n"))
    assert error.code is ErrorCode.SOURCE_REFUSED
    assert "DRM" in error.message


@pytest.mark.parametrize(
    "source", ["http://", "http:///talk", "https://[::1/x", "http://host:99999/", "http://host:0/"]
)
def test_half_a_link_is_no_link(source: str) -> None:
    error = refusal(source)
    assert error.code is ErrorCode.UNSUPPORTED_SITE
    assert "not a whole link" in error.message


def test_a_link_loses_line_breaks_and_hidden_orders() -> None:
    assert page_address(" https://example.org/a\r\n/b\t#t=5\n") == "https://example.org/a/b#t=5"
    smuggled = "https://example.org/#__youtubedl_smuggle=%7B%22to_generic%22%3A+true%7D"
    assert page_address(smuggled) == "https://example.org/"


def test_a_stop_ends_the_look_up(local_site: LocalSite) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        resolve_site(local_site.url("/talk"), Reporter(cancel=cancel))
    assert local_site.requests == []


@pytest.mark.parametrize(
    ("info", "code"),
    [
        ({"live_status": "is_live"}, ErrorCode.LIVE_SOURCE),
        ({"live_status": "is_upcoming"}, ErrorCode.LIVE_SOURCE),
        ({"live_status": "post_live"}, ErrorCode.LIVE_SOURCE),
        ({"is_live": True}, ErrorCode.LIVE_SOURCE),
        ({"formats": [], "_has_drm": True}, ErrorCode.SOURCE_REFUSED),
        ({"formats": []}, ErrorCode.UNSUPPORTED_SITE),
        ({"formats": [{"url": "rtmp://h/x", "protocol": "rtmp"}]}, ErrorCode.UNSUPPORTED_SITE),
        ({"formats": [{"url": "file:///etc/passwd", "protocol": "https"}]}, ErrorCode.UNSUPPORTED_SITE),
        ({"formats": "nonsense"}, ErrorCode.UNSUPPORTED_SITE),
        ({"formats": [None, 3, {"url": 5}]}, ErrorCode.UNSUPPORTED_SITE),
    ],
)
def test_what_cannot_be_watched_is_refused(info: dict[str, object], code: ErrorCode) -> None:
    with pytest.raises(InputError) as caught:
        check_watchable(info, "https://example.org/talk")
    assert caught.value.code is code


def test_a_finished_broadcast_can_be_watched() -> None:
    check_watchable({"live_status": "was_live", "url": "https://example.org/a.mp4"}, "https://example.org/talk")


def test_storyboards_and_locked_formats_are_not_offered() -> None:
    plain = {"url": "https://h/a", "format_id": "a"}
    forms = [
        plain | {"vcodec": "none", "acodec": "none"},
        plain | {"protocol": "mhtml"},
        plain | {"has_drm": True},
        plain | {"protocol": "m3u8_native"},
        plain | {"protocol": "http_dash_segments"},
        plain,
    ]
    assert downloads({"formats": forms}) == forms[3:]


def test_a_standing_picture_counts_by_its_width() -> None:
    assert offer_of(0, {"width": 1080, "height": 1920}).side == 1080
    assert offer_of(0, {"height": 720}).side == 720


def test_fields_of_the_wrong_kind_count_as_absent() -> None:
    form = {"width": "wide", "height": float("nan"), "vcodec": 7, "acodec": None, "abr": -5, "language_preference": "x"}
    offer = offer_of(3, form)
    assert (offer.side, offer.video_codec, offer.audio_codec, offer.audio_rate, offer.language_rank) == (
        0,
        "",
        "",
        0,
        -1,
    )
    assert offer.picture
    assert offer.sound


def test_formats_carry_height_codecs_and_size(local_site: LocalSite) -> None:
    variants = (
        '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1000,RESOLUTION=640x360,CODECS="avc1.42001e,mp4a.40.2"\nlow.m3u8\n'
        '#EXT-X-STREAM-INF:BANDWIDTH=9000,RESOLUTION=1280x720,CODECS="avc1.4d001f,mp4a.40.2"\nhigh.m3u8\n'
    )
    url = local_site.route("/all.m3u8", Route(body=variants.encode()))
    low = "#EXTM3U\n#EXTINF:1.5,\na.ts\n#EXTINF:1.5,\nb.ts\n#EXT-X-ENDLIST\n"
    for name in ("/low.m3u8", "/high.m3u8"):
        local_site.route(name, Route(body=low.encode()))
    media = resolve(url)
    assert [(form.height, form.video_codec, form.audio_codec) for form in media.formats] == [
        (360, "avc1.42001e", "mp4a.40.2"),
        (720, "avc1.4d001f", "mp4a.40.2"),
    ]
    assert media.max_height == 720
    assert media.duration == Fraction(3)
