from __future__ import annotations

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.sources import picture
from fastclip_desktop.sources.picture import fetch_picture
from tests.local_site import LocalSite, Route


def test_the_file_comes_as_it_is(local_site: LocalSite) -> None:
    url = local_site.route("/bee.jpg", Route(body=b"\xff\xd8 whatever this is"))
    assert fetch_picture(url, url, Reporter()) == b"\xff\xd8 whatever this is"


def test_a_file_that_is_too_large_is_not_read_to_its_end(
    local_site: LocalSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture, "MOST_BYTES", 1000)
    url = local_site.route("/bee.jpg", Route(body=bytes(50_000)))
    with pytest.raises(FastClipError) as refused:
        fetch_picture(url, url, Reporter())
    assert refused.value.code is ErrorCode.SOURCE_TOO_LARGE


def test_what_is_not_there_is_said(local_site: LocalSite) -> None:
    with pytest.raises(FastClipError) as refused:
        fetch_picture(local_site.route("/bee.jpg", Route(status=404)), local_site.url("/talk"), Reporter())
    assert refused.value.code is ErrorCode.SOURCE_NOT_FOUND


def test_it_can_be_stopped(local_site: LocalSite) -> None:
    cancel = CancelToken()
    cancel.cancel()
    url = local_site.route("/bee.jpg", Route(body=b"x", latency=5))
    with pytest.raises(Cancelled):
        fetch_picture(url, url, Reporter(cancel=cancel))


def test_a_page_of_the_open_internet_leads_into_no_private_network(local_site: LocalSite) -> None:
    url = local_site.route("/bee.jpg", Route(body=b"x"))
    with pytest.raises(FastClipError) as refused:
        fetch_picture(url, "https://example.org/talk", Reporter())
    assert refused.value.code is ErrorCode.PRIVATE_ADDRESS
    assert local_site.bytes_sent("/bee.jpg") == 0
