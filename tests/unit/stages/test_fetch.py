from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia, FetchMedia, ResolveSource
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.media.probe import probe
from fastclip_desktop.sources.page_look import FIRST_BYTES
from fastclip_desktop.stages.fetch import perform as fetch
from fastclip_desktop.stages.resolve import perform as resolve
from tests.conftest import MediaMaker
from tests.local_site import LocalSite, Route
from tests.media_factory import AudioSpec, VideoSpec

SPAN = TimeRange(Fraction(0), Fraction(1))


def fetched(source: str, form: OutputFormat, room: Path) -> FetchedMedia:
    media = resolve(ResolveSource(source), Reporter())
    return fetch(FetchMedia(media, (SPAN,), OutputSpec(form), room), Reporter())


def files_of(media: FetchedMedia) -> tuple[Path | None, Path | None]:
    return media.picture, media.sound


def refused(source: str, form: OutputFormat, room: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        fetched(source, form, room)
    return caught.value


@pytest.mark.parametrize(
    ("form", "picture", "sound"),
    [(OutputFormat.MP4, True, True), (OutputFormat.MP3, False, True), (OutputFormat.GIF, True, False)],
)
def test_a_file_stays_where_it_is(
    plain_mp4: Path, tmp_path: Path, form: OutputFormat, picture: bool, sound: bool
) -> None:
    here = fetched(str(plain_mp4), form, tmp_path)
    assert (here.picture, here.sound) == (plain_mp4 if picture else None, plain_mp4 if sound else None)
    assert here.bytes_moved == 0
    assert here.picture_info == here.sound_info == probe(plain_mp4)
    assert list(tmp_path.iterdir()) == []


def test_streams_that_a_file_lacks_are_not_claimed(made_media: MediaMaker, tmp_path: Path) -> None:
    silent = made_media("silent.mp4", VideoSpec(frames=10))
    dark = made_media("dark.m4a", None, (AudioSpec(duration=Fraction(1)),))
    seen, heard = (fetched(str(path), OutputFormat.MP4, tmp_path) for path in (silent, dark))
    assert (seen.picture, seen.sound) == (silent, None)
    assert (heard.picture, heard.sound) == (None, dark)


def test_an_output_without_its_only_stream_is_refused_by_name(made_media: MediaMaker, tmp_path: Path) -> None:
    silent = refused(str(made_media("silent.mp4", VideoSpec(frames=10))), OutputFormat.MP3, tmp_path)
    assert silent.code is ErrorCode.NO_AUDIO
    assert "silent.mp4" in silent.message
    dark = made_media("dark.m4a", None, (AudioSpec(duration=Fraction(1)),))
    unseen = refused(str(dark), OutputFormat.GIF, tmp_path)
    assert unseen.code is ErrorCode.NO_VIDEO
    assert "dark.m4a" in unseen.message


def test_a_sites_sound_is_not_downloaded_for_a_gif(local_site: LocalSite, tmp_path: Path) -> None:
    url = local_site.route("/talk.m4a", Route(body=bytes(5_000_000), headers={"Content-Type": "audio/mp4"}))
    assert refused(url, OutputFormat.GIF, tmp_path).code is ErrorCode.NO_VIDEO
    assert local_site.bytes_sent("/talk.m4a") < 1_500_000


def test_a_file_that_was_never_probed_is_probed_now(plain_mp4: Path, tmp_path: Path) -> None:
    media = MediaFile(str(plain_mp4), "plain", plain_mp4)
    request = FetchMedia(media, (SPAN,), OutputSpec(), tmp_path)
    info = probe(plain_mp4)
    assert fetch(request, Reporter()) == FetchedMedia(plain_mp4, plain_mp4, 0, info, info)


def test_a_page_brings_its_video(local_site: LocalSite, plain_mp4: Path, tmp_path: Path) -> None:
    (local_site.folder / "talk.mp4").write_bytes(plain_mp4.read_bytes())
    result = fetched(local_site.page("/talk", video="/talk.mp4"), OutputFormat.MP4, tmp_path)
    assert result.picture == result.sound == tmp_path / "picture.mp4"
    # The page was read twice, and the first time by nobody who brings media.
    assert result.bytes_moved == plain_mp4.stat().st_size + local_site.bytes_sent("/talk") // 2


@pytest.mark.parametrize("kind", ["video/mp4", "application/octet-stream"])
def test_finding_out_what_a_link_is_costs_next_to_nothing(
    local_site: LocalSite, made_media: MediaMaker, tmp_path: Path, kind: str
) -> None:
    spec = VideoSpec(frames=300, size=(160, 90), rate=Fraction(10), gop=10)
    talk = made_media("talk.mp4", spec, (AudioSpec(codec="flac"),), options={"movflags": "+faststart"})
    url = local_site.route("/talk.mp4", Route(file=talk, headers={"Content-Type": kind}))
    media = resolve(ResolveSource(url), Reporter())
    assert local_site.bytes_sent("/talk.mp4", FIRST_BYTES) == FIRST_BYTES
    span = TimeRange(Fraction(10), Fraction(20))
    result = fetch(FetchMedia(media, (span,), OutputSpec(), tmp_path), Reporter())
    everything = local_site.bytes_sent("/talk.mp4")  # what was thrown away included
    assert everything < talk.stat().st_size / 2 + 300_000
    assert 0 <= everything - result.bytes_moved <= 2 * FIRST_BYTES


def test_what_a_download_lacks_is_not_claimed(local_site: LocalSite, made_media: MediaMaker, tmp_path: Path) -> None:
    silent = made_media("silent.mp4", VideoSpec(frames=10))
    url = local_site.route("/silent.mp4", Route(file=silent))
    assert fetched(url, OutputFormat.MP4, tmp_path).sound is None
    assert refused(url, OutputFormat.MP3, tmp_path).code is ErrorCode.NO_AUDIO


def test_a_download_that_is_no_media_is_named_by_its_host(local_site: LocalSite, tmp_path: Path) -> None:
    url = local_site.route("/talk.mp4", Route(body=b'{"error": "expired"}' * 100))
    with pytest.raises(InputError) as caught:
        fetched(url, OutputFormat.MP4, tmp_path)
    assert caught.value.code is ErrorCode.NOT_MEDIA
    assert "127.0.0.1" in caught.value.message
    assert "picture" not in caught.value.message
