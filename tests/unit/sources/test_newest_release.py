"""Whether there is a newer FastClip, asked of a registry on this machine."""

from __future__ import annotations

import json

import pytest

from fastclip_desktop import __version__
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import LookForRelease, Release
from fastclip_desktop.sources.newest_release import newest_release
from tests.local_site import LocalSite, Route


def registry(site: LocalSite, *versions: str) -> str:
    """A registry with these releases; their files are nowhere, for nobody should ask for them."""
    files = [
        {
            "filename": f"fastclip_desktop-{version}-py3-none-any.whl",
            "url": f"/nowhere/{version}",
            "hashes": {"sha256": "0" * 64},
        }
        for version in versions
    ]
    site.route("/simple/fastclip-desktop/", Route(body=json.dumps({"files": files}).encode()))
    return site.url("/simple/")


def looked(index: str) -> Release:
    return newest_release(LookForRelease(index), Reporter())


def test_the_newest_of_several_is_told(local_site: LocalSite) -> None:
    index = registry(local_site, "99.9", "0.0.1", "99.10")
    assert looked(index) == Release(__version__, "99.10", is_newer=True)


@pytest.mark.parametrize("version", [__version__, "0.0.1"])
def test_what_is_no_newer_is_not_called_so(local_site: LocalSite, version: str) -> None:
    assert not looked(registry(local_site, version)).is_newer


def test_nothing_but_the_list_is_asked_for(local_site: LocalSite) -> None:
    looked(registry(local_site, "98.1"))
    assert local_site.requests_for("/nowhere/98.1") == []


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("nothing", "127.0.0.1 knows of no release of FastClip."),
        ("no files", "127.0.0.1 offers no fastclip-desktop that runs here."),
        ("no list", "127.0.0.1 does not answer as a package registry does."),
    ],
)
def test_a_registry_that_knows_of_none_is_told_by_name(local_site: LocalSite, page: str, told: str) -> None:
    index = local_site.url(f"/{page.replace(' ', '-')}/")
    match page:
        case "no files":
            local_site.route("/no-files/fastclip-desktop/", Route(body=b'{"files": []}'))
        case "no list":
            local_site.route("/no-list/fastclip-desktop/", Route(body=b"<html>"))
    with pytest.raises(InputError) as caught:
        looked(index)
    assert caught.value.code is ErrorCode.BAD_UPDATE
    assert caught.value.message == told
    assert "yt-dlp" not in caught.value.hint


def test_a_registry_that_anybody_could_pose_as_is_not_asked() -> None:
    with pytest.raises(InputError) as caught:
        looked("http://registry.example/simple/")
    assert caught.value.code is ErrorCode.BAD_UPDATE
    assert "yt-dlp" not in caught.value.hint
