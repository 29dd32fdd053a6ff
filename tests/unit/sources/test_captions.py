from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError, UnavailableError
from fastclip_desktop.domain.media import CaptionKind, CaptionTrack, MediaFile
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.sources import site_captions
from fastclip_desktop.sources.captions import fetch_captions, in_language
from fastclip_desktop.sources.site import resolve_site
from fastclip_desktop.sources.site_captions import caption_entry, caption_tracks
from tests.local_site import LocalSite, Route

PAGE = "https://example.org/talk"
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello.\n"


def entries(*extensions: str, name: str = "x") -> list[dict[str, Any]]:
    return [{"ext": extension, "url": f"https://example.org/{name}.{extension}"} for extension in extensions]


def order(info: dict[str, Any]) -> list[tuple[str, str]]:
    return [(track.language, str(track.kind)) for track in caption_tracks(info, PAGE)]


def test_the_spoken_language_comes_first_then_english_then_the_rest_and_last_translations() -> None:
    info = {
        "language": "de",
        "subtitles": {code: entries("vtt") for code in ("fr", "en-GB", "de-AT", "en", "ar", "de")},
        "automatic_captions": {"en": entries("vtt"), "de": entries("vtt")},
    }
    assert order(info) == [
        ("de", "manual"),
        ("de-AT", "manual"),
        ("de", "automatic"),
        ("en", "manual"),
        ("en-GB", "manual"),
        ("ar", "manual"),
        ("fr", "manual"),
        ("en", "automatic"),
    ]


def test_what_was_said_beats_what_somebody_translated() -> None:
    automatic = {"de-orig": entries("vtt"), "de": entries("vtt"), "en": entries("vtt"), "fr": entries("vtt")}
    info = {"subtitles": {"en": entries("vtt"), "fr": entries("vtt")}, "automatic_captions": automatic}
    assert order(info)[:2] == [("de", "automatic"), ("en", "manual")]
    assert order(info | {"language": "fr"})[:2] == [("fr", "manual"), ("fr", "automatic")]


def test_a_chosen_language_leaves_out_the_others() -> None:
    info = {"subtitles": {code: entries("vtt") for code in ("en", "pt-BR", "pt")}, "language": "en"}
    tracks = caption_tracks(info, PAGE)
    assert [track.language for track in in_language(tracks, "pt_br")] == ["pt-BR", "pt"]
    assert [track.language for track in in_language(tracks, "pt-PT")] == ["pt", "pt-BR"]
    assert in_language(tracks, "") == tracks
    with pytest.raises(InputError) as caught:
        in_language(tracks, "de")
    assert caught.value.code is ErrorCode.NO_TRANSCRIPT
    assert "en, pt, pt-BR" in caught.value.hint
    with pytest.raises(InputError, match="--transcript"):
        in_language((), "de")


def test_without_a_language_of_its_own_english_comes_first() -> None:
    info = {"subtitles": {code: entries("vtt") for code in ("ar", "en-US", "de")}}
    assert [language for language, _ in order(info)] == ["en-US", "ar", "de"]


def test_a_track_without_a_language_comes_last() -> None:
    info = {"subtitles": {None: entries("vtt"), "fr": entries("vtt"), "English (auto)": entries("srt", name="y")}}
    assert [language for language, _ in order(info)] == ["fr", ""]


@pytest.mark.parametrize(
    ("offered", "best"),
    [
        (("json3", "srv1", "ttml", "srt", "vtt"), "vtt"),
        (("json3", "srt"), "srt"),
        (("srv3", "ttml", "json3"), "json3"),
        (("srv1", "ttml"), "ttml"),
        (("srv1",), "srv1"),
    ],
)
def test_the_simplest_format_is_taken(offered: tuple[str, ...], best: str) -> None:
    (track,) = caption_tracks({"subtitles": {"en": entries(*offered)}}, PAGE)
    assert (track.extension, track.location) == (best, f"https://example.org/x.{best}")


def test_the_untranslated_automatic_track_stands_for_its_language() -> None:
    info = {"automatic_captions": {"en": entries("vtt", name="again"), "en-orig": entries("vtt", name="orig")}}
    (track,) = caption_tracks(info, PAGE)
    assert (track.language, track.location) == ("en", "https://example.org/orig.vtt")
    assert caption_entry(info, track) == info["automatic_captions"]["en-orig"][0]


@pytest.mark.parametrize(
    "subtitles",
    [
        {"live_chat": [{"ext": "json", "url": "https://h/chat"}], "danmaku": entries("vtt")},
        {"en": entries("json", "bin", "exe")},
        {"en": [{"ext": "vtt", "url": "file:///etc/passwd"}, {"ext": "vtt", "url": 5}, {"ext": "vtt"}, None]},
        {"en": "https://h/x.vtt"},
        ["en"],
        None,
    ],
)
def test_chats_unknown_formats_and_nonsense_are_no_captions(subtitles: object) -> None:
    assert caption_tracks({"subtitles": subtitles}, PAGE) == ()


def test_a_text_that_comes_with_the_answer_lies_at_the_page() -> None:
    (track,) = caption_tracks({"subtitles": {"en": [{"ext": "srt", "data": "1\n"}]}}, PAGE)
    assert track.location == PAGE


def test_a_sidecar_is_taken_as_it_lies_there(tmp_path: Path) -> None:
    track = CaptionTrack("en", CaptionKind.SIDECAR, "srt", str(tmp_path / "talk.srt"))
    media = MediaFile("talk.mp4", "talk", tmp_path / "talk.mp4")
    assert fetch_captions(media, track, tmp_path / "room", Reporter()) == tmp_path / "talk.srt"


def page(local_site: LocalSite, tracks: tuple[tuple[str, str], ...] = (("en", "/en.vtt"),)) -> MediaFile:
    local_site.route("/en.vtt", Route(body=VTT))
    return resolve_site(local_site.page("/talk", video="/talk.mp4", tracks=tracks), Reporter())


def test_a_sites_captions_arrive_under_a_name_of_ours(local_site: LocalSite, room: Path) -> None:
    media = page(local_site)
    path = fetch_captions(media, media.captions[0], room, Reporter())
    assert path == room / "captions-manual-en.vtt"
    assert path.read_bytes() == VTT
    assert list(room.iterdir()) == [path]
    assert local_site.requests_for("/en.vtt")[-1].headers["referer"] == media.page_url
    assert len(local_site.requests_for("/talk")) == 1


def test_captions_of_several_languages_do_not_get_in_each_others_way(local_site: LocalSite, room: Path) -> None:
    local_site.route("/de.vtt", Route(body=VTT.replace(b"Hello", b"Hallo")))
    media = page(local_site, (("en", "/en.vtt"), ("de", "/de.vtt")))
    paths = [fetch_captions(media, track, room, Reporter()) for track in media.captions]
    assert [b"Hallo" in path.read_bytes() for path in paths] == [False, True]


def test_a_link_that_expired_is_asked_for_anew(local_site: LocalSite, room: Path) -> None:
    media = page(local_site, (("en", "/en.vtt?signature=old"),))
    local_site.route("/en.vtt", Route(status=403))
    local_site.page("/talk", video="/talk.mp4", tracks=(("en", "/fresh.vtt"),))
    local_site.route("/fresh.vtt", Route(body=VTT))
    assert fetch_captions(media, media.captions[0], room, Reporter()).read_bytes() == VTT
    assert [path.name for path in room.iterdir()] == ["captions-manual-en.vtt"]


def test_cookies_that_the_page_sets_are_sent_along(local_site: LocalSite, room: Path) -> None:
    media = page(local_site)
    local_site.route("/en.vtt", Route(status=403))
    text = (
        '<!DOCTYPE html><html><video src="/talk.mp4"><track kind="captions" srclang="en" src="/own.vtt"></video></html>'
    )
    local_site.route(
        "/talk", Route(body=text.encode(), headers={"Content-Type": "text/html", "Set-Cookie": "session=abc; Path=/"})
    )
    local_site.route("/own.vtt", Route(body=VTT))
    fetch_captions(media, media.captions[0], room, Reporter())
    assert local_site.requests_for("/own.vtt")[-1].headers["cookie"] == "session=abc"


def test_captions_that_are_gone_are_said_to_be(local_site: LocalSite, room: Path) -> None:
    media = page(local_site)
    local_site.route("/en.vtt", Route(status=404))
    local_site.page("/talk", video="/talk.mp4")
    with pytest.raises(InputError) as caught:
        fetch_captions(media, media.captions[0], room, Reporter())
    assert caught.value.code is ErrorCode.SOURCE_NOT_FOUND
    assert "captions in en" in caught.value.message
    assert list(room.iterdir()) == []


def test_captions_without_end_are_refused(local_site: LocalSite, room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_captions, "MOST_BYTES", 100_000)
    media = page(local_site)
    for length in (None, 300_000):
        local_site.route("/en.vtt", Route(body=bytes(300_000), no_length=length is None, ranges=False))
        with pytest.raises(InputError) as caught:
            fetch_captions(media, media.captions[0], room, Reporter())
        assert caught.value.code is ErrorCode.SOURCE_TOO_LARGE
    assert list(room.iterdir()) == []


def test_a_bomb_of_compressed_captions_is_refused(
    local_site: LocalSite, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import gzip

    monkeypatch.setattr(site_captions, "MOST_BYTES", 100_000)
    media = page(local_site)
    bomb = gzip.compress(bytes(50_000_000))
    local_site.route("/en.vtt", Route(body=bomb, headers={"Content-Encoding": "gzip"}, ranges=False))
    with pytest.raises(InputError) as caught:
        fetch_captions(media, media.captions[0], room, Reporter())
    assert caught.value.code is ErrorCode.SOURCE_TOO_LARGE


def test_the_limit_is_the_one_that_the_sentence_names() -> None:
    assert site_captions.MOST_BYTES == 20_000_000


def test_trouble_of_the_server_is_worth_another_try_later(local_site: LocalSite, room: Path) -> None:
    media = page(local_site)
    local_site.route("/en.vtt", Route(status=503))
    with pytest.raises(UnavailableError):
        fetch_captions(media, media.captions[0], room, Reporter())


def test_a_stop_leaves_nothing(local_site: LocalSite, room: Path) -> None:
    media = page(local_site)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        fetch_captions(media, media.captions[0], room, Reporter(cancel=cancel))
    assert list(room.iterdir()) == []


def test_captions_in_pieces_become_one_file(local_site: LocalSite, room: Path) -> None:
    head = b"WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n\n"
    for n in range(3):
        cue = f"00:0{n}.000 --> 00:0{n}.900\nSentence {n}.\n\n".encode()
        local_site.route(f"/s{n}.vtt", Route(body=head + cue))
    text = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n" + "".join(f"#EXTINF:1,\ns{n}.vtt\n" for n in range(3))
    url = local_site.route("/en.m3u8", Route(body=f"{text}#EXT-X-ENDLIST\n".encode()))
    talk = local_site.url("/talk")
    media = MediaFile(source=talk, title="Talk", path=None, page_url=talk)
    track = CaptionTrack("en", CaptionKind.MANUAL, "vtt", url)
    lines = fetch_captions(media, track, room, Reporter()).read_text().splitlines()
    assert lines[0] == "WEBVTT"
    assert [line for line in lines if line.startswith("Sentence")] == ["Sentence 0.", "Sentence 1.", "Sentence 2."]
