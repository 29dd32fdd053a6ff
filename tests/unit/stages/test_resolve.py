from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import ResolveSource
from fastclip_desktop.stages import perform
from fastclip_desktop.stages.resolve import perform as resolve
from tests.local_site import LocalSite


def test_a_file_comes_with_its_stream_facts_and_length(plain_mp4: Path) -> None:
    media = resolve(ResolveSource(str(plain_mp4)), Reporter())
    assert media.info is not None
    assert media.info.picture is not None
    assert media.info.sound is not None
    assert media.duration == media.info.duration
    assert abs((media.duration or 0) - 3) < Fraction(1, 10)
    assert media.max_height == 180


def test_a_link_is_not_opened_to_be_resolved(local_site: LocalSite, plain_mp4: Path) -> None:
    (local_site.folder / "talk.mp4").write_bytes(plain_mp4.read_bytes())
    media = resolve(ResolveSource(local_site.page("/talk", video="/talk.mp4")), Reporter())
    assert (media.info, media.duration) == (None, None)
    assert local_site.requests_for("/talk.mp4") == []


def test_a_web_page_named_mp4_is_no_media(tmp_path: Path) -> None:
    (tmp_path / "page.mp4").write_text("<!DOCTYPE html><html><body>Sign in</body></html>")
    with pytest.raises(InputError) as caught:
        resolve(ResolveSource(str(tmp_path / "page.mp4")), Reporter())
    assert caught.value.code is ErrorCode.NOT_MEDIA
    assert "page.mp4" in caught.value.message


def test_the_stage_is_reached_by_its_request(plain_mp4: Path) -> None:
    request = ResolveSource(str(plain_mp4))
    assert perform(request, Reporter()) == resolve(request, Reporter())
