from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from urllib.parse import quote

import pytest

from fastclip_desktop.domain.access import Access, Trust
from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError
from fastclip_desktop.domain.media import CaptionKind, CaptionTrack, MediaFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.sources.address_guard import AddressGuard, Depth, depth_of
from fastclip_desktop.sources.resolve import resolve_source
from fastclip_desktop.sources.site import resolve_site
from fastclip_desktop.sources.site_captions import fetch_site_captions
from fastclip_desktop.sources.ytdlp import SiteSession
from fastclip_desktop.stages import perform
from tests.local_site import LocalSite, Route
from tests.unit.sources.small_internet import SmallInternet

STRANGER = Access(Trust.STRANGER)
HTML = {"Content-Type": "text/html; charset=utf-8"}

SPELLINGS = """
127.0.0.1 127.1 127.0.1 127.0.0.1. 127.255.255.254 2130706433 017700000001 0x7f000001 0x7f.1 0177.0.0.1 0177.1
0x7f.0x0.0x0.0x1 0x7F.0.0.0x1 127.0.0.01 0 0.0.0.0 0.1 0x0 255.255.255.255 4294967295
169.254.169.254 2852039166 0xa9fea9fe 0251.0376.0251.0376 169.254.43518 169.16689662 168.63.129.16
10.0.0.1 10.1 0xa.1 172.16.0.1 172.31.255.254 192.168.0.1 192.168.257 3232235521 0300.0250.0.1 100.64.0.1
100.100.100.200 192.0.0.1 192.0.2.1 192.88.99.1 198.18.0.1 198.19.255.254 198.51.100.1 203.0.113.1 224.0.0.1
239.255.255.250 240.0.0.1
[::1] [::] [0:0:0:0:0:0:0:1] [0000::0001] [::ffff:127.0.0.1] [::ffff:7f00:1] [::FFFF:7F00:0001] [::127.0.0.1] [::7f00:1]
[::ffff:0:127.0.0.1] [::ffff:169.254.169.254] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b:1::7f00:1]
[64:ff9b::10.0.0.1] [64:ff9b::a9fe:a9fe] [64:ff9b::100.64.0.1] [64:ff9b::192.168.0.1] [64:ff9b::198.18.0.1]
[64:ff9b::224.0.0.1] [64:ff9b::] [64:ff9b::1:5db8:d801] [64:ff9b:0:1::5db8:d801] [64:ff9b:1::5db8:d801]
[2002:7f00:1::] [2002:a9fe:a9fe::1] [2001::1] [2001:0:7f00:1::80ff:fffe] [2001:10::1] [2001:20::1] [2001:db8::1]
[fe80::1] [fe80::1%25lo] [fe80::1%lo] [fe80::5efe:7f00:1] [fec0::1] [fc00::1] [fd00:ec2::254] [ff02::1] [ff0e::1]
[100::1] [3fff::1] [5f00::1] [2606:4700::5efe:7f00:1] [2606:4700::200:5efe:a00:1]
localhost LOCALHOST localhost. app.localhost inside.example inside.example. mixed.inside.example
public.example@127.0.0.1 public.example:80@127.0.0.1 user:word@127.0.0.1:80 public.example%40127.0.0.1@localhost
127.0.0.1#@public.example 127.0.0.1?@public.example 127.0.0.1/@public.example public.example\\@127.0.0.1
127.0.0.1\\@inside.example 127.0.0.1:80\\.public.example 127.0.0.1%2f.public.example 127%2e0%2e0%2e1 %31%32%37.0.0.1
127\u30020\u30020\u30021 \uff11\uff12\uff17.\uff10.\uff10.\uff11 \u2460\u2461\u2466.0.0.1 loc\u0430lhost
"""

PUBLIC = (
    "1.1.1.1 8.8.8.8 93.184.216.34 172.32.0.1 100.128.0.1 192.169.0.1 2606:4700:4700::1111 2a00:1450::1"
    " 2001:4860::8888 64:ff9b::93.184.216.34 64:ff9b::5db8:d822 64:ff9b::8.8.8.8"
)


@pytest.fixture(scope="module")
def _sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LocalSite, LocalSite]]:
    """The canary and the public server; starting them for each of the tests would take most of their time."""
    with LocalSite(tmp_path_factory.mktemp("inside")) as inside, LocalSite(tmp_path_factory.mktemp("public")) as public:
        yield inside, public


@pytest.fixture
def canary(_sites: tuple[LocalSite, LocalSite]) -> Iterator[LocalSite]:
    yield from emptied(_sites[0])


@pytest.fixture
def public(_sites: tuple[LocalSite, LocalSite]) -> Iterator[LocalSite]:
    yield from emptied(_sites[1])


def emptied(site: LocalSite) -> Iterator[LocalSite]:
    yield site
    site.requests.clear()
    site._routes.clear()
    site._server.drop_connections()  # an error that pytest holds keeps its answer, and that its connection


@pytest.fixture
def internet(canary: LocalSite, public: LocalSite, plain_mp4: Path, monkeypatch: pytest.MonkeyPatch) -> SmallInternet:
    """``public.example`` is ``public``; what lies inside has a video at every path that the tests name."""
    net = SmallInternet(canary, monkeypatch)
    net.host("public.example", public)
    for name in ("localhost", "app.localhost", "inside.example", "mixed.inside.example"):
        net.name(name, ["127.0.0.1"])
    net.name("mixed.inside.example", ["10.0.0.1", "fd00::1"])
    for path in ("/", "/talk.mp4", "/key", "/en.vtt"):
        canary.route(path, Route(file=plain_mp4))
    return net


def untouched(internet: SmallInternet) -> bool:
    return internet.inside == [] and internet.canary.requests == []


def refused(url: str, access: Access) -> FastClipError:
    with pytest.raises(FastClipError) as caught:
        resolve_site(url, Reporter(), access)
    assert "yt-dlp" not in caught.value.message
    return caught.value


def page(public: LocalSite, path: str, body: str, **headers: str) -> str:
    public.route(path, Route(body=f"<!doctype html><html>{body}</html>".encode(), headers=HTML | headers))
    return f"http://public.example{path}"


def talk(url: str, page_url: str) -> MediaFile:
    return MediaFile(page_url, "Talk", None, page_url, captions=(CaptionTrack("en", CaptionKind.MANUAL, "vtt", url),))


def download(url: str, folder: Path, access: Access, link: str) -> None:
    with SiteSession(Reporter(), access, link) as session:
        session.download({"url": url, "ext": "mp4"}, folder / "talk.mp4", lambda _done, _all: None)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("host", SPELLINGS.split())
def test_a_strangers_link_never_leads_inside(internet: SmallInternet, host: str) -> None:
    refused(f"http://{host}/talk.mp4", STRANGER)
    assert untouched(internet)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("host", SPELLINGS.split())
def test_a_public_page_never_redirects_inside(internet: SmallInternet, public: LocalSite, host: str) -> None:
    location = f"http://{host}/talk.mp4".encode().decode("latin-1")
    public.route("/talk.mp4", Route(redirect=location))
    refused("http://public.example/talk.mp4", Access())
    assert untouched(internet)


def test_the_same_ways_lead_there_for_the_one_who_may(internet: SmallInternet) -> None:
    assert resolve_site("http://127.0.0.1/talk.mp4", Reporter()).formats
    assert resolve_site("http://0x7f.1/talk.mp4", Reporter()).formats
    assert resolve_site("http://inside.example/talk.mp4", Reporter()).formats
    assert internet.inside == ["127.0.0.1"] * 3


def test_the_open_internet_is_open_to_all(internet: SmallInternet, public: LocalSite, plain_mp4: Path) -> None:
    public.route("/talk.mp4", Route(file=plain_mp4))
    for access in (Access(), STRANGER):
        assert resolve_site("http://public.example/talk.mp4", Reporter(), access).formats
    assert untouched(internet)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1/talk.mp4", "http://169.254.169.254/key", "//localhost/talk.mp4", "https://127.0.0.1/talk.mp4"],
)
def test_no_kind_of_redirect_leads_inside(internet: SmallInternet, public: LocalSite, status: int, target: str) -> None:
    public.route("/hop", Route(redirect=target, status=status))
    public.route("/talk.mp4", Route(redirect="/hop", status=status))
    error = refused("http://public.example/talk.mp4", Access())
    assert error.code is ErrorCode.PRIVATE_ADDRESS
    assert untouched(internet)


@pytest.mark.parametrize(
    "target", ["file:///etc/hostname", "ftp://127.0.0.1/a.mp4", "ws://127.0.0.1/", "gopher://127.0.0.1/1"]
)
def test_no_redirect_leads_to_another_protocol(internet: SmallInternet, public: LocalSite, target: str) -> None:
    public.route("/talk.mp4", Route(redirect=target))
    refused("http://public.example/talk.mp4", Access())
    assert untouched(internet)


@pytest.mark.parametrize("protocol", ["ftp", "ftps", "ws", "wss", "file", "gopher", "dict", "rtmp", "unix"])
def test_no_other_protocol_is_opened_at_all(internet: SmallInternet, room: Path, protocol: str) -> None:
    with pytest.raises(FastClipError):
        download(f"{protocol}://127.0.0.1/etc/hostname", room, Access(), "http://127.0.0.1/")
    assert untouched(internet)
    assert list(room.iterdir()) == []


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "body",
    [
        '<meta http-equiv="refresh" content="0; url=http://127.0.0.1/talk.mp4">',
        '<meta http-equiv="refresh" content="0;URL=\'http://localhost/talk.mp4\'">',
        '<iframe src="http://127.0.0.1/embed/1"></iframe>',
        '<video><source src="http://127.0.0.1/all.m3u8" type="application/x-mpegurl"></video>',
        '<video><source src="http://169.254.169.254/all.mpd" type="application/dash+xml"></video>',
        '<meta property="og:video" content="http://127.0.0.1/talk.m3u8">',
        '<meta name="twitter:player:stream" content="http://127.0.0.1/talk.m3u8">',
        '<script>jwplayer("a").setup({"file": "http://127.0.0.1/talk.m3u8"});</script>',
        (
            '<script type="application/ld+json">{"@context":"http://schema.org","@type":"VideoObject",'
            '"embedUrl":"http://127.0.0.1/embed","contentUrl":"http://127.0.0.1/talk.m3u8"}</script>'
        ),
    ],
)
def test_nothing_that_a_page_embeds_leads_inside(internet: SmallInternet, public: LocalSite, body: str) -> None:
    with contextlib.suppress(FastClipError):
        resolve_site(page(public, "/page", body), Reporter())
    assert untouched(internet)


def test_a_header_that_refreshes_leads_nowhere_inside(internet: SmallInternet, public: LocalSite) -> None:
    refused(page(public, "/page", "<p>Words</p>", Refresh="0; url=http://127.0.0.1/talk.mp4"), Access())
    assert untouched(internet)


def test_a_hidden_order_in_a_page_cannot_bring_a_proxy(internet: SmallInternet, public: LocalSite) -> None:
    order = quote(json.dumps({"http_headers": {"Ytdl-request-proxy": "http://127.0.0.1:80"}, "to_generic": True}))
    body = f'<meta http-equiv="refresh" content="0; url=http://public.example/b#__youtubedl_smuggle={order}">'
    with contextlib.suppress(FastClipError):
        resolve_site(page(public, "/page", body), Reporter())
    with SiteSession(Reporter(), Access(), "http://public.example/") as session, pytest.raises(FastClipError):
        session.download(
            {"url": "http://public.example/gone", "http_headers": {"Ytdl-request-proxy": "http://127.0.0.1:80"}},
            internet.canary.folder / "x" if internet.canary.folder else Path("x"),
            lambda _done, _all: None,
        )
    assert untouched(internet)


@pytest.mark.parametrize(
    "source", ["http://127.0.0.1/talk.mp4", "http://inside.example/talk.mp4", "http://[::1]/talk.mp4"]
)
def test_a_video_inside_that_a_public_page_names_is_not_fetched(
    internet: SmallInternet, public: LocalSite, room: Path, source: str
) -> None:
    media = resolve_site(page(public, "/page", f'<video src="{source}"></video>'), Reporter())
    with pytest.raises(InputError) as caught:
        download(source, room, Access(), media.page_url)
    assert caught.value.code is ErrorCode.PRIVATE_ADDRESS
    assert caught.value.hint
    assert untouched(internet)
    assert list(room.iterdir()) == []


def test_captions_inside_that_a_public_page_names_are_not_fetched(
    internet: SmallInternet, public: LocalSite, room: Path
) -> None:
    url = page(public, "/page", "<p>No captions any more</p>")
    for track in ("http://127.0.0.1/en.vtt", "http://mixed.inside.example/en.vtt"):
        media = talk(track, url)
        with pytest.raises(FastClipError):
            fetch_site_captions(media, media.captions[0], room, Reporter())
    assert untouched(internet)


def test_a_thumbnail_inside_is_only_named(internet: SmallInternet, public: LocalSite, plain_mp4: Path) -> None:
    public.route("/talk.mp4", Route(file=plain_mp4))
    url = page(public, "/page", '<video poster="http://127.0.0.1/key" src="/talk.mp4"></video>')
    resolve_site(url, Reporter())
    assert untouched(internet)


@pytest.mark.parametrize(
    "lines",
    [
        "#EXTINF:2,\nhttp://127.0.0.1/talk.mp4",
        "#EXTINF:2,\nhttp://[::ffff:127.0.0.1]/talk.mp4",
        "#EXTINF:2,\nfile://{secret}",
        "#EXTINF:2,\nftp://127.0.0.1/a.ts",
        '#EXT-X-MAP:URI="http://localhost/talk.mp4"\n#EXTINF:2,\n/a.ts',
        '#EXT-X-MAP:URI="file://{secret}"\n#EXTINF:2,\n/a.ts',
        '#EXT-X-KEY:METHOD=AES-128,URI="http://169.254.169.254/key"\n#EXTINF:2,\n/a.ts',
        '#EXT-X-KEY:METHOD=AES-128,URI="file://{secret}"\n#EXTINF:2,\n/a.ts',
    ],
)
def test_a_playlist_leads_neither_inside_nor_to_files(
    internet: SmallInternet, public: LocalSite, room: Path, tmp_path: Path, lines: str
) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"0123456789abcdef")
    lines = lines.replace("{secret}", str(secret))
    public.route("/a.ts", Route(body=bytes(16)))
    text = f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n{lines}\n#EXT-X-ENDLIST\n"
    public.route("/talk.m3u8", Route(body=text.encode()))
    with pytest.raises(FastClipError):
        download("http://public.example/talk.m3u8", room, Access(), "http://public.example/")
    assert untouched(internet)
    assert not any(b"0123456789" in path.read_bytes() for path in room.iterdir())
    assert not (room / "talk.mp4").exists()


def test_a_playlist_of_playlists_leads_nowhere_inside(internet: SmallInternet, public: LocalSite) -> None:
    text = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1000,RESOLUTION=640x360\nhttp://127.0.0.1/low.m3u8\n"
    public.route("/all.m3u8", Route(body=text.encode()))
    with contextlib.suppress(FastClipError):
        resolve_site("http://public.example/all.m3u8", Reporter())
    assert untouched(internet)


def test_a_name_that_resolves_differently_the_second_time_leads_nowhere_else(
    internet: SmallInternet, public: LocalSite, room: Path
) -> None:
    internet.name("turncoat.example", ["93.184.216.1"], ["127.0.0.1"])
    public.route("/talk.mp4", Route(file=None, body=bytes(1000), headers={"Content-Type": "video/mp4"}))
    url = "http://turncoat.example/talk.mp4"
    with SiteSession(Reporter()) as session:
        session.extract(url)
        session.download({"url": url, "ext": "mp4"}, room / "talk.mp4", lambda _done, _all: None)
    assert internet.asked.count("turncoat.example") == 1
    assert untouched(internet)
    (room / "again").mkdir()
    with pytest.raises(InputError) as caught:
        download(url, room / "again", STRANGER, url)
    assert caught.value.code is ErrorCode.PRIVATE_ADDRESS
    assert untouched(internet)


def test_a_name_that_begins_inside_does_not_open_the_inside_to_a_page_outside(
    internet: SmallInternet, public: LocalSite
) -> None:
    internet.name("turncoat.example", ["127.0.0.1"], ["93.184.216.1"])
    public.route("/talk.mp4", Route(redirect="http://169.254.169.254/key"))
    with SiteSession(Reporter()) as session:
        session.extract("http://turncoat.example/talk.mp4")
    assert [seen.path for seen in internet.canary.requests] == ["/talk.mp4"]
    assert public.requests == []


def test_of_a_name_with_addresses_of_both_kinds_only_the_public_ones_are_used(
    internet: SmallInternet, public: LocalSite, plain_mp4: Path
) -> None:
    internet.name("both.example", ["127.0.0.1", "::1", "93.184.216.1"])
    public.route("/talk.mp4", Route(file=plain_mp4))
    assert resolve_site("http://both.example/talk.mp4", Reporter()).formats
    assert untouched(internet)


def test_what_lies_in_the_local_network_does_not_lead_into_this_machine(internet: SmallInternet) -> None:
    internet.name("television.example", ["192.168.0.9"])
    internet.canary.route("/neighbour", Route(redirect="http://192.168.0.10/talk.mp4"))
    assert resolve_site("http://television.example/neighbour", Reporter()).formats
    internet.canary.route("/inside", Route(redirect="http://127.0.0.1/talk.mp4"))
    internet.inside.clear()
    assert refused("http://television.example/inside", Access()).code is ErrorCode.PRIVATE_ADDRESS
    assert internet.inside == ["192.168.0.9"]


def test_a_page_on_this_machine_may_name_anything_on_it(internet: SmallInternet) -> None:
    internet.canary.route("/short", Route(redirect="http://127.0.0.2/talk.mp4"))
    assert resolve_site("http://localhost/short", Reporter()).formats


@pytest.mark.usefixtures("internet")
def test_the_refusal_says_where_it_led_and_what_to_do(public: LocalSite) -> None:
    public.route("/talk.mp4", Route(redirect="http://inside.example/talk.mp4"))
    error = refused("http://public.example/talk.mp4", Access())
    assert error.message == "The link leads to inside.example (127.0.0.1), which is not on the open internet."
    assert error.hint


@pytest.mark.parametrize("source", ["/etc/hostname", "file:///etc/hostname", "~/talk.mp4", "talk.mp4"])
def test_a_stranger_names_no_file_of_this_machine(source: str) -> None:
    with pytest.raises(InputError) as caught:
        resolve_source(source, Reporter(), STRANGER)
    assert caught.value.code is ErrorCode.PRIVATE_ADDRESS


def test_a_strangers_own_upload_is_opened(plain_mp4: Path) -> None:
    uploaded = dataclasses.replace(STRANGER, uploaded=True)
    assert resolve_source(str(plain_mp4), Reporter(), uploaded).path == plain_mp4


@pytest.fixture
def proxy(internet: SmallInternet, monkeypatch: pytest.MonkeyPatch) -> str:
    """The person's own proxy; it lies inside, as proxies do."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:3128")
    internet.canary.route("/talk.mp4", Route(body=bytes(1000), headers={"Content-Type": "video/mp4"}))
    return "127.0.0.1"


@pytest.mark.usefixtures("proxy")
def test_a_persons_own_proxy_is_used_for_what_may_be_reached(internet: SmallInternet) -> None:
    assert resolve_site("http://unknown-here.example/talk.mp4", Reporter()).formats
    assert internet.inside == ["127.0.0.1"]


@pytest.mark.usefixtures("proxy")
@pytest.mark.parametrize(
    "host", ["10.0.0.1", "0x7f.1", "2130706433", "inside.example", "router", "nas.local", "[::1]", "localhost"]
)
def test_a_proxy_is_not_asked_for_what_lies_inside(internet: SmallInternet, host: str) -> None:
    internet.canary.route("/hop", Route(redirect=f"http://{host}/talk.mp4"))
    error = refused("http://unknown-here.example/hop", Access())
    assert error.code is ErrorCode.PRIVATE_ADDRESS
    assert len(internet.canary.requests) == 1


@pytest.mark.usefixtures("proxy")
def test_strangers_do_not_get_the_persons_proxy(internet: SmallInternet, public: LocalSite, plain_mp4: Path) -> None:
    public.route("/talk.mp4", Route(file=plain_mp4))
    assert resolve_site("http://public.example/talk.mp4", Reporter(), STRANGER).formats
    assert untouched(internet)


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public_addresses_are_public(address: str) -> None:
    assert depth_of(address) is Depth.INTERNET


def test_addresses_are_as_deep_as_they_lie() -> None:
    assert {depth_of(each) for each in ("10.0.0.1", "192.168.1.1", "fd00::1", "fec0::1")} == {Depth.NETWORK}
    assert {depth_of(each) for each in ("127.0.0.1", "::1", "169.254.169.254", "fe80::1%eth0")} == {Depth.MACHINE}


def test_a_network_that_translates_addresses_leads_to_the_internet_and_nowhere_else(internet: SmallInternet) -> None:
    internet.name("old.example", ["64:ff9b::5db8:d8fe"])
    internet.name("trap.example", ["64:ff9b::10.0.0.1"])
    guard = AddressGuard(Trust.STRANGER)
    with pytest.raises(ConnectionRefusedError):
        guard.connect("old.example", 80, 1, None)
    assert internet.inside == ["64:ff9b::5db8:d8fe"]  # tried as it is: the translator does the rest
    with pytest.raises(InputError) as caught:
        guard.connect("trap.example", 80, 1, None)
    assert caught.value.code is ErrorCode.PRIVATE_ADDRESS
    assert len(internet.inside) == 1


def test_an_address_inside_gets_no_shallower_by_translation() -> None:
    translated = ("64:ff9b::10.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::255.255.255.255", "64:ff9b:1::8.8.8.8")
    assert {depth_of(each) for each in translated} == {Depth.MACHINE}


def test_a_name_without_an_address_is_an_error_of_the_network() -> None:
    with pytest.raises(OSError, match="not known"):
        AddressGuard(Trust.PERSON).connect("nowhere.invalid", 80, 1, None)
    with pytest.raises(OSError, match="not known"):
        AddressGuard(Trust.PERSON).connect("a" * 64 + ".example", 80, 1, None)


def test_streams_inside_that_a_public_page_names_are_not_fetched(
    internet: SmallInternet, public: LocalSite, room: Path
) -> None:
    url = page(public, "/page", '<video src="http://127.0.0.1/talk.mp4"></video>')
    span = TimeRange(Fraction(0), Fraction(1))
    for access in (Access(), STRANGER):
        media = resolve_site(url, Reporter(), access)
        with pytest.raises(InputError) as caught:
            perform(FetchMedia(media, (span,), OutputSpec(), room, access), Reporter())
        assert caught.value.code is ErrorCode.PRIVATE_ADDRESS
    assert untouched(internet)


def test_the_address_that_answered_is_tried_first_from_then_on(internet: SmallInternet) -> None:
    internet.name("both.example", ["2606:4700::1", "93.184.216.1"])
    guard = AddressGuard(Trust.STRANGER)
    for _ in range(3):
        with guard.connect("both.example", 80, 5, None) as connection:
            connection.sendall(b"GET /gone HTTP/1.0\r\n\r\n")
            while connection.recv(1000):
                pass
    assert internet.inside == ["2606:4700::1"]
